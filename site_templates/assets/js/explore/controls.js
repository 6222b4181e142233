/** What stands around the picture: the form of filters, the tools, and the places for the lists. */

import { element } from "./elements.js";

/**
 * @typedef {import("./graph.js").ExploreDocument} ExploreDocument
 * @typedef {ReturnType<typeof buildControls>} Controls
 */

let instances = 0;

/** Replace what `root` holds by the controls, the canvas and the lists. @param {HTMLElement} root
 * @param {ExploreDocument} data */
export function buildControls(root, data) {
  instances += 1;
  const unique = `ls-explore-${instances}`;
  const filters = buildForm(data, unique);
  const help = element(
    "p", { class: "ls-explore-help", id: `${unique}-help` },
    "Drag or use the arrow keys to move the picture; use the wheel, a pinch, + and − to zoom; 0 shows all of it. " +
      "A click or a tap selects an entry, Enter the one in the middle; Escape clears the selection.",
  );
  const canvas = element("canvas", {
    class: "ls-explore-canvas", tabindex: "0", role: "application", "aria-describedby": help.id,
    "aria-label": `Graph of ${data.nodes.length} entries and ${data.edges.length} statements`,
  });
  const tools = { closer: tool("+", "Zoom in"), further: tool("−", "Zoom out"), whole: tool("⤢", "Show all") };
  const live = element("p", { class: "ls-explore-live", role: "status", "aria-live": "polite" });
  const panel = element("section", { class: "ls-explore-panel", "aria-label": "The selected entry", hidden: "" });
  const count = element("h3");
  const list = element("div", { class: "ls-explore-list" });
  root.classList.add("ls-explore");
  root.replaceChildren(
    filters.form,
    element("div", { class: "ls-explore-picture" }, canvas,
      element("div", { class: "ls-explore-tools" }, ...Object.values(tools))),
    help, live, panel, element("section", { class: "ls-explore-shown" }, count, list),
  );
  return { ...filters, ...tools, canvas, live, panel, count, list };
}

/** @param {ExploreDocument} data @param {string} unique what the ids on the page begin with */
function buildForm(data, unique) {
  const present = new Set(data.nodes.map((node) => node[2]));
  const kind = choice("Kind", "All kinds", data.kinds.filter((_, place) => present.has(place)));
  const steward = choice("Steward", "All stewards", [...data.stewards].sort((a, b) => a.name.localeCompare(b.name)));
  const tag = choice("Tag", "All tags", data.tags.map((name) => ({ id: name, name })));
  const supports = data.supports.map(() => element("input", { type: "checkbox", checked: "" }));
  const labels = data.supports.map((name, place) =>
    element("label", {}, supports[place], element("span", { class: `ls-explore-key support-${name}` }), name),
  );
  const options = element("datalist", { id: `${unique}-names` });
  const search = element("input", {
    type: "search", list: options.id, autocomplete: "off", placeholder: "Name of an entry", enterkeyhint: "search",
  });
  const clear = element("button", { type: "button", class: "ls-explore-button" }, "Clear all");
  const find = element("button", { type: "submit", class: "ls-explore-button" }, "Find");
  const form = element(
    "form", { class: "ls-explore-form", role: "search", "aria-label": "Find and filter entries" },
    element("div", { class: "ls-explore-field ls-explore-find" },
      element("label", {}, element("span", {}, "Find"), search, options), find),
    kind.field, steward.field, tag.field,
    element("fieldset", { class: "ls-explore-supports" }, element("legend", {}, "Support"), ...labels),
    clear,
  );
  return { form, search, options, clear, supports, kind: kind.control, steward: steward.control, tag: tag.control };
}

/** @param {string} label @param {string} all what no choice is called @param {{id: string, name: string}[]} choices */
function choice(label, all, choices) {
  const control = element("select", {}, element("option", { value: "" }, all));
  control.append(...choices.map(({ id, name }) => element("option", { value: id }, name)));
  return { control, field: element("label", { class: "ls-explore-field" }, element("span", {}, label), control) };
}

/** @param {string} sign @param {string} label */
function tool(sign, label) {
  return element("button", { type: "button", class: "ls-explore-tool", "aria-label": label, title: label }, sign);
}
