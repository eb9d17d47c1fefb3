from __future__ import annotations

from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan import _labels, _meanings
from fangan._schema import TABLES

TEXTS = {
    "a": "日照市2010年植树工作实施方案\n一、目标\n到2010年底，植树80万株。\n三、要求\n各区县落实责任。",
    "b": "莒县2011年植树工作实施方案\n一、目标\n栽好树。",
    "c": "六安市2011年植树工作实施意见\n一、目标\n栽好树。",
    "d": "關於開展植樹活動的通知",
}


@pytest.fixture(scope="module")
def summary() -> pl.DataFrame:
    return fg.parse(TEXTS).summary()


def rows(summary: pl.DataFrame, aspect: str, *columns: str) -> list[tuple[object, ...]]:
    return summary.filter(pl.col("aspect") == aspect).select("item", *columns).rows()


def test_the_frame_is_as_the_schema_says(summary: pl.DataFrame) -> None:
    assert summary.schema == fg.schema()["summary"].polars
    for column in fg.schema()["summary"].columns:
        assert column.nullable or summary[column.name].null_count() == 0


@pytest.mark.parametrize(
    ("aspect", "expected"),
    [
        ("corpus", [(None, 4, 4, 1.0)]),
        ("province", [("山东省", 2, 2, 0.5), ("安徽省", 1, 1, 0.25), (None, 1, 1, 0.25)]),
        ("year", [("2010", 1, 1, 0.25), ("2011", 2, 2, 0.5), (None, 1, 1, 0.25)]),
        ("genre", [("方案", 2, 2, 0.5), ("意见", 1, 1, 0.25), ("通知", 1, 1, 0.25)]),
        ("format", [("text", 4, 4, 1.0)]),
        ("script", [("hans", 3, 3, 0.75), ("hant", 1, 1, 0.25)]),
        ("noise", [("traditional", 1, 1, 0.25), (None, 3, 3, 0.75)]),
        ("coverage", [("100 %", 4, 4, 1.0)]),
        ("unread", []),
    ],
)
def test_what_is_counted(summary: pl.DataFrame, aspect: str, expected: list[tuple[object, ...]]) -> None:
    assert rows(summary, aspect, "n_sources", "n_plans", "share") == expected


def test_warnings_belong_to_the_group_of_their_plan(summary: pl.DataFrame) -> None:
    assert rows(summary, "diagnostic", "severity", "n_sources", "n_plans", "n_diagnostics", "warnings_per_plan") == [
        ("numbering-gap", "warning", 1, 1, 1, None)
    ]
    assert rows(summary, "province", "n_warnings", "warnings_per_plan") == [
        ("山东省", 1, 0.5),
        ("安徽省", 0, 0.0),
        (None, 0, 0.0),
    ]
    assert rows(summary, "corpus", "n_warnings", "warnings_per_plan") == [(None, 1, 0.25)]


@pytest.mark.parametrize(
    ("texts", "region", "expected"),
    [
        (["日照市2010年植树方案", "临沂市2010年植树方案"], None, ("prefecture", ["临沂市", "日照市"])),
        (["莒县2010年植树方案", "五莲县2010年植树方案"], None, ("county", ["日照市五莲县", "日照市莒县"])),
        (["莒县2010年植树方案", "五莲县2010年植树方案"], "province", ("province", ["山东省"])),
        (["山东省2010年植树方案", "莒县2010年植树方案"], "county", ("county", ["山东省", "日照市莒县"])),
    ],
)
def test_places_are_counted_at_the_level_at_which_they_differ(
    texts: list[str], region: str | None, expected: tuple[str, list[str]]
) -> None:
    found = fg.parse(texts).summary(region=region)  # type: ignore[arg-type]
    aspect, items = expected
    assert sorted(item for (item,) in rows(found, aspect)) == sorted(items)  # type: ignore[type-var]


def test_the_centre_is_no_unknown_place() -> None:
    found = fg.parse(["国务院办公厅关于开展植树活动的通知", "关于开展植树活动的通知"]).summary()
    assert rows(found, "province", "n_plans") == [("全国", 1), (None, 1)]


def test_a_page_of_two_documents_counts_each_once() -> None:
    corpus = fg.samples()
    found = corpus.summary()
    whole = found.row(0, named=True)
    assert (whole["n_sources"], whole["n_plans"]) == (corpus.sources.height, len(corpus))
    assert whole["n_diagnostics"] == corpus.diagnostics.height
    assert whole["n_truncated"] == corpus.plans["truncated"].sum()
    for aspect in ("province", "year", "genre", "admin_level", "campaign"):
        part = found.filter(pl.col("aspect") == aspect)
        assert part["n_plans"].sum() == len(corpus), aspect
        assert part["share"].sum() == pytest.approx(1)
    codes = found.filter(pl.col("aspect") == "diagnostic")
    assert codes["n_diagnostics"].sum() == corpus.diagnostics.height
    assert codes["n_plans"].max() <= len(corpus)  # type: ignore[operator]


