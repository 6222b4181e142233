// Buttons that copy the text of an element of the page, named by its id.

export function begin() {
  for (const button of document.querySelectorAll("button[data-copy]:not([data-begun])")) {
    if (!(button instanceof HTMLButtonElement)) continue;
    button.dataset.begun = "";
    button.addEventListener("click", () => copy(button));
  }
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const source = document.getElementById(button.dataset.copy ?? "");
  const text = source?.textContent ?? "";
  const said = button.textContent;
  button.textContent = (await written(text)) ? "Copied" : "Copying is not allowed here: select the text";
  if (source instanceof HTMLElement && button.textContent !== "Copied") getSelection()?.selectAllChildren(source);
  setTimeout(() => (button.textContent = said), 2000);
}

/** Whether a text could be put into the clipboard. @param {string} text */
async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
