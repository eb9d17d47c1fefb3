"""Texts in a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

ELLIPSIS = "…"
_CLOSING = "，。、；：？！）》〉」』】〕”’…"


def display_width(text: str) -> int:
    """Columns that a text takes in a terminal: Chinese characters take two, combining marks none.

    Examples:
        >>> display_width("动员a")
        5
    """
    return sum(map(_width, text))


def _width(sign: str) -> int:
    if sign.isascii():
        return 1
    # Marks that stand above or below, and signs that only join or order others, take no room.
    if unicodedata.category(sign) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def clip(text: str, width: int, *, keep_end: bool = False) -> str:
    """A text cut to a number of columns, with a sign that it was cut.

    Args:
        text: The text.
        width: Columns.
        keep_end: Whether its end is kept instead of its beginning, as ids need.

    Examples:
        >>> clip("动员部署", 6), clip("plans/2010.txt#1", 8, keep_end=True)
        ('动员…', '…0.txt#1')
    """
    if display_width(text) <= width:
        return text
    used, kept = 1, []
    for sign in reversed(text) if keep_end else text:
        used += _width(sign)
        if used > width:
            break
        kept.append(sign)
    return ELLIPSIS + "".join(reversed(kept)) if keep_end else "".join(kept) + ELLIPSIS


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text with blanks up to a number of columns, behind it or, where it is to stand on the right, before it."""
    blanks = " " * (width - display_width(text))
    return blanks + text if right else text + blanks


def columns(head: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Lines of a table whose columns stand straight.

    Args:
        head: Names of the columns.
        rows: Cells.
        right: For each column whether it stands on the right, as numbers do.

    Returns:
        The head, a rule, and a line a row.
    """
    table = [head, *rows]
    widths = [max(display_width(row[at]) for row in table) for at in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        told = (padded(cell, width, right=side) for cell, width, side in zip(cells, widths, right, strict=True))
        return "  ".join(told).rstrip()

    return [line(head), "  ".join("-" * width for width in widths), *map(line, rows)]


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most so many columns, broken between words where it has any, and anywhere in Chinese.

    Examples:
        >>> wrapped("召开会议 and more", 8)
        ['召开会议', 'and more']
    """
    lines, line, used = [], "", 0
    for word in _words(text):
        for piece in _pieces(word, width):
            wide = display_width(piece)
            if used + wide > width and not piece.isspace():
                lines.append(line.rstrip())
                line, used = "", 0
            if piece.isspace() and not line:
                continue
            line, used = line + piece, used + wide
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str) -> list[str]:
    """Narrow signs between blanks together, wide ones and blanks each by itself; no closing sign begins a line."""
    words: list[str] = []
    for sign in " ".join(text.split()):
        glued = words and not words[-1].isspace() and not sign.isspace()
        narrow = _width(sign) < 2
        if glued and (sign in _CLOSING or (narrow and _width(words[-1][-1]) < 2)):
            words[-1] += sign
        else:
            words.append(sign)
    return words


def _pieces(word: str, width: int) -> list[str]:
    return list(word) if display_width(word) > width else [word]
