// Filters what is said of an entry, by support and by the kind of the other end; the choice is in the address.

/** @param {HTMLElement} section */
export function begin(section) {
  const form = section.querySelector("form");
  if (!form || form.dataset.begun) return;
  form.dataset.begun = "yes";
  /** @type {NodeListOf<HTMLLIElement>} */
  const found = document.querySelectorAll(".ls-chips li[data-kind], .ls-short li");
  const chips = [...found];
  const selects = [...form.querySelectorAll("select")];
  const asked = new URLSearchParams(location.search);
  for (const select of selects) {
    for (const option of [...select.options])
      if (option.value && !chips.some((chip) => fits(chip, select.name, option.value))) option.remove();
    const value = asked.get(select.name);
    if (value && [...select.options].some((option) => option.value === value)) select.value = value;
  }
  const apply = () => {
    const wanted = selects.filter((select) => select.value);
    for (const chip of chips) chip.hidden = !wanted.every((select) => fits(chip, select.name, select.value));
    for (const group of section.querySelectorAll("dl > div")) hide(group);
    for (const group of document.querySelectorAll("details:has(.ls-short)")) hide(group);
    const output = form.querySelector("output");
    const own = chips.filter((chip) => section.contains(chip));
    if (output) output.textContent = wanted.length ? `${own.filter((chip) => !chip.hidden).length} of ${own.length} shown` : "";
    remember(selects);
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  if (selects.some((select) => select.value)) apply();
}

/** @param {HTMLLIElement} chip @param {string} name @param {string} value */
function fits(chip, name, value) {
  return name === "kind" ? chip.dataset.kind === value : chip.querySelector(`.ls-is-${value}`) !== null;
}

/** @param {Element} group */
function hide(group) {
  const chips = [...group.querySelectorAll("li")].filter((chip) => chip.dataset.kind !== undefined);
  group.toggleAttribute("hidden", chips.every((chip) => chip.hidden));
}

/** @param {HTMLSelectElement[]} selects */
function remember(selects) {
  const address = new URL(location.href);
  for (const { name, value } of selects) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  history.replaceState(history.state, "", address);
}
