"""Text reuse between any two texts, found by trying everything: a reference for small corpora.

Greedy String Tiling (Michael J. Wise, "String Similarity via Greedy String Tiling and Running Karp-Rabin Matching",
University of Sydney 1993) on letters, digits and Chinese characters, then tiles that stand near each other in both texts
are joined. There is nothing clever here: no sampling, no index over the corpus, no estimate, and none of the code
that it is to check.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from opencc import OpenCC

MINIMAL_TILE = 5
"""Shorter runs of equal characters are stock words (`实施方案`), not evidence."""
GAP = 30
"""Characters between two tiles, on either side, over which they are joined."""
MIN_SIMILARITY = 0.5
"""Passages that have less in common are tiles which stand near each other by chance."""

_PINYIN = re.compile(r"(?<=[\u3400-\u9fff])[(（][a-zü\u0101-\u01dcàáèéìíòóùúê ḿńǹ]+[)）]")


class Normal(NamedTuple):
    """What of a text is compared, and the place of each character in the text."""

    characters: str
    places: list[int]


class Tile(NamedTuple):
    """Equal characters: `length` of them, from `a` in the one text and from `b` in the other."""

    a: int
    b: int
    length: int


class Found(NamedTuple):
    """A passage that two texts share, in places of the texts themselves."""

    a: str
    b: str
    a_start: int
    a_end: int
    b_start: int
    b_end: int
    n_chars: int
    similarity: float


_CONVERTER = OpenCC("t2s")


@cache
def _simplified(sign: str) -> str:
    return str(_CONVERTER.convert(sign))


def normalise(text: str) -> Normal:
    """Letters, digits and Chinese characters of a text, in simplified script and lower case, without pinyin in brackets.

    Each character is converted by itself, so that none moves; what is not one character afterwards stays as it was.
    """
    hidden = {at for found in _PINYIN.finditer(text) for at in range(found.start(), found.end())}
    places = [at for at, sign in enumerate(text) if sign.isalnum() and at not in hidden]
    plain = [(_simplified(text[at]).lower(), text[at]) for at in places]
    return Normal("".join(new if len(new) == 1 else old for new, old in plain), places)


def tiles(a: str, b: str, minimal: int = MINIMAL_TILE) -> list[Tile]:
    """The tiles of two strings, in the order of the first.

    As long as there is one, the longest run that is equal in both and free in both is taken and marked, earlier ones
    first where several are as long. A run of at least `minimal` characters begins with `minimal` equal characters, so only
    places that have these are tried; all of them are, in each round.
    """
    grams: dict[str, list[int]] = {}
    for j in range(len(b) - minimal + 1):
        grams.setdefault(b[j : j + minimal], []).append(j)
    begins = [(i, j) for i in range(len(a) - minimal + 1) for j in grams.get(a[i : i + minimal], ())]
    free_a, free_b = [True] * len(a), [True] * len(b)
    found: list[Tile] = []
    while True:
        longest, longest_begins = minimal, list[tuple[int, int]]()
        for i, j in begins:
            length = 0
            while (
                i + length < len(a)
                and j + length < len(b)
                and a[i + length] == b[j + length]
                and free_a[i + length]
                and free_b[j + length]
            ):
                length += 1
            if length > longest:
                longest, longest_begins = length, [(i, j)]
            elif length == longest:
                longest_begins.append((i, j))
        if not longest_begins:
            return sorted(found)
        for i, j in longest_begins:
            # One taken in this round may have covered the next.
            if all(free_a[i : i + longest]) and all(free_b[j : j + longest]):
                free_a[i : i + longest] = free_b[j : j + longest] = [False] * longest
                found.append(Tile(i, j, longest))


def _near(one: Tile, other: Tile, gap: int) -> bool:
    """Whether at most `gap` characters lie between two tiles on both sides, in whichever order they stand."""
    between_a = max(one.a, other.a) - min(one.a + one.length, other.a + other.length)
    between_b = max(one.b, other.b) - min(one.b + one.length, other.b + other.length)
    return between_a <= gap and between_b <= gap


def joined(found: list[Tile], gap: int = GAP) -> list[list[Tile]]:
    """Tiles in groups: two are in one if steps from tile to near tile lead from one to the other."""
    groups: list[list[Tile]] = []
    for tile in found:
        close = [group for group in groups if any(_near(tile, other, gap) for other in group)]
        groups = [group for group in groups if group not in close]
        groups.append([tile, *itertools.chain.from_iterable(close)])
    return sorted(sorted(group) for group in groups)


def passages(a: Normal, b: Normal, min_chars: int = 30, names: tuple[str, str] = ("a", "b")) -> list[Found]:
    """The passages that two texts share.

    Args:
        a: The one text.
        b: The other.
        min_chars: Fewest equal characters of a passage.
        names: What the texts are called.

    Returns:
        The passages with at least that many characters and a similarity of `MIN_SIMILARITY`, in the order of a. A span
        goes from the first to the last character that is equal.
    """
    out = []
    for group in joined(tiles(a.characters, b.characters)):
        a_start, a_end = min(tile.a for tile in group), max(tile.a + tile.length for tile in group)
        b_start, b_end = min(tile.b for tile in group), max(tile.b + tile.length for tile in group)
        n_chars = sum(tile.length for tile in group)
        similarity = 2 * n_chars / (a_end - a_start + b_end - b_start)
        if n_chars >= min_chars and similarity >= MIN_SIMILARITY:
            spans = (a.places[a_start], a.places[a_end - 1] + 1, b.places[b_start], b.places[b_end - 1] + 1)
            out.append(Found(*names, *spans, n_chars, similarity))
    return out


def reuse(texts: Mapping[str, str], min_chars: int = 30) -> list[Found]:
    """The passages that any two texts share, in the order of the texts."""
    normal = {name: normalise(text) for name, text in texts.items()}
    pairs = itertools.combinations(normal, 2)
    return [found for a, b in pairs for found in passages(normal[a], normal[b], min_chars, (a, b))]
