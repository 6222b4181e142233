// Filters and sorts what the page lists: the rows and columns of its tables, and items in groups. The state is in the
// address, so that it can be shared.

import { recount } from "./counts.js";

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {Record<string, string>} Wanted */

/** @param {HTMLFormElement} form */
export function begin(form) {
  /** @type {NodeListOf<HTMLTableElement>} */
  const matrices = document.querySelectorAll("table.ls-matrix, table[data-rows]");
  const tables = [...matrices];
  const rowsOf = new Map(tables.map((table) => [table, [...table.tBodies].flatMap((body) => [...body.rows])]));
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-item]"))];
  const groups = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-group]"))];
  restore(form);
  const apply = () => {
    const wanted = read(form);
    for (const table of tables) {
      hideColumns(table, wanted.column || "");
      const rows = rowsOf.get(table) ?? [];
      for (const row of rows) row.hidden = !fits(row, wanted);
      table.tBodies[0]?.append(...ordered(rows, wanted.sort || ""));
      recount(table);
      empty(table);
    }
    for (const item of items) item.hidden = !fits(item, wanted);
    for (const group of groups) gather(group);
    unfold(Object.keys(wanted).length > 0);
    tell(form, [...[...rowsOf.values()].flat(), ...items], items.length ? "connections" : "rows");
    remember(wanted);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const table of tables) table.addEventListener("keydown", move);
  const all = document.querySelector("button[data-all]");
  all?.addEventListener("click", () => {
    all.remove();
    unfold(true);
  });
  apply();
}

/** A long list shows its first items, and all where it is filtered or was asked for all. @param {boolean} whole */
function unfold(whole) {
  const button = document.querySelector("button[data-all]");
  if (button instanceof HTMLElement) button.hidden = whole;
  const list = document.querySelector(".ls-fixes");
  list?.classList.toggle("ls-all", whole || !button);
}

/** @param {HTMLFormElement} form @param {HTMLElement[]} listed @param {string} what */
function tell(form, listed, what) {
  const shown = listed.filter((one) => !one.hidden).length;
  const output = form.querySelector("output");
  if (output) output.textContent = shown === listed.length ? "" : `${shown} of ${listed.length} ${what}`;
  for (const none of document.querySelectorAll("[data-nothing]")) if (none instanceof HTMLElement) none.hidden = shown > 0;
}

/** Fill the form as the address says. @param {HTMLFormElement} form */
function restore(form) {
  const asked = new URLSearchParams(location.search);
  for (const field of fields(form)) {
    const value = asked.get(field.name);
    if (value === null) continue;
    if (isBox(field)) field.checked = value === field.value;
    else field.value = value;
  }
}

/** Show those columns of a table whose name or tag holds a text. @param {HTMLTableElement} table @param {string} text */
function hideColumns(table, text) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])];
  const wanted = text.trim().toLowerCase();
  heads.forEach((head, place) => {
    if (head.dataset.name === undefined) return;
    const hidden = Boolean(wanted) && !`${head.dataset.name} ${head.dataset.tags ?? ""}`.includes(wanted);
    if (head.hidden !== hidden) for (const row of table.rows) row.cells[place].hidden = hidden;
  });
}

/** Where nothing of a table is left, say so in its place. @param {HTMLTableElement} table */
function empty(table) {
  const heads = [...(table.tHead?.rows[0]?.cells ?? [])].filter((head) => head.dataset.name !== undefined);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const none = rows.every((row) => row.hidden) || (heads.length > 0 && heads.every((head) => head.hidden));
  const box = table.parentElement;
  const said = box?.nextElementSibling;
  if (box && said instanceof HTMLElement && said.dataset.none !== undefined) {
    box.hidden = none;
    said.hidden = !none;
  }
}

/** Hide a group without items, and say how many of them are shown. @param {HTMLElement} group */
function gather(group) {
  const items = [.../** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll("[data-item]"))];
  const shown = items.filter((item) => !item.hidden).length;
  group.hidden = shown === 0;
  const said = group.querySelector("[data-shown]");
  if (said) said.textContent = shown === items.length ? "" : `${shown} of `;
}

/** @param {HTMLFormElement} form */
function fields(form) {
  return /** @type {Field[]} */ ([...form.elements]).filter((field) => field.name);
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isBox(field) {
  return field.type === "checkbox";
}

/** What the form asks for, by field. @param {HTMLFormElement} form */
function read(form) {
  /** @type {Wanted} */
  const wanted = {};
  for (const field of fields(form)) {
    const value = isBox(field) && !field.checked ? "" : field.value;
    if (value) wanted[field.name] = value;
  }
  const sort = form.elements.namedItem("sort");
  if (sort instanceof HTMLSelectElement && sort.selectedIndex === 0) delete wanted.sort;
  return wanted;
}

const GAPS = "td:not([hidden]):is(.ls-weak, .ls-missing, .ls-regressed)";

/** @param {HTMLElement} one a row or an item @param {Wanted} wanted */
function fits(one, wanted) {
  const has = one.dataset;
  const text = (wanted.find || "").trim().toLowerCase();
  return (
    (!text || (has.name || "").includes(text)) &&
    (!wanted.tag || (has.tags || "").split(" ").includes(wanted.tag)) &&
    (!wanted.steward || has.steward === wanted.steward) &&
    (!wanted.kind || has.kind === wanted.kind) &&
    (!wanted.side || has.side === wanted.side) &&
    (!wanted.status || has.status === wanted.status) &&
    (!wanted.certainty || has.certainty === wanted.certainty) &&
    (!wanted.gaps || one.querySelector(GAPS) !== null)
  );
}

/**
 * Rows in an order; the first order offered is that of the page.
 * @param {HTMLTableRowElement[]} rows @param {string} sort
 */
function ordered(rows, sort) {
  if (!sort) return rows;
  const reversed = sort.startsWith("-");
  const key = reversed ? sort.slice(1) : sort;
  const sign = reversed || key === "name" ? 1 : -1;
  const value = (/** @type {HTMLTableRowElement} */ row) => (key === "name" ? row.dataset.name || "" : Number(row.dataset[key] || 0));
  return [...rows].sort((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : 0));
}

/** @param {Wanted} wanted */
function remember(wanted) {
  const query = new URLSearchParams(wanted).toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** @type {Record<string, [rows: number, columns: number]>} */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** Arrow keys move from cell to cell of a matrix, past those without a link or that are hidden. @param {KeyboardEvent} event */
function move(event) {
  const step = STEPS[event.key];
  const cell = event.target instanceof Element ? event.target.closest("td, th") : null;
  const table = event.currentTarget;
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!(cell instanceof HTMLTableCellElement) || !(table instanceof HTMLTableElement)) return;
  const lines = [...table.rows].filter((row) => !row.hidden);
  let line = lines.findIndex((row) => row.contains(cell));
  let column = cell.cellIndex;
  let next;
  do {
    line += step[0];
    column += step[1];
    next = lines[line]?.cells[column];
  } while (next && (next.hidden || !next.querySelector("a")));
  const link = next?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}
