// Opens what the address names, where it is inside of something closed, and everything before it is printed.

export function begin() {
  const open = () => {
    const named = document.getElementById(decoded(location.hash.slice(1)));
    const closed = named ? around(named) : [];
    for (const one of closed) one.open = true;
    if (closed.length) named?.scrollIntoView({ block: "center" });
  };
  addEventListener("hashchange", open);
  addEventListener("beforeprint", () => document.querySelectorAll("details.ls-group").forEach((one) => one.setAttribute("open", "")));
  open();
}

/** The closed elements that hide an element, itself among them. @param {Element} named */
function around(named) {
  const found = [];
  for (let one = named.closest("details"); one; one = one.parentElement?.closest("details") ?? null) if (!one.open) found.push(one);
  return found;
}

/** @param {string} hash */
function decoded(hash) {
  try {
    return decodeURIComponent(hash);
  } catch {
    return hash;
  }
}
