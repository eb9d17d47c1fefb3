from __future__ import annotations

import datetime
import zipfile
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest
from fangan import _excel
from fangan._schema import TABLES

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


def written(corpus: fg.Corpus, path: Path, **options: Any) -> Any:
    return openpyxl.load_workbook(corpus.to_excel(path / "book.xlsx", **options))


def changed(corpus: fg.Corpus, table: str, **columns: pl.Expr) -> fg.Corpus:
    tables = {name: corpus.table(name) for name in TABLES}
    tables[table] = tables[table].with_columns(**columns)
    return fg.Corpus(tables, corpus._texts)


def test_every_table_comes_back(tmp_path: Path) -> None:
    corpus = fg.samples()
    book = written(corpus, tmp_path)
    assert book.sheetnames == ["About", *TABLES]
    for name in TABLES:
        frame, sheet = corpus.table(name), book[name]
        assert [cell.value for cell in sheet[1]] == frame.columns
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref is not None
        assert sheet.max_row == frame.height + 1
        for cells, row in zip(sheet.iter_rows(min_row=2, values_only=True), frame.rows(), strict=True):
            for cell, value in zip(cells, row, strict=True):
                if isinstance(value, list):
                    assert (cell or "") == "、".join(value)
                elif isinstance(value, datetime.date):
                    assert cell.date() == value
                elif value == "":
                    assert cell is None
                elif isinstance(value, str):
                    assert cell == value.replace("\r", "\n")
                else:
                    assert cell == (pytest.approx(value) if isinstance(value, float) else value)


def test_chinese(tmp_path: Path) -> None:
    corpus = fg.samples()
    book = written(corpus, tmp_path, language="zh", tables=["phases", "plans"])
    assert book.sheetnames == ["说明", "阶段", "方案"]
    heads = [cell.value for cell in book["阶段"][1]]
    assert heads == fg.to_zh(corpus.phases).columns
    stages = {cell.value for cell in book["阶段"][chr(65 + heads.index("规范阶段"))][1:]}
    assert "动员部署" in stages
    assert "mobilise" not in stages
    first = [row[0] for row in book["说明"].iter_rows(values_only=True)]
    assert f"由 fangan {fg.__version__} 生成" in first[0]
    rows = {(row[0], row[2]): row for row in book["说明"].iter_rows(values_only=True)}
    assert rows["阶段", "规范阶段"][1:4] == ("规范的阶段类别", "规范阶段", "stage")
    assert "动员部署" in rows["阶段", "规范阶段"][6]


def test_the_first_sheet_explains(tmp_path: Path) -> None:
    corpus = fg.samples()
    rows = list(written(corpus, tmp_path)["About"].iter_rows(values_only=True))
    assert fg.__version__ in rows[0][0]
    counts = {row[0]: row[2] for row in rows if row[0] in TABLES and isinstance(row[2], int)}
    assert counts == {name: corpus.table(name).height for name in TABLES}
    stage = next(row for row in rows if row[:1] == ("phases",) and row[2] == "stage")
    assert stage[1] == "Canonical kind of phase"
    assert stage[3] == "规范阶段"
    assert "mobilise" in stage[6]
    described = {(row[0], row[2]) for row in rows if row[0] in TABLES}
    assert {(name, column) for name in TABLES for column in corpus.table(name).columns} <= described


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "http://a.b/", "007", "{=A1}", "'x", "_x0041_"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    corpus = changed(fg.parse("通知"), "plans", title=pl.lit(text))
    book = written(corpus, tmp_path, tables=["plans"])
    cell = book["plans"].cell(2, corpus.plans.columns.index("title") + 1)
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x005F_", "_") == text


def test_signs_that_a_workbook_cannot_hold_are_shown(tmp_path: Path) -> None:
    corpus = changed(fg.parse("通知"), "plans", title=pl.lit("a\x00b\x0bc\x1b\x7f\ufffe\r\nd\re"))
    book = written(corpus, tmp_path, tables=["plans"])
    assert book["plans"].cell(2, corpus.plans.columns.index("title") + 1).value == "a␀b␋c␛␡\ufffd\nd\ne"


