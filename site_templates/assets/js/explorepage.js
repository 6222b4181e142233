// Fetches the graph and starts the Explore view.

import { start } from "./explore.js";

export async function begin(element, root) {
  const answer = await fetch(new URL("api/v1/explore.json", root));
  start(element, await answer.json(), { href: (id) => new URL(`entries/${id}/`, root).href });
}
