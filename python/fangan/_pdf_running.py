"""Running heads and feet, numbers of pages, watermarks: what pages repeat around a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from fangan._pdf_lines import Line

_DASHES = r"[-—–―－─·•~～\s]"
_NUMBER = re.compile(
    rf"(?:{_DASHES}+(\d{{1,4}}){_DASHES}+|第\s*(\d{{1,4}})\s*页(?:[\s，,、/（(]*共\s*\d{{1,4}}\s*页[)）]?)?"
    r"|共\s*\d{1,4}\s*页[\s，,、/]*第\s*(\d{1,4})\s*页|[Pp]age\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?|(\d{1,4})\s*/\s*\d{1,4}"
    r"|[【\[［(（](\d{1,4})[)）\]］】]|第?([一二三四五六七八九十百〇○零]{1,5})页|[Pp]\.?\s*(\d{1,4}))"
)
_BARE = re.compile(r"(\d{1,4})")
_ROMAN = re.compile(r"[ivxlcIVXLC]{1,6}|[Ⅰ-Ⅻⅰ-ⅻ]")
# What is counted in the text itself, and may begin several pages.
_OWN = re.compile(
    r"附\s*[件表录图]|[表图]\s*[\d一二三四五六七八九十]|第.{1,6}[章节条期部编篇]|[（(]?[一二三四五六七八九十]+[)）、]"
)
_OPEN_ENDS = tuple("。；，、：！？")
"""What lines of a text end with, and running heads do not."""
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.2
_NEAR = 4.0
_MOST_PEELED = 4


@dataclass
class Place:
    """The lines of a page, from top to bottom, and where the page is."""

    lines: list[Line]
    bottom: float
    top: float
    body: float
    """Size of most characters of the document."""
    table_top: float = float("-inf")
    table_bottom: float = float("inf")


def without_running(pages: list[Place]) -> list[list[Line]]:
    """The lines of the pages without what only belongs to the page.

    From the edges of each page inwards, a line goes that other pages have at the same place (three pages, or both of
    two), or that has the form of a page's number and stands apart.

    Evidence: the same words at the same height, with one number that counts the pages at most; `— 3 —`, `第3页 共10页`
    and such forms in the margin; a bare number where a page nearby has the one that fits. Example: 政府公报 above each
    page, and 12, 13, 14 below. Counter-examples: 附件1, 附件2 on pages of their own count in the text and stay, so
    does a year alone on the last line, and what ends as a sentence does. Misses heads that stand on one or two pages
    of many, and those that change with each chapter within fewer than three pages.

    Args:
        pages: The pages of a document.

    Returns:
        The lines that are left, for each page.
    """
    gone: list[set[int]] = [set() for _ in pages]
    for from_top in (True, False):
        active = set(range(len(pages)))
        for _ in range(_MOST_PEELED):
            outer = {
                number: at for number in active if (at := _outer(pages[number], gone[number], from_top)) is not None
            }
            running = _running(pages, outer, gone, from_top)
            for number in running:
                gone[number].add(outer[number])
            active = running
            if not active:
                break
    kept = [
        [line for at, line in enumerate(page.lines) if at not in out] for page, out in zip(pages, gone, strict=True)
    ]
    return _without_watermarks(pages, kept)


def _outer(page: Place, gone: set[int], from_top: bool) -> int | None:
    """The outermost line that is left, if it stands at the edge of the page."""
    height = page.top - page.bottom
    order = range(len(page.lines)) if from_top else range(len(page.lines) - 1, -1, -1)
    for at in order:
        if at in gone:
            continue
        line = page.lines[at]
        outside = line.y > page.top - _MARGIN * height if from_top else line.y < page.bottom + _MARGIN * height
        # A table above it makes it a line of the text, or a note under the table.
        beyond = line.y > page.table_top if from_top else line.y < page.table_bottom
        return at if outside and beyond else None
    return None


def _running(pages: list[Place], outer: dict[int, int], gone: list[set[int]], from_top: bool) -> set[int]:
    """Pages whose outermost line belongs to the page alone."""
    running: set[int] = set()
    same: defaultdict[str, list[tuple[int, Line]]] = defaultdict(list)
    for number, at in outer.items():
        line = pages[number].lines[at]
        if line.size > 1.15 * pages[number].body:
            continue
        text = _squeezed(line.text)
        if text and not _OWN.match(text) and not text.endswith(_OPEN_ENDS):
            same[text].append((number, line))
            key = _DIGITS.sub("#", text)
            if key != text:
                same[key].append((number, line))
    for text, found in same.items():
        for at_place in _by_height(found):
            if "#" in text and not _counts(at_place):
                continue
            numbers = {number for number, _ in at_place}
            if len(numbers) >= 3 or (
                len(pages) == len(numbers) == 2
                and all(_is_apart(pages[number], outer[number], gone[number], from_top) for number in numbers)
            ):
                running |= numbers
    for number, at in outer.items():
        if number not in running and _is_number(pages, number, at, outer, gone, from_top):
            running.add(number)
    return running


def _by_height(found: list[tuple[int, Line]]) -> list[list[tuple[int, Line]]]:
    """Lines of several pages in groups of one height."""
    groups: list[list[tuple[int, Line]]] = []
    for each in sorted(found, key=lambda each: each[1].y):
        if groups and each[1].y - groups[-1][-1][1].y < _NEAR:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _counts(found: list[tuple[int, Line]]) -> bool:
    """Whether one number in each line counts the pages and the others are the same."""
    numbers = [[int(each) for each in _DIGITS.findall(_squeezed(line.text))[:6] if len(each) < 9] for _, line in found]
    if len({len(each) for each in numbers}) != 1 or not numbers[0]:
        return False
    columns = list(zip(*numbers, strict=True))
    varying = [column for column in columns if len(set(column)) > 1]
    if len(varying) > 1:
        return False
    pages = [page for page, _ in found]
    return all(len({value - page for value, page in zip(column, pages, strict=True)}) == 1 for column in varying)


def _is_number(
    pages: list[Place], number: int, at: int, outer: dict[int, int], gone: list[set[int]], from_top: bool
) -> bool:
    text = _squeezed(pages[number].lines[at].text)
    full = pages[number].lines[at].text.strip()
    if _NUMBER.fullmatch(full) or _NUMBER.fullmatch(text):
        return _is_apart(pages[number], at, gone[number], from_top) or _has_neighbours(pages, number, at, outer)
    if _BARE.fullmatch(text):
        alone = len(pages) == 1 and text == "1" and _is_apart(pages[number], at, gone[number], from_top)
        return alone or _has_neighbours(pages, number, at, outer)
    with_number = _beside(pages[number].lines[at]) is not None or _ROMAN.fullmatch(text)
    return bool(with_number) and _has_neighbours(pages, number, at, outer)


def _has_neighbours(pages: list[Place], number: int, at: int, outer: dict[int, int]) -> bool:
    """Whether another page, one of the next four, has a number at the same height that is so many pages away."""
    line = pages[number].lines[at]
    value = _value(line)
    for other in range(number - 4, number + 5):
        if other == number or other not in outer:
            continue
        beside = pages[other].lines[outer[other]]
        if abs(beside.y - line.y) >= _NEAR:
            continue
        if value is None:
            if _ROMAN.fullmatch(_squeezed(beside.text)):
                return True
        elif _value(beside) == value + other - number:
            return True
    return False


def _beside(line: Line) -> int | None:
    """The number at the edge of the page that stands beside the name of a chapter."""
    ends = (line.cells[0], line.cells[-1]) if line.gaps else ()
    return next((int(each) for each in ends if _BARE.fullmatch(each)), None)


def _value(line: Line) -> int | None:
    beside = _beside(line)
    found = _DIGITS.search(line.text)
    return beside if beside is not None else int(found.group()) if found and len(found.group()) <= 4 else None


def _is_apart(page: Place, at: int, gone: set[int], from_top: bool) -> bool:
    """Whether a line is further from the text than the lines of the text are from each other."""
    inner = [each for each in range(len(page.lines)) if each not in gone and each != at]
    if not inner:
        return True
    line = page.lines[at]
    nearest = page.lines[inner[0] if from_top else inner[-1]]
    table = page.table_top if from_top else page.table_bottom
    edge = nearest.y
    if table not in (float("inf"), float("-inf")):
        edge = max(edge, table) if from_top else min(edge, table)
    pitches = sorted(
        above.y - below.y for above, below in zip(page.lines, page.lines[1:], strict=False) if above.y - below.y > 2
    )
    usual = pitches[len(pitches) // 2] if len(pitches) >= 4 else 1.6 * page.body
    return abs(line.y - edge) > 1.25 * usual or line.size < 0.85 * nearest.size


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _without_watermarks(pages: list[Place], kept: list[list[Line]]) -> list[list[Line]]:
    """Without large words that three pages have at the same place in the middle of their text."""
    places = Counter(
        (line.text, round(line.x0 / 3), round(line.y / 3))
        for page, lines in zip(pages, kept, strict=True)
        for line in lines
        if line.size > 1.4 * page.body
    )
    often = {place for place, count in places.items() if count >= 3 and count * 2 >= len(pages)}
    if not often:
        return kept
    return [
        [line for line in lines if (line.text, round(line.x0 / 3), round(line.y / 3)) not in often] for lines in kept
    ]
