"""Files as sources: a document each; archives and tables as the documents in them."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import polars as pl

from fangan._archives import PACKINGS, Budget, Member, content, members
from fangan._files import File, is_wanted
from fangan._kinds import HEAD, Kind, kind, of_zip, unread
from fangan._limits import Limits
from fangan._tabular import Columns, NoColumnError, Table, TableKind, table_kind

_NAMED = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}
_OFD = "an OFD document (GB/T 33190), which nothing here reads; save it as PDF or as text"


@dataclass(frozen=True)
class Source:
    """A document that is still to be read or parsed.

    Attributes:
        id: What it is called; differs from all others.
        path: Where it is, as `sources.path` says it.
        file: The file that it came from, by its name among the files.
        is_file: Whether it is that file, and not something in it.
        size: Bytes.
        content: Its text or bytes; None where they are still in the file at `path`.
        kind: Its format, None for texts.
        told: Format and encoding of a text out of a table.
        error: Why it cannot be read, if that is known.
        notes: Pairs of a diagnostic's code and a sentence.
        given: Its other cells, in a table.
        types: What these are.
    """

    id: str
    path: str
    file: str
    is_file: bool = True
    size: int = 0
    content: str | bytes | None = None
    kind: Kind | None = None
    told: tuple[str, str] | None = None
    error: str | None = None
    notes: tuple[tuple[str, str], ...] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    types: Mapping[str, pl.DataType] = field(default_factory=dict)


class Expander:
    """Goes through files and what is in them, in order, one source at a time.

    Args:
        columns: Which columns of tables hold the texts and ids. None where tables are not read.
        limits: How much is read.
        skip: Whether a source is left out, by its id, before it is read. None (the default) for none.
        seen: Ids that others have. None by default.

    Attributes:
        finished: How many sources each archive and table had that is behind.
    """

    def __init__(
        self,
        columns: Columns | None,
        limits: Limits,
        *,
        skip: Callable[[str], bool] | None = None,
        seen: Iterable[str] = (),
    ) -> None:
        self._columns = columns
        self._limits = limits
        self._skip = skip or (lambda _: False)
        self._seen = set(seen)
        self._numbers: dict[str, int] = {}
        self.finished: dict[str, int] = {}

    def sources(self, file: File) -> Iterator[Source]:
        """The sources in a file: itself, or those in the archive or table that it is."""
        before = len(self._seen)
        inside = False
        for source in self._sources(*file):
            inside = inside or not source.is_file
            yield source
        if inside:
            self.finished[file[0]] = len(self._seen) - before

    def _sources(self, name: str, path: Path) -> Iterator[Source]:
        plain = Source(name, str(path), name)
        try:
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode):
                raise OSError
            plain = replace(plain, size=found.st_size)
            with path.open("rb") as opened:
                head = opened.read(HEAD)
                yield from self._inside(plain, head, opened, 0, Budget(self._limits.unpacked_bytes), name)
        except OSError:
            # The core says what is wrong with it.
            yield from self._one(plain)

    def schemas(self, file: File) -> Iterator[Mapping[str, pl.DataType]]:
        """The columns, besides texts and ids, of the tables in a file."""
        for source in self.sources(file):
            yield source.types

    def _inside(
        self, here: Source, head: bytes, file: BinaryIO, depth: int, budget: Budget, name: str
    ) -> Iterator[Source]:
        """The sources of what has been opened."""
        table = table_kind(name, head, self._columns)
        if table is not None:
            yield from self._table(here, table, file if here.content is not None else None)
            return
        reason = unread(head)
        found = kind(head)
        if found == "zip":
            found = of_zip(file)
        if found == "ofd":
            reason = _OFD
        if reason is not None:
            yield from self._one(replace(here, content="", told=(str(found or ""), ""), error=reason))
        elif found in PACKINGS:
            file.seek(0)
            yield from self._archive(here, file, found, depth + 1, budget, name)
        else:
            yield from self._one(replace(here, kind=None if found == "docx" else found))

    def _archive(
        self, here: Source, file: BinaryIO, packing: Kind, depth: int, budget: Budget, name: str
    ) -> Iterator[Source]:
        failed = replace(here, is_file=False, content="", told=(packing, ""))
        if depth > self._limits.depth:
            said = f"an archive inside {self._limits.depth} others; limits.depth is {self._limits.depth}"
            yield from self._one(replace(failed, error=said))
            return
        count = 0

        wanted = partial(is_wanted, tables=self._columns is not None)
        for member in members(file, packing, name, wanted, self._limits, budget):  # type: ignore[arg-type]
            count += 1
            if not member.name:
                yield from self._one(replace(failed, error=member.error))
                return
            yield from self._member(here, member, depth, budget)
        if count == 0:
            yield from self._one(replace(failed, error="the archive holds no document"))

    def _member(self, archive: Source, member: Member, depth: int, budget: Budget) -> Iterator[Source]:
        inside = replace(archive, id=f"{archive.id}/{member.name}", path=f"{archive.path}/{member.name}", is_file=False)
        table = table_kind(member.name, b"", self._columns)
        if table in ("csv", "jsonl") and member.stream is not None:
            # Tables may be larger than documents: as a stream.
            yield from self._table(inside, table, member.stream)
            return
        if inside.id not in self._seen and self._skip(inside.id):
            self._seen.add(inside.id)
            return
        data = content(member, self._limits)
        if isinstance(data, str):
            yield from self._one(replace(inside, size=0, content="", told=("", ""), error=data))
            return
        inside = replace(inside, size=len(data), content=data)
        yield from self._inside(inside, data[:HEAD], io.BytesIO(data), depth, budget, member.name)

    def _table(self, here: Source, found: TableKind, stream: BinaryIO | None) -> Iterator[Source]:
        failed = replace(here, is_file=False, content="", told=(found, ""))
        if self._columns is None:
            said = f"a table ({_NAMED[found]}); say which of its columns holds the texts: text=…"
            yield from self._one(replace(failed, error=said))
            return
        table = Table(found, Path(here.path) if stream is None else stream, self._columns, self._limits)
        number = 0
        try:
            types = table.schema() if stream is None and found != "jsonl" else {}
            for number, row in enumerate(table.rows(), 1):
                lossy = isinstance(row.content, str) and "\ufffd" in row.content
                said = f"bytes that are no {table.encoding} were read as U+FFFD"
                source = replace(
                    here,
                    id=row.id or f"{here.id}/{number}",
                    is_file=False,
                    size=len(row.content or ""),
                    content=row.content or "",
                    told=None if isinstance(row.content, bytes) else (found, table.encoding or "utf-8"),
                    error=row.error,
                    given=row.given,
                    types=types or dict.fromkeys(row.given, pl.String()),
                    notes=(("undecodable-bytes", said),) if lossy and table.encoding else (),
                )
                yield from self._one(self._opened_row(source))
            if number == 0:
                yield from self._one(replace(failed, error="the table has no rows"))
        except NoColumnError as error:
            yield from self._one(replace(failed, error=str(error)))
        except (pl.exceptions.PolarsError, OSError, ValueError) as error:
            said = f"the table cannot be read after row {number}: {error}"
            yield from self._one(replace(failed, error=said))

    def _opened_row(self, row: Source) -> Source:
        """A row whose cell is a document of some format: bytes, or the markup of a page."""
        data = row.content
        if isinstance(data, str):
            if not data.lstrip().startswith("<"):
                return row
            head = data[:HEAD].encode("utf-8", "replace")
            if (found := kind(head)) not in ("html", "mhtml"):
                return row
            return replace(row, content=data.encode("utf-8", "replace"), kind=found)
        assert data is not None
        found = kind(data[:HEAD])
        if found == "zip":
            found = of_zip(io.BytesIO(data))
        reason = unread(data[:HEAD])
        if reason is None and found in (*PACKINGS, "parquet"):
            reason = "an archive in a cell of a table; unpack it first"
        if found == "ofd":
            reason = _OFD
        if reason is not None:
            return replace(row, content="", told=(str(found or ""), ""), error=row.error or reason)
        return replace(row, kind=None if found == "docx" else found)

    def _one(self, source: Source) -> Iterator[Source]:
        """A source under an id of its own, unless it is left out."""
        wanted = source.id
        if wanted in self._seen:
            number = self._numbers.get(wanted, 1)
            while source.id in self._seen:
                number += 1
                source = replace(source, id=f"{wanted} ({number})")
            self._numbers[wanted] = number
            source = replace(source, notes=(*source.notes, ("id-repeated", f"the id {wanted!r} stands before already")))
        self._seen.add(source.id)
        if not self._skip(source.id):
            yield source


def union(schemas: Iterable[Mapping[str, pl.DataType]]) -> dict[str, pl.DataType]:
    """The columns of several tables: text where their types differ."""
    known: dict[str, pl.DataType] = {}
    for schema in schemas:
        for name, dtype in schema.items():
            known[name] = dtype if known.get(name, dtype) == dtype else pl.String()
    return known
