// Marks in the list of contents which part of the page is at hand.

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
}
