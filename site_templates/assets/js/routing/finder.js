/**
 * Routes between two entries, found as analysis/routes.py finds them.
 *
 * @typedef {import("./network.js").Arc} Arc
 * @typedef {import("./network.js").Automaton} Automaton
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").RoutingDocument} RoutingDocument
 * @typedef {import("./network.js").WrittenSpecifier} WrittenSpecifier
 * @typedef {Automaton & {carrying: number}} Pattern in which orders edges make a route, and the cargo it must carry
 * @typedef {Omit<WrittenSpecifier, "tries" | "admits"> & {tries: bigint, admits: bigint}} Specifier
 * @typedef {{of: string, versions: string, empty: boolean}} Window
 * @typedef {{from: string, to: string, relation: string, statement: string, support: string, verified: boolean}} Hop
 * @typedef {{strength: string, carries: string[], windows: Window[], hops: Hop[]}} Route
 * @typedef {{hops: Arc[], aboard: number, level: number, unverified: number, windows: Window[], conflicts: boolean}}
 *   Found
 * @typedef {{total: number, names: number[], cost: number, at: number, hops: Arc[], arrived: boolean}} PartialRoute
 *   a route as far as it is found
 */

import { byCodePoint, compared, Heap, push, ranks } from "./order.js";

const MOST_LOOKED_AT = 2000; // routes and partial routes looked at per route asked for, before a search gives up

/** The twin of `RouteFinder`. */
export class Finder {
  /** @param {RoutingDocument} data @param {Network} network */
  constructor(data, network) {
    this.data = data;
    this.network = network;
    /** @type {Pattern[]} */
    this.patterns = data.routes.map((written) => ({
      carrying: network.cargo.masks[written.cargo],
      ...network.automaton(written),
    }));
    // Names are compared by their places in order: it is the same, and quicker.
    this.entryRank = ranks(network.ids);
    this.relationRank = ranks(network.relations);
    this.statementRank = ranks(network.edges);
    /** @type {Specifier[]} */
    this.specifiers = data.specifiers.map((one) => ({
      ...one,
      tries: BigInt(`0x${one.tries}`),
      admits: BigInt(`0x${one.admits}`),
    }));
  }

  /** @param {string} from @param {string} to @param {number} top @returns {Route[]} */
  paths(from, to, top) {
    const source = this.network.entryOf.get(from);
    const target = this.network.entryOf.get(to);
    if (source === undefined || target === undefined) return [];
    /** @type {Map<string, Found>} */
    const found = new Map();
    for (const pattern of this.patterns)
      for (const route of this.find(pattern, source, target, top))
        found.set(route.hops.map((hop) => hop.statement).join(" "), route);
    const before = (/** @type {Found} */ a, /** @type {Found} */ b) =>
      Number(a.conflicts) - Number(b.conflicts) ||
      a.level - b.level ||
      a.unverified - b.unverified ||
      a.hops.length - b.hops.length ||
      compared(this.named(a.hops), this.named(b.hops));
    return [...found.values()].sort(before).slice(0, top).map((route) => this.shown(from, route));
  }

  /** @param {Arc[]} hops */
  named(hops) {
    return hops.map((hop) => this.statementRank[hop.statement]);
  }

  /** @param {string} from @param {Found} route @returns {Route} */
  shown(from, { hops, aboard, level, windows }) {
    const { ids, relations, edges, supports, verified, cargo } = this.network;
    return {
      strength: this.data.support[level],
      carries: this.data.cargo
        .filter((_, place) => cargo.has(aboard, place))
        .map((one) => one.id),
      windows,
      hops: hops.map((hop, i) => ({
        from: i ? ids[hops[i - 1].end] : from,
        to: ids[hop.end],
        relation: relations[hop.relation],
        statement: edges[hop.statement],
        support: this.data.support[supports[hop.statement]],
        verified: Boolean(verified[hop.statement]),
      })),
    };
  }

  /**
   * Up to `top` distinct routes of one pattern: strongest first, conflicting ones last.
   * @param {Pattern} pattern @param {number} source @param {number} target @param {number} top
   */
  find(pattern, source, target, top) {
    /** @type {Found[]} */
    const fitting = [];
    /** @type {Found[]} */
    const conflicting = [];
    for (let worst = 0; worst < this.data.live && fitting.length < top; worst += 1) {
      let looked = 0;
      for (const { hops, aboard } of this.atLevel(pattern, source, target, worst)) {
        const level = Math.max(...hops.map((hop) => hop.support));
        if (level === worst) {
          const windows = this.windows(hops);
          const conflicts = windows.some((window) => window.empty);
          const unverified = hops.filter((hop) => !this.network.verified[hop.statement]).length;
          (conflicts ? conflicting : fitting).push({ hops, aboard, level, unverified, windows, conflicts });
        }
        looked += 1;
        if (fitting.length >= top || looked >= 50 * top) break;
      }
    }
    return [...fitting, ...conflicting].slice(0, top);
  }

