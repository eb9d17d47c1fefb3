"""Plans that are an earlier one again: planted copies, templates that are none, and a reference that looks at all pairs."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random

import fangan as fg
import planting
import polars as pl
import pytest
from fangan import _duplicates
from fangan.testing import noise

GRAM = 5
KNOWN = fg.schema()["duplicates"].polars


def document(number: int, places: Mapping[str, str], *, head: bool = True) -> str:
    """A plan of the bank's sentences on one subject, filled in for one county."""
    subject = planting.subjects()[number]
    sentences = [sentence.format_map(places) for sentence in subject.sentences]
    title = f"{places['县']}2012年{subject.campaigns[0]}实施方案" if head else f"{subject.campaigns[0]}实施方案"
    return f"{title}\n一、目标任务\n{''.join(sentences[:10])}\n二、工作措施\n{''.join(sentences[10:])}\n"


def bank(count: int = 16) -> list[str]:
    """Plans on different subjects, of different counties."""
    return [document(number, planting.all_places()[number]) for number in range(count)]


def replaced(text: str, rate: float, draw: Random) -> str:
    """A share of the Chinese characters behind the title misread as others of the text."""
    body = text.index("\n")
    places = [at for at in range(body, len(text)) if "一" <= text[at] <= "龥"]
    signs = list(text)
    for at in draw.sample(places, round(rate * len(places))):
        signs[at] = signs[draw.choice(places)]
    return "".join(signs)


def jaccard(a: str, b: str) -> float:
    """The index as it is defined, of texts that need no repair."""
    letters = ["".join(sign for sign in text if sign.isalnum()).lower() for text in (a, b)]
    one, other = ({text[at : at + GRAM] for at in range(len(text) - GRAM + 1)} for text in letters)
    return len(one & other) / len(one | other)


def pairs(found: pl.DataFrame) -> set[tuple[str, str]]:
    return set(found.select("plan_id", "duplicate_of").rows())


COPIES: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "traditional": noise.traditional,
    "pinyin": lambda text: noise.pinyin(text, seed=3),
    "other punctuation": lambda text: text.replace("，", ",").replace("。", "｡"),
    "other lines": lambda text: text.replace("。", "。\r\n\r\n"),
    "indented": lambda text: "\n".join("　　" + line for line in text.splitlines()),
    "full width": noise.full_width,
    "entities": noise.entities,
}


@pytest.mark.parametrize("kind", COPIES)
def test_copies_are_the_same(kind: str) -> None:
    texts = {f"{number:02}": text for number, text in enumerate(bank())}
    copies = {f"copy of {name}": COPIES[kind](text) for name, text in texts.items()}
    found = fg.parse({**texts, **copies}).duplicates()
    assert pairs(found) == {(f"copy of {name}#1", f"{name}#1") for name in texts}
    # Script conversion is not to be undone everywhere, so that a few copies are nearly the same.
    same = found.filter(pl.col("kind") == "same")
    assert same["similarity"].unique().to_list() == [1.0]
    assert same.height >= (14 if kind in ("traditional", "pinyin") else 16)


def test_files_in_other_encodings_are_the_same(tmp_path: Path) -> None:
    text = bank(1)[0]
    for name, encoding in [("a", "utf-8"), ("b", "gb18030"), ("c", "utf-16"), ("d", "utf-8-sig")]:
        (tmp_path / f"{name}.txt").write_bytes(text.encode(encoding))
    found = fg.read(tmp_path).duplicates()
    assert found.rows() == [(f"{name}.txt#1", "a.txt#1", "same", 1.0) for name in "bcd"]


def test_a_reference_that_looks_at_all_pairs_finds_no_more() -> None:
    draw = Random(5)
    texts: dict[str, str] = {}
    for number, text in enumerate(bank()):
        texts[f"{number:02} 0"] = text
        for copy in range(1, 9):
            texts[f"{number:02} {copy}"] = replaced(text, draw.uniform(0.001, 0.016), draw)
    corpus = fg.parse(texts)
    assert len(corpus) == len(texts)
    found = {row["plan_id"]: row for row in corpus.duplicates().iter_rows(named=True)}
    originals: list[str] = []
    missed = near = 0
    for name in texts:
        plan_id = f"{name}#1"
        likeness = {other: jaccard(texts[name], texts[other]) for other in originals}
        best = max(likeness.values(), default=0.0)
        if plan_id not in found:
            missed += best >= 0.9
            originals.append(name)
            continue
        row = found[plan_id]
        assert row["kind"] == "near"
        # Exactly the index, of the original that is most alike.
        assert row["similarity"] == pytest.approx(likeness[row["duplicate_of"].removesuffix("#1")], abs=1e-12)
        assert row["similarity"] == pytest.approx(best, abs=1e-12)
        assert row["similarity"] >= 0.9
        near += 1
    assert near > 60
    assert len(originals) > 20
    assert missed <= 0.01 * (near + missed)


