from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest
from fangan import _fonts
from fangan._schema import TABLES

pytest.importorskip("altair")


def test_stages_have_chinese_names() -> None:
    assert list(fg.plot.STAGES) == list(dict(fg.schema()["phases"].polars)["stage"].categories)


def _values(spec: dict, *parts: dict) -> list[dict]:
    """The rows of a part of a chart, or of what it lies in; Altair keeps them at the top, under a name."""
    data = next(part["data"] for part in (*reversed(parts), spec) if "data" in part)
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
    dated, _ = fg.plot.timeline(renamed, sort="date").to_dict()["hconcat"]
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
    (bar,), (point,) = (_values(spec, layer) for layer in dated["layer"][:2])
    assert bar["start_on_x"] == 0
    assert bar["until_x"] == pytest.approx(31 / (365.25 / 12))
    assert point["day_x"] == 0


def every_chart(corpus: fg.Corpus, **style: Any) -> dict[str, Any]:
    ids = corpus.plans["plan_id"].to_list()
    charts = {
        "timeline": fg.plot.timeline(corpus, **style),
        "pace": fg.plot.timeline(corpus, since_start=True, level=2, **style),
        "structure": fg.plot.structure(corpus, **style),
        "criteria": fg.plot.criteria(corpus, **style),
        "targets": fg.plot.targets(corpus, **style),
        "scores": fg.plot.scores(corpus, **style),
        "surface": fg.plot.surface(corpus, **style),
        "similarity": fg.plot.similarity(corpus, **style),
        "network": fg.plot.reuse(corpus, **style),
        "panel": fg.plot.panel(corpus, **style),
        "map": fg.plot.map(corpus, **style),
        "prefectures": fg.plot.map(corpus, index="prefecture", **style),
    }
    if len(ids) > 1:
        charts["ribbons"] = fg.plot.reuse(corpus, ids[0], ids[1], boilerplate=True, **style)
    return charts


@pytest.mark.parametrize("which", ["nothing", "two plans", "samples"])
def test_every_chart_is_drawn_whatever_is_in_the_corpus(made: fg.Corpus, tmp_path: Path, which: str) -> None:
    pytest.importorskip("vl_convert")
    corpus = {"nothing": fg.parse(""), "two plans": made, "samples": fg.samples()}[which]
    for name, chart in every_chart(corpus).items():
        path = fg.plot.save(chart, tmp_path / f"{name}.png", scale=0.5)
        assert path.read_bytes().startswith(b"\x89PNG")


def test_a_page_and_a_drawing_bring_their_font_and_need_no_network(tmp_path: Path) -> None:
    pytest.importorskip("vl_convert")
    from fontTools.ttLib import TTFont

    chart = fg.plot.structure(fg.samples())
    for name in ("chart.html", "chart.svg"):
        text = fg.plot.save(chart, tmp_path / name).read_text(encoding="utf-8")
        assert '<script src="http' not in text
        (font,) = re.findall(
            r"@font-face\{font-family:\"Noto Sans SC\";src:url\(data:font/woff2;base64,([\w+/=]+)\)", text
        )
        glyphs = TTFont(io.BytesIO(base64.b64decode(font))).getBestCmap()
        assert {ord(sign) for sign in "组成部分日照市2010"} <= set(glyphs), name
        assert len(font) < 200_000, "only the characters of the chart"
    with pytest.raises(fg.InvalidArgumentError, match=r"\.html, \.svg or \.png"):
        fg.plot.save(chart, tmp_path / "chart.pdf")
    with pytest.raises(fg.ReadError, match="cannot be written"):
        fg.plot.save(chart, tmp_path / "nowhere" / "chart.html")


def test_a_missing_font_is_said_and_not_drawn_as_boxes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chart = fg.plot.structure(fg.samples())
    monkeypatch.setattr(_fonts, "face", lambda text: "")
    with pytest.raises(fg.MissingExtraError, match=r"pip install 'fangan\[plot\]'"):
        fg.plot.save(chart, tmp_path / "chart.svg")
    monkeypatch.setattr(_fonts, "file", lambda: None)
    for name in ("chart.png", "chart.html"):
        with pytest.raises(fg.MissingExtraError, match="the font is not installed"):
            fg.plot.save(chart, tmp_path / name)
    assert list(tmp_path.iterdir()) == []


CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _said(spec: object) -> Iterator[str]:
    """What a chart says of itself: titles, not the values of its rows."""
    if isinstance(spec, dict):
        for key, value in spec.items():
            if key == "title" and isinstance(value, str):
                yield value
            elif key not in ("data", "datasets", "domain", "sort"):
                yield from _said(value)
    elif isinstance(spec, list):
        for value in spec:
            yield from _said(value)


def test_titles_and_axes_are_in_one_language() -> None:
    corpus = fg.samples().filter(pl.col("campaign") == "农村人居环境整治")
    # The titles of the charts of targets are indicators, which stay as the texts have them.
    indicators = set(corpus.targets["indicator"].drop_nulls())
    for name, chart in every_chart(corpus, language="en").items():
        said = [words for words in _said(chart.to_dict()) if words.partition("（")[0] not in indicators]
        assert said, name
        assert [words for words in said if CHINESE.search(words)] == [], name
    for name, chart in every_chart(corpus).items():
        assert [words for words in _said(chart.to_dict()) if not CHINESE.search(words) and words.isalpha()] == [], name


def test_the_style_in_use_is_that_of_all_charts() -> None:
    corpus = fg.samples()
    try:
        fg.plot.use(language="en", theme="dark")
        chart = fg.plot.structure(corpus).to_dict()
        assert chart["encoding"]["color"]["title"] == "Sections"
        assert chart["config"]["background"] == "#15171c"
        assert fg.plot.structure(corpus, theme="light").to_dict()["config"]["background"] == "#ffffff"
    finally:
        fg.plot.use(language="zh", theme="light")
    assert fg.plot.structure(corpus).to_dict()["encoding"]["color"]["title"] == "章节数"
    with pytest.raises(fg.InvalidArgumentError, match="none of zh, en"):
        fg.plot.use(language="fr")  # type: ignore[arg-type]


def test_standard_parts_have_english_names() -> None:
    assert list(fg.plot.COMPONENTS) == list(dict(fg.schema()["sections"].polars)["component"].categories)
    assert len(set(fg.plot.COMPONENTS.values())) == len(fg.plot.COMPONENTS)


def test_names_stand_in_bars_only_where_they_fit() -> None:
    text = "甲县植树方案\n一、步骤\n第一阶段：动员部署（2010年3月）。开会。\n第二阶段：组织实施（2010年4月至2012年12月）。植树。\n"
    spec = fg.plot.timeline(fg.parse(text)).to_dict()
    bars, _, names = spec["layer"]
    assert len(_values(spec, bars)) == 2
    assert [value["phase"] for value in _values(spec, names)] == ["组织实施"], (
        "one month of thirty-four is too short for its name"
    )


def test_targets_say_comparator_value_and_year() -> None:
    samples = fg.samples()
    spec = fg.plot.targets(samples, indicator="生活垃圾无害化").to_dict()
    (part,) = spec["vconcat"]
    rows = {value["plan"]: value for value in _values(spec, part, part["layer"][1])}
    assert rows["六安市 2018"] | {"by": "2020", "said": "≥70%", "shape": "triangle-right"} == rows["六安市 2018"]
    known = samples.targets.filter(pl.col("is_target") & pl.col("indicator").str.contains("生活垃圾无害化"))
    assert sorted(row["value"] for row in rows.values()) == known["value"].sort().to_list()
    some = fg.plot.targets(samples, most=3).to_dict()
    assert len(some["vconcat"]) == 3
    named = samples.targets.filter(pl.col("is_target") & pl.col("indicator").is_not_null())
    known = named.select("indicator", pl.col("unit").fill_null("")).unique().height
    assert some["title"]["text"] == f"{known} 个指标中最常见的 3 个", "what is left out is said"
    drawn = {row["by"] for part in some["vconcat"] for row in _values(some, part, part["layer"][1])}
    assert set(some["vconcat"][0]["layer"][1]["encoding"]["color"]["scale"]["domain"]) == drawn
    with pytest.raises(fg.InvalidArgumentError, match="regular expression"):
        fg.plot.targets(samples, indicator="(")


