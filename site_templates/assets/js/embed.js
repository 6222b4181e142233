// The line by which another page shows the answer at hand: it holds what is asked when somebody opens it.

const ASKED = ["from", "to", "for"];

export function begin() {
  for (const details of document.querySelectorAll("details[data-embed$='/path/']")) {
    const field = details.querySelector("input");
    if (!field) continue;
    details.addEventListener("toggle", () => {
      const query = new URLSearchParams([...new URLSearchParams(location.search)].filter(([name]) => ASKED.includes(name)));
      const asked = query.size ? `/path/?${query}` : "/path/";
      field.value = field.defaultValue.replace("/path/", () => asked.replaceAll("&", "&amp;"));
    });
  }
}
