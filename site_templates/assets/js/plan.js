// What if? Ticked fixes are laid, and every expected pair is counted anew.

import { createRoutes } from "./routes.js";

export async function begin(panel, root) {
  if (panel.dataset.begun) return;
  panel.dataset.begun = "yes";
  const answer = await fetch(new URL("api/v1/routing.json", root));
  const data = await answer.json();
  const routes = createRoutes(data);
  const before = routes.tallies([]);
  const boxes = [...document.querySelectorAll("input[data-edges]")];
  for (const list of document.querySelectorAll(".ls-plan")) list.classList.add("ls-live");
  const asked = new URLSearchParams(location.search).getAll("with");
  for (const box of boxes) box.checked = asked.includes(box.dataset.edges);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).map((box) => box.dataset.edges);
    const assumed = ticked.flatMap((edges) => edges.split("|"));
    const after = routes.tallies(assumed);
    const closed = routes.closed(assumed);
    panel.replaceChildren(title(ticked.length, closed.length), figures(data, before, after));
    const query = new URLSearchParams(ticked.map((edges) => ["with", edges])).toString();
    history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}`);
  };
  for (const box of boxes) box.addEventListener("change", show);
  show();
}

function title(ticked, closed) {
  const line = document.createElement("b");
  line.textContent = ticked
    ? `${ticked} ticked: ${closed} gap${closed === 1 ? "" : "s"} would close`
    : "What if? Tick steps to see what they would do together.";
  return line;
}

function figures(data, before, after) {
  const list = document.createElement("dl");
  const rows = [...data.sides.map((side) => [side.name, before.sides[side.id], after.sides[side.id]]), ["All sides", before.all, after.all]];
  for (const [name, old, now] of rows) {
    const term = document.createElement("dt");
    const figure = document.createElement("dd");
    term.textContent = name;
    const changed = now.met !== old.met;
    figure.textContent = changed ? `${percent(old.score)} → ${percent(now.score)} (+${now.met - old.met})` : percent(old.score);
    if (changed) figure.style.fontWeight = "700";
    const group = document.createElement("div");
    group.append(term, figure);
    list.append(group);
  }
  return list;
}

function percent(share) {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)} %`;
}
