/**
 * The single edges that would each open a route where there is none, the likeliest first.
 *
 * @typedef {import("./network.js").RoutingDocument} RoutingDocument
 * @typedef {import("./finder.js").Rule} Rule
 */

import { Finder } from "./finder.js";
import { Network } from "./network.js";
import { push } from "./order.js";
import { Verdicts } from "./verdict.js";

const LOOKED_AT = 40;
const FEWEST_BEFORE = 2; // entries of the kind that have such an edge, before another is asked for it

export class Misses {
  /** @param {RoutingDocument} data @param {Network} network @param {Verdicts} verdicts */
  constructor(data, network, verdicts) {
    this.data = data;
    this.network = network;
    this.verdicts = verdicts;
    this.owner = new Map(data.owners);
    /** Of a kind, how many have a relation to a target, by "kind relation target". @type {Map<string, number>} */
    this.having = new Map();
    /** How many of a kind a source has a relation to, by "source relation kind". @type {Map<string, number>} */
    this.had = new Map();
    /** How many there are of each kind. @type {Map<number, number>} */
    this.size = new Map();
    const more = (/** @type {Map<any, number>} */ counts, /** @type {any} */ name) => counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [, , kind] of data.entries) more(this.size, kind);
    const { source, relation, target, support } = data.statements;
    for (const [place, start] of source.entries()) {
      if (support[place] >= data.live) continue;
      more(this.having, `${data.entries[start][2]} ${relation[place]} ${target[place]}`);
      more(this.had, `${start} ${relation[place]} ${data.entries[target[place]][2]}`);
    }
  }

  /** Edges between two entries' ids. @param {string} from @param {string} to @param {number} top @returns {string[]} */
  between(from, to, top) {
    const source = this.network.entryOf.get(from) ?? -1;
    const target = this.network.entryOf.get(to) ?? -1;
    if (source < 0 || target < 0 || source === target) return [];
    /** @type {Map<string, number>} */
    const found = new Map();
    const asked = this.verdicts.deciding(source, target).filter(({ expectation }) => expectation !== null);
    for (const { rule } of asked) for (const [edge, likely] of this.opening(rule, source, target)) found.set(edge, likely);
    if (!asked.length) for (const [edge, likely] of this.direct(source, target)) found.set(edge, likely);
    const ranked = [...found].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
    const opening = [];
    for (const [edge] of ranked.slice(0, LOOKED_AT)) {
      if (this.opens(edge, from, to)) opening.push(edge);
      if (opening.length === top) break;
    }
    return opening;
  }

  /** Whether a route is found when an edge is there in full. @param {string} edge @param {string} from @param {string} to */
  opens(edge, from, to) {
    const data = this.assuming(edge);
    const network = new Network(data);
    return Boolean(new Verdicts(data, network, new Finder(data, network)).between(from, to, 1)?.routes.length);
  }

  /** The document with an edge in full. @param {string} edge @returns {RoutingDocument} */
  assuming(edge) {
    const { statements, entries, masks } = this.data;
    const there = this.network.statementOf.get(edge);
    if (there !== undefined)
      return { ...this.data, statements: { ...statements, support: statements.support.map((one, place) => (place === there ? 0 : one)) } };
    const [from, verb, to] = edge.split(" ");
    const [source, target] = [from, to].map((id) => this.network.entryOf.get(id) ?? 0);
    const carried = masks[entries[source][4]].filter((cargo) => masks[entries[target][4]].includes(cargo));
    const more = { source, relation: this.network.relationOf.get(verb) ?? 0, target, support: 0, cargo: masks.length, verified: 0 };
    const columns = Object.entries(more).map(([name, value]) => [name, [.../** @type {any} */ (statements)[name], value]]);
    return { ...this.data, masks: [...masks, carried], statements: { ...statements, ...Object.fromEntries(columns) } };
  }

  /** What one entry could say of another, where nothing expects the two. @param {number} source @param {number} target
   * @returns {Generator<[string, number]>} */
  *direct(source, target) {
    const { relations, entries, kinds } = this.data;
    const [a, b] = [entries[source], entries[target]];
    for (const [relation, { id, from, to }] of relations.entries()) {
      if (!from.includes(kinds[a[2]]) || !to.includes(kinds[b[2]]) || !a[3] || !b[3]) continue;
      const [having, had] = this.counts(source, relation, target);
      if (Math.max(having, had) >= FEWEST_BEFORE) yield [[a[0], id, b[0]].join(" "), this.precedent(source, relation, target) * a[5]];
    }
  }

  /** How many of a source's kind have a relation to a target, and to how many of the target's kind the source has it.
   * @param {number} source @param {number} relation @param {number} target */
  counts(source, relation, target) {
    const { entries } = this.data;
    const having = this.having.get(`${entries[source][2]} ${relation} ${target}`) ?? 0;
    return [having, this.had.get(`${source} ${relation} ${entries[target][2]}`) ?? 0];
  }

  /** @param {number} source @param {number} relation @param {number} target */
  precedent(source, relation, target) {
    const [having, had] = this.counts(source, relation, target);
    const [of, among] = [source, target].map((end) => this.size.get(this.data.entries[end][2]) ?? 0);
    return Math.sqrt(((1 + having) / (1 + of)) * ((1 + had) / (1 + among)));
  }

  /** @param {Rule} rule @param {number} source @param {number} target @returns {Generator<[string, number]>} */
  *opening(rule, source, target) {
    const { relations, entries } = this.data;
    const reached = this.byEntry(this.verdicts.walk(rule, source, 0, this.data.live - 1, -1));
    const leading = this.leading(rule, target);
    for (const [relation, { flows, buildable }] of relations.entries()) {
      if (!buildable) continue;
      for (const [start, states] of reached)
        for (const after of new Set(states.map((state) => rule.moves[state][relation])))
          for (const end of after < 0 ? [] : (leading.get(after) ?? [])) {
            const ways = flows === "both" ? [[start, end], [end, start]] : [flows === "forward" ? [start, end] : [end, start]];
            for (const [one, other] of ways) {
              const usual = start === end ? 0 : this.usual(one, relation, other, rule.carrying);
              const likely = usual * entries[one][5];
              if (likely) yield [[entries[one][0], relations[relation].id, entries[other][0]].join(" "), likely];
            }
          }
    }
  }

  /** How usual such an edge is among entries of the same kinds; 0 where nobody is asked for it. @param {number} source @param {number} relation
   * @param {number} target @param {number} carrying */
  usual(source, relation, target, carrying) {
    const { relations, entries, kinds } = this.data;
    const { from, to, writes } = relations[relation];
    const [a, b] = [entries[source], entries[target]];
    const { cargo, carries } = this.network;
    if (!from.includes(kinds[a[2]]) || !to.includes(kinds[b[2]]) || !a[3] || !b[3]) return 0;
    if (!cargo.isWithin(carrying, cargo.both(carries[source], carries[target]))) return 0;
    if (writes && (this.owner.get(target) ?? source) !== source) return 0;
    return this.counts(source, relation, target)[0] < FEWEST_BEFORE ? 0 : this.precedent(source, relation, target);
  }

  /** @param {Map<number, number[]>} states by node */
  byEntry(states) {
    /** @type {Map<number, number[]>} */
    const found = new Map();
    const halted = new Set(this.network.halting.values());
    for (const [node, some] of states)
      for (const state of halted.has(node) ? [] : some) push(found, this.network.nodeEntry[node], state);
    return found;
  }

  /** By state: the entries from which the target is reached in it. @param {Rule} rule @param {number} target */
  leading(rule, target) {
    const { leaving, nodeEntry, cargo, ids } = this.network;
    /** @type {Map<string, [number, number][]>} */
    const before = new Map();
    for (const [node, arcs] of leaving.entries())
      for (const arc of arcs.filter((one) => cargo.isWithin(rule.carrying, one.cargo)))
        for (const [state, moves] of rule.moves.entries())
          if (moves[arc.relation] >= 0) push(before, `${arc.end} ${moves[arc.relation]}`, [node, state]);
    const queue = [...nodeEntry.keys()]
      .filter((node) => nodeEntry[node] === target)
      .flatMap((node) => [...rule.accepting].map((state) => /** @type {[number, number]} */ ([node, state])));
    const seen = new Set(queue.map(String));
    /** @type {Map<number, number[]>} */
    const found = new Map();
    for (const [node, state] of queue) {
      if (node < ids.length) push(found, state, node);
      for (const further of before.get(`${node} ${state}`) ?? []) {
        if (seen.has(String(further))) continue;
        seen.add(String(further));
        queue.push(further);
      }
    }
    return found;
  }
}
