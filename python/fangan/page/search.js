// Finding words in the text as repaired: 医学 finds 醫(yī)學(xué).

class Search {
  constructor(source, found) {
    this.source = source;
    this.found = found;
    this.hits = [];
    this.at = -1;
    this.box = make("input", {
      type: "search",
      id: "search",
      placeholder: say("search"),
      "aria-label": say("search"),
      "aria-describedby": "hits",
      oninput: () => (this.asked = null),
      onkeydown: (event) => {
        if (event.key !== "Enter") return;
        this.step(event.shiftKey ? -1 : 1);
        event.preventDefault();
      },
    });
    this.count = make("span", { class: "hits", id: "hits", role: "status" });
    this.node = make("div", { class: "search", role: "search" }, this.box, this.count);
  }

  #look() {
    const wanted = folded(this.box.value.replace(/\s+/g, ""));
    this.asked = this.box.value;
    this.at = -1;
    this.hits = [];
    if (!wanted) return;
    const { text, from, to } = this.source.reading;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      this.hits.push([from[at], to[at + wanted.length - 1]]);
    }
    if (this.hits.length) return;
    const raw = folded(this.source.text);
    for (let at = raw.indexOf(wanted); at >= 0; at = raw.indexOf(wanted, at + wanted.length)) {
      this.hits.push([at, at + wanted.length]);
    }
  }

  step(by) {
    if (this.asked !== this.box.value) this.#look();
    if (this.hits.length) this.at = (this.at + by + this.hits.length + (this.at < 0 && by < 0 ? 1 : 0)) % this.hits.length;
    const nothing = this.box.value ? say("nothing_found") : "";
    this.count.textContent = this.hits.length ? `${this.at + 1}/${this.hits.length}` : nothing;
    if (this.hits.length) this.found(this.hits[this.at]);
  }
}
