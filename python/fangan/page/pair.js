// Two documents side by side, with what the one made of the other, clause by clause.

const statusSigns = { kept: "=", edited: "≈", dropped: "−", added: "+" };

class PairView {
  constructor(number) {
    const { a, b } = page.pairs[number];
    this.sources = [Source.at(a), Source.at(b)];
    this.clauses = JSON.parse(document.getElementById(`pair-${number}`).textContent).map(
      ([status, aStart, aEnd, bStart, bEnd, similarity, shown], at) => ({
        number: at,
        kind: status,
        similarity,
        shown,
        places: [
          aStart === null ? null : this.sources[0].range([aStart, aEnd]),
          bStart === null ? null : this.sources[1].range([bStart, bEnd]),
        ],
      }),
    );
    const counts = {};
    for (const { kind } of this.clauses) counts[kind] = (counts[kind] ?? 0) + 1;
    const { kinds, node } = boxes(say("statuses"), page.statuses, counts, (chosen) => this.#filter(chosen));
    this.kinds = kinds;
    this.scrollers = ["superior", "subordinate"].map((side) =>
      make("div", { class: "scroller", tabindex: 0, role: "region", "aria-label": say(side), id: side === "superior" ? "text" : null }),
    );
    const columns = this.sources.map((source, side) =>
      make("div", { class: "side", "data-pane": side ? "subordinate" : "superior" }, this.#head(source, side), this.scrollers[side]),
    );
    const ledger = make(
      "section",
      { class: "pane ledger", "data-pane": "ledger", "aria-label": say("ledger") },
      make("h2", {}, say("ledger"), make("span", { class: "count" }, String(this.clauses.length))),
      (this.list = make("ol", { class: "clauses" }, ...this.clauses.map((clause) => this.#item(clause)))),
    );
    this.list.addEventListener("click", (event) => this.#choose(event.target.closest("li")));
    this.list.addEventListener("keydown", (event) => this.#pressed(event));
    if (this.list.firstChild) this.list.firstChild.tabIndex = 0;
    this.node = make("main", { class: "pane both" }, make("div", { class: "tools" }, node), make("div", { class: "sides" }, ...columns));
    this.parts = [this.node, ledger];
  }

  #head(source, side) {
    const { where, title } = called(source);
    return make(
      "header",
      { class: "about" },
      make("small", {}, say(side ? "subordinate" : "superior"), " · ", where || source.id),
      make("h2", {}, title),
    );
  }

  #item(clause) {
    const name = page.statuses[clause.kind];
    return make(
      "li",
      { class: `clause s-${clause.kind}`, "data-number": clause.number, tabindex: -1, "aria-selected": "false", role: "option" },
      make("span", { class: "status" }, statusSigns[clause.kind], " ", name),
      make("span", { class: "words" }, ...edited(clause.kind === "edited", clause.shown)),
    );
  }

  start(at) {
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", say("ledger"));
    this.panes = this.sources.map((source, side) => {
      const marks = this.clauses
        .filter((clause) => clause.places[side])
        .map((clause) => ({ table: "ledger", number: clause.number, kind: clause.kind, at: clause.places[side], extent: clause.places[side] }))
        .sort((one, other) => one.at[0] - other.at[0]);
      return new TextPane(this.scrollers[side], source, marks, this.kinds, (found) => found[0] && this.#open(found[0].number, side));
    });
    this.scrollers.forEach((scroller) =>
      scroller.addEventListener("keydown", (event) => {
        const leaf = document.activeElement?.closest("[data-s]");
        if (event.key === "Enter" && leaf) leaf.click();
      }),
    );
    if (!at) return;
    const range = this.sources[0].range(at);
    const clause = this.clauses.find(({ places }) => places[0] && places[0][0] < Math.max(range[1], range[0] + 1) && places[0][1] > range[0]);
    if (clause) this.#open(clause.number);
  }

  revealed() {
    for (const pane of this.panes ?? []) pane.revealed();
  }

  close() {
    for (const pane of this.panes) pane.close();
  }

  #filter(kinds) {
    this.kinds = kinds;
    for (const pane of this.panes) pane.setKinds(kinds);
    for (const item of this.list.children) item.hidden = !kinds.has(this.clauses[item.dataset.number].kind);
  }

  /** Choose a clause; `still`: the side that was clicked and so need not move. */
  #open(number, still = null) {
    const clause = this.clauses[number];
    this.panes.forEach((pane, side) => pane.choose(clause.places[side], { scroll: side !== still }));
    for (const item of this.list.children) {
      const here = Number(item.dataset.number) === number;
      item.setAttribute("aria-selected", here);
      item.tabIndex = here ? 0 : -1;
      if (here) reveal(item, this.list, "y");
    }
    status(`${page.statuses[clause.kind]} ${clause.shown}`);
  }

  #choose(item) {
    if (item) this.#open(Number(item.dataset.number));
  }

  #pressed(event) {
    const items = [...this.list.children].filter((item) => !item.hidden);
    const at = items.indexOf(event.target);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (at < 0) return;
    if (to !== undefined) {
      const next = items[Math.max(0, Math.min(items.length - 1, to))];
      next.focus({ preventScroll: true });
      this.#choose(next);
    } else if (event.key === "Enter" || event.key === " ") this.#choose(event.target);
    else return;
    event.preventDefault();
  }

  clear() {
    for (const pane of this.panes) pane.choose(null);
    for (const item of this.list.children) item.setAttribute("aria-selected", "false");
  }

  printed() {
    for (const pane of this.panes) pane.showAll();
    return make("div", {});
  }
}

/** 全[-市-]{+县+}范围 as deleted and inserted words. */
function edited(notation, text) {
  if (!notation) return [text];
  return text
    .split(/(\[-.*?-\]|\{\+.*?\+\})/su)
    .filter(Boolean)
    .map((piece) => {
      if (/^\[-.*-\]$/su.test(piece)) return make("del", {}, piece.slice(2, -2));
      if (/^\{\+.*\+\}$/su.test(piece)) return make("ins", {}, piece.slice(2, -2));
      return piece;
    });
}
