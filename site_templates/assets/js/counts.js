// The last column and the last row of a matrix, counted anew over the rows and columns that are shown.

/** What the page said where nothing was hidden. @type {WeakMap<HTMLTableCellElement, Node[]>} */
const said = new WeakMap();

/** @param {HTMLTableElement} table */
export function recount(table) {
  const totals = table.tFoot?.rows[0];
  if (!totals) return;
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]);
  const shown = rows.filter((row) => !row.hidden);
  const whole = shown.length === rows.length && [...totals.cells].every((cell) => !cell.hidden);
  const last = totals.cells.length - 1;
  for (const row of rows) write(row.cells[last], whole ? null : [...row.cells].slice(1, -1).filter((cell) => !cell.hidden));
  for (let place = 1; place < last; place += 1) {
    write(totals.cells[place], whole ? null : shown.map((row) => row.cells[place]));
  }
}

/** Write how many of some cells work, or what was there at first. @param {HTMLTableCellElement} total @param {HTMLTableCellElement[] | null} cells */
function write(total, cells) {
  const first = said.get(total);
  if (!cells) {
    if (first) total.replaceChildren(...first);
    return;
  }
  if (!first) said.set(total, [...total.childNodes]);
  const expected = cells.filter((cell) => cell.dataset.standing !== undefined);
  const works = expected.filter((cell) => cell.dataset.standing === "works").length;
  const share = document.createElement("small");
  share.textContent = expected.length ? `${Math.round((100 * works) / expected.length)} %` : "–";
  total.replaceChildren(`${works}/${expected.length} `, share);
}
