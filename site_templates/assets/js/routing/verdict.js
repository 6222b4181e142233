/**
 * Whether one entry reaches another, as analysis/verdict.py judges it, in the words of phrases.py.
 *
 * @typedef {import("./finder.js").Finder} Finder
 * @typedef {import("./finder.js").Found} Found
 * @typedef {import("./finder.js").Route} Route
 * @typedef {import("./finder.js").Rule} Rule
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./network.js").RoutingDocument} RoutingDocument
 * @typedef {{answer: string, expectation: string | null, route: Route | null, only: boolean, denied: number,
 *   record: string | null}} Verdict `denied` is the number of a statement, -1 where there is none
 * @typedef {{expectation: string | null, rule: Rule}} Asked
 * @typedef {{limits: string | null, evidence: {url: string}[]}} Stated
 */

import { push } from "./order.js";

/** The twin of `Verdicts`. */
export class Verdicts {
  /** @param {RoutingDocument} data @param {Network} network @param {Finder} finder */
  constructor(data, network, finder) {
    /** @type {RoutingDocument} */
    this.data = data;
    /** @type {Network} */
    this.network = network;
    this.finder = finder;
    this.all = data.expectations.map((written) => ({
      sources: new Set(written.sources),
      targets: new Set(written.targets),
      asked: {
        expectation: written.id,
        rule: { carrying: network.cargo.masks[written.cargo], ...network.automaton(written) },
      },
    }));
    this.any = finder.offers;
    this.anyWithoutGraphs = this.any.flatMap((offer) => {
      const carrying = this.withoutGraphs(offer.rule.carrying);
      const asksNothing = offer.rule.carrying === network.cargo.nothing;
      if (carrying === network.cargo.nothing && !asksNothing) return [];
      return [{ ...offer, rule: { ...offer.rule, carrying } }];
    });
    this.takers = new Set(data.stated.filter((entry) => this.isModel(network.carries[entry])));
    for (const { targets, asked } of this.all)
      if (this.isModel(asked.rule.carrying)) for (const target of targets) this.takers.add(target);
  }

  /**
   * The verdict on a pair with up to `top` routes of each sort.
   * @param {string} from @param {string} to @param {number} top
   */
  between(from, to, top) {
    const { entryOf } = this.network;
    const source = entryOf.get(from) ?? -1;
    const target = entryOf.get(to) ?? -1;
    if (source < 0 || target < 0 || source === target) return null;
    const expecting = this.expecting(source, target);
    const rules = (expecting.length ? expecting : this.unexpected(source, target)).map((asked) => asked.rule);
    const forModels = this.asksModel(source, target);
    const arriving = (/** @type {number} */ aboard) => !forModels || this.isModel(aboard);
    const found = this.finder.find(rules, source, target, top, arriving);
    const rest = forModels ? this.finder.find(rules, source, target, top, (aboard) => !this.isModel(aboard)) : [];
    const shown = (/** @type {Found} */ route) => this.finder.shown(from, route);
    const routes = found.map(shown);
    const known = new Set(routes.filter((route) => route.hops.length === 1).map((route) => route.hops[0].statement));
    const stated = expecting.length ? [] : this.finder.stated(source, target);
    const strength = (/** @type {Route} */ route) => this.data.support.indexOf(route.strength);
    const every = [...stated.filter((route) => !known.has(route.hops[0].statement)), ...routes];
    const all = every.sort((one, other) => strength(one) - strength(other)).slice(0, top);
    return { verdict: this.verdict(source, target, all, rest.map(shown)), routes: all, apart: rest.map(shown) };
  }

  /** Whether some cargo has a graph. @param {number} cargo */
  isModel(cargo) {
    return this.data.graphs.some((place) => this.network.cargo.has(cargo, place));
  }

  /** @param {number} source @param {number} target */
  expecting(source, target) {
    return this.all.filter((one) => one.sources.has(source) && one.targets.has(target)).map((one) => one.asked);
  }

  /** @param {number} source @param {number} target */
  asksModel(source, target) {
    if (!this.isModel(this.network.carries[source])) return false;
    const expecting = this.expecting(source, target);
    return expecting.length ? expecting.some((asked) => this.isModel(asked.rule.carrying)) : this.takers.has(target);
  }

  /** @param {number} source @param {number} target @returns {Asked[]} */
  deciding(source, target) {
    const expecting = this.expecting(source, target);
    const rules = expecting.length ? expecting : this.unexpected(source, target);
    if (!expecting.length && !this.asksModel(source, target)) return rules;
    const own = this.network.carries[source];
    const forGraphs = rules.filter(
      ({ rule }) =>
        this.isModel(rule.carrying) && (expecting.length > 0 || this.network.cargo.isWithin(rule.carrying, own)),
    );
    return forGraphs.length ? forGraphs : rules;
  }

