// @ts-check
/**
 * The Explore page: the graph on a canvas, with filters, a search box, and lists for those who do not see it.
 *
 * @typedef {[string, string, number, number, number, number, number[], string]} NodeRow
 * @typedef {{
 *   title: string, kinds: {id: string, name: string}[], stewards: {id: string, name: string}[], tags: string[],
 *   relations: {id: string, name: string, flows: string}[], supports: string[],
 *   nodes: NodeRow[], edges: [number, number, number, number][],
 * }} Explore
 * @typedef {{index: number, id: string, name: string, kind: number, x: number, y: number, steward: number,
 *   tags: number[], status: string, radius: number, edges: number[]}} Node
 */

const MOST_LISTED = 300;
const MOST_ZOOM = 3;
const MANY_EDGES = 2000;
const ROOM_FOR_A_NAME = 6000;
const DASHES = [[], [7, 4], [2, 4]];
let instances = 0;

/**
 * Build the Explore view inside `root`.
 *
 * @param {HTMLElement} root an element; what it holds is replaced
 * @param {Explore} data the document `explore/v1`
 * @param {{href: (id: string) => string}} options `href` gives the address of an entry's page
 * @returns {{select: (id: string | null) => void, stop: () => void}} `stop` lets go of everything outside `root`
 */
