// A matrix as a picture for slides: what is shown of it now, with its sentence and what the marks mean.

/** @typedef {{mark: string, how: string, status: string} | null} Cell */
/** @typedef {{title: string, says: string, legend: string[], source: string, heads: string[], rows: {name: string, cells: Cell[], total: string}[]}} Shown */

const [SIZE, ROW, COLUMN, HEAD, SIDE] = [13, 30, 84, 112, 190];
const FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
/** @type {Record<string, [ink: string, ground: string]>} */
const COLOURS = {
  met: ["#00695c", "#d5ebe7"],
  weak: ["#7a5200", "#fbeccb"],
  regressed: ["#8e2a6b", "#f6e1ee"],
  missing: ["#5b6470", "#ffffff"],
};

export function begin() {
  for (const button of document.querySelectorAll("button[data-picture]:not([data-begun])")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.dataset.begun = "";
    button.addEventListener("click", () => give(button));
  }
}

/** @param {HTMLButtonElement} button */
async function give(button) {
  const section = button.closest("[data-section]");
  const table = section?.querySelector("table.ls-matrix");
  if (!(section instanceof HTMLElement) || !(table instanceof HTMLTableElement)) return;
  const svg = drawn(read(section, table));
  const name = table.dataset.expectation ?? "table";
  if (button.dataset.picture === "svg") save(new Blob([svg.text], { type: "image/svg+xml" }), `${name}.svg`);
  else save(await painted(svg), `${name}.png`);
}

/** @param {HTMLElement} section @param {HTMLTableElement} table @returns {Shown} */
function read(section, table) {
  const any = table.classList.contains("ls-any");
  const heads = [...(table.tHead?.rows[0].cells ?? [])].slice(1, any ? undefined : -1);
  const kept = heads.map((head, place) => (head.hidden ? -1 : place)).filter((place) => place >= 0);
  const rows = [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => !row.hidden);
  const text = (/** @type {Element | null | undefined} */ one) => one?.textContent?.trim().replace(/\s+/gu, " ") ?? "";
  return {
    title: text(section.querySelector("h2")).replace("¶", "").trim(),
    says: text(section.querySelector(".ls-says")),
    legend: [...document.querySelectorAll(".ls-legend > span")].map((one) => text(one).split(":")[0]),
    source: `${document.querySelector("meta[property='og:site_name']")?.getAttribute("content") ?? ""} ${location.href.split("?")[0]}`.trim(),
    heads: kept.map((place) => text(heads[place])),
    rows: rows.map((row) => ({
      name: text(row.cells[0]),
      cells: kept.map((place) => cellOf(row.cells[place + 1], text)),
      total: any ? "" : text(row.cells[row.cells.length - 1]),
    })),
  };
}

/** @param {HTMLTableCellElement} cell @param {(one: Element | null) => string} text @returns {Cell} */
function cellOf(cell, text) {
  const status = Object.keys(COLOURS).find((one) => cell.classList.contains(`ls-${one}`));
  if (!status) return cell.classList.contains("ls-none") ? null : { mark: text(cell), how: "", status: "missing" };
  const mark = [...cell.querySelectorAll("a > span")].map(text).join("");
  return { mark, how: text(cell.querySelector("small")), status };
}

/** @param {Shown} shown */
function drawn(shown) {
  const any = shown.heads.length === 2 && shown.rows.every((row) => !row.total);
  const column = any ? 220 : COLUMN;
  const side = Math.max(SIDE, ...shown.rows.map((row) => row.name.length * 7.4 + 16));
  const width = Math.max(side + shown.heads.length * column + (any ? 0 : COLUMN) + 40, 760);
  const says = wrapped(shown.says, (width - 40) / 7);
  const top = 54 + says.length * 19;
  const height = top + HEAD + shown.rows.length * ROW + 70;
  const parts = [`<rect width="${width}" height="${height}" fill="#ffffff"/>`, words(20, 34, shown.title, 22, "#1b1f24", "700")];
  says.forEach((line, place) => parts.push(words(20, 58 + place * 19, line, 14, "#3c434b")));
  shown.heads.forEach((head, place) => {
    const lines = wrapped(head, any ? 30 : 12);
    lines.forEach((line, row) => parts.push(words(20 + side + (place + 0.5) * column, top + HEAD - 10 - (lines.length - 1 - row) * 15, line, 12, "#1b1f24", "600", "middle")));
  });
  shown.rows.forEach((row, place) => {
    const y = top + HEAD + place * ROW;
    parts.push(words(20, y + 20, row.name, SIZE, "#1b1f24", "600"));
    row.cells.forEach((cell, at) => parts.push(box(cell, 20 + side + at * column, y, column)));
    if (row.total) parts.push(words(20 + side + row.cells.length * column + COLUMN / 2, y + 20, row.total, 12, "#5b6470", "400", "middle"));
  });
  parts.push(words(20, height - 36, shown.legend.join("   "), 12, "#3c434b"), words(20, height - 14, shown.source, 11, "#5b6470"));
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}">${parts.join("")}</svg>`;
  return { text, width, height };
}

/** @param {Cell} cell @param {number} x @param {number} y @param {number} width */
function box(cell, x, y, width) {
  if (!cell) return `<rect x="${x}" y="${y}" width="${width - 2}" height="${ROW - 2}" fill="#f1f3f5"/>`;
  const [ink, ground] = COLOURS[cell.status];
  const middle = x + width / 2 - 1;
  return (
    `<rect x="${x}" y="${y}" width="${width - 2}" height="${ROW - 2}" fill="${ground}" stroke="#d9dee3"/>` +
    words(middle, y + (cell.how ? 13 : 19), cell.mark, SIZE, ink, "600", "middle") +
    (cell.how ? words(middle, y + 24, cell.how, 10, ink, "400", "middle") : "")
  );
}

/** @param {number} x @param {number} y @param {string} text @param {number} size @param {string} colour */
function words(x, y, text, size, colour, weight = "400", anchor = "start") {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" fill="${colour}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

/** @param {string} text */
function escaped(text) {
  // eslint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u001f]/gu, " ").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A text in lines of about so many letters. @param {string} text @param {number} most */
function wrapped(text, most) {
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** @param {{text: string, width: number, height: number}} svg @returns {Promise<Blob>} */
async function painted({ text, width, height }) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`; // the page's policy allows no blob:
  await image.decode();
  const canvas = document.createElement("canvas");
  const scale = Math.min(2, 8000 / Math.max(width, height));
  [canvas.width, canvas.height] = [width * scale, height * scale];
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
