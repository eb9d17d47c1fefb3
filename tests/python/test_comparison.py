"""Plans and groups of plans side by side."""

from __future__ import annotations

import fangan as fg
import polars as pl
import pytest
from fangan._groups import _shares

CITY = (
    "日照市改厕工作实施方案\n一、目标任务\n新建厕所200座。\n二、实施步骤\n"
    "（一）宣传发动阶段（2012年3月1日至3月31日）。召开会议。\n（二）组织实施阶段（2012年4月1日至6月30日）。全面施工。\n"
    "三、组织领导\n成立领导小组，落实责任。\n"
)
COUNTY = (
    "莒县改厕工作实施方案\n一、目标任务\n新建厕所80座。\n二、组织领导\n成立领导小组，落实责任。\n三、实施步骤\n"
    "（一）动员部署阶段（2012年3月1日至3月31日）。张贴标语。\n（二）检查验收阶段（2012年7月1日至7月10日）。逐户验收。\n"
)
OTHER = "五莲县改厕工作实施方案\n一、目标任务\n新建厕所60座。\n二、加强领导\n各镇成立专门班子。\n"


@pytest.fixture(scope="module")
def corpus() -> fg.Corpus:
    return fg.parse({"city": CITY, "county": COUNTY, "other": OTHER})


def rows(frame: pl.DataFrame, aspect: str) -> list[tuple[object, ...]]:
    return frame.filter(pl.col("aspect") == aspect).select("status", "a_text", "b_text").rows()


def test_every_aspect_by_hand(corpus: fg.Corpus) -> None:
    found = corpus.compare("city#1", "county#1")
    assert found.schema == fg.schema()["compare"].polars
    # Both are `mobilise` in March; the others are of different kinds.
    phases = [(status, a and a[:7], b and b[:7]) for status, a, b in rows(found, "phase")]
    assert phases == [
        ("edited", "（一）宣传发动", "（一）动员部署"),
        ("added", None, "（二）检查验收"),
        ("dropped", "（二）组织实施", None),
    ]
    # 目标任务 keeps its place; 组织领导 and 实施步骤 changed theirs, so both were moved.
    sections = {b.split("\n")[0]: status for status, _, b in rows(found, "section") if b}
    assert sections["目标任务"] == "edited"
    assert (sections["组织领导"], sections["实施步骤"]) == ("moved", "moved")
    assert rows(found, "target") == [("edited", "新建厕所200座", "新建厕所80座")]
    # Rows lead back to the source.
    target = found.filter(pl.col("aspect") == "target").row(0, named=True)
    assert corpus.quote("county", target["b_start"], target["b_end"]) == "新建厕所80座"
    assert (target["a_plan"], target["b_plan"], target["a_plans"], target["b_plans"]) == ("city#1", "county#1", 1, 1)


@pytest.mark.parametrize(("a", "b"), [("city#1", "county#1"), ("city#1", "other#1"), ("county#1", "other#1")])
def test_the_other_way_round_is_the_mirror(corpus: fg.Corpus, a: str, b: str) -> None:
    mirrored = {"added": "dropped", "dropped": "added"}
    there = {(s, i, j, x) for s, i, j, x in corpus.compare(a, b).select("status", "a_id", "b_id", "aspect").rows()}
    back = corpus.compare(b, a).select("status", "b_id", "a_id", "aspect").rows()
    assert there == {(mirrored.get(s, s), i, j, x) for s, i, j, x in back}


def test_samples_mirror_and_equal_themselves() -> None:
    samples = fg.samples()
    ids = samples.plans["plan_id"].to_list()
    for plan_id in ids[:6]:
        same = samples.compare(plan_id, plan_id)
        assert (same["status"] == "kept").all()
        assert (same["similarity"] == 1.0).all()


def test_a_part_is_paired_by_what_it_is(corpus: fg.Corpus) -> None:
    found = corpus.compare("city#1", "other#1")
    pairs = [(a.split("\n")[0], b.split("\n")[0]) for _, a, b in rows(found, "section") if a and b]
    # 组织领导 and 加强领导 are the same part of a plan.
    assert ("组织领导", "加强领导") in pairs


