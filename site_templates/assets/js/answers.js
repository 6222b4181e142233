// An answer as elements of the page: the verdict, its routes, and where there is none, what would open one.

import { anchor, commas, holding, text } from "./elements.js";
import { filled } from "./routing/verdict.js";

/**
 * @typedef {import("./lookup.js").Named} Named
 * @typedef {import("./routes.js").Hop} Hop
 * @typedef {import("./routes.js").Route} Route
 * @typedef {import("./routes.js").RoutingDocument} RoutingDocument
 * @typedef {import("./stated.js").Statement} Statement
 * @typedef {import("./stated.js").Stated} Stated
 * @typedef {ReturnType<typeof import("./routes.js").createRoutes>} Routes
 * @typedef {ReturnType<Routes["between"]>} Found
 */

const MOST_ROUTES = 5;
const MOST_MISSES = 3;
const MOST_VERSIONS = 3;
const MOST_LETTERS = 80;

/** What the path finder says, in the phrases of the commands. */
export class Answers {
  /** @param {URL} root where the site starts @param {RoutingDocument} data @param {Routes} routes @param {Stated} stated */
  constructor(root, data, routes, stated) {
    this.root = root;
    this.data = data;
    this.routes = routes;
    this.stated = stated;
    this.phrases = data.phrases;
    this.names = new Map(data.entries.map(([id, name]) => [id, name]));
    this.cargo = new Map(data.cargo.map(({ id, name }) => [id, name]));
    this.reads = new Map(data.relations.map(({ id, reads }) => [id, reads]));
  }

  /** @param {string} name @param {object} [values] */
  said(name, values = {}) {
    return filled(this.phrases[`ask: ${name}`], values);
  }

  /**
   * What there is between two entries, once what is stated of it has come: of all routes, or of the first.
   * @param {string} from @param {string} to @param {boolean} whole
   */
  async between(from, to, whole) {
    /** @type {Set<string>} */
    const edges = new Set();
    const first = this.routes.between(from, to, MOST_ROUTES, (edge) => void edges.add(edge));
    if (first.denied) edges.add(first.denied);
    for (const route of this.shown(first, whole)) for (const hop of route.hops) edges.add(hop.statement);
    await this.stated.fetch(edges);
    return this.routes.between(from, to, MOST_ROUTES, (edge) => this.stated.of(edge));
  }

  /** @param {Found} found @param {boolean} whole */
  shown({ routes, apart }, whole) {
    return whole ? [...routes, ...apart] : [...routes, ...apart].slice(0, 1);
  }

  /** Everything that there is. @param {string} from @param {string} to @param {Found} found @param {string} rule */
  whole(from, to, found, rule) {
    return [
      text("h2", `${this.nameOf(from)} to ${this.nameOf(to)}`),
      this.verdict(found, found.answer === "no" ? found.inShort : found.says), // what says it follows, with its evidence
      ...this.denial(found),
      ...this.judged(rule),
      ...this.record(from, to, found.record, rule),
      ...this.otherwise(from, to, found),
      ...found.routes.map((route, place) => this.route(route, `${place + 1}. `)),
      ...found.apart.map((route) => this.route(route, this.lead(route))),
    ];
  }

  /** The verdict and the best route, with the address of the rest. @param {string} from @param {string} to
   * @param {Found} found */
  inShort(from, to, found) {
    const [best] = this.shown(found, false);
    const lead = best && !found.routes.length ? this.lead(best) : null;
    const more = anchor(this.said("more"), this.address(from, to));
    return [
      text("h2", `${this.nameOf(from)} to ${this.nameOf(to)}`),
      this.verdict(found, found.inShort),
      ...this.denial(found),
      ...this.record(from, to, found.record, ""),
      ...this.otherwise(from, to, found),
      ...(best ? [this.route(best, lead)] : []),
      holding("p", "ls-rest", more),
    ];
  }

  /** The page of the path finder with a question. @param {string} from @param {string} to */
  address(from, to) {
    return new URL(`paths/?${new URLSearchParams({ from, to })}`, this.root).href;
  }

