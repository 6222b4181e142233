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
  addEventListener("hashchange", report);
  report();
}

/** Fill the statement that the page's address names into where a mistake is reported. */
function report() {
  const name = location.hash.slice(1);
  if (!document.getElementById(name)?.closest(".ls-statements")) return;
  const said = `Statement: ${name.replace("--", " ")}`;
  for (const link of document.querySelectorAll("a[data-report]")) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const address = new URL(link.href);
    for (const [key, value] of [...address.searchParams])
      if (/body|description/.test(key)) address.searchParams.set(key, `${said}\n${value.replace(/^Statement: .*\n/, "")}`);
    link.href = address.href;
  }
}
