"""Pages in two columns, and how wide the columns of a page are."""

from __future__ import annotations

from fangan._pdf_library import Glyph
from fangan._pdf_lines import Line, bands, line

_FEWEST = 6
"""Lines that two columns have beside each other at least."""


def columns(glyphs: list[Glyph], left: float, right: float) -> list[list[Line]]:
    """The lines of a page in reading order, by the column that they stand in.

    Args:
        glyphs: The characters.
        left: The left edge of the page.
        right: Its right edge.

    Returns:
        Lists of lines, each from top to bottom: one, or those above two columns, the left ones, the right ones ….
    """
    found = bands(glyphs)
    gutter = _gutter(found, left, right)
    if gutter is None:
        return [_lines(found)]
    blocks: list[list[Line]] = []
    whole: list[list[Glyph]] = []
    sides: list[Glyph] = []
    for band in found:
        if _crosses(band, gutter):
            if sides:
                blocks += _divided(sides, gutter)
                sides = []
            whole.append(band)
        else:
            if whole:
                blocks.append(_lines(whole))
                whole = []
            sides += band
    blocks += _divided(sides, gutter) if sides else []
    blocks += [_lines(whole)] if whole else []
    return [block for block in blocks if block]


def _lines(found: list[list[Glyph]]) -> list[Line]:
    lines = (line(band) for band in found)
    return [each for each in lines if each is not None]


def _divided(glyphs: list[Glyph], gutter: float) -> list[list[Line]]:
    sides = [[each for each in glyphs if (each.x0 >= gutter) == behind] for behind in (False, True)]
    return [_lines(bands(side)) for side in sides]


def _crosses(band: list[Glyph], gutter: float) -> bool:
    """Whether a line goes over the gutter: a character stands in it, or one side is no line of a column."""
    return any(each.x0 < gutter < each.x1 for each in band if each.text.strip()) or not any(
        each.x1 <= gutter for each in band
    ) and not any(each.x0 >= gutter for each in band)


def _gutter(found: list[list[Glyph]], left: float, right: float) -> float | None:
    """Where two columns of running text part.

    Evidence: a gap of a character or more at the same place, near the middle, in most lines; both sides of it are long,
    and most of the left ones end, and most of the right ones begin, at its edge. So a list of names with their
    telephone numbers is none.
    """
    halves: list[tuple[float, float, int, int]] = []
    for band in found:
        seen = [each for each in band if each.text.strip()]
        for at in range(1, len(seen)):
            before, behind = seen[at - 1], seen[at]
            middle = (before.x1 + behind.x0) / 2
            if behind.x0 - before.x1 >= 0.9 * before.size and left + 0.4 * (right - left) < middle < left + 0.6 * (right - left):
                halves.append((before.x1, behind.x0, at, len(seen) - at))
    if len(halves) < _FEWEST or len(halves) < 0.4 * len(found):
        return None
    ends = max((half[0] for half in halves), key=lambda end: sum(abs(half[0] - end) < 6 for half in halves))
    begins = max((half[1] for half in halves), key=lambda begin: sum(abs(half[1] - begin) < 3 for half in halves))
    flush = [half for half in halves if half[0] > ends - 24 and abs(half[1] - begins) < 40]
    long = [half for half in flush if half[2] >= 9 and half[3] >= 5]
    if begins - ends < 5 or len(flush) < 0.7 * len(halves) or len(long) < max(_FEWEST, 0.6 * len(flush)):
        return None
    exact = sum(abs(half[1] - begins) < 3 for half in halves)
    return (ends + begins) / 2 if exact * 2 >= len(halves) else None


def margins(lines: list[Line]) -> tuple[float, float] | None:
    """Where the lines of a column begin and end; None where too few show it.

    The left margin is that of most lines that do not begin a paragraph, the right one where the longest ones end.
    """
    if len(lines) < 3:
        return None
    size = sorted(each.size for each in lines)[len(lines) // 2]
    ends = sorted((each.x1 for each in lines), reverse=True)
    enough = max(2, len(lines) // 12)
    right = next(
        (end for at, end in enumerate(ends) if at + enough < len(ends) and ends[at + enough] > end - 1.1 * size), None
    )
    begins = sorted(each.x0 for each in lines)
    left = next(
        (begin for at, begin in enumerate(begins) if at + 1 < len(begins) and begins[at + 1] < begin + 0.3 * size), None
    )
    return None if left is None or right is None or right - left < 6 * size else (left, right)
