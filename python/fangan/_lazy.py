"""Files as lazy frames, parsed while they stream."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from os import PathLike

import polars as pl
from polars.io.plugins import register_io_source

from fangan._intake import given_names, intake
from fangan._limits import Limits
from fangan._schema import TABLES, schema
from fangan.errors import InvalidArgumentError

_TEXTS = pl.Schema({"source_id": pl.String(), "text": pl.String()})
_ALWAYS = {"plans": ("source_id",)}
"""Columns by which cells of tables find their plans."""
_SOURCES, _BYTES = 512, 16 << 20
"""So many sources, or so many bytes of them, are in memory at a time."""


def scan(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    table: str = "plans",
    text: str | None = None,
    id: str | None = None,
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
    limits: Limits | None = None,
) -> pl.LazyFrame:
    """A table of files as a lazy frame: they are read and parsed when it is collected, some megabytes at a time.

    Only the columns that a query needs are made, and rows that it filters out are dropped at once, so that
    `scan(…).sink_parquet(…)` takes a folder of any size in bounded memory. Rows, their order and their ids are those of
    `read`, with one exception: `references.resolved_plan_id` is null, since a document may be named before it is read.

    Args:
        path: A file, a folder, a glob pattern, or a list of such paths; see `read`.
        table: The table: `"plans"` (the default), another one of a corpus, or `"texts"` for the source texts.
        text: The column of tables that holds the texts; see `read`. None by default.
        id: The column of tables that holds the ids; see `read`. None by default.
        repairs: Kinds of repair that may be made; see `read`. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.
        limits: How much is read of a file; see `fangan.Limits`. None (the default) for its defaults.

    Returns:
        The lazy frame. A file that cannot be read is a row of `sources` with an `error`, and has no rows elsewhere.

    Raises:
        ReadError: A single path does not exist, or a folder or pattern holds no document.
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
    job = intake(path, text=text, id=id, limits=limits, repairs=repairs, lexicon=lexicon, threads=threads)
    # A lazy frame has its columns before anything is parsed.
    given = job.given() if table == "plans" else {}
    shape = _TEXTS if table == "texts" else pl.Schema(schema()[table].polars)
    for old, new in given_names(given).items():
        shape[new] = given[old]

    def rows(
        with_columns: list[str] | None, predicate: pl.Expr | None, n_rows: int | None, batch_size: int | None
    ) -> Iterator[pl.DataFrame]:
        needed = (
            None if with_columns is None else sorted({*with_columns, *_columns(predicate), *_ALWAYS.get(table, ())})
        )
        left = n_rows
        for portion in job.portions(most=_SOURCES, most_bytes=_BYTES):
            if left is not None and left <= 0:
                return
            frame = job.tables(portion, table=table, columns=needed, given=given)[table]
            if left is not None:
                # Where a query has both, Polars means the rows before those are chosen.
                frame = frame.head(left)
                left -= frame.height
            if predicate is not None:
                frame = frame.filter(predicate)
            yield frame.select(list(shape) if with_columns is None else with_columns)

    return register_io_source(rows, schema=shape)


def _columns(predicate: pl.Expr | None) -> list[str]:
    return [] if predicate is None else predicate.meta.root_names()
