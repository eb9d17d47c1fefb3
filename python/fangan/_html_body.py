"""Which lines of a page are its document: by names of containers, density, and what trafilatura takes for text."""

from __future__ import annotations

import re
from collections.abc import Callable

from fangan._html_blocks import Block, Tree, letters
from fangan._html_site import (
    belongs_above,
    belongs_below,
    ends_document,
    is_imprint,
    is_link,
    is_list_head,
    is_sentence,
    is_site,
)
from fangan._html_title import is_title, squeezed

# Names that the content systems of government sites give to the element around a document's text.
_NAMED = re.compile(
    r"(?<![a-z0-9])(?:trs_editor|trs_ueditor|trs_preappend|ucap-?content|pages_content|vsb_content(?:_\d+)?|v_news_content"
    r"|view TRS_UEDITOR|zoom|zoomcon|fontzoom|printcontent|print_?content|article-?_?content|art_?con(?:tent)?|artibody"
    r"|news_?content|con_?txt|xxgk_?content|content_?body|detail_?content|nr_?content|ctt|mainText|NewsContent|endtext)"
    r"(?![a-z0-9])",
    re.I,
)
# fmt: off
_STOPS = frozenset([
    "p", "span", "font", "b", "strong", "em", "a", "li", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "center",
    "tr", "dt", "dd", "label", "i", "u",
])
# fmt: on
_MARKED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]|第[一二三四五六七八九十百\d]{1,4}[章节条阶步]"
    r"|.{2,40}(?:方案|意见|通知|计划|要点|办法|通报)$|.{1,40}[:：]$"
)
_BOXES = frozenset(["div", "td", "section", "article", "main", "body", "pre", "footer"])
_ABOVE = 30
_BELOW = 12


def find(tree: Tree, guess: Callable[[], str | None], titles: list[str]) -> tuple[int, int]:
    """The lines of the document.

    Args:
        tree: The page.
        guess: Gives what trafilatura takes for its text, or None; asked only where no container has a known name.
        titles: What the page says its title is.

    Returns:
        The first line and the one behind the last.
    """
    blocks = tree.blocks
    within = [not tree.site[block.at] for block in blocks]
    weight = [
        letters(block.text) * (1 - block.links) if inside and not is_site(block, edge=False) else 0.0
        for block, inside in zip(blocks, within, strict=True)
    ]
    named = _named(tree)
    first, last = named or _densest(tree)
    inside = [at for at, block in enumerate(blocks) if first <= block.at <= last]
    start, stop = (inside[0], inside[-1] + 1) if inside else (0, len(blocks))
    if named is None and (guessed := guess()):
        start, stop = _weighed(tree, weight, start, stop, squeezed(guessed))
    start = next((at for at in range(start, stop) if weight[at]), start)
    stop = _tail(blocks, within, stop)
    return _head(blocks, within, start, titles), stop


def kept(tree: Tree, start: int, stop: int) -> list[int]:
    """Which of the lines stay when those of the site have been left out."""
    blocks = tree.blocks
    sentences = [at for at in range(start, stop) if is_sentence(blocks[at])]
    first, last = (sentences[0], sentences[-1]) if sentences else (start, start)
    out: list[int] = []
    for at in range(start, stop):
        block = blocks[at]
        if at > last and ends_document(block):
            break
        edge = at < first or at > last
        if at > last and is_imprint(block) and _box(tree, block.at) != _box(tree, blocks[last].at):
            break
        if edge and is_list_head(block, blocks[at + 1] if at + 1 < len(blocks) else None):
            continue
        in_site = tree.site[block.at] and not is_sentence(block)
        if not in_site and not is_site(block, edge=edge):
            out.append(at)
    return out


def _box(tree: Tree, number: int) -> int:
    """The part of the page in which an element stands."""
    while number > 0 and tree.tags[number] not in _BOXES:
        number = tree.parent[number]
    return number


