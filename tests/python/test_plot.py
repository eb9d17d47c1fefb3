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
    for number, chart in enumerate((fg.plot.timeline(corpus), fg.plot.criteria(corpus))):
        chart.save(str(tmp_path / f"{number}.png"))
        chart.save(str(tmp_path / f"{number}.html"), inline=True)
        assert (tmp_path / f"{number}.png").read_bytes().startswith(b"\x89PNG")
        page = (tmp_path / f"{number}.html").read_text(encoding="utf-8")
        assert '<script src="http' not in page, "the page needs no network"
