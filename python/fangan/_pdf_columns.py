"""Pages in two columns, and how wide the columns of a page are."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from fangan._pdf_library import Glyph
from fangan._pdf_lines import Line, bands, is_spread, line

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
    spread = is_spread(found)
    gutter = _gutter(found, left, right)
    if gutter is None:
        return [_lines(found, spread)]
    blocks: list[list[Line]] = []
    whole: list[list[Glyph]] = []
    sides: list[Glyph] = []
    for band in found:
        if _crosses(band, gutter):
            if sides:
                blocks += _divided(sides, gutter, spread)
                sides = []
            whole.append(band)
        else:
            if whole:
                blocks.append(_lines(whole, spread))
                whole = []
            sides += band
    blocks += _divided(sides, gutter, spread) if sides else []
    blocks += [_lines(whole, spread)] if whole else []
    return [block for block in blocks if block]


def _lines(found: list[list[Glyph]], spread: bool) -> list[Line]:
    lines = (line(band, spread) for band in found)
    return [each for each in lines if each is not None]


def _divided(glyphs: list[Glyph], gutter: float, spread: bool) -> list[list[Line]]:
    sides = [[each for each in glyphs if (each.x0 >= gutter) == behind] for behind in (False, True)]
    return [_lines(bands(side), spread) for side in sides]


def _crosses(band: list[Glyph], gutter: float) -> bool:
    """Whether a line goes over the gutter: a character stands in it, or one side is no line of a column."""
    return any(each.x0 < gutter < each.x1 for each in band if each.text.strip()) or (
        not any(each.x1 <= gutter for each in band) and not any(each.x0 >= gutter for each in band)
    )


def _gutter(found: list[list[Glyph]], left: float, right: float) -> float | None:
    """Where two columns of running text part.

    Evidence: a gap of a character or more at the same place, near the middle, in most lines; both sides of it are long,
    and most of the left ones end, and most of the right ones begin, at its edge. Example: a gazette set in two columns.
    Counter-example: a list of names with their telephone numbers, whose lines are short. Misses three columns, columns
    of unlike width, and fewer than six lines beside each other.
    """
    halves: list[tuple[float, float, int, int]] = []
    for band in found:
        seen = [each for each in band if each.text.strip()]
        for at in range(1, len(seen)):
            before, behind = seen[at - 1], seen[at]
            middle = (before.x1 + behind.x0) / 2
            if behind.x0 - before.x1 >= 0.9 * before.size and left + 0.4 * (right - left) < middle < left + 0.6 * (
                right - left
            ):
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


@dataclass(frozen=True)
class Margins:
    """Where the lines of a column begin and end, and how many lines show it."""

    left: float
    right: float
    n_lines: int


def margins(lines: list[Line]) -> Margins | None:
    """The margins of a column; None where its lines do not show them.

    The left margin is the first place where two lines begin. The right one is where the longest lines end, if enough do
    within the width of a character: four, and three of ten.
    """
    if len(lines) < 4:
        return None
    size = median(each.size for each in lines)
    begins = sorted(each.x0 for each in lines)
    left = next((begin for begin, after in pairwise(begins) if after < begin + 0.3 * size), begins[0])
    ends = sorted((each.x1 for each in lines), reverse=True)
    for at, end in enumerate(ends[: len(ends) // 2 + 1]):
        near = sum(end - 1.1 * size < other <= end for other in ends[at:])
        if near >= max(4, 0.3 * len(lines)):
            # The longest of them may end in a mark that hangs over the margin.
            usual = median(other for other in ends[at:] if other > end - 1.1 * size)
            return Margins(left, max(usual, end - 0.5 * size), near) if end - left > 6 * size else None
    return None


def set_margins(pages: list[tuple[float, float, list[list[Line]]]]) -> None:
    """Tell each line the margins of its column.

    A page that does not show them has those of its like: pages as wide, even or odd. If no page shows them, they are as
    wide at the right as at the left.

    Args:
        pages: For each page its edges, left and right, and its columns of lines.
    """
    found: dict[tuple[int, int], Margins | None] = {}
    likes: dict[tuple[int, int, int], Margins] = {}
    for number, (begin, end, blocks) in enumerate(pages):
        for at, block in enumerate(blocks):
            own = found[number, at] = margins(block)
            key = (round(end - begin), number % 2, at if len(blocks) > 1 else -1)
            if own is not None and (key not in likes or own.n_lines > likes[key].n_lines):
                likes[key] = own
    for number, (begin, end, blocks) in enumerate(pages):
        for at, block in enumerate(blocks):
            width, column = round(end - begin), at if len(blocks) > 1 else -1
            like = likes.get((width, number % 2, column)) or likes.get((width, 1 - number % 2, column))
            own = found[number, at]
            if own is None and like is None:
                left = min((line.x0 for line in block), default=begin)
                right = max(
                    [line.x1 for line in block] + ([end - (left - begin)] if len(blocks) == 1 else []), default=end
                )
            else:
                seen = own or like
                assert seen is not None
                left, right = seen.left, seen.right
                if like is not None and abs(like.left - left) < 6:
                    right = max(right, like.right)
            for each in block:
                each.left, each.right = left, right
