// Opens the pair that the address names.

export function begin() {
  const open = () => {
    const pair = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (pair instanceof HTMLDetailsElement) {
      pair.open = true;
      pair.scrollIntoView({ block: "center" });
    }
  };
  addEventListener("hashchange", open);
  open();
}
