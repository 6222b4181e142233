// Answers the question of the start page in its place: one that is written, or one of those that stand below.

import { Asking } from "./asking.js";

/** @param {HTMLElement} box @param {URL} root where the site starts */
export function begin(box, root) {
  const form = box.querySelector("form");
  const place = box.querySelector("[data-answer]");
  if (!form || !place || box.dataset.begun) return;
  box.dataset.begun = "yes";
  const asking = new Asking(form, place, root, false);
  asking.start();
  box.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a[data-from]") : null;
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    asking.ask(link.dataset.from ?? "", link.dataset.to ?? "");
  });
}
