"""The tools that judge text reuse, against answers worked out by hand: measures, reference detector, planted corpora."""

from __future__ import annotations

import difflib
import itertools
import math
import re

import brute
import fangan as fg
import pan
import planting
import pytest
from brute import Tile
from hypothesis import given
from hypothesis import strategies as st
from pan import Reuse, Stretch


def reuse(plag: tuple[int, int], src: tuple[int, int]) -> Reuse:
    """Reuse of document `s` in document `p`."""
    return Reuse(Stretch("p", *plag), Stretch("s", *src))


ONE = reuse((0, 10), (100, 110))  # 20 characters
OTHER = reuse((50, 70), (200, 220))  # 40 characters
FAR = reuse((300, 310), (300, 310))

MEASURES: dict[str, tuple[list[Reuse], list[Reuse], tuple[float, float, float, float]]] = {
    # cases, detections, (plagdet, precision, recall, granularity)
    "exact": ([ONE, OTHER], [ONE, OTHER], (1, 1, 1, 1)),
    # 5 characters of the one side and 10 of the other are common: 15 of 20, for both.
    "half on one side": ([ONE], [reuse((5, 15), (100, 110))], (0.75, 0.75, 0.75, 1)),
    "one side only": ([ONE], [reuse((0, 10), (110, 120))], (0, 0, 0, 1)),
    "another document": ([ONE], [Reuse(ONE.plag, Stretch("other", 100, 110))], (0, 0, 0, 1)),
    # All characters are found, in two pieces: 1 / log2(1 + 2).
    "two pieces": ([ONE], [reuse((0, 5), (100, 105)), reuse((5, 10), (105, 110))], (1 / math.log2(3), 1, 1, 2)),
    # Characters 2 to 8 are found twice and count once; 8 + 8 of each detection are right.
    "overlapping": ([ONE], [reuse((0, 8), (100, 108)), reuse((2, 10), (102, 110))], (1 / math.log2(3), 1, 1, 2)),
    # One detection of two cases is one detection for each of them.
    "one for two": ([ONE, reuse((10, 20), (110, 120))], [reuse((0, 20), (100, 120))], (1, 1, 1, 1)),
    # A case counts as a whole however short it is: 1 of 2, not 20 of 60.
    "macro-average": ([ONE, OTHER], [ONE], (2 / 3, 1, 0.5, 1)),
    # Precision: 20 of 25 characters, and 0 of 20: (0.8 + 0) / 2. Recall: (1 + 0) / 2. F1 = 2 · 0.4 · 0.5 / 0.9 = 4/9.
    "false and missed": ([ONE, OTHER], [reuse((0, 10), (95, 110)), FAR], (4 / 9, 0.4, 0.5, 1)),
    # (2 + 1) / 2 detections; the third case is not detected and does not count.
    "granularity": (
        [ONE, OTHER, FAR],
        [reuse((0, 5), (100, 105)), reuse((5, 10), (105, 110)), OTHER],
        (0.8 / math.log2(2.5), 1, 2 / 3, 1.5),
    ),
    "nothing found": ([ONE], [], (0, 0, 0, 1)),
    "nothing to find": ([], [ONE], (0, 0, 0, 1)),
    "nothing at all": ([], [], (1, 1, 1, 1)),
}


@pytest.mark.parametrize("name", MEASURES)
def test_measures(name: str) -> None:
    cases, detections, expected = MEASURES[name]
    assert pan.score(cases, detections) == pytest.approx(expected)


def test_a_document_that_reuses_itself_has_its_characters_on_both_sides() -> None:
    case = Reuse(Stretch("p", 0, 10), Stretch("p", 5, 15))
    # The first side is found as a whole, of the second 5 to 10: 10 + 5 of 20 characters.
    found = Reuse(Stretch("p", 0, 10), Stretch("p", 5, 10))
    assert pan.recall([case], [found]) == 0.75
    assert pan.precision([case], [found]) == 1


