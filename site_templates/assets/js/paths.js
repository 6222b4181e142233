// Finds the routes from one entry to another, as `landscape path` does.

import { Asking } from "./asking.js";

/** @param {HTMLFormElement} form @param {URL} root where the site starts */
export function begin(form, root) {
  const place = document.querySelector("[data-routes]");
  if (!place || form.dataset.begun) return;
  form.dataset.begun = "yes";
  new Asking(form, place, root, true).start();
}
