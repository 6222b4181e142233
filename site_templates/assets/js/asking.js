// The form that asks whether one entry reaches another, here and in the address. Nothing is fetched before somebody
// turns to the form, or the address asks something.

import { Combobox } from "./combobox.js";
import { text } from "./elements.js";

/**
 * @typedef {import("./answers.js").Answers} Answers
 * @typedef {import("./lookup.js").Lookup} Lookup
 * @typedef {import("./lookup.js").Named} Named
 * @typedef {import("./routes.js").RoutingDocument} RoutingDocument
 * @typedef {{words: string, meant: Named | null, others: Named[]}} Understood what a field was taken to mean
 * @typedef {{data: RoutingDocument, lookup: Lookup, answers: Answers}} Map what the site knows
 */

const MOST_LETTERS = 200;

/** The form, the address and what is shown. */
export class Asking {
  /**
   * @param {HTMLFormElement} form @param {Element} place where answers are shown @param {URL} root where the site starts
   * @param {boolean} whole whether all routes are shown, or the best one with the address of the others
   */
  constructor(form, place, root, whole) {
    this.form = form;
    this.place = place;
    this.root = root;
    this.whole = whole;
    this.title = document.title;
    this.turn = 0;
    /** @type {Lookup | null} */
    this.lookup = null;
    /** @type {Promise<Map> | null} */
    this.coming = null;
    const found = { find: (/** @type {string} */ words) => this.lookup?.find(words) ?? [] };
    this.boxes = this.fields().map((field) => new Combobox(field, found));
  }

  start() {
    this.form.addEventListener("focusin", () => this.turnedTo());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.show(true);
    });
    this.form.querySelector("[data-swap]")?.addEventListener("click", () => {
      const [from, to] = this.fields();
      [from.value, to.value] = [to.value, from.value];
      this.show(true);
    });
    addEventListener("popstate", () => this.form.isConnected && this.read(() => ""));
    this.read((field) => field.value); // somebody may have typed before this script came
    if (this.form.contains(document.activeElement)) this.turnedTo();
  }

  /** Ask something. @param {string} from @param {string} to */
  ask(from, to) {
    const [first, second] = this.fields();
    [first.value, second.value] = [from, to];
    return this.show(true);
  }

  /** Somebody will ask soon. */
  async turnedTo() {
    await this.map().catch(() => null); // it is told when something is asked
    for (const box of this.boxes) if (box.field === document.activeElement && box.field.value) box.offer();
  }

  /** What the site knows, fetched once. @returns {Promise<Map>} */
  map() {
    this.coming ??= this.fetch();
    this.coming.catch(() => (this.coming = null)); // to be tried again
    return this.coming;
  }

  /** @returns {Promise<Map>} */
  async fetch() {
    const [{ Answers }, { Lookup }, { createRoutes }, { fetched, Stated }] = await Promise.all([
      import("./answers.js"),
      import("./lookup.js"),
      import("./routes.js"),
      import("./stated.js"),
    ]);
    const data = await fetched(new URL("api/v1/routing.json", this.root));
    this.lookup = new Lookup(data);
    const answers = new Answers(this.root, data, createRoutes(data), new Stated(this.root, data));
    return { data, lookup: this.lookup, answers };
  }

  /**
   * Take what the address asks for.
   * @param {(field: HTMLInputElement) => string} otherwise what a field holds that the address does not name
   */
  read(otherwise) {
    const query = new URLSearchParams(location.search);
    for (const field of this.fields()) field.value = (query.get(field.name) ?? otherwise(field)).trim().slice(0, MOST_LETTERS);
    return this.show(false);
  }

  fields() {
    return ["from", "to"].map((name) => /** @type {HTMLInputElement} */ (this.form.elements.namedItem(name)));
  }

  /** Show what the fields ask for. @param {boolean} asked whether somebody has asked just now, and may go back */
  async show(asked) {
    this.turn += 1;
    const turn = this.turn;
    const words = this.fields().map((field) => field.value.trim());
    if (!words.some(Boolean)) {
      this.shown([], this.title);
      return;
    }
    try {
      const map = await this.map();
      const shown = await this.answered(map, words, asked, turn);
      if (turn !== this.turn) return;
      this.shown(shown.content, shown.title);
      if (asked) this.place.scrollIntoView({ block: "nearest" });
    } catch {
      if (turn === this.turn) this.shown([text("p", this.form.dataset.failed ?? "", "ls-empty")], this.title);
    }
  }

  /** @param {Node[]} content @param {string} title */
  shown(content, title) {
    document.title = title;
    this.place.replaceChildren(...content);
  }

  /** @param {Map} map @param {string[]} words @param {boolean} asked @param {number} turn */
  async answered({ data, lookup, answers }, words, asked, turn) {
    const [from, to] = words.map((some) => ({ words: some, ...lookup.meaning(some) }));
    const told = (/** @type {Node[]} */ content) => ({ content, title: this.title });
    for (const [place, one] of [from, to].entries()) if (one.meant) this.fields()[place].value = one.meant.name;
    const unknown = [from, to].filter((one) => one.words && !one.meant);
    if (unknown.length) return told(unknown.map((one) => answers.unknown(one.words, lookup.nearest(one.words), this.instead(from, to, one))));
    if (!from.meant) return told(answers.wanting("from", to.meant?.name ?? ""));
    if (!to.meant) return told(answers.wanting("to", from.meant.name));
    const [source, target] = [from.meant, to.meant];
    if (source === target) return told(answers.both(source.name));
    if (turn !== this.turn) return told([]); // something else was asked while the map was on its way
    const { address, rule, several } = this.address(source.id, target.id, data);
    if (asked && location.search !== new URL(address, location.href).search) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
    this.place.setAttribute("aria-busy", "true");
    const found = await answers.between(source.id, target.id, this.whole).finally(() => this.place.removeAttribute("aria-busy"));
    const read = [from, to].flatMap((one) => (one.meant ? answers.read(one.words, one.meant, one.others, this.instead(from, to, one)) : []));
    const answer = this.whole ? answers.whole(source.id, target.id, found, rule) : answers.inShort(source.id, target.id, found);
    const content = [...(several && turn === 1 ? [answers.several()] : []), ...read, ...answer];
    return { content, title: `${source.name} to ${target.name} – ${this.title}` };
  }

  /** The address with another entry in the place of what was written. @param {Understood} from @param {Understood} to
   * @param {Understood} one @returns {(other: Named) => string} */
  instead(from, to, one) {
    const ends = [from, to].map((end) => end.meant?.id ?? end.words);
    return (other) => {
      ends[one === from ? 0 : 1] = other.id;
      return `${location.pathname}?${new URLSearchParams({ from: ends[0], to: ends[1] })}`;
    };
  }

  /** The address of a question; it keeps the expectation for which the same was asked before.
   * @param {string} from @param {string} to @param {RoutingDocument} data */
  address(from, to, data) {
    const before = new URLSearchParams(location.search);
    const query = new URLSearchParams({ from, to });
    const rule = before.get("for") ?? "";
    const same = before.get("from") === from && before.get("to") === to && data.expectations.some(({ id }) => id === rule);
    if (same) query.set("for", rule);
    const several = ["from", "to"].some((name) => before.getAll(name).length > 1);
    return { address: `${location.pathname}?${query}`, rule: same ? rule : "", several };
  }
}