def test_what_could_not_be_read_is_told(folder: Path) -> None:
    found = fg.read([folder / "a.txt", folder / "missing.txt"]).summary()
    assert rows(found, "corpus", "n_sources", "n_unread", "n_plans") == [(None, 2, 1, 1)]
    assert rows(found, "unread", "n_sources", "coverage") == [("missing.txt", 1, None)]
    assert rows(found, "encoding", "n_sources") == [("utf-8", 1)]


def test_an_empty_corpus_has_a_row() -> None:
    found = fg.parse([]).summary()
    assert found.schema == fg.schema()["summary"].polars
    assert found.rows() == [("corpus", None, None, 0, 0, None, None, None, 0, 0, 0, 0, None)]


def test_arguments() -> None:
    corpus = fg.parse("通知")
    with pytest.raises(fg.InvalidArgumentError, match="prefecture"):
        corpus.summary(region="town")  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="'zh'"):
        corpus.summary_table(language="fr")  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="most is 0"):
        corpus.summary_table(most=0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["What is in the corpus", "2003–2018", "Province", "16 more", "not stated", "Warnings a plan"]),
        ("zh", ["语料概况", "2003–2018 年", "其余 16 组", "未注明", "县级", "篇均警告"]),
    ],
)
def test_the_table_to_print(language: str, words: list[str]) -> None:
    pytest.importorskip("great_tables")
    made = fg.samples().summary_table(language=language, most=8)  # type: ignore[arg-type]
    page = made.as_raw_html()
    assert [word for word in words if word not in page] == []
    assert "font-face" in page, "Chinese is drawn without a Chinese font on the machine"


def test_the_table_escapes_and_needs_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("great_tables")
    corpus = fg.parse({"<b>&": "通知"})
    tables = {name: corpus.table(name) for name in corpus._tables}
    tables["sources"] = tables["sources"].with_columns(error=pl.lit("gone"))
    page = fg.Corpus(tables, corpus._texts).summary_table().as_raw_html()
    assert "&lt;b&gt;&amp;" in page
    monkeypatch.setitem(__import__("sys").modules, "great_tables", None)
    with pytest.raises(fg.plot.MissingExtraError, match=r"fangan\[tables\]"):
        corpus.summary_table()


# Chinese names of codes

CODED = [
    (table, column.name, category)
    for table, known in fg.schema().items()
    for column in known.columns
    if isinstance(column.dtype, pl.Enum)
    for category in column.dtype.categories
    if not any(sign >= "\u4e00" for sign in category)
]


@pytest.mark.parametrize(("table", "column", "category"), CODED)
def test_every_code_has_a_chinese_name(table: str, column: str, category: str) -> None:
    assert any(sign >= "\u4e00" for sign in _labels.of(table, column)[category])


def test_names_differ_where_codes_do() -> None:
    for table, known in fg.schema().items():
        for column in known.columns:
            if isinstance(column.dtype, pl.Enum):
                names = [_labels.of(table, column.name).get(code, code) for code in column.dtype.categories]
                assert len(set(names)) == len(names), f"{table}.{column.name}"


@pytest.mark.parametrize("table", [*TABLES, "compare", "ledger", "summary"])
def test_every_column_is_explained_in_chinese(table: str) -> None:
    assert table in _meanings.ROWS
    known = {column.name for column in fg.schema()[table].columns}
    assert [name for name in sorted(known) if _meanings.column(table, name) is None] == []
    assert set(_meanings.COLUMNS[table]) <= known


def test_every_diagnostic_is_explained() -> None:
    codes = set(_labels.of("diagnostics", "code"))
    assert codes == set(_labels.CODE_MEANINGS)
    source = Path(__file__).parents[2] / "src" / "diagnostic.rs"
    if source.exists():
        listed = source.read_text(encoding="utf-8").partition("CODES: &[&str] = &[")[2].partition("];")[0]
        assert codes == {line.strip(' ",\n') for line in listed.splitlines() if line.strip()}


def test_values_in_chinese() -> None:
    corpus = fg.samples()
    phases = fg.to_zh(corpus.phases, values=True)
    assert isinstance(phases.schema["规范阶段"], pl.Enum)
    assert phases["规范阶段"].drop_nulls()[0] == "动员部署"
    assert set(fg.to_zh(corpus.criteria, values=True)["类别"].unique()) <= {"标准", "要求", "行动"}
    assert fg.to_zh(corpus.sources, values=True)["噪声"].explode().drop_nulls().str.contains("[a-z]").any() is False
    assert set(fg.to_zh(corpus.plans, values=True)["截断"].unique()) == {"是", "否"}
    assert fg.to_zh(corpus.phases)["规范阶段"].drop_nulls()[0] == "mobilise"
    for table, frame in corpus._tables.items():
        told = fg.to_zh(frame, values=True)
        assert told.shape == frame.shape
        assert told.null_count().row(0) == frame.null_count().row(0), table
