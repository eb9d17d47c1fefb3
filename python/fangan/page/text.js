// The text of a source with its marks. All of it is in the page as plain text from the beginning, so that searching
// and scrolling work; parts get their marks when they come near the window, as a long source has very many of them.

const blockUnits = 1200;
const partUnits = 2000;
const longestLine = 20000;

class TextPane {
  /**
   * `marks`: rows with `at` (their place), `extent` (what of it is marked) and `kind`, by place.
   * `picked(marks, repairs, unit, leaf)` is called when a place is clicked.
   */
  constructor(node, source, marks, kinds, picked) {
    this.node = node;
    // A frame in a notebook may have no size yet when this runs; what waits for one goes on when there is.
    new ResizeObserver(() => this.revealed()).observe(node);
    this.source = source;
    this.kinds = kinds;
    this.picked = picked;
    this.selection = null;
    this.flashing = false;
    this.parts = [];
    this.body = make("div", { class: "text" });
    this.#cut();
    this.#share(marks);
    this.node.replaceChildren(this.body);
    this.#watch();
    this.body.addEventListener("click", (event) => this.#clicked(event));
  }

  // Blocks are whole lines, so that dividing the text changes no line; parts are pieces of long ones.
  #cut() {
    const { text } = this.source;
    const wide = Math.max(12, Math.min(44, (this.node.clientWidth || 700) / 18));
    let from = 0;
    let lines = 0;
    let goesOn = false;
    const close = (to) => {
      const block = make("div", { class: goesOn ? "block goes-on" : "block" });
      goesOn = false;
      block.style.containIntrinsicBlockSize = `auto ${Math.ceil(lines) * 32}px`;
      for (let start = from; start < to; ) {
        const end = start + partUnits < to ? cutBehind(text, start + partUnits) : to;
        const node = make("span", { class: "part" }, text.slice(start, end));
        block.append(node);
        this.parts.push({ from: start, to: end, node, block, marks: [], shown: false });
        start = end;
      }
      this.body.append(block);
      from = to;
      lines = 0;
    };
    for (let at = 0; at < text.length; ) {
      const end = text.indexOf("\n", at) + 1 || text.length;
      // A line of a million characters is drawn as several, each but the first with a sign that it goes on.
      if (end - at > longestLine && at > from) close(at);
      while (end - at > longestLine) {
        const cut = cutBehind(text, at + partUnits);
        lines = (cut - at) / wide;
        close(cut);
        at = cut;
        goesOn = true;
      }
      lines += Math.max(1, (end - at) / wide);
      at = end;
      if (at - from >= blockUnits || at === text.length) close(at);
    }
    this.edges = this.parts.map((part) => part.to);
  }

