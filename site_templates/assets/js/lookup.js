// Which entries somebody means by some words: by parts of names, ids, aliases and tags, the likeliest first. No page is
// touched here.

/**
 * @typedef {import("./routing/network.js").RoutingDocument} RoutingDocument
 * @typedef {{id: string, name: string, kind: string, spelled: string[], words: string[], tags: string[], reach: number}} Named
 */

const NO_RANK = 9;

/** The entries of a map, to be found by words. */
export class Lookup {
  /** @param {Pick<RoutingDocument, "entries" | "kinds" | "known">} data */
  constructor({ entries, kinds, known }) {
    /** @type {Named[]} */
    this.all = entries.map(([id, name, kind, , , reach], place) => {
      const [aliases, tags] = known[place];
      const names = [name, id, ...aliases];
      const words = names.flatMap((one) => one.toLowerCase().split(/[^\p{L}\p{N}]+/u));
      return { id, name, kind: kinds[kind], spelled: names.map(squeezed), words, tags, reach };
    });
    this.byId = new Map(this.all.map((one) => [one.id, one]));
  }

  /** What fits some words, the likeliest first. @param {string} words @returns {Named[]} */
  find(words) {
    return this.ranked(words).map((found) => found.one);
  }

  /** What some words mean, and what else they may mean about as well. @param {string} words */
  meaning(words) {
    const [best, ...others] = this.ranked(words);
    const alike = others.filter((other) => best.rank > 0 && other.rank <= best.rank + 1);
    return { meant: best?.one ?? null, others: alike.map((found) => found.one) };
  }

  /** @param {string} words @returns {{one: Named, rank: number}[]} */
  ranked(words) {
    const whole = squeezed(words);
    if (!whole) return [];
    const parts = words.toLowerCase().split(/\s+/u).map(squeezed).filter(Boolean);
    return this.all
      .map((one) => ({ one, rank: rank(one, whole, parts) }))
      .filter((found) => found.rank < NO_RANK)
      .sort((a, b) => a.rank - b.rank || b.one.reach - a.one.reach || a.one.name.localeCompare(b.one.name));
  }

  /** The names most like some words that fit nothing. @param {string} words @param {number} most @returns {Named[]} */
  nearest(words, most = 3) {
    const wanted = pairs(squeezed(words));
    const likeness = (/** @type {Named} */ one) => Math.max(...one.spelled.map((name) => alike(wanted, pairs(name))));
    const scored = this.all.map((one) => ({ one, score: likeness(one) }));
    scored.sort((a, b) => b.score - a.score || b.one.reach - a.one.reach || a.one.name.localeCompare(b.one.name));
    return scored.slice(0, most).map((found) => found.one);
  }
}

/** How well an entry fits, 0 best. @param {Named} one @param {string} whole @param {string[]} parts */
function rank({ spelled, words, tags }, whole, parts) {
  if (spelled.includes(whole)) return 0;
  if (words.includes(whole)) return 1;
  if (spelled.some((name) => name.startsWith(whole))) return 2;
  if (words.some((word) => word.startsWith(whole))) return 3;
  if (spelled.some((name) => name.includes(whole))) return 4;
  if (tags.some((tag) => squeezed(tag).startsWith(whole))) return 5;
  const fits = (/** @type {string} */ part) => [...words, ...spelled, ...tags.map(squeezed)].some((word) => word.includes(part));
  return parts.every(fits) ? 6 : NO_RANK;
}

/** Letters and figures alone: ONNX Runtime, onnx-runtime and onnxruntime are one. @param {string} text */
function squeezed(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** @param {string} text @returns {Set<string>} */
function pairs(text) {
  return new Set([...` ${text}`].map((letter, place, all) => letter + (all[place + 1] ?? " ")));
}

/** The share of pairs of letters that two words have in common. @param {Set<string>} a @param {Set<string>} b */
function alike(a, b) {
  return (2 * [...a].filter((pair) => b.has(pair)).length) / (a.size + b.size);
}
