// The page as a whole: which document is open, which pane a narrow window shows, keys, paper.

const app = document.getElementById("app");
let opened = null;

const live = make("div", { class: "live", role: "status", "aria-live": "polite" });

function status(words) {
  live.textContent = words;
}

const several = page.documents.length > 1 || page.failed.length > 0;
const picker = several ? new Picker((kind, at) => open(kind, at)) : null;
const panes = make("nav", { class: "panes", "aria-label": page.title });
const help = buildHelp();

function buildHelp() {
  const keys = [
    ["/", "key_slash"],
    ["j k", "key_marks"],
    ["r R", "key_repairs"],
    ["↑ ↓ ← →", "key_arrows"],
    ["Enter", "key_enter"],
    ["Esc", "key_escape"],
    ["?", "key_help"],
  ];
  const rows = keys.flatMap(([key, told]) => [make("dt", {}, ...key.split(" ").map((each) => make("kbd", {}, each))), make("dd", {}, say(told))]);
  const dialog = make("dialog", { class: "help", "aria-label": say("keys") }, make("h2", {}, say("keys")), make("dl", {}, ...rows));
  dialog.append(make("button", { onclick: () => dialog.close() }, say("close")));
  return dialog;
}

/** Show a document or a pair; `at`: a place in it. */
function open(kind, number, at = null) {
  opened?.close();
  card.hide();
  opened = kind === "pair" ? new PairView(number) : new DocumentView(number);
  const left = [picker?.node, opened.outline?.node].filter(Boolean);
  const parts = opened.parts.filter((part) => part !== opened.outline?.node);
  app.className = `${kind} ${left.length ? "" : "no-left"}`;
  const button = make("button", { class: "keys", "aria-label": say("keys"), title: say("keys"), onclick: () => help.showModal() }, "?");
  app.replaceChildren(
    make("a", { class: "skip", href: "#text", onclick: skip }, say("skip")),
    ...(left.length ? [make("div", { class: "left" }, ...left)] : []),
    make("div", { class: "centre" }, ...parts.filter((part) => !part.matches("section"))),
    ...parts.filter((part) => part.matches("section")),
    panes,
    button,
  );
  const names = [...app.querySelectorAll("[data-pane]")].map((node) => node.dataset.pane);
  panes.replaceChildren(...names.map((name) => make("button", { "data-to": name, onclick: () => showPane(name) }, say(name))));
  showPane(kind === "pair" ? "ledger" : "source");
  picker?.mark(kind, number);
  opened.start(at);
  if (kind === "pair") setAddress(`#pair=${number + 1}`);
  else if (!at) address(opened.source, null);
}

function skip(event) {
  event.preventDefault();
  showPane(opened instanceof PairView ? "superior" : "source");
  document.getElementById("text").focus();
}

/** In a narrow window only one pane is seen. */
function showPane(name) {
  app.dataset.shown = name;
  for (const button of panes.children) button.setAttribute("aria-current", button.dataset.to === name);
  opened?.revealed();
}

// A report can be linked to at a place: report.html#plan=…&at=10-20. A frame in a notebook has no address.

function address(source, range) {
  const at = range ? `&at=${source.offsets.toPoint(range[0])}-${source.offsets.toPoint(range[1])}` : "";
  setAddress(`#plan=${encodeURIComponent(source.id)}${at}`);
}

function setAddress(hash) {
  if (location.protocol === "about:") return;
  try {
    history.replaceState(null, "", hash);
  } catch {
    // Some browsers allow no addresses for files; the page works without.
  }
}

function addressed() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const pair = Number(asked.get("pair")) - 1;
  if (page.pairs[pair]) {
    open("pair", pair);
    return true;
  }
  const number = page.documents.findIndex((entry) => entry.id === asked.get("plan"));
  if (number < 0) return false;
  const at = /^(\d+)-(\d+)$/.exec(asked.get("at") ?? "");
  open("document", number, at && [Number(at[1]), Number(at[2])]);
  return true;
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=checkbox]), textarea");
  if (event.key === "Escape") {
    if (help.open || (typing && event.target.value)) return;
    opened?.clear();
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    const box = opened?.search?.box ?? picker?.box;
    if (event.key === "/" && box) {
      showPane(opened?.search ? "source" : "documents");
      box.focus();
      event.preventDefault();
    } else if (event.key === "?" && !help.open) help.showModal();
  }
});

// Paper: everything marked, the tables below the text.

let paper = null;

function prepare() {
  if (paper || !opened) return;
  card.hide();
  paper = opened.printed();
  app.append(paper);
}

function restore() {
  paper?.remove();
  paper = null;
}

addEventListener("beforeprint", prepare);
addEventListener("afterprint", restore);
matchMedia("print").addEventListener("change", (event) => (event.matches ? prepare() : restore()));

document.body.append(live, help);
card.build();
addEventListener("hashchange", addressed);
if (!addressed()) {
  if (page.open.pair !== undefined) open("pair", page.open.pair, page.open.at);
  else if (page.documents.length) open("document", page.open.document, page.open.at);
  else app.append(picker?.node ?? make("p", { class: "none" }, say("no_rows")));
}
