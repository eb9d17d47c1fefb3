// One document: its head, its text, its tables, its outline.

/** Boxes that switch kinds on and off, each with how many there are. */
function boxes(label, names, counts, changed) {
  const kinds = new Set(Object.keys(counts));
  const made = Object.keys(names)
    .filter((kind) => counts[kind])
    .map((kind) => {
      const box = make("input", { type: "checkbox", value: kind, checked: true });
      box.addEventListener("change", () => {
        if (box.checked) kinds.add(kind);
        else kinds.delete(kind);
        changed(new Set(kinds));
      });
      const sample = make("span", { class: `sample mark k-${kind}` }, names[kind]);
      return make("label", { class: "box" }, box, sample, make("span", { class: "count" }, String(counts[kind])));
    });
  return { kinds, node: make("fieldset", { class: "boxes" }, make("legend", {}, label), ...made) };
}

function heading(source, search) {
  const about = [source.region, source.year, source.genre, source.issuer, source.number].filter((part) => part !== null);
  const letters = say("characters", [...source.text].length.toLocaleString());
  return make(
    "header",
    { class: "about reader" },
    make("h1", {}, called(source).title),
    search,
    make(
      "p",
      {},
      ...about.map((part) => make("span", {}, String(part))),
      make("span", { class: "faint" }, source.id),
      make("span", { class: "faint" }, letters),
      source.truncated ? make("span", { class: "chip k-diagnostics" }, say("truncated")) : null,
    ),
  );
}

class DocumentView {
  constructor(number) {
    this.source = Source.at(number);
    const { source } = this;
    const counts = {};
    for (const mark of source.marks) counts[mark.kind] = (counts[mark.kind] ?? 0) + 1;
    if (source.tables.repairs.length) counts.repairs = source.tables.repairs.length;
    const { kinds, node } = boxes(say("kinds"), page.kinds, counts, (chosen) => this.#filter(chosen));
    this.kinds = kinds;
    this.search = new Search(source, (range) => this.#go(range));
    this.tables = new Tables(source, (row) => this.#fromTable(row));
    this.outline = new Outline(source, (row) => this.#fromTable(row, true));
    this.scroller = make("div", { class: "scroller", id: "text", tabindex: 0, role: "region", "aria-label": say("source") });
    this.node = make(
      "main",
      { class: "pane reading", "data-pane": "source" },
      make("div", { class: "tools" }, node),
      this.scroller,
    );
    this.parts = [heading(source, this.search.node), this.outline.node, this.node, this.tables.node];
  }

  /** Once the parts are in the page: the text needs its width. */
  start(at) {
    this.pane = new TextPane(this.scroller, this.source, this.source.marks, this.kinds, (...found) => this.#picked(...found));
    let waiting = false;
    this.scroller.addEventListener("scroll", () => {
      card.scrolled(this.scroller.scrollTop);
      if (waiting) return;
      waiting = true;
      setTimeout(() => {
        waiting = false;
        if (this.scroller.isConnected) this.outline.follow(this.pane.seen(this.pane.margin + 20));
      }, 120);
    });
    this.scroller.addEventListener("keydown", (event) => this.#pressed(event));
    this.scroller.addEventListener("pointerover", (event) => this.#over(event));
    this.scroller.addEventListener("pointerleave", () => card.light && card.hide());
    if (at) this.#open(at);
    else if (this.source.own[0] > 0) this.pane.scrollTo(this.source.own[0]);
  }

  revealed() {
    this.pane?.revealed();
  }

  close() {
    this.pane.close();
  }

  /** A place in code points: its row, if it is one's, is chosen too. */
  #open(at) {
    const row = this.source.marks.findLast((mark) => mark.points[0] === at[0] && mark.points[1] === at[1]);
    if (row) this.tables.select(row);
    this.#go(this.source.range(at));
  }

  #go(range) {
    showPane("source");
    this.pane.choose(range);
    address(this.source, range);
  }

  #filter(kinds) {
    this.kinds = kinds;
    card.hide();
    this.pane.setKinds(kinds);
  }

  #fromTable(row, select = false) {
    card.hide();
    if (select) this.tables.select(row);
    this.#go(row.at);
  }

  // A click in the text

  #picked(marks, repair, unit) {
    const plain = !marks.length || weight(marks[0]) > 0;
    const row = repair !== null && plain ? this.source.row("repairs", repair) : marks[0];
    if (!row) {
      this.clear();
      return;
    }
    this.#select(row, unit, marks, repair);
  }

  #select(row, unit, marks, repair) {
    this.tables.select(row);
    this.pane.choose(row.at, { scroll: false });
    address(this.source, row.at);
    const others = marks.filter((mark) => mark !== row);
    const buttons = others.map((other) =>
      make(
        "button",
        { class: "other", onclick: () => this.#select(other, unit, marks, repair) },
        make("span", { class: `chip k-${other.kind}` }, page.kinds[other.kind]),
        brief(other),
      ),
    );
    const again = document.activeElement?.closest(".card");
    const leaf = this.pane.leafAt(unit);
    card.show(leaf, [
      ...(row.table === "repairs" ? [] : rowLines(this.source, row)),
      repair === null ? null : repairLines(this.source, repair),
      buttons.length ? make("div", { class: "others" }, make("small", {}, say("also")), ...buttons) : null,
    ].filter(Boolean));
    if (again) card.enter();
    else leaf?.focus({ preventScroll: true });
  }

  clear() {
    const open = card.hide(true);
    if (open && !card.light) return;
    this.tables.select(null);
    this.pane.choose(null);
  }

  // A repair under the pointer

  #over(event) {
    if (event.pointerType === "touch" || (!card.node.hidden && !card.light)) return;
    const leaf = event.target.closest("[data-repair]");
    if (leaf) card.show(leaf, [repairLines(this.source, Number(leaf.dataset.repair))], { light: true });
    else if (card.light) card.hide();
  }

  // Keys in the text

  #pressed(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const leaf = document.activeElement?.closest("[data-s]");
    if (event.key === "Enter" && leaf) {
      if (card.node.hidden) leaf.click();
      else card.enter();
      event.preventDefault();
      return;
    }
    const step = { j: 1, k: -1, n: 1, p: -1 }[event.key];
    const repair = { r: 1, R: -1 }[event.key];
    if (step) this.#next(step);
    else if (repair && this.kinds.has("repairs")) this.#nextRepair(repair);
    else return;
    event.preventDefault();
  }

