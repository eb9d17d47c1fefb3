"""Frames as a workbook: a sheet that explains, then a sheet a table."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import polars as pl

from fangan import _cells, _fangan, _labels, _meanings
from fangan._schema import schema, to_zh
from fangan._terminal import display_width
from fangan.errors import InvalidArgumentError, MissingExtraError, ReadError

Language = Literal["en", "zh"]

MOST_CHARS = 32_767
"""What a cell of Excel holds, in UTF-16 units."""
MOST_ROWS = 1_048_575
"""Rows of a sheet, its head aside."""

_WIDEST = 48
_TALLEST = 8
_LINE = 15.0
_LOOKED_AT = 500
"""Rows that tell how wide a column is to be."""
_FIRST_DAY = datetime.date(1900, 3, 1)
"""Excel counts a 29 February 1900 that never was; earlier days are written as text."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]")
_PLACES = re.compile(r"\r\n?")

_WORDS: Mapping[str, tuple[str, str]] = {
    "about": ("About", "说明"),
    "title": ("Tables of Chinese policy documents, made by fangan {}", "政策文件数据表，由 fangan {} 生成"),
    "tables": ("Tables", "数据表"),
    "table": ("table", "表"),
    "row": ("a row is", "每行内容"),
    "rows": ("rows", "行数"),
    "columns": ("Columns", "列"),
    "column": ("column", "列名"),
    "name": ("Chinese name", "英文列名"),
    "type": ("type", "类型"),
    "empty": ("may be empty", "可为空"),
    "meaning": ("meaning", "含义"),
    "categories": ("values", "取值"),
    "notes": ("Notes", "附注"),
    "note empty": ("An empty cell: the text does not say.", "空单元格：原文没有写明。"),
    "note offsets": (
        "start and end count characters of the source text, from 0; end is the character after the last one.",
        "起点、终点为原文中的字符位置，从 0 起算，不含终点。",
    ),
    "note cut": (
        "{} cells are longer than Excel allows (32,767 characters) and were cut; Parquet files have them in full.",
        "有 {} 个单元格超过 Excel 上限（32,767 字符），已截断；完整内容见 Parquet 文件。",
    ),
    "cut at": ("{}, row {}, {}: {} characters", "{}，第 {} 行，{}：{} 个字符"),
    "cut": ("… [cut]", "……〔已截断〕"),
}
_CUTS_LISTED = 100


