// Filters and sorts the rows of the page's tables. The state is in the address, so that it can be shared.

/** @param {HTMLFormElement} form */
export function begin(form) {
  const tables = [...document.querySelectorAll("table.ls-matrix, table[data-rows]")];
  const rows = tables.map((table) => [...table.querySelectorAll("tbody tr")]);
  const asked = new URLSearchParams(location.search);
  for (const field of fields(form)) {
    const value = asked.get(field.name);
    if (value === null) continue;
    if (field.type === "checkbox") field.checked = value === field.value;
    else field.value = value;
  }
  const apply = () => {
    const wanted = read(form);
    let shown = 0;
    let all = 0;
    tables.forEach((table, place) => {
      const body = table.tBodies[0];
      for (const row of rows[place]) {
        row.hidden = !fits(row, wanted);
        all += 1;
        shown += row.hidden ? 0 : 1;
      }
      if (body) body.append(...ordered(rows[place], wanted.sort || ""));
    });
    form.querySelector("output").textContent = shown === all ? "" : `${shown} of ${all} rows`;
    remember(wanted);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  for (const table of tables) table.addEventListener("keydown", move);
  apply();
}

function fields(form) {
  return [...form.elements].filter((field) => field.name);
}

function read(form) {
  const wanted = {};
  for (const field of fields(form)) {
    const value = field.type === "checkbox" ? (field.checked ? field.value : "") : field.value;
    if (value) wanted[field.name] = value;
  }
  const sort = form.elements.namedItem("sort");
  if (sort && sort.selectedIndex === 0) delete wanted.sort;
  return wanted;
}

function fits(row, wanted) {
  const has = row.dataset;
  const text = (wanted.find || "").trim().toLowerCase();
  return (
    (!text || (has.name || "").includes(text)) &&
    (!wanted.tag || (has.tags || "").split(" ").includes(wanted.tag)) &&
    (!wanted.steward || has.steward === wanted.steward) &&
    (!wanted.kind || has.kind === wanted.kind) &&
    (!wanted.status || has.status === wanted.status) &&
    (!wanted.certainty || has.certainty === wanted.certainty) &&
    (!wanted.gaps || row.querySelector(".ls-weak, .ls-missing, .ls-regressed") !== null)
  );
}

/** Rows in an order; the first order offered is that of the page. */
function ordered(rows, sort) {
  if (!sort) return rows;
  const turned = sort.startsWith("-");
  const key = turned ? sort.slice(1) : sort;
  const sign = turned || key === "name" ? 1 : -1;
  const value = (row) => (key === "name" ? row.dataset.name || "" : Number(row.dataset[key] || 0));
  return [...rows].sort((a, b) => (value(a) < value(b) ? -sign : value(a) > value(b) ? sign : 0));
}

function remember(wanted) {
  const query = new URLSearchParams(wanted).toString();
  history.replaceState(history.state, "", `${location.pathname}${query ? `?${query}` : ""}${location.hash}`);
}

/** Arrow keys move from cell to cell of a matrix. */
function move(event) {
  const step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
  const cell = event.target.closest("td, th");
  if (!step || !cell || event.altKey || event.ctrlKey || event.metaKey) return;
  const lines = [...event.currentTarget.rows].filter((row) => !row.hidden);
  const line = lines.indexOf(cell.parentElement);
  const row = lines[line + step[0]];
  let next = row && row.cells[cell.cellIndex + step[1]];
  while (next && !next.querySelector("a")) {
    next = step[1] ? next.parentElement.cells[next.cellIndex + step[1]] : lines[lines.indexOf(next.parentElement) + step[0]]?.cells[next.cellIndex];
  }
  if (next) {
    event.preventDefault();
    next.querySelector("a").focus();
  }
}
