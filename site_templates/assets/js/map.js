// Lights the entries on the ways through the one that is pointed at, has the focus or was tapped.

/** @param {HTMLElement} map */
export function begin(map) {
  const data = document.getElementById("ls-routes");
  if (!data || map.dataset.begun) return;
  map.dataset.begun = "yes";
  const { ids, routes } = JSON.parse(data.textContent);
  const links = new Map([...map.querySelectorAll("a[data-id]")].map((link) => [link.dataset.id, link]));
  let here = null;
  const light = (link) => {
    if (link === here) return;
    here = link;
    for (const one of links.values()) one.classList.remove("ls-on", "ls-here");
    map.classList.toggle("ls-lit", link !== null);
    if (!link) return;
    link.classList.add("ls-here");
    for (const place of routes[link.dataset.id] || []) links.get(ids[place])?.classList.add("ls-on");
  };
  const at = (event) => event.target.closest("a[data-id]");
  map.addEventListener("pointerover", (event) => event.pointerType !== "touch" && at(event) && light(at(event)));
  map.addEventListener("pointerleave", () => light(null));
  map.addEventListener("focusin", (event) => at(event) && light(at(event)));
  map.addEventListener("focusout", () => light(null));
  // The first tap lights, the second follows.
  map.addEventListener("click", (event) => {
    const link = at(event);
    if (link && event.pointerType === "touch" && link !== map.tapped) {
      event.preventDefault();
      light(link);
      map.tapped = link;
    }
  });
}