def write(frames: Mapping[str, pl.DataFrame], path: str | PathLike[str], language: Language) -> Path:
    """Write frames of the schema, by the names that they have there, as one workbook; see `Corpus.to_excel`."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise MissingExtraError("a workbook needs XlsxWriter: pip install 'fangan[tables]'") from error
    target = Path(path)
    if language not in ("en", "zh"):
        raise InvalidArgumentError(f"language is {language!r}; give 'en' or 'zh'")
    if target.suffix.lower() != ".xlsx":
        raise InvalidArgumentError(f"{target} is no name of a workbook; it must end in .xlsx")
    if not frames:
        raise InvalidArgumentError("tables is empty; name a table, or leave it out for all")
    for name, frame in frames.items():
        if frame.height > MOST_ROWS:
            raise InvalidArgumentError(f"{name} has {frame.height:,} rows, a sheet holds {MOST_ROWS:,}; use to_parquet")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Opened here, so that what is wrong with the path is known before the work, and said in one way.
        with target.open("wb") as file:
            book = xlsxwriter.Workbook(file, {"strings_to_formulas": False, "strings_to_urls": False})
            _Book(book, language).fill(frames)
            book.close()
    except OSError as error:
        raise ReadError(f"{target} cannot be written: {error}") from error
    return target


class _Book:
    """A workbook in the making."""

    def __init__(self, book: Any, language: Language) -> None:
        self.book = book
        self.chinese = language == "zh"
        top = {"valign": "top"}
        self.styles = {
            "head": book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1, "valign": "vcenter"}),
            "title": book.add_format({"bold": True, "font_size": 14}),
            "part": book.add_format({"bold": True, "font_size": 12}),
            "text": book.add_format(top | {"text_wrap": True}),
            "plain": book.add_format(top),
            "date": book.add_format(top | {"num_format": "yyyy-mm-dd", "align": "left"}),
            "percent": book.add_format(top | {"num_format": "0.0%"}),
        }
        self.cut: list[tuple[str, int, str, int]] = []

    def word(self, name: str) -> str:
        return _WORDS[name][self.chinese]

    def fill(self, frames: Mapping[str, pl.DataFrame]) -> None:
        about = self.book.add_worksheet(self.word("about"))
        for name, frame in frames.items():
            self.sheet(name, frame)
        self.about(about, frames)

    def titled(self, table: str) -> str:
        return schema()[table].chinese if self.chinese else table

    def sheet(self, table: str, frame: pl.DataFrame) -> None:
        sheet = self.book.add_worksheet(self.titled(table))
        told = to_zh(frame, table=table, values=True) if self.chinese else frame
        heights = [1] * frame.height
        for at, (name, column) in enumerate(zip(frame.columns, told.get_columns(), strict=True)):
            sheet.write_string(0, at, column.name, self.styles["head"])
            values = column.to_list()
            listed = column.dtype.is_nested()
            texts = [_cells.text(value) for value in values] if listed else values
            wide = self.width(column.name, texts)
            style = self.style(name, column.dtype, wide)
            sheet.set_column(at, at, wide, self.styles["plain"])
            for row, value in enumerate(texts):
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    value = self.fitting(value, table, row, column.name)
                    heights[row] = max(heights[row], _lines(value, wide))
                _write(sheet, row + 1, at, value, style)
        for row, lines in enumerate(heights):
            if lines > 1:
                sheet.set_row(row + 1, _LINE * min(lines, _TALLEST))
        sheet.freeze_panes(1, 1)
        if frame.width:
            sheet.autofilter(0, 0, frame.height, frame.width - 1)

    def style(self, name: str, dtype: pl.DataType, wide: int) -> Any:
        if dtype == pl.Date:
            return self.styles["date"]
        if dtype.is_float():
            return self.styles["percent" if name in _cells.PERCENTAGES else "plain"]
        return self.styles["text" if wide >= _WIDEST else "plain"]

    def width(self, head: str, texts: Sequence[object]) -> int:
        # The button of the filter takes three.
        seen = [display_width(head) + 3]
        for value in texts[:_LOOKED_AT]:
            if isinstance(value, str):
                seen.append(max(map(display_width, value[:400].splitlines()), default=0) + 1)
            elif isinstance(value, datetime.date):
                seen.append(11)
            elif value is not None:
                seen.append(9)
        return min(max(seen), _WIDEST)

    def fitting(self, text: str, table: str, row: int, column: str) -> str:
        """A text as a cell can hold it: signs that XML forbids as their pictures, cut where it is too long."""
        clean = _CONTROLS.sub(_picture, _PLACES.sub("\n", text))
        if len(clean) * 2 <= MOST_CHARS or _units(clean) <= MOST_CHARS:
            return clean
        self.cut.append((self.titled(table), row + 2, column, len(text)))
        mark = self.word("cut")
        units = clean.encode("utf-16-le")[: 2 * (MOST_CHARS - len(mark))]
        return units.decode("utf-16-le", errors="ignore") + mark

    def about(self, sheet: Any, frames: Mapping[str, pl.DataFrame]) -> None:
        """What the sheets and their columns are."""
        lines: list[tuple[str, Sequence[object]]] = [
            ("title", [self.word("title").format(_fangan.__version__)]),
            ("", []),
            ("part", [self.word("notes")]),
            ("plain", [self.word("note empty")]),
            ("plain", [self.word("note offsets")]),
        ]
        if self.cut:
            lines.append(("plain", [self.word("note cut").format(len(self.cut))]))
            lines += [("plain", [self.word("cut at").format(*each)]) for each in self.cut[:_CUTS_LISTED]]
        lines += [("", []), ("part", [self.word("tables")])]
        lines.append(("head", [self.word(name) for name in ("table", "row", "rows")]))
        lines += [("text", [self.titled(name), schema()[name].meaning, frame.height]) for name, frame in frames.items()]
        lines += [("", []), ("part", [self.word("columns")])]
        heads = ("table", "meaning", "column", "name", "type", "empty", "categories")
        lines.append(("head", [self.word(name) for name in heads]))
        for name, frame in frames.items():
            known = {column.name: column for column in schema()[name].columns}
            for column in frame.columns:
                if column in known:
                    lines.append(("text", self.explained(name, known[column])))
        for row, (style, cells) in enumerate(lines):
            for at, value in enumerate(cells):
                _write(sheet, row, at, value, self.styles[style])
        for at, wide in enumerate((16, 60, 24, 24, 12, 14, 60)):
            sheet.set_column(at, at, wide)

    def row_of(self, table: str) -> str:
        """What a row of a table is."""
        english = schema()[table].meaning
        return _meanings.ROWS.get(table, english) if self.chinese else english

    def explained(self, table: str, column: Any) -> list[object]:
        dtype = column.dtype
        kind = "Enum" if isinstance(dtype, pl.Enum) else str(dtype)
        categories = list(dtype.categories) if isinstance(dtype, pl.Enum) else []
        if self.chinese:
            names = _labels.of(table, column.name)
            categories = [names.get(code, code) for code in categories]
        yes = ("yes", "是")[self.chinese] if column.nullable else ""
        pair = (column.chinese, column.name) if self.chinese else (column.name, column.chinese)
        meaning = (_meanings.column(table, column.name) if self.chinese else None) or column.meaning
        return [self.titled(table), meaning, *pair, kind, yes, "、".join(categories)]


def _write(sheet: Any, row: int, at: int, value: object, style: Any) -> None:
    """A cell of its type; a text is never a formula, a number or a link."""
    if isinstance(value, bool):
        sheet.write_boolean(row, at, value, style)
    elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        if value < _FIRST_DAY:
            sheet.write_string(row, at, value.isoformat(), style)
        else:
            sheet.write_datetime(row, at, datetime.datetime(value.year, value.month, value.day), style)
    elif isinstance(value, int | float) and math.isfinite(value):
        sheet.write_number(row, at, value, style)
    else:
        sheet.write_string(row, at, str(value), style)


def _units(text: str) -> int:
    return len(text) + sum(ord(sign) > 0xFFFF for sign in text)


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    return "\u2421" if code == 0x7F else chr(0x2400 + code) if code < 0x20 else "\ufffd"


def _lines(text: str, wide: int) -> int:
    return sum(max(1, -(-display_width(line) // wide)) for line in text[:2000].splitlines()) or 1
