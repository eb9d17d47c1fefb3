"""Administrative units by year, places in texts, plans lined up, panels."""

from __future__ import annotations

from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan._regions import FIRST_YEAR, LAST_YEAR
from hypothesis import given
from hypothesis import strategies as st

ALL = fg.regions()


@pytest.fixture(scope="module")
def corpus() -> fg.Corpus:
    return fg.parse(
        {
            "old": "沾化县2009年冬枣产业发展实施方案",
            "new": "沾化区2016年冬枣产业发展实施方案",
            "split": "巢湖市2008年秸秆禁烧工作方案",
            "same": "日照市2010年造林绿化实施方案",
            "city": "北京市海淀区2012年防汛工作方案",
            "alone": "仙桃市2012年防汛工作方案",
            "nowhere": "秸秆禁烧工作方案",
        },
        progress=False,
    )


def test_every_unit_of_every_year_has_one_row_and_a_parent() -> None:
    for year in (FIRST_YEAR, 1992, 2003, 2013, LAST_YEAR):
        units = fg.regions(year)
        assert units["code"].n_unique() == units.height
        held = units.filter(pl.col("level") != "province")
        assert held.join(units, left_on="parent_code", right_on="code", how="anti").is_empty()
        assert units.filter(pl.col("valid_from") > year, pl.col("valid_to") < year).is_empty()


def test_every_township_lies_in_a_unit_of_the_last_year() -> None:
    known = fg.townships()
    assert known["code"].n_unique() == known.height > 38_000
    assert known["province"].null_count() == 0
    assert known.join(fg.regions(LAST_YEAR), left_on="county_code", right_on="code", how="anti").is_empty()
    assert "玉山镇" in fg.townships("320583")["name"].to_list()


def test_a_township_without_a_county_lists_its_namesakes() -> None:
    (name, county) = (
        (
            fg.townships().filter(
                pl.len().over("name") == 1, pl.col("name").str.contains("^[^乡城村街社农集小市县区]{2}镇$")
            )
        )
        .select("name", "county")
        .row(0)
    )
    found = fg.parse(f"{name}人民政府秸秆禁烧工作方案\n2004年3月1日", progress=False)
    assert found.plans.select("township", "county").row(0) == (name, None)
    (message,) = found.diagnostics.filter(code="region-ambiguous")["message"].to_list()
    assert county in message


def test_what_took_over_began_when_the_unit_ended() -> None:
    ended = ALL.filter(pl.col("successors").list.len() > 0).explode("successors", "successor_names")
    begins = ended.join(ALL, left_on="successors", right_on="code", how="left", suffix="_new").filter(
        pl.col("valid_from_new") <= pl.col("valid_to") + 1,
        pl.col("valid_to_new").is_null() | (pl.col("valid_to_new") > pl.col("valid_to")),
    )
    assert begins.select("code", "valid_to", "successors").unique().height == ended.height


def test_classes_are_those_of_the_names() -> None:
    units = fg.regions(2020)
    assert set(units.filter(level="province")["class"]) == {"省", "自治区", "直辖市", "特别行政区"}
    assert units.filter(pl.col("class") == "其他").is_empty()
    assert units.filter(pl.col("name") == "神农架林区")["class"].to_list() == ["林区"]
    assert units.filter(pl.col("name") == "昆山市")["class"].to_list() == ["县级市"]


@pytest.mark.parametrize("year", [1979, 2027])
def test_years_without_a_gazetteer_are_refused(corpus: fg.Corpus, year: int) -> None:
    with pytest.raises(fg.InvalidArgumentError, match="choose a year from 1980"):
        fg.regions(year)
    with pytest.raises(fg.InvalidArgumentError, match="choose a year from 1980"):
        corpus.plans_as_of(year)


def test_plans_as_of(corpus: fg.Corpus) -> None:
    frame = corpus.plans_as_of(2024)
    assert frame.columns[: corpus.plans.width] == corpus.plans.columns
    rows = {row["source_id"]: row for row in frame.to_dicts()}
    told = {key: (row["as_of_relation"], row["as_of_adcode"]) for key, row in rows.items()}
    assert told == {
        "old": ("upgraded", "371603"),
        "new": ("same", "371603"),
        "split": ("split", None),
        "same": ("same", "371100"),
        "city": ("same", "110108"),
        "alone": ("same", "429004"),
        "nowhere": (None, None),
    }
    assert rows["split"]["as_of_codes"] == ["340100", "340200", "340500"]
    assert rows["split"]["as_of_province"] == "安徽省"
    assert rows["split"]["as_of_prefecture"] is None
    assert rows["city"]["as_of_prefecture_code"] is None
    assert rows["nowhere"]["as_of_codes"] == []


def test_looking_back(corpus: fg.Corpus) -> None:
    back = corpus.plans_as_of(2005).filter(source_id="new").row(0, named=True)
    assert (back["as_of_county"], back["as_of_adcode"], back["as_of_relation"]) == ("沾化县", "371624", "upgraded")


