// Holds back what the theme's search reads until somebody turns to it: both engines' scripts ask for it, with all
// texts of the site, as soon as any page is shown. This runs before theirs, so it is no module.
"use strict";

(() => {
  const INDEX = /\/search(\/search_index)?\.json$/;
  const query = new URLSearchParams(location.search);
  if (query.has("q") || query.has("h")) return; // the address searches, or words that were found are marked
  const open = XMLHttpRequest.prototype.open;
  const send = XMLHttpRequest.prototype.send;
  const held = new WeakSet();
  /** @type {(() => void)[]} */
  let waiting = [];
  let wanted = false;

  const release = () => {
    wanted = true;
    for (const go of waiting) go();
    waiting = [];
  };
  const isSearch = (/** @type {EventTarget | null} */ target) => target instanceof Element && target.closest(".md-search, [for=__search], #__search") !== null;

  XMLHttpRequest.prototype.open = function (/** @type {any[]} */ ...asked) {
    if (INDEX.test(new URL(asked[1], location.href).pathname)) held.add(this);
    return Reflect.apply(open, this, asked);
  };
  XMLHttpRequest.prototype.send = function (body) {
    if (wanted || !held.has(this)) return send.call(this, body);
    waiting.push(() => send.call(this, body));
    return undefined;
  };
  for (const event of ["focusin", "pointerover", "pointerdown", "change"])
    document.addEventListener(event, ({ target }) => isSearch(target) && release(), true);
  // Zensical's script hears Ctrl+K only once it has the index; its button works at once.
  document.addEventListener("keydown", (event) => {
    const button = document.querySelector(".md-search__button");
    if (wanted || !(button instanceof HTMLElement) || !(event.ctrlKey || event.metaKey) || event.key !== "k") return;
    event.preventDefault();
    release();
    button.click();
  });
})();
