// Filters and sorts the rows of the page's tables. The state is in the address, so that it can be shared.

/** @typedef {HTMLInputElement | HTMLSelectElement} Field */

/** @param {HTMLFormElement} form */
export function begin(form) {
  /** @type {NodeListOf<HTMLTableElement>} */
  const found = document.querySelectorAll("table.ls-matrix, table[data-rows]");
  const tables = [...found];
  const bodies = tables.flatMap((table) => [...table.tBodies]);
  const rows = tables.map((table) => [...table.tBodies].flatMap((body) => [...body.rows]).filter(isRow));
  const asked = new URLSearchParams(location.search);
  for (const field of fields(form)) {
    const value = asked.get(field.name);
    if (value === null) continue;
    if (isBox(field)) field.checked = value === field.value;
    else field.value = value;
  }
  const apply = () => {
    const wanted = read(form);
    let shown = 0;
    let all = 0;
    tables.forEach((table, place) => {
      for (const row of rows[place]) {
        row.hidden = !fits(row, wanted);
        all += 1;
        shown += row.hidden ? 0 : 1;
      }
      if (table.tBodies.length === 1) table.tBodies[0].append(...ordered(rows[place], wanted.sort || ""));
    });
    for (const body of bodies) body.hidden = [...body.rows].filter(isRow).every((row) => row.hidden);
    const output = form.querySelector("output");
    if (output) output.textContent = shown === all ? "" : `${shown} of ${all} rows`;
    remember(wanted);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const table of tables) table.addEventListener("keydown", move);
  apply();
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
  /** @type {Record<string, string>} */
  const wanted = {};
  for (const field of fields(form)) {
    const value = isBox(field) && !field.checked ? "" : field.value;
    if (value) wanted[field.name] = value;
  }
  const sort = form.elements.namedItem("sort");
  if (sort instanceof HTMLSelectElement && sort.selectedIndex === 0) delete wanted.sort;
  return wanted;
}

/** Whether a row is no title of a group. @param {HTMLTableRowElement} row */
function isRow(row) {
  return row.dataset.group === undefined;
}

/** @param {HTMLTableRowElement} row @param {Record<string, string>} wanted */
function fits(row, wanted) {
  const has = row.dataset;
  const text = (wanted.find || "").trim().toLowerCase();
  return (
    (!text || (has.name || "").includes(text)) &&
    (!wanted.tag || (has.tags || "").split(" ").includes(wanted.tag)) &&
    (!wanted.steward || has.steward === wanted.steward) &&
    (!wanted.kind || has.kind === wanted.kind) &&
    (!wanted.side || has.side === wanted.side) &&
    (!wanted.status || has.status === wanted.status) &&
    (!wanted.certainty || has.certainty === wanted.certainty) &&
    (!wanted.gaps || row.querySelector(".ls-weak, .ls-missing, .ls-regressed") !== null)
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

/** @param {Record<string, string>} wanted */
function remember(wanted) {
  const query = new URLSearchParams(wanted).toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** @type {Record<string, [rows: number, columns: number]>} */
const STEPS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** Arrow keys move from cell to cell of a matrix, past those without a link. @param {KeyboardEvent} event */
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
  } while (next && !next.querySelector("a"));
  const link = next?.querySelector("a");
  if (!link) return;
  event.preventDefault();
  link.focus();
}
