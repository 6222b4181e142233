// Lights the entries on the routes through the one that is pointed at, has the focus or was tapped.

/** @param {HTMLElement} map */
export function begin(map) {
  const data = document.getElementById("ls-routes");
  if (!data || map.dataset.begun) return;
  map.dataset.begun = "yes";
  /** @type {{ids: string[], routes: Record<string, number[]>}} */
  const { ids, routes } = JSON.parse(data.textContent ?? "");
  const found = /** @type {NodeListOf<SVGAElement>} */ (map.querySelectorAll("a[data-id]"));
  const links = new Map([...found].map((link) => [link.dataset.id ?? "", link]));
  /** @type {Element | null} */
  let lit = null;
  /** @type {Element | null} */
  let tapped = null;
  const light = (/** @type {SVGAElement | null} */ link) => {
    if (link === lit) return;
    lit = link;
    for (const one of links.values()) one.classList.remove("ls-on", "ls-here");
    map.classList.toggle("ls-lit", link !== null);
    if (!link) return;
    link.classList.add("ls-here");
    for (const place of routes[link.dataset.id ?? ""] ?? []) links.get(ids[place])?.classList.add("ls-on");
  };
  const linkAt = (/** @type {Event} */ event) =>
    event.target instanceof Element ? /** @type {SVGAElement | null} */ (event.target.closest("a[data-id]")) : null;
  const lightAt = (/** @type {Event} */ event) => {
    const link = linkAt(event);
    if (link) light(link);
  };
  map.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") lightAt(event);
  });
  map.addEventListener("pointerleave", () => light(null));
  map.addEventListener("focusin", lightAt);
  map.addEventListener("focusout", () => light(null));
  // The focus may have come before this script.
  const early = document.activeElement;
  if (early && map.contains(early)) light(/** @type {SVGAElement | null} */ (early.closest("a[data-id]")));
  // The first tap lights, the second follows.
  map.addEventListener("click", (event) => {
    const link = linkAt(event);
    if (!link || !(event instanceof PointerEvent) || event.pointerType !== "touch" || link === tapped) return;
    event.preventDefault();
    light(link);
    tapped = link;
  });
}
