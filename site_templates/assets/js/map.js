// The map of the start page: the entry that is chosen gets its routes drawn through the layers. Its entries are links:
// the first tap, click or Enter chooses one, the second follows it.

/**
 * @typedef {{ids: string[], edges: [from: number, to: number, support: number][], routes: number[][]}} Drawn
 * @typedef {{x: number, top: number, bottom: number}} Spot
 */

const SVG = "http://www.w3.org/2000/svg";
const SUPPORTS = ["full", "partial", "experimental"];
const SAME_ROW = 8; // pixels

/** @param {HTMLElement} map */
export function begin(map) {
  const data = document.getElementById("ls-routes");
  if (!data || map.dataset.begun) return;
  map.dataset.begun = "yes";
  const drawn = /** @type {Drawn} */ (JSON.parse(data.textContent ?? ""));
  if (drawn.routes.length) new RouteMap(map, drawn).start();
}

class RouteMap {
  /** @param {HTMLElement} map @param {Drawn} drawn */
  constructor(map, drawn) {
    this.map = map;
    this.drawn = drawn;
    this.layers = /** @type {HTMLElement} */ (map.querySelector(".ls-layers"));
    this.links = /** @type {HTMLAnchorElement[]} */ ([...map.querySelectorAll("a[data-id]")]);
    this.linkOf = new Map(this.links.map((link) => [link.dataset.id ?? "", link]));
    this.panel = /** @type {HTMLElement} */ (map.querySelector(".ls-drawn"));
    this.lines = document.createElementNS(SVG, "svg");
    /** @type {HTMLAnchorElement | null} */
    this.chosen = null;
    /** @type {HTMLAnchorElement | null} */
    this.lit = null;
  }

