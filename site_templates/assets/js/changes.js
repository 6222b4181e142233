// Leads from a day to the page of what changed since then.

/** @param {HTMLFormElement} form */
export function begin(form) {
  if (form.dataset.begun !== undefined) return;
  form.dataset.begun = "";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const day = new FormData(form).get("day");
    const links = [.../** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll("a[data-sort='since']"))];
    const output = form.querySelector("output");
    if (typeof day !== "string" || !links.length) return;
    const found = since(links, day);
    if (found) location.assign(found.href);
    else if (output) output.textContent = "Nothing has changed since then.";
  });
}

/**
 * The period that starts from the state before a day. The periods are named by the day on which something changed.
 * @param {HTMLAnchorElement[]} links the latest first @param {string} day
 */
function since(links, day) {
  const named = links.map((link) => ({ link, from: link.textContent?.replace(/\D*/u, "") ?? "" }));
  return named.filter((one) => one.from >= day).at(-1)?.link;
}