def _named(tree: Tree) -> tuple[int, int] | None:
    """From the first to the last of the outermost elements of a known name, if they hold half of the page's text."""
    total = tree.prose[0] if tree.tags else 0
    groups: dict[str, list[int]] = {}
    behind = -1
    for number, name in tree.names.items():
        found = _NAMED.search(name)
        if found and number > behind and tree.prose[number] > 0:
            groups.setdefault(found[0].lower(), []).append(number)
            # What stands within an element that holds most is already taken.
            if tree.prose[number] * 10 >= total * 3:
                behind = tree.last[number]
    best: tuple[int, int, int] | None = None
    for numbers in groups.values():
        held = sum(tree.prose[number] for number in numbers)
        candidate = (held, numbers[0], tree.last[numbers[-1]])
        if held * 10 >= total * 4 and (best is None or candidate > best):
            best = candidate
    return best and best[1:]


def _densest(tree: Tree) -> tuple[int, int]:
    """Down from the whole page as long as one child holds four fifths of the letters outside links."""
    if not tree.tags:
        return 0, 0
    biggest: dict[int, int] = {}
    for number in range(1, len(tree.tags)):
        above = tree.parent[number]
        if above not in biggest or tree.prose[number] > tree.prose[biggest[above]]:
            biggest[above] = number
    at = 0
    while (child := biggest.get(at)) is not None:
        if tree.tags[child] in _STOPS or tree.prose[child] * 5 < tree.prose[at] * 4:
            break
        at = child
    return at, tree.last[at]


def _weighed(tree: Tree, weight: list[float], start: int, stop: int, guess: str) -> tuple[int, int]:
    """The container, widened or narrowed where what trafilatura found says that the document is more or less."""
    blocks = tree.blocks
    chosen = [
        at for at, block in enumerate(blocks) if weight[at] and len(block.text) >= 10 and _line(block.text) in guess
    ]
    if not chosen:
        return start, stop
    outside = sum(weight[at] for at in chosen if not start <= at < stop)
    held = sum(weight[start:stop])
    low, high = chosen[0], chosen[-1] + 1
    if outside * 3 > held:
        between = range(min(low, start), max(high, stop))
        links = sum(is_link(blocks[at]) for at in between)
        # Two containers of one document have no lists of links between them.
        if links * 4 <= len(between):
            return between.start, between.stop
        return (low, high) if outside > held else (start, stop)
    low, high = max(low, start), min(high, stop)
    # trafilatura leaves out short lines, signatures and tables as well; what it left out is not the document's only
    # where all of it stands elsewhere on the page and looks like no part of a document.
    boxes = {_box(tree, blocks[at].at) for at in chosen}
    if sum(weight[low:high]) * 3 >= held and _elsewhere(tree, range(high, stop), boxes):
        stop = high
    if sum(weight[low:stop]) * 3 >= held and _elsewhere(tree, range(start, low), boxes):
        start = low
    return start, stop


def _elsewhere(tree: Tree, places: range, boxes: set[int]) -> bool:
    """Whether lines stand in other parts of the page than those given, and none looks like part of a document."""
    return bool(places) and not any(
        _box(tree, tree.blocks[at].at) in boxes
        or _MARKED.match(tree.blocks[at].text)
        or tree.blocks[at].heading
        or tree.blocks[at].cells
        or belongs_below(tree.blocks[at])
        or belongs_above(tree.blocks[at])
        for at in places
    )


def _line(text: str) -> str:
    return squeezed(text.replace("\t", ""))


def _tail(blocks: list[Block], within: list[bool], stop: int) -> int:
    """Signature, date and annexes below the container."""
    taken = stop
    for at in range(stop, min(stop + _BELOW, len(blocks))):
        if not within[at] or not belongs_below(blocks[at]):
            break
        taken = at + 1
    return taken


def _head(blocks: list[Block], within: list[bool], start: int, titles: list[str]) -> int:
    """The line of the title above the container."""
    wanted = [squeezed(title) for title in titles]
    for at in range(start, min(start + 12, len(blocks))):
        if is_sentence(blocks[at]):
            break
        if not is_site(blocks[at], edge=True) and is_title(blocks[at], wanted):
            # What stands above the title is the site's, but for a letterhead.
            while at > start and (belongs_above(blocks[at - 1]) or blocks[at - 1].at == blocks[at].at):
                at -= 1
            return at
    for at in range(start - 1, max(-1, start - _ABOVE), -1):
        block = blocks[at]
        if within[at] and block.links < 0.5 and not is_site(block, edge=True) and is_title(block, wanted):
            while at > 0 and blocks[at - 1].at == block.at and within[at - 1]:
                at -= 1
            return at
    return start