def test_ribbons_join_the_places_of_each_passage() -> None:
    samples = fg.samples()
    a, b = "04_huoshan2018.txt#1", "03_luan2018.txt#1"
    spec = fg.plot.reuse(samples, a, b, boilerplate=True).to_dict()
    edges = _values(spec, spec["layer"][0])
    passages = samples.reuse().filter(pl.col("plan_a").is_in([a, b]) & pl.col("plan_b").is_in([a, b]))
    assert passages["plan_a"].unique().to_list() == [b], "the corpus has them the other way round"
    starts = dict(samples.plans.select("plan_id", "start").iter_rows())
    left = sorted((edge["top"], edge["bottom"]) for edge in edges if edge["step"] == 0)
    right = sorted((edge["top"], edge["bottom"]) for edge in edges if edge["step"] == 1)
    for side, plan_id, start, end in ((left, a, "b_start", "b_end"), (right, b, "a_start", "a_end")):
        assert side == sorted((row[start] - starts[plan_id], row[end] - starts[plan_id]) for row in passages.to_dicts())
    for one, other in ((a, None), (None, b), (a, a)):
        with pytest.raises(fg.InvalidArgumentError, match="two plans"):
            fg.plot.reuse(samples, one, other)
    with pytest.raises(fg.NotFoundError, match="plans lists them"):
        fg.plot.reuse(samples, a, "nobody#1")


def test_the_network_has_an_arc_for_each_pair() -> None:
    samples = fg.samples()
    spec = fg.plot.reuse(samples, boilerplate=True).to_dict()
    arcs = _values(spec, spec["layer"][0])
    pairs = samples.reuse().select("plan_a", "plan_b").unique()
    assert len({arc["pair"] for arc in arcs}) == pairs.height
    assert all(0 < arc["alike"] <= 1 and arc["out"] >= -1e-9 for arc in arcs)
    title = fg.plot.reuse(samples, boilerplate=True, most=3).to_dict()["title"]
    assert title.endswith(f"：{pairs.height} 对中的 3 对"), "what is left out is said"


def test_cells_of_the_panel_are_those_of_the_corpus() -> None:
    samples = fg.samples()
    spec = fg.plot.panel(samples, index="province").to_dict()
    cells = _values(spec, spec["layer"][0])
    assert sum(cell["n_plans"] for cell in cells) == len(samples)
    assert {cell["region"] for cell in cells if cell["n_plans"]} >= {"安徽省", "山东省", "未归入"}
    scores = samples.score_totals("specificity").filter(pl.col("dimension").is_null())
    spec = fg.plot.panel(samples, index="province", values=scores).to_dict()
    undecided = [cell for cell in _values(spec, spec["layer"][0]) if cell["n_plans"] and cell["value"] is None]
    assert undecided, "plans that break off have no total"
    assert fg.plot.panel(samples, index="county", most=5).to_dict()["title"].startswith("方案数（2")


def test_every_unit_has_one_tile_and_all_plans_are_accounted_for() -> None:
    samples = fg.samples()
    for index, missing in (("province", 1), ("prefecture", 3)):
        spec = fg.plot.map(samples, index=index).to_dict()
        tiles = _values(spec, spec["layer"][0])
        places = {(round(tile["cx"], 4), round(tile["cy"], 4)) for tile in tiles}
        assert len(places) == len(tiles), "no tile covers another"
        assert sum(tile["n_plans"] for tile in tiles) == len(samples) - missing
        assert spec["title"]["subtitle"] == f"另有 {missing} 件不在图上"
        assert {tile["region"]: tile["n_plans"] for tile in tiles if tile["n_plans"] > 3} == {
            "安徽省" if index == "province" else "六安市": 5 if index == "province" else 4
        }
    units = fg.regions(2026)
    assert set(fg.plot.TILES) == set(units.filter(level="province")["code"].str.slice(0, 2))
    assert len(set(fg.plot.TILES.values())) == len(fg.plot.TILES)
    alone = fg.plot.map(fg.parse("仙桃市2019年植树方案"), index="prefecture").to_dict()
    assert {"仙桃市"} == {tile["region"] for tile in _values(alone, alone["layer"][0]) if tile["n_plans"]}


def test_charts_stand_side_by_side_on_one_scale(tmp_path: Path) -> None:
    samples = fg.samples()
    maps = [fg.plot.map(samples.filter(pl.col("year") == year), domain=(0, 9), language="en") for year in (2003, 2018)]
    whole = fg.plot.together(*maps)
    spec = whole.to_dict()
    domains = [part["layer"][1]["encoding"]["color"]["scale"]["domain"] for part in spec["concat"]]
    assert domains == [[0, 9], [0, 9]]
    assert spec["config"] == maps[0].to_dict()["config"]
    assert maps[0].config, "what was given stays as it was"
    fg.plot.save(whole, tmp_path / "maps.png", scale=0.5)
    with pytest.raises(fg.InvalidArgumentError, match="no chart"):
        fg.plot.together()
    one = fg.plot.map(fg.parse("关于植树的通知"), language="en").to_dict()
    assert one["title"]["subtitle"] == "1 plan is not on the map"


