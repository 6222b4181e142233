// The table of a comparison: rows are facts and other entries, cells say how each of the chosen stands to them.

import { anchor, holding, text } from "./elements.js";

/**
 * @typedef {{from: string, relation: string, to: string, support: string}} Statement
 * @typedef {{score: number | null, expected: number, met: number, missing: number, weak: number, regressed: number}} Tally
 * @typedef {{id: string, name: string, kind: string, status: string, steward: string | null, license: string | null,
 *   tags: string[], statements: Statement[], pairs: Record<string, string[]>, confirmed: string[], tally: Tally,
 *   sides: Record<string, Tally>, names: Record<string, string>}} Compared the document of an entry
 * @typedef {{relations: [id: string, reads: string, inverse: string][], expectations: [id: string, title: string][],
 *   sides: Record<string, string>, stewards: Record<string, string>, standing: Record<string, [mark: string, word: string]>,
 *   support: Record<string, string>, any: string}} Words
 * @typedef {{said: string, key: string, address?: string, standing?: string}} Cell
 * @typedef {{head: string, cells: Cell[]}} Row
 */

export class Comparison {
  /** @param {Words} words @param {URL} root where the site starts */
  constructor(words, root) {
    this.words = words;
    this.root = root;
  }

  /** @param {Compared[]} entries @param {boolean} differ whether rows are left out in which all are alike */
  table(entries, differ) {
    const names = Object.assign({}, ...entries.map((one) => one.names));
    const parts = [
      { title: "In short", rows: this.facts(entries) },
      ...this.words.expectations.map(([id, title]) => ({ title: `${title}: reaches`, rows: this.reached(entries, id, names, 1) })),
      ...this.words.expectations.map(([id, title]) => ({ title: `${title}: is reached by`, rows: this.reached(entries, id, names, 2) })),
      ...this.words.relations.map(([id, reads]) => ({ title: capital(reads), rows: this.stated(entries, id, names, true) })),
      ...this.words.relations.map(([id, , inverse]) => ({ title: capital(inverse.replaceAll("-", " ")), rows: this.stated(entries, id, names, false) })),
    ];
    const table = holding("table", "ls-compared", text("caption", `${entries.map((one) => one.name).join(", ")} side by side`));
    const head = table.createTHead().insertRow();
    head.append(document.createElement("td"), ...entries.map((one) => this.head(one)));
    let left = 0;
    for (const { title, rows } of parts) {
      const kept = differ && entries.length > 1 ? rows.filter((row) => new Set(row.cells.map((cell) => cell.key)).size > 1) : rows;
      left += rows.length - kept.length;
      if (kept.length) table.append(this.part(title, kept, entries.length));
    }
    const around = holding("div", "ls-sideways", table);
    return left ? holding("div", "", text("p", `${left} rows in which all are alike are left out.`, "ls-note"), around) : around;
  }

  /** @param {Compared} one */
  head(one) {
    const head = holding("th", "", anchor(one.name, this.page(one.id)));
    head.scope = "col";
    const remove = text("button", "✕");
    remove.type = "button";
    remove.dataset.remove = one.id;
    remove.setAttribute("aria-label", `Remove ${one.name}`);
    head.append(" ", remove);
    return head;
  }

  /** @param {string} title @param {Row[]} rows @param {number} columns */
  part(title, rows, columns) {
    const part = document.createElement("tbody");
    const head = text("th", title);
    head.scope = "rowgroup";
    head.colSpan = columns + 1;
    part.insertRow().append(head);
    for (const row of rows) {
      const name = text("th", row.head);
      name.scope = "row";
      part.insertRow().append(name, ...row.cells.map((cell) => this.cell(cell)));
    }
    return part;
  }

  /** @param {Cell} cell */
  cell({ said, address, standing }) {
    const made = document.createElement("td");
    if (standing) made.className = `ls-is-${standing}`;
    const words = standing ? `${this.words.standing[standing][0]} ${said}` : said;
    made.append(address ? anchor(words, address) : words);
    return made;
  }

  /** @param {Compared[]} entries @returns {Row[]} */
  facts(entries) {
    const row = (/** @type {string} */ head, /** @type {(one: Compared) => string} */ said) => ({
      head,
      cells: entries.map((one) => ({ said: said(one), key: said(one) })),
    });
    const sides = Object.entries(this.words.sides).filter(([side]) => entries.some((one) => one.sides[side]));
    const rows = [
      row("Kind", (one) => one.kind),
      row("Status", (one) => one.status),
      row("Steward", (one) => (one.steward ? (this.words.stewards[one.steward] ?? one.steward) : "–")),
      row("Licence", (one) => one.license ?? "–"),
      row("Tags", (one) => one.tags.join(", ") || "–"),
      row("Score", (one) => percent(one.tally.score)),
      row("Gaps", (one) => (one.tally.expected ? `${one.tally.expected - one.tally.met} of ${one.tally.expected}` : "–")),
      ...sides.map(([side, name]) => row(name, (one) => (one.sides[side] ? `${one.sides[side].met} of ${one.sides[side].expected} met` : "–"))),
      row("Statements", (one) => String(one.statements.length)),
    ];
    return rows;
  }