  /** The rules for a pair that none expects. @param {number} source @param {number} target @returns {Asked[]} */
  unexpected(source, target) {
    const withGraphs = [source, target].every((end) => this.isModel(this.network.carries[end]));
    return (withGraphs ? this.any : this.anyWithoutGraphs)
      .filter(({ sources, targets }) => (sources?.has(source) ?? true) && (targets?.has(target) ?? true))
      .map(({ rule }) => ({ expectation: null, rule }));
  }

  /** @param {number} cargo */
  withoutGraphs(cargo) {
    const { cargo: sets } = this.network;
    const rest = this.data.cargo.map((_, place) => place).filter((place) => !this.data.graphs.includes(place));
    return sets.both(cargo, sets.of(rest));
  }

  /** @param {number} source @param {number} target @param {Route[]} routes @param {Route[]} apart @returns {Verdict} */
  verdict(source, target, routes, apart) {
    const expected = this.expecting(source, target).length > 0;
    const made = { expectation: null, route: null, only: false, denied: -1, record: null };
    const standing = expected ? this.standing(source, target) : this.best(routes);
    if (standing) {
      const { answer, asked } = standing;
      const route = this.basis(answer, asked, routes, source, target);
      return { ...made, answer, expectation: asked?.expectation ?? null, route };
    }
    if (apart.length && !expected) return { ...made, answer: "in part", route: apart[0], only: true };
    return { ...made, ...this.denied(source, target) };
  }

  /** @param {Route[]} routes @returns {{answer: string, asked: Asked | null} | null} */
  best(routes) {
    if (!routes.length) return null;
    const strong = routes.some((route) => route.strength === this.data.support[0]);
    return { answer: strong ? "yes" : "in part", asked: null };
  }

  /** @param {number} source @param {number} target @returns {{answer: string, asked: Asked | null} | null} */
  standing(source, target) {
    for (const [answer, worst] of /** @type {[string, number][]} */ ([
      ["yes", 0],
      ["in part", this.data.live - 1],
    ]))
      for (const asked of this.deciding(source, target))
        if (this.ends(this.walk(asked.rule, source, 0, worst, -1), asked.rule).has(target)) return { answer, asked };
    return null;
  }

  /**
   * The first of some routes that is as strong as the answer says; else the first that is no sensible one.
   * @param {string} answer @param {Asked | null} asked @param {Route[]} routes
   * @param {number} source @param {number} target
   */
  basis(answer, asked, routes, source, target) {
    for (const route of routes)
      if ((route.strength === this.data.support[0]) === (answer === "yes")) return route;
    const found = asked ? this.finder.find([asked.rule], source, target, 1, () => true, false) : [];
    return found.length ? this.finder.shown(this.network.ids[source], found[0]) : null;
  }

  /** @param {number} source @param {number} target */
  denied(source, target) {
    const deciding = this.deciding(source, target).map((asked) => ({
      ...asked,
      reached: this.walk(asked.rule, source, 0, 0, -1),
    }));
    const { ids, edges } = this.network;
    for (const statement of this.network.denials)
      for (const { expectation, rule, reached } of deciding)
        if (this.opens(statement, rule, reached, target)) {
          const pair = `${expectation}:${ids[source]}:${ids[target]}`;
          const record = this.data.records[edges[statement]] ?? this.data.records[pair] ?? null;
          return { answer: "no", expectation, denied: statement, record };
        }
    return { answer: "unknown", expectation: deciding[0]?.expectation ?? null };
  }

  /**
   * Whether an edge that is denied would be enough by a rule, if it were full, behind what is reached.
   * @param {number} statement @param {Rule} rule @param {Map<number, number[]>} reached @param {number} target
   */
  opens(statement, rule, reached, target) {
    const { cargo, relation } = this.data.statements;
    if (!this.network.cargo.isWithin(rule.carrying, this.network.cargo.masks[cargo[statement]])) return false;
    return this.network.ends(statement).some(([start, end]) =>
      this.network.nodesFrom(start, statement).some((node) =>
        (reached.get(node) ?? []).some((state) => {
          const after = rule.moves[state][relation[statement]];
          const arrived = this.network.arriving(start, end);
          return after >= 0 && this.ends(this.walk(rule, arrived, after, 0, statement), rule).has(target);
        }),
      ),
    );
  }

  /**
   * The states in which each node is reached over edges of some supports that carry what a rule asks, and one more.
   * @param {Rule} rule @param {number} start @param {number} at @param {number} worst @param {number} more
   * @returns {Map<number, number[]>}
   */
  walk(rule, start, at, worst, more) {
    const { leaving, cargo } = this.network;
    const extra = more < 0 ? [] : this.network.assumed(this.network.edges[more]);
    const queue = [[start, at]];
    const seen = new Set([`${start} ${at}`]);
    /** @type {Map<number, number[]>} */
    const states = new Map();
    for (const [node, state] of queue) {
      push(states, node, state);
      const further = extra.filter((laid) => laid.start === node).map((laid) => laid.arc);
      for (const arc of [...leaving[node], ...further]) {
        const after = rule.moves[state][arc.relation];
        const name = `${arc.end} ${after}`;
        if (after < 0 || arc.support > worst || seen.has(name) || !cargo.isWithin(rule.carrying, arc.cargo)) continue;
        seen.add(name);
        queue.push([arc.end, after]);
      }
    }
    return states;
  }

