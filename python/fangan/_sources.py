"""Files as sources: a document each; archives and tables as the documents in them."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO

import polars as pl

from fangan._archives import FAILURES, PACKINGS, Budget, Member, content, members
from fangan._files import ARCHIVES, TABULAR, TEXTS, File, is_wanted
from fangan._kinds import HEAD, Kind, identified, kind
from fangan._limits import Limits
from fangan._tabular import Columns, NoColumnError, Table, TableKind, table_kind

_NAMED = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}


@dataclass(frozen=True)
class Source:
    """A document that is still to be read or parsed.

    Attributes:
        id: What it is called; differs from all others.
        path: Where it is, as `sources.path` says it.
        file: The file that it came from, by its name among the files.
        number: Its number in that file, from 1.
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
    number: int = 1
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
        held: Sources that are left out, before they are read: for each file their numbers in it and their ids. None
            by default.
        only_types: Only tables are of interest, and of these only `types`. False by default.

    Attributes:
        finished: How many sources each file had that is behind.
    """

    def __init__(
        self,
        columns: Columns | None,
        limits: Limits,
        *,
        held: Mapping[str, Mapping[int, str]] | None = None,
        only_types: bool = False,
    ) -> None:
        self._columns = columns
        self._limits = limits
        self._held = held or {}
        self._only_types = only_types
        self._seen = {name for names in self._held.values() for name in names.values()}
        self._numbers: dict[str, int] = {}
        self._number = 0
        self.finished: dict[str, int] = {}

    def sources(self, file: File) -> Iterator[Source]:
        """The sources in a file: itself, or those in the archive or table that it is."""
        self._number = 0
        yield from self._sources(*file)
        self.finished[file[0]] = self._number

    def _sources(self, name: str, path: Path) -> Iterator[Source]:
        plain = Source(_sayable(name), str(path), name)
        try:
            found = os.stat(path)
            if not stat.S_ISREG(found.st_mode):
                raise OSError
            plain = replace(plain, size=found.st_size)
            with path.open("rb") as opened:
                head = opened.read(HEAD)
                yield from self._inside(plain, head, opened, 0, Budget(self._limits.unpacked_bytes), name)
        except (OSError, ValueError):
            # The core says what is wrong with it.
            yield from self._one(plain)

    def _inside(
        self, here: Source, head: bytes, file: BinaryIO, depth: int, budget: Budget, name: str
    ) -> Iterator[Source]:
        """The sources of what has been opened."""
        found, reason = identified(head, file)
        # What is something else is no CSV, even if its first line names the columns: as an archive's may.
        table = table_kind(name, head, self._columns) if reason is None and found in (None, "parquet") else None
        if table is not None:
            yield from self._table(here, table, file if here.content is not None else None)
            return
        if not head and not name.lower().endswith(TEXTS):
            reason = "the file is empty"
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
        path = f"{archive.path}/{member.name}"
        inside = replace(archive, id=_sayable(f"{archive.id}/{member.name}"), path=path, is_file=False)
        table = table_kind(member.name, b"", self._columns)
        if table in ("csv", "jsonl") and member.stream is not None:
            # Tables may be larger than documents: as a stream.
            yield from self._table(inside, table, member.stream)
            return
        if self._only_types and not member.name.lower().endswith(TABULAR + ARCHIVES):
            return
        if self._held.get(inside.file, {}).get(self._number + 1) == inside.id:
            self._number += 1
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
            if self._only_types:
                yield replace(here, types=table.schema())
                return
            types = table.schema() if stream is None and found != "jsonl" else {}
            for number, row in enumerate(table.rows(), 1):
                said = f"bytes or characters that are no {table.encoding} were read as U+FFFD"
                source = replace(
                    here,
                    id=_sayable(row.id) if row.id else f"{here.id}/{number}",
                    is_file=False,
                    size=len(row.content or ""),
                    content=row.content or "",
                    told=None if isinstance(row.content, bytes) else (found, table.encoding or "utf-8"),
                    error=row.error,
                    given=row.given,
                    types=types or dict.fromkeys(row.given, pl.String()),
                    notes=(("undecodable-bytes", said),) if row.lossy else (),
                )
                yield from self._one(self._opened_row(source))
            if number == 0:
                yield from self._one(replace(failed, error="the table has no rows", types=types))
        except NoColumnError as error:
            yield from self._one(replace(failed, error=str(error)))
        except (pl.exceptions.PolarsError, *FAILURES) as error:
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
        found, reason = identified(data[:HEAD], io.BytesIO(data))
        if reason is None and found in (*PACKINGS, "parquet"):
            reason = "an archive in a cell of a table; unpack it first"
        if reason is not None:
            return replace(row, content="", told=(str(found or ""), ""), error=row.error or reason)
        return replace(row, kind=None if found == "docx" else found)

    def _one(self, source: Source) -> Iterator[Source]:
        """A source under an id of its own, unless it is left out."""
        self._number += 1
        if self._number in self._held.get(source.file, ()):
            return
        source = replace(source, number=self._number)
        wanted = source.id
        if wanted in self._seen:
            number = self._numbers.get(wanted, 1)
            while source.id in self._seen:
                number += 1
                source = replace(source, id=f"{wanted} ({number})")
            self._numbers[wanted] = number
            source = replace(source, notes=(*source.notes, ("id-repeated", f"the id {wanted!r} stands before already")))
        self._seen.add(source.id)
        yield source


def _sayable(name: str) -> str:
    """A name that can be written as UTF-8: bytes in a file's name that are none become U+FFFD."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def union(schemas: Iterable[Mapping[str, pl.DataType]]) -> dict[str, pl.DataType]:
    """The columns of several tables: text where their types differ."""
    known: dict[str, pl.DataType] = {}
    for schema in schemas:
        for name, dtype in schema.items():
            known[name] = dtype if known.get(name, dtype) == dtype else pl.String()
    return known
