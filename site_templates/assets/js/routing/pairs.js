/**
 * The counting of expected pairs, as analysis/expected.py counts them.
 *
 * @typedef {import("./network.js").Arc} Arc
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").RoutingDocument} RoutingDocument
 * @typedef {import("./network.js").WrittenExpectation} WrittenExpectation
 * @typedef {{expected: number, met: number, score: number | null}} Tally
 */

import { places, push } from "./order.js";

/** The expected pairs, and which of them are met: bits of sources, 32 to a word, by column. */
export class Pairs {
  /** @param {RoutingDocument} data @param {Network} network */
  constructor(data, network) {
    this.data = data;
    this.network = network;
    this.expectations = data.expectations.map((written) => new Expected(written, network));
    this.full = network.leaving.map((arcs) => arcs.filter((arc) => arc.support === 0));
    /** @type {Map<number, Arc[]>} */
    const none = new Map();
    /** @type {Uint32Array[]} */
    this.today = this.expectations.map((each) => each.met(this.full, none));
    this.last = { assumed: "", met: this.today }; // a page asks for figures and for ids of the same edges in turn
  }

  /** By expectation: the pairs that are met when some edges are in full. @param {string[]} assumed */
  met(assumed) {
    const key = assumed.join("\n");
    if (!assumed.length) return this.today;
    if (this.last.assumed === key) return this.last.met;
    /** @type {Map<number, Arc[]>} */
    const more = new Map();
    for (const edge of assumed) for (const { start, arc } of this.network.assumed(edge)) push(more, start, arc);
    const arcs = [...more.values()].flat();
    const met = this.expectations.map((each, i) =>
      arcs.some((arc) => each.uses(arc)) ? each.met(this.full, more) : this.today[i],
    );
    this.last = { assumed: key, met };
    return met;
  }

  /**
   * The ids of the pairs that are met, in order, but not of those that were.
   * @param {Uint32Array[]} met @param {Uint32Array[] | null} were
   */
  ids(met, were = null) {
    return this.expectations.flatMap((each, i) =>
      were && were[i] === met[i] ? [] : each.ids(met[i], were && were[i]),
    );
  }

  /** @param {Uint32Array[]} met */
  tallies(met) {
    const counts = this.expectations.map((each, i) => ({
      side: each.side,
      expected: each.expected,
      met: count(met[i]),
      weight: each.weightOf(each.pairs),
      metWeight: each.weightOf(met[i]),
    }));
    const sides = this.data.sides.map((side, place) => [
      side.id,
      tally(counts.filter((one) => one.side === place)),
    ]);
    return { all: tally(counts), sides: Object.fromEntries(sides) };
  }
}

/** @param {{expected: number, met: number, weight: number, metWeight: number}[]} counts @returns {Tally} */
function tally(counts) {
  const total = { expected: 0, met: 0, weight: 0, metWeight: 0 };
  for (const { expected, met, weight, metWeight } of counts) {
    total.expected += expected;
    total.met += met;
    total.weight += weight;
    total.metWeight += metWeight;
  }
  const score = total.weight ? total.metWeight / total.weight : null;
  return { expected: total.expected, met: total.met, score };
}

/** The twin of `Expected`, without its kinds of gaps. */
class Expected {
  /** @param {WrittenExpectation} written @param {Network} network */
  constructor(written, network) {
    /** @type {string} */
    this.id = written.id;
    /** @type {number} */
    this.side = written.side;
    /** @type {number} */
    this.weight = written.weight;
    this.any = written.need === "any";
    this.network = network;
    this.automaton = network.automaton(written);
    this.asked = network.cargo.masks[written.cargo];
    /** @type {number[]} */
    this.sources = written.sources;
    /** @type {number[]} */
    this.targets = written.targets;
    this.words = Math.ceil(this.sources.length / 32);
    this.placeOf = places(this.sources);
    const reach = network.data.entries.map((entry) => entry[5]);
    this.bySource = this.sources.map((source) => written.weight * reach[source]);
    this.byColumn = this.any ? [1] : this.targets.map((target) => reach[target]);
    /** The expected pairs: nobody is expected to reach itself. */
    this.pairs = this.gathered((_, itself) => (word) => (word === itself >> 5 ? ~(1 << (itself & 31)) : -1));
    /** How many there are. */
    this.expected = count(this.pairs);
  }

