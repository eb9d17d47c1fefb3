from __future__ import annotations

from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan._schema import TABLES

pytest.importorskip("altair")


def test_stages_have_chinese_names() -> None:
    assert list(fg.plot.STAGES) == list(dict(fg.schema()["phases"].polars)["stage"].categories)


def _values(spec: dict, part: dict) -> list[dict]:
    """The rows of a part of a chart; Altair keeps them at the top, under a name."""
    data = part["data"]
    return data["values"] if "values" in data else spec["datasets"][data["name"]]


def test_timeline_invents_no_dates(made: fg.Corpus) -> None:
    spec = fg.plot.timeline(made).to_dict()
    dated, undated = spec["hconcat"]
    bars = _values(spec, dated["layer"][0])
    points = _values(spec, dated["layer"][1])
    assert [(bar["phase"], bar["start_on"][:10], bar["until"][:10]) for bar in bars] == [
        ("动员部署", "2010-05-01", "2010-06-01")
    ]
    assert [(point["phase"], point["day"][:10]) for point in points] == [("宣传发动", "2010-05-31")]
    assert [value["phase"] for value in _values(spec, undated)] == ["检查验收"]


def test_plans_are_named_once_and_stand_by_date(made: fg.Corpus) -> None:
    plans = made.plans.with_columns(title=pl.col("region") + "改厕方案")
    tables = {name: made.table(name) for name in TABLES}
    texts = pl.DataFrame({"source_id": ["x", "y"], "text": [made.source_text("x"), made.source_text("y")]})
    renamed = fg.Corpus({**tables, "plans": plans}, texts)
    dated, _ = fg.plot.timeline(renamed).to_dict()["hconcat"]
    assert dated["layer"][0]["encoding"]["y"]["sort"] == ["望海市 2010 改厕方案", "临江市 2011 改厕方案"]
    assert fg.plot.criteria(renamed).to_dict()["spec"]["encoding"]["x"]["sort"] == ["望海市 2010", "临江市 2011"]
    nowhere = fg.Corpus({**tables, "plans": plans.with_columns(region=pl.lit(None, pl.String))}, texts)
    assert fg.plot.criteria(nowhere).to_dict()["spec"]["encoding"]["x"]["sort"][0] == "2010 望海市改厕方案"


def test_criteria_has_a_cell_for_each_item(made: fg.Corpus) -> None:
    spec = fg.plot.criteria(made).to_dict()
    values = _values(spec, spec)
    assert {value["item"] for value in values} == {"班子好", "队伍好", "（只提名称）"}
    spec = fg.plot.criteria(made, kind="action").to_dict()
    assert _values(spec, spec) == []


def test_months_count_from_the_first_date_of_each_plan(made: fg.Corpus) -> None:
    spec = fg.plot.timeline(made, since_start=True).to_dict()
    dated, _ = spec["hconcat"]
    (bar,), (point,) = (_values(spec, layer) for layer in dated["layer"])
    assert bar["start_on_x"] == 0
    assert bar["until_x"] == pytest.approx(31 / (365.25 / 12))
    assert point["day_x"] == 0


@pytest.mark.parametrize("empty", [False, True])
def test_charts_are_saved(made: fg.Corpus, tmp_path: Path, empty: bool) -> None:
    pytest.importorskip("vl_convert")
    corpus = fg.parse("") if empty else made
    charts = (
        fg.plot.timeline(corpus),
        fg.plot.criteria(corpus),
        fg.plot.structure(corpus),
        fg.plot.scores(corpus),
        fg.plot.similarity(corpus),
    )
    for number, chart in enumerate(charts):
        chart.save(str(tmp_path / f"{number}.png"))
        chart.save(str(tmp_path / f"{number}.html"), inline=True)
        assert (tmp_path / f"{number}.png").read_bytes().startswith(b"\x89PNG")
        page = (tmp_path / f"{number}.html").read_text(encoding="utf-8")
        assert '<script src="http' not in page, "the page needs no network"


def test_structure_has_a_cell_for_each_part_of_a_plan() -> None:
    samples = fg.samples()
    spec = fg.plot.structure(samples).to_dict()
    cells = {(value["plan"], value["component"]): value["sections"] for value in _values(spec, spec)}
    known = samples.sections.drop_nulls("component").group_by("plan_id", "component").len()
    assert sorted(cells.values()) == sorted(known["len"].to_list())
    assert sum(plan.startswith("日照市 2010") and part == "重要意义" for plan, part in cells) == 1


def test_scores_have_points_where_there_is_a_value_and_lines_where_there_are_bounds() -> None:
    samples = fg.samples()
    spec = fg.plot.scores(samples, rubric="pmc").to_dict()
    shown = [value for value in _values(spec, spec) if value["part"] == "总分"]
    totals = samples.score_totals("pmc").filter(pl.col("dimension").is_null())
    # Shares of the greatest value, so that dimensions and total have one axis.
    assert sorted(value["value"] for value in shown if value["value"] is not None) == pytest.approx(
        (totals["value"] / 10).drop_nulls().sort().to_list()
    )
    assert all(value["low"] <= value["high"] for value in shown)
    order = spec["spec"]["layer"][0]["encoding"]["y"]["sort"]
    assert len(order) == len(samples)
    assert "layer" in fg.plot.scores(samples, rubric=fg.rubric("consistency")).to_dict()["spec"]


def test_plans_that_are_alike_stand_together() -> None:
    samples = fg.samples()
    spec = fg.plot.similarity(samples).to_dict()
    order = spec["encoding"]["y"]["sort"]
    family = [place for place, plan in enumerate(order) if "农村人居环境整治三年行动" in plan]
    assert len(family) == 4
    assert max(family) - min(family) == 3
    assert len(_values(spec, spec)) == 32 * 31
    with pytest.raises(fg.InvalidArgumentError, match="greater `most`"):
        fg.plot.similarity(samples, most=10)


def test_charts_of_two_hundred_plans_stay_on_a_page(made: fg.Corpus) -> None:
    texts = [made.source_text("x").replace("2010", str(1990 + number % 30)) for number in range(200)]
    many = fg.parse({f"{number}": text for number, text in enumerate(texts)})
    assert len(many) >= 200
    for chart in (fg.plot.structure(many), fg.plot.similarity(many.filter(pl.col("ordinal") == 1))):
        assert chart.to_dict()["height"] <= 1_101
