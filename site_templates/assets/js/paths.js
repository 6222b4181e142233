// Finds the ways from one entry to another, as `landscape path` does.

import { createRoutes } from "./routes.js";

export async function begin(form, root) {
  if (form.dataset.begun) return;
  form.dataset.begun = "yes";
  const place = document.querySelector("[data-ways]");
  const load = async (name) => (await fetch(new URL(`api/v1/${name}`, root))).json();
  const [data, stated] = await Promise.all([load("routing.json"), load("statements.json")]);
  const routes = createRoutes(data);
  const statements = new Map(
    (stated.statements || stated).map((one) => [`${one.from} ${one.relation} ${one.to}`, one]),
  );
  const entries = data.entries.map(([id, name]) => ({ id, name }));
  const called = new Map();
  for (const { id, name } of entries) called.set(name.toLowerCase(), id);
  for (const { id } of entries) called.set(id, id);
  const names = new Map(entries.map(({ id, name }) => [id, name]));
  const show = () => {
    const [from, to] = ["from", "to"].map((end) => called.get(form.elements.namedItem(end).value.trim().toLowerCase()));
    if (!from || !to || from === to) {
      if (form.elements.namedItem("from").value && form.elements.namedItem("to").value)
        place.replaceChildren(text("p", from === to && from ? "Name two different entries." : "One of the two is not on the map.", "ls-empty"));
      return;
    }
    const found = routes.paths(from, to, 5);
    place.replaceChildren(
      text("h2", `${names.get(from)} to ${names.get(to)}`),
      ...(found.length ? found.map((way, at) => drawn(way, at)) : [none(from, to)]),
    );
    history.replaceState(history.state, "", `${location.pathname}?from=${from}&to=${to}`);
  };
  const drawn = (way, at) => {
    const box = text("section", "", "ls-way");
    const chain = [way.hops[0].from, ...way.hops.map((hop) => hop.to)].map((id) => names.get(id)).join(" → ");
    box.append(text("h3", `${at + 1}. ${chain}`));
    const cargo = data.cargo.length === way.carries.length ? "everything" : way.carries.map((id) => cargoName(id)).join(", ") || "nothing";
    const windows = way.windows.map((one) => (one.empty ? `no version of ${one.of} suits all of it` : `needs ${one.of} ${one.versions}`));
    box.append(text("p", [way.strength, `survives: ${cargo}`, ...windows].join("; ")));
    const list = document.createElement("ol");
    for (const hop of way.hops) list.append(step(hop));
    box.append(list);
    return box;
  };
  const cargoName = (id) => {
    const one = data.cargo.find((cargo) => (cargo.id || cargo) === id);
    return (one && one.name) || id;
  };
  const step = (hop) => {
    const item = document.createElement("li");
    const one = statements.get(hop.statement);
    const verb = data.relations.find((relation) => (relation.id || relation[0]) === hop.relation);
    const [a, , b] = hop.statement.split(" ");
    item.append(link(a), ` ${(verb && (verb.reads || verb[1])) || hop.relation} `, link(b), " ", text("span", hop.support, `ls-support ls-support-${hop.support}`));
    if (one && one.api) item.append(" ", text("code", one.api));
    if (one && one.by) item.append(" ", text("span", `by ${one.by}`, "ls-note"));
    if (hop.verified) item.append(" ", text("span", "✓ verified", "ls-proven"));
    if (one && one.limits) item.append(" ", text("span", one.limits, "ls-limits"));
    for (const evidence of one ? one.evidence.slice(0, 1) : []) {
      if (!/^https?:\/\//.test(evidence.url)) continue;
      const shown = text("a", evidence.shows, "ls-evidence");
      shown.href = evidence.url;
      item.append(" ", shown);
    }
    return item;
  };
  const link = (id) => {
    const one = text("a", names.get(id) || id);
    one.href = new URL(`entries/${id}/`, root).href;
    return one;
  };
  const none = (from, to) => {
    const box = text("p", `There is no way today. `, "ls-empty");
    const more = text("code", `landscape path ${from} ${to}`);
    box.append(more, " names the single edges that would open one.");
    return box;
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  form.querySelector("[data-swap]").addEventListener("click", () => {
    const [a, b] = ["from", "to"].map((end) => form.elements.namedItem(end));
    [a.value, b.value] = [b.value, a.value];
    show();
  });
  const asked = new URLSearchParams(location.search);
  for (const end of ["from", "to"]) {
    const id = called.get((asked.get(end) || "").toLowerCase());
    if (id) form.elements.namedItem(end).value = names.get(id);
  }
  show();
}

function text(tag, content, name) {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}