def test_steps_without_dates_stand_in_the_order_of_the_text() -> None:
    samples = fg.samples()
    plan_id = "09_two_plans2009.txt#1"
    spec = fg.plot.timeline(samples.filter(pl.col("plan_id") == plan_id), level=2).to_dict()
    drawn = sorted((row["step"], row["phase"]) for row in _values(spec, spec["hconcat"][1]))
    steps = samples.phases.filter(pl.col("plan_id") == plan_id, pl.col("level") == 2, pl.col("start_on").is_null())
    assert [phase for _, phase in drawn] == steps.sort("start").select(
        pl.coalesce("name", "label")
    ).to_series().to_list()


def test_a_short_campaign_has_days_on_its_axis() -> None:
    text = "甲县植树方案\n一、步骤\n第一阶段：动员部署（2018年3月1日至3月9日）。开会。\n第二阶段：组织实施（2018年3月10日至3月25日）。植树。\n"
    spec = fg.plot.timeline(fg.parse(text)).to_dict()
    assert spec["layer"][0]["encoding"]["x"]["axis"]["format"] == "%Y-%m-%d"


def test_the_same_text_twice_is_wholly_alike() -> None:
    text = fg.samples().source_text("03_luan2018.txt")
    spec = fg.plot.reuse(fg.parse({"a": text, "b": text}), boilerplate=True).to_dict()
    assert {arc["alike"] for arc in _values(spec, spec["layer"][0])} == {1.0}


def test_numbers_are_written_as_they_are_read() -> None:
    samples = fg.samples()
    spec = fg.plot.map(samples, values="n_chars", aggregate="sum").to_dict()
    said = {tile["region"]: tile["said"] for tile in _values(spec, spec["layer"][0])}
    sums = samples.panel(index="province", by=None, values="n_chars", aggregate="sum")
    assert {region: said[region] for region in sums["region"].drop_nulls()} == {
        region: f"{value:,.0f}" for region, value in sums.drop_nulls("region").select("region", "value").iter_rows()
    }
    nothing = fg.plot.panel(samples, index="province", values=pl.lit(float("nan"))).to_dict()
    assert {cell["value"] for cell in _values(nothing, nothing["layer"][0])} == {None}
    for domain in ((5, 0), (5,)):
        with pytest.raises(fg.InvalidArgumentError, match="two numbers"):
            fg.plot.map(samples, domain=domain)


def test_surfaces_hold_the_nine_variables() -> None:
    samples = fg.samples()
    plan_id = "03_luan2018.txt#1"
    spec = fg.plot.surface(samples, [plan_id]).to_dict()
    shown = {(value["row"], value["column"]): value["value"] for value in _values(spec, spec)}
    matrix = samples.surface(plan_id)
    assert shown == {
        (row, column): matrix[f"column_{column}"][row - 1] for row in range(1, 4) for column in range(1, 4)
    }
    assert fg.plot.surface(samples, most=2).to_dict()["title"]["text"] == "PMC 指数曲面（32 件中的 2 件）"
    with pytest.raises(fg.NotFoundError, match="nobody"):
        fg.plot.surface(samples, ["nobody"])
    with pytest.raises(fg.InvalidArgumentError, match="no surface"):
        fg.plot.surface(samples, rubric="specificity")


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


def test_charts_of_two_hundred_plans_can_be_read(made: fg.Corpus) -> None:
    texts = [made.source_text("x").replace("2010", str(1990 + number % 30)) for number in range(200)]
    many = fg.parse({f"{number}": text for number, text in enumerate(texts)})
    assert len(many) >= 200
    matrix = fg.plot.similarity(many.filter(pl.col("ordinal") == 1)).to_dict()
    assert matrix["height"] == matrix["width"] <= 1_101, "a matrix stays on a page"
    for chart in (fg.plot.structure(many), fg.plot.timeline(many)):
        spec = chart.to_dict()
        layer = spec.get("hconcat", [spec])[0]
        axis = (layer["encoding"] if "encoding" in layer else layer["layer"][0]["encoding"])["y"]
        rows = len(axis["sort"])
        assert layer["height"] / max(rows, 1) >= axis["axis"]["labelFontSize"], "labels do not touch"
