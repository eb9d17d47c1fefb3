"""Files to tables, some megabytes at a time: what `read`, `scan` and `convert` have in common."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import Any

import polars as pl

from fangan import _fangan
from fangan._chunks import chunks
from fangan._files import File, find
from fangan._kinds import HEAD, kind
from fangan._limits import Limits
from fangan._openers import OPENED
from fangan._schema import schema
from fangan._sources import Expander, Source, union
from fangan._tabular import Columns, NoColumnError, Table, table_kind
from fangan._vocabulary import load, repair_kinds
from fangan._workers import opened
from fangan.errors import InvalidArgumentError

GIVEN = "given_"
"""In front of the name of a table's column where `plans` has a column of that name."""


@dataclass(frozen=True)
class Intake:
    """Files, and how they are to be read and parsed."""

    files: Sequence[File]
    columns: Columns | None
    limits: Limits
    repairs: list[str] | None
    lexicon: str | None
    words: _fangan.Lexicon | None
    threads: int | None

    def portions(self, expander: Expander | None = None, *, most: int, most_bytes: int) -> Iterator[list[Source]]:
        """The sources in order, so many or so many bytes of them at a time."""
        expander = expander or Expander(self.columns, self.limits)
        every = (source for file in self.files for source in expander.sources(file))
        return chunks(every, lambda source: source.size, most=most, most_bytes=most_bytes)

    def given(self) -> dict[str, pl.DataType]:
        """The columns that tables among the files add to `plans`. Looks through all of them."""
        if self.columns is None:
            return {}
        expander = Expander(self.columns, self.limits, only_types=True)
        return union(source.types for file in self.files for source in expander.sources(file))

    def tables(
        self,
        sources: Sequence[Source],
        *,
        table: str | None = None,
        columns: Sequence[str] | None = None,
        given: dict[str, pl.DataType] | None = None,
        progress: Callable[[int, int], object] | None = None,
    ) -> dict[str, pl.DataFrame]:
        """The tables of some sources, and `texts`; or one table with some of its columns.

        Args:
            sources: The sources.
            table: One table. None (the default) for all.
            columns: Some of its columns. None (the default) for all.
            given: The columns that `plans` gets from tables. None (the default) for those of these sources.
            progress: Called with (sources done, sources).

        Returns:
            The tables by name.
        """
        libraries = _of_libraries(sources)
        steps = _Steps(progress, len(libraries), len(sources))
        jobs = [(each.kind, each.path if each.content is None else each.content) for each in libraries]
        texts = opened(jobs, self.limits, self.threads, steps.opened)  # type: ignore[arg-type]
        found = {source.id: (source, text) for source, text in zip(libraries, texts, strict=True)}
        told: dict[str, tuple[str | None, str | None, str | None, Sequence[tuple[str, str]]]] = {
            source.id: (*(source.told or (None, None)), source.error, source.notes)
            for source in sources
            if source.told is not None or source.notes
        }
        told |= {
            name: (text.format, text.encoding, source.error or text.reason, (*source.notes, *text.notes))
            for name, (source, text) in found.items()
        }
        limits = self.limits
        parsed = _fangan.parse_sources(
            [(each.id, found[each.id][1].text if each.id in found else each.content, each.path) for each in sources],
            opened=told,
            limits=(limits.file_bytes, limits.text_bytes, limits.ratio),
            table=table,
            columns=columns,
            lexicon=self.words,
            repairs=self.repairs,
            threads=self.threads,
            progress=None if progress is None else steps.parsed,
        )
        frames = {name: pl.DataFrame(frame) for name, frame in parsed.items()}
        if "plans" in frames:
            given = union(source.types for source in sources) if given is None else given
            frames["plans"] = _with_given(frames["plans"], sources, given, columns)
        return frames