  #share(marks) {
    if (!this.parts.length) return;
    for (const mark of marks) {
      const last = Math.max(mark.at[0] + 1, mark.at[1]);
      for (let at = this.#partAt(mark.at[0]); at < this.parts.length && this.parts[at].from < last; at += 1) {
        this.parts[at].marks.push(mark);
      }
    }
  }

  #partAt(unit) {
    return Math.min(countBelow(this.edges, unit + 1), this.parts.length - 1);
  }

  #watch() {
    const near = new Map(this.parts.map((part) => [part.node, part]));
    this.watcher = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (!entry.isIntersecting) continue;
          this.watcher.unobserve(entry.target);
          this.#show(near.get(entry.target));
        }
      },
      { root: this.node, rootMargin: "800px 0px" },
    );
    for (const part of this.parts) this.watcher.observe(part.node);
  }

  close() {
    this.watcher.disconnect();
  }

  /** Mark everything, for paper. */
  showAll() {
    for (const part of this.parts) if (!part.shown) this.#show(part);
  }

  setKinds(kinds) {
    this.kinds = kinds;
    for (const part of this.parts) if (part.shown) this.#show(part);
  }

  #show(part) {
    part.shown = true;
    const { from, to } = part;
    const marks = part.marks.filter((mark) => this.kinds.has(mark.kind));
    const repairs = this.kinds.has("repairs") ? this.source.repairsIn(from, to) : [];
    const edges = new Set([from, to]);
    const edge = (unit) => unit > from && unit < to && edges.add(unit);
    for (const mark of marks) mark.extent.forEach(edge);
    for (const repair of repairs) [this.source.starts[repair], this.source.ends[repair]].forEach(edge);
    this.source.own.forEach(edge);
    if (this.selection) this.selection.forEach(edge);
    const cuts = [...edges].sort((a, b) => a - b);
    const leaves = document.createDocumentFragment();
    let repair = 0;
    for (let at = 0; at + 1 < cuts.length; at += 1) {
      const start = cuts[at];
      const end = cuts[at + 1];
      while (repair < repairs.length && this.source.ends[repairs[repair]] <= start) repair += 1;
      const repaired = repair < repairs.length && this.source.starts[repairs[repair]] <= start ? repairs[repair] : null;
      this.#signs(leaves, marks, start);
      leaves.append(this.#leaf(marks, repaired, start, end));
    }
    part.node.replaceChildren(leaves);
  }

  /** Marks that have a place but no letters, such as a doubt about a whole document, stand as a sign before it. */
  #signs(leaves, marks, start) {
    for (const mark of marks) {
      if (mark.extent[0] !== start || mark.extent[1] !== start) continue;
      leaves.append(make("span", { class: `sign k-${mark.kind}`, "data-s": start, "data-row": name(mark) }));
    }
  }

  #leaf(marks, repair, start, end) {
    const over = marks.filter((mark) => mark.extent[0] <= start && mark.extent[1] >= end);
    const mark = innermost(over);
    const classes = [];
    if (mark) {
      classes.push("mark", `k-${mark.kind}`);
      if (mark.severity) classes.push(mark.severity);
    }
    const phase = over.filter((each) => each.kind === "phases");
    if (phase.some((each) => each.extent[0] === start)) classes.push("phase-begins");
    if (phase.some((each) => each.extent[1] === end)) classes.push("phase-ends");
    if (mark?.extent[0] === start) classes.push("begins");
    if (over.some((each) => each.kind === "diagnostics")) classes.push("doubtful");
    if (repair !== null) classes.push("repaired", ...(this.source.repairs.after[repair] ? [] : ["removed"]));
    if (end <= this.source.own[0] || start >= this.source.own[1]) classes.push("outside");
    if (this.selection && this.selection[0] <= start && end <= this.selection[1]) {
      classes.push("chosen");
      if (this.flashing) classes.push("flash");
    }
    return make(
      "span",
      {
        class: classes.join(" ") || null,
        "data-s": start,
        "data-e": end,
        "data-rows": over.map(name).join(" ") || null,
        "data-repair": repair,
        tabindex: mark || repair !== null ? -1 : null,
      },
      ...lines(this.source.text.slice(start, end), this.source.text[end]),
    );
  }

  // Choosing

  #clicked(event) {
    const leaf = event.target.closest("[data-s]");
    if (!leaf || !this.body.contains(leaf) || !getSelection().isCollapsed) return;
    const unit = Number(leaf.dataset.s);
    this.picked(this.marksAt(unit, leaf.dataset.row), this.#repairAt(leaf), unit, leaf);
  }

  #repairAt(leaf) {
    return leaf.dataset.repair === undefined ? null : Number(leaf.dataset.repair);
  }

  /** Visible marks over a place, the innermost first; `row`: one that is to stand before all others. */
  marksAt(unit, row) {
    const part = this.parts[this.#partAt(unit)];
    const over = (part?.marks ?? []).filter(
      (mark) =>
        this.kinds.has(mark.kind) &&
        ((mark.at[0] <= unit && unit < mark.at[1]) || (mark.at[0] === unit && mark.at[1] === unit)),
    );
    return over.sort(
      (a, b) => (name(b) === row) - (name(a) === row) || weight(a) - weight(b) || length(a) - length(b),
    );
  }

  /** Choose a stretch and go to it. */
  choose(range, { flash = true, scroll = true } = {}) {
    const old = this.selection;
    this.selection = range;
    this.flashing = flash && range !== null;
    this.body.classList.toggle("long", range !== null && range[1] - range[0] > 400);
    const touched = (part, [from, to]) => part.from < Math.max(to, from + 1) && part.to > from;
    if (range && scroll) {
      const first = this.parts[this.#partAt(range[0])];
      if (first && !first.shown) this.#show(first);
    }
    for (const part of this.parts) {
      if (part.shown && ((old && touched(part, old)) || (range && touched(part, range)))) this.#show(part);
    }
    clearTimeout(this.calm);
    if (this.flashing) {
      this.calm = setTimeout(() => {
        this.flashing = false;
        for (const leaf of this.body.querySelectorAll(".flash")) leaf.classList.remove("flash");
      }, 1600);
    }
    if (range && scroll) this.scrollTo(range[0]);
  }

  leafAt(unit) {
    const part = this.parts[this.#partAt(unit)];
    if (!part) return null;
    if (!part.shown) this.#show(part);
    let found = null;
    for (const leaf of part.node.children) if (Number(leaf.dataset.s) <= unit) found = leaf;
    return found;
  }

  // Blocks outside the window have estimated heights, which settle when they are drawn: so go there more than once.
  // Only this pane scrolls; scrollIntoView would move the notebook around the frame too.
  scrollTo(unit, tries = 4) {
    this.due = this.node.clientHeight ? null : unit;
    if (this.due !== null) return;
    const leaf = this.leafAt(unit);
    if (!leaf) return;
    const box = this.node.getBoundingClientRect();
    const place = leaf.getClientRects()[0] ?? leaf.getBoundingClientRect();
    const wanted = box.top + this.margin;
    if (Math.abs(place.top - wanted) > 4) this.node.scrollTop += place.top - wanted;
    if (tries > 1) requestAnimationFrame(() => this.scrollTo(unit, tries - 1));
  }

  /** A pane that a narrow window hid could not scroll; now it can. */
  revealed() {
    if ((this.due ?? null) !== null) this.scrollTo(this.due);
  }

  /** The unit that stands so far below the top of the window. */
  seen(below) {
    const line = this.node.getBoundingClientRect().top + below;
    const passes = (node) => node.getBoundingClientRect().bottom > line;
    const blocks = this.body.children;
    // Blocks stand one below the other, so the first one below the line is found by halves.
    let low = 0;
    let high = blocks.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (passes(blocks[middle])) high = middle;
      else low = middle + 1;
    }
    const leaf = [...(blocks[low]?.querySelectorAll("[data-s]") ?? [])].find(passes);
    if (leaf) return Number(leaf.dataset.s);
    return this.parts.find((part) => part.block === blocks[low])?.from ?? 0;
  }

  /** How far below the top a chosen place comes to stand. */
  get margin() {
    return Math.min(this.node.clientHeight / 3, 200);
  }
}

/** A place where a text can be cut: no letter of two units is torn apart. */
function cutBehind(text, unit) {
  return /[\udc00-\udfff]/.test(text[unit]) ? unit + 1 : unit;
}

/** A carriage return alone ends a line in old texts, but not in a browser. */
function lines(text, next) {
  if (!text.includes("\r")) return [text];
  const pieces = text.split(/(\r)(?!\n)/);
  const alone = (at) => pieces[at] === "\r" && !(at === pieces.length - 2 && pieces[at + 1] === "" && next === "\n");
  return pieces.flatMap((piece, at) => (alone(at) ? [piece, make("br")] : [piece]));
}

function name(mark) {
  return `${mark.table}:${mark.number}`;
}

function length(mark) {
  return mark.at[1] - mark.at[0];
}

/** Evidence before the site's own text, doubts and sections. */
function weight(mark) {
  if (evidence.includes(mark.kind)) return 0;
  return mark.kind === "sections" ? 1 : 2;
}

/** The mark that gives a stretch its looks: the shortest; evidence rather than a doubt. */
function innermost(marks) {
  const size = (mark) => mark.extent[1] - mark.extent[0];
  const rank = (mark) => (mark.kind === "diagnostics" ? 1 : 0);
  return marks.reduce(
    (best, mark) => (best && (rank(best) - rank(mark) || size(best) - size(mark)) < 0 ? best : mark),
    null,
  );
}
