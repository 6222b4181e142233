// Finds the routes from one entry to another, as `landscape path` does.

import { createRoutes } from "./routes.js";
import { filled } from "./routing/verdict.js";

/**
 * @typedef {import("./routes.js").Hop} Hop
 * @typedef {import("./routes.js").Route} Route
 * @typedef {import("./routes.js").RoutingDocument} RoutingDocument
 * @typedef {ReturnType<typeof createRoutes>} Routes
 * @typedef {{from: string, relation: string, to: string, api: string | null, by: string | null, limits: string | null,
 *   evidence: {url: string, shows: string}[], verified: {date: string} | null,
 *   verification: {state: string} | null}} Statement
 */

/** @param {HTMLFormElement} form @param {URL} root where the site starts */
export async function begin(form, root) {
  const place = document.querySelector("[data-routes]");
  if (!place || form.dataset.begun) return;
  form.dataset.begun = "yes";
  const load = async (/** @type {string} */ name) => (await fetch(new URL(`api/v1/${name}`, root))).json();
  const [data, stated] = await Promise.all([load("routing.json"), load("statements.json")]);
  new PathFinder(form, place, new RouteView(root, data, stated.statements), data).start();
}

/** The form, the address and what is shown. */
class PathFinder {
  /** @param {HTMLFormElement} form @param {Element} place @param {RouteView} view @param {RoutingDocument} data */
  constructor(form, place, view, data) {
    this.form = form;
    this.place = place;
    this.view = view;
    this.routes = createRoutes(data);
    const byName = data.entries.map(([id, name]) => /** @type {[string, string]} */ ([name.toLowerCase(), id]));
    const byId = data.entries.map(([id]) => /** @type {[string, string]} */ ([id, id]));
    this.idOf = new Map([...byName, ...byId]);
  }

  start() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show();
    });
    this.form.querySelector("[data-swap]")?.addEventListener("click", () => {
      const [from, to] = this.fields();
      [from.value, to.value] = [to.value, from.value];
      this.show();
    });
    const query = new URLSearchParams(location.search);
    for (const field of this.fields()) {
      const id = this.idOf.get((query.get(field.name) ?? "").toLowerCase());
      if (id) field.value = this.view.nameOf(id);
    }
    this.show();
  }

  fields() {
    return ["from", "to"].map((name) => /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name)));
  }

  show() {
    const [from, to] = this.fields().map((field) => this.idOf.get(field.value.trim().toLowerCase()));
    if (from && to && from !== to) {
      this.place.replaceChildren(...this.view.found(from, to, this.routes));
      history.replaceState(history.state, "", `${location.pathname}?from=${from}&to=${to}`);
    } else if (this.fields().every((field) => field.value)) {
      const wrong = from && from === to ? "Name two different entries." : "One of the two is not on the map.";
      this.place.replaceChildren(text("p", wrong, "ls-empty"));
    }
  }
}

/** Routes as elements of the page. */
class RouteView {
  /** @param {URL} root @param {RoutingDocument} data @param {Statement[]} statements */
  constructor(root, data, statements) {
    this.root = root;
    this.names = new Map(data.entries.map(([id, name]) => [id, name]));
    this.cargo = new Map(data.cargo.map(({ id, name }) => [id, name]));
    this.reads = new Map(data.relations.map(({ id, reads }) => [id, reads]));
    this.statements = new Map(statements.map((one) => [`${one.from} ${one.relation} ${one.to}`, one]));
    this.phrases = data.phrases;
  }

  /** @param {string} id */
  nameOf(id) {
    return this.names.get(id) ?? id;
  }

  /** @param {string} from @param {string} to @param {Routes} routes */
  found(from, to, routes) {
    const found = routes.between(from, to, 5, (edge) => this.statements.get(edge));
    const verdict = text("p", found.says, "ls-verdict");
    return [
      text("h2", `${this.nameOf(from)} to ${this.nameOf(to)}`),
      verdict,
      ...(found.answer === "no" || found.answer === "unknown" ? [this.none(from, to)] : []),
      ...found.routes.map((route, place) => this.route(route, `${place + 1}. `)),
      ...found.apart.map((route) => this.route(route, `${filled(this.phrases.only, { cargo: this.named(route) })}: `)),
    ];
  }

  /** @param {Route} route @param {string} lead */
  route(route, lead) {
    const box = text("section", "", "ls-route");
    const stops = [route.hops[0].from, ...route.hops.map((hop) => hop.to)].map((id) => this.nameOf(id));
    const hops = document.createElement("ol");
    hops.append(...route.hops.map((hop) => this.hop(hop)));
    box.append(text("h3", lead + stops.join(" → ")), text("p", this.summary(route)), hops);
    return box;
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

  /** @param {Hop} hop */
  hop(hop) {
    const [source, , target] = hop.statement.split(" ");
    const item = document.createElement("li");
    const reads = this.reads.get(hop.relation) ?? hop.relation;
    item.append(this.link(source), ` ${reads} `, this.link(target));
    const details = [text("span", hop.support, `ls-support ls-support-${hop.support}`), ...this.details(hop)];
    for (const detail of details) item.append(" ", detail);
    return item;
  }

  /** @param {Hop} hop */
  details(hop) {
    const statement = this.statements.get(hop.statement);
    const details = [];
    if (statement?.api) details.push(text("code", statement.api));
    if (statement?.by) details.push(text("span", filled(this.phrases.maintained_by, { who: statement.by }), "ls-note"));
    if (statement?.verification) details.push(this.verification(statement));
    if (statement?.limits) details.push(text("span", statement.limits, "ls-limits"));
    const evidence = statement?.evidence[0];
    if (evidence && /^https?:\/\//.test(evidence.url)) {
      const link = text("a", evidence.shows, "ls-evidence");
      link.href = evidence.url;
      details.push(link);
    }
    return details;
  }

  /** @param {Statement} statement */
  verification({ verified, verification }) {
    const said = filled(this.phrases[`verification: ${verification?.state}`], { date: verified?.date ?? "" });
    return verified ? text("span", `✓ ${said}`, "ls-verified") : text("span", said, "ls-note");
  }

  /** @param {string} from @param {string} to */
  none(from, to) {
    const box = text("p", "", "ls-empty");
    box.append(text("code", `landscape path ${from} ${to}`), " names the single edges that would open one.");
    return box;
  }

  /** @param {string} id */
  link(id) {
    const made = text("a", this.nameOf(id));
    made.href = new URL(`entries/${id}/`, this.root).href;
    return made;
  }
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} content @param {string} [name] the class
 */
function text(tag, content, name) {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}