def test_a_panel_counts_every_plan_once_and_has_the_empty_cells(corpus: fg.Corpus) -> None:
    for index in ("province", "prefecture", "county"):
        for complete in (False, True):
            table = corpus.panel(index=index, as_of=2024, complete=complete)
            assert table["n_plans"].sum() == len(corpus)
            assert table["value"].sum() == len(corpus)
            assert not table.select("code", "year").is_duplicated().any()
            inside = table.drop_nulls()
            assert inside.height == inside["code"].n_unique() * 9  # 2008 to 2016
    names = set(corpus.panel(as_of=2024)["region"].drop_nulls())
    assert names == {"滨州市", "日照市", "北京市", "仙桃市"}


def test_what_a_panel_can_measure(corpus: fg.Corpus) -> None:
    scores = corpus.plans.select("plan_id", value=pl.col("n_chars") * 2)
    means = corpus.panel(values=scores, as_of=2024)
    same = corpus.panel(values=pl.col("n_chars") * 2, as_of=2024)
    assert means.equals(same)
    assert corpus.panel(values="n_chars", as_of=2024)["value"].null_count() > 0
    assert corpus.panel(values="sections", as_of=2024)["value"].sum() == corpus.sections.height
    wide = corpus.panel(wide=True, as_of=2024)
    assert wide.columns == ["code", "region", *map(str, range(2008, 2017)), "?"]
    assert wide.select(pl.exclude("code", "region")).sum().sum_horizontal()[0] == len(corpus)
    assert corpus.panel(by="genre", as_of=2024)["genre"].drop_nulls().unique().to_list() == ["方案"]


@pytest.mark.parametrize(
    "options",
    [
        {"index": "village"},
        {"by": "no_column"},
        {"by": "themes"},
        {"values": "title"},
        {"values": "repairs"},
        {"values": pl.DataFrame({"plan": ["a#1"], "value": [1.0]})},
        {"aggregate": "mode"},
        {"as_of": 1900},
    ],
)
def test_what_a_panel_refuses(corpus: fg.Corpus, options: dict[str, object]) -> None:
    with pytest.raises(fg.InvalidArgumentError):
        corpus.panel(**options)  # type: ignore[arg-type]


def test_an_empty_corpus_has_an_empty_panel() -> None:
    empty = fg.parse([], progress=False)
    assert empty.panel().is_empty()
    assert empty.plans_as_of().is_empty()


@given(
    st.text(alphabet="沾化县市区日照朝阳鼓楼镇山东省新开发自治州的在和、。濟南0123 ", max_size=60),
    st.none() | st.integers(1900, 2100),
)
def test_places_stand_where_they_say(text: str, year: int | None) -> None:
    found = fg.locate(text, year=year)
    reached = 0
    for row in found.to_dicts():
        assert reached <= row["start"] < row["end"] <= len(text)
        reached = row["end"]
        assert row["candidates"]
        assert (row["name"] is None) == (row["confidence"] == 0)
        assert row["code"] is None or row["province"] is not None


def test_traditional_script_is_read() -> None:
    row = fg.locate("濟南市歷下區", year=2010).to_dicts()
    assert [(place["name"], place["start"], place["end"]) for place in row] == [("济南市", 0, 3), ("历下区", 3, 6)]


def test_zones_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "zones.tsv").write_text("key\tvalue\texample\n云栖小镇\t330100\t云栖小镇管理委员会\n", encoding="utf-8")
    found = fg.locate("云栖小镇管理委员会", year=2016, lexicon=tmp_path).row(0, named=True)
    assert (found["name"], found["prefecture"], found["code"]) == ("云栖小镇", "杭州市", None)
    plans = fg.parse("云栖小镇管理委员会关于开展植树活动的通知\n2016年3月1日", lexicon=tmp_path, progress=False).plans
    assert plans.select("zone", "region", "prefecture", "adcode", "admin_level").row(0) == (
        "云栖小镇",
        "云栖小镇",
        "杭州市",
        "330100",
        None,
    )


def test_refusals_list_the_candidates() -> None:
    found = fg.parse("余卫发〔2010〕5号\n关于做好防汛工作的通知\n2010年6月1日", progress=False)
    assert found.plans["region"].to_list() == [None]
    (message,) = found.diagnostics.filter(code="region-ambiguous")["message"].to_list()
    assert all(name in message for name in ("新余市", "余姚市", "余干县", "余庆县"))


def test_the_year_says_where_it_is_from() -> None:
    texts = {
        "date": "关于开展植树活动的通知\n各单位：\n请抓好落实。\n2011年3月1日",
        "doc_number": "浙林发〔2012〕5号\n关于开展植树活动的通知\n各单位：\n请抓好落实。",
        "title": "2013年植树工作要点\n一、目标\n植树造林。",
        "text": "关于做好春旱工作的方案\n为做好2014年抗旱工作，制定本方案。\n一、目标\n保障饮水。",
    }
    plans = fg.parse(texts, progress=False).plans
    assert dict(plans.select("source_id", "year_basis").rows()) == {name: name for name in texts}
    assert plans["year"].to_list() == [2011, 2012, 2013, 2014]
