// Lets a maintainer choose what the badge of an entry says, with what it looks like and the lines to paste.

/** @param {HTMLElement} section */
export function begin(section) {
  const picture = section.querySelector("img");
  const links = [...section.querySelectorAll("li a")].filter((link) => link instanceof HTMLAnchorElement);
  if (!picture || !links.length || section.querySelector("select")) return;
  /** @type {HTMLInputElement[]} */
  const lines = [...section.querySelectorAll("input")];
  const begun = lines.map((line) => line.defaultValue);
  const badges = links.map((link) => ({ path: link.textContent ?? "", says: link.nextSibling?.textContent?.trim() ?? "", src: link.href }));
  const select = document.createElement("select");
  select.id = "badge-says";
  select.append(...badges.map(({ says }) => new Option(says)));
  select.addEventListener("input", () => {
    const chosen = badges[select.selectedIndex];
    picture.src = chosen.src;
    picture.alt = chosen.says;
    lines.forEach((line, place) => (line.value = turned(begun[place], badges[0], chosen)));
  });
  const label = document.createElement("label");
  label.htmlFor = select.id;
  label.textContent = "It says";
  const field = document.createElement("p");
  field.className = "ls-copy";
  field.append(label, select);
  picture.closest("p")?.before(field);
}

/**
 * A line to paste, with another badge in it.
 * @typedef {{path: string, says: string}} Badge
 * @param {string} line @param {Badge} from @param {Badge} to
 */
function turned(line, from, to) {
  const escaped = line.startsWith("<") ? inHtml : inMarkdown;
  return line.replace(from.path, () => to.path).replace(escaped(from.says), () => escaped(to.says));
}

/** @param {string} text */
function inHtml(text) {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** @param {string} text */
function inMarkdown(text) {
  return text.replace(/([\\`*_[\]<>|~#&])/g, "\\$1");
}
