"""`Corpus.reuse` against passages that were planted, and against the reference that tries everything.

The corpora are made of sentences of the tests (`planting`), the measures are those of `pan`. The reference (`brute`) has
to pass the same floors, so that a floor that it cannot reach is no fault of the detector.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import chain
from typing import NamedTuple

import brute
import fangan as fg
import pan
import planting
import pytest
from brute import Found
from pan import Reuse, Stretch

SEEDS = (11, 12, 13)
"""Each makes a corpus; their cases are judged together."""
MIN_CHARS = 30


class Floor(NamedTuple):
    """What is asked for with a kind of edit: the least of the measures, the most detections for a case."""

    kind: str
    rate: float
    plagdet: float
    precision: float
    recall: float
    granularity: float


FLOORS = (
    Floor("copy", 0.0, 0.97, 0.97, 0.98, 1.0),
    Floor("places", 0.0, 0.95, 0.96, 0.95, 1.05),
    Floor("script", 0.0, 0.97, 0.97, 0.98, 1.0),
    Floor("pinyin", 0.0, 0.95, 0.96, 0.95, 1.05),
    Floor("reorder", 0.0, 0.90, 0.96, 0.95, 1.15),
    # Sentences of more than 30 characters that change places leave more than that between what stays in order.
    Floor("shuffle", 0.0, 0.65, 0.95, 0.90, 1.80),
    Floor("paraphrase", 0.15, 0.95, 0.96, 0.95, 1.05),
    Floor("paraphrase", 0.3, 0.80, 0.95, 0.85, 1.10),
    # Every place for a change is taken; whole passages have no five characters left together.
    Floor("paraphrase", 0.5, 0.70, 0.95, 0.60, 1.20),
)
AGREEMENT = 0.9
"""Least Jaccard similarity of the characters that fangan and the reference say are reused."""
SAME_SPANS = 0.8
"""Least share of the passages of a verbatim copy whose two spans say the same; stock words near by widen some on one side."""


def by_fangan(texts: dict[str, str]) -> list[Found]:
    """What `Corpus.reuse` finds."""
    rows = fg.parse(texts, progress=False).reuse(min_chars=MIN_CHARS)
    columns = ("plan_a", "plan_b", "a_start", "a_end", "b_start", "b_end", "n_chars", "similarity")
    found = [Found(*row) for row in rows.select(columns).iter_rows()]
    return [passage._replace(a=passage.a.rpartition("#")[0], b=passage.b.rpartition("#")[0]) for passage in found]


def by_brute(texts: dict[str, str]) -> list[Found]:
    """What the reference finds."""
    return brute.reuse(texts, MIN_CHARS)


DETECTORS: dict[str, Callable[[dict[str, str]], list[Found]]] = {"fangan": by_fangan, "brute": by_brute}
DETECTOR = pytest.mark.parametrize("detector", DETECTORS)
EDIT = pytest.mark.parametrize("floor", FLOORS, ids=lambda floor: f"{floor.kind}-{floor.rate}")


@cache
def corpus(kind: str, rate: float, seed: int) -> planting.Planted:
    return planting.plant(kind, seed=seed, rate=rate)


@cache
def detected(detector: str, kind: str, rate: float, seed: int) -> tuple[Found, ...]:
    return tuple(DETECTORS[detector](corpus(kind, rate, seed).texts))


def as_reuse(found: Found) -> Reuse:
    return Reuse(Stretch(found.a, found.a_start, found.a_end), Stretch(found.b, found.b_start, found.b_end))


def numbered(reuse: Reuse, seed: int) -> Reuse:
    """With names of documents that no other seed has."""
    return Reuse(*(side._replace(document=f"{seed}/{side.document}") for side in reuse.undirected()))


def judged(detector: str, kind: str, rate: float) -> pan.Score:
    """The measures over the corpora of all seeds."""
    cases = [numbered(case, seed) for seed in SEEDS for case in corpus(kind, rate, seed).cases]
    found = [numbered(as_reuse(row), seed) for seed in SEEDS for row in detected(detector, kind, rate, seed)]
    return pan.score(cases, found)


def characters(text: str, start: int, end: int) -> str:
    """What of a span is compared, so that punctuation and script do not count."""
    return brute.normalise(text[start:end]).characters


@cache
def compared_places(text: str) -> frozenset[int]:
    return frozenset(brute.normalise(text).places)


def covered(found: tuple[Found, ...], texts: dict[str, str]) -> set[tuple[str, str, str, int]]:
    """The characters that are said to be reused: the two documents, which of them, and the place in it."""
    out: set[tuple[str, str, str, int]] = set()
    for row in found:
        for document, start, end in ((row.a, row.a_start, row.a_end), (row.b, row.b_start, row.b_end)):
            places = compared_places(texts[document]).intersection(range(start, end))
            out.update((row.a, row.b, document, place) for place in places)
    return out


@DETECTOR
@EDIT
def test_planted_passages_are_found(detector: str, floor: Floor) -> None:
    score = judged(detector, floor.kind, floor.rate)
    assert score.plagdet >= floor.plagdet, score
    assert score.precision >= floor.precision, score
    assert score.recall >= floor.recall, score
    assert score.granularity <= floor.granularity, score


@pytest.mark.parametrize(
    ("kind", "rate", "plagdet"), [("reorder", 0.0, 0.98), ("shuffle", 0.0, 0.98), ("paraphrase", 0.5, 0.82)]
)
def test_where_fangan_does_better_than_the_reference(kind: str, rate: float, plagdet: float) -> None:
    """It counts between two runs what has no partner at all, so that what changed places stays together."""
    assert judged("fangan", kind, rate).plagdet >= max(plagdet, judged("brute", kind, rate).plagdet)


@DETECTOR
@EDIT
def test_nothing_is_found_in_documents_without_reuse(detector: str, floor: Floor) -> None:
    for seed in SEEDS:
        clean = corpus(floor.kind, floor.rate, seed).clean
        found = detected(detector, floor.kind, floor.rate, seed)
        assert clean
        assert [row for row in found if row.a in clean or row.b in clean] == []


@DETECTOR
def test_nothing_is_found_where_nothing_was_planted(detector: str) -> None:
    assert [row for seed in SEEDS for row in detected(detector, "none", 0.0, seed)] == []


@DETECTOR
@EDIT
def test_rows_say_what_their_spans_say(detector: str, floor: Floor) -> None:
    """Spans lie in their texts, `n_chars` and `similarity` follow from them, and no row is below what was asked for."""
    for seed in SEEDS:
        texts = corpus(floor.kind, floor.rate, seed).texts
        order = list(texts)
        for row in detected(detector, floor.kind, floor.rate, seed):
            assert order.index(row.a) < order.index(row.b)
            assert 0 <= row.a_start < row.a_end <= len(texts[row.a])
            assert 0 <= row.b_start < row.b_end <= len(texts[row.b])
            a = characters(texts[row.a], row.a_start, row.a_end)
            b = characters(texts[row.b], row.b_start, row.b_end)
            assert MIN_CHARS <= row.n_chars <= min(len(a), len(b))
            assert row.similarity == pytest.approx(2 * row.n_chars / (len(a) + len(b)), abs=0.01)


@DETECTOR
@pytest.mark.parametrize("kind", ["copy", "script", "pinyin"])
def test_spans_of_verbatim_copies_say_the_same(detector: str, kind: str) -> None:
    same = []
    for seed in SEEDS:
        planted = corpus(kind, 0.0, seed)
        found = [(row, as_reuse(row)) for row in detected(detector, kind, 0.0, seed)]
        for case in planted.cases:
            # Exactly one passage lies over the case, and has all of it on both sides.
            [(row, reuse)] = [(row, reuse) for row, reuse in found if reuse.detects(case.undirected())]
            for side, wanted in zip(reuse, case.undirected(), strict=True):
                assert characters(planted.texts[side.document], *wanted[1:]) in characters(
                    planted.texts[side.document], *side[1:]
                )
            a = characters(planted.texts[row.a], row.a_start, row.a_end)
            b = characters(planted.texts[row.b], row.b_start, row.b_end)
            same.append(a == b)
            assert (row.similarity == 1.0) == (a == b)
    assert sum(same) / len(same) >= SAME_SPANS


@EDIT
def test_fangan_agrees_with_the_reference(floor: Floor) -> None:
    """Over all pairs of documents, the two say of nearly the same characters that they are reused."""
    both, either = 0, 0
    for seed in SEEDS:
        texts = corpus(floor.kind, floor.rate, seed).texts
        ours = covered(detected("fangan", floor.kind, floor.rate, seed), texts)
        theirs = covered(detected("brute", floor.kind, floor.rate, seed), texts)
        both += len(ours & theirs)
        either += len(ours | theirs)
    assert both / either >= AGREEMENT


def test_order_of_the_corpus_does_not_matter() -> None:
    """Sources given the other way round share the same passages, with the sides exchanged."""
    texts = corpus("places", 0.0, SEEDS[0]).texts
    ahead = detected("fangan", "places", 0.0, SEEDS[0])
    back = by_fangan(dict(reversed(texts.items())))
    sides = [set(chain.from_iterable(as_reuse(row) for row in rows)) for rows in (ahead, back)]
    assert sides[0] == sides[1]
