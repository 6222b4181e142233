// @ts-check
// Routes between entries and the counting of expected pairs, in the browser as on the command line: the twin of
// analysis/routes.py and of the reachability of analysis/expected.py, over what site/routing.py writes. No page is
// touched here, so that it runs in Node as well; tests/site/test_routing.py holds the two against each other.

/**
 * @typedef {{relation: number, end: number, statement: number, cargo: number, support: number, cost: number}} Arc
 *   a statement laid in the direction of flow; `cargo` is a number of `CargoSets`
 * @typedef {{start: number, arc: Arc}} Laid
 * @typedef {{moves: Int32Array[], accepting: Set<number>}} Automaton the next state by relation, -1 for none
 * @typedef {{of: string, versions: string, empty: boolean}} Window
 * @typedef {{from: string, to: string, relation: string, statement: string, support: string, proven: boolean}} Hop
 * @typedef {{strength: string, carries: string[], windows: Window[], hops: Hop[]}} Route
 * @typedef {{hops: Arc[], aboard: number, level: number, unproven: number, windows: Window[], conflicts: boolean}}
 *   Found
 * @typedef {{expected: number, met: number, score: number | null}} Tally
 */

const MOST_LOOKED_AT = 2000; // ways and partial ways looked at per way asked for, before a search gives up
const UNPROVEN = 2 ** 20; // what an unproven hop costs: more than hops in any number

/**
 * Everything that can be asked of a `routing/v1` document.
 *
 * `paths(from, to, top)` finds up to `top` routes between two ids, best first, as `landscape path` does.
 * `tallies(assumed)` counts the expected pairs when the edges in `assumed`, written "source relation target", are
 * in full support; `closed(assumed)` lists the ids of the gaps that they close together; `standing(assumed)` has the
 * ids of all pairs that are then met. An edge between names that are not known raises a RangeError.
 *
 * @param {any} data
 */
export function createRoutes(data) {
  const network = new Network(data);
  const finder = new Finder(data, network);
  const pairs = new Pairs(data, network);
  return {
    /** @param {string} from @param {string} to @returns {Route[]} */
    paths: (from, to, top = 5) => finder.paths(from, to, top),
    /** @param {string[]} assumed @returns {{met: Set<string>}} */
    standing: (assumed = []) => ({ met: new Set(pairs.ids(pairs.met(assumed))) }),
    /** @param {string[]} assumed @returns {{all: Tally, sides: Record<string, Tally>}} */
    tallies: (assumed = []) => pairs.tallies(pairs.met(assumed)),
    /** @param {string[]} assumed @returns {string[]} */
    closed: (assumed = []) => pairs.ids(pairs.met(assumed), pairs.met([])),
  };
}

/** Sets of cargo as small numbers; there may be more sorts of cargo than a number has bits. */
class CargoSets {
  /** @param {number} sorts @param {number[][]} masks */
  constructor(sorts, masks) {
    /** @type {bigint[]} */
    this.sets = [];
    /** @type {Map<bigint, number>} */
    this.numbers = new Map();
    /** @type {number[][]} */
    this.known = [];
    this.nothing = this.number(0n);
    this.everything = this.number((1n << BigInt(sorts)) - 1n);
    this.masks = masks.map((places) => this.number(places.reduce((set, place) => set | (1n << BigInt(place)), 0n)));
  }

  /** @param {bigint} set */
  number(set) {
    let number = this.numbers.get(set);
    if (number === undefined) {
      number = this.sets.push(set) - 1;
      this.numbers.set(set, number);
      this.known.push([]);
    }
    return number;
  }

  /** What is in both sets. @param {number} one @param {number} other */
  both(one, other) {
    const known = this.known[one];
    if (known[other] === undefined) known[other] = this.number(this.sets[one] & this.sets[other]);
    return known[other];
  }

  /** @param {number} part @param {number} whole */
  isWithin(part, whole) {
    return this.both(part, whole) === part;
  }

  /** @param {number} set @param {number} place */
  has(set, place) {
    return ((this.sets[set] >> BigInt(place)) & 1n) === 1n;
  }
}

