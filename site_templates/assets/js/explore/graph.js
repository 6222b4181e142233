/**
 * The graph of the Explore page, as `explore/v1` gives it, and what of it is selected and shown.
 *
 * @typedef {[id: string, name: string, kind: number, x: number, y: number, steward: number, tags: number[],
 *   status: string]} NodeRow
 * @typedef {[source: number, target: number, relation: number, support: number]} Edge
 * @typedef {{
 *   title: string, kinds: {id: string, name: string}[], stewards: {id: string, name: string}[], tags: string[],
 *   relations: {id: string, name: string, flows: string}[], supports: string[], nodes: NodeRow[], edges: Edge[],
 * }} ExploreDocument
 * @typedef {{index: number, id: string, name: string, kind: number, x: number, y: number, steward: number,
 *   tags: number[], status: string, radius: number, edges: number[]}} GraphNode
 * @typedef {{kind: number, name: string, top: number, bottom: number}} Band
 * @typedef {{left: number, right: number, top: number, bottom: number}} Box
 * @typedef {{kind: number, steward: number, tag: number}} Wanted places in the document's lists, -1 for any
 */

/** Nodes and edges, with what is looked up in them again and again. */
export class Graph {
  /** @param {ExploreDocument} data */
  constructor(data) {
    this.data = data;
    this.nodes = readNodes(data);
    this.edges = data.edges;
    this.bands = readBands(data, this.nodes);
    this.box = bounds(this.nodes);
    this.byId = new Map(this.nodes.map((node) => [node.id, node]));
    this.byDegree = [...this.nodes].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);
  }

  /** The entries that a text may mean, best match first. @param {string} text @returns {GraphNode[]} */
  find(text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const rank = (/** @type {GraphNode} */ node) => {
      const name = node.name.toLowerCase();
      if (name === wanted || node.id === wanted) return 0;
      if (name.startsWith(wanted) || node.id.startsWith(wanted)) return 1;
      return name.includes(wanted) || node.id.includes(wanted) ? 2 : 3;
    };
    return this.byDegree
      .map((node) => ({ node, rank: rank(node) }))
      .filter((found) => found.rank < 3)
      .sort((a, b) => a.rank - b.rank)
      .map((found) => found.node);
  }
}

/** What is selected, pointed at and let through by the filters. */
export class Selection {
  /** @param {Graph} graph */
  constructor(graph) {
    this.graph = graph;
    /** @type {GraphNode | null} */
    this.selected = null;
    /** @type {GraphNode | null} */
    this.hover = null;
    /** Whether the keyboard moves the picture below a cross in its middle. */
    this.aiming = false;
    this.shown = new Uint8Array(graph.nodes.length).fill(1);
    this.supports = new Set(graph.data.supports.keys());
  }

  /** @param {Wanted} wanted @param {Set<number>} supports */
  filter({ kind, steward, tag }, supports) {
    this.supports = supports;
    for (const node of this.graph.nodes) {
      const fits =
        (kind < 0 || node.kind === kind) && (steward < 0 || node.steward === steward) &&
        (tag < 0 || node.tags.includes(tag));
      this.shown[node.index] = fits ? 1 : 0;
    }
  }

  /** @param {GraphNode} node */
  shows(node) {
    return this.shown[node.index] === 1;
  }

  /** A node's edges in the kinds of support that are shown. @param {GraphNode} node */
  edgesOf(node) {
    return node.edges.map((index) => this.graph.edges[index]).filter((edge) => this.supports.has(edge[3]));
  }

  /** A node and its neighbours. @param {GraphNode} node */
  neighbourhood(node) {
    const { nodes } = this.graph;
    return new Set([
      node, ...this.edgesOf(node).map(([source, target]) => nodes[source === node.index ? target : source]),
    ]);
  }

  /** The selected node and its neighbours. */
  near() {
    return this.selected && this.neighbourhood(this.selected);
  }
}

/** @param {ExploreDocument} data @returns {GraphNode[]} */
function readNodes(data) {
  const nodes = data.nodes.map(([id, name, kind, x, y, steward, tags, status], index) => ({
    index, id, name, kind, x, y, steward, tags, status, radius: 0, edges: /** @type {number[]} */ ([]),
  }));
  data.edges.forEach(([source, target], index) => {
    nodes[source].edges.push(index);
    nodes[target].edges.push(index);
  });
  for (const node of nodes) node.radius = Math.min(11, 3 + Math.sqrt(node.edges.length) * 0.8);
  return nodes;
}

/** The rows of each kind. @param {ExploreDocument} data @param {GraphNode[]} nodes @returns {Band[]} */
function readBands(data, nodes) {
  return data.kinds
    .map(({ name }, kind) => {
      const heights = nodes.filter((node) => node.kind === kind).map((node) => node.y);
      return { kind, name, top: Math.min(...heights), bottom: Math.max(...heights) };
    })
    .filter((band) => Number.isFinite(band.top));
}

/** @param {GraphNode[]} nodes @returns {Box} */
function bounds(nodes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of nodes) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return nodes.length ? box : { left: 0, right: 1, top: 0, bottom: 1 };
}