  /** @param {Found} found @param {string} says */
  verdict({ answer }, says) {
    const standing = this.phrases[`answered: ${answer}`];
    const mark = text("span", this.phrases[`standing: ${standing}`], `ls-mark ls-is-${standing}`);
    mark.setAttribute("aria-hidden", "true");
    return holding("p", "ls-verdict", mark, " ", says);
  }

  /** What somebody said is not there, with its evidence. @param {Found} found */
  denial({ denied }) {
    const statement = denied ? this.stated.of(denied) : undefined;
    if (!denied || !statement) return [];
    const [, relation] = denied.split(" ");
    return [holding("ul", "ls-hops", this.hop({ statement: denied, relation, support: statement.support }))];
  }

  /** What to do next, where one end is named alone. @param {string} missing which @param {string} name the other */
  wanting(missing, name) {
    return [text("p", this.said(`wanting ${missing}`, { name: short(name) }), "ls-note")];
  }

  /** @param {string} name */
  both(name) {
    return [text("p", this.said("both", { name }), "ls-empty")];
  }

  several() {
    return text("p", this.said("several"), "ls-note");
  }

  /** Words that fit nothing, with the names most like them. @param {string} words @param {Named[]} nearest
   * @param {(one: Named) => string} address */
  unknown(words, nearest, address) {
    const box = text("p", `${this.said("unknown", { words: short(words) })} `, "ls-empty");
    if (nearest.length) box.append(`${this.said("nearest")} `, ...commas(nearest.map((one) => anchor(one.name, address(one)))), ".");
    return box;
  }

  /** What words were taken to mean, with what else they fit. @param {string} words @param {Named} meant
   * @param {Named[]} others @param {(one: Named) => string} address */
  read(words, meant, others, address) {
    if (!others.length) return [];
    const box = text("p", `${this.said("may mean", { words: short(words), name: meant.name })} `, "ls-note ls-read");
    box.append(...commas(others.slice(0, 7).map((one) => anchor(one.name, address(one)))), ".");
    return [box];
  }

  /** @param {string} id */
  nameOf(id) {
    return this.names.get(id) ?? id;
  }

  /** The expectation by which it was asked. @param {string} rule */
  judged(rule) {
    const name = rule.charAt(0).toUpperCase() + rule.slice(1).replaceAll("-", " ");
    return rule ? [text("p", this.said("expected", { name }), "ls-note")] : [];
  }

  /** The record that tracks a pair. @param {string} from @param {string} to @param {string | null} told
   * @param {string} rule */
  record(from, to, told, rule) {
    const { records, expectations, titles } = this.data;
    const pairs = [rule, ...expectations.map(({ id }) => id)].map((id) => records[`${id}:${from}:${to}`]);
    const id = told ?? pairs.find(Boolean);
    if (!id) return [];
    return [holding("p", "", `${this.said("tracked")} `, anchor(titles[id] ?? id, new URL(`gaps/${id}/`, this.root).href))];
  }

  /** @param {Route} route */
  lead(route) {
    return `${filled(this.phrases.only, { cargo: this.named(route) })}: `;
  }

  /** @param {Route} route @param {string | null} lead what its title begins with, null where it needs none */
  route(route, lead) {
    const stops = [route.hops[0].from, ...route.hops.map((hop) => hop.to)].map((id) => this.nameOf(id));
    const title = lead === null ? [] : [text("h3", lead + stops.join(" → "))];
    const hops = holding("ol", "ls-hops", ...route.hops.map((hop) => this.hop(hop)));
    return holding("section", "ls-route", ...title, text("p", this.summary(route)), hops);
  }

  /** The names of what a route carries. @param {Route} route */
  named({ carries }) {
    return carries.map((id) => this.cargo.get(id) ?? id).join(", ") || this.phrases.nothing;
  }