/** Entries and statements by number, and what flows where. */
class Network {
  /** @param {any} data */
  constructor(data) {
    const { source, relation, target, support, cargo, proven, requires } = data.statements;
    this.data = data;
    this.cargo = new CargoSets(data.cargo.length, data.masks);
    /** @type {string[]} */
    this.ids = data.entries.map((/** @type {any[]} */ entry) => entry[0]);
    /** @type {number[]} */
    this.carries = data.entries.map((/** @type {any[]} */ entry) => this.cargo.masks[entry[4]]);
    /** @type {string[]} */
    this.relations = data.relations.map((/** @type {any} */ one) => one.id);
    this.entryOf = places(this.ids);
    this.relationOf = places(this.relations);
    /** @type {string[]} */
    this.edges = source.map((/** @type {number} */ start, /** @type {number} */ i) =>
      [this.ids[start], this.relations[relation[i]], this.ids[target[i]]].join(" "),
    );
    this.statementOf = places(this.edges);
    this.supports = support;
    this.proven = proven;
    /** @type {Map<number, number[]>} */
    this.requires = new Map();
    for (const [statement, specifier] of requires) push(this.requires, statement, specifier);
    /** What leaves each entry alive. @type {Arc[][]} */
    this.leaving = this.ids.map(() => []);
    for (let i = 0; i < source.length; i += 1) {
      if (support[i] >= data.live) continue;
      const cost = proven[i] ? 1 : UNPROVEN + 1;
      const made = { statement: i, cargo: this.cargo.masks[cargo[i]], support: support[i], cost };
      for (const { start, arc } of this.laid(source[i], relation[i], target[i], made)) this.leaving[start].push(arc);
    }
  }

  /**
   * An edge in the directions of its flow.
   * @param {number} source @param {number} relation @param {number} target
   * @param {{statement: number, cargo: number, support: number, cost: number}} made @returns {Laid[]}
   */
  laid(source, relation, target, made) {
    const flows = this.data.relations[relation].flows;
    const forward = { start: source, arc: { relation, end: target, ...made } };
    const backward = { start: target, arc: { relation, end: source, ...made } };
    return flows === "both" ? [forward, backward] : [flows === "forward" ? forward : backward];
  }

  /** An edge as it would be laid in full; nothing where it is so already. @param {string} edge @returns {Laid[]} */
  assumed(edge) {
    const [source, relation, target, ...rest] = edge.split(" ");
    const ends = [this.entryOf.get(source), this.entryOf.get(target)];
    const verb = this.relationOf.get(relation);
    if (rest.length || verb === undefined || ends[0] === undefined || ends[1] === undefined)
      throw new RangeError(`not an edge between entries of the map: ${edge}`);
    const there = this.statementOf.get(edge);
    if (there !== undefined && this.supports[there] === 0) return [];
    const cargo =
      there === undefined
        ? this.cargo.both(this.carries[ends[0]], this.carries[ends[1]])
        : this.cargo.masks[this.data.statements.cargo[there]];
    return this.laid(ends[0], verb, ends[1], { statement: there ?? -1, cargo, support: 0, cost: UNPROVEN + 1 });
  }

  /** @param {{moves: number[][][], accepting: number[]}} written @returns {Automaton} */
  automaton(written) {
    const moves = written.moves.map((some) => {
      const after = new Int32Array(this.relations.length).fill(-1);
      for (const [relation, state] of some) after[relation] = state;
      return after;
    });
    return { moves, accepting: new Set(written.accepting) };
  }
}