  start() {
    this.lines.setAttribute("class", "ls-lines");
    this.lines.setAttribute("aria-hidden", "true");
    this.layers.prepend(this.lines);
    this.map.classList.add("ls-live");
    this.panel.hidden = false;
    this.enter(this.links[0]);
    this.layers.addEventListener("click", (event) => this.click(event));
    this.map.addEventListener("keydown", (event) => this.press(event));
    this.layers.addEventListener("focusin", (event) => this.enter(this.linkAt(event)));
    this.layers.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.preview(this.linkAt(event)));
    this.layers.addEventListener("pointerleave", () => this.preview(null));
    this.panel.querySelector("button")?.addEventListener("click", () => this.clear());
    new ResizeObserver(() => this.draw()).observe(this.layers);
    const early = this.links.find((link) => link === document.activeElement);
    if (early) this.enter(early); // the focus may have come before this script
  }

  /** @param {Event} event */
  linkAt({ target }) {
    return target instanceof Element ? /** @type {HTMLAnchorElement | null} */ (target.closest("a[data-id]")) : null;
  }

  /** Let Tab come to one entry of the map, from which the arrow keys lead on. @param {HTMLAnchorElement | null} link */
  enter(link) {
    if (link) for (const one of this.links) one.tabIndex = one === link ? 0 : -1;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const link = this.linkAt(event);
    if (!link || link === this.chosen || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.choose(link);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const link = this.linkAt(event);
    if (event.key === "Escape" && this.chosen) this.clear();
    else if (link && event.key === " ") this.choose(link);
    else if (link && !event.ctrlKey && !event.metaKey && !event.altKey && this.next(link, event.key)) this.next(link, event.key)?.focus();
    else return;
    event.preventDefault();
  }

  /** Where a key leads from an entry. @param {HTMLAnchorElement} link @param {string} key
   * @returns {HTMLAnchorElement | undefined} */
  next(link, key) {
    const shown = this.links.filter((one) => one.offsetParent);
    const place = shown.indexOf(link);
    if (key === "ArrowRight") return shown[place + 1];
    if (key === "ArrowLeft") return shown[place - 1];
    if (key === "Home") return shown[0];
    if (key === "End") return shown[shown.length - 1];
    if (key === "ArrowDown" || key === "ArrowUp") return this.beyond(link, shown, key === "ArrowDown" ? 1 : -1);
    return undefined;
  }

  /** The nearest in the next row. @param {HTMLAnchorElement} link @param {HTMLAnchorElement[]} shown
   * @param {number} step 1 down, -1 up */
  beyond(link, shown, step) {
    const here = this.spot(link);
    const far = (/** @type {HTMLAnchorElement} */ one) => step * (this.spot(one).top - here.top);
    const others = shown.filter((one) => far(one) > SAME_ROW);
    const row = Math.min(...others.map(far));
    const aside = (/** @type {HTMLAnchorElement} */ one) => Math.abs(this.spot(one).x - here.x);
    return others.filter((one) => far(one) < row + SAME_ROW).sort((a, b) => aside(a) - aside(b))[0];
  }

  /** @param {HTMLAnchorElement | null} link */
  preview(link) {
    if (!this.chosen) this.light(link);
  }

  /** @param {HTMLAnchorElement} link */
  choose(link) {
    this.chosen?.removeAttribute("aria-current");
    this.chosen = link;
    link.setAttribute("aria-current", "true");
    this.enter(link);
    this.light(link);
    const height = this.layers.offsetHeight;
    this.map.classList.add("ls-chosen");
    this.say(link);
    if (this.layers.offsetHeight < height) this.layers.scrollIntoView({ block: "start" }); // the others are put away
    else link.scrollIntoView({ block: "nearest" });
  }

  clear() {
    this.chosen?.removeAttribute("aria-current");
    this.chosen?.focus({ preventScroll: true });
    this.chosen = null;
    this.map.classList.remove("ls-chosen");
    this.light(null);
    this.told("");
  }

  /** The routes of an entry: those that start or end there where some start there, else all that lead over it.
   * @param {HTMLAnchorElement} link */
  routesOf(link) {
    const { ids, edges, routes } = this.drawn;
    const place = ids.indexOf(link.dataset.id ?? "");
    const starts = (/** @type {number[]} */ route) => edges[route[0]][0] === place;
    const ends = (/** @type {number[]} */ route) => edges[route[route.length - 1]][1] === place;
    const over = (/** @type {number[]} */ route) => starts(route) || route.some((edge) => edges[edge][1] === place);
    return routes.filter(routes.some(starts) ? (route) => starts(route) || ends(route) : over);
  }

  /** @param {HTMLAnchorElement | null} link */
  light(link) {
    this.lit = link;
    for (const one of this.links) one.classList.remove("ls-on", "ls-here");
    this.map.classList.toggle("ls-lit", link !== null);
    link?.classList.add("ls-here");
    for (const [from, to] of this.edges()) for (const end of [from, to]) end.classList.add("ls-on");
    this.draw();
  }

  /** The edges of what is lit. @returns {[HTMLAnchorElement, HTMLAnchorElement, number][]} */
  edges() {
    const { ids, edges } = this.drawn;
    const used = new Set(this.lit ? this.routesOf(this.lit).flat() : []);
    return [...used].flatMap((edge) => {
      const [from, to, support] = edges[edge];
      const ends = [from, to].map((place) => this.linkOf.get(ids[place]));
      return ends[0] && ends[1] ? [[ends[0], ends[1], support]] : [];
    });
  }

  draw() {
    const edges = this.edges();
    const spots = new Map(edges.flatMap(([from, to]) => [from, to]).map((link) => [link, this.spot(link)]));
    const lines = edges.map(([from, to, support]) => {
      const line = document.createElementNS(SVG, "path");
      line.setAttribute("class", `ls-line-${SUPPORTS[support]}`);
      line.setAttribute("d", curve(/** @type {Spot} */ (spots.get(from)), /** @type {Spot} */ (spots.get(to))));
      return line;
    });
    this.lines.replaceChildren(...lines);
  }

  /** Where an entry is on the map. @param {HTMLElement} link @returns {Spot} */
  spot(link) {
    const [own, all] = [link.getBoundingClientRect(), this.layers.getBoundingClientRect()];
    return { x: own.left + own.width / 2 - all.left, top: own.top - all.top, bottom: own.bottom - all.top };
  }

  /** Say what is drawn. @param {HTMLAnchorElement} link */
  say(link) {
    const routes = this.routesOf(link).length;
    const name = link.textContent ?? "";
    if (!routes) return this.told(this.phrase("nothing", { name }), link);
    const over = [...this.map.querySelectorAll(".ls-layer")].flatMap((layer) => {
      const count = layer.querySelectorAll("a.ls-on:not(.ls-here)").length;
      return count ? [this.phrase("of", { count, kind: (layer.querySelector("h3")?.textContent ?? "").toLowerCase() })] : [];
    });
    const counted = routes === 1 ? this.phrase("one") : this.phrase("many", { count: routes });
    return this.told(this.phrase("some", { name, routes: counted, over: over.join(", ") }), link);
  }

  /** @param {string} said @param {HTMLAnchorElement} [link] */
  told(said, link) {
    const line = this.panel.querySelector("p");
    if (line) line.textContent = said;
    if (link) this.panel.querySelector("a")?.setAttribute("href", link.href);
  }

  /** @param {string} name @param {Record<string, string | number>} [values] */
  phrase(name, values = {}) {
    return (this.map.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, value) => String(values[value] ?? ""));
  }
}

/** A line from one entry to another: from edge to edge between rows, as an arch within one. @param {Spot} from @param {Spot} to */
function curve(from, to) {
  if (Math.abs(from.top - to.top) < SAME_ROW) {
    const high = from.top - 14 - Math.abs(from.x - to.x) / 14;
    return `M${from.x} ${from.top}Q${(from.x + to.x) / 2} ${high} ${to.x} ${to.top}`;
  }
  const [start, end] = from.top < to.top ? [from.bottom, to.top] : [from.top, to.bottom];
  const bend = (start + end) / 2;
  return `M${from.x} ${start}C${from.x} ${bend} ${to.x} ${bend} ${to.x} ${end}`;
}
