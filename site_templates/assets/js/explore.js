// Fetches the graph and starts the Explore view.

import { Explorer } from "./explore/explorer.js";

/** @param {HTMLElement} element @param {URL} root where the site starts */
export async function begin(element, root) {
  const answer = await fetch(new URL("api/v1/explore.json", root));
  return new Explorer(element, await answer.json(), { href: (id) => new URL(`entries/${id}/`, root).href });
}