@dataclass(frozen=True)
class _Steps:
    """Progress in sources, of which some are opened by libraries first."""

    report: Callable[[int, int], object] | None
    to_open: int
    to_parse: int

    def opened(self, done: int) -> None:
        """So many were opened."""
        self._said(done)

    def parsed(self, done: int, _: int) -> None:
        """So many were parsed."""
        self._said(self.to_open + done)

    def _said(self, steps: int) -> None:
        if self.report is not None:
            self.report(steps * self.to_parse // (self.to_open + self.to_parse), self.to_parse)


def intake(
    path: object,
    *,
    text: str | None,
    id: str | None,
    limits: Limits | None,
    repairs: Sequence[str] | None,
    lexicon: str | PathLike[str] | None,
    threads: int | None,
) -> Intake:
    """Files, and how they are to be read, from what a caller gave.

    Raises:
        ReadError: The path does not exist, or holds no document.
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: Something else does not make sense.
    """
    if id is not None and text is None:
        raise InvalidArgumentError("id is a column of tables; say too which column holds the texts: text=…")
    for name, value in (("text", text), ("id", id)):
        if value is not None and not isinstance(value, str):
            raise InvalidArgumentError(f"{name} is the name of a column, not {type(value).__name__}")
    if limits is not None and not isinstance(limits, Limits):
        raise InvalidArgumentError(f"limits are fangan.Limits, not {type(limits).__name__}")
    if text is not None and text == id:
        raise InvalidArgumentError(f"text and id are the same column, {text!r}; texts need ids of their own")
    if threads is not None and (isinstance(threads, bool) or not isinstance(threads, int) or not 1 <= threads <= 1024):
        raise InvalidArgumentError(
            f"threads is {threads!r}; give a number from 1 to 1024, or None for as many as there are cores"
        )
    columns = None if text is None else Columns(text, id)
    files = find(path, tables=columns is not None)
    chosen = repair_kinds(repairs)
    words = load(lexicon)
    lexicon = None if lexicon is None else os.fspath(lexicon)
    job = Intake(files, columns, limits or Limits(), chosen, lexicon, words, threads)
    _check_table(job)
    return job


def _check_table(job: Intake) -> None:
    """Whether a single file that is a table has the columns that were asked for: a caller's mistake, not the file's."""
    if len(job.files) != 1:
        return
    name, path = job.files[0]
    try:
        if not path.is_file():
            return
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        return  # its row will say what is wrong with it
    found = table_kind(name, head, job.columns) if kind(head) in (None, "parquet") else None
    if found is None:
        return
    if job.columns is None:
        raise InvalidArgumentError(f"{path} is a table; say which of its columns holds the texts: text=…")
    try:
        Table(found, path, job.columns, job.limits).schema()
    except NoColumnError as error:
        raise InvalidArgumentError(f"{path}: {error}") from error
    except (OSError, ValueError, csv.Error, pl.exceptions.PolarsError):
        return


def _of_libraries(sources: Iterable[Source]) -> list[Source]:
    return [source for source in sources if source.kind in OPENED and source.error is None]


def given_names(given: Iterable[str]) -> dict[str, str]:
    """What columns of tables are called in `plans`.

    Examples:
        >>> given_names(["agency", "title"])
        {'agency': 'agency', 'title': 'given_title'}
    """
    used = set(schema()["plans"].polars)
    names = {}
    for name in given:
        new = name
        while new in used:
            new = f"{GIVEN}{new}"
        used.add(new)
        names[name] = new
    return names


def _with_given(
    plans: pl.DataFrame, sources: Sequence[Source], given: dict[str, pl.DataType], columns: Sequence[str] | None
) -> pl.DataFrame:
    """`plans` with the cells that their rows had besides the text."""
    names = {old: new for old, new in given_names(given).items() if columns is None or new in columns}
    if not names:
        return plans
    cells = pl.DataFrame(
        [
            pl.Series("source_id", [source.id for source in sources], pl.String),
            *(_cells(new, [source.given.get(old) for source in sources], given[old]) for old, new in names.items()),
        ]
    )
    return plans.join(cells, on="source_id", how="left", maintain_order="left")


def all_plans(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """`plans` of several portions as one, with the columns that any of them has from tables."""
    known = schema()["plans"].polars
    given = union({name: dtype for name, dtype in part.schema.items() if name not in known} for part in parts)
    shaped = []
    for part in parts:
        changed = [
            _cells(name, part[name].to_list() if name in part.columns else [None] * part.height, dtype)
            for name, dtype in given.items()
            if part.schema.get(name) != dtype
        ]
        shaped.append(part.with_columns(changed).select(*known, *given))
    return pl.concat(shaped)


def _cells(name: str, values: list[Any], dtype: pl.DataType) -> pl.Series:
    if dtype == pl.String:
        values = [value if value is None or isinstance(value, str) else str(value) for value in values]
    return pl.Series(name, values, dtype, strict=False)