@pytest.mark.parametrize("least", [0.5, 0.7, 0.8, 0.95])
def test_thresholds(least: float) -> None:
    draw = Random(7)
    texts: dict[str, str] = {}
    for number, text in enumerate(bank(12)):
        texts[f"{number:02} 0"] = text
        for copy, rate in enumerate((0.004, 0.015, 0.03, 0.06), start=1):
            texts[f"{number:02} {copy}"] = replaced(text, rate, draw)
    found = fg.parse(texts).duplicates(least)
    originals = [name for name in texts if f"{name}#1" not in set(found["plan_id"])]
    assert found["similarity"].min() >= least  # type: ignore[operator]
    left = [pair for pair in itertools.combinations(originals, 2) if jaccard(texts[pair[0]], texts[pair[1]]) >= least]
    assert len(left) <= 0.02 * found.height


def test_no_chains_and_nothing_left() -> None:
    draw = Random(11)
    texts = [replaced(text, rate, draw) for text in bank(8) for rate in (0, 0.003, 0.006, 0.009, 0.012, 0)]
    corpus = fg.parse(texts)
    found = corpus.duplicates()
    assert not set(found["plan_id"]) & set(found["duplicate_of"])
    order = {plan_id: at for at, plan_id in enumerate(corpus.plans["plan_id"])}
    assert all(order[plan_id] > order[of] for plan_id, of in pairs(found))
    assert found["plan_id"].to_list() == sorted(found["plan_id"], key=order.__getitem__)
    rest = corpus.filter(~pl.col("plan_id").is_in(found["plan_id"].implode()))
    assert rest.duplicates().is_empty()


def test_groups_do_not_depend_on_the_order() -> None:
    draw = Random(13)
    texts = {
        f"{number} {copy}": replaced(text, 0.0012 * copy, draw)
        for number, text in enumerate(bank(6))
        for copy in range(4)
    }
    expected = {frozenset(f"{number} {copy}#1" for copy in range(4)) for number in range(6)}
    for seed in range(4):
        order = Random(seed).sample(sorted(texts), len(texts))
        found = fg.parse({name: texts[name] for name in order}).duplicates()
        groups = {frozenset([of, *plans]) for of, plans in found.group_by("duplicate_of").agg("plan_id").iter_rows()}
        assert groups == expected
        # Of each group the first in the order is the one that the others repeat.
        assert set(found["duplicate_of"]) == {min(group, key=lambda plan: order.index(plan[:-2])) for group in expected}


def test_threads_make_no_difference() -> None:
    draw = Random(17)
    corpus = fg.parse([replaced(text, rate, draw) for text in bank(10) for rate in (0, 0.004, 0.02)])
    assert corpus.duplicates(threads=1).equals(corpus.duplicates(threads=2))
    one, two = (_duplicates.fingerprints(corpus, threads=threads) for threads in (1, 2))
    assert one.equals(two)


@pytest.mark.parametrize("head", [True, False])
def test_templates_of_two_counties_are_two_documents(head: bool) -> None:
    places = planting.all_places()
    texts = [document(number, places[at], head=head) for number in range(10) for at in range(8)]
    assert fg.parse(texts).duplicates().is_empty()


def test_what_is_known_of_both_and_differs_keeps_apart() -> None:
    body = bank(1)[0].partition("\n")[2].replace("沂源县", "全县")
    heads = {
        "one": "莒县2012年植树方案",
        "county": "五莲县2012年植树方案",
        "year": "莒县2013年植树方案",
        "again": "莒县2012年植树工作方案",
        "without": "植树方案",
    }
    corpus = fg.parse({name: f"{head}\n{body}" for name, head in heads.items()})
    found = corpus.duplicates()
    assert pairs(found) == {("again#1", "one#1"), ("without#1", "one#1")}
    assert found["kind"].to_list() == ["near", "near"]
    # The texts alone would not tell them apart.
    assert jaccard(heads["one"] + body, heads["county"] + body) > 0.95