  /**
   * The routes whose edges are at least as strong as `worst`, cheapest first.
   * @param {Pattern} pattern @param {number} source @param {number} target @param {number} worst
   */
  *atLevel(pattern, source, target, worst) {
    const { entries, states, aboards, after } = this.explore(pattern, source, worst);
    const isGoal = entries.map((entry, at) => entry === target && entry !== source && pattern.accepting.has(states[at]));
    const left = costsLeft(after, isGoal);
    if (left[0] === Infinity) return;
    /** @type {Heap<PartialRoute>} */
    const heap = new Heap(
      (a, b) =>
        (a.total - b.total || compared(a.names, b.names) || compared(this.named(a.hops), this.named(b.hops))) < 0,
    );
    /** @type {Arc[]} */
    const none = [];
    heap.push({ total: left[0], names: [this.entryRank[source]], cost: 0, at: 0, hops: none, arrived: false });
    let budget = MOST_LOOKED_AT;
    for (let next = heap.pop(); next && budget > 0; next = heap.pop()) {
      const { names, cost, at, hops, arrived } = next;
      if (arrived) {
        budget = MOST_LOOKED_AT;
        yield { hops, aboard: aboards[at] };
        continue;
      }
      budget -= 1;
      if (isGoal[at]) heap.push({ total: cost, names, cost, at, hops, arrived: true });
      for (const [arc, following] of after[at]) {
        const rank = this.entryRank[arc.end];
        if (left[following] === Infinity || visits(names, rank)) continue;
        heap.push({
          total: cost + arc.cost + left[following],
          names: [...names, this.relationRank[arc.relation], rank],
          cost: cost + arc.cost,
          at: following,
          hops: [...hops, arc],
          arrived: false,
        });
      }
    }
  }

  /**
   * Every (entry, state, cargo aboard) that can be reached, with the arcs that leave it.
   * @param {Pattern} pattern @param {number} source @param {number} worst
   */
  explore(pattern, source, worst) {
    const { cargo, leaving, ids } = this.network;
    const entries = [source];
    const states = [0];
    const aboards = [cargo.everything];
    /** @type {[Arc, number][][]} */
    const after = [[]];
    const key = (/** @type {number} */ entry, /** @type {number} */ state, /** @type {number} */ aboard) =>
      (aboard * pattern.moves.length + state) * ids.length + entry;
    const number = new Map([[key(source, 0, cargo.everything), 0]]);
    for (let at = 0; at < entries.length; at += 1) {
      const moves = pattern.moves[states[at]];
      for (const arc of leaving[entries[at]]) {
        const state = moves[arc.relation];
        if (state < 0 || arc.support > worst) continue;
        const kept = cargo.both(aboards[at], arc.cargo);
        const lost = kept === cargo.nothing && cargo.everything !== cargo.nothing; // a vocabulary may know no cargo
        if (lost || !cargo.isWithin(pattern.carrying, kept)) continue;
        const name = key(arc.end, state, kept);
        let following = number.get(name);
        if (following === undefined) {
          following = entries.push(arc.end) - 1;
          states.push(state);
          aboards.push(kept);
          after.push([]);
          number.set(name, following);
        }
        after[at].push([arc, following]);
      }
    }
    return { entries, states, aboards, after };
  }

  /** The versions that suit all hops, by what is versioned. @param {Arc[]} hops @returns {Window[]} */
  windows(hops) {
    /** @type {Map<string, Specifier[]>} */
    const required = new Map();
    for (const hop of hops)
      for (const at of this.network.requires.get(hop.statement) ?? [])
        push(required, this.specifiers[at].of, this.specifiers[at]);
    return [...required.keys()].sort(byCodePoint).map((of) => {
      const all = required.get(of) ?? [];
      const clauses = [...new Set(all.flatMap((one) => one.clauses))].sort(byCodePoint);
      return { of, versions: clauses.join(","), empty: !satisfiable(all) };
    });
  }
}

/** Whether some version fits all specifiers. @param {Specifier[]} specifiers */
function satisfiable(specifiers) {
  if (specifiers.some((one) => one.odd)) return new Set(specifiers.flatMap((one) => one.exact ?? [])).size === 1;
  const tried = specifiers.reduce((bits, one) => bits | one.tries, 1n);
  return specifiers.reduce((bits, one) => bits & one.admits, tried) !== 0n;
}

/**
 * The least cost from each state to a goal, Infinity where none is reached.
 * @param {[Arc, number][][]} after @param {boolean[]} isGoal
 */
function costsLeft(after, isGoal) {
  /** @type {[number, number][][]} */
  const before = after.map(() => []);
  after.forEach((leaving, at) => {
    for (const [arc, following] of leaving) before[following].push([arc.cost, at]);
  });
  const left = new Float64Array(after.length).fill(Infinity);
  /** @type {Heap<[cost: number, at: number]>} */
  const heap = new Heap((a, b) => a[0] < b[0]);
  isGoal.forEach((goal, at) => {
    if (goal) heap.push([0, at]);
  });
  for (let next = heap.pop(); next; next = heap.pop()) {
    const [cost, at] = next;
    if (left[at] !== Infinity) continue;
    left[at] = cost;
    for (const [more, earlier] of before[at]) if (left[earlier] === Infinity) heap.push([cost + more, earlier]);
  }
  return left;
}

/** Whether a sequence of entry, relation, entry … holds an entry. @param {number[]} names @param {number} entry */
function visits(names, entry) {
  for (let i = 0; i < names.length; i += 2) if (names[i] === entry) return true;
  return false;
}
