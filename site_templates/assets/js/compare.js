// Two to four entries side by side, from the document of each that is chosen; names are looked up when somebody turns to
// the field. The entries are in the address, so that a comparison can be shared.

import { Combobox } from "./combobox.js";
import { Comparison } from "./comparison.js";
import { anchor, commas, text } from "./elements.js";
import { Lookup } from "./lookup.js";

/**
 * @typedef {import("./comparison.js").Compared} Compared
 * @typedef {import("./lookup.js").Named} Named
 */

const MOST = 4;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** @param {HTMLFormElement} form @param {URL} root where the site starts */
export function begin(form, root) {
  const place = document.querySelector("[data-compared]");
  const words = document.getElementById("ls-words")?.textContent;
  if (!place || !words || form.dataset.begun) return;
  form.dataset.begun = "yes";
  new Comparing(form, place, root, new Comparison(JSON.parse(words), root)).start();
}

class Comparing {
  /** @param {HTMLFormElement} form @param {Element} place @param {URL} root @param {Comparison} comparison */
  constructor(form, place, root, comparison) {
    this.form = form;
    this.place = place;
    this.root = root;
    this.comparison = comparison;
    this.title = document.title;
    this.turn = 0;
    /** The chosen ids. @type {string[]} */
    this.ids = [];
    /** @type {Map<string, Promise<Compared | null>>} */
    this.documents = new Map();
    /** @type {Lookup | null} */
    this.lookup = null;
    this.field = /** @type {HTMLInputElement} */ (form.elements.namedItem("add"));
    this.differ = /** @type {HTMLInputElement} */ (form.elements.namedItem("differ"));
    const find = (/** @type {string} */ said) => (this.lookup?.find(said) ?? []).filter((one) => !this.ids.includes(one.id));
    this.box = new Combobox(this.field, { find });
    this.box.list.setAttribute("aria-label", "Entries to compare");
  }

  start() {
    this.field.addEventListener("focus", () => this.turnedTo());
    this.field.addEventListener("change", (event) => {
      if (!event.isTrusted) this.add(); // chosen from the list
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.add();
    });
    this.differ.addEventListener("change", () => this.show(true, []));
    this.place.addEventListener("click", (event) => {
      const button = event.target instanceof Element ? event.target.closest("button[data-remove]") : null;
      if (button instanceof HTMLButtonElement) this.choose(this.ids.filter((id) => id !== button.dataset.remove));
    });
    addEventListener("popstate", () => this.form.isConnected && this.read());
    this.read();
  }

  /** Take what the address asks for. */
  read() {
    const query = new URLSearchParams(location.search);
    const asked = (query.get("ids") ?? "").slice(0, 2000).split(",").map((one) => one.trim()).filter(Boolean);
    this.differ.checked = query.get("differ") === "1";
    this.ids = [...new Set(asked)];
    return this.show(false, []);
  }

  async turnedTo() {
    const lookup = await this.names().catch(() => null);
    if (lookup && document.activeElement === this.field && this.field.value) this.box.offer();
  }

  /** What entries there are, fetched once. */
  async names() {
    this.lookup ??= new Lookup(await (await fetch(new URL("api/v1/routing.json", this.root))).json());
    return this.lookup;
  }

  /** Add what the field names. */
  async add() {
    const words = this.field.value.trim().slice(0, 200);
    const lookup = words ? await this.names().catch(() => null) : null;
    if (!lookup) return this.place.append(...(words ? [text("p", this.form.dataset.failed ?? "", "ls-empty")] : []));
    const { meant } = lookup.meaning(words);
    if (!meant) {
      this.show(false, [await this.unknown(words)]);
    } else if (this.ids.includes(meant.id)) {
      this.show(false, [text("p", `${meant.name} is compared already.`, "ls-note")]);
    } else if (this.ids.length >= MOST) {
      this.show(false, [text("p", `${meant.name} is not added: four at most can be compared. Remove one first.`, "ls-note")]);
    } else {
      this.field.value = "";
      this.choose([...this.ids, meant.id]);
    }
  }

  /** @param {string[]} ids */
  choose(ids) {
    this.ids = ids;
    this.show(true, []);
  }

  /** @param {boolean} asked whether somebody has asked just now, and may go back @param {Node[]} said what is said above */
  async show(asked, said) {
    this.turn += 1;
    try {
      await this.shown(asked, said, this.turn);
    } catch {
      this.place.replaceChildren(text("p", this.form.dataset.failed ?? "", "ls-empty"));
    }
  }

  /** @param {boolean} asked @param {Node[]} said @param {number} turn */
  async shown(asked, said, turn) {
    const wanted = this.ids;
    const found = await Promise.all(wanted.map((id) => this.document(id)));
    const unknown = wanted.filter((_, place) => found[place] === null);
    const known = /** @type {Compared[]} */ (found.filter(Boolean));
    const entries = [...new Map(known.map((one) => [one.id, one])).values()];
    const told = [...said, ...(await Promise.all(unknown.slice(0, MOST).map((id) => this.unknown(id))))];
    if (turn !== this.turn) return;
    if (entries.length > MOST) told.push(text("p", `The first four of ${entries.length} are shown.`, "ls-note"));
    this.ids = entries.slice(0, MOST).map((one) => one.id);
    this.remember(asked, [...this.ids, ...unknown]);
    const shown = entries.slice(0, MOST);
    document.title = shown.length ? `${shown.map((one) => one.name).join(", ")} – ${this.title}` : this.title;
    if (shown.length === 1) told.push(text("p", `Add another entry, to see ${shown[0].name} beside it.`, "ls-note"));
    if (!shown.length && !told.length) told.push(text("p", "Add two entries, or begin with an example.", "ls-empty"));
    this.place.replaceChildren(...told, ...(shown.length ? [this.comparison.table(shown, this.differ.checked)] : []));
  }

  /** The document of an entry; null where there is none. @param {string} id @returns {Promise<Compared | null>} */
  document(id) {
    if (!SLUG.test(id) || id.length > 100) return Promise.resolve(null);
    const asked = this.documents.get(id) ?? this.fetch(id);
    this.documents.set(id, asked);
    asked.catch(() => this.documents.delete(id)); // to be tried again
    return asked;
  }

  /** @param {string} id */
  async fetch(id) {
    const answer = await fetch(new URL(`api/v1/entries/${id}.json`, this.root));
    if (!answer.ok && answer.status !== 404) throw new Error(`${answer.status}`);
    return answer.ok ? answer.json() : null;
  }

  /** Words that fit nothing, with the names most like them. @param {string} words */
  async unknown(words) {
    const box = text("p", `“${words.slice(0, 200)}” is not on the map. Nearest: `, "ls-empty");
    const nearest = (await this.names()).nearest(words.slice(0, 200));
    box.append(...commas(nearest.map((one) => anchor(one.name, this.address([...this.ids, one.id])))), ".");
    return box;
  }

  /** @param {string[]} ids */
  address(ids) {
    const query = [ids.length ? `ids=${ids.map(encodeURIComponent).join(",")}` : "", this.differ.checked ? "differ=1" : ""];
    const asked = query.filter(Boolean).join("&");
    return `${location.pathname}${asked ? `?${asked}` : ""}`;
  }

  /** @param {boolean} asked @param {string[]} ids */
  remember(asked, ids) {
    const address = this.address(ids);
    if (asked && address !== location.pathname + location.search) history.pushState(null, "", address);
    else history.replaceState(history.state, "", address);
  }
}
