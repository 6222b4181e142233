// Marks in the list of contents which part of the page is at hand, and fills the statement at hand into the report.

/** @param {HTMLElement} contents */
export function begin(contents) {
  const links = [...contents.querySelectorAll("a")];
  const parts = links.flatMap((link) => document.getElementById(link.hash.slice(1)) ?? []);
  const mark = () => {
    const at = parts.filter((part) => part.getBoundingClientRect().top < innerHeight / 3).length - 1;
    links.forEach((link, place) => (place === at ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current")));
  };
  new IntersectionObserver(mark, { threshold: [0, 1] }).observe(contents);
  addEventListener("scroll", mark, { passive: true });
  mark();
  const report = document.querySelector("a[data-report]");
  if (report instanceof HTMLAnchorElement) {
    addEventListener("hashchange", () => fill(report));
    fill(report);
  }
}

/** The address at which a mistake is told, with the statement that the page's address names. @param {HTMLAnchorElement} report */
function fill(report) {
  const named = document.getElementById(location.hash.slice(1));
  if (!named?.closest(".ls-statements")) return;
  const address = new URL(report.href);
  const name = document.querySelector("h1")?.textContent?.replace("¶", "").trim() ?? "";
  address.searchParams.set("title", `${name}: ${location.hash.slice(1).replace("--", " ")}`);
  address.searchParams.set("statement", `${location.hash.slice(1).replace("--", " ")} (${location.href})`);
  report.href = address.href;
}
