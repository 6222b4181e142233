// Starts what the page at hand needs, once for each page that the theme shows. Everything else works without scripts.

/** Where the site starts, from any of its pages. */
const root = new URL("../../", import.meta.url);

/** @type {[string, string][]} */
const parts = [
  [".ls-embedded", "./embedded.js"],
  [".ls-scroll", "./sticky.js"],
  ["[data-filters]", "./filters.js"],
  ["[data-picture]", "./picture.js"],
  ["[data-since]", "./changes.js"],
  ["[data-copy]", "./copy.js"],
  [".ls-map", "./map.js"],
  ["[data-ask]", "./home.js"],
  ["[data-paths]", "./paths.js"],
  ["[data-what-if]", "./plan.js"],
  ["[data-explore]", "./explore.js"],
  ["a[data-report]", "./report.js"],
  ["main details", "./pairs.js"],
  ["[data-glance]", "./glance.js"],
  ["[data-badges]", "./badges.js"],
  ["[data-contents]", "./contents.js"],
  ["[data-compare]", "./compare.js"],
  ["[data-embed]", "./embed.js"],
];

async function start() {
  for (const [selector, module] of parts) {
    const element = document.querySelector(selector);
    if (element) {
      const part = await import(module);
      part.begin(element, root);
    }
  }
}

const pages = /** @type {any} */ (window).document$;
if (pages && typeof pages.subscribe === "function") pages.subscribe(start);
else start();
