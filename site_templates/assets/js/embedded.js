// A page that another page shows in a frame: as dark as the reader likes it, or as the address says (?theme=dark).

/** @param {HTMLElement} body */
export function begin(body) {
  const asked = new URLSearchParams(location.search).get("theme");
  const dark = asked ? asked === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  body.dataset.mdColorScheme = dark ? "slate" : "default";
}
