/** The picture on the canvas: bands, edges, entries and their names. */

import { EdgeLayer } from "./edges.js";
import { pen } from "./elements.js";

/**
 * @typedef {import("./colours.js").Colours} Colours
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./graph.js").GraphNode} GraphNode
 * @typedef {import("./graph.js").Selection} Selection
 * @typedef {import("./view.js").View} View
 */

const AREA_OF_A_NAME = 6000;
const MOST_NAMES_NEARBY = 400;
const NAME_SIZE = 12;
const CELL = 8;

export class Picture {
  /**
   * @param {HTMLCanvasElement} canvas @param {Graph} graph @param {View} view @param {Selection} selection
   * @param {Colours} colours
   */
  constructor(canvas, graph, view, selection, colours) {
    this.canvas = canvas;
    this.context = pen(canvas);
    this.graph = graph;
    this.view = view;
    this.selection = selection;
    this.colours = colours;
    this.edges = new EdgeLayer(graph, view, selection);
    this.frame = 0;
    /** @type {Map<string, number>} */
    this.widths = new Map();
  }

  /** Draw with the next frame. */
  redraw() {
    if (!this.frame) this.frame = requestAnimationFrame(() => this.draw());
  }

  /** Draw with the next frame, and all edges anew. */
  redrawAll() {
    this.edges.invalidate();
    this.redraw();
  }

  resize() {
    this.view.resize(this.canvas);
    cancelAnimationFrame(this.frame);
    this.draw();
  }

  stop() {
    this.edges.stop();
    cancelAnimationFrame(this.frame);
  }

  /** The shown entry that is nearest to a point of the canvas. @param {number} x @param {number} y */
  nearest(x = this.view.width / 2, y = this.view.height / 2, reach = Infinity) {
    const near = this.selection.near();
    /** @type {GraphNode | null} */
    let best = null;
    let least = reach;
    for (const node of this.graph.nodes) {
      if (!this.selection.shows(node) && !near?.has(node)) continue;
      const away = Math.hypot(this.view.toX(node.x) - x, this.view.toY(node.y) - y);
      if (away < least) [best, least] = [node, away];
    }
    return best;
  }

  draw() {
    this.frame = 0;
    const { context, colours, selection } = this;
    const { width, height, ratio } = this.view;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    this.drawBands();
    this.edges.draw(context, colours);
    const near = selection.near();
    this.drawNodes(near);
    const taken = new TakenPlaces();
    this.drawBandNames(taken);
    this.drawNames(near, taken);
    if (selection.aiming) this.drawAim();
  }

  drawBands() {
    const { context, view } = this;
    context.globalAlpha = 0.05;
    context.fillStyle = this.colours.text;
    this.graph.bands.forEach((band, place) => {
      if (place % 2) return;
      context.fillRect(0, view.toY(band.top - 30), view.width, (band.bottom - band.top + 60) * view.scale);
    });
    context.globalAlpha = 1;
  }

  /** @param {TakenPlaces} taken */
  drawBandNames(taken) {
    const { context, colours, view } = this;
    context.font = `600 12px ${colours.font}`;
    context.textAlign = "left";
    context.textBaseline = "top";
    for (const band of this.graph.bands) {
      const top = view.toY(band.top - 30);
      const bottom = view.toY(band.bottom + 30);
      if (bottom < 18 || top > view.height) continue;
      const y = Math.min(Math.max(top + 3, 3), bottom - 15);
      const width = context.measureText(band.name).width + 22;
      if (!taken.take(4, y - 2, width, 17)) continue;
      context.globalAlpha = 0.85;
      context.fillStyle = colours.background;
      context.fillRect(4, y - 2, width, 17);
      context.globalAlpha = 1;
      context.fillStyle = colours.kinds[band.kind];
      context.fillRect(8, y + 1, 8, 8);
      context.fillStyle = colours.muted;
      context.fillText(band.name, 20, y);
    }
  }

  /** How much larger or smaller entries are drawn at this zoom. */
  get growth() {
    return Math.min(1.5, Math.max(0.35, Math.sqrt(this.view.scale)));
  }

