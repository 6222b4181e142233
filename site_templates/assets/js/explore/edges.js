/** The layer of all edges, kept as a picture of its own because there may be many thousands. */

import { pen } from "./elements.js";

/**
 * @typedef {import("./colours.js").Colours} Colours
 * @typedef {import("./graph.js").Edge} Edge
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./graph.js").GraphNode} GraphNode
 * @typedef {import("./graph.js").Selection} Selection
 * @typedef {import("./view.js").View} View
 * @typedef {Pick<View, "x" | "y" | "scale" | "width" | "height" | "ratio">} Frame
 */

const MANY_EDGES = 2000;
const REST_MILLISECONDS = 120;
const EDGES_IN_ONE_STROKE = 100; // a very long line is slow to draw
const DASHES = [[], [7, 4], [2, 4]];

export class EdgeLayer {
  /** @param {Graph} graph @param {View} view @param {Selection} selection */
  constructor(graph, view, selection) {
    this.graph = graph;
    this.view = view;
    this.selection = selection;
    this.canvas = document.createElement("canvas");
    this.painted = 0;
    this.timer = 0;
    this.rested = false;
    /** The view that the layer was painted for. @type {Frame | null} */
    this.frame = null;
  }

  /** Forget what was painted, since colours or filters are different now. */
  invalidate() {
    this.frame = null;
  }

  stop() {
    clearTimeout(this.timer);
  }

  /**
   * Draw all edges; where they are many, the picture of a moment ago is moved along until the view rests.
   * @param {CanvasRenderingContext2D} context @param {Colours} colours
   */
  draw(context, colours) {
    const { view, frame } = this;
    if (frame && isSame(frame, view)) return this.paste(context, 1, 0, 0);
    if (frame && this.painted > MANY_EDGES && !this.rested) {
      this.waitForRest();
      const zoomed = view.scale / frame.scale;
      const [left, top] = [view.toX(frame.x) - (frame.width / 2) * zoomed, view.toY(frame.y) - (frame.height / 2) * zoomed];
      return this.paste(context, zoomed, left, top);
    }
    this.rested = false;
    this.paint(context.canvas, colours);
    const { x, y, scale, width, height, ratio } = view;
    this.frame = { x, y, scale, width, height, ratio };
    return this.paste(context, 1, 0, 0);
  }

  waitForRest() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.rested = true;
      this.view.changed();
    }, REST_MILLISECONDS);
  }

  /** @param {CanvasRenderingContext2D} context @param {number} zoomed @param {number} x @param {number} y */
  paste(context, zoomed, x, y) {
    const { canvas, view, selection } = this;
    context.globalAlpha = selection.selected ? 0.3 : 1;
    context.drawImage(canvas, x, y, (canvas.width / view.ratio) * zoomed, (canvas.height / view.ratio) * zoomed);
    context.globalAlpha = 1;
  }

  /** @param {HTMLCanvasElement} shape the canvas whose size is taken @param {Colours} colours */
  paint(shape, colours) {
    this.canvas.width = shape.width;
    this.canvas.height = shape.height;
    const context = pen(this.canvas);
    context.setTransform(this.view.ratio, 0, 0, this.view.ratio, 0, 0);
    context.lineWidth = 1;
    const visible = this.graph.edges.filter((edge) => this.isVisible(edge));
    this.painted = visible.length;
    // Many faint lines or few clear ones: the picture stays about as dark.
    context.globalAlpha = Math.min(0.5, Math.max(0.1, 12 / Math.sqrt(visible.length + 1) / 2.5));
    const dashed = this.view.scale > 0.6;
    for (const support of this.selection.supports) {
      context.strokeStyle = colours.supports[support];
      context.setLineDash(dashed ? DASHES[support % DASHES.length] : []);
      this.stroke(context, visible.filter((edge) => edge[3] === support));
    }
  }

  /** @param {CanvasRenderingContext2D} context @param {Edge[]} edges */
  stroke(context, edges) {
    for (let first = 0; first < edges.length; first += EDGES_IN_ONE_STROKE) {
      context.beginPath();
      for (const edge of edges.slice(first, first + EDGES_IN_ONE_STROKE)) this.trace(context, edge);
      context.stroke();
    }
  }

  /** The edges of one node, clearer. @param {CanvasRenderingContext2D} context @param {Colours} colours
   * @param {GraphNode} node */
  drawOf(context, colours, node) {
    context.lineWidth = 1.75;
    context.globalAlpha = 0.75;
    for (const edge of this.selection.edgesOf(node)) {
      context.strokeStyle = colours.supports[edge[3]];
      context.setLineDash(DASHES[edge[3] % DASHES.length]);
      this.stroke(context, [edge]);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** The ends of an edge on the canvas. @param {Edge} edge */
  ends([source, target]) {
    const [a, b] = [this.graph.nodes[source], this.graph.nodes[target]];
    return [this.view.toX(a.x), this.view.toY(a.y), this.view.toX(b.x), this.view.toY(b.y)];
  }

  /** @param {Edge} edge */
  isVisible(edge) {
    const { shown, supports } = this.selection;
    if (!shown[edge[0]] || !shown[edge[1]] || !supports.has(edge[3])) return false;
    const [ax, ay, bx, by] = this.ends(edge);
    const { width, height } = this.view;
    return !(
      (ax < 0 && bx < 0) || (ay < -60 && by < -60) || (ax > width && bx > width) ||
      (ay > height + 60 && by > height + 60)
    );
  }

  /** @param {CanvasRenderingContext2D} context @param {Edge} edge */
  trace(context, edge) {
    const [ax, ay, bx, by] = this.ends(edge);
    const [a, b] = [this.graph.nodes[edge[0]], this.graph.nodes[edge[1]]];
    context.moveTo(ax, ay);
    // Along a row a straight line would run through the entries between.
    if (Math.abs(a.y - b.y) < 1) {
      context.quadraticCurveTo((ax + bx) / 2, ay - Math.min(60, 10 + Math.abs(bx - ax) * 0.12), bx, by);
    } else {
      context.lineTo(bx, by);
    }
  }
}

/** @param {Frame} one @param {Frame} other */
function isSame(one, other) {
  return (
    one.x === other.x && one.y === other.y && one.scale === other.scale && one.width === other.width &&
    one.height === other.height && one.ratio === other.ratio
  );
}
