"""How alike plans are."""

from __future__ import annotations

import math
from typing import Literal

import fangan as fg
import polars as pl
import pytest

On = Literal["text", "characters", "structure", "phases", "criteria"]
KINDS: tuple[On, ...] = ("text", "characters", "structure", "phases", "criteria")


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


def one(corpus: fg.Corpus, on: On) -> float | None:
    rows = corpus.similarity(on)
    assert rows.height == 1
    value: float | None = rows["similarity"][0]
    return value


def test_words_by_hand() -> None:
    corpus = fg.parse({"a": "植树造林，植树造林。", "b": "植树造林。绿化。"})
    words = [set(corpus.tokens().filter(pl.col("plan_id") == plan)["word"]) for plan in ("a#1", "b#1")]
    assert words == [{"植树造林"}, {"植树造林", "绿化"}]
    # 植树造林 stands in both plans: idf ln(3/3) + 1 = 1; 绿化 in one: ln(3/2) + 1. a is a vector of one word, so that the
    # cosine is b's part in its direction: 1 / √(1 + (ln 1.5 + 1)²).
    assert one(corpus, "text") == pytest.approx(1 / math.sqrt(1 + (math.log(1.5) + 1) ** 2), abs=1e-6)


def test_characters_by_hand() -> None:
    # Bigrams 植树 树造 造林 and 植树 树苗: one of both (idf 1), two and one of their own (idf i = ln 1.5 + 1).
    corpus = fg.parse({"a": "植树造林", "b": "植树苗"})
    i = math.log(1.5) + 1
    assert one(corpus, "characters") == pytest.approx(1 / math.sqrt((1 + 2 * i * i) * (1 + i * i)), abs=1e-6)


def test_structure_by_hand() -> None:
    a = "莒县植树工作实施方案\n一、组织领导\n县里成立领导小组，负责日常工作。\n二、宣传发动\n各乡镇张贴标语，出动宣传车。\n"
    b = a.replace("组织领导", "加强领导").replace("二、", "二、苗木供应\n由县林业局统一采购苗木。\n三、")
    corpus = fg.parse({"a": a, "b": b})
    assert corpus.sections.group_by("plan_id", maintain_order=True).len()["len"].to_list() == [2, 3]
    # 组织领导 and 加强领导 are the same part; 苗木供应 is inserted: 1 of 5.
    assert one(corpus, "structure") == pytest.approx(1 - 1 / 5)


def test_phases_by_hand() -> None:
    head = "某县植树方案\n一、实施步骤\n"
    a = head + "（一）宣传发动阶段。开会。\n（二）组织实施阶段。植树。\n（三）检查验收阶段。验收。\n"
    b = head + "（一）动员部署阶段。开会。\n（二）检查验收阶段。验收。\n"
    corpus = fg.parse({"a": a, "b": b})
    # mobilise implement review and mobilise review: two in common of five.
    assert one(corpus, "phases") == pytest.approx(2 * 2 / 5)


def test_criteria_by_hand() -> None:
    a = "某县创先争优方案\n一、目标\n做到“三亮”：亮身份、亮承诺、亮标准。\n"
    b = "某县创先争优方案\n一、目标\n做到“三亮”：亮身份、亮承诺、亮业绩。\n"
    corpus = fg.parse({"a": a, "b": b})
    assert corpus.criteria.height == 6
    # The framework and two items are in both (weight 1 each), one item on either side is not (ln 1.5 + 1 each).
    alone = math.log(1.5) + 1
    assert one(corpus, "criteria") == pytest.approx(3 / (3 + 2 * alone), abs=1e-6)


@pytest.mark.parametrize("on", KINDS)
def test_a_plan_is_like_itself_and_order_does_not_matter(samples: fg.Corpus, on: On) -> None:
    texts = {row["source_id"]: samples.source_text(row["source_id"]) for row in samples.sources.to_dicts()[:8]}
    twice = fg.parse({**texts, **{f"again {name}": text for name, text in texts.items()}})
    found = twice.similarity(on)
    for plan_id in twice.plans["plan_id"].to_list()[: len(twice) // 2]:
        pair = found.filter((pl.col("plan_a") == plan_id) & (pl.col("plan_b") == f"again {plan_id}"))
        assert pair["similarity"][0] in (1.0, None)
    backwards = fg.parse(dict(reversed(texts.items()))).similarity(on)
    there = {frozenset((a, b)): value for a, b, value in fg.parse(texts).similarity(on).drop("on").rows()}
    for a, b, value in backwards.drop("on").rows():
        assert there[frozenset((a, b))] == (None if value is None else pytest.approx(value, abs=1e-9))


@pytest.mark.parametrize("on", KINDS)
def test_all_pairs_bounds_and_threads(samples: fg.Corpus, on: On) -> None:
    found = samples.similarity(on, threads=2)
    assert found.schema == fg.schema()["similarity"].polars
    assert found.height == len(samples) * (len(samples) - 1) // 2
    assert found["on"].unique().to_list() == [on]
    known = found["similarity"].drop_nulls()
    assert known.is_between(0, 1).all()
    assert found.equals(samples.similarity(on, threads=1))
    order = {plan_id: place for place, plan_id in enumerate(samples.plans["plan_id"])}
    places = [(order[a], order[b]) for a, b in found.select("plan_a", "plan_b").rows()]
    assert places == sorted(places)
    assert all(a < b for a, b in places)


@pytest.mark.parametrize("least", [0.05, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("on", KINDS)
def test_the_index_finds_what_looking_at_all_pairs_finds(samples: fg.Corpus, on: On, least: float) -> None:
    everything = samples.similarity(on).filter(pl.col("similarity") >= least)
    found = samples.similarity(on, least=least)
    if on != "structure":
        assert found.equals(everything)
    # Trees are looked at where their headings are alike: nothing wrong is found, and hardly anything missed.
    assert found.join(everything, on=found.columns, how="anti").is_empty()
    assert found.height >= 0.97 * everything.height


@pytest.mark.parametrize("on", KINDS)
def test_nearest(samples: fg.Corpus, on: On) -> None:
    found = samples.similarity(on, nearest=3)
    assert found.group_by("plan_a").len()["len"].max() == 3
    everything = samples.similarity(on)
    both = pl.concat(
        [everything, everything.select(plan_a="plan_b", plan_b="plan_a", on="on", similarity="similarity")]
    )
    best = both.group_by("plan_a").agg(pl.col("similarity").max()).filter(pl.col("similarity") > 0)
    first = found.group_by("plan_a", maintain_order=True).first()
    merged = first.join(best, on="plan_a", suffix="_best")
    assert ((merged["similarity"] - merged["similarity_best"]).abs() < 1e-12).all()
    assert merged.height == best.height
    # Both at once: the nearest ones that are alike enough.
    both_asked = samples.similarity(on, nearest=3, least=0.3)
    assert both_asked.equals(found.filter(pl.col("similarity") >= 0.3))


def test_what_has_nothing_to_compare_is_null() -> None:
    corpus = fg.parse({"a": "关于植树的通知\n请抓紧。", "b": "关于改厕的通知\n请抓紧。"})
    assert one(corpus, "criteria") is None
    assert corpus.similarity("criteria", least=0.1).is_empty()


def test_mistakes(samples: fg.Corpus) -> None:
    with pytest.raises(fg.InvalidArgumentError, match="choose from text"):
        samples.similarity("colour")  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="from 0 to 1"):
        samples.similarity(least=2)
    with pytest.raises(fg.InvalidArgumentError, match="1 or more"):
        samples.similarity(nearest=0)