  /** @param {Set<GraphNode> | null} near */
  drawNodes(near) {
    const { context, selection } = this;
    const others = near ? this.graph.nodes.filter((node) => !near.has(node)) : this.graph.nodes;
    context.globalAlpha = near ? 0.25 : 1;
    for (const node of others) if (selection.shows(node)) this.drawNode(node);
    context.globalAlpha = 0.3;
    for (const node of others) if (!selection.shows(node)) this.drawDisc(node, this.colours.kinds[node.kind], 1.5);
    context.globalAlpha = 1;
    if (near && selection.selected) {
      this.edges.drawOf(context, this.colours, selection.selected);
      for (const node of near) this.drawNode(node);
      this.drawRing(selection.selected, 2.5);
    }
    if (selection.hover && selection.hover !== selection.selected) this.drawRing(selection.hover, 1.5);
  }

  /** @param {GraphNode} node */
  drawNode(node) {
    const radius = node.radius * this.growth;
    this.drawDisc(node, this.colours.kinds[node.kind], radius);
    if (node.status === "archived") this.drawDisc(node, this.colours.background, radius * 0.55);
  }

  /** @param {GraphNode} node @param {string} colour @param {number} radius */
  drawDisc(node, colour, radius) {
    const { context, view } = this;
    const [x, y] = [view.toX(node.x), view.toY(node.y)];
    if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) return;
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fill();
  }

  /** @param {GraphNode} node @param {number} width */
  drawRing(node, width) {
    const { context, view } = this;
    context.strokeStyle = this.colours.text;
    context.lineWidth = width;
    context.beginPath();
    context.arc(view.toX(node.x), view.toY(node.y), node.radius * this.growth + 3, 0, 7);
    context.stroke();
  }

  /**
   * Names where there is room, the selected entry's neighbours first, then the best connected.
   * @param {Set<GraphNode> | null} near @param {TakenPlaces} taken
   */
  drawNames(near, taken) {
    const { context, selection, view } = this;
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = this.colours.background;
    let left = near ? MOST_NAMES_NEARBY : Math.ceil((view.width * view.height) / AREA_OF_A_NAME);
    const strong = new Set([selection.selected, selection.hover].filter((node) => node !== null));
    for (const node of strong) if (this.drawName(node, taken, true)) left -= 1;
    for (const node of this.graph.byDegree) {
      if (left <= 0) break;
      if (strong.has(node) || !(near ? near.has(node) : selection.shows(node))) continue;
      if (this.drawName(node, taken, false)) left -= 1;
    }
  }

  /** Write a name if there is room; a strong one in any case. @param {GraphNode} node @param {TakenPlaces} taken
   * @param {boolean} strong */
  drawName(node, taken, strong) {
    const { context, view } = this;
    const [x, y] = [view.toX(node.x), view.toY(node.y) + node.radius * this.growth + 2];
    const width = this.widthOf(node) * (strong ? 1.1 : 1);
    if (y < -20 || y > view.height || (!strong && (x < width / 2 || x > view.width - width / 2))) return false;
    if (!taken.take(x - width / 2 - 3, y, width + 6, NAME_SIZE + 3) && !strong) return false;
    context.font = `${strong ? "700 " : ""}${NAME_SIZE}px ${this.colours.font}`;
    context.strokeText(node.name, x, y);
    context.fillStyle = this.colours.text;
    context.fillText(node.name, x, y);
    return true;
  }

  /** @param {GraphNode} node */
  widthOf(node) {
    let width = this.widths.get(node.name);
    if (width === undefined) {
      this.context.font = `${NAME_SIZE}px ${this.colours.font}`;
      width = this.context.measureText(node.name).width;
      this.widths.set(node.name, width);
    }
    return width;
  }

  /** The cross in the middle, for those who move the picture with the keyboard. */
  drawAim() {
    const { context } = this;
    const [x, y] = [this.view.width / 2, this.view.height / 2];
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + dx * 5, y + dy * 5);
      context.lineTo(x + dx * 13, y + dy * 13);
    }
    context.stroke();
  }
}

/** Where something is written already, as cells of a coarse grid. */
class TakenPlaces {
  constructor() {
    /** @type {Set<number>} */
    this.cells = new Set();
  }

  /** Take a rectangle if all of it is free. @param {number} x @param {number} y @param {number} width
   * @param {number} height */
  take(x, y, width, height) {
    const cells = [];
    for (let row = Math.floor(y / CELL); row <= Math.floor((y + height) / CELL); row += 1) {
      for (let column = Math.floor(x / CELL); column <= Math.floor((x + width) / CELL); column += 1) {
        const cell = row * 10000 + column;
        if (this.cells.has(cell)) return false;
        cells.push(cell);
      }
    }
    for (const cell of cells) this.cells.add(cell);
    return true;
  }
}
