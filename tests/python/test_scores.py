"""Scores: numbers with their evidence, rubrics as data."""

from __future__ import annotations

from pathlib import Path

import fangan as fg
import polars as pl
import pytest

PLAN = (
    "莒县改厕工作实施方案\n一、目标任务\n到2012年底新建衛生廁所200座。\n二、实施步骤\n"
    "（一）宣传发动阶段（2012年3月1日至3月31日）。召开会议。\n（二）组织实施阶段。全面施工。\n"
    "三、组织领导\n成立领导小组。组长：王福生（副县长）。\n莒县卫生局\n2012年2月20日\n"
)
MINE = """
name = "mine"
chinese = "自定"
meaning = "My own"
source = "none"
[[dimension]]
name = "words"
chinese = "词"
[[dimension.item]]
name = "toilets"
meaning = "Toilets"
value = "any"
count = [{ words = ['厕所'] }]
"""


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


def item(corpus: fg.Corpus, rubric: str, name: str) -> dict[str, object]:
    rows = corpus.score(rubric).filter(pl.col("item") == name)
    assert rows.height == 1
    return rows.row(0, named=True)


def quoted(corpus: fg.Corpus, row: dict[str, object]) -> list[str]:
    source = str(row["plan_id"]).rpartition("#")[0]
    evidence = row["evidence"]
    assert isinstance(evidence, list)
    return [corpus.quote(source, place["start"], place["end"]) for place in evidence]


def test_a_number_leads_to_the_words_of_the_source() -> None:
    corpus = fg.parse(PLAN)
    # One of two phases has dates: 1/2.
    dated = item(corpus, "specificity", "dated")
    assert dated["value"] == 0.5
    assert "3月1日至3月31日" in quoted(corpus, dated)[0]
    # The evidence is the source as it was given, Traditional characters and all.
    assert quoted(corpus, item(corpus, "specificity", "numeric")) == ["到2012年底新建衛生廁所200座"]
    assert quoted(corpus, item(corpus, "completeness", "issued_on")) == ["2012年2月20日"]
    assert quoted(corpus, item(corpus, "completeness", "issuer")) == ["莒县卫生局"]


def test_schemas_are_fixed(samples: fg.Corpus) -> None:
    tables = fg.schema()
    assert samples.score().schema == tables["score"].polars
    assert samples.score_totals().schema == tables["score_totals"].polars
    assert samples.scores.schema == tables["scores"].polars
    empty = samples.filter(pl.lit(False))
    assert empty.score().schema == tables["score"].polars
    assert fg.to_zh(samples.scores).columns[:3] == ["方案编号", "完整性", "完整性·版头要素"]


def test_bounds_and_order(samples: fg.Corpus) -> None:
    scores = samples.score()
    assert scores["plan_id"].unique(maintain_order=True).to_list() == samples.plans["plan_id"].to_list()
    assert scores.filter(pl.col("value") > pl.col("max")).is_empty()
    assert scores.filter(pl.col("value") < 0).is_empty()
    # No value, no evidence, but a reason.
    assert scores.filter(pl.col("value").is_null() != pl.col("note").is_not_null()).is_empty()
    totals = samples.score_totals()
    inside = totals.filter(pl.col("value").is_not_null())
    assert inside.filter((pl.col("value") > pl.col("max")) | (pl.col("value") < 0)).is_empty()
    # What is found is either counted or told: with evidence, `any` is 1.
    any_found = scores.filter((pl.col("rubric") == "completeness") & (pl.col("evidence").list.len() > 0))
    assert (any_found["value"] == 1.0).all()


def test_threads_do_not_change_a_number(samples: fg.Corpus) -> None:
    assert samples.score(threads=1).equals(samples.score(threads=2))
    assert samples.score_totals(threads=1).equals(samples.score_totals(threads=2))


def test_every_evidence_lies_in_its_plan(samples: fg.Corpus) -> None:
    places = samples.score().explode("evidence").drop_nulls("evidence").unnest("evidence")
    plans = samples.plans.select("plan_id", plan_start="start", plan_end="end")
    places = places.join(plans, on="plan_id")
    assert places.height > 1_000
    assert places.filter((pl.col("start") < pl.col("plan_start")) | (pl.col("end") > pl.col("plan_end"))).is_empty()


def test_an_analysts_own_rubric(tmp_path: Path, samples: fg.Corpus) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(MINE, encoding="utf-8")
    assert samples.score(file).equals(samples.score(MINE))
    corpus = fg.parse(PLAN)
    assert item(corpus, MINE, "toilets")["value"] == 1.0
    edited = fg.rubric("completeness").replace('name = "title"', 'name = "标题"', 1)
    assert "标题" in samples.score(edited)["item"].to_list()
    both = samples.score_totals(["criteria", file])
    assert both["rubric"].unique(maintain_order=True).to_list() == ["criteria", "mine"]


def test_mistakes_say_what_to_do(tmp_path: Path, samples: fg.Corpus) -> None:
    with pytest.raises(fg.NotFoundError, match="completeness"):
        samples.score("beauty")
    with pytest.raises(fg.InvalidArgumentError, match="words, toilets: `words`"):
        samples.score(MINE.replace("厕所", "("))
    with pytest.raises(fg.InvalidArgumentError, match="one name"):
        samples.score([MINE, MINE])
    with pytest.raises(fg.ReadError, match="TOML"):
        samples.score(tmp_path / "none.toml")
    with pytest.raises(fg.InvalidArgumentError, match="surface"):
        samples.surface(samples.plans["plan_id"][0], rubric="criteria")
    with pytest.raises(fg.NotFoundError, match=r"corpus\.plans"):
        samples.surface("nobody#1")


def test_what_was_lost_is_not_counted_as_missing() -> None:
    broken = fg.parse(PLAN[: PLAN.index("（二）")] + "（二）组织实施阶段。全面")
    assert broken.plans["truncated"].item()
    assert item(broken, "completeness", "组织领导")["value"] is None
    row = broken.scores.row(0, named=True)
    assert row["completeness"] is None
    assert row["pmc"] is None
    assert row["pmc_low"] < row["pmc_high"]


def test_the_pmc_table_and_surface(samples: fg.Corpus) -> None:
    table = samples.input_output()
    assert table["plan_id"].to_list() == samples.plans["plan_id"].to_list()
    assert {value for row in table.drop("plan_id").rows() for value in row} == {0.0, 1.0, None}
    first = samples.plans["plan_id"][0]
    surface = samples.surface(first)
    assert surface.columns == ["row", "column_1", "column_2", "column_3"]
    # X4 stands in the second row, first column: the mean of its five variables.
    variables = table.filter(pl.col("plan_id") == first).select(pl.col("^X4 .*$"))
    assert surface["column_1"][1] == pytest.approx(sum(variables.row(0)) / 5)
