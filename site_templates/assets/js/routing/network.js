/**
 * What `routing/v1` tells, by number: entries, statements, and what flows where.
 *
 * @typedef {{moves: [relation: number, after: number][][], accepting: number[]}} WrittenAutomaton
 * @typedef {{of: string, clauses: string[], tries: string, admits: string, exact?: string[], odd?: boolean}}
 *   WrittenSpecifier
 * @typedef {WrittenAutomaton & {id: string, side: number, weight: number, need: string, cargo: number,
 *   sources: number[], targets: number[]}} WrittenExpectation
 * @typedef {{
 *   support: string[], live: number, cargo: {id: string, name: string}[], sides: {id: string, name: string}[],
 *   relations: {id: string, reads: string, flows: string}[], masks: number[][],
 *   entries: [id: string, name: string, kind: number, archived: number, cargo: number][],
 *   statements: {source: number[], relation: number[], target: number[], support: number[], cargo: number[],
 *     verified: number[], requires: [statement: number, specifier: number][]},
 *   phrases: Record<string, string>,
 *   specifiers: WrittenSpecifier[], routes: (WrittenAutomaton & {cargo: number})[], expectations: WrittenExpectation[],
 * }} RoutingDocument
 * @typedef {{relation: number, end: number, statement: number, cargo: number, support: number, cost: number}} Arc
 *   a statement laid in the direction of flow; `cargo` is a number of `CargoSets`
 * @typedef {{start: number, arc: Arc}} Laid
 * @typedef {{moves: Int32Array[], accepting: Set<number>}} Automaton the next state by relation, -1 for none
 */

import { CargoSets } from "./cargo.js";
import { places, push } from "./order.js";

const UNVERIFIED = 2 ** 20; // what an unverified hop costs: more than hops in any number

/** Entries and statements by number, and what flows where. */
export class Network {
  /** @param {RoutingDocument} data */
  constructor(data) {
    const { source, relation, target, support, cargo, verified, requires } = data.statements;
    this.data = data;
    this.cargo = new CargoSets(data.cargo.length, data.masks);
    /** @type {string[]} */
    this.ids = data.entries.map((entry) => entry[0]);
    /** @type {number[]} */
    this.carries = data.entries.map((entry) => this.cargo.masks[entry[4]]);
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
    /** What leaves each entry alive. @type {Arc[][]} */
    this.leaving = this.ids.map(() => []);
    for (let i = 0; i < source.length; i += 1) {
      if (support[i] >= data.live) continue;
      const cost = verified[i] ? 1 : UNVERIFIED + 1;
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
    return this.laid(ends[0], verb, ends[1], { statement: there ?? -1, cargo, support: 0, cost: UNVERIFIED + 1 });
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