@pytest.mark.parametrize("sign", ["整", "𠮷"])
def test_what_is_too_long_is_cut_and_told(tmp_path: Path, sign: str) -> None:
    corpus = changed(fg.parse("通知"), "plans", title=pl.lit(sign * 40_000))
    book = written(corpus, tmp_path, tables=["plans"])
    value = book["plans"].cell(2, corpus.plans.columns.index("title") + 1).value
    assert value.startswith(sign * 1000)
    assert value.endswith("… [cut]")
    assert 32_760 <= len(value.encode("utf-16-le")) // 2 <= 32_767
    notes = [row[0] for row in book["About"].iter_rows(values_only=True) if row[0]]
    assert any(note.startswith("1 cells are longer") for note in notes)
    assert "plans, row 2, title: 40000 characters" in notes


def test_nothing_is_said_of_cuts_where_there_are_none(tmp_path: Path) -> None:
    corpus = changed(fg.parse("通知"), "plans", title=pl.lit("整" * 32_767))
    book = written(corpus, tmp_path, tables=["plans"])
    assert len(book["plans"].cell(2, corpus.plans.columns.index("title") + 1).value) == 32_767
    assert not any("cut" in str(row[0]) for row in book["About"].iter_rows(values_only=True))


def test_days_that_excel_does_not_know(tmp_path: Path) -> None:
    corpus = changed(fg.parse("通知"), "plans", issued_on=pl.date(1898, 6, 11))
    cell = written(corpus, tmp_path)["plans"].cell(2, corpus.plans.columns.index("issued_on") + 1)
    assert cell.value == "1898-06-11"


def test_dates_and_shares_look_as_such(tmp_path: Path) -> None:
    corpus = fg.parse("日照市卫生局关于植树的通知\n2010年3月1日")
    book = written(corpus, tmp_path)
    issued = book["plans"].cell(2, corpus.plans.columns.index("issued_on") + 1)
    assert (issued.is_date, issued.number_format) == (True, "yyyy-mm-dd")
    coverage = book["sources"].cell(2, corpus.sources.columns.index("coverage") + 1)
    assert coverage.number_format == "0.0%"


def test_an_empty_corpus(tmp_path: Path) -> None:
    book = written(fg.parse([]), tmp_path)
    assert [sheet.max_row for sheet in book.worksheets[1:]] == [1] * len(TABLES)


def test_columns_are_wide_enough_and_not_too_wide(tmp_path: Path) -> None:
    book = written(fg.samples(), tmp_path)
    widths = {key: found.width for key, found in book["sections"].column_dimensions.items()}
    assert all(6 <= width <= 50 for width in widths.values())
    text = book["sections"]["H2"]
    assert text.alignment.wrap_text
    assert max(row.height or 15 for row in book["sections"].row_dimensions.values()) <= 120


def test_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = fg.parse("通知")
    with pytest.raises(fg.InvalidArgumentError, match=r"end in \.xlsx"):
        corpus.to_excel(tmp_path / "a.csv")
    with pytest.raises(fg.InvalidArgumentError, match="'zh'"):
        corpus.to_excel(tmp_path / "a.xlsx", language="fr")  # type: ignore[arg-type]
    with pytest.raises(fg.NotFoundError, match="no table is called 'x'"):
        corpus.to_excel(tmp_path / "a.xlsx", tables=["x"])
    with pytest.raises(fg.InvalidArgumentError, match="give a list"):
        corpus.to_excel(tmp_path / "a.xlsx", tables="plans")
    with pytest.raises(fg.InvalidArgumentError, match="is empty"):
        corpus.to_excel(tmp_path / "a.xlsx", tables=[])
    (tmp_path / "file").write_text("x")
    with pytest.raises(fg.ReadError, match="cannot be written"):
        corpus.to_excel(tmp_path / "file" / "a.xlsx")
    monkeypatch.setattr(_excel, "MOST_ROWS", 0)
    with pytest.raises(fg.InvalidArgumentError, match="to_parquet"):
        corpus.to_excel(tmp_path / "a.xlsx")
    monkeypatch.setitem(__import__("sys").modules, "xlsxwriter", None)
    with pytest.raises(fg.plot.MissingExtraError, match=r"fangan\[tables\]"):
        corpus.to_excel(tmp_path / "a.xlsx")


def test_nothing_is_a_formula_or_a_link(tmp_path: Path) -> None:
    corpus = changed(fg.samples(), "plans", title=pl.lit("=HYPERLINK(1)"))
    path = corpus.to_excel(tmp_path / "a.xlsx")
    with zipfile.ZipFile(path) as parts:
        sheets = [name for name in parts.namelist() if "worksheets/sheet" in name]
        assert all(b"<f>" not in parts.read(name) and b"hyperlink" not in parts.read(name) for name in sheets)