export function start(root, data, { href }) {
  const nodes = readNodes(data);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const byWeight = [...nodes].sort((a, b) => b.edges.length - a.edges.length || a.index - b.index);
  const bands = readBands(data, nodes);
  const ui = build(root, data);
  const stopping = new AbortController();
  const { signal } = stopping;
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const context = /** @type {CanvasRenderingContext2D} */ (ui.canvas.getContext("2d"));
  const backdrop = document.createElement("canvas");
  const view = { x: 0, y: 0, scale: 1, width: 1, height: 1, ratio: 1 };
  const box = bounds(nodes);
  /** @type {{selected: Node | null, hover: Node | null, aiming: boolean, shown: Uint8Array, supports: Set<number>}} */
  const state = {
    selected: null, hover: null, aiming: false, shown: new Uint8Array(nodes.length).fill(1),
    supports: new Set(data.supports.keys()),
  };
  let colours = readColours(root, data);
  let frame = 0;
  let moving = 0;
  let settle = 0;
  let painted = 0;
  let backdropView = "";
  /** @type {Map<string, number>} */
  const widths = new Map();

  // ---- the view

  const toX = (/** @type {number} */ x) => (x - view.x) * view.scale + view.width / 2;
  const toY = (/** @type {number} */ y) => (y - view.y) * view.scale + view.height / 2;
  const leastScale = () => Math.min(1, 0.8 * fitScale());

  function fitScale() {
    return Math.min((view.width - 24) / (box.right - box.left + 90), (view.height - 24) / (box.bottom - box.top + 70));
  }

  function fit() {
    stopMoving();
    view.scale = Math.min(1.2, fitScale());
    view.x = (box.left + box.right) / 2;
    view.y = (box.top + box.bottom) / 2;
    redraw();
  }

  function zoom(/** @type {number} */ factor, x = view.width / 2, y = view.height / 2) {
    const scale = Math.min(MOST_ZOOM, Math.max(leastScale(), view.scale * factor));
    if (scale === view.scale) return false;
    const shift = 1 / view.scale - 1 / scale;
    view.x += (x - view.width / 2) * shift;
    view.y += (y - view.height / 2) * shift;
    view.scale = scale;
    clampView();
    redraw();
    return true;
  }

  function pan(/** @type {number} */ dx, /** @type {number} */ dy) {
    view.x -= dx / view.scale;
    view.y -= dy / view.scale;
    clampView();
    redraw();
  }

  function clampView() {
    view.x = Math.min(box.right, Math.max(box.left, view.x));
    view.y = Math.min(box.bottom, Math.max(box.top, view.y));
  }

  function stopMoving() {
    cancelAnimationFrame(moving);
    moving = 0;
  }

  function centre(/** @type {Node} */ node) {
    stopMoving();
    const from = { x: view.x, y: view.y, scale: view.scale };
    const scale = Math.max(view.scale, Math.min(0.75, MOST_ZOOM));
    const place = (/** @type {number} */ t) => {
      view.scale = from.scale + (scale - from.scale) * t;
      view.x = from.x + (node.x - from.x) * t;
      view.y = from.y + (node.y - from.y) * t;
      redraw();
    };
    if (still.matches) return place(1);
    const began = performance.now();
    const step = () => {
      const t = Math.min(1, (performance.now() - began) / 300);
      place(t * (2 - t));
      moving = t < 1 ? requestAnimationFrame(step) : 0;
    };
    step();
  }

  // ---- drawing

  function redraw() {
    if (!frame) frame = requestAnimationFrame(draw);
  }

  function draw() {
    frame = 0;
    const { width, height, ratio } = view;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    drawBands();
    drawBackdrop();
    const near = state.selected && neighbourhood(state.selected);
    drawNodes(near);
    const taken = new Set();
    drawBandNames(taken);
    drawLabels(near, taken);
    if (state.aiming) drawAim();
  }

  function drawBands() {
    context.globalAlpha = 0.05;
    bands.forEach((band, i) => {
      if (i % 2) return;
      context.fillStyle = colours.text;
      context.fillRect(0, toY(band.top - 30), view.width, (band.bottom - band.top + 60) * view.scale);
    });
    context.globalAlpha = 1;
  }

  function drawBandNames(/** @type {Set<number>} */ taken) {
    context.font = `600 12px ${colours.font}`;
    context.textAlign = "left";
    context.textBaseline = "top";
    for (const band of bands) {
      const top = toY(band.top - 30);
      const bottom = toY(band.bottom + 30);
      if (bottom < 18 || top > view.height) continue;
      const y = Math.min(Math.max(top + 3, 3), bottom - 15);
      const wide = context.measureText(band.name).width;
      if (!free(taken, 4, y - 2, wide + 22, 17)) continue;
      context.globalAlpha = 0.85;
      context.fillStyle = colours.background;
      context.fillRect(4, y - 2, wide + 22, 17);
      context.globalAlpha = 1;
      context.fillStyle = colours.kinds[band.kind];
      context.fillRect(8, y + 1, 8, 8);
      context.fillStyle = colours.muted;
      context.fillText(band.name, 20, y);
    }
  }

  /** All edges: where they are many, the picture of a moment ago is moved along until the view rests. */
  function drawBackdrop() {
    const key = [view.x, view.y, view.scale, view.width, view.height, view.ratio].join();
    if (backdropView === key) return paste(1, 0, 0);
    if (painted > MANY_EDGES && backdropView && settle !== -1) {
      const [x, y, scale, width, height] = backdropView.split(",").map(Number);
      const k = view.scale / scale;
      clearTimeout(settle);
      settle = window.setTimeout(() => {
        settle = -1;
        redraw();
      }, 120);
      return paste(k, toX(x) - (width / 2) * k, toY(y) - (height / 2) * k);
    }
    settle = 0;
    paintEdges();
    backdropView = key;
    return paste(1, 0, 0);
  }

  function paste(/** @type {number} */ k, /** @type {number} */ x, /** @type {number} */ y) {
    context.globalAlpha = state.selected ? 0.3 : 1;
    context.drawImage(backdrop, x, y, (backdrop.width / view.ratio) * k, (backdrop.height / view.ratio) * k);
    context.globalAlpha = 1;
  }

  function paintEdges() {
    backdrop.width = ui.canvas.width;
    backdrop.height = ui.canvas.height;
    const pen = /** @type {CanvasRenderingContext2D} */ (backdrop.getContext("2d"));
    pen.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
    pen.lineWidth = 1;
    const visible = data.edges.filter(isVisible);
    painted = visible.length;
    // Many faint lines or few clear ones: the picture stays about as dark.
    pen.globalAlpha = Math.min(0.5, Math.max(0.1, 12 / Math.sqrt(visible.length + 1) / 2.5));
    const dashes = view.scale > 0.6;
    for (const support of state.supports) {
      pen.strokeStyle = colours.supports[support];
      pen.setLineDash(dashes ? DASHES[support % 3] : []);
      let count = 0;
      pen.beginPath();
      for (const edge of visible) {
        if (edge[3] !== support) continue;
        trace(pen, edge);
        // Very long paths are slow to fill in.
        if (++count % 100 === 0) {
          pen.stroke();
          pen.beginPath();
        }
      }
      pen.stroke();
    }
  }

  function isVisible(/** @type {[number, number, number, number]} */ edge) {
    if (!state.shown[edge[0]] || !state.shown[edge[1]] || !state.supports.has(edge[3])) return false;
    const a = nodes[edge[0]];
    const b = nodes[edge[1]];
    const [ax, ay, bx, by] = [toX(a.x), toY(a.y), toX(b.x), toY(b.y)];
    return !(
      (ax < 0 && bx < 0) || (ay < -60 && by < -60) || (ax > view.width && bx > view.width) ||
      (ay > view.height + 60 && by > view.height + 60)
    );
  }

  function trace(/** @type {CanvasRenderingContext2D} */ pen, /** @type {[number, number, number, number]} */ edge) {
    const [a, b] = [nodes[edge[0]], nodes[edge[1]]];
    const [ax, ay, bx, by] = [toX(a.x), toY(a.y), toX(b.x), toY(b.y)];
    pen.moveTo(ax, ay);
    // Along a row a straight line would run through those that stand between.
    if (Math.abs(a.y - b.y) < 1) {
      pen.quadraticCurveTo((ax + bx) / 2, ay - Math.min(60, 10 + Math.abs(bx - ax) * 0.12), bx, by);
    } else {
      pen.lineTo(bx, by);
    }
  }

  function neighbourhood(/** @type {Node} */ node) {
    const near = new Set([node]);
    for (const index of node.edges) {
      const edge = data.edges[index];
      if (!state.supports.has(edge[3])) continue;
      near.add(nodes[edge[0] === node.index ? edge[1] : edge[0]]);
    }
    return near;
  }

  function drawNodes(/** @type {Set<Node> | null} */ near) {
    const grow = Math.min(1.5, Math.max(0.35, Math.sqrt(view.scale)));
    const dot = (/** @type {Node} */ node, faint = false) => {
      const [x, y] = [toX(node.x), toY(node.y)];
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) return;
      context.fillStyle = colours.kinds[node.kind];
      context.beginPath();
      context.arc(x, y, faint ? 1.5 : node.radius * grow, 0, 7);
      context.fill();
      if (!faint && node.status === "archived") {
        context.fillStyle = colours.background;
        context.beginPath();
        context.arc(x, y, node.radius * grow * 0.55, 0, 7);
        context.fill();
      }
    };
    context.globalAlpha = near ? 0.25 : 1;
    for (const node of nodes) if (state.shown[node.index] && !near?.has(node)) dot(node);
    context.globalAlpha = 0.3;
    for (const node of nodes) if (!state.shown[node.index] && !near?.has(node)) dot(node, true);
    context.globalAlpha = 1;
    if (near && state.selected) {
      drawOwnEdges(state.selected);
      for (const node of near) dot(node);
      ring(state.selected, grow, 2.5);
    }
    if (state.hover && state.hover !== state.selected) ring(state.hover, grow, 1.5);
  }

  function drawOwnEdges(/** @type {Node} */ node) {
    context.lineWidth = 1.75;
    context.globalAlpha = 0.75;
    for (const index of node.edges) {
      const edge = data.edges[index];
      if (!state.supports.has(edge[3])) continue;
      context.strokeStyle = colours.supports[edge[3]];
      context.setLineDash(DASHES[edge[3] % 3]);
      context.beginPath();
      trace(context, edge);
      context.stroke();
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  function ring(/** @type {Node} */ node, /** @type {number} */ grow, /** @type {number} */ width) {
    context.strokeStyle = colours.text;
    context.lineWidth = width;
    context.beginPath();
    context.arc(toX(node.x), toY(node.y), node.radius * grow + 3, 0, 7);
    context.stroke();
  }

  /** Names where there is room, the selected one's neighbours first, then the best connected. */
  function drawLabels(/** @type {Set<Node> | null} */ near, /** @type {Set<number>} */ taken) {
    const size = 12;
    let left = near ? 400 : Math.ceil((view.width * view.height) / ROOM_FOR_A_NAME);
    const grow = Math.min(1.5, Math.max(0.35, Math.sqrt(view.scale)));
    context.textAlign = "center";
    context.textBaseline = "top";
    context.lineJoin = "round";
    context.lineWidth = 3;
    context.strokeStyle = colours.background;
    const write = (/** @type {Node} */ node, strong = false) => {
      const [x, y] = [toX(node.x), toY(node.y) + node.radius * grow + 2];
      const wide = widthOf(node) * (strong ? 1.1 : 1);
      if (y < -20 || y > view.height || (!strong && (x < wide / 2 || x > view.width - wide / 2))) return;
      if (!free(taken, x - wide / 2 - 3, y, wide + 6, size + 3) && !strong) return;
      left--;
      context.font = `${strong ? "700 " : ""}${size}px ${colours.font}`;
      context.strokeText(node.name, x, y);
      context.fillStyle = colours.text;
      context.fillText(node.name, x, y);
    };
    if (state.selected) write(state.selected, true);
    if (state.hover && state.hover !== state.selected) write(state.hover, true);
    for (const node of byWeight) {
      if (left <= 0) break;
      if (node === state.selected || node === state.hover) continue;
      if (near ? near.has(node) : state.shown[node.index]) write(node);
    }
  }

  function widthOf(/** @type {Node} */ node) {
    let wide = widths.get(node.name);
    if (wide === undefined) {
      context.font = `12px ${colours.font}`;
      wide = context.measureText(node.name).width;
      widths.set(node.name, wide);
    }
    return wide;
  }

  function drawAim() {
    const [x, y] = [view.width / 2, view.height / 2];
    context.strokeStyle = colours.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [dx, dy] of [[1, 0], [-1, 0], [0, 1], [0, -1]]) {
      context.moveTo(x + dx * 5, y + dy * 5);
      context.lineTo(x + dx * 13, y + dy * 13);
    }
    context.stroke();
  }

  // ---- what is selected and shown

  function nearest(/** @type {number} */ x, /** @type {number} */ y, reach = Infinity) {
    const near = state.selected && neighbourhood(state.selected);
    let best = null;
    let least = reach;
    for (const node of nodes) {
      if (!state.shown[node.index] && !near?.has(node)) continue;
      const away = Math.hypot(toX(node.x) - x, toY(node.y) - y);
      if (away < least) [best, least] = [node, away];
    }
    return best;
  }

  function select(/** @type {Node | null} */ node, { move = false } = {}) {
    state.selected = node;
    if (node && move) centre(node);
    listNeighbours(node);
    keepState();
    redraw();
  }

  function listNeighbours(/** @type {Node | null} */ node) {
    ui.panel.replaceChildren();
    ui.panel.hidden = !node;
    if (!node) {
      ui.live.textContent = "";
      return;
    }
    const count = neighbourhood(node).size - 1;
    ui.live.textContent = `${node.name} is selected: ${count} ${count === 1 ? "neighbour" : "neighbours"}.`;
    const title = element("h3", {}, link(node));
    const facts = [data.kinds[node.kind].name, data.stewards[node.steward]?.name, node.status].filter(Boolean);
    const close = element("button", { type: "button", class: "ls-explore-button" }, "Clear the selection");
    close.addEventListener("click", () => {
      select(null);
      ui.canvas.focus();
    });
    const groups = groupedEdges(node).map(([heading, rows]) =>
      element("div", { class: "ls-explore-group" }, element("h4", {}, heading), element("ul", {}, ...rows)),
    );
    ui.panel.append(
      element("div", { class: "ls-explore-title" }, title, element("p", {}, facts.join(" · ")), close),
      element("div", { class: "ls-explore-groups" }, ...groups),
    );
  }

  /** @returns {[string, HTMLElement[]][]} headings with their neighbours as list items, by relation and direction */
  function groupedEdges(/** @type {Node} */ node) {
    /** @type {Map<string, {heading: string, rows: [Node, number][]}>} */
    const groups = new Map();
    for (const index of node.edges) {
      const [source, target, relation, support] = data.edges[index];
      if (!state.supports.has(support)) continue;
      const out = source === node.index;
      const reads = data.relations[relation].name;
      const key = `${out ? 0 : 1}:${String(relation).padStart(3, "0")}`;
      const heading = out ? `${node.name} ${reads}` : `${reads} ${node.name}`;
      const group = groups.get(key) ?? { heading, rows: [] };
      group.rows.push([nodes[out ? target : source], support]);
      groups.set(key, group);
    }
    return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { heading, rows }]) => {
      rows.sort(([a], [b]) => a.name.localeCompare(b.name));
      return [heading, rows.map(([other, support]) => neighbourItem(other, support))];
    });
  }

  function neighbourItem(/** @type {Node} */ node, /** @type {number} */ support) {
    const word = data.supports[support];
    const item = element("li", {}, link(node));
    if (support > 0) item.append(" ", element("span", { class: `ls-explore-support support-${word}` }, word));
    const walk = element("button", { type: "button", class: "ls-explore-walk", title: "Select" }, "◎");
    walk.setAttribute("aria-label", `Select ${node.name} in the picture`);
    walk.addEventListener("click", () => {
      select(node, { move: true });
      ui.canvas.focus({ preventScroll: true });
      ui.canvas.scrollIntoView({ block: "nearest" });
    });
    item.append(" ", walk);
    return item;
  }

  function link(/** @type {Node} */ node) {
    return element("a", { href: href(node.id) }, node.name);
  }

  function filter() {
    const kind = placeOf(data.kinds.map((k) => k.id), ui.kind.value);
    const steward = placeOf(data.stewards.map((s) => s.id), ui.steward.value);
    const tag = placeOf(data.tags, ui.tag.value);
    state.supports = new Set([...data.supports.keys()].filter((i) => ui.supports[i].checked));
    for (const node of nodes) {
      const fits =
        (kind < 0 || node.kind === kind) && (steward < 0 || node.steward === steward) &&
        (tag < 0 || node.tags.includes(tag));
      state.shown[node.index] = fits ? 1 : 0;
    }
    backdropView = "";
    listShown();
    if (state.selected) listNeighbours(state.selected);
    keepState();
    redraw();
  }

  function listShown() {
    const shown = nodes.filter((node) => state.shown[node.index]);
    ui.count.textContent = `Shown: ${shown.length} of ${nodes.length} entries`;
    ui.list.replaceChildren();
    let left = MOST_LISTED;
    data.kinds.forEach((kind, place) => {
      const some = shown.filter((node) => node.kind === place).sort((a, b) => a.name.localeCompare(b.name));
      const listed = some.slice(0, left);
      left -= listed.length;
      if (!listed.length) return;
      const items = listed.map((node) => element("li", {}, link(node)));
      ui.list.append(
        element("section", {}, element("h4", {}, `${kind.name} (${some.length})`), element("ul", {}, ...items)),
      );
    });
    const more = shown.length - Math.min(shown.length, MOST_LISTED);
    if (more) ui.list.append(element("p", {}, `and ${more} more; filter to see them`));
  }

  function find(/** @type {string} */ text) {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const rank = (/** @type {Node} */ node) => {
      const name = node.name.toLowerCase();
      if (name === wanted || node.id === wanted) return 0;
      if (name.startsWith(wanted) || node.id.startsWith(wanted)) return 1;
      return name.includes(wanted) || node.id.includes(wanted) ? 2 : 3;
    };
    return byWeight
      .map((node) => ({ node, rank: rank(node) }))
      .filter((found) => found.rank < 3)
      .sort((a, b) => a.rank - b.rank)
      .map((found) => found.node);
  }

  // ---- the address

  function keepState() {
    const address = new URL(location.href);
    const off = state.supports.size < data.supports.length;
    const values = {
      entry: state.selected?.id, kind: ui.kind.value, steward: ui.steward.value, tag: ui.tag.value,
      support: off ? [...state.supports].map((i) => data.supports[i]).join(",") || "none" : "",
    };
    for (const [key, value] of Object.entries(values)) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  function restoreState() {
    const values = new URL(location.href).searchParams;
    for (const [key, control] of /** @type {[string, HTMLSelectElement][]} */ ([
      ["kind", ui.kind], ["steward", ui.steward], ["tag", ui.tag],
    ])) {
      const wanted = values.get(key) ?? "";
      control.value = [...control.options].some((option) => option.value === wanted) ? wanted : "";
    }
    const supports = values.get("support")?.split(",");
    if (supports) ui.supports.forEach((box, i) => (box.checked = supports.includes(data.supports[i])));
    return byId.get(values.get("entry") ?? "") ?? null;
  }

  // ---- what people do

  function listen() {
    const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {(e: any) => void} */ act) =>
      target.addEventListener(type, act, { signal, passive: false });
    for (const control of [ui.kind, ui.steward, ui.tag, ...ui.supports]) on(control, "change", filter);
    on(ui.form, "submit", (event) => {
      event.preventDefault();
      const [node] = find(ui.search.value);
      if (node) select(node, { move: true });
      else if (ui.search.value.trim()) ui.live.textContent = "No entry is called so.";
    });
    on(ui.search, "input", (event) => {
      const found = find(ui.search.value);
      ui.options.replaceChildren(...found.slice(0, 20).map((node) => element("option", { value: node.name })));
      // A choice from the list arrives as one replacement, without a key.
      const chosen = !event.inputType || event.inputType === "insertReplacementText";
      if (chosen && found[0]?.name === ui.search.value) select(found[0], { move: true });
    });
    on(ui.clear, "click", () => {
      for (const control of [ui.kind, ui.steward, ui.tag]) control.value = "";
      for (const box of ui.supports) box.checked = true;
      ui.search.value = "";
      select(null);
      filter();
      fit();
    });
    on(ui.closer, "click", () => zoom(1.4));
    on(ui.further, "click", () => zoom(1 / 1.4));
    on(ui.whole, "click", fit);
    on(ui.canvas, "keydown", onKey);
    on(ui.canvas, "focus", () => aim(ui.canvas.matches(":focus-visible")));
    on(ui.canvas, "blur", () => aim(false));
    on(ui.canvas, "wheel", (event) => {
      stopMoving();
      const step = event.deltaMode === 1 ? 16 : 1;
      const [x, y] = placeIn(event);
      // At either end of the zoom the wheel belongs to the page again.
      if (zoom(Math.exp(-Math.max(-120, Math.min(120, event.deltaY * step)) * 0.0022), x, y)) event.preventDefault();
    });
    listenToPointers(on);
  }

  function aim(/** @type {boolean} */ aiming) {
    state.aiming = aiming;
    state.hover = aiming ? nearest(view.width / 2, view.height / 2) : null;
    redraw();
  }

  function onKey(/** @type {KeyboardEvent} */ event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = event.shiftKey ? 200 : 60;
    const acts = /** @type {Record<string, () => void>} */ ({
      ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0),
      ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
      "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8), 0: fit,
      Enter: () => select(nearest(view.width / 2, view.height / 2)), Escape: () => select(null),
    });
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    stopMoving();
    act();
    aim(true);
  }

  /** @returns {[number, number]} */
  function placeIn(/** @type {MouseEvent} */ event) {
    const place = ui.canvas.getBoundingClientRect();
    return [event.clientX - place.left, event.clientY - place.top];
  }

  function listenToPointers(/** @type {(t: EventTarget, type: string, act: (e: any) => void) => void} */ on) {
    /** @type {Map<number, [number, number]>} */
    const down = new Map();
    let travelled = 0;
    on(ui.canvas, "pointerdown", (event) => {
      if (event.button) return;
      stopMoving();
      if (!down.size) travelled = 0;
      down.set(event.pointerId, placeIn(event));
      ui.canvas.setPointerCapture(event.pointerId);
    });
    on(ui.canvas, "pointermove", (event) => {
      const here = placeIn(event);
      const was = down.get(event.pointerId);
      if (!was) {
        const node = event.pointerType === "mouse" ? nearest(...here, 14) : null;
        ui.canvas.style.cursor = node ? "pointer" : "";
        if (node !== state.hover) {
          state.hover = node;
          redraw();
        }
        return;
      }
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      down.set(event.pointerId, here);
      travelled += Math.hypot(here[0] - was[0], here[1] - was[1]);
      if (!other) {
        if (travelled > 4) pan(here[0] - was[0], here[1] - was[1]);
        return;
      }
      const middle = [(here[0] + other[0]) / 2, (here[1] + other[1]) / 2];
      pan((here[0] - was[0]) / 2, (here[1] - was[1]) / 2);
      const before = Math.hypot(was[0] - other[0], was[1] - other[1]);
      if (before > 1) zoom(Math.hypot(here[0] - other[0], here[1] - other[1]) / before, middle[0], middle[1]);
    });
    on(ui.canvas, "pointerup", (event) => {
      if (down.delete(event.pointerId) && !down.size && travelled <= 4) {
        select(nearest(...placeIn(event), event.pointerType === "mouse" ? 14 : 26));
      }
    });
    on(ui.canvas, "pointercancel", (event) => {
      travelled = Infinity;
      down.delete(event.pointerId);
    });
    on(ui.canvas, "pointerleave", () => {
      if (!down.size && state.hover && !state.aiming) {
        state.hover = null;
        redraw();
      }
    });
  }

  function resize() {
    const first = view.width === 1;
    const whole = first || Math.abs(view.scale - Math.min(1.2, fitScale())) < 1e-6;
    view.width = Math.max(2, ui.canvas.clientWidth);
    view.height = Math.max(2, ui.canvas.clientHeight);
    view.ratio = window.devicePixelRatio || 1;
    ui.canvas.width = Math.round(view.width * view.ratio);
    ui.canvas.height = Math.round(view.height * view.ratio);
    if (whole) fit();
    cancelAnimationFrame(frame);
    draw();
  }

  function recolour() {
    colours = readColours(root, data);
    backdropView = "";
    redraw();
  }

  const themes = new MutationObserver(recolour);
  themes.observe(document.body, {
    attributes: true, attributeFilter: ["data-md-color-scheme", "data-md-color-primary", "data-md-color-accent"],
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour, { signal });
  const sizes = new ResizeObserver(resize);
  sizes.observe(ui.canvas);
  const first = restoreState();
  listen();
  resize();
  state.selected = first;
  filter();
  if (first) {
    [view.x, view.y, view.scale] = [first.x, first.y, Math.max(view.scale, 0.75)];
    redraw();
  }

  return {
    select: (id) => select(id === null ? null : (byId.get(id) ?? null), { move: true }),
    stop: () => {
      stopping.abort();
      themes.disconnect();
      sizes.disconnect();
      stopMoving();
      clearTimeout(settle);
      cancelAnimationFrame(frame);
    },
  };
}