def test_undirected_puts_the_documents_in_order() -> None:
    assert Reuse(Stretch("b", 1, 2), Stretch("a", 8, 9)).undirected() == (("a", 8, 9), ("b", 1, 2))


def test_normalise_keeps_what_is_compared_with_its_places() -> None:
    # 《0 衛1 (2 w3 è4 i5 )6 生7 》8 工9 作10 ，11 A12 1_13
    normal = brute.normalise("《衛(wèi)生》工作，A1")
    assert normal == ("卫生工作a1", [1, 7, 9, 10, 12, 13])
    assert brute.normalise("植树（2012年）") == ("植树2012年", [0, 1, 3, 4, 5, 6, 7])


TILES = [
    ("abcdefXYZ", "QabcdefW", [Tile(0, 1, 6)]),
    ("abcdX", "abcdY", []),
    # The longest first: cdefghij takes what abcde would need, and ab is too short.
    ("abcdefghij", "abcde|cdefghij", [Tile(2, 6, 8)]),
    # A character belongs to one tile at most.
    ("abcde", "abcdeabcde", [Tile(0, 0, 5)]),
    ("abcdeFGHIJ", "FGHIJabcde", [Tile(0, 5, 5), Tile(5, 0, 5)]),
    # The second abcdefg of a finds a free place in b only up to f.
    ("abcdefg-abcdefg", "abcdefg+abcdef", [Tile(0, 0, 7), Tile(8, 8, 6)]),
]


@pytest.mark.parametrize(("a", "b", "expected"), TILES)
def test_tiles(a: str, b: str, expected: list[Tile]) -> None:
    assert brute.tiles(a, b) == expected


@given(st.text("甲乙丙", max_size=60), st.text("甲乙丙", max_size=60))
def test_tiles_are_equal_apart_and_leave_nothing(a: str, b: str) -> None:
    found = brute.tiles(a, b)
    left_a, left_b = list(a), list(b)
    for tile in found:
        assert a[tile.a : tile.a + tile.length] == b[tile.b : tile.b + tile.length]
        assert "-" not in left_a[tile.a : tile.a + tile.length]
        assert "+" not in left_b[tile.b : tile.b + tile.length]
        left_a[tile.a : tile.a + tile.length] = "-" * tile.length
        left_b[tile.b : tile.b + tile.length] = "+" * tile.length
    rest = difflib.SequenceMatcher(None, "".join(left_a), "".join(left_b), autojunk=False).find_longest_match()
    assert rest.size < brute.MINIMAL_TILE
    longest = difflib.SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    assert max((tile.length for tile in found), default=0) == (longest if longest >= brute.MINIMAL_TILE else 0)


def test_joined_looks_at_both_sides_in_any_order() -> None:
    first = Tile(0, 100, 10)
    assert brute.joined([first, Tile(40, 140, 10)]) == [[first, Tile(40, 140, 10)]]  # 30 between them
    assert len(brute.joined([first, Tile(40, 141, 10)])) == 2
    assert len(brute.joined([first, Tile(20, 60, 10)])) == 1  # before it in b, 30 between them
    assert len(brute.joined([first, Tile(20, 59, 10)])) == 2
    # The middle one leads from the first to the last.
    assert len(brute.joined([first, Tile(80, 180, 10), Tile(40, 140, 10)])) == 1


def run(first: int, length: int) -> str:
    """Different characters, beginning with a number of its own."""
    return "".join(chr(0x4E00 + first + at) for at in range(length))