  /** @param {Route} route */
  summary(route) {
    const { survives, not_stated, needs, conflict } = this.phrases;
    const { strength, carries, windows } = route;
    const cargo = carries.length < this.cargo.size ? this.named(route) : not_stated;
    const versions = windows.map((window) => filled(window.empty ? conflict : needs, window));
    return [strength, filled(survives, { cargo }), ...versions].join("; ");
  }

  /** @param {Pick<Hop, "statement" | "relation" | "support">} hop */
  hop(hop) {
    const [source, , target] = hop.statement.split(" ");
    const reads = this.reads.get(hop.relation) ?? hop.relation;
    const support = text("span", `${this.phrases[`mark: ${hop.support}`]} ${hop.support}`, `ls-support ls-support-${hop.support}`);
    const item = holding("li", "", this.link(source), ` ${reads} `, this.link(target));
    for (const detail of [support, ...this.details(hop)]) item.append(" ", detail);
    return item;
  }

  /** @param {Pick<Hop, "statement">} hop */
  details(hop) {
    const statement = this.stated.of(hop.statement);
    if (!statement) return [];
    const details = [];
    if (statement.api) details.push(text("code", statement.api));
    if (statement.by) details.push(text("span", filled(this.phrases.maintained_by, { who: statement.by }), "ls-note"));
    details.push(this.verification(statement));
    if (statement.limits) details.push(text("span", statement.limits, "ls-limits"));
    const [evidence] = statement.evidence;
    if (evidence && /^https?:\/\//.test(evidence.url)) {
      const link = anchor(evidence.shows, evidence.url);
      link.className = "ls-evidence";
      details.push(link);
    }
    return details;
  }

  /** @param {Statement} statement */
  verification({ verified, verification }) {
    if (!verification) return text("span", this.said("not verified"), "ls-note");
    const said = filled(this.phrases[`verification: ${verification.state}`], { date: verified?.date ?? "" });
    return verified ? text("span", ["✓", said, this.versions(verified.versions)].filter(Boolean).join(" "), "ls-verified") : text("span", said, "ls-note");
  }

  /** The versions that took part in a run, without that of the language. @param {Record<string, string>} versions */
  versions(versions) {
    const some = Object.entries(versions).filter(([name]) => name !== "python").map((pair) => pair.join(" "));
    const listed = some.slice(0, MOST_VERSIONS).join(", ") + (some.length > MOST_VERSIONS ? " …" : "");
    return listed && filled(this.phrases.versions, { versions: listed });
  }

  /** What would open a route, where there is none. @param {string} from @param {string} to @param {Found} found */
  otherwise(from, to, { answer }) {
    if (answer !== "no" && answer !== "unknown") return [];
    const misses = this.routes.misses(from, to, MOST_MISSES);
    if (misses.length) return [text("p", this.said("misses")), holding("ul", "", ...misses.map((edge) => this.miss(edge)))];
    const box = text("p", `${this.said("no miss")} `, "ls-empty");
    const back = this.routes.between(to, from, 1, () => undefined);
    if (back.routes.length) {
      const swapped = `${location.pathname}?${new URLSearchParams({ from: to, to: from })}`;
      box.append(`${this.said("back")} `, anchor(`${this.nameOf(to)} to ${this.nameOf(from)}`, swapped), ".");
    } else box.append(`${this.said("each says")} `, ...commas([this.link(from), this.link(to)]), ".");
    return [box];
  }

  /** @param {string} edge */
  miss(edge) {
    const [source, relation, target] = edge.split(" ");
    const support = this.routes.support(edge);
    const today = support ? this.said("today", { support }) : this.phrases.unsaid;
    return holding("li", "", this.link(source), ` ${this.reads.get(relation) ?? relation} `, this.link(target), " ", text("span", today, "ls-note"));
  }

  /** @param {string} id */
  link(id) {
    return anchor(this.nameOf(id), new URL(`entries/${id}/`, this.root).href);
  }
}

/** As much of some words as a page has room for. @param {string} words */
function short(words) {
  const letters = [...words.slice(0, 2 * MOST_LETTERS)];
  return letters.length > MOST_LETTERS ? `${letters.slice(0, MOST_LETTERS).join("")}…` : words;
}
