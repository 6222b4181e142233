/**
 * Routes between two entries, found as analysis/routes.py finds them.
 *
 * @typedef {import("./network.js").Arc} Arc
 * @typedef {import("./network.js").Automaton} Automaton
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").RoutingDocument} RoutingDocument
 * @typedef {import("./network.js").WrittenSpecifier} WrittenSpecifier
 * @typedef {Automaton & {carrying: number}} Rule in which orders edges make a route, and the cargo it must carry
 * @typedef {{rule: Rule, sources: Set<number> | null, targets: Set<number> | null}} Offer a rule for pairs that none
 *   expects, and between which entries it is one; null for all
 * @typedef {Omit<WrittenSpecifier, "tries" | "admits"> & {tries: bigint, admits: bigint}} Specifier
 * @typedef {{of: string, versions: string, empty: boolean}} Window
 * @typedef {{from: string, to: string, relation: string, statement: string, support: string, verified: boolean}} Hop
 * @typedef {{strength: string, carries: string[], windows: Window[], hops: Hop[]}} Route
 * @typedef {{hops: Arc[], names: number[], aboard: number, level: number, windows: Window[]}} Found
 * @typedef {{rule: number, node: number, at: number, aboard: number}} State where a route is, by which rule
 * @typedef {{rules: Rule[], source: number, target: number, arriving: (aboard: number) => boolean, sensible: boolean,
 *   fitting: Found[]}} Search
 * @typedef {{several: boolean, total: number, names: number[], cost: number, at: number, hops: Arc[], arrived: boolean}} PartialRoute
 *   a route as far as it is found, and whether it will be one of several hops
 */

import { byCodePoint, compared, Heap, push, ranks } from "./order.js";

const MOST_LOOKED_AT = 2000; // routes and partial routes looked at per route asked for, before a search gives up

