// Finds the routes from one entry to another, as `landscape path` does.

import { Combobox } from "./combobox.js";
import { Lookup } from "./lookup.js";
import { createRoutes } from "./routes.js";
import { filled } from "./routing/verdict.js";

/**
 * @typedef {import("./lookup.js").Named} Named
 * @typedef {import("./routes.js").Hop} Hop
 * @typedef {import("./routes.js").Route} Route
 * @typedef {import("./routes.js").RoutingDocument} RoutingDocument
 * @typedef {ReturnType<typeof createRoutes>} Routes
 * @typedef {{from: string, relation: string, to: string, api: string | null, by: string | null, limits: string | null,
 *   evidence: {url: string, shows: string}[], verified: {date: string} | null,
 *   verification: {state: string} | null, support: string}} Statement
 */

/** @param {HTMLFormElement} form @param {URL} root where the site starts */
export async function begin(form, root) {
  const place = document.querySelector("[data-routes]");
  if (!place || form.dataset.begun) return;
  form.dataset.begun = "yes";
  const load = async (/** @type {string} */ name) => (await fetch(new URL(`api/v1/${name}`, root))).json();
  const data = await load("routing.json");
  /** @type {Promise<{statements: Statement[]}> | undefined} */
  let stated;
  const statements = async () => (await (stated ??= load("statements.json"))).statements;
  new PathFinder(form, place, new RouteView(root, data), data, statements).start();
}

/**
 * What a field was taken to mean.
 * @typedef {{words: string, meant: Named | null, others: Named[]}} Understood
 */

/** The form, the address and what is shown. */
class PathFinder {
  /**
   * @param {HTMLFormElement} form @param {Element} place @param {RouteView} view @param {RoutingDocument} data
   * @param {() => Promise<Statement[]>} statements
   */
  constructor(form, place, view, data, statements) {
    this.form = form;
    this.place = place;
    this.view = view;
    this.routes = createRoutes(data);
    this.lookup = new Lookup(data);
    this.statements = statements;
    this.title = document.title;
    for (const field of this.fields()) new Combobox(field, this.lookup);
  }

  start() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
    });
    this.form.querySelector("[data-swap]")?.addEventListener("click", () => {
      const [from, to] = this.fields();
      [from.value, to.value] = [to.value, from.value];
      this.show(true);
    });
    addEventListener("popstate", () => this.form.isConnected && this.read(() => ""));
    this.read((field) => field.value); // somebody may have typed while the map was on its way
  }

  /**
   * Take what the address asks for.
   * @param {(field: HTMLInputElement) => string} otherwise what a field holds that the address does not name
   */
  read(otherwise) {
    const query = new URLSearchParams(location.search);
    for (const field of this.fields()) {
      const asked = query.get(field.name) ?? otherwise(field);
      field.value = this.lookup.byId.get(asked)?.name ?? asked;
    }
    this.show(false);
  }

  fields() {
    return ["from", "to"].map((name) => /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name)));
  }

  /** @param {string} words @returns {Understood} */
  understood(words) {
    return { words, ...this.lookup.meaning(words) };
  }

  /** Show what the fields ask for. @param {boolean} asked whether somebody has asked just now, and may go back */
  async show(asked) {
    const words = this.fields().map((field) => field.value.trim());
    document.title = this.title;
    if (!words.every(Boolean)) {
      this.place.replaceChildren(...this.view.wanting(this.fields().filter((field) => !field.value.trim()), words));
      return;
    }
    const [from, to] = words.map((some) => this.understood(some));
    if (!from.meant || !to.meant) {
      const unknown = [from, to].filter((one) => !one.meant);
      const link = (/** @type {Understood} */ one, /** @type {Named} */ other) =>
        this.address(one === from ? other.id : (from.meant?.id ?? from.words), one === to ? other.id : (to.meant?.id ?? to.words));
      this.place.replaceChildren(...unknown.map((one) => this.view.unknown(one.words, this.lookup.nearest(one.words), (other) => link(one, other))));
      return;
    }
    const ends = [from.meant, to.meant];
    if (ends[0] === ends[1]) {
      this.place.replaceChildren(text("p", "Name two different entries.", "ls-empty"));
      return;
    }
    this.fields().forEach((field, place) => (field.value = ends[place].name));
    const address = this.address(ends[0].id, ends[1].id);
    if (asked && location.search !== new URL(address, location.href).search) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
    document.title = `${ends[0].name} to ${ends[1].name} – ${this.title}`;
    this.view.know(await this.statements());
    const read = [from, to].flatMap((one) =>
      this.view.read(one, (other) => (one === from ? this.address(other.id, ends[1].id) : this.address(ends[0].id, other.id))),
    );
    this.place.replaceChildren(...read, ...this.view.found(ends[0].id, ends[1].id, this.routes));
  }

  /** @param {string} from @param {string} to */
  address(from, to) {
    return `${location.pathname}?${new URLSearchParams({ from, to })}`;
  }
}

