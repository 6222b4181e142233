/** The colours of the theme as the canvas needs them. */

import { element, pen } from "./elements.js";

/**
 * @typedef {{background: string, text: string, muted: string, accent: string, kinds: string[], supports: string[],
 *   font: string}} Colours
 * @typedef {import("./graph.js").ExploreDocument} ExploreDocument
 */

/** The colours of the theme as it is now. @param {HTMLElement} root @param {ExploreDocument} data @returns {Colours} */
export function readColours(root, data) {
  const probe = element("span", { hidden: "" });
  root.append(probe);
  const read = reader(probe);
  const background = read("var(--md-default-bg-color, #fff)");
  const text = read("var(--md-default-fg-color, #222)", background);
  const muted = read("var(--md-default-fg-color--light, #666)", background);
  const north = read("var(--ls-north, #00897b)", background);
  const south = read("var(--ls-south, #e8710a)", background);
  const accent = read("var(--md-accent-fg-color, #526cfe)", background);
  const between = mix(text, background, 0.45);
  const last = Math.max(1, data.kinds.length - 1);
  const kinds = data.kinds.map((_, place) => {
    const part = (2 * place) / last;
    return css(part < 1 ? mix(north, between, part) : mix(between, south, part - 1));
  });
  const supports = data.supports.map((name) =>
    css(read(`var(--ls-${CSS.escape(name)}, var(--md-default-fg-color--light, #666))`, background)),
  );
  const font = getComputedStyle(root).fontFamily || "sans-serif";
  probe.remove();
  return {
    background: css(background), text: css(text), muted: css(muted), accent: css(accent), kinds, supports, font,
  };
}

/** Whatever notation a colour is in, a pixel painted with it is red, green and blue. @param {HTMLElement} probe */
function reader(probe) {
  const pixel = document.createElement("canvas");
  pixel.width = pixel.height = 1;
  const context = pen(pixel, { willReadFrequently: true });
  return (/** @type {string} */ value, under = [255, 255, 255]) => {
    probe.style.color = value;
    for (const colour of [css(under), getComputedStyle(probe).color]) {
      context.fillStyle = colour;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
}

/** @param {number[]} colour */
function css(colour) {
  return `rgb(${colour.join()})`;
}

/** @param {number[]} a @param {number[]} b @param {number} part how far from `a` to `b` */
function mix(a, b, part) {
  return a.map((value, i) => Math.round(value + (b[i] - value) * part));
}