  /** The entries at which a route may end. @param {Map<number, number[]>} states @param {Rule} rule */
  ends(states, rule) {
    const ending = [...states].filter(([, some]) => some.some((state) => rule.accepting.has(state)));
    return new Set(ending.map(([node]) => this.network.nodeEntry[node]));
  }
}

/** A verdict in the words of the command. */
export class Words {
  /** @param {RoutingDocument} data @param {Network} network @param {(edge: string) => Stated | undefined} stated */
  constructor(data, network, stated) {
    this.data = data;
    this.network = network;
    this.stated = stated;
  }

  /** @param {string} name @param {object} [values] */
  filled(name, values = {}) {
    return filled(this.data.phrases[`verdict: ${name}`], values);
  }

  /** @param {Verdict} verdict */
  verdict({ answer, route, only, denied, record }) {
    if (route) {
      const weak = route.hops.filter((hop) => hop.support !== this.data.support[0]);
      const name = route.hops.length === 1 ? "limited itself" : "limited"; // the one hop of a short route has just been named
      const limits = weak.map((hop) => this.limited(name, hop.statement, hop.support)).join("; ");
      const cargo = this.cargo(route);
      return this.filled(only ? "only" : answer, { reaches: this.reaches(route), limits, cargo });
    }
    return denied < 0 ? this.filled("ask") : this.filled("no", { denied: this.denied(denied, record) });
  }

  /** The same without its limits, its record and its evidence. @param {Verdict} verdict */
  inShort({ answer, route, only, denied }) {
    if (!route) return denied < 0 ? this.filled("ask") : this.filled("no", { denied: this.deniedAs(denied, "") });
    const name = only ? "only" : answer === "in part" ? "in part, shortly" : answer;
    return this.filled(name, { reaches: this.reaches(route), cargo: this.cargo(route) });
  }

  /** What a route carries. @param {Route} route */
  cargo({ carries }) {
    const names = this.data.cargo.filter(({ id }) => carries.includes(id)).map(({ name }) => name);
    return names.join(", ") || this.data.phrases.nothing;
  }

  /** @param {string} edge */
  sentence(edge) {
    const [source, relation, target] = edge.split(" ");
    return [this.nameOf(source), this.reads(relation), this.nameOf(target)].join(" ");
  }

  /** @param {string} id */
  nameOf(id) {
    return this.data.entries[this.network.entryOf.get(id) ?? -1]?.[1] ?? id;
  }

  /** @param {string} relation */
  reads(relation) {
    return this.data.relations[this.network.relationOf.get(relation) ?? -1]?.reads ?? relation;
  }

  /** @param {Route} route */
  reaches({ hops }) {
    const last = hops[hops.length - 1];
    if (hops.length === 1) return this.sentence(last.statement);
    const along = last.statement.split(" ")[0] === last.from;
    const stops = hops.slice(1).map((hop) => this.nameOf(hop.from));
    return this.filled("reaches", {
      source: this.nameOf(hops[0].from),
      reads: along ? this.reads(last.relation) : this.filled("reads"),
      target: this.nameOf(last.to),
      through: this.filled("through", { stops: stops.join(" → ") }),
    });
  }

  /** @param {string} name of the phrase @param {string} edge @param {string} support */
  limited(name, edge, support) {
    const said = this.stated(edge)?.limits;
    const limits = said ? this.filled("limits", { limits: said.replace(/\.+$/, "") }) : "";
    return this.filled(name, { statement: this.sentence(edge), support, limits });
  }

  /** @param {number} denied @param {string | null} record */
  denied(denied, record) {
    const edge = this.network.edges[denied];
    const url = this.stated(edge)?.evidence[0]?.url;
    const evidence = url ? this.filled("evidence", { url }) : "";
    return this.deniedAs(denied, record ? this.filled("record", { record }) : evidence);
  }

  /** @param {number} denied @param {string} see where more is said */
  deniedAs(denied, see) {
    const support = this.data.support[this.network.supports[denied]];
    return this.filled("denied", { statement: this.sentence(this.network.edges[denied]), support, see });
  }
}

/** A phrase with values in the places of the names in braces. @param {string} phrase @param {object} values */
export function filled(phrase, values) {
  const named = new Map(Object.entries(values));
  return phrase.replace(/\{(\w+)\}/g, (_, name) => named.get(name) ?? "");
}
