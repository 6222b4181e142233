/** Orders: a heap, places of items, and texts as Python sorts them. */

/** A heap that gives the least first. @template Item */
export class Heap {
  /** @param {(a: Item, b: Item) => boolean} less */
  constructor(less) {
    this.less = less;
    /** @type {Item[]} */
    this.items = [];
  }

  get size() {
    return this.items.length;
  }

  /** @param {Item} item */
  push(item) {
    const items = this.items;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.less(item, items[above])) break;
      items[at] = items[above];
      at = above;
    }
    items[at] = item;
  }

  /** Take the least away; undefined where there is none. */
  pop() {
    const items = this.items;
    const least = items[0];
    const item = items.pop();
    if (item === undefined || items.length === 0) return item;
    let at = 0;
    for (let below = 1; below < items.length; below = 2 * at + 1) {
      if (below + 1 < items.length && this.less(items[below + 1], items[below])) below += 1;
      if (!this.less(items[below], item)) break;
      items[at] = items[below];
      at = below;
    }
    items[at] = item;
    return least;
  }
}

/** The place of each item. @template T @param {T[]} items @returns {Map<T, number>} */
export function places(items) {
  return new Map(items.map((item, place) => [item, place]));
}

/** The place of each text among all of them in order. @param {string[]} texts */
export function ranks(texts) {
  const ranks = new Int32Array(texts.length);
  texts
    .map((_, i) => i)
    .sort((a, b) => byCodePoint(texts[a], texts[b]))
    .forEach((i, rank) => {
      ranks[i] = rank;
    });
  return ranks;
}

/** Adds to a list of a map. @template K, V @param {Map<K, V[]>} map @param {K} key @param {V} value */
export function push(map, key, value) {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** Lists of numbers in order, item by item. @param {number[]} one @param {number[]} other */
export function compared(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let i = 0; i < shared; i += 1) if (one[i] !== other[i]) return one[i] - other[i];
  return one.length - other.length;
}

/**
 * Texts in Python's order: JavaScript's puts surrogates, of which rare characters are made, before U+E000 and on.
 * @param {string} one @param {string} other
 */
export function byCodePoint(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let i = 0; i < shared; i += 1)
    if (one.charCodeAt(i) !== other.charCodeAt(i)) return raised(one.charCodeAt(i)) - raised(other.charCodeAt(i));
  return one.length - other.length;
}

/** A code unit with the surrogates above all others. @param {number} unit */
function raised(unit) {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
