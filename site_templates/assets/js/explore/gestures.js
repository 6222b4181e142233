/** What people do on the canvas: with keys, with a wheel, with a mouse and with fingers. */

/**
 * @typedef {import("./graph.js").GraphNode} GraphNode
 * @typedef {import("./graph.js").Selection} Selection
 * @typedef {import("./picture.js").Picture} Picture
 * @typedef {import("./view.js").View} View
 * @typedef {[x: number, y: number]} Point
 */

const MOUSE_REACH = 14;
const FINGER_REACH = 26;
const LEAST_DRAG = 4;

export class Gestures {
  /**
   * @param {Picture} picture @param {View} view @param {Selection} selection
   * @param {(node: GraphNode | null) => void} choose called with the entry that is chosen, or with none
   */
  constructor(picture, view, selection, choose) {
    this.picture = picture;
    this.canvas = picture.canvas;
    this.view = view;
    this.selection = selection;
    this.choose = choose;
    /** Where each pressed pointer is. @type {Map<number, Point>} */
    this.pressed = new Map();
    this.travelled = 0;
  }

  /** @param {AbortSignal} signal ends the listening */
  listen(signal) {
    const { canvas } = this;
    canvas.addEventListener("keydown", (event) => this.onKey(event), { signal });
    canvas.addEventListener("focus", () => this.aim(canvas.matches(":focus-visible")), { signal });
    canvas.addEventListener("blur", () => this.aim(false), { signal });
    canvas.addEventListener("wheel", (event) => this.onWheel(event), { signal, passive: false });
    canvas.addEventListener("pointerdown", (event) => this.onPress(event), { signal });
    canvas.addEventListener("pointermove", (event) => this.onMove(event), { signal });
    canvas.addEventListener("pointerup", (event) => this.onRelease(event), { signal });
    canvas.addEventListener("pointercancel", (event) => this.onCancel(event), { signal });
    canvas.addEventListener("pointerleave", () => this.onLeave(), { signal });
  }

  /** @param {boolean} aiming */
  aim(aiming) {
    this.selection.aiming = aiming;
    this.selection.hover = aiming ? this.picture.nearest() : null;
    this.picture.redraw();
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { view } = this;
    const step = event.shiftKey ? 200 : 60;
    /** @type {Record<string, () => unknown>} */
    const actions = {
      ArrowLeft: () => view.pan(step, 0), ArrowRight: () => view.pan(-step, 0),
      ArrowUp: () => view.pan(0, step), ArrowDown: () => view.pan(0, -step),
      "+": () => view.zoom(1.25), "=": () => view.zoom(1.25), "-": () => view.zoom(0.8), 0: () => view.fit(),
      Enter: () => this.choose(this.picture.nearest()), Escape: () => this.choose(null),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    view.stop();
    action();
    this.aim(true);
  }

  /** @param {WheelEvent} event */
  onWheel(event) {
    this.view.stop();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE;
    const turned = Math.max(-120, Math.min(120, event.deltaY * (lines ? 16 : 1)));
    // At either end of the zoom the wheel belongs to the page again.
    if (this.view.zoom(Math.exp(-turned * 0.0022), ...this.pointOf(event))) event.preventDefault();
  }

  /** Where in the canvas an event is. @param {MouseEvent} event @returns {Point} */
  pointOf(event) {
    const place = this.canvas.getBoundingClientRect();
    return [event.clientX - place.left, event.clientY - place.top];
  }

  /** @param {PointerEvent} event */
  onPress(event) {
    if (event.button) return;
    this.view.stop();
    if (!this.pressed.size) this.travelled = 0;
    this.pressed.set(event.pointerId, this.pointOf(event));
    this.canvas.setPointerCapture(event.pointerId);
  }

  /** @param {PointerEvent} event */
  onMove(event) {
    const here = this.pointOf(event);
    const before = this.pressed.get(event.pointerId);
    if (!before) return this.pointAt(event.pointerType === "mouse" ? this.picture.nearest(...here, MOUSE_REACH) : null);
    const other = [...this.pressed].find(([id]) => id !== event.pointerId)?.[1];
    this.pressed.set(event.pointerId, here);
    this.travelled += Math.hypot(here[0] - before[0], here[1] - before[1]);
    if (other) return this.pinch(before, here, other);
    if (this.travelled > LEAST_DRAG) this.view.pan(here[0] - before[0], here[1] - before[1]);
  }

  /** @param {GraphNode | null} node */
  pointAt(node) {
    this.canvas.style.cursor = node ? "pointer" : "";
    if (node === this.selection.hover) return;
    this.selection.hover = node;
    this.picture.redraw();
  }

  /** One of two fingers moved. @param {Point} before @param {Point} here @param {Point} other the resting finger */
  pinch(before, here, other) {
    this.view.pan((here[0] - before[0]) / 2, (here[1] - before[1]) / 2);
    const apart = Math.hypot(before[0] - other[0], before[1] - other[1]);
    if (apart <= 1) return;
    const factor = Math.hypot(here[0] - other[0], here[1] - other[1]) / apart;
    this.view.zoom(factor, (here[0] + other[0]) / 2, (here[1] + other[1]) / 2);
  }

  /** @param {PointerEvent} event */
  onRelease(event) {
    const last = this.pressed.delete(event.pointerId) && !this.pressed.size;
    if (!last || this.travelled > LEAST_DRAG) return;
    const reach = event.pointerType === "mouse" ? MOUSE_REACH : FINGER_REACH;
    this.choose(this.picture.nearest(...this.pointOf(event), reach));
  }

  /** @param {PointerEvent} event */
  onCancel(event) {
    this.travelled = Infinity;
    this.pressed.delete(event.pointerId);
  }

  onLeave() {
    if (this.pressed.size || !this.selection.hover || this.selection.aiming) return;
    this.selection.hover = null;
    this.picture.redraw();
  }
}
