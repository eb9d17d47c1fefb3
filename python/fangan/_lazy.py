"""Files as lazy frames, parsed while they stream."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from os import PathLike

import polars as pl
from polars.io.plugins import register_io_source

from fangan import _fangan, _pages
from fangan._chunks import chunks
from fangan._read import _files, _unique
from fangan._schema import TABLES, schema
from fangan._vocabulary import load, repair_kinds
from fangan.errors import InvalidArgumentError

_TEXTS = pl.Schema({"source_id": pl.String(), "text": pl.String()})
_ALWAYS = {"sources": ("source_id",), "diagnostics": ("source_id",)}
"""Columns without which nothing could be told of web pages."""
_FILES, _BYTES = 512, 16 << 20
"""So many files, or so many bytes of them, are in memory at a time."""


def scan(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    table: str = "plans",
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
) -> pl.LazyFrame:
    """A table of files as a lazy frame: they are read and parsed when it is collected, some megabytes at a time.

    Only the columns that a query needs are made, and rows that it filters out are dropped at once, so that
    `scan(…).sink_parquet(…)` takes a folder of any size in bounded memory. Rows, their order and their ids are those of
    `read`, with one exception: `references.resolved_plan_id` is null, since a document may be named before it is read.

    Args:
        path: A file, a folder, a glob pattern, or a list of such paths; see `read`.
        table: The table: `"plans"` (the default), another one of a corpus, or `"texts"` for the source texts.
        repairs: Kinds of repair that may be made; see `read`. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.

    Returns:
        The lazy frame. A file that cannot be read is a row of `sources` with an `error`, and has no rows elsewhere.

    Raises:
        ReadError: A single path does not exist, or a folder or pattern holds no text file.
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: There is no such table, or, when collected, a repair or a number of threads does not make
            sense.

    Examples:
        >>> import fangan as fg, pathlib, polars as pl, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> for year in (2009, 2010):
        ...     _ = (folder / f"{year}.txt").write_text(f"望海市{year}年植树活动实施方案", encoding="utf-8")
        >>> fg.scan(folder).filter(pl.col("year") > 2009).select("source_id", "genre").collect().rows()
        [('2010.txt', '方案')]
    """
    known = (*TABLES, "texts")
    if table not in known:
        raise InvalidArgumentError(f"no table is called {table!r}; there are {', '.join(known)}")
    files = _unique(_files(path))
    chosen = repair_kinds(repairs)
    words = load(lexicon)

    def rows(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        needed = None if with_columns is None else {*with_columns, *_columns(predicate), *_ALWAYS.get(table, ())}
        left = n_rows
        for some in chunks(((name, None, str(file)) for name, file in files), _size, most=_FILES, most_bytes=_BYTES):
            if left is not None and left <= 0:
                return
            sources, origins = _pages.opened(some)
            parsed = _fangan.parse_sources(
                sources,
                table=table,
                columns=None if needed is None else sorted(needed),
                lexicon=words,
                repairs=chosen,
                threads=threads,
            )
            frame = _pages.told(table, pl.DataFrame(parsed[table]), sources, origins)
            if predicate is not None:
                frame = frame.filter(predicate)
            if left is not None:
                frame = frame.head(left)
                left -= frame.height
            yield frame if with_columns is None else frame.select(with_columns)

    return register_io_source(rows, schema=_TEXTS if table == "texts" else schema()[table].polars)


def _columns(predicate: pl.Expr | None) -> list[str]:
    return [] if predicate is None else predicate.meta.root_names()


def _size(file: tuple[str, None, str]) -> int:
    # What is wrong with a file that has no size will be said by its row.
    with suppress(OSError):
        return os.stat(file[2]).st_size
    return 0