/** Routes as elements of the page. */
class RouteView {
  /** @param {URL} root @param {RoutingDocument} data */
  constructor(root, data) {
    this.data = data;
    this.root = root;
    this.names = new Map(data.entries.map(([id, name]) => [id, name]));
    this.cargo = new Map(data.cargo.map(({ id, name }) => [id, name]));
    this.reads = new Map(data.relations.map(({ id, reads }) => [id, reads]));
    /** @type {Map<string, Statement>} */
    this.statements = new Map();
    this.phrases = data.phrases;
  }

  /** @param {Statement[]} statements */
  know(statements) {
    if (!this.statements.size)
      this.statements = new Map(statements.map((one) => [`${one.from} ${one.relation} ${one.to}`, one]));
  }

  /** What to do next, where one end is named alone. @param {HTMLInputElement[]} fields the empty ones
   * @param {string[]} words */
  wanting(fields, words) {
    const name = words.find(Boolean);
    if (!name || fields.length !== 1) return [];
    const where = fields[0].name === "from" ? "starts, that is to reach" : "leads that starts at";
    return [text("p", `Name where the path ${where} ${name}.`, "ls-note")];
  }

  /** Words that fit nothing, with the names most like them. @param {string} words @param {Named[]} nearest
   * @param {(one: Named) => string} address */
  unknown(words, nearest, address) {
    const box = text("p", `\u201c${words}\u201d is not on the map. Nearest: `, "ls-empty");
    box.append(...commas(nearest.map((one) => anchor(one.name, address(one)))), ".");
    return box;
  }

  /** What words were taken to mean, with what else they fit. @param {Understood} understood
   * @param {(one: Named) => string} address */
  read({ words, meant, others }, address) {
    if (!meant || !others.length) return [];
    const box = text("p", `\u201c${words}\u201d is read as ${meant.name}. It may also mean `, "ls-note ls-read");
    box.append(...commas(others.slice(0, 7).map((one) => anchor(one.name, address(one)))), ".");
    return [box];
  }

  /** @param {string} id */
  nameOf(id) {
    return this.names.get(id) ?? id;
  }

  /** @param {string} from @param {string} to @param {Routes} routes */
  found(from, to, routes) {
    const found = routes.between(from, to, 5, (edge) => this.statements.get(edge));
    return [
      text("h2", `${this.nameOf(from)} to ${this.nameOf(to)}`),
      text("p", found.says, "ls-verdict"),
      ...this.record(from, to, found.record),
      ...(found.answer === "no" || found.answer === "unknown" ? this.none(from, to, routes) : []),
      ...found.routes.map((route, place) => this.route(route, `${place + 1}. `)),
      ...found.apart.map((route) => this.route(route, `${filled(this.phrases.only, { cargo: this.named(route) })}: `)),
    ];
  }

  /** The record that tracks a pair. @param {string} from @param {string} to @param {string | null} told */
  record(from, to, told) {
    const { records, expectations, titles } = this.data;
    const pairs = expectations.map(({ id }) => records[`${id}:${from}:${to}`]);
    const id = told ?? pairs.find(Boolean);
    if (!id) return [];
    const line = text("p", "Tracked: ");
    line.append(anchor(titles[id] ?? id, new URL(`gaps/${id}/`, this.root).href));
    return [line];
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
    const details = [text("span", `${this.phrases[`mark: ${hop.support}`]} ${hop.support}`, `ls-support ls-support-${hop.support}`), ...this.details(hop)];
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

  /** What would open a route, where there is none. @param {string} from @param {string} to @param {Routes} routes */
  none(from, to, routes) {
    const misses = routes.misses(from, to, 3);
    if (misses.length) {
      const list = document.createElement("ul");
      list.append(...misses.map((edge) => this.miss(edge)));
      return [text("p", "Each of these single edges would open a route, the likeliest first:"), list];
    }
    const back = routes.between(to, from, 1, (edge) => this.statements.get(edge));
    const box = text("p", "No single edge would open a route. ", "ls-empty");
    if (back.routes.length) {
      const swapped = `${location.pathname}?${new URLSearchParams({ from: to, to: from })}`;
      box.append("It is reached the other way round: ", anchor(`${this.nameOf(to)} to ${this.nameOf(from)}`, swapped), ".");
    } else box.append(this.link(from), " and ", this.link(to), " say what each of them works with.");
    return [box];
  }

  /** @param {string} edge */
  miss(edge) {
    const [source, relation, target] = edge.split(" ");
    const item = document.createElement("li");
    const stated = this.statements.get(edge);
    const today = stated ? `${stated.support} today` : this.phrases.unsaid;
    item.append(this.link(source), ` ${this.reads.get(relation) ?? relation} `, this.link(target), " ", text("span", today, "ls-note"));
    return item;
  }

  /** @param {string} id */
  link(id) {
    return anchor(this.nameOf(id), new URL(`entries/${id}/`, this.root).href);
  }
}

/** @param {string} name @param {string} address */
function anchor(name, address) {
  const made = text("a", name);
  made.href = address;
  return made;
}

/** @param {Node[]} nodes @returns {(Node | string)[]} */
function commas(nodes) {
  return nodes.flatMap((node, place) => (place ? [", ", node] : [node]));
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
