"""Tables with a column of texts: CSV, JSON lines and Parquet, read row by row."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast

import polars as pl

from fangan import _fangan
from fangan._limits import Limits

TableKind = Literal["csv", "jsonl", "parquet"]

_SEPARATORS = ",\t;|"
_HEAD = 1 << 16
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PYTHON_NAMES = {"utf-8": "utf-8-sig", "big5": "big5hkscs"}
_ROWS = 256
"""Rows of Parquet in memory at a time; a text may be long."""
_JSON_LINE = re.compile(rb"\s*\{\s*(?:\}|\")")


@dataclass(frozen=True)
class Columns:
    """Which columns hold the texts and their ids."""

    text: str
    id: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table: its text (or the bytes of a document), its id, and its other columns."""

    content: str | bytes | None
    id: str | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    error: str | None = None
    lossy: bool = False


class NoColumnError(Exception):
    """A table without the columns that were asked for."""


def table_kind(name: str, head: bytes, columns: Columns | None) -> TableKind | None:
    """Whether a file is a table: by its content, and for CSV by its first line, which must name the column of texts.

    Evidence: Parquet says so. Lines that begin as objects of JSON, or an ending `.jsonl`, `.ndjson`, for JSON lines.
    An ending `.csv`, `.tsv`, or a first line with the column's name between separators, for CSV. Counter-example: a
    notice whose first line is 正文 is a text unless it is called .csv. Without columns only Parquet and endings count.
    """
    ending = name.rpartition(".")[2].lower()
    if head.startswith(b"PAR1"):
        return "parquet"
    if ending in ("jsonl", "ndjson"):
        return "jsonl"
    if ending in ("csv", "tsv"):
        return "csv"
    if columns is None:
        return None
    if _JSON_LINE.match(head.removeprefix(b"\xef\xbb\xbf")) and ending != "md":
        first = head.split(b"\n", 1)[0]
        return "jsonl" if json.dumps(columns.text).encode() in first or columns.text.encode() in first else None
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
        names: dict[str, pl.DataType]
        if self.kind == "parquet":
            names = dict(pl.read_parquet_schema(self._source))
        elif self.kind == "csv":
            names = dict.fromkeys(next(self._csv(), []), pl.String())
        else:
            names = {}
            for row in self._json():
                if isinstance(row, dict):
                    names.update(dict.fromkeys(map(str, row), pl.String()))
        self._check(names)
        return {name: dtype for name, dtype in names.items() if name not in (self.columns.text, self.columns.id)}

    def rows(self) -> Iterator[Row]:
        """The rows, in order. One that cannot be read is a row with an error.

        Raises:
            NoColumnError: The table lacks a column that was asked for.
        """
        if self.kind == "parquet":
            yield from self._parquet_rows()
        elif self.kind == "csv":
            yield from self._csv_rows()
        else:
            yield from self._json_rows()

    def _check(self, names: Iterable[str]) -> None:
        known = list(names)
        for wanted in (self.columns.text, self.columns.id):
            if wanted is not None and wanted not in known:
                raise NoColumnError(f"no column is called {wanted!r}; there are {', '.join(known) or 'none'}")

    # Parquet

    def _parquet_rows(self) -> Iterator[Row]:
        schema = pl.read_parquet_schema(self._source)
        self._check(schema)
        dtype = schema[self.columns.text]
        if dtype not in (pl.String, pl.Binary, pl.Categorical, pl.Enum, pl.Null):
            raise NoColumnError(f"{self.columns.text!r} is a column of {dtype}; texts or bytes of files are needed")
        frame = pl.scan_parquet(self._source)
        if dtype != pl.Binary:
            frame = frame.with_columns(pl.col(self.columns.text).cast(pl.String))
        for batch in frame.collect_batches(chunk_size=_ROWS, maintain_order=True):
            for row in batch.iter_rows(named=True):
                yield self._row(row)

    def _row(self, row: dict[str, Any]) -> Row:
        content = row.pop(self.columns.text)
        name = row.pop(self.columns.id) if self.columns.id else None
        error = "the row has no text" if content is None else None
        return Row(content, None if name is None else str(name), row, error)

    # CSV

    def _csv(self) -> Iterator[list[str]]:
        # The longest cell that the library allows holds for the whole process.
        csv.field_size_limit(max(csv.field_size_limit(), min(self.limits.text_bytes, 2**31 - 1)))
        with _text(self._source) as (lines, self.encoding):
            first = lines.readline(_HEAD)
            # Excel writes which separator it uses.
            said = re.fullmatch(r"sep=(.)\s*", first)
            separator = said[1] if said else max(_SEPARATORS, key=first.count)
            reader = csv.reader(lines if said else chain([first], lines), delimiter=separator)
            yield _distinct(next(reader, []))
            yield from reader

    def _csv_rows(self) -> Iterator[Row]:
        rows = self._csv()
        header = next(rows)
        self._check(header)
        while True:
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                # The reader cannot tell where the next row begins.
                yield Row(None, error=f"the rows from here on cannot be told apart: {error}")
                return
            if not cells:
                continue
            if len(cells) != len(header):
                known = dict(zip(header, cells, strict=False))
                name = known.get(self.columns.id) if self.columns.id else None
                yield Row(None, name, error=f"the row has {len(cells)} cells and the table {len(header)} columns")
                continue
            yield self._row(dict(zip(header, cells, strict=True)))

    # JSON lines

    def _json(self) -> Iterator[object]:
        with _text(self._source) as (lines, self.encoding):
            while line := lines.readline(self.limits.text_bytes):
                if not line.strip():
                    continue
                try:
                    yield json.loads(line)
                except (ValueError, RecursionError) as error:
                    yield error

    def _json_rows(self) -> Iterator[Row]:
        for row in self._json():
            if not isinstance(row, dict):
                said = row if isinstance(row, Exception) else f"an object is needed, not {type(row).__name__}"
                yield Row(None, error=f"the line is no JSON object: {said}")
                continue
            known = ", ".join(map(str, row))
            content = row.pop(self.columns.text, None)
            name = row.pop(self.columns.id, None) if self.columns.id else None
            given = {str(key): _said(value) for key, value in row.items()}
            error = None
            if not isinstance(content, str):
                said = "nothing" if content is None else type(content).__name__
                error = f"a string is needed as {self.columns.text!r}, not {said}; the row has {known}"
            yield Row(None if error else content, _said(name), given, error)


def _said(value: object) -> str | None:
    """A value of JSON as text: as it stands for text, as JSON for all else."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def _text(source: Path | BinaryIO) -> Iterator[tuple[io.TextIOWrapper, str]]:
    """The text of a file, line by line, and its encoding, which is recognised by the first lines."""
    with open(source, "rb") if isinstance(source, Path) else io.BufferedReader(cast(Any, source), _HEAD) as file:
        head = file.peek(_HEAD)[:_HEAD]
        # No character may be cut in two.
        encoding = _fangan.encoding_of(head[: head.rfind(b"\n") + 1] or head)
        python = _PYTHON_NAMES.get(encoding, encoding)
        if head.startswith(_MARKS) and encoding.startswith("utf-16"):
            python = "utf-16"
        yield io.TextIOWrapper(file, encoding=python, errors="replace", newline=""), encoding


def _distinct(header: list[str]) -> list[str]:
    """Names of columns that differ: a second `a` is `a_2`, one without a name `column_3`."""
    names: list[str] = []
    for number, name in enumerate(header, 1):
        wanted = name.strip() or f"column_{number}"
        names.append(wanted if wanted not in names else f"{wanted}_{number}")
    return names
