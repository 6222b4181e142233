// "Report a mistake" names the statement that a visitor looks at: the one that the address leads to, or was opened last.

const FIRST_LINE = /^Page: [^\n]*/;

/**
 * @param {HTMLElement} first the first of the links that report
 */
export function begin(first) {
  const links = [...document.querySelectorAll("a[data-report]")].map((link) => ({
    link: /** @type {HTMLAnchorElement} */ (link),
    plain: /** @type {HTMLAnchorElement} */ (link).href,
    said: link.textContent ?? "",
  }));

  function name() {
    const target = statementAt(decoded(location.hash.slice(1)));
    for (const { link, plain, said } of links) {
      link.href = target ? filled(plain, target) : plain;
      link.textContent = target ? `${said} in “${short(target)}”` : said;
    }
  }

  if (first.dataset.report === "begun") return;
  first.dataset.report = "begun";
  addEventListener("hashchange", name);
  name();
}

/**
 * The statement or expected connection with an anchor; null where there is none.
 * @param {string} id
 */
function statementAt(id) {
  const found = id ? document.getElementById(id) : null;
  return found?.matches(".ls-statements > li, details.ls-pair") ? found : null;
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What a statement is called: its first line.
 * @param {HTMLElement} statement
 */
function short(statement) {
  const named = statement.querySelector("summary") ?? statement.querySelector("b, a") ?? statement;
  const group = statement.closest("details, section")?.querySelector("summary h3, h3")?.textContent;
  const before = statement.parentElement?.previousElementSibling;
  const title = group ?? (before?.matches("h3") ? before.textContent : "");
  return `${title ? `${title.trim()}: ` : ""}${(named.textContent ?? "").replace(/\s+/g, " ").trim()}`.slice(0, 120);
}

/**
 * An address of a new issue that names a statement too.
 * @param {string} address
 * @param {HTMLElement} statement
 */
function filled(address, statement) {
  const url = new URL(address);
  for (const [key, value] of url.searchParams) {
    if (FIRST_LINE.test(value)) {
      url.searchParams.set(key, value.replace(FIRST_LINE, (line) => `${line}#${statement.id}\nStatement: ${short(statement)}`));
      return url.href;
    }
  }
  url.searchParams.set("statement", `${location.origin}${location.pathname}#${statement.id}\n${short(statement)}`);
  return url.href;
}
