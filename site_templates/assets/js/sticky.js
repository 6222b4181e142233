// Heads of tables stick to the window. Where a table is wider than its box, the box scrolls sideways; a head within it
// could then stick to the box alone, so a copy of it above the box takes its place and scrolls along.

/** @typedef {{box: HTMLElement, table: HTMLTableElement, copy: HTMLElement | null, seen: IntersectionObserver | null}} Stuck */

export function begin() {
  const boxes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".ls-scroll:not([data-sticks])"))];
  measureTop();
  addEventListener("resize", measureTop);
  for (const box of boxes) {
    const table = box.querySelector("table");
    if (!table?.tHead) continue;
    box.dataset.sticks = "";
    /** @type {Stuck} */
    const stuck = { box, table, copy: null, seen: null };
    const look = () => update(stuck);
    const watch = new ResizeObserver(look);
    watch.observe(box);
    watch.observe(table);
    box.addEventListener("scroll", () => follow(stuck), { passive: true });
  }
}

/** Heads stick below whatever of the theme's own head stays. */
function measureTop() {
  const header = document.querySelector(".md-header");
  const height = header instanceof HTMLElement ? header.offsetHeight : 0;
  document.documentElement.style.setProperty("--ls-top", `${height}px`);
}

/** @param {Stuck} stuck */
function update(stuck) {
  const { box, table } = stuck;
  if (!box.clientWidth) return;
  box.classList.remove("ls-fits");
  const wide = table.scrollWidth > box.clientWidth + 1;
  box.classList.toggle("ls-fits", !wide);
  stuck.copy?.remove();
  stuck.seen?.disconnect();
  stuck.copy = wide ? copied(table) : null;
  if (!stuck.copy) return;
  framed(box).prepend(stuck.copy);
  follow(stuck);
  stuck.seen = showing(stuck.copy, /** @type {HTMLTableSectionElement} */ (table.tHead));
}

/** What holds a box and its copy alone: a copy sticks no longer than the box is there. @param {HTMLElement} box */
function framed(box) {
  const parent = box.parentElement;
  if (parent?.classList.contains("ls-frame")) return parent;
  const frame = document.createElement("div");
  frame.className = "ls-frame";
  box.replaceWith(frame);
  frame.append(box);
  return frame;
}

/** Show a copy while the head itself is behind what stays at the window's top. @param {HTMLElement} copy @param {HTMLElement} head */
function showing(copy, head) {
  const top = Number.parseFloat(getComputedStyle(copy).top) || 0;
  const look = (/** @type {IntersectionObserverEntry[]} */ seen) => {
    const last = seen[seen.length - 1];
    copy.classList.toggle("ls-needed", last.boundingClientRect.top < top);
  };
  // All that is below counts as seen, so that nobody can scroll past without a call.
  const rootMargin = `-${top}px 0px 1000000px 0px`;
  const observer = new IntersectionObserver(look, { rootMargin, threshold: [...Array(21).keys()].map((part) => part / 20) });
  observer.observe(head);
  return observer;
}

/** A copy of a table's head, as wide, for eyes and pointers alone. @param {HTMLTableElement} table */
function copied(table) {
  const holder = document.createElement("div");
  holder.className = "ls-head";
  holder.ariaHidden = "true";
  const copy = /** @type {HTMLTableElement} */ (table.cloneNode(false));
  const head = /** @type {HTMLTableSectionElement} */ (table.tHead);
  copy.removeAttribute("data-expectation");
  copy.removeAttribute("data-rows");
  copy.append(head.cloneNode(true));
  copy.style.width = `${table.offsetWidth}px`;
  copy.style.tableLayout = "fixed";
  for (const one of copy.querySelectorAll("[id]")) one.removeAttribute("id");
  for (const link of copy.querySelectorAll("a")) link.tabIndex = -1;
  const widths = [...head.rows[0].cells].map((cell) => cell.getBoundingClientRect().width);
  [...copy.rows[0].cells].forEach((cell, place) => {
    cell.style.width = `${widths[place]}px`;
    cell.style.minWidth = cell.style.maxWidth = `${widths[place]}px`;
  });
  holder.append(copy);
  holder.style.marginBottom = `-${head.offsetHeight}px`;
  holder.style.height = `${head.offsetHeight}px`;
  return holder;
}

/** @param {Stuck} stuck */
function follow({ box, copy }) {
  if (copy) copy.scrollLeft = box.scrollLeft;
}
