"""Precision, recall, granularity and plagdet of detected text reuse.

The measures are those of Martin Potthast, Benno Stein, Alberto Barrón-Cedeño and Paolo Rosso, "An Evaluation Framework
for Plagiarism Detection", COLING 2010, pages 997–1005, section 3. A case is `s = (s_plag, d_plag, s_src, d_src)`: the
passage s_plag of the document d_plag reuses the passage s_src of d_src. It stands for a set of references to characters,
those of s_plag and those of s_src; so does a detection r. With S the cases and R the detections,

    r detects s   iff  r_plag ∩ s_plag ≠ ∅  and  r_src ∩ s_src ≠ ∅
    s ⊓ r         =    s ∩ r if r detects s, else ∅
    prec(S, R)    =    1/|R| · Σ_{r ∈ R} |∪_{s ∈ S} (s ⊓ r)| / |r|
    rec(S, R)     =    1/|S| · Σ_{s ∈ S} |∪_{r ∈ R} (s ⊓ r)| / |s|
    gran(S, R)    =    1/|S_R| · Σ_{s ∈ S_R} |R_s|
    plagdet(S, R) =    F₁ / log₂(1 + gran(S, R))

where S_R are the cases that are detected and R_s the detections of s. These are the macro-averaged precision and recall:
each case and each detection counts alike, however long it is. Where the formulas divide by nothing, the program that came
with the workshops of PAN decides: without cases and detections precision and recall are 1, without one of the two they are
0, and granularity is 1 when nothing is detected.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Stretch(NamedTuple):
    """A stretch of a document: the characters from `start` up to, not including, `end`."""

    document: str
    start: int
    end: int

    def meets(self, other: Stretch) -> bool:
        """Whether the two have a character in common."""
        return self.document == other.document and max(self.start, other.start) < min(self.end, other.end)

    def common(self, other: Stretch) -> set[tuple[str, int]]:
        """The characters that the two have in common."""
        if not self.meets(other):
            return set()
        return {(self.document, at) for at in range(max(self.start, other.start), min(self.end, other.end))}


class Reuse(NamedTuple):
    """A case or a detection: two stretches, of which the first reuses the second."""

    plag: Stretch
    src: Stretch

    def length(self) -> int:
        """How many characters it stands for, those of both sides."""
        return self.plag.end - self.plag.start + self.src.end - self.src.start

    def detects(self, other: Reuse) -> bool:
        """Whether the two overlap on both sides."""
        return self.plag.meets(other.plag) and self.src.meets(other.src)

    def undirected(self) -> Reuse:
        """The same, its sides in the order of their documents, for detectors that do not say who copied from whom."""
        return Reuse(*sorted(self))


class Score(NamedTuple):
    """What `score` gives."""

    plagdet: float
    precision: float
    recall: float
    granularity: float


def _covered(whole: Reuse, others: Iterable[Reuse]) -> float:
    """The share of the characters of `whole` that lie in what overlaps with it on both sides.

    The two sides are counted apart, so that a document that reuses itself has its characters once for each.
    """
    detected = [other for other in others if whole.detects(other)]
    characters = 0
    for side in (0, 1):
        characters += len(set().union(*(whole[side].common(other[side]) for other in detected)))
    return characters / whole.length()


def _mean_covered(wholes: Sequence[Reuse], others: Sequence[Reuse]) -> float:
    """The mean of `_covered`; precision and recall differ only in what is the whole."""
    if not wholes and not others:
        return 1.0
    if not wholes or not others:
        return 0.0
    return sum(_covered(whole, others) for whole in wholes) / len(wholes)


def precision(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> float:
    """Macro-averaged precision: the share of a detection that lies in cases which it detects, on the average."""
    return _mean_covered(detections, cases)


def recall(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> float:
    """Macro-averaged recall: the share of a case that lies in detections of it, on the average."""
    return _mean_covered(cases, detections)


def granularity(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> float:
    """How many detections a case that is detected has, on the average; 1 is best."""
    numbers = [sum(detection.detects(case) for detection in detections) for case in cases]
    detected = [number for number in numbers if number]
    return sum(detected) / len(detected) if detected else 1.0


def score(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> Score:
    """All measures.

    Args:
        cases: What was planted. No stretch is empty.
        detections: What was found, its sides in the same order as those of the cases (see `Reuse.undirected`).

    Returns:
        plagdet, precision, recall and granularity; plagdet is 0 where precision and recall are.
    """
    prec, rec, gran = precision(cases, detections), recall(cases, detections), granularity(cases, detections)
    mean = 2 * prec * rec / (prec + rec) if prec + rec else 0.0
    return Score(mean / math.log2(1 + gran), prec, rec, gran)