/** @param {Explore} data @returns {Node[]} */
function readNodes(data) {
  const nodes = data.nodes.map(([id, name, kind, x, y, steward, tags, status], index) => ({
    index, id, name, kind, x, y, steward, tags, status, radius: 0, edges: /** @type {number[]} */ ([]),
  }));
  data.edges.forEach(([source, target], index) => {
    nodes[source].edges.push(index);
    nodes[target].edges.push(index);
  });
  for (const node of nodes) node.radius = Math.min(11, 3 + Math.sqrt(node.edges.length) * 0.8);
  return nodes;
}

/** @param {Explore} data @param {Node[]} nodes */
function readBands(data, nodes) {
  return data.kinds
    .map(({ name }, kind) => {
      const heights = nodes.filter((node) => node.kind === kind).map((node) => node.y);
      return { kind, name, top: Math.min(...heights), bottom: Math.max(...heights) };
    })
    .filter((band) => Number.isFinite(band.top));
}

/** @param {Node[]} nodes */
function bounds(nodes) {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y } of nodes) {
    box.left = Math.min(box.left, x);
    box.right = Math.max(box.right, x);
    box.top = Math.min(box.top, y);
    box.bottom = Math.max(box.bottom, y);
  }
  return nodes.length ? box : { left: 0, right: 1, top: 0, bottom: 1 };
}