def test_half_a_document_is_no_duplicate_but_reused() -> None:
    text = bank(1)[0]
    corpus = fg.parse({"whole": text, "half": text[: len(text) // 2]})
    assert corpus.duplicates().is_empty()
    assert corpus.reuse()["n_chars"].sum() > len(text) / 3


def test_short_plans_are_the_same_or_others() -> None:
    title = "关于开展全县植树造林活动的通知"
    texts = {"a": title + "一", "b": title + "二", "c": title + "一。"}
    assert fg.parse(texts).duplicates(0.5).rows() == [("c#1", "a#1", "same", 1.0)]


def test_nothing_to_compare() -> None:
    samples = fg.samples()
    assert samples.duplicates().is_empty()
    for corpus in (samples.filter(pl.lit(False)), fg.parse([]), fg.parse(["", "……", "……"])):
        found = corpus.duplicates()
        assert found.schema == KNOWN
        assert found.is_empty()
        assert _duplicates.over(_duplicates.fingerprints(corpus)).equals(found)


@pytest.mark.parametrize("least", [0.0, 0.49, 1.01, float("nan")])
def test_thresholds_that_make_no_sense(least: float) -> None:
    with pytest.raises(fg.InvalidArgumentError, match=r"from 0\.5 to 1"):
        fg.parse("植树").duplicates(least)
    with pytest.raises(fg.InvalidArgumentError, match=r"from 0\.5 to 1"):
        _duplicates.over([], least)


def test_chinese_names() -> None:
    found = fg.to_zh(fg.parse(["植树方案", "植树方案"]).duplicates(), values=True)
    assert found.columns == ["方案编号", "所重复方案", "重复类型", "相似度"]
    assert found["重复类型"].to_list() == ["相同"]


# By fingerprints alone


@pytest.fixture(scope="module")
def mixed() -> fg.Corpus:
    """Copies of many kinds, well above the threshold or well below."""
    draw = Random(19)
    rates = (0, 0.002, 0.004, 0.05)
    return fg.parse([replaced(text, rate, draw) for rate in rates for text in bank()] + bank(4))


def test_fingerprints_are_a_row_a_plan(mixed: fg.Corpus) -> None:
    rows = _duplicates.fingerprints(mixed)
    assert tuple(rows.columns) == _duplicates.COLUMNS
    assert rows["plan_id"].equals(mixed.plans["plan_id"])
    assert rows["signature"].bin.size().unique().to_list() == [256]
    assert rows["digest"].n_unique() == len(mixed) - 4
    assert rows.null_count().row(0) == (0,) * 5


def test_the_same_is_found_in_any_cutting(mixed: fg.Corpus, tmp_path: Path) -> None:
    rows = _duplicates.fingerprints(mixed)
    expected = mixed.duplicates()
    whole = _duplicates.over(rows)
    assert pairs(whole) == pairs(expected)
    assert whole["kind"].equals(expected["kind"])
    errors = whole["similarity"] - expected["similarity"]
    assert errors.abs().max() < 0.08  # type: ignore[operator]
    for size in (1, 7, 30):
        paths = []
        for number, part in enumerate(rows.iter_slices(size)):
            paths.append(tmp_path / f"{size:02}-{number:03}.parquet")
            part.write_parquet(paths[-1])
        assert _duplicates.over(paths).equals(whole)
        assert _duplicates.over(pl.scan_parquet(paths)).equals(whole)
    assert _duplicates.over(tmp_path / "30-000.parquet").equals(_duplicates.over(rows.head(30)))


def test_the_first_in_the_order_of_shards_is_repeated(mixed: fg.Corpus) -> None:
    rows = _duplicates.fingerprints(mixed)
    backwards = _duplicates.over(rows.reverse())
    assert not pairs(backwards) & pairs(_duplicates.over(rows))
    assert backwards.height == mixed.duplicates().height


def test_estimates_have_the_error_that_is_stated() -> None:
    draw = Random(23)
    errors = []
    for number, text in enumerate(bank()):
        copies = {f"{number} {copy}": replaced(text, draw.uniform(0.006, 0.01), draw) for copy in range(10)}
        corpus = fg.parse({"0": text, **copies})
        exact, estimated = corpus.duplicates(0.85), _duplicates.over(_duplicates.fingerprints(corpus), 0.8)
        both = exact.join(estimated, on=["plan_id", "duplicate_of"]).filter(pl.col("duplicate_of") == "0#1")
        errors += (both["similarity"] - both["similarity_right"]).to_list()
    assert len(errors) > 120
    assert abs(sum(errors) / len(errors)) < 0.006
    assert (sum(error**2 for error in errors) / len(errors)) ** 0.5 < 0.022


def test_a_hundred_thousand_copies_take_no_square() -> None:
    one = _duplicates.fingerprints(fg.parse(bank(1)))
    count = 100_000
    many = pl.select(
        plan_id=pl.int_range(count).cast(pl.String),
        # Near, not the same: else the digest alone would do.
        digest=pl.int_range(count).cast(pl.String).str.zfill(32),
        n_letters=pl.lit(one["n_letters"][0], dtype=pl.UInt32),
        facts=pl.lit(one["facts"][0]),
        signature=pl.lit(one["signature"][0]),
    )
    found = _duplicates.over(many.lazy())
    assert found.height == count - 1
    assert found["duplicate_of"].unique().to_list() == ["0"]


def test_what_is_no_fingerprint_is_refused(tmp_path: Path) -> None:
    rows = _duplicates.fingerprints(fg.parse("植树方案"))
    wrong = [
        rows.drop("signature"),
        rows.with_columns(signature=pl.lit(b"short")),
        rows.with_columns(facts=pl.lit("text")),
        rows.with_columns(digest=pl.lit("植" * 32)),
        rows.with_columns(n_letters=pl.lit(None, dtype=pl.UInt32)),
        rows.with_columns(plan_id=pl.lit(None, dtype=pl.String)),
    ]
    for frame in wrong:
        with pytest.raises(fg.InvalidArgumentError):
            _duplicates.over(frame)
    with pytest.raises(fg.ReadError):
        _duplicates.over([tmp_path / "nothing.parquet"])
    (tmp_path / "text.parquet").write_text("植树", encoding="utf-8")
    with pytest.raises(fg.ReadError):
        _duplicates.over([tmp_path / "text.parquet"])