  /** How much some pairs count together: docs/design.md#weight. @param {Uint32Array} pairs */
  weightOf(pairs) {
    let weight = 0;
    for (const [place, more] of this.bySource.entries())
      for (const [column, each] of this.byColumn.entries())
        if (pairs[column * this.words + (place >> 5)] & (1 << (place & 31))) weight += more * each;
    return weight;
  }

  /** @param {Arc} arc */
  uses(arc) {
    return this.automaton.moves.some((moves) => moves[arc.relation] >= 0) && this.carries(arc);
  }

  /** @param {Arc} arc */
  carries(arc) {
    return this.network.cargo.isWithin(this.asked, arc.cargo);
  }

  /**
   * Bits of the sources that meet what is expected: a run of words to each target, or one run where any will do.
   * @param {Arc[][]} leaving @param {Map<number, Arc[]>} more
   */
  met(leaving, more) {
    const rows = this.reached(leaving, more);
    const nodes = this.network.nodesOf;
    const states = [...this.automaton.accepting];
    return this.gathered((target, itself) => (word) => {
      const others = word === itself >> 5 ? ~(1 << (itself & 31)) : -1;
      let bits = 0;
      for (const state of states) for (const node of nodes[target]) bits |= rows[state][node * this.words + word];
      return bits & others;
    });
  }

  /**
   * Bits of sources by column, from what gives the words of a target, told its place among the sources or -1.
   * @param {(target: number, itself: number) => (word: number) => number} bitsOf
   */
  gathered(bitsOf) {
    const bits = new Uint32Array((this.any ? 1 : this.targets.length) * this.words);
    const rest = this.sources.length & 31;
    this.targets.forEach((target, column) => {
      const first = this.any ? 0 : column * this.words;
      const wordOf = bitsOf(target, this.placeOf.get(target) ?? -1);
      for (let word = 0; word < this.words; word += 1) {
        const there = rest && word === this.words - 1 ? (1 << rest) - 1 : -1;
        bits[first + word] |= wordOf(word) & there;
      }
    });
    return bits;
  }

  /**
   * By state: bits of the sources that reach each entry in it.
   * @param {Arc[][]} leaving @param {Map<number, Arc[]>} more
   */
  reached(leaving, more) {
    const { moves } = this.automaton;
    const rows = moves.map(() => new Uint32Array(leaving.length * this.words));
    const waiting = moves.map(() => new Uint8Array(leaving.length));
    /** @type {number[][]} */
    const queues = moves.map(() => []);
    const wait = (/** @type {number} */ state, /** @type {number} */ entry) => {
      if (!waiting[state][entry]) queues[state].push(entry);
      waiting[state][entry] = 1;
    };
    this.sources.forEach((entry, place) => {
      rows[0][entry * this.words + (place >> 5)] |= 1 << (place & 31);
      wait(0, entry);
    });
    // Every move leads to the same state or to a higher one, so each state is settled before the next.
    moves.forEach((after, state) => {
      const queue = queues[state];
      for (let i = 0; i < queue.length; i += 1) {
        const entry = queue[i];
        waiting[state][entry] = 0;
        for (const arcs of [leaving[entry], more.get(entry) ?? []])
          for (const arc of arcs) {
            const next = after[arc.relation];
            if (next >= 0 && this.carries(arc) && this.spread(rows[state], entry, rows[next], arc.end))
              wait(next, arc.end);
          }
      }
    });
    return rows;
  }

  /**
   * Adds the bits of one entry to those of another; whether that changed anything.
   * @param {Uint32Array} here @param {number} from @param {Uint32Array} there @param {number} to
   */
  spread(here, from, there, to) {
    let changed = 0;
    for (let word = 0; word < this.words; word += 1) {
      const added = here[from * this.words + word] & ~there[to * this.words + word];
      there[to * this.words + word] |= added;
      changed |= added;
    }
    return changed !== 0;
  }

  /** @param {Uint32Array} met @param {Uint32Array | null} were @returns {string[]} */
  ids(met, were) {
    const ids = this.network.ids;
    const ends = this.any ? ["*"] : this.targets.map((target) => ids[target]);
    const found = [];
    for (const [place, source] of this.sources.entries())
      for (const [column, end] of ends.entries()) {
        const word = column * this.words + (place >> 5);
        const bits = were ? met[word] & ~were[word] : met[word];
        if (bits & (1 << (place & 31))) found.push(`${this.id}:${ids[source]}:${end}`);
      }
    return found;
  }
}

/** How many bits are set. @param {Uint32Array} words */
function count(words) {
  let bits = 0;
  for (let word of words) for (; word; word &= word - 1) bits += 1;
  return bits;
}
