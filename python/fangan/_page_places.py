"""Places in a source of what its clean reading says, for cells that have no offsets of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any


class Reading:
    """The letters of a stretch of a source as repaired, without blanks and line ends, each with its place."""

    def __init__(self, text: str, low: int, high: int, repairs: Sequence[Sequence[Any]]) -> None:
        """`repairs` begin with start, end, kind and what became of the stretch; by start, the longest first."""
        letters: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        at = low

        def keep(until: int) -> None:
            for place in range(at, until):
                if not text[place].isspace():
                    letters.append(text[place])
                    self._starts.append(place)
                    self._ends.append(place + 1)

        for start, end, _, after, *_rest in repairs:
            if start < at:
                continue
            keep(start)
            for letter in after:
                if not letter.isspace():
                    letters.append(letter)
                    self._starts.append(start)
                    self._ends.append(end)
            at = end
        keep(high)
        self._letters = "".join(letters)

    def find(self, said: str, start: int, end: int) -> list[int] | None:
        """Where the source says it first, between two places; None where it does not, letter for letter."""
        wanted = "".join(said.split())
        at = self._letters.find(wanted, self._index(start)) if wanted else -1
        if at < 0 or self._ends[at + len(wanted) - 1] > end:
            return None
        return [self._starts[at], self._ends[at + len(wanted) - 1]]

    def heading(self, place: Sequence[int], marker: str, heading: str) -> list[int]:
        """From the beginning of a section to the end of its heading; all of it where the heading is not found."""
        first = self._index(place[0])
        wanted = "".join(heading.split())
        window = len("".join(marker.split())) + len(wanted) + 8
        at = self._letters.find(wanted, first, first + window) if wanted else first - 1 + len("".join(marker.split()))
        last = at + len(wanted) - 1 if wanted else at
        if at < 0 or last < first or last >= len(self._ends) or self._ends[last] > place[1]:
            return [place[0], place[1]]
        return [place[0], self._ends[last]]

    def _index(self, place: int) -> int:
        """The first letter that stands at a place or behind it."""
        return bisect_left(self._starts, place)
