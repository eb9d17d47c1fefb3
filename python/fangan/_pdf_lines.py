"""Characters of a page put into lines, with the blanks that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from fangan._pdf_characters import CLOSING, OPENING, is_wide
from fangan._pdf_library import Glyph

WIDE_GAP = 2.6
"""Gap between parts of a line, in characters, from which on they are parts of their own."""
_MARKER = re.compile(
    r"(?:[\d.]{1,8}|[（(][\d一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、|第[\d一二三四五六七八九十百]{1,4}[章节条步])[、.．]?$"
)
_NAMED_NUMBER = re.compile(r"(?:附件|附表|附录|表|图)\d{0,2}$")


@dataclass(slots=True)
class Line:
    """A line of a page.

    Attributes:
        text: Its text.
        x0, x1, y, size: Where it stands, and the size of most of its characters.
        first: What has to fit in the line above if its beginning is to stand there: its first word, or a character with
            the punctuation that it cannot be parted from.
        gaps: Where it is parted by wide gaps: pairs of places.
        cells: The parts between these gaps.
        left, right: The margins of the column that it stands in.
        page: The page, from 0.
        indent: Ideographic spaces in front of it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    first: float
    gaps: list[tuple[float, float]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    left: float = 0
    right: float = 0
    page: int = 0
    indent: int = 0


def bands(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Characters by the lines they stand on, from top to bottom, each from left to right.

    Raised and lowered small characters belong to the line that they stand beside.
    """
    out: list[list[Glyph]] = []
    levels: list[tuple[float, float]] = []
    for glyph in sorted(glyphs, key=lambda glyph: -glyph.y):
        if levels and levels[-1][0] - glyph.y <= 0.35 * min(levels[-1][1], glyph.size):
            out[-1].append(glyph)
        else:
            out.append([glyph])
            levels.append((glyph.y, glyph.size))
    for band in out:
        band.sort(key=_middle)
    return _with_raised(out)


def _middle(glyph: Glyph) -> float:
    """Where a character is; its edges mislead with marks that are drawn into the space of their neighbour."""
    return glyph.x0 + glyph.x1


def _with_raised(found: list[list[Glyph]]) -> list[list[Glyph]]:
    sizes = [max(glyph.size for glyph in band) for band in found]
    heights = [median(glyph.y for glyph in band) for band in found]
    gone: set[int] = set()
    for at, band in enumerate(found):
        for other in (at + 1, at - 1):
            if not 0 <= other < len(found) or other in gone or sizes[at] > 0.8 * sizes[other]:
                continue
            raised = heights[at] - heights[other]
            if not -0.3 * sizes[other] <= raised <= 0.75 * sizes[other]:
                continue
            beside = [
                any(abs(glyph.x0 - each.x1) < 0.4 * each.size for each in found[other] if each.text != " ")
                for glyph in band[:1]
            ]
            if all(beside):
                found[other] = sorted(found[other] + band, key=_middle)
                gone.add(at)
                break
    return [band for at, band in enumerate(found) if at not in gone]


def is_spread(found: list[list[Glyph]]) -> bool:
    """Whether a program put a little space between Chinese characters and numbers or letters, as Word does.

    Evidence: a gap at three of five such places. Example: `2009 年 3 月` all through, where the gaps mean nothing.
    Counter-example: one gap among many places without one (`附件 1`), a blank that someone typed. Misses a page with
    few numbers of which some were typed with blanks.
    """
    n_places = n_gaps = 0
    for band in found:
        before: Glyph | None = None
        for glyph in band:
            if glyph.text in (" ", "\u3000"):
                continue
            if before is not None and _is_boundary(before.text[-1], glyph.text[0]):
                n_places += 1
                n_gaps += 0.1 * glyph.size < glyph.x0 - before.x1 < glyph.size
            before = glyph
    return n_gaps * 5 > n_places * 3


def _is_boundary(before: str, behind: str) -> bool:
    return (before.isascii() and before.isalnum() and "\u3400" <= behind < "\ua000") or (
        behind.isascii() and behind.isalnum() and "\u3400" <= before < "\ua000"
    )


def line(band: list[Glyph], spread: bool = True) -> Line | None:
    """The line that characters make; None where they are blanks only.

    Args:
        band: The characters, from left to right.
        spread: Whether the page has gaps between Chinese characters and numbers that mean nothing; see `is_spread`.
    """
    band = _once(band)
    seen = [glyph for glyph in band if glyph.text not in (" ", "\u3000")]
    if not seen:
        return None
    size = median(glyph.size for glyph in seen)
    usual = _usual_gap(band, size)
    parts: list[str] = []
    gaps: list[tuple[float, float]] = []
    cells: list[str] = [""]
    before: Glyph | None = None
    blanks: list[Glyph] = []
    indent = 0
    for glyph in band:
        if glyph.text in (" ", "\u3000"):
            blanks.append(glyph)
            continue
        if before is None:
            indent = sum(blank.text == "\u3000" for blank in blanks)
        else:
            gap = (glyph.x0 - before.x1 - usual) / max(1.0, min(size, before.size * 1.5, glyph.size * 1.5))
            blank, is_wide_gap = (
                ("", False)
                if gap < 0.08 and not blanks
                else _blank(before.text[-1], glyph.text[0], gap, blanks, "".join(parts), spread)
            )
            if is_wide_gap:
                gaps.append((before.x1, glyph.x0))
                cells.append("")
            parts.append(blank)
            cells[-1] += "" if is_wide_gap else blank
        parts.append(glyph.text)
        cells[-1] += glyph.text
        before, blanks = glyph, []
    return Line(
        "".join(parts), seen[0].x0, max(glyph.x1 for glyph in seen), median(glyph.y for glyph in seen), size,
        _first(seen), gaps, cells, indent=indent,
    )  # fmt: skip


def _once(band: list[Glyph]) -> list[Glyph]:
    """Without characters that are drawn again to make them bold, or as their shadow."""
    if len({glyph.owner for glyph in band}) == 1:
        return band
    out: list[Glyph] = []
    for glyph in band:
        again = any(
            each.text == glyph.text
            and each.owner != glyph.owner
            and abs(each.x0 - glyph.x0) < 0.25 * glyph.size
            and abs(each.x1 - glyph.x1) < 0.25 * glyph.size
            for each in out[-3:]
        )
        if not again or glyph.text == " ":
            out.append(glyph)
    return out


def _usual_gap(band: list[Glyph], size: float) -> float:
    """How far the characters of the line stand apart: more than nothing where it is spread out."""
    gaps = [
        glyph.x0 - before.x1
        for before, glyph in pairwise(band)
        if glyph.text not in (" ", "\u3000") and before.text not in (" ", "\u3000")
        and is_wide(glyph.text) and is_wide(before.text)
    ]  # fmt: skip
    if len(gaps) < 2:
        return 0.0
    usual = median(gaps)
    # A few characters far apart are a word that was spread out; what is wider than that are columns.
    return min(max(0.0, usual), 1.8 * size) if usual < 0.6 * size or max(gaps) - min(gaps) < 0.3 * size else 0.0


def _blank(before: str, behind: str, gap: float, blanks: list[Glyph], text: str, spread: bool) -> tuple[str, bool]:
    """What stands between two characters, and whether it parts the line.

    Args:
        before: The character before it.
        behind: The character behind it.
        gap: How far they are apart, in characters, beyond what is usual in the line.
        blanks: Blanks that the file has there; some programs write none.
        text: The line up to there.
        spread: Whether the page has gaps that mean nothing.
    """
    wide_blanks = sum(blank.text == "\u3000" for blank in blanks)
    if wide_blanks and gap > 0.4:
        return "\u3000" * wide_blanks, False
    marked = len(text) <= 8 and _MARKER.match(text) is not None
    if gap >= WIDE_GAP:
        return (" ", False) if marked else ("  ", True)
    is_wide_before, is_wide_behind = is_wide(before), is_wide(behind)
    if is_wide_before and is_wide_behind:
        # Marks are drawn at one side of their square, and some programs squeeze or spread them.
        is_mark = any(each in marks for each in (before, behind) for marks in (CLOSING, OPENING))
        if gap >= (0.9 if is_mark else 0.75):
            return (" " * len(blanks) if blanks else "\u3000" * round(gap)), False
        return (" " if gap >= 0.17 and not is_mark else ""), False
    if not is_wide_before and not is_wide_behind:
        return (" " if gap >= (0.08 if blanks else 0.18) else ""), False
    if (marked and gap >= (0.1 if blanks else 0.35)) or gap >= 0.75:
        return " ", False
    return (" " if gap >= 0.15 and (not spread or _NAMED_NUMBER.search(text)) and (blanks or not spread) else ""), False


def _first(seen: list[Glyph]) -> float:
    """The width of what begins a line and is not parted."""
    at = 0
    while at < len(seen) - 1 and seen[at].text in OPENING:
        at += 1
    if not is_wide(seen[at].text):
        while (
            at < len(seen) - 1
            and not is_wide(seen[at + 1].text)
            and seen[at + 1].x0 - seen[at].x1 < 0.15 * seen[at].size
        ):
            at += 1
    while at < len(seen) - 1 and seen[at + 1].text in CLOSING:
        at += 1
    return seen[at].x1 - seen[0].x0
