/** The Explore page: the graph on a canvas, with filters, a search box, and lists for those who do not see it. */

import { keepInAddress, readFromAddress } from "./address.js";
import { readColours } from "./colours.js";
import { buildControls } from "./controls.js";
import { Gestures } from "./gestures.js";
import { Graph, Selection } from "./graph.js";
import { Lists } from "./lists.js";
import { Picture } from "./picture.js";
import { View } from "./view.js";

/**
 * @typedef {import("./graph.js").ExploreDocument} ExploreDocument
 * @typedef {import("./graph.js").GraphNode} GraphNode
 */

const MOST_SUGGESTIONS = 20;

export class Explorer {
  /**
   * Build the Explore view inside `root`; what it holds is replaced.
   * @param {HTMLElement} root @param {ExploreDocument} data
   * @param {{href: (id: string) => string}} options `href` gives the address of an entry's page
   */
  constructor(root, data, { href }) {
    this.root = root;
    this.graph = new Graph(data);
    this.selection = new Selection(this.graph);
    this.controls = buildControls(root, data);
    const choose = (/** @type {GraphNode | null} */ node) => this.select(node);
    this.view = new View(this.graph.box, () => this.picture.redraw());
    this.picture = new Picture(this.controls.canvas, this.graph, this.view, this.selection, readColours(root, data));
    this.gestures = new Gestures(this.picture, this.view, this.selection, choose);
    this.lists = new Lists(this.controls, this.graph, this.selection, href, (node) => this.select(node, { move: true }));
    this.stopping = new AbortController();
    this.themes = new MutationObserver(() => this.recolour());
    this.sizes = new ResizeObserver(() => this.picture.resize());
    this.start();
  }

  start() {
    const { canvas } = this.controls;
    this.themes.observe(document.body, {
      attributes: true, attributeFilter: ["data-md-color-scheme", "data-md-color-primary", "data-md-color-accent"],
    });
    const { signal } = this.stopping;
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.recolour(), { signal });
    this.sizes.observe(canvas);
    const selected = readFromAddress(this.controls, this.graph);
    this.listen(signal);
    this.gestures.listen(signal);
    this.picture.resize();
    this.selection.selected = selected;
    this.filter();
    if (selected) this.view.jump(selected);
  }

  /** Let go of everything outside the element. */
  stop() {
    this.stopping.abort();
    this.themes.disconnect();
    this.sizes.disconnect();
    this.view.stop();
    this.picture.stop();
  }

  recolour() {
    this.picture.colours = readColours(this.root, this.graph.data);
    this.picture.redrawAll();
  }

  /** @param {GraphNode | null} node */
  select(node, { move = false } = {}) {
    this.selection.selected = node;
    if (node && move) this.view.glide(node);
    this.lists.showSelected();
    keepInAddress(this.controls, this.graph, this.selection);
    this.picture.redraw();
  }

  /** Show what the controls ask for. */
  filter() {
    const { kind, steward, tag, supports } = this.controls;
    const { data } = this.graph;
    const wanted = {
      kind: placeOf(data.kinds.map((one) => one.id), kind.value),
      steward: placeOf(data.stewards.map((one) => one.id), steward.value),
      tag: placeOf(data.tags, tag.value),
    };
    this.selection.filter(wanted, new Set([...data.supports.keys()].filter((place) => supports[place].checked)));
    this.lists.showEntries();
    if (this.selection.selected) this.lists.showSelected();
    keepInAddress(this.controls, this.graph, this.selection);
    this.picture.redrawAll();
  }

  clear() {
    const { kind, steward, tag, supports, search } = this.controls;
    for (const control of [kind, steward, tag]) control.value = "";
    for (const box of supports) box.checked = true;
    search.value = "";
    this.select(null);
    this.filter();
    this.view.fit();
  }

  search() {
    const { search, live } = this.controls;
    const [node] = this.graph.find(search.value);
    if (node) this.select(node, { move: true });
    else if (search.value.trim()) live.textContent = "No entry has this name.";
  }

  /** @param {Event} event */
  suggest(event) {
    const { search, options } = this.controls;
    const found = this.graph.find(search.value);
    options.replaceChildren(...found.slice(0, MOST_SUGGESTIONS).map((node) => new Option("", node.name)));
    // A choice from the list arrives as one replacement, without a key.
    const typed = event instanceof InputEvent && event.inputType && event.inputType !== "insertReplacementText";
    if (!typed && found[0]?.name === search.value) this.select(found[0], { move: true });
  }

  /** @param {AbortSignal} signal */
  listen(signal) {
    const { form, search, clear, closer, further, whole, kind, steward, tag, supports } = this.controls;
    const on = (/** @type {HTMLElement} */ control, /** @type {string} */ type, /** @type {EventListener} */ act) =>
      control.addEventListener(type, act, { signal });
    for (const control of [kind, steward, tag, ...supports]) on(control, "change", () => this.filter());
    on(form, "submit", (event) => {
      event.preventDefault();
      this.search();
    });
    on(search, "input", (event) => this.suggest(event));
    on(clear, "click", () => this.clear());
    on(closer, "click", () => this.view.zoom(1.4));
    on(further, "click", () => this.view.zoom(1 / 1.4));
    on(whole, "click", () => this.view.fit());
  }
}

/** @param {string[]} ids @param {string} id */
function placeOf(ids, id) {
  return id ? ids.indexOf(id) : -1;
}
