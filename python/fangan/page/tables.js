// The tables beside the text: one tab each; a row leads to its place.

const pageRows = 200;

class Tables {
  constructor(source, chosen) {
    this.source = source;
    this.chosen = chosen;
    this.first = 0;
    this.row = null;
    this.names = Object.keys(page.shown).filter((table) => source.tables[table]?.length);
    this.tabs = make("div", { class: "tabs", role: "tablist", "aria-label": say("tables") });
    this.panel = make("div", { class: "panel", role: "tabpanel", id: "table-panel" });
    this.node = make("section", { class: "pane tables", "data-pane": "tables", "aria-label": say("tables") });
    this.node.append(this.tabs, this.panel);
    this.tabs.append(...this.names.map((table) => this.#tab(table)));
    this.tabs.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const at = this.names.indexOf(this.table) + step;
      this.open(this.names[(at + this.names.length) % this.names.length]);
      this.tabs.querySelector("[aria-selected=true]").focus();
      event.preventDefault();
    });
    this.panel.addEventListener("click", (event) => this.#clicked(event));
    this.panel.addEventListener("keydown", (event) => this.#pressed(event));
    if (this.names.length) this.open(this.names.includes("targets") ? "targets" : this.names[0]);
  }

  #tab(table) {
    return make(
      "button",
      { role: "tab", id: `tab-${table}`, "aria-controls": "table-panel", "data-table": table, onclick: () => this.open(table) },
      page.tables[table],
      table === "plans" ? null : make("span", { class: "count" }, String(this.source.tables[table].length)),
    );
  }

  /** Open a table, at the page that holds a row. */
  open(table, number = 0) {
    this.table = table;
    for (const tab of this.tabs.children) {
      const here = tab.dataset.table === table;
      tab.setAttribute("aria-selected", here);
      tab.tabIndex = here ? 0 : -1;
      if (here) reveal(tab, this.tabs, "x");
    }
    this.panel.setAttribute("aria-labelledby", `tab-${table}`);
    this.first = Math.floor(number / pageRows) * pageRows;
    this.#draw();
  }

  #draw() {
    const all = this.source.tables[this.table].length;
    const last = Math.min(all, this.first + pageRows);
    this.panel.replaceChildren(this.grid(this.table, this.first, last), all > pageRows ? this.#pager(all, last) : "");
    this.panel.scrollTop = 0;
    this.#mark();
  }

  #pager(all, last) {
    const turn = (by) => () => {
      this.first += by;
      this.#draw();
    };
    return make(
      "div",
      { class: "pager" },
      make("button", { onclick: turn(-pageRows), disabled: this.first === 0, "aria-label": say("previous") }, "‹"),
      say("rows", this.first + 1, last, all),
      make("button", { onclick: turn(pageRows), disabled: last === all, "aria-label": say("next") }, "›"),
    );
  }

  /** A stretch of a table. Columns of which no row has anything are left out. */
  grid(table, first, last) {
    const rows = Array.from({ length: last - first }, (_, at) => this.source.row(table, first + at));
    const columns = page.shown[table].filter((column) => rows.some((row) => row.cells[column]));
    const names = columns.map((column) => make("th", { scope: "col" }, page.columns[table][column]));
    const body = rows.map((row) =>
      make(
        "tr",
        { "data-number": row.number, tabindex: -1, class: `${row.at ? "placed" : ""} ${row.severity ?? ""} k-${row.kind}` },
        ...columns.map((column, at) => {
          const indent = at === 0 && row.level > 1 ? `indent-${Math.min(row.level, 5)}` : null;
          return make("td", { class: `c-${column} ${indent ?? ""}` }, row.cells[column] ?? "");
        }),
      ),
    );
    return make(
      "table",
      { role: "grid", "aria-label": page.tables[table] },
      make("thead", {}, make("tr", {}, ...names)),
      make("tbody", {}, ...body),
    );
  }

  #rows() {
    return [...this.panel.querySelectorAll("tbody tr")];
  }

  /** Select a row, wherever it stands, without going to its place. */
  select(row) {
    this.row = row;
    if (row && this.names.includes(row.table)) {
      const here = row.number >= this.first && row.number < this.first + pageRows;
      if (this.table !== row.table || !here) this.open(row.table, row.number);
    }
    this.#mark();
    const selected = this.panel.querySelector("[aria-selected=true]");
    if (selected) reveal(selected, this.panel, "y");
  }

  #mark() {
    const rows = this.#rows();
    const number = this.row?.table === this.table ? this.row.number : null;
    for (const row of rows) {
      const here = Number(row.dataset.number) === number;
      row.setAttribute("aria-selected", here);
      row.tabIndex = here ? 0 : -1;
    }
    if (rows.length && !rows.some((row) => row.tabIndex === 0)) rows[0].tabIndex = 0;
  }

  #clicked(event) {
    const node = event.target.closest("tbody tr");
    if (!node || !getSelection().isCollapsed) return;
    this.#choose(node);
  }

  #choose(node) {
    const row = this.source.row(this.table, Number(node.dataset.number));
    if (!row.at) return;
    this.row = row;
    this.#mark();
    this.chosen(row);
  }

  #pressed(event) {
    const node = event.target.closest("tbody tr");
    if (!node) return;
    const rows = this.#rows();
    const at = rows.indexOf(node);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to !== undefined) {
      const next = rows[Math.max(0, Math.min(rows.length - 1, to))];
      for (const row of rows) row.tabIndex = row === next ? 0 : -1;
      next.focus({ preventScroll: true });
      reveal(next, this.panel, "y");
    } else if (event.key === "Enter" || event.key === " ") this.#choose(node);
    else return;
    event.preventDefault();
  }

  /** All tables one below the other, for paper; of very many repairs only how many of each kind there are. */
  printed() {
    const parts = this.names.map((table) => {
      const all = this.source.tables[table].length;
      const many = table === "repairs" && all > pageRows;
      return make("section", {}, make("h2", {}, page.tables[table]), many ? this.#summary() : this.grid(table, 0, all));
    });
    return make("div", { class: "printed" }, ...parts);
  }

  #summary() {
    const { kind, kinds } = this.source.repairs;
    const counts = kinds.map((each, at) => `${each} ${kind.filter((number) => number === at).length}`);
    return make("p", {}, say("repairs_by_kind", kind.length, counts.join("、")));
  }
}

/** Scroll a pane, and only it, so that a child is seen. */
function reveal(child, pane, axis) {
  const inner = child.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  const [from, to, by] = axis === "x" ? ["left", "right", "scrollLeft"] : ["top", "bottom", "scrollTop"];
  const head = axis === "y" ? 36 : 0;
  if (inner[from] < outer[from] + head) pane[by] += inner[from] - outer[from] - head - 8;
  else if (inner[to] > outer[to]) pane[by] += inner[to] - outer[to] + 8;
}