  /** Where the reader is: at what is chosen while that is in view, else at the top of the window. */
  #here() {
    const leaf = document.activeElement?.closest("[data-s]");
    const row = this.tables.row;
    if (leaf && row && row.table !== "repairs") return row;
    const unit = leaf ? Number(leaf.dataset.s) : this.pane.seen(30);
    return { at: [unit - (leaf ? 0 : 1), Infinity] };
  }

  #next(by) {
    const marks = this.source.marks.filter((mark) => this.kinds.has(mark.kind));
    const here = this.#here();
    const before = (a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1];
    const behind = (mark) => mark !== here && before(mark, here) * by > 0;
    const known = marks.indexOf(here);
    const found = by > 0 ? marks.find(behind) : marks.findLast(behind);
    const row = known >= 0 ? marks[known + by] : found;
    if (!row) return;
    this.pane.scrollTo(row.at[0]);
    this.#select(row, row.at[0], this.pane.marksAt(row.at[0]), null);
    requestAnimationFrame(() => requestAnimationFrame(() => this.#again(row)));
  }

  #nextRepair(by) {
    const leaf = document.activeElement?.closest("[data-repair]");
    const unit = leaf ? null : this.pane.seen(30);
    const [first, last] = leaf ? this.source.run(Number(leaf.dataset.repair)) : [0, 0];
    const at = leaf ? (by > 0 ? last + 1 : first - 1) : countBelow(this.source.starts, unit) + (by > 0 ? 0 : -1);
    if (at < 0 || at >= this.source.starts.length) return;
    const start = by > 0 ? at : this.source.run(at)[0];
    const row = this.source.row("repairs", start);
    this.pane.scrollTo(row.at[0]);
    this.#select(row, row.at[0], this.pane.marksAt(row.at[0]), start);
    requestAnimationFrame(() => requestAnimationFrame(() => this.#again(row)));
  }

  // Scrolling closes the card; a move by keys that scrolls opens it again at the new place.
  #again(row) {
    if (!card.node.hidden || this.tables.row !== row) return;
    const repair = row.table === "repairs" ? row.number : null;
    this.#select(row, row.at[0], this.pane.marksAt(row.at[0]), repair);
  }

  printed() {
    this.pane.showAll();
    return this.tables.printed();
  }
}