/** The twin of `RouteFinder`. */
export class Finder {
  /** @param {RoutingDocument} data @param {Network} network */
  constructor(data, network) {
    this.data = data;
    this.network = network;
    /** @type {Offer[]} */
    this.offers = data.routes.map((written) => ({
      rule: { carrying: network.cargo.masks[written.cargo], ...network.automaton(written) },
      sources: written.sources && new Set(written.sources),
      targets: written.targets && new Set(written.targets),
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

  /** @param {Arc[]} hops */
  named(hops) {
    return hops.map((hop) => this.statementRank[hop.statement]);
  }

  /** @param {string} from @param {Found} route @returns {Route} */
  shown(from, { hops, aboard, level, windows }) {
    const { ids, nodeEntry, relations, edges, supports, verified, cargo } = this.network;
    return {
      strength: this.data.support[level],
      carries: this.data.cargo
        .filter((_, place) => cargo.has(aboard, place))
        .map((one) => one.id),
      windows,
      hops: hops.map((hop, i) => ({
        from: i ? ids[nodeEntry[hops[i - 1].end]] : from,
        to: ids[nodeEntry[hop.end]],
        relation: relations[hop.relation],
        statement: edges[hop.statement],
        support: this.data.support[supports[hop.statement]],
        verified: Boolean(verified[hop.statement]),
      })),
    };
  }

  /**
   * What one entry says of another, strongest first, as routes of one hop in the direction in which it flows; but for
   * what is only read, which is no answer to whether it is written.
   * @param {number} source @param {number} target @returns {Route[]}
   */
  stated(source, target) {
    const { statements } = this.data;
    const { supports, cargo, carries, ids } = this.network;
    const between = [...statements.source.keys()].filter((at) => {
      const { flows, asks_carries } = this.data.relations[statements.relation[at]];
      if (supports[at] >= this.data.live || (flows === "backward" && asks_carries)) return false;
      const [one, other] = [statements.source[at], statements.target[at]];
      return (one === source && other === target) || (flows === "both" && one === target && other === source);
    });
    between.sort((a, b) => supports[a] - supports[b] || a - b);
    return between.map((at) => {
      const ends = this.network.ends(at);
      const [start, end] = ends.find((pair) => pair[0] === source) ?? ends[0];
      const carried = cargo.masks[statements.cargo[at]];
      const kept = cargo.both(carries[start], carried);
      const aboard = kept === cargo.nothing ? carried : kept;
      const hop = { relation: statements.relation[at], end, statement: at, cargo: carried, support: supports[at], cost: 0 };
      const windows = this.windows([hop]);
      return this.shown(ids[start], { hops: [hop], names: [], aboard, level: supports[at], windows });
    });
  }

  /**
   * Up to `top` distinct routes by some rules: strongest first, conflicting ones last. What they carry is `arriving`;
   * those that are not `sensible` may carry nothing, visit an entry twice and be detours.
   * @param {Rule[]} rules @param {number} source @param {number} target @param {number} top
   * @param {(aboard: number) => boolean} arriving
   */
  find(rules, source, target, top, arriving = () => true, sensible = true) {
    /** @type {Found[]} */
    const fitting = [];
    /** @type {Found[]} */
    const conflicting = [];
    const search = { rules, source, target, arriving, sensible, fitting };
    for (let worst = 0; worst < this.data.live && fitting.length < top; worst += 1) {
      let looked = 0;
      for (const { hops, names, aboard } of this.atLevel(search, worst)) {
        const level = Math.max(...hops.map((hop) => hop.support));
        if (level === worst) {
          const windows = this.windows(hops);
          const conflicts = windows.some((window) => window.empty);
          (conflicts ? conflicting : fitting).push({ hops, names, aboard, level, windows });
        }
        looked += 1;
        if (fitting.length >= top || looked >= 50 * top) break;
      }
    }
    const found = fitting;
    for (const route of conflicting)
      if (!sensible || !found.some((other) => this.isDetour(route, other)))
        found.push(route);
    return found.slice(0, top);
  }

  /**
   * The routes whose edges are at least as strong as `worst`, cheapest first.
   * @param {Search} search @param {number} worst
   */
  *atLevel(search, worst) {
    const { rules, source, target, arriving, sensible, fitting } = search;
    const { nodeEntry, cargo } = this.network;
    const { states, after } = this.explore(search, worst);
    const isGoal = states.map(
      ({ rule, node, at, aboard }) =>
        nodeEntry[node] === target && target !== source && rules[rule].accepting.has(at) && arriving(aboard),
    );
    const left = costsLeft(after, isGoal);
    /** @type {Heap<PartialRoute>} */
    const heap = new Heap(
      (a, b) =>
        (Number(a.several) - Number(b.several) || a.total - b.total || compared(a.names, b.names) || compared(this.named(a.hops), this.named(b.hops))) < 0,
    );
    const goal = this.entryRank[target];
    const first = [this.entryRank[source]];
    rules.forEach((_, at) => {
      if (left[at] < Infinity) heap.push({ several: false, total: 0, names: first, cost: 0, at, hops: [], arrived: false });
    });
    /** @type {Set<string>} */
    const seen = new Set(); // several rules may know one route
    let budget = MOST_LOOKED_AT;
    for (let next = heap.pop(); next && budget > 0; next = heap.pop()) {
      const { names, cost, at, hops, arrived } = next;
      const { aboard } = states[at];
      if (arrived) {
        budget = MOST_LOOKED_AT;
        const said = hops.map((hop) => hop.statement).join(" ");
        if (!seen.has(said)) yield { hops, names, aboard };
        seen.add(said);
        continue;
      }
      budget -= 1;
      const whole = names[names.length - 1] === goal && hops.length ? names : [...names, -1, goal];
      if (sensible && fitting.some((route) => cargo.isWithin(aboard, route.aboard) && passes(whole, route.names))) continue;
      if (isGoal[at]) heap.push({ several: hops.length > 1, total: cost, names, cost, at, hops, arrived: true });
      for (const [arc, following] of after[at]) {
        const rank = this.entryRank[nodeEntry[arc.end]];
        if (left[following] === Infinity || (sensible && visits(names, rank))) continue;
        heap.push({
          several: hops.length > 0 || !isGoal[following],
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
   * Every state that can be reached, those of the start first, with the arcs that leave it.
   * @param {Search} search @param {number} worst
   */
  explore({ rules, source, sensible }, worst) {
    const { cargo, leaving, carries } = this.network;
    /** @type {State[]} */
    const states = [];
    /** @type {[Arc, number][][]} */
    const after = [];
    /** @type {Map<string, number>} */
    const number = new Map();
    const place = (/** @type {State} */ state) => {
      const name = `${state.rule} ${state.node} ${state.at} ${state.aboard}`;
      const known = number.get(name);
      if (known !== undefined) return known;
      number.set(name, after.push([]) - 1);
      return states.push(state) - 1;
    };
    rules.forEach((_, rule) => place({ rule, node: source, at: 0, aboard: carries[source] }));
    for (let i = 0; i < states.length; i += 1) {
      const { rule, node, at, aboard } = states[i];
      const { moves, carrying } = rules[rule];
      for (const arc of leaving[node]) {
        const next = moves[at][arc.relation];
        if (next < 0 || arc.support > worst) continue;
        const kept = cargo.both(aboard, arc.cargo);
        const lost = sensible && kept === cargo.nothing && aboard !== cargo.nothing;
        if (lost || !cargo.isWithin(carrying, kept)) continue;
        after[i].push([arc, place({ rule, node: arc.end, at: next, aboard: kept })]);
      }
    }
    return { states, after };
  }

  /**
   * Whether a conflicting route passes all entries of another, and is not stronger and brings no more.
   * @param {Found} route @param {Found} other
   */
  isDetour(route, other) {
    const weaker = other.level <= route.level && this.network.cargo.isWithin(route.aboard, other.aboard);
    return weaker && this.ranksBehind(route, other) && passes(route.names, other.names);
  }

  /** @param {Found} route @param {Found} other */
  ranksBehind(route, other) {
    const conflicts = (/** @type {Found} */ one) => one.windows.some((window) => window.empty);
    const unverified = (/** @type {Found} */ one) => one.hops.filter((hop) => !this.network.verified[hop.statement]);
    if (!conflicts(other)) return true; // the route itself conflicts
    const several = (/** @type {Found} */ one) => Number(one.hops.length > 1);
    const more = route.level - other.level || several(route) - several(other);
    const least = more || unverified(route).length - unverified(other).length;
    return (least || route.hops.length - other.hops.length) >= 0;
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

/**
 * Whether a sequence of entry, relation, entry … holds all entries of another in their order, and more.
 * @param {number[]} names @param {number[]} others
 */
function passes(names, others) {
  if (names.length <= others.length) return false;
  let at = 0;
  for (let i = 0; i < names.length && at < others.length; i += 2) if (names[i] === others[at]) at += 2;
  return at >= others.length;
}
