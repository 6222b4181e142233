// Elements made of text alone: whatever the text holds, nothing of it is read as HTML.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} content @param {string} [name] the class
 */
export function text(tag, content, name) {
  const element = document.createElement(tag);
  element.textContent = content;
  if (name) element.className = name;
  return element;
}

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {string} name the class @param {(Node | string)[]} content
 */
export function holding(tag, name, ...content) {
  const element = text(tag, "", name);
  element.append(...content);
  return element;
}

/** @param {string} name @param {string} address */
export function anchor(name, address) {
  const made = text("a", name);
  made.href = address;
  return made;
}

/** @param {Node[]} nodes @returns {(Node | string)[]} */
export function commas(nodes) {
  return nodes.flatMap((node, place) => (place ? [", ", node] : [node]));
}
