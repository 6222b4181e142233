/**
 * What `routing/v1` tells, by number: entries, statements, and what flows where.
 *
 * @typedef {{moves: [relation: number, after: number][][], accepting: number[]}} WrittenAutomaton
 * @typedef {{of: string, clauses: string[], tries: string, admits: string, exact?: string[], odd?: boolean}}
 *   WrittenSpecifier
 * @typedef {WrittenAutomaton & {id: string, side: number, weight: number, need: string, cargo: number,
 *   sources: number[], targets: number[]}} WrittenExpectation
 * @typedef {WrittenAutomaton & {cargo: number, sources: number[] | null, targets: number[] | null}} WrittenOffer
 * @typedef {{
 *   support: string[], live: number, kinds: string[], cargo: {id: string, name: string}[], sides: {id: string, name: string}[],
 *   relations: {id: string, reads: string, flows: string, halts_at: string[], from: string[], to: string[],
 *     buildable: boolean, writes: boolean, asks_carries: boolean}[], owners: [standard: number, owner: number][], masks: number[][],
 *   entries: [id: string, name: string, kind: number, expected: number, cargo: number, reach: number][],
 *   known: [aliases: string[], tags: string[]][],
 *   statements: {source: number[], relation: number[], target: number[], support: number[], cargo: number[],
 *     verified: number[], requires: [statement: number, specifier: number][],
 *     takes: [statement: number, entry: number][]},
 *   records: Record<string, string>, titles: Record<string, string>, graphs: number[], stated: number[],
 *   phrases: Record<string, string>,
 *   specifiers: WrittenSpecifier[], routes: WrittenOffer[], expectations: WrittenExpectation[],
 * }} RoutingDocument
 * @typedef {{relation: number, end: number, statement: number, cargo: number, support: number, cost: number}} Arc
 *   a statement laid in the direction of flow; `end` is a node, `cargo` a number of `CargoSets`
 * @typedef {{start: number, arc: Arc}} Laid
 * @typedef {{moves: Int32Array[], accepting: Set<number>}} Automaton the next state by relation, -1 for none
 */

import { CargoSets } from "./cargo.js";
import { places, push } from "./order.js";

// What a hop costs: more than short reach in any number, and more than hops in any number where it is not verified.
const HOP = 2 ** 20;
const UNVERIFIED = 2 ** 36;

/**
 * Entries and statements by number, and what flows where.
 *
 * Arcs join nodes. Every entry is a node of the same number. Where a statement takes only what came in through some
 * entries, the entry at which it starts has a further node for each of these, and an entry at which edges halt has one
 * for whoever came by these, from which nothing leads on; as in analysis/network.py.
 */
export class Network {
  /** @param {RoutingDocument} data */
  constructor(data) {
    const { source, relation, target, support, cargo, verified, requires, takes } = data.statements;
    this.data = data;
    this.cargo = new CargoSets(data.cargo.length, data.masks);
    /** @type {string[]} */
    this.ids = data.entries.map((entry) => entry[0]);
    /** @type {number[]} */
    this.carries = data.entries.map((entry) => this.cargo.masks[entry[4]]);
    const falling = [...new Set(data.entries.map((entry) => entry[5]))].sort((a, b) => b - a);
    /** By entry, how many levels of reach weigh more than its own. @type {number[]} */
    this.shortfall = data.entries.map((entry) => falling.indexOf(entry[5]));
    /** @type {string[]} */
    this.relations = data.relations.map((one) => one.id);
    this.entryOf = places(this.ids);
    this.relationOf = places(this.relations);
    /** @type {string[]} */
    this.edges = source.map((start, i) =>
      [this.ids[start], this.relations[relation[i]], this.ids[target[i]]].join(" "),
    );
    this.statementOf = places(this.edges);
    this.supports = support;
    this.verified = verified;
    /** @type {Map<number, number[]>} */
    this.requires = new Map();
    for (const [statement, specifier] of requires) push(this.requires, statement, specifier);
    /** @type {Map<number, number[]>} */
    this.takes = new Map();
    for (const [statement, entry] of takes) push(this.takes, statement, entry);
    /** The entry of each node. */
    this.nodeEntry = this.ids.map((_, entry) => entry);
    /** All nodes of each entry. */
    this.nodesOf = this.ids.map((_, entry) => [entry]);
    /** By "host through": the node of whoever came in so. @type {Map<string, number>} */
    this.through = new Map();
    this.split();
    /** By entry: the node of whoever came so that nothing leads on. @type {Map<number, number>} */
    this.halting = new Map();
    for (const statement of source.keys())
      for (const [, end] of this.ends(statement))
        if (this.halts(statement, end) && !this.halting.has(end))
          this.halting.set(end, this.nodeEntry.push(end) - 1);
    /** What leaves each node alive. @type {Arc[][]} */
    this.leaving = this.nodeEntry.map(() => []);
    /** What is stated not to be there. @type {number[]} */
    this.denials = [];
    for (let i = 0; i < source.length; i += 1) {
      if (support[i] >= data.live) {
        this.denials.push(i);
        continue;
      }
      const cost = verified[i] ? HOP : HOP + UNVERIFIED;
      const made = { statement: i, cargo: this.cargo.masks[cargo[i]], support: support[i], cost };
      for (const { start, arc } of this.laid(source[i], relation[i], target[i], made)) this.leaving[start].push(arc);
    }
  }

