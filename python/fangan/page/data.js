// What the page was given, and the little helpers that all parts use.

const page = JSON.parse(document.getElementById("page").textContent);

/** A text of the page in its language; {0}, {1} … stand for values. */
function say(key, ...values) {
  return page.texts[key].replace(/\{(\d)\}/g, (_, at) => values[at]);
}

/** An element with properties and children. Strings become text nodes: nothing a document says is ever parsed. */
function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** How many numbers of a sorted list are less than a number. */
function countBelow(sorted, number) {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < number) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Tables count code points of the source, JavaScript counts UTF-16 units of the stretch that is here. */
class Offsets {
  constructor(text, base) {
    this.base = base;
    this.wide = [];
    this.wideUnits = [];
    if (!/[\ud800-\udbff]/.test(text)) return;
    for (let unit = 0, point = 0; unit < text.length; unit += 1, point += 1) {
      if (text.codePointAt(unit) > 0xffff) {
        this.wide.push(point);
        this.wideUnits.push(unit);
        unit += 1;
      }
    }
  }

  toUnit(point) {
    const here = Math.max(0, point - this.base);
    return here + countBelow(this.wide, here);
  }

  toPoint(unit) {
    return this.base + unit - countBelow(this.wideUnits, unit);
  }
}

/** Small letters for capital ones, none of which changes how long the text is. */
function folded(text) {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

const evidence = ["head", "phases", "criteria", "targets", "leaders", "references", "slogans"];

/** A document: its text, the rows of its tables with their places in units, its repairs. Read when first shown. */
class Source {
  static known = new Map();

  static at(number) {
    if (!Source.known.has(number)) {
      Source.known.set(number, new Source(JSON.parse(document.getElementById(`document-${number}`).textContent)));
    }
    return Source.known.get(number);
  }

  constructor(raw) {
    Object.assign(this, raw);
    this.offsets = new Offsets(this.text, this.base);
    this.own = this.range(this.span);
    for (const [table, rows] of Object.entries(this.tables)) {
      rows.forEach((row, number) => {
        row.table = table;
        row.number = number;
        row.kind ??= table;
        row.points = row.at;
        if (!row.at) return;
        row.at = this.range(row.points);
        row.extent = row.extent ? this.range(row.extent) : row.at;
      });
    }
    // Outer rows first, so that of two with the same beginning the longer one opens first.
    this.marks = Object.values(this.tables).flat().filter((row) => row.at);
    this.marks.sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
    this.starts = this.repairs.start.map((point) => this.offsets.toUnit(point));
    this.ends = this.repairs.end.map((point) => this.offsets.toUnit(point));
    const { kind, kinds, after } = this.repairs;
    this.tables.repairs = {
      length: kind.length,
      get: (number) => ({
        table: "repairs",
        kind: "repairs",
        number,
        at: [this.starts[number], this.ends[number]],
        points: [this.repairs.start[number], this.repairs.end[number]],
        cells: { kind: kinds[kind[number]], before: this.before(number), after: after[number] || say("removed") },
      }),
    };
  }

  range([start, end]) {
    return [this.offsets.toUnit(start), this.offsets.toUnit(end)];
  }

  before(repair) {
    return this.text.slice(this.starts[repair], this.ends[repair]);
  }

  row(table, number) {
    const rows = this.tables[table];
    return Array.isArray(rows) ? rows[number] : rows.get(number);
  }

  /** Numbers of the repairs that touch a stretch. */
  repairsIn(from, to) {
    const found = [];
    let at = countBelow(this.starts, from);
    while (at > 0 && this.ends[at - 1] > from) at -= 1;
    for (; at < this.starts.length && this.starts[at] < to; at += 1) if (this.ends[at] > from) found.push(at);
    return found;
  }

  /** The repairs that stand without a gap around one: 醫(yī)學(xué) is read as one change. */
  run(repair) {
    let first = repair;
    let last = repair;
    while (first > 0 && this.ends[first - 1] >= this.starts[first] && repair - first < 40) first -= 1;
    while (last + 1 < this.starts.length && this.starts[last + 1] <= this.ends[last] && last - repair < 40) last += 1;
    return [first, last];
  }

  /** Letters as repaired, without blanks, each with the stretch of the source that it stands for. */
  get reading() {
    if (this.letters) return this.letters;
    const letters = [];
    const from = [];
    const to = [];
    const put = (text, start, end) => {
      for (let unit = 0; unit < text.length; unit += 1) {
        if (/\s/.test(text[unit])) continue;
        letters.push(text[unit]);
        from.push(start ?? unit);
        to.push(end ?? unit + 1);
      }
    };
    let at = 0;
    const keep = (until) => {
      for (; at < until; at += 1) if (!/\s/.test(this.text[at])) put(this.text[at], at, at + 1);
    };
    for (let repair = 0; repair < this.starts.length; repair += 1) {
      if (this.starts[repair] < at) continue;
      keep(this.starts[repair]);
      put(this.repairs.after[repair], this.starts[repair], this.ends[repair]);
      at = Math.max(at, this.ends[repair]);
    }
    keep(this.text.length);
    this.letters = { text: folded(letters.join("")), from, to };
    return this.letters;
  }
}

/** What a document is called in lists: region, year, title. */
function called(entry) {
  return {
    where: [entry.region, entry.year].filter((part) => part !== null).join(" "),
    title: entry.title ?? (entry.genre ?? say("untitled")),
  };
}
