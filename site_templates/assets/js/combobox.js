// A field with a list of entries to choose from, by keyboard and by touch: the pattern "combobox" of ARIA.

/**
 * @typedef {import("./lookup.js").Named} Named
 */

const MOST = 8;

/** A field that offers what fits the words in it. */
export class Combobox {
  /** @param {HTMLInputElement} field @param {{find(words: string): Named[]}} lookup what fits some words, best first */
  constructor(field, lookup) {
    this.field = field;
    this.lookup = lookup;
    this.active = -1;
    /** @type {Named[]} */
    this.offered = [];
    this.list = document.createElement("ul");
    this.list.id = `ls-choices-${field.name}`;
    this.list.className = "ls-choices";
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", field.name === "to" ? "Where it may lead" : "Where it may start");
    field.insertAdjacentElement("afterend", this.list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", this.list.id]])
      field.setAttribute(name, value);
    field.addEventListener("input", () => this.offer());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // or the field loses the focus first
    this.list.addEventListener("click", (event) => {
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      if (item) this.choose([...this.list.children].indexOf(item));
    });
  }

  offer() {
    this.offered = this.lookup.find(this.field.value).slice(0, MOST);
    this.list.replaceChildren(...this.offered.map((one, place) => this.option(one, place)));
    this.active = -1;
    this.open(this.offered.length > 0);
  }

  /** @param {Named} one @param {number} place */
  option({ name, kind }, place) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const note = document.createElement("span");
    note.className = "ls-note";
    note.textContent = kind;
    item.append(name, " ", note);
    return item;
  }

  /** @param {boolean} shown */
  open(shown) {
    this.list.hidden = !shown;
    this.field.setAttribute("aria-expanded", String(shown));
    if (!shown) this.field.removeAttribute("aria-activedescendant");
  }

  close() {
    this.open(false);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (this.list.hidden) this.offer();
      else this.move(step);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
      event.preventDefault();
      this.choose(this.active);
    }
  }

  /** @param {number} step */
  move(step) {
    const count = this.offered.length;
    this.active = this.active < 0 && step < 0 ? count - 1 : (this.active + step + count) % count;
    [...this.list.children].forEach((item, place) => item.setAttribute("aria-selected", String(place === this.active)));
    const item = this.list.children[this.active];
    this.field.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  /** @param {number} place */
  choose(place) {
    this.field.value = this.offered[place].name;
    this.close();
    this.field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