  /** Number the further nodes. */
  split() {
    for (const [statement, entries] of this.takes)
      for (const [host] of this.ends(statement))
        for (const entry of entries) {
          if (this.through.has(`${host} ${entry}`)) continue;
          const node = this.nodeEntry.push(host) - 1;
          this.through.set(`${host} ${entry}`, node);
          this.nodesOf[host].push(node);
        }
  }

  /** Whether a route ends where it comes by a statement. @param {number} statement @param {number} end */
  halts(statement, end) {
    const { relation, support } = this.data.statements;
    const inPart = support[statement] > 0 && support[statement] < this.data.live;
    const kind = this.data.kinds[this.data.entries[end][2]];
    return inPart && this.data.relations[relation[statement]].halts_at.includes(kind);
  }

  /** The node at which one is who came from one entry to another. @param {number} start @param {number} end */
  arriving(start, end) {
    return this.through.get(`${end} ${start}`) ?? end;
  }

  /** The nodes from which a statement leaves its start. @param {number} start @param {number} statement */
  nodesFrom(start, statement) {
    const taken = this.takes.get(statement);
    return taken?.map((entry) => this.through.get(`${start} ${entry}`) ?? start) ?? this.nodesOf[start];
  }

  /** The (start, end) pairs of entries between which a statement flows. @param {number} statement */
  ends(statement) {
    const { source, relation, target } = this.data.statements;
    return this.flow(source[statement], relation[statement], target[statement]);
  }

  /** @param {number} source @param {number} relation @param {number} target @returns {[number, number][]} */
  flow(source, relation, target) {
    const flows = this.data.relations[relation].flows;
    if (flows === "both")
      return [
        [source, target],
        [target, source],
      ];
    return flows === "forward" ? [[source, target]] : [[target, source]];
  }

  /**
   * An edge in the directions of its flow, between nodes.
   * @param {number} source @param {number} relation @param {number} target
   * @param {{statement: number, cargo: number, support: number, cost: number}} made @returns {Laid[]}
   */
  laid(source, relation, target, made) {
    return this.flow(source, relation, target).flatMap(([from, to]) => {
      const halted = made.support > 0 && this.halts(made.statement, to) ? this.halting.get(to) : undefined;
      const cost = made.cost + this.shortfall[to];
      const arc = { relation, end: halted ?? this.arriving(from, to), ...made, cost };
      return this.nodesFrom(from, made.statement).map((start) => ({ start, arc }));
    });
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
    return this.laid(ends[0], verb, ends[1], { statement: there ?? -1, cargo, support: 0, cost: HOP + UNVERIFIED });
  }

  /** @param {WrittenAutomaton} written @returns {Automaton} */
  automaton(written) {
    const moves = written.moves.map((some) => {
      const after = new Int32Array(this.relations.length).fill(-1);
      for (const [relation, state] of some) after[relation] = state;
      return after;
    });
    return { moves, accepting: new Set(written.accepting) };
  }
}