/** The twin of `RouteFinder`. */
class Finder {
  /** @param {any} data @param {Network} network */
  constructor(data, network) {
    this.data = data;
    this.network = network;
    this.ways = data.ways.map((/** @type {any} */ way) => ({
      asked: network.cargo.masks[way.cargo],
      ...network.automaton(way),
    }));
    // Names are compared by their places in order: it is the same, and quicker.
    this.entryRank = ranks(network.ids);
    this.relationRank = ranks(network.relations);
    this.statementRank = ranks(network.edges);
    this.specifiers = data.specifiers.map((/** @type {any} */ one) => ({
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
    for (const way of this.ways)
      for (const route of this.find(way, source, target, top))
        found.set(route.hops.map((hop) => hop.statement).join(" "), route);
    const before = (/** @type {Found} */ a, /** @type {Found} */ b) =>
      Number(a.conflicts) - Number(b.conflicts) ||
      a.level - b.level ||
      a.unproven - b.unproven ||
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
    const { ids, relations, edges, supports, proven, cargo } = this.network;
    return {
      strength: this.data.support[level],
      carries: this.data.cargo
        .filter((/** @type {any} */ _, /** @type {number} */ place) => cargo.has(aboard, place))
        .map((/** @type {any} */ one) => one.id),
      windows,
      hops: hops.map((hop, i) => ({
        from: i ? ids[hops[i - 1].end] : from,
        to: ids[hop.end],
        relation: relations[hop.relation],
        statement: edges[hop.statement],
        support: this.data.support[supports[hop.statement]],
        proven: Boolean(proven[hop.statement]),
      })),
    };
  }

  /**
   * Up to `top` distinct routes of one way: strongest first, conflicting ones last.
   * @param {Automaton & {asked: number}} way @param {number} source @param {number} target @param {number} top
   */
  find(way, source, target, top) {
    const fitting = [];
    const conflicting = [];
    for (let worst = 0; worst < this.data.live && fitting.length < top; worst += 1) {
      let looked = 0;
      for (const { hops, aboard } of this.atLevel(way, source, target, worst)) {
        const level = Math.max(...hops.map((hop) => hop.support));
        if (level === worst) {
          const windows = this.windows(hops);
          const conflicts = windows.some((window) => window.empty);
          const unproven = hops.filter((hop) => !this.network.proven[hop.statement]).length;
          (conflicts ? conflicting : fitting).push({ hops, aboard, level, unproven, windows, conflicts });
        }
        looked += 1;
        if (fitting.length >= top || looked >= 50 * top) break;
      }
    }
    return [...fitting, ...conflicting].slice(0, top);
  }

  /**
   * The routes whose edges are at least as strong as `worst`, cheapest first.
   * @param {Automaton & {asked: number}} way @param {number} source @param {number} target @param {number} worst
   */
  *atLevel(way, source, target, worst) {
    const { entries, states, aboards, after } = this.explore(way, source, worst);
    const isGoal = entries.map((entry, at) => entry === target && entry !== source && way.accepting.has(states[at]));
    const left = costsLeft(after, isGoal);
    if (left[0] === Infinity) return;
    const heap = new Heap(
      (/** @type {any} */ a, /** @type {any} */ b) =>
        (a.total - b.total || compared(a.names, b.names) || compared(this.named(a.hops), this.named(b.hops))) < 0,
    );
    /** @type {Arc[]} */
    const none = [];
    heap.push({ total: left[0], names: [this.entryRank[source]], cost: 0, at: 0, hops: none, arrived: false });
    let budget = MOST_LOOKED_AT;
    while (heap.size > 0 && budget > 0) {
      const { names, cost, at, hops, arrived } = heap.pop();
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
   * @param {Automaton & {asked: number}} way @param {number} source @param {number} worst
   */
  explore(way, source, worst) {
    const { cargo, leaving, ids } = this.network;
    const entries = [source];
    const states = [0];
    const aboards = [cargo.everything];
    /** @type {[Arc, number][][]} */
    const after = [[]];
    const key = (/** @type {number} */ entry, /** @type {number} */ state, /** @type {number} */ aboard) =>
      (aboard * way.moves.length + state) * ids.length + entry;
    const number = new Map([[key(source, 0, cargo.everything), 0]]);
    for (let at = 0; at < entries.length; at += 1) {
      const moves = way.moves[states[at]];
      for (const arc of leaving[entries[at]]) {
        const state = moves[arc.relation];
        if (state < 0 || arc.support > worst) continue;
        const kept = cargo.both(aboards[at], arc.cargo);
        const lost = kept === cargo.nothing && cargo.everything !== cargo.nothing; // a vocabulary may know no cargo
        if (lost || !cargo.isWithin(way.asked, kept)) continue;
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
    /** @type {Map<string, any[]>} */
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

/** Whether some version fits all specifiers. @param {any[]} specifiers */
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
  const heap = new Heap((/** @type {any} */ a, /** @type {any} */ b) => a[0] < b[0]);
  isGoal.forEach((goal, at) => {
    if (goal) heap.push([0, at]);
  });
  while (heap.size > 0) {
    const [cost, at] = heap.pop();
    if (left[at] !== Infinity) continue;
    left[at] = cost;
    for (const [more, earlier] of before[at]) if (left[earlier] === Infinity) heap.push([cost + more, earlier]);
  }
  return left;
}

/** Whether a chain of entry, relation, entry … holds an entry. @param {number[]} names @param {number} entry */
function visits(names, entry) {
  for (let i = 0; i < names.length; i += 2) if (names[i] === entry) return true;
  return false;
}

/** The expected pairs, and which of them are met: bits of sources, 32 to a word, by column. */
class Pairs {
  /** @param {any} data @param {Network} network */
  constructor(data, network) {
    this.data = data;
    this.network = network;
    this.expectations = data.expectations.map((/** @type {any} */ written) => new Expected(written, network));
    this.full = network.leaving.map((arcs) => arcs.filter((arc) => arc.support === 0));
    /** @type {Map<number, Arc[]>} */
    const none = new Map();
    /** @type {Uint32Array[]} */
    this.today = this.expectations.map((/** @type {Expected} */ each) => each.met(this.full, none));
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
    const met = this.expectations.map((/** @type {Expected} */ each, /** @type {number} */ i) =>
      arcs.some((arc) => each.uses(arc)) ? each.met(this.full, more) : this.today[i],
    );
    this.last = { assumed: key, met };
    return met;
  }

  /** The ids of the pairs that are met, in order, but not of those that were. @param {any} met @param {any} were */
  ids(met, were = null) {
    return this.expectations.flatMap((/** @type {Expected} */ each, /** @type {number} */ i) =>
      were && were[i] === met[i] ? [] : each.ids(met[i], were && were[i]),
    );
  }

  /** @param {Uint32Array[]} met */
  tallies(met) {
    const counts = this.expectations.map((/** @type {Expected} */ each, /** @type {number} */ i) => ({
      side: each.side,
      weight: each.weight,
      expected: each.expected,
      met: count(met[i]),
    }));
    const sides = this.data.sides.map((/** @type {any} */ side, /** @type {number} */ place) => [
      side.id,
      tally(counts.filter((/** @type {any} */ one) => one.side === place)),
    ]);
    return { all: tally(counts), sides: Object.fromEntries(sides) };
  }
}

/** @param {{weight: number, expected: number, met: number}[]} counts @returns {Tally} */
function tally(counts) {
  const total = { expected: 0, met: 0, weight: 0, metWeight: 0 };
  for (const { weight, expected, met } of counts) {
    total.expected += expected;
    total.met += met;
    total.weight += expected * weight;
    total.metWeight += met * weight;
  }
  const score = total.weight ? total.metWeight / total.weight : null;
  return { expected: total.expected, met: total.met, score };
}

/** The twin of `Expected`, without its kinds of gaps. */
class Expected {
  /** @param {any} written @param {Network} network */
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
    const both = this.targets.filter((target) => this.placeOf.has(target)).length;
    /** How many pairs are expected: nobody is expected to reach itself. */
    this.expected = this.any
      ? this.sources.filter((source) => this.targets.some((target) => target !== source)).length
      : this.sources.length * this.targets.length - both;
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
    const met = new Uint32Array((this.any ? 1 : this.targets.length) * this.words);
    const rows = this.reached(leaving, more);
    this.targets.forEach((target, column) => {
      const first = this.any ? 0 : column * this.words;
      const itself = this.placeOf.get(target) ?? -1;
      for (const state of this.automaton.accepting)
        for (let word = 0; word < this.words; word += 1) {
          const others = word === itself >> 5 ? ~(1 << (itself & 31)) : -1;
          met[first + word] |= rows[state][target * this.words + word] & others;
        }
    });
    return met;
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

/** A heap that gives the least first. */
class Heap {
  /** @param {(a: any, b: any) => boolean} less */
  constructor(less) {
    this.less = less;
    /** @type {any[]} */
    this.items = [];
  }

  get size() {
    return this.items.length;
  }

  /** @param {any} item */
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

  pop() {
    const items = this.items;
    const least = items[0];
    const item = items.pop();
    if (items.length === 0) return least;
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

/** Where each item stands. @template T @param {T[]} items @returns {Map<T, number>} */
function places(items) {
  return new Map(items.map((item, place) => [item, place]));
}

/** The place of each text among all of them in order. @param {string[]} texts */
function ranks(texts) {
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
function push(map, key, value) {
  const there = map.get(key);
  if (there) there.push(value);
  else map.set(key, [value]);
}

/** Lists of numbers in order, item by item. @param {number[]} one @param {number[]} other */
function compared(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let i = 0; i < shared; i += 1) if (one[i] !== other[i]) return one[i] - other[i];
  return one.length - other.length;
}

/**
 * Texts in Python's order: JavaScript's puts surrogates, of which rare characters are made, before U+E000 and on.
 * @param {string} one @param {string} other
 */
function byCodePoint(one, other) {
  const shared = Math.min(one.length, other.length);
  for (let i = 0; i < shared; i += 1)
    if (one.charCodeAt(i) !== other.charCodeAt(i)) return raised(one.charCodeAt(i)) - raised(other.charCodeAt(i));
  return one.length - other.length;
}

/** A code unit with the surrogates above all others. @param {number} unit */
function raised(unit) {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