  /**
   * How each stands to those that it is expected to reach (`own` is its place in the id of a pair), or that are
   * expected to reach it.
   * @param {Compared[]} entries @param {string} expectation @param {Record<string, string>} names @param {number} own
   * @returns {Row[]}
   */
  reached(entries, expectation, names, own) {
    const known = entries.map((one) => this.pairs(one, expectation, own));
    const others = [...new Set(known.flatMap((pairs) => [...pairs.keys()]))];
    return others
      .map((other) => ({ head: other === "*" ? this.words.any : (names[other] ?? other), cells: known.map((pairs) => this.pair(pairs.get(other))) }))
      .sort((a, b) => a.head.localeCompare(b.head));
  }

  /** By the other end: how a pair stands, and where that is said. @param {Compared} one @param {string} expectation @param {number} own */
  pairs(one, expectation, own) {
    /** @type {Map<string, {standing: string, address: string}>} */
    const found = new Map();
    const confirmed = new Set(one.confirmed);
    for (const [status, ids] of Object.entries(one.pairs))
      for (const id of ids) {
        const ends = id.split(":");
        if (ends[0] !== expectation || ends[own] !== one.id) continue;
        const address = `${this.page(ends[1])}#to-${expectation}-${ends[2] === "*" ? "any" : ends[2]}`;
        found.set(ends[3 - own], { standing: standing(status, confirmed.has(id)), address });
      }
    return found;
  }

  /** @param {{standing: string, address: string} | undefined} pair @returns {Cell} */
  pair(pair) {
    if (!pair) return { said: "not expected", key: "" };
    return { said: this.words.standing[pair.standing][1], key: pair.standing, ...pair };
  }

  /** @param {Compared[]} entries @param {string} relation @param {Record<string, string>} names @param {boolean} outward @returns {Row[]} */
  stated(entries, relation, names, outward) {
    const known = entries.map((one) => {
      const mine = one.statements.filter((s) => s.relation === relation && (outward ? s.from : s.to) === one.id);
      return new Map(mine.map((s) => [outward ? s.to : s.from, s]));
    });
    const others = [...new Set(known.flatMap((some) => [...some.keys()]))];
    return others
      .map((other) => ({ head: names[other] ?? other, cells: known.map((some, place) => this.statement(some.get(other), entries[place], other)) }))
      .sort((a, b) => a.head.localeCompare(b.head));
  }

  /** @param {Statement | undefined} stated @param {Compared} one @param {string} other @returns {Cell} */
  statement(stated, one, other) {
    if (stated) {
      const address = `${this.page(stated.from)}#${stated.relation}--${stated.to}`;
      return { said: stated.support, key: stated.support, address, standing: this.words.support[stated.support] };
    }
    const [unsaid, word] = ["unsaid", this.words.standing.unsaid[1]];
    const joined = [...(one.pairs.met ?? []), ...(one.pairs.weak ?? [])].find((id) => id.split(":").slice(1).join() === [one.id, other].join());
    if (!joined) return { said: word, key: unsaid, standing: unsaid };
    const [expectation, from, to] = joined.split(":");
    const through = one.pairs.met.includes(joined) ? "works" : "part";
    return { said: "over others", key: `over others, ${through}`, standing: through, address: `${this.page(from)}#to-${expectation}-${to}` };
  }

  /** @param {string} id */
  page(id) {
    return new URL(`entries/${id}/`, this.root).href;
  }
}

/** As `text.percent`: never rounded up to 100 or down to 0; halves go to the even figure. @param {number | null} share */
function percent(share) {
  if (share === null) return "–";
  const exact = share * 100;
  const whole = Math.floor(exact);
  const rounded = exact - whole === 0.5 ? whole + (whole % 2) : Math.round(exact);
  return `${rounded === 100 && share < 1 ? 99 : rounded === 0 && share > 0 ? 1 : rounded} %`;
}

/** As `phrases.standing`. @param {string} status @param {boolean} confirmed */
function standing(status, confirmed) {
  if (status === "met" || status === "weak") return status === "met" ? "works" : "part";
  return status === "regressed" || confirmed ? "absent" : "unsaid";
}

/** @param {string} words */
function capital(words) {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