/** Whether nothing is written in this rectangle yet; if so it is taken. Cells of a coarse grid stand for places. */
function free(/** @type {Set<number>} */ taken, /** @type {number} */ x, y = 0, width = 0, height = 0) {
  const cells = [];
  for (let row = Math.floor(y / 8); row <= Math.floor((y + height) / 8); row++) {
    for (let column = Math.floor(x / 8); column <= Math.floor((x + width) / 8); column++) {
      const cell = row * 10000 + column;
      if (taken.has(cell)) return false;
      cells.push(cell);
    }
  }
  for (const cell of cells) taken.add(cell);
  return true;
}

/** The colours of the theme as it is now. @param {HTMLElement} root @param {Explore} data */
function readColours(root, data) {
  const probe = element("span", { hidden: "" });
  root.append(probe);
  const pixel = document.createElement("canvas");
  pixel.width = pixel.height = 1;
  const pen = /** @type {CanvasRenderingContext2D} */ (pixel.getContext("2d", { willReadFrequently: true }));
  /** Whatever notation the variable is in, a pixel painted with it is red, green and blue. */
  const read = (/** @type {string} */ value, /** @type {number[]} */ under = [255, 255, 255]) => {
    probe.style.color = value;
    pen.fillStyle = `rgb(${under.join()})`;
    pen.fillRect(0, 0, 1, 1);
    pen.fillStyle = getComputedStyle(probe).color;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const css = (/** @type {number[]} */ colour) => `rgb(${colour.join()})`;
  const mix = (/** @type {number[]} */ a, /** @type {number[]} */ b, /** @type {number} */ t) =>
    a.map((value, i) => Math.round(value + (b[i] - value) * t));
  const background = read("var(--md-default-bg-color, #fff)");
  const text = read("var(--md-default-fg-color, #222)", background);
  const muted = read("var(--md-default-fg-color--light, #666)", background);
  const north = read("var(--ls-north, #00897b)", background);
  const south = read("var(--ls-south, #e8710a)", background);
  const between = mix(text, background, 0.45);
  const last = Math.max(1, data.kinds.length - 1);
  const kinds = data.kinds.map((_, i) => {
    const t = (2 * i) / last;
    return css(t < 1 ? mix(north, between, t) : mix(between, south, t - 1));
  });
  const supports = data.supports.map((word) =>
    css(read(`var(--ls-${CSS.escape(word)}, var(--md-default-fg-color--light, #666))`, background)),
  );
  const accent = read("var(--md-accent-fg-color, #526cfe)", background);
  const font = getComputedStyle(root).fontFamily || "sans-serif";
  probe.remove();
  return {
    background: css(background), text: css(text), muted: css(muted), accent: css(accent), kinds, supports, font,
  };
}

/**
 * @param {string} name @param {Record<string, string>} attributes @param {(string | Node_)[]} children
 * @returns {any}
 * @typedef {globalThis.Node} Node_
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** @param {string[]} words @param {string} word */
function placeOf(words, word) {
  return word ? words.indexOf(word) : -1;
}

/** The controls, the canvas and the lists. @param {HTMLElement} root @param {Explore} data */
function build(root, data) {
  const unique = `ls-explore-${++instances}`;
  /** @type {(label: string, all: string, choices: [string, string][]) => {control: HTMLSelectElement, field: Node_}} */
  const select = (label, all, choices) => {
    const control = element("select", {}, element("option", { value: "" }, all));
    control.append(...choices.map(([value, name]) => element("option", { value }, name)));
    return { control, field: element("label", { class: "ls-explore-field" }, element("span", {}, label), control) };
  };
  const named = (/** @type {{id: string, name: string}[]} */ some) =>
    some.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]));
  const used = (/** @type {[string, string][]} */ some) => some.sort((a, b) => a[1].localeCompare(b[1]));
  const present = new Set(data.nodes.map((node) => node[2]));
  const kind = select("Kind", "All kinds", named(data.kinds.filter((_, i) => present.has(i))));
  const steward = select("Steward", "All stewards", used(named(data.stewards)));
  const tag = select("Tag", "All tags", data.tags.map((word) => [word, word]));
  const supports = data.supports.map(() => element("input", { type: "checkbox", checked: "" }));
  const marks = data.supports.map((word, i) =>
    element("label", {}, supports[i], element("span", { class: `ls-explore-key support-${word}` }), word),
  );
  const options = element("datalist", { id: `${unique}-names` });
  const search = element("input", {
    type: "search", list: options.id, autocomplete: "off", placeholder: "Name of an entry", enterkeyhint: "search",
  });
  const clear = element("button", { type: "button", class: "ls-explore-button" }, "Clear all");
  const go = element("button", { type: "submit", class: "ls-explore-button" }, "Find");
  const form = element(
    "form", { class: "ls-explore-form", role: "search", "aria-label": "Find and filter entries" },
    element("div", { class: "ls-explore-field ls-explore-find" },
      element("label", {}, element("span", {}, "Find"), search, options), go),
    kind.field, steward.field, tag.field,
    element("fieldset", { class: "ls-explore-supports" }, element("legend", {}, "Support"), ...marks),
    clear,
  );
  const help = element(
    "p", { class: "ls-explore-help", id: `${unique}-help` },
    "Drag or arrow keys move the picture, wheel, pinch, + and − zoom it; 0 shows all of it. A click, a tap, or Enter " +
      "for the one in the middle, selects an entry; Escape lets go.",
  );
  const canvas = element("canvas", {
    class: "ls-explore-canvas", tabindex: "0", role: "application", "aria-describedby": help.id,
    "aria-label": `Graph of ${data.nodes.length} entries and ${data.edges.length} statements`,
  });
  const tool = (/** @type {string} */ sign, /** @type {string} */ label) =>
    element("button", { type: "button", class: "ls-explore-tool", "aria-label": label, title: label }, sign);
  const [closer, further, whole] = [tool("+", "Zoom in"), tool("−", "Zoom out"), tool("⤢", "Show all")];
  const live = element("p", { class: "ls-explore-live", role: "status", "aria-live": "polite" });
  const panel = element("section", { class: "ls-explore-panel", "aria-label": "The selected entry", hidden: "" });
  const count = element("h3", {});
  const list = element("div", { class: "ls-explore-list" });
  root.classList.add("ls-explore");
  root.replaceChildren(
    form,
    element("div", { class: "ls-explore-picture" }, canvas,
      element("div", { class: "ls-explore-tools" }, closer, further, whole)),
    help, live, panel, element("section", { class: "ls-explore-shown" }, count, list),
  );
  return {
    form, search, options, clear, canvas, closer, further, whole, live, panel, count, list, supports,
    kind: kind.control, steward: steward.control, tag: tag.control,
  };
}
