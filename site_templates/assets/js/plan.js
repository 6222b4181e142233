// What if? Ticked fixes are assumed, and every expected pair is counted anew.

import { createRoutes } from "./routes.js";

/**
 * @typedef {import("./routes.js").RoutingDocument} RoutingDocument
 * @typedef {import("./routes.js").Tally} Tally
 * @typedef {{all: Tally, sides: Record<string, Tally>}} Tallies
 */

/** @param {HTMLElement} panel @param {URL} root where the site starts */
export async function begin(panel, root) {
  if (panel.dataset.begun) return;
  panel.dataset.begun = "yes";
  const answer = await fetch(new URL("api/v1/routing.json", root));
  /** @type {RoutingDocument} */
  const data = await answer.json();
  const routes = createRoutes(data);
  const before = routes.tallies([]);
  const boxes = [.../** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[data-edges]"))];
  const edgesOf = (/** @type {HTMLInputElement} */ box) => box.dataset.edges ?? "";
  for (const list of document.querySelectorAll(".ls-plan")) list.classList.add("ls-live");
  const chosen = new URLSearchParams(location.search).getAll("with");
  // Where the address ticks nothing, what was ticked while the map was on its way stays.
  if (chosen.length) for (const box of boxes) box.checked = chosen.includes(edgesOf(box));
  const question = panel.textContent?.trim() ?? "";
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).map(edgesOf);
    const assumed = ticked.flatMap((edges) => edges.split("|"));
    const closed = routes.closed(assumed);
    panel.replaceChildren(title(ticked.length, closed.length, question), figures(data, before, routes.tallies(assumed)));
    const query = new URLSearchParams(ticked.map((edges) => ["with", edges])).toString();
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
  };
  for (const box of boxes) box.addEventListener("change", show);
  show();
}

/** @param {number} ticked @param {number} closed @param {string} question what the panel says where nothing is ticked */
function title(ticked, closed, question) {
  const line = document.createElement("b");
  line.textContent = ticked
    ? `${ticked} ticked: ${closed} gap${closed === 1 ? "" : "s"} would close`
    : question;
  return line;
}

/** @param {RoutingDocument} data @param {Tallies} before @param {Tallies} after */
function figures(data, before, after) {
  const list = document.createElement("dl");
  list.append(
    ...data.sides.map((side) => figure(side.name, before.sides[side.id], after.sides[side.id])),
    figure(data.phrases.all_sides, before.all, after.all),
  );
  return list;
}

/** @param {string} name @param {Tally} before @param {Tally} after */
function figure(name, before, after) {
  const term = document.createElement("dt");
  const value = document.createElement("dd");
  const changed = after.met !== before.met;
  term.textContent = name;
  value.textContent = changed
    ? `${percent(before.score)} → ${percent(after.score)} (+${after.met - before.met})`
    : percent(before.score);
  if (changed) value.style.fontWeight = "700";
  const group = document.createElement("div");
  if (changed) group.className = "ls-moved";
  group.append(term, value);
  return group;
}

/** @param {number | null} share */
function percent(share) {
  return share === null ? "–" : `${(share * 100).toFixed(1)} %`;
}
