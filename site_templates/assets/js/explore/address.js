/** What is selected and filtered, kept in the address of the page so that it can be shared. */

/**
 * @typedef {import("./controls.js").Controls} Controls
 * @typedef {import("./graph.js").Graph} Graph
 * @typedef {import("./graph.js").Selection} Selection
 */

/** @param {Controls} controls @param {Graph} graph @param {Selection} selection */
export function keepInAddress(controls, graph, selection) {
  const address = new URL(location.href);
  const names = [...selection.supports].map((place) => graph.data.supports[place]);
  const values = {
    entry: selection.selected?.id, kind: controls.kind.value, steward: controls.steward.value,
    tag: controls.tag.value, support: names.length < graph.data.supports.length ? names.join(",") || "none" : "",
  };
  for (const [key, value] of Object.entries(values)) {
    if (value) address.searchParams.set(key, value);
    else address.searchParams.delete(key);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** Set the controls as the address says; the entry that it names. @param {Controls} controls @param {Graph} graph */
export function readFromAddress(controls, graph) {
  const values = new URL(location.href).searchParams;
  const { kind, steward, tag } = controls;
  for (const [key, control] of Object.entries({ kind, steward, tag })) {
    const wanted = values.get(key) ?? "";
    control.value = [...control.options].some((option) => option.value === wanted) ? wanted : "";
  }
  const supports = values.get("support")?.split(",");
  controls.supports.forEach((box, place) => {
    if (supports) box.checked = supports.includes(graph.data.supports[place]);
  });
  return graph.byId.get(values.get("entry") ?? "") ?? null;
}
