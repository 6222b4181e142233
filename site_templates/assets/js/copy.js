// Buttons that copy what a field or an element holds; without scripts they are not there.

export function begin() {
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = document.querySelectorAll("button[data-copy]");
  for (const button of buttons) {
    if (!button.hidden) continue;
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  if (!source) return;
  const text = source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement ? source.value : source.textContent;
  button.textContent = (await put(text ?? "", source)) ? "Copied" : "Press Ctrl+C";
  setTimeout(() => (button.textContent = "Copy"), 2500);
}

/** Put a text on the clipboard, or else select it. @param {string} text @param {HTMLElement} source */
async function put(text, source) {
  try {
    await navigator.clipboard.writeText(text); // not there but over https
    return true;
  } catch {
    if (source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement) source.select();
    else getSelection()?.selectAllChildren(source);
    return false;
  }
}
