/** Which part of the graph the canvas shows: moved, zoomed and fitted. */

/** @typedef {import("./graph.js").Box} Box */

const MOST_ZOOM = 3;
const FITTED_ZOOM = 1.2;
/** At this zoom the names around an entry can be read. */
export const READABLE_ZOOM = 0.75;

export class View {
  /** @param {Box} box what there is to see @param {() => void} changed called after each change */
  constructor(box, changed) {
    this.box = box;
    this.changed = changed;
    this.x = 0;
    this.y = 0;
    this.scale = 1;
    this.width = 1;
    this.height = 1;
    this.ratio = 1;
    this.moving = 0;
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** @param {number} x */
  toX(x) {
    return (x - this.x) * this.scale + this.width / 2;
  }

  /** @param {number} y */
  toY(y) {
    return (y - this.y) * this.scale + this.height / 2;
  }

  get fitScale() {
    const { left, right, top, bottom } = this.box;
    return Math.min((this.width - 24) / (right - left + 90), (this.height - 24) / (bottom - top + 70));
  }

  fit() {
    this.stop();
    this.scale = Math.min(FITTED_ZOOM, this.fitScale);
    this.x = (this.box.left + this.box.right) / 2;
    this.y = (this.box.top + this.box.bottom) / 2;
    this.changed();
  }

  /** Zoom about a point of the canvas; whether that changed anything. @param {number} factor */
  zoom(factor, x = this.width / 2, y = this.height / 2) {
    const least = Math.min(1, 0.8 * this.fitScale);
    const scale = Math.min(MOST_ZOOM, Math.max(least, this.scale * factor));
    if (scale === this.scale) return false;
    const shift = 1 / this.scale - 1 / scale;
    this.x += (x - this.width / 2) * shift;
    this.y += (y - this.height / 2) * shift;
    this.scale = scale;
    this.clamp();
    return true;
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.x -= dx / this.scale;
    this.y -= dy / this.scale;
    this.clamp();
  }

  clamp() {
    this.x = Math.min(this.box.right, Math.max(this.box.left, this.x));
    this.y = Math.min(this.box.bottom, Math.max(this.box.top, this.y));
    this.changed();
  }

  /** Show a place at once. @param {{x: number, y: number}} place */
  jump({ x, y }) {
    [this.x, this.y, this.scale] = [x, y, Math.max(this.scale, READABLE_ZOOM)];
    this.changed();
  }

  /** Glide to a place, or jump for those who want no motion. @param {{x: number, y: number}} place */
  glide({ x, y }) {
    this.stop();
    if (this.still.matches) return this.jump({ x, y });
    const from = { x: this.x, y: this.y, scale: this.scale };
    const scale = Math.max(this.scale, READABLE_ZOOM);
    const began = performance.now();
    const step = () => {
      const time = Math.min(1, (performance.now() - began) / 300);
      const part = time * (2 - time);
      this.scale = from.scale + (scale - from.scale) * part;
      this.x = from.x + (x - from.x) * part;
      this.y = from.y + (y - from.y) * part;
      this.changed();
      this.moving = time < 1 ? requestAnimationFrame(step) : 0;
    };
    return step();
  }

  stop() {
    cancelAnimationFrame(this.moving);
    this.moving = 0;
  }

  /** Take the canvas's size; what was shown as a whole stays so. @param {HTMLCanvasElement} canvas */
  resize(canvas) {
    const whole = this.width === 1 || Math.abs(this.scale - Math.min(FITTED_ZOOM, this.fitScale)) < 1e-6;
    this.width = Math.max(2, canvas.clientWidth);
    this.height = Math.max(2, canvas.clientHeight);
    this.ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(this.width * this.ratio);
    canvas.height = Math.round(this.height * this.ratio);
    if (whole) this.fit();
  }
}
