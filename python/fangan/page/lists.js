// The lists on the left: which document, and its outline.

/** Documents, pairs and what could not be read, with a box to filter them. */
class Picker {
  constructor(opened) {
    this.opened = opened;
    this.box = make("input", {
      type: "search",
      placeholder: say("filter_documents"),
      "aria-label": say("filter_documents"),
      oninput: () => this.#filter(),
      onkeydown: (event) => {
        if (event.key === "ArrowDown") this.#focus(0, event);
        else if (event.key === "Enter") this.#shown()[0]?.click();
      },
    });
    this.list = make("ul", { class: "documents", role: "listbox", "aria-label": say("documents"), tabindex: -1 });
    this.none = make("p", { class: "none", hidden: true }, say("no_documents"));
    page.pairs.forEach((pair, at) => this.#item("pair", at, this.#pairName(pair)));
    page.documents.forEach((entry, at) => this.#item("document", at, called(entry), entry.id));
    this.list.addEventListener("keydown", (event) => this.#pressed(event));
    this.node = make(
      "section",
      { class: "pane picker", "data-pane": "documents", "aria-label": say("documents") },
      make("h2", {}, say("documents"), make("span", { class: "count" }, String(page.documents.length))),
      this.box,
      this.list,
      this.none,
      page.failed.length ? this.#failed() : null,
    );
  }

  #pairName({ a, b }) {
    const [one, other] = [a, b].map((at) => called(page.documents[at]));
    return { where: say("pairs"), title: `${one.where || one.title} ⇄ ${other.where || other.title}` };
  }

  #item(kind, at, { where, title }, id = "") {
    const node = make(
      "li",
      { role: "option", tabindex: -1, "data-kind": kind, "data-at": at, title: id, onclick: () => this.opened(kind, at) },
      make("span", { class: "where" }, where),
      make("span", { class: "name" }, title),
    );
    node.words = `${where} ${title} ${id}`.toLowerCase();
    this.list.append(node);
  }

  #failed() {
    const rows = page.failed.map(({ source, error }) => make("li", {}, make("b", {}, source), make("span", {}, error)));
    return make("details", { class: "failed", open: true }, make("summary", {}, `${say("failed")} ${rows.length}`), make("ul", {}, ...rows));
  }

  #shown() {
    return [...this.list.children].filter((node) => !node.hidden);
  }

  #filter() {
    const wanted = this.box.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const node of this.list.children) node.hidden = !wanted.every((word) => node.words.includes(word));
    this.none.hidden = this.#shown().length > 0;
  }

  #focus(at, event) {
    const shown = this.#shown();
    const node = shown[Math.max(0, Math.min(shown.length - 1, at))];
    node?.focus({ preventScroll: true });
    if (node) reveal(node, this.list, "y");
    event.preventDefault();
  }

  #pressed(event) {
    const at = this.#shown().indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: Infinity }[event.key];
    if (to === -1) this.box.focus();
    else if (to !== undefined) this.#focus(to, event);
    else if (event.key === "Enter" || event.key === " ") {
      event.target.click();
      event.preventDefault();
    }
  }

  mark(kind, at) {
    for (const node of this.list.children) {
      const here = node.dataset.kind === kind && Number(node.dataset.at) === at;
      node.setAttribute("aria-selected", here);
      node.tabIndex = here ? 0 : -1;
      if (here) reveal(node, this.list, "y");
    }
  }
}

/** The sections by level; the one in view is marked. */
class Outline {
  constructor(source, chosen) {
    this.rows = source.tables.sections ?? [];
    this.items = this.rows.map((row) =>
      make(
        "button",
        { class: `indent-${Math.min(row.level, 5)}`, tabindex: -1, onclick: () => chosen(row) },
        make("span", { class: "marker" }, row.cells.marker ?? ""),
        make("span", { class: "heading" }, row.cells.heading ?? ""),
        row.cells.component && row.cells.component !== row.cells.heading ? make("small", {}, row.cells.component) : null,
      ),
    );
    if (this.items.length) this.items[0].tabIndex = 0;
    this.list = make("div", { class: "sections" }, ...this.items);
    this.list.addEventListener("keydown", (event) => {
      const at = this.items.indexOf(event.target);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: this.items.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      const next = this.items[Math.max(0, Math.min(this.items.length - 1, to))];
      for (const item of this.items) item.tabIndex = item === next ? 0 : -1;
      next.focus({ preventScroll: true });
      reveal(next, this.list, "y");
      event.preventDefault();
    });
    const empty = make("p", { class: "none" }, say("no_outline"));
    this.node = make(
      "nav",
      { class: "pane outline", "data-pane": "outline", "aria-label": say("outline") },
      make("h2", {}, say("outline")),
      this.items.length ? this.list : empty,
    );
  }

  /** Mark the innermost section that holds a unit. */
  follow(unit) {
    let here = -1;
    this.rows.forEach((row, at) => {
      if (row.at[0] <= unit && unit < row.at[1]) here = at;
    });
    if (here === this.here) return;
    this.here = here;
    this.items.forEach((item, at) => item.setAttribute("aria-current", at === here ? "true" : "false"));
    if (here >= 0) reveal(this.items[here], this.list, "y");
  }
}
