// This page is shown at any address below the site, so where the site starts is looked for from here upwards.
(async () => {
  const parts = location.pathname.split("/").slice(0, -1);
  for (let last = parts.length; last > 0; last -= 1) {
    const start = `${location.origin}${parts.slice(0, last).join("/")}/`;
    const found = await fetch(`${start}api/v1/index.json`, { method: "HEAD" }).catch(() => null);
    if (found?.ok && found.headers.get("content-type")?.includes("json")) {
      for (const link of document.querySelectorAll("a[data-at]")) link.href = start + link.dataset.at;
      document.getElementById("ways").hidden = false;
      document.getElementById("lost").hidden = true;
      return;
    }
  }
})();
