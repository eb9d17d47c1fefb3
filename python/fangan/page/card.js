// The card that says what stands at a place: the row with all its cells, what else is there, the repair.

const card = {
  node: null,
  anchor: null,
  top: null,

  build() {
    this.node = make("div", { class: "card", role: "dialog", "aria-label": say("place"), hidden: true });
    document.body.append(this.node);
    document.addEventListener("pointerdown", (event) => {
      if (!this.node.hidden && !this.node.contains(event.target) && !event.target.closest("[data-s]")) this.hide();
    });
  },

  /** Show it beside an element; `light` for what only passes by under the pointer. */
  show(anchor, children, { light = false } = {}) {
    this.anchor = anchor;
    this.light = light;
    this.top = anchor.closest(".scroller")?.scrollTop ?? null;
    this.node.classList.toggle("light", light);
    this.node.setAttribute("role", light ? "tooltip" : "dialog");
    const close = make("button", { class: "close", "aria-label": say("close"), onclick: () => this.hide(true) }, "×");
    this.node.replaceChildren(...(light ? [] : [close]), ...children);
    this.node.hidden = false;
    status(this.node.innerText.replace(/\s+/g, " "));
    const place = anchor.getClientRects()[0] ?? anchor.getBoundingClientRect();
    const { offsetWidth, offsetHeight } = this.node;
    const left = Math.max(8, Math.min(place.left, innerWidth - offsetWidth - 8));
    const below = place.bottom + 6 + offsetHeight < innerHeight - 8;
    this.node.style.left = `${left}px`;
    if (getComputedStyle(this.node).bottom === "0px") this.above(anchor);
    this.node.style.top = `${below ? place.bottom + 6 : Math.max(8, place.top - offsetHeight - 6)}px`;
  },

  /** In a narrow window the card lies at the bottom: what it speaks of must stand above it. */
  above(anchor) {
    const hidden = anchor.getBoundingClientRect().bottom + 12 - this.node.getBoundingClientRect().top;
    const scroller = anchor.closest(".scroller");
    if (hidden <= 0 || !scroller) return;
    scroller.scrollTop += hidden;
    this.top = scroller.scrollTop;
  },

  /** A card that has lost its place by scrolling goes; the pixel or two by which a place settles do not count. */
  scrolled(top) {
    if (this.top !== null && Math.abs(top - this.top) > 48) this.hide();
    this.top ??= top;
  },

  hide(back = false) {
    if (this.node.hidden) return false;
    this.node.hidden = true;
    if (back && this.anchor?.isConnected) this.anchor.focus({ preventScroll: true });
    return true;
  },

  enter() {
    this.node.querySelector("button:not(.close), .close")?.focus();
  },
};

/** The change that repairs made at a place, neighbours included. */
function repairLines(source, repair) {
  const [first, last] = source.run(repair);
  const numbers = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const kinds = [...new Set(numbers.map((number) => source.repairs.kinds[source.repairs.kind[number]]))];
  const before = source.text.slice(source.starts[first], source.ends[last]);
  const after = numbers.map((number) => source.repairs.after[number]).join("");
  const sure = numbers.map((number) => source.repairs.confidence[number]).filter((each) => each !== undefined);
  return make(
    "div",
    { class: "change" },
    make("span", { class: "chip k-repairs" }, `${say("repair")} · ${kinds.join("、")}`),
    make("del", {}, before),
    make("span", { class: "arrow", "aria-hidden": "true" }, "→"),
    make("ins", {}, after || say("removed")),
    sure.length ? make("small", {}, `${say("confidence")} ${Math.min(...sure)}`) : null,
  );
}

function rowLines(source, row) {
  const labels = page.columns[row.table];
  const cells = Object.entries(row.cells).filter(([column]) => column !== "quantity");
  const list = cells.flatMap(([column, value]) => [make("dt", {}, labels[column]), make("dd", {}, value)]);
  const quote = `corpus.quote("${source.source}", ${row.points[0]}, ${row.points[1]})`;
  return [
    make("div", { class: "kind" }, make("span", { class: `chip k-${row.kind}` }, page.kinds[row.kind])),
    make("dl", {}, ...list),
    make("code", { class: "quote" }, quote),
  ];
}

/** One line that tells a row from others. */
function brief(row) {
  const { cells } = row;
  const told = [cells.label, cells.marker, cells.heading ?? cells.name ?? cells.item ?? cells.quote ?? cells.formula];
  const words = told.filter(Boolean).join(" ") || cells.title || cells.value || cells.code || cells.text || "";
  return words.length > 24 ? `${words.slice(0, 24)}…` : words;
}
