"""Tables with a column of texts: CSV, JSON lines and Parquet, read row by row."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import polars as pl

from fangan._limits import Limits
from fangan._physical import has_times, physical
from fangan._table_text import MARKS, SAMPLE, Lines, text_of, whole

TableKind = Literal["csv", "jsonl", "parquet"]

_SEPARATORS = ",\t;|"
_LONGEST = 2**31 - 1
"""Characters of a cell or line for which the libraries have numbers."""
_ROWS = 256
"""Rows of Parquet in memory at a time; a text may be long."""
_JSON_LINE = re.compile(rb"\s*\{\s*(?:\}|\")")
_NO_TABLES = ("md", "markdown", "html", "htm", "xhtml", "shtml", "mhtml", "mht")


@dataclass(frozen=True)
class Columns:
    """Which columns hold the texts and their ids."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table: its text (or the bytes of a document), its id, and its other columns.

    Dates and times of Parquet are `_physical.Physical`.
    """

    content: str | bytes | None
    id: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
    lossy: bool = False
    """Whether U+FFFD stands for something in it that was no character."""


class NoColumnError(Exception):
    """A table without the columns that were asked for."""


def table_kind(name: str, head: bytes, columns: Columns | None) -> TableKind | None:
    r"""Whether a file is a table: by its content, and for CSV by its first line, which must name the columns.

    Evidence: Parquet says so. Lines that begin as objects of JSON, or an ending `.jsonl`, `.ndjson`, for JSON lines.
    An ending `.csv`, `.tsv`, or a first line with the names of the columns between separators, for CSV.
    Counter-examples: a notice whose first line is 正文 is a text unless it is called .csv; what is called .md or .html
    is a text or a page, with tables or without. Without columns only Parquet and endings count.

    Examples:
        >>> head = "标题,正文\n".encode("gbk")
        >>> table_kind("a.txt", head, Columns("正文")), table_kind("a.txt", head, Columns("正文", "网址"))
        ('csv', None)
    """
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if ending in ("jsonl", "ndjson"):
        return "jsonl"
    if ending in ("csv", "tsv"):
        return "csv"
    if columns is None or ending in _NO_TABLES:
        return None
    if _JSON_LINE.match(head.removeprefix(codecs.BOM_UTF8)):
        first = head.split(b"\n", 1)[0]
        return "jsonl" if json.dumps(columns.text).encode() in first or columns.text.encode() in first else None
    return "csv" if _has_header(head, columns) else None


def _has_header(head: bytes, columns: Columns) -> bool:
    if head.startswith(MARKS):
        firsts = re.split(r"[\r\n]", head.decode("utf-16", "replace").lstrip("\r\n"), maxsplit=1)[:1]
    else:
        # The ends of lines are no part of a character here.
        line = re.split(rb"[\r\n]", head.removeprefix(codecs.BOM_UTF8).lstrip(b"\r\n"), maxsplit=1)[0]
        firsts = [line.decode(encoding, "replace") for encoding in ("utf-8", "gb18030")]
    # A table of Markdown has a stroke in front of each line.
    return any(not first.startswith("|") and _separator(first, columns) is not None for first in firsts)


def _separator(first: str, columns: Columns) -> str | None:
    """The sign between the cells of a first line that names the columns, in two cells at least."""
    wanted = {columns.text, columns.id or columns.text}
    for separator in _SEPARATORS:
        if separator in first and wanted <= {cell.strip().strip('"') for cell in first.split(separator)}:
            return separator
    return None


class Table:
    """A table that is open: the names of its columns, and its rows in order."""

    def __init__(self, kind: TableKind, source: Path | BinaryIO, columns: Columns, limits: Limits) -> None:
        self.kind = kind
        self.columns = columns
        self.limits = limits
        self._source = source
        self.encoding = ""

    def schema(self) -> dict[str, pl.DataType]:
        """The columns besides texts and ids, with their types: those of Parquet, and text for the others.

        Raises:
            NoColumnError: The table lacks a column that was asked for.
        """
        self._check_difference()
        names: dict[str, pl.DataType]
        if self.kind == "parquet":
            names = dict(pl.read_parquet_schema(self._source))
        elif self.kind == "csv":
            names = dict.fromkeys(cast(list[str], next(self._csv())), pl.String())
        else:
            names = self._json_names()
        self._check(names)
        return {name: dtype for name, dtype in names.items() if name not in (self.columns.text, self.columns.id)}

    def rows(self) -> Iterator[Row]:
        """The rows, in order. One that cannot be read is a row with an error.

        Raises:
            NoColumnError: The table lacks a column that was asked for.
        """
        self._check_difference()
        if self.kind == "parquet":
            yield from self._parquet_rows()
        elif self.kind == "csv":
            yield from self._csv_rows()
        else:
            yield from self._json_rows()

    def _check_difference(self) -> None:
        if self.columns.text == self.columns.id:
            raise NoColumnError(f"text and id are the same column, {self.columns.text!r}")

    def _check(self, names: Iterable[str]) -> None:
        known = list(names)
        if not known:
            raise NoColumnError("the table is empty")
        for wanted in (self.columns.text, self.columns.id):
            if wanted is not None and wanted not in known:
                raise NoColumnError(f"no column is called {wanted!r}; there are {', '.join(known)}")

    # Parquet

    def _parquet_rows(self) -> Iterator[Row]:
        schema = pl.read_parquet_schema(self._source)
        self._check(schema)
        dtype = schema[self.columns.text]
        if dtype not in (pl.String, pl.Binary, pl.Categorical, pl.Enum, pl.Null):
            raise NoColumnError(f"{self.columns.text!r} is a column of {dtype}; texts or bytes of files are needed")
        times = {name: dtype for name, dtype in schema.items() if has_times(dtype) and name != self.columns.text}
        if self.columns.id is not None:
            found = schema[self.columns.id]
            if found.is_nested() or found in (pl.Binary, pl.Object):
                raise NoColumnError(f"{self.columns.id!r} is a column of {found}; ids must be strings or numbers")
        frame = pl.scan_parquet(self._source).with_columns(pl.col(name).to_physical() for name in times)
        if dtype != pl.Binary:
            frame = frame.with_columns(pl.col(self.columns.text).cast(pl.String))
        for batch in frame.collect_batches(chunk_size=_ROWS, maintain_order=True):
            for row in batch.iter_rows(named=True):
                for name, dtype in times.items():
                    row[name] = physical(row[name], dtype)
                yield self._row(row)

    def _row(self, row: dict[str, Any], lossy: bool = False) -> Row:
        content = row.pop(self.columns.text)
        name = row.pop(self.columns.id) if self.columns.id else None
        error = "the row has no text" if content is None else None
        return Row(content, None if name is None else str(name), row, error, lossy)

    # CSV

    def _csv(self) -> Iterator[list[str] | Row]:
        """The names of the columns, the cells of each row, and a row with an error for those that cannot be read."""
        # Holds for the whole process, and so is only ever raised: other threads read tables at the same time.
        csv.field_size_limit(max(csv.field_size_limit(), min(self.limits.text_bytes, _LONGEST)))
        with text_of(self._source) as (text, self.encoding):
            lines = Lines(text)
            first = next((line for line in lines if line.strip()), "")
            # Excel writes which separator it uses.
            said = re.fullmatch(r"sep=(.)\s*", first)
            separator = said[1] if said else _separator(first, self.columns) or max(_SEPARATORS, key=first.count)
            if not said:
                lines.again()
            rows = self._csv_cells(lines, separator)
            header = next((row for row in rows if isinstance(row, Row) or any(map(str.strip, row))), [])
            if isinstance(header, Row):
                raise NoColumnError(f"the names of the columns cannot be read: {header.error}")
            yield _distinct([whole(name)[0] for name in header])
            yield from rows

    def _csv_cells(self, lines: Lines, separator: str) -> Iterator[list[str] | Row]:
        reader, quoted = csv.reader(lines, delimiter=separator, strict=True), True
        while True:
            lines.row = []
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if separator == "\t" and quoted:
                    # Programs that separate by tabs seldom quote: the mark is one of the text.
                    lines.again()
                    reader, quoted = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE), False
                    continue
                number = lines.number - len(lines.row) + 1
                if len(lines.row) == 1:
                    yield Row(None, error=f"line {number} cannot be told into cells: {error}")
                    continue
                # Nothing says where the next row begins.
                said = f"a quotation mark in the row that begins on line {number} is not closed as it should be"
                yield Row(None, error=f"{said}; the rows from there on cannot be told apart: {error}")
                return
            if cells:
                yield cells

    def _csv_rows(self) -> Iterator[Row]:
        rows = self._csv()
        header = cast(list[str], next(rows))
        self._check(header)
        for row in rows:
            if isinstance(row, Row):
                yield row
                continue
            cells = [whole(cell) for cell in row]
            known = dict(zip(header, (cell for cell, _ in cells), strict=False))
            if len(row) != len(header):
                name = known.get(self.columns.id) if self.columns.id else None
                yield Row(None, name, error=f"the row has {len(row)} cells and the table {len(header)} columns")
                continue
            yield self._row(known, any(lossy for _, lossy in cells))

    # JSON lines

    def _json(self) -> Iterator[object]:
        """The value of each line, or why it has none."""
        with text_of(self._source) as (lines, self.encoding):
            most = min(self.limits.text_bytes, _LONGEST)
            while line := lines.readline(most):
                if len(line) >= most and not line.endswith("\n"):
                    while (rest := lines.readline(SAMPLE)) and not rest.endswith("\n"):
                        pass
                    yield ValueError(f"it has more than {most:,} characters (limits.text_bytes)")
                    continue
                if not line.strip():
                    continue
                try:
                    # As they are written: a number may be a code, or longer than any type.
                    yield json.loads(line, parse_int=_Number, parse_float=_Number, parse_constant=_Number)
                except (ValueError, RecursionError) as error:
                    yield error

    def _json_names(self) -> dict[str, pl.DataType]:
        names: dict[str, pl.DataType] = {}
        wrong = ""
        for row in self._json():
            if isinstance(row, dict):
                names.update(dict.fromkeys((whole(key)[0] for key in row), pl.String()))
            else:
                wrong = wrong or _wrong(row)
        if wrong and not names:
            raise NoColumnError(f"no line is a JSON object (JSON lines have one object a line); the first: {wrong}")
        return names

    def _json_rows(self) -> Iterator[Row]:
        for row in self._json():
            if not isinstance(row, dict):
                yield Row(None, error=f"the line is no JSON object: {_wrong(row)}")
                continue
            cells, lossy = {}, False
            try:
                for key, value in row.items():
                    name, lossy_name = whole(key)
                    is_text = isinstance(value, str) and not isinstance(value, _Number)
                    if name == self.columns.text and not is_text:
                        continue
                    cells[name], lossy_cell = _said(value)
                    lossy = lossy or lossy_name or lossy_cell
            except RecursionError:
                yield Row(None, error=f"the cell {name!r} holds too many lists or objects in each other")
                continue
            content = cells.pop(self.columns.text, None)
            identity = cells.pop(self.columns.id, None) if self.columns.id else None
            error = None
            if content is None:
                known = ", ".join(whole(key)[0] for key in row)
                said = _called(row.get(self.columns.text))
                error = f"a string is needed as {self.columns.text!r}, not {said}; the row has {known}"
            yield Row(content, identity, cells, error, lossy)


class _Number(str):
    """A number of JSON as it is written."""


def _called(value: object) -> str:
    """What a value of JSON is."""
    return "nothing" if value is None else "a number" if isinstance(value, _Number) else type(value).__name__


def _wrong(value: object) -> str:
    """Why a value is no object of JSON."""
    return str(value) if isinstance(value, Exception) else f"an object is needed, not {_called(value)}"


def _said(value: object) -> tuple[str | None, bool]:
    """A value of JSON as text, and whether it lost something: texts and numbers as they stand, all else as JSON."""
    if value is None:
        return None, False
    return whole(value if isinstance(value, str) else _as_json(value))


def _as_json(value: object) -> str:
    """A value of JSON, with its numbers as they were."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_as_json(key)}: {_as_json(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_as_json, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _distinct(header: list[str]) -> list[str]:
    """Names of columns that differ: a second `a` is `a_2`, one without a name `column_3`, by its place.

    Examples:
        >>> _distinct(["a_3", "a", "a", ""])
        ['a_3', 'a', 'a_3_', 'column_4']
    """
    names: list[str] = []
    for number, name in enumerate(header, 1):
        wanted = name.strip() or f"column_{number}"
        if wanted in names:
            wanted = f"{wanted}_{number}"
        while wanted in names:
            wanted += "_"
        names.append(wanted)
    return names
