/** The same graph as lists, for those who do not see the picture and for whoever wants links. */

import { element } from "./elements.js";

/**
 * @typedef {import("./controls.js").Controls} Controls
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./graph.js").GraphNode} GraphNode
 * @typedef {import("./graph.js").Selection} Selection
 */

const MOST_LISTED = 300;

export class Lists {
  /**
   * @param {Controls} controls @param {Graph} graph @param {Selection} selection
   * @param {(id: string) => string} href the address of an entry's page
   * @param {(node: GraphNode | null) => void} choose called with the entry that is chosen in a list
   */
  constructor(controls, graph, selection, href, choose) {
    this.controls = controls;
    this.graph = graph;
    this.selection = selection;
    this.href = href;
    this.choose = choose;
  }

  /** The selected entry with its neighbours. */
  showSelected() {
    const { panel, live } = this.controls;
    const node = this.selection.selected;
    panel.replaceChildren();
    panel.hidden = !node;
    if (!node) {
      live.textContent = "";
      return;
    }
    const count = this.selection.neighbourhood(node).size - 1;
    live.textContent = `${node.name} is selected: ${count} ${count === 1 ? "neighbour" : "neighbours"}.`;
    const groups = this.groups(node).map(({ heading, rows }) => {
      const items = rows.map((row) => this.neighbour(row.node, row.support));
      return element("div", { class: "ls-explore-group" }, element("h4", {}, heading), element("ul", {}, ...items));
    });
    panel.append(this.title(node), element("div", { class: "ls-explore-groups" }, ...groups));
  }

  /** @param {GraphNode} node */
  title(node) {
    const { kinds, stewards } = this.graph.data;
    const details = [kinds[node.kind].name, stewards[node.steward]?.name, node.status].filter(Boolean);
    const clear = element("button", { type: "button", class: "ls-explore-button" }, "Clear the selection");
    clear.addEventListener("click", () => {
      this.choose(null);
      this.controls.canvas.focus();
    });
    const name = element("h3", {}, this.link(node));
    return element("div", { class: "ls-explore-title" }, name, element("p", {}, details.join(" · ")), clear);
  }

  /** Neighbours by relation: those that the entry's own statements name first. @param {GraphNode} node */
  groups(node) {
    const { data, nodes } = this.graph;
    const own = this.selection.edgesOf(node);
    return [true, false].flatMap((outward) =>
      data.relations.flatMap(({ name }, relation) => {
        const rows = own
          .filter((edge) => edge[2] === relation && (edge[0] === node.index) === outward)
          .map(([source, target, , support]) => ({ node: nodes[outward ? target : source], support }))
          .sort((a, b) => a.node.name.localeCompare(b.node.name));
        const heading = outward ? `${node.name} ${name}` : `${name} ${node.name}`;
        return rows.length ? [{ heading, rows }] : [];
      }),
    );
  }

  /** @param {GraphNode} node @param {number} support */
  neighbour(node, support) {
    const name = this.graph.data.supports[support];
    const item = element("li", {}, this.link(node));
    if (support > 0) item.append(" ", element("span", { class: `ls-explore-support support-${name}` }, name));
    const select = element(
      "button",
      { type: "button", class: "ls-explore-walk", title: "Select", "aria-label": `Select ${node.name} in the picture` },
      "◎",
    );
    select.addEventListener("click", () => {
      this.choose(node);
      this.controls.canvas.focus({ preventScroll: true });
      this.controls.canvas.scrollIntoView({ block: "nearest" });
    });
    item.append(" ", select);
    return item;
  }

  /** @param {GraphNode} node */
  link(node) {
    return element("a", { href: this.href(node.id) }, node.name);
  }

  /** All entries that the filters let through, by kind. */
  showEntries() {
    const { count, list } = this.controls;
    const { data, nodes } = this.graph;
    const shown = nodes.filter((node) => this.selection.shows(node));
    count.textContent = `Shown: ${shown.length} of ${nodes.length} entries`;
    list.replaceChildren();
    let left = MOST_LISTED;
    data.kinds.forEach((kind, place) => {
      const some = shown.filter((node) => node.kind === place).sort((a, b) => a.name.localeCompare(b.name));
      const items = some.slice(0, left).map((node) => element("li", {}, this.link(node)));
      left -= items.length;
      if (!items.length) return;
      list.append(
        element("section", {}, element("h4", {}, `${kind.name} (${some.length})`), element("ul", {}, ...items)),
      );
    });
    const more = shown.length - Math.min(shown.length, MOST_LISTED);
    if (more) list.append(element("p", {}, `and ${more} more; filter to see them`));
  }
}