def test_passages() -> None:
    # 20 equal, 10 different, 20 equal: 40 of 50 characters on each side, 2 · 40 / 100.
    a = brute.normalise("，" + run(0, 20) + run(1000, 10) + run(100, 20) + run(3000, 9))
    b = brute.normalise(run(4000, 3) + run(0, 20) + run(2000, 10) + "。" + run(100, 20))
    assert brute.passages(a, b) == [("a", "b", 1, 51, 3, 54, 40, 0.8)]
    assert brute.passages(a, b, min_chars=41) == []
    # 31 different ones keep the two apart, and 20 are not enough.
    far = brute.normalise(run(0, 20) + run(2000, 31) + run(100, 20))
    assert brute.passages(a, far) == []
    # Six stock words of 5 characters with 30 others between them: 30 of 180 characters.
    first, other = (
        brute.normalise("".join(run(100 * at, 5) + run(own + 100 * at, 30) for at in range(6))) for own in (5000, 9000)
    )
    assert len(brute.joined(brute.tiles(first.characters, other.characters))) == 1
    assert brute.passages(first, other) == []


def test_the_bank_is_large_and_shares_stock_words_only() -> None:
    sentences = [sentence for subject in planting.subjects() for sentence in subject.sentences]
    assert len(sentences) == len(set(sentences)) >= 300
    assert len({frozenset((word, other)) for word, others in planting.synonyms().items() for other in others}) >= 400
    grams = [re.sub(r"\{.\}|\W", "|", sentence) for sentence in sentences]
    seen = [{text[at : at + 8] for at in range(len(text) - 7) if "|" not in text[at : at + 8]} for text in grams]
    assert sum(map(len, seen)) == len(set().union(*seen))


@pytest.mark.parametrize("kind", [*planting.KINDS, "none"])
def test_planted_corpora(kind: str) -> None:
    planted = planting.plant(kind, seed=7)
    assert planted == planting.plant(kind, seed=7)
    assert planted.texts != planting.plant(kind, seed=8).texts
    assert len(planted.texts) == 20
    assert len(planted.cases) == (0 if kind == "none" else 8)
    sources = fg.parse(planted.texts, progress=False).sources
    assert sources["n_plans"].to_list() == [1] * 20
    assert len(planted.clean) == (20 if kind == "none" else 4)
    for case in planted.cases:
        source = planted.texts[case.src.document][case.src.start : case.src.end]
        target = planted.texts[case.plag.document][case.plag.start : case.plag.end]
        assert planting.SHORTEST - 1 <= len(source) <= planting.LONGEST
        assert (source == target) == (kind == "copy" or (kind == "pinyin" and "(" not in target))
        a, b = brute.normalise(source).characters, brute.normalise(target).characters
        if kind in ("copy", "script", "pinyin"):
            assert a == b
        elif kind in ("reorder", "shuffle"):
            assert sorted(a) == sorted(b)
        else:
            common = sum(
                block.size for block in difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
            )
            assert 0.6 < 2 * common / (len(a) + len(b)) < 1
        assert not source.endswith("。")
        assert not target.endswith("。")


def test_kinds_differ_in_the_edit_alone() -> None:
    plain = planting.plant("copy", seed=3)
    for kind in planting.KINDS:
        edited = planting.plant(kind, seed=3)
        untouched = plain.texts.keys() - {case.plag.document for case in plain.cases}
        assert {name: edited.texts[name] for name in untouched} == {name: plain.texts[name] for name in untouched}
        assert [case.src for case in edited.cases] == [case.src for case in plain.cases]
        assert [case.plag[:2] for case in edited.cases] == [case.plag[:2] for case in plain.cases] or kind == "pinyin"


def test_without_planting_nothing_is_reused() -> None:
    texts = planting.plant("none", seed=5).texts
    assert brute.reuse(texts) == []
    normal = [brute.normalise(text).characters for text in texts.values()]
    tiles = [brute.tiles(a, b) for a, b in itertools.combinations(normal, 2)]
    assert max(tile.length for found in tiles for tile in found) < 15


def test_rates_of_paraphrase() -> None:
    def equal(rate: float) -> float:
        found = brute.reuse(planting.plant("paraphrase", seed=1, rate=rate).texts)
        return sum(passage.n_chars for passage in found)

    assert equal(0) == sum(passage.n_chars for passage in brute.reuse(planting.plant("copy", seed=1).texts))
    assert equal(0) > equal(0.2) > equal(0.4) > equal(0.6)
