"""Words in context, words as counts, words that are key to a group."""

from __future__ import annotations

import math
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan import _fangan
from hypothesis import given
from hypothesis import strategies as st

CORPUS = fg.samples()


def test_tokens_are_what_the_evidence_says() -> None:
    tokens = CORPUS.tokens().join(CORPUS.plans.select("plan_id", "source_id"), on="plan_id")
    assert tokens["plan_id"].n_unique() == len(CORPUS)
    for (source_id,), rows in tokens.group_by("source_id"):
        claims = [(start, end, word, False) for start, end, word in rows.select("start", "end", "word").iter_rows()]
        assert _fangan.check_rows([CORPUS.source_text(str(source_id))], [claims]) == [[None] * rows.height]
    in_order = tokens.group_by("plan_id", maintain_order=True).agg((pl.col("start").diff() >= 0).all())
    assert in_order["start"].all()


def test_threads_change_nothing() -> None:
    assert CORPUS.tokens(threads=1).equals(CORPUS.tokens(threads=2))
    assert CORPUS.kwic("活动", threads=1).equals(CORPUS.kwic("活动", threads=2))


def test_words_of_the_field_are_one_word() -> None:
    words = fg.parse("全县深入开展创先争优和三好一满意活动，建立长效机制。", progress=False).tokens()["word"].to_list()
    assert {"深入开展", "创先争优", "三好一满意", "长效机制"} <= set(words)


def test_words_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("key\tvalue\texample\n冬枣协会\tn\t冬枣协会成立\n", encoding="utf-8")
    (tmp_path / "stop_words.tsv").write_text("key\n成立\n", encoding="utf-8")
    tokens = fg.parse("冬枣协会成立", lexicon=tmp_path, progress=False).tokens()
    assert tokens.select("word", "tag", "stop").rows() == [("冬枣协会", "n", False), ("成立", "v", True)]


def test_kwic_reads_the_repaired_text_and_leads_to_the_source() -> None:
    corpus = fg.parse("关于开展創(chuàng)先爭(zhēng)優(yōu)活動的通知", progress=False)
    (row,) = corpus.kwic("创先争优", window=2).to_dicts()
    assert (row["left"], row["match"], row["right"]) == ("开展", "创先争优", "活动")
    assert corpus.evidence(row) == "創(chuàng)先爭(zhēng)優(yōu)"


def test_kwic_knows_signs_and_expressions() -> None:
    corpus = fg.parse("（一）到2011年，达到80%（含）以上。", progress=False)
    assert corpus.kwic("（含）", regex=False)["match"].to_list() == ["（含）"]
    assert corpus.kwic(r"\d+%", window=0).select("left", "match", "right").rows() == [("", "80%", "")]
    assert corpus.kwic("没有").is_empty()


@pytest.mark.parametrize(
    ("pattern", "options"), [("", {}), ("(", {}), ("活动", {"window": -1})], ids=["empty", "no_expression", "window"]
)
def test_what_kwic_refuses(pattern: str, options: dict[str, int]) -> None:
    with pytest.raises(fg.InvalidArgumentError):
        CORPUS.kwic(pattern, **options)


def test_counts_by_region_and_year_in_one_call() -> None:
    found = CORPUS.kwic("活动")
    table = CORPUS.panel(index="province", values=found, as_of=2024)
    assert table["value"].sum() == found.height > 50
    assert table["n_plans"].sum() == len(CORPUS)


def test_ngrams_stay_inside_their_runs() -> None:
    corpus = fg.parse("加强领导，加强领导。领导加强", progress=False)
    assert corpus.ngrams(2).rows() == [("加强 领导", 2, 1)]
    assert dict(corpus.ngrams(1, min_count=1).select("ngram", "n").rows()) == {"加强": 3, "领导": 3}
    assert corpus.ngrams(5, min_count=1).is_empty()
    by_year = CORPUS.ngrams(1, by=["province", "year"])
    assert by_year.columns == ["province", "year", "ngram", "n", "n_plans"]
    tokens = CORPUS.tokens()
    assert CORPUS.ngrams(1, stop=True, min_count=1)["n"].sum() == tokens.height


def test_keyness_is_what_the_formulas_say() -> None:
    corpus = fg.parse({"a": "植树造林。" * 8 + "活动。" * 2, "b": "活动。" * 6 + "改厕。" * 4}, progress=False)
    (row,) = corpus.keyness("source_id").filter(source_id="a").to_dicts()
    assert (row["word"], row["n"], row["n_rest"], row["n_plans"]) == ("植树造林", 8, 0, 1)
    assert row["log_likelihood"] == pytest.approx(2 * 8 * math.log(8 / (10 * 8 / 20)))
    assert row["log_ratio"] == pytest.approx(math.log2((8 / 10) / (0.5 / 10)))
    assert row["per_million"] == pytest.approx(800_000)
    (row,) = corpus.keyness("source_id").filter(source_id="b", word="活动").to_dicts()
    assert (row["n"], row["n_rest"]) == (6, 2)
    assert row["log_ratio"] == pytest.approx(math.log2(3))
    assert CORPUS.keyness(["province", "year"]).columns[:3] == ["province", "year", "word"]


@pytest.mark.parametrize("by", ["no_column", "themes", "plan_id"])
def test_what_makes_no_groups_is_refused(by: str) -> None:
    with pytest.raises(fg.InvalidArgumentError):
        CORPUS.keyness(by)
    with pytest.raises(fg.InvalidArgumentError):
        CORPUS.ngrams(1, by=by)


def test_nothing_comes_of_nothing() -> None:
    empty = fg.parse([], progress=False)
    for frame in (empty.tokens(), empty.kwic("活动"), empty.ngrams(), empty.keyness("year")):
        assert frame.is_empty()
    assert empty.tokens().schema == fg.schema()["tokens"].polars
    assert empty.kwic("a").schema == fg.schema()["kwic"].polars


@given(st.text(max_size=80), st.text(alphabet="活动的a.*[]()1 ", min_size=1, max_size=4))
def test_any_text_and_any_sign_can_be_searched(text: str, sign: str) -> None:
    corpus = fg.parse(text, progress=False)
    for row in corpus.kwic(sign, regex=False, window=3).iter_rows(named=True):
        assert row["start"] < row["end"] <= len(text)
    for row in corpus.tokens().iter_rows(named=True):
        assert row["start"] < row["end"] <= len(text)
