"""The lines of a page as a browser would show them, each with where it stands in the tree of elements."""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field
from typing import Any

from fangan._html_tables import Cell, Table

# fmt: off
BREAKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4",
    "h5", "h6", "header", "hr", "html", "iframe", "legend", "li", "main", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "tfoot", "th", "thead", "title", "tr", "ul",
])
# fmt: on
# fmt: off
UNSEEN = frozenset([
    "applet", "area", "audio", "base", "button", "canvas", "datalist", "embed", "head", "input", "link", "map",
    "meta", "noembed", "noframes", "noscript", "object", "option", "param", "picture", "progress", "script",
    "select", "source", "style", "svg", "template", "textarea", "track", "video", "xml",
])
# fmt: on
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em|%)?\s*(?:;|!|$)", re.I
)
_SITE_PART = re.compile(
    r"(?<![a-z])(?:bread_?crumbs?|crumbs?|breadcrumb|navbar|nav|menu|share|bdshare\w*|bshare\w*|social|footer|foot|dqwz"
    r"|weizhi|pagination|page_?num|qr_?code|ewm|toolbar|print_?btn|fontsize|font_?size|back_?top|gotop|related"
    r"|xgxw|xgwz|xgyd|prev_?next|sidebar|comments?)(?![a-z])",
    re.I,
)
_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|rar|zip|jpe?g|png|ceb)(?:[?#]|$)", re.I)
_HAN = "\u3400-\u9fff\u3000-\u303f\uff00-\uffef"
_WRAPPED = re.compile(rf"(?<=[{_HAN}])[ \t]*[\r\n]\s*(?=[{_HAN}])")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A wrong decoding that the parser can undo has no-break spaces among its letters; elsewhere they are blanks.
_NO_BREAK = re.compile("(?<![\x80-\x9f\xa1-\xff])\xa0(?![\x80-\x9f\xa1-\xff])")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_DEEPEST_TABLE = 24
_CHINESE_LISTS = ("cjk", "chinese", "han", "hanzi")


@dataclass(slots=True)
class Block:
    """A line. `at` is the number of the element in which it begins, `links` the share of it that is links."""

    text: str
    at: int
    links: float
    file: bool = False
    heading: bool = False
    cells: bool = False


@dataclass
class Tree:
    """Elements by number, in document order. `prose` counts letters outside links, `site` tells a site's own parts."""

    blocks: list[Block] = field(default_factory=list)
    parent: array[int] = field(default_factory=lambda: array("l"))
    last: array[int] = field(default_factory=lambda: array("l"))
    prose: array[int] = field(default_factory=lambda: array("l"))
    tags: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)
    site: bytearray = field(default_factory=bytearray)
    cut_off: bool = False


def read_tree(root: Any, walk: Any, most_tags: int) -> Tree:
    """Go through the elements once and write their lines.

    Args:
        root: The element `html`.
        walk: `lxml.etree.iterwalk`.
        most_tags: Number of elements after which the rest of the page is left out.

    Returns:
        Lines and elements.
    """
    writer = _Writer()
    events = walk(root, events=("start", "end"))
    for event, element in events:
        if not isinstance(element.tag, str):
            if event == "end":
                writer.text(element.tail)
            continue
        if event == "start":
            if len(writer.tree.tags) >= most_tags:
                writer.tree.cut_off = True
                break
            if not writer.start(element):
                events.skip_subtree()
        else:
            writer.end(element)
    return writer.finish()


def letters(text: str) -> int:
    """Roughly how many characters beyond Latin a text has."""
    return (len(text.encode("utf-8", "replace")) - len(text)) // 2


class _Writer:
    def __init__(self) -> None:
        self.tree = Tree()
        self.site: list[int] = []
        self.out = self.tree.blocks
        self.open: list[int] = []
        self.tables: list[Table] = []
        self.depth = 0
        self.numbers: list[list[Any]] = []
        self.pieces: list[str] = []
        self.number = ""
        self.begun = 0
        self.linked = 0
        self.link = 0
        self.pre = 0
        self.file = False
        self.heading = False
        self.skipped = 0

    def start(self, element: Any) -> bool:
        tag = element.tag.lower()
        if tag in UNSEEN or tag.startswith(("v:", "w:", "m:")) or hidden(element):
            self.skipped += 1
            return False
        tree, number = self.tree, len(self.tree.tags)
        tree.parent.append(self.open[-1] if self.open else -1)
        tree.last.append(number)
        tree.prose.append(0)
        tree.tags.append(tag)
        self.open.append(number)
        name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        if name or tag in ("nav", "footer", "aside"):
            tree.names[number] = name
            if tag in ("nav", "footer") or _SITE_PART.search(name):
                self.site.append(number)
        if tag in BREAKS:
            self.flush()
        if tag == "a":
            self.link += 1
            self.file = self.file or bool(_FILE.search(element.get("href") or ""))
        elif tag == "pre":
            self.pre += 1
        elif tag in ("h1", "h2", "h3"):
            self.heading = True
        elif tag in ("ol", "ul"):
            self.numbers.append(_numbering(element) if tag == "ol" else [])
        elif tag == "li":
            self._number(element)
        elif tag == "table":
            self.depth += 1
            if self.depth <= _DEEPEST_TABLE:
                self.tables.append(Table(self.out))
        elif tag in ("td", "th") and self._in_table():
            cell = Cell(_span(element, "colspan"), _span(element, "rowspan"))
            self.tables[-1].begin(cell)
            self.out = cell.blocks
        self.text(element.text)
        return True

    def end(self, element: Any) -> None:
        tag = element.tag.lower()
        if self.skipped:
            self.skipped = 0
            self.text(element.tail)
            return
        if tag in BREAKS:
            self.flush()
        if tag == "a":
            self.link -= 1
        elif tag == "pre":
            self.pre -= 1
        elif tag in ("h1", "h2", "h3"):
            self.heading = False
        elif tag in ("ol", "ul"):
            self.numbers.pop()
        elif tag == "table":
            self._end_table()
        elif tag in ("td", "th") and self._in_table():
            self.out = self.tables[-1].loose
        elif tag == "tr" and self._in_table():
            self.tables[-1].end_row()
        number = self.open.pop()
        self.tree.last[number] = len(self.tree.tags) - 1
        self.text(element.tail)

    def _in_table(self) -> bool:
        """Whether cells are told apart here; in tables within tables within tables they no longer are."""
        return 0 < self.depth <= _DEEPEST_TABLE

    def _end_table(self) -> None:
        if self._in_table():
            table = self.tables.pop()
            self.out = table.outer
            self.out.extend(table.lines(Block))
            if self.tables:
                self.tables[-1].nested()
        self.depth -= 1

    def text(self, text: str | None) -> None:
        if not text:
            return
        if not self.pieces:
            self.begun = self.open[-1] if self.open else 0
        count = letters(text)
        if self.link:
            self.linked += len(text.strip())
        elif self.open:
            self.tree.prose[self.open[-1]] += count
        if self.pre:
            lines = text.translate(_NOTHING).split("\n")
            for line in lines[:-1]:
                self.pieces.append(line)
                self.flush()
            text = lines[-1]
        self.pieces.append(text)

    def flush(self) -> None:
        if not self.pieces:
            return
        text = _WRAPPED.sub("", "".join(self.pieces).translate(_NOTHING))
        text = _NO_BREAK.sub(" ", _BLANKS.sub(" ", text)).strip(" \u3000\t")
        if text:
            links = min(1.0, self.linked / len(text))
            self.out.append(Block(self.number + text, self.begun, links, self.file, self.heading))
            self.number = ""
        self.pieces, self.linked, self.file = [], 0, False

    def _number(self, element: Any) -> None:
        """The number that a browser shows before an item of a numbered list."""
        if not self.numbers or not self.numbers[-1]:
            return
        state = self.numbers[-1]
        value = element.get("value") or ""
        if value.isdigit() and len(value) < 5:
            state[0] = int(value)
        text = "".join(element.itertext())[:20].strip() if len(element) < 50 else (element.text or "").strip()
        if text and not re.match(r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十\d]", text):
            self.number = f"{_han(state[0])}、" if state[1] else f"{state[0]}."
        state[0] += 1

    def finish(self) -> Tree:
        self.flush()
        while self.tables:
            table = self.tables.pop()
            self.out = table.outer
            self.out.extend(table.lines(Block))
        tree = self.tree
        for number in self.open:
            tree.last[number] = len(tree.tags) - 1
        for number in range(len(tree.tags) - 1, 0, -1):
            if tree.parent[number] >= 0:
                tree.prose[tree.parent[number]] += tree.prose[number]
        total = tree.prose[0] if tree.tags else 0
        tree.site = bytearray(len(tree.tags))
        behind = -1
        for number in self.site:
            # A name such as `share` on an element that holds much of the page is no part of the site.
            if number > behind and tree.prose[number] * 4 <= total:
                behind = tree.last[number]
                tree.site[number : behind + 1] = b"\x01" * (behind + 1 - number)
        return tree


def hidden(element: Any) -> bool:
    """Whether a browser does not show an element."""
    style = element.get("style")
    return (bool(style) and bool(_HIDDEN.search(style))) or element.get("hidden") is not None


def _numbering(element: Any) -> list[Any]:
    style = (element.get("style") or "").lower()
    if re.search(r"list-style(?:-type)?\s*:[^;]*none", style) or (element.get("type") or "1") not in ("1", "decimal"):
        return []
    start = element.get("start") or "1"
    return [int(start) if start.isdigit() and len(start) < 5 else 1, any(name in style for name in _CHINESE_LISTS)]


def _han(number: int) -> str:
    digits = "零一二三四五六七八九"
    if not 1 <= number <= 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else ("十" if tens == 1 else f"{digits[tens]}十")) + (digits[ones] if ones else "")


def _span(element: Any, name: str) -> int:
    value = (element.get(name) or "").strip()
    return min(int(value), 50) if value.isdecimal() and value.isascii() and len(value) < 4 and int(value) else 1