def test_groups_are_pooled(corpus: fg.Corpus) -> None:
    found = corpus.compare("city#1", pl.col("admin_level") == "county")
    # 目标任务 stands in both counties' plans: one row, with the first county's text.
    aims = found.filter(pl.col("b_text").str.starts_with("目标任务"))
    assert aims.select("a_plan", "b_plan", "a_plans", "b_plans").row(0) == ("city#1", "county#1", 1, 2)
    # Of groups nothing is moved.
    assert "moved" not in found["status"].to_list()
    assert found.filter(pl.col("status") == "added")["a_plans"].null_count() > 0


def test_who_is_not_there(corpus: fg.Corpus) -> None:
    with pytest.raises(fg.NotFoundError, match="no plan is called"):
        corpus.compare("city#1", "nobody#1")
    with pytest.raises(fg.NotFoundError, match="no plan fulfils"):
        corpus.compare("city#1", pl.col("year") == 1900)
    with pytest.raises(fg.InvalidArgumentError, match="its columns are"):
        corpus.compare("city#1", pl.col("colour") == "red")
    with pytest.raises(fg.InvalidArgumentError, match="no condition"):
        corpus.compare("city#1", pl.col("year"))
    with pytest.raises(fg.InvalidArgumentError, match="neither the id"):
        corpus.compare("city#1", 5)  # type: ignore[arg-type]


def test_group_profiles_by_hand(corpus: fg.Corpus) -> None:
    found = corpus.compare_groups("admin_level")
    assert found.columns == ["admin_level", *(column.name for column in fg.schema()["compare_groups"].columns)]

    def one(level: str, measure: str, item: str) -> tuple[object, ...]:
        rows = found.filter(
            (pl.col("admin_level") == level) & (pl.col("measure") == measure) & (pl.col("item") == item)
        )
        assert rows.height == 1, (level, measure, item)
        return rows.select("n_plans", "n", pl.col("value", "low", "high").round(3)).row(0)

    # One of two counties' plans has 实施步骤. Wilson's interval of 1 in 2: (0.5 + 0.96) / (1 + 1.92) ± …
    assert one("county", "component", "方法步骤") == (2, 1, 0.5, 0.095, 0.905)
    # What only the other group has stands here with 0 of 1.
    assert one("prefecture", "stage", "review") == (1, 0, 0.0, 0.0, 0.793)
    # March has 31 days, April to June 91.
    assert one("prefecture", "phase_days", "mobilise") == (1, 1, 31.0, 31.0, 31.0)
    assert one("prefecture", "phase_days", "implement") == (1, 1, 91.0, 91.0, 91.0)
    # The median of two plans lies between them.
    scores = corpus.scores.join(corpus.plans, on="plan_id").filter(pl.col("admin_level") == "county")["completeness"]
    assert one("county", "score", "completeness")[2] == pytest.approx(scores.mean(), abs=0.001)


def test_plans_that_break_off_have_no_part_in_shares() -> None:
    broken = fg.parse({"a": CITY, "b": CITY[: CITY.index("成立领导小组")] + "成立以副县长为"})
    assert broken.plans["truncated"].to_list() == [False, True]
    parts = broken.compare_groups("prefecture").filter(pl.col("measure") == "component")
    assert parts["n_plans"].unique().to_list() == [1]
    assert (parts["value"] == 1.0).all()


def test_groups_by_what_is_no_column(corpus: fg.Corpus) -> None:
    with pytest.raises(fg.InvalidArgumentError, match="no column to group by"):
        corpus.compare_groups("colour")
    for by in ([], ["year", "year"]):
        with pytest.raises(fg.InvalidArgumentError, match="each once"):
            corpus.compare_groups(by)


def test_intervals_of_large_groups() -> None:
    size = 40_000
    plans = pl.DataFrame({"plan_id": [str(place) for place in range(size)], "group": "x"})
    rows = plans.head(size // 2).select("plan_id", part=pl.lit("组织领导"))
    found = _shares(plans, ["group"], "component", rows, "part").row(0, named=True)
    # Half of them, give or take 1.96 · √(0.25 / 40,000) = 0.0049.
    assert (round(found["low"], 4), found["value"], round(found["high"], 4)) == (0.4951, 0.5, 0.5049)
