"""Texts in a column, parsed row by row: the namespace `fangan` of Polars expressions."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from os import PathLike

import polars as pl

from fangan import _fangan
from fangan._schema import TABLES, schema
from fangan._vocabulary import load, repair_kinds
from fangan.errors import InvalidArgumentError, NotFoundError

_ROWS = 512
"""Rows that are parsed at a time."""
_ID = "text"
"""The source of every row, so that a result depends on its text alone."""


def _dtype(table: str) -> pl.List:
    return pl.List(pl.Struct(dict(schema()[table].polars)))


@pl.api.register_expr_namespace("fangan")
class Texts:
    """What texts in a column say: `pl.col("text").fangan.phases()`.

    Each expression is elementwise: the result of a row depends on its text alone, so that Polars may split a frame
    anywhere, run in parallel and stream. Every text is a source called `text` and its plans are `text#1`, `text#2` …;
    offsets are those of the text. Null texts give null.
    """

    def __init__(self, expression: pl.Expr) -> None:
        self._expression = expression

    def table(
        self, name: str, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None
    ) -> pl.Expr:
        """The rows of a table that a text gives.

        Args:
            name: The table, one of a corpus.
            repairs: Kinds of repair that may be made; see `fangan.read`. None (the default) for all.
            lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.

        Returns:
            An expression of type `List[Struct]`; `.explode` and `.unnest` make rows and columns of it.

        Raises:
            NotFoundError: There is no such table.
            InvalidArgumentError: `repairs` is a string, or, when collected, the column holds no strings.
            LexiconError: A file of the lexicon cannot be used.

        Examples:
            >>> import fangan, polars as pl
            >>> frame = pl.DataFrame({"text": ["关于开展植树活动的通知", None]})
            >>> plans = frame.select(pl.col("text").fangan.table("plans").alias("plans"))
            >>> plans["plans"].list.len().to_list()
            [1, None]
        """
        if name not in TABLES:
            raise NotFoundError(f"no table is called {name!r}; there are {', '.join(TABLES)}")
        work = partial(_lists, tables=(name,), repairs=repair_kinds(repairs), words=load(lexicon))
        return self._expression.map_batches(work, return_dtype=_dtype(name), is_elementwise=True)

    def parse(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """All tables that a text gives.

        Args:
            repairs: Kinds of repair that may be made; see `fangan.read`. None (the default) for all.
            lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.

        Returns:
            An expression of type `Struct`: a field of type `List[Struct]` for each table of a corpus.

        Raises:
            LexiconError: A file of the lexicon cannot be used.

        Examples:
            >>> import fangan, polars as pl
            >>> frame = pl.DataFrame({"text": ["关于开展植树活动的通知"]})
            >>> parsed = frame.select(pl.col("text").fangan.parse().alias("parsed")).unnest("parsed")
            >>> parsed.select(pl.col("plans").list.first().struct.field("title")).item()
            '关于开展植树活动的通知'
        """
        work = partial(_lists, tables=TABLES, repairs=repair_kinds(repairs), words=load(lexicon))
        shape = pl.Struct({name: _dtype(name) for name in TABLES})
        return self._expression.map_batches(work, return_dtype=shape, is_elementwise=True)

    def sources(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `sources` that a text gives; see `table`."""
        return self.table("sources", repairs=repairs, lexicon=lexicon)

    def plans(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `plans` that a text gives; see `table`."""
        return self.table("plans", repairs=repairs, lexicon=lexicon)

    def sections(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `sections` that a text gives; see `table`."""
        return self.table("sections", repairs=repairs, lexicon=lexicon)

    def phases(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `phases` that a text gives; see `table`."""
        return self.table("phases", repairs=repairs, lexicon=lexicon)

    def criteria(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `criteria` that a text gives; see `table`."""
        return self.table("criteria", repairs=repairs, lexicon=lexicon)

    def targets(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `targets` that a text gives; see `table`."""
        return self.table("targets", repairs=repairs, lexicon=lexicon)

    def leaders(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `leaders` that a text gives; see `table`."""
        return self.table("leaders", repairs=repairs, lexicon=lexicon)

    def references(
        self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None
    ) -> pl.Expr:
        """The rows of `references` that a text gives; see `table`."""
        return self.table("references", repairs=repairs, lexicon=lexicon)

    def slogans(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `slogans` that a text gives; see `table`."""
        return self.table("slogans", repairs=repairs, lexicon=lexicon)

    def repairs(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `repairs` that a text gives; see `table`."""
        return self.table("repairs", repairs=repairs, lexicon=lexicon)

    def unparsed(self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None) -> pl.Expr:
        """The rows of `unparsed` that a text gives; see `table`."""
        return self.table("unparsed", repairs=repairs, lexicon=lexicon)

    def diagnostics(
        self, *, repairs: Sequence[str] | None = None, lexicon: str | PathLike[str] | None = None
    ) -> pl.Expr:
        """The rows of `diagnostics` that a text gives; see `table`."""
        return self.table("diagnostics", repairs=repairs, lexicon=lexicon)


def _lists(
    texts: pl.Series, *, tables: Sequence[str], repairs: list[str] | None, words: _fangan.Lexicon | None
) -> pl.Series:
    """For each text the rows of a table as a list, or of several as a struct of lists."""
    if texts.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise InvalidArgumentError(f"{texts.name!r} is a column of {texts.dtype}; a column of strings is needed")
    texts = texts.cast(pl.String)
    parts = [_parsed(texts[at : at + _ROWS], tables, repairs, words) for at in range(0, max(len(texts), 1), _ROWS)]
    whole = pl.concat(parts)
    lists = whole.get_column(tables[0]) if len(tables) == 1 else whole.to_struct()
    return lists.alias(texts.name)


def _parsed(
    texts: pl.Series, tables: Sequence[str], repairs: list[str] | None, words: _fangan.Lexicon | None
) -> pl.DataFrame:
    sources = [(str(row), text, None) for row, text in enumerate(texts) if text is not None]
    # Polars runs several of these at once, so each keeps to one thread.
    parsed = _fangan.parse_sources(
        sources, table=tables[0] if len(tables) == 1 else None, lexicon=words, repairs=repairs, threads=1
    )
    rows = pl.DataFrame({"row": pl.int_range(len(texts), eager=True), "text": texts.is_not_null()})
    return rows.select(_listed(pl.DataFrame(parsed[name]), rows).alias(name) for name in tables)


def _listed(frame: pl.DataFrame, rows: pl.DataFrame) -> pl.Series:
    """The rows of a table in a list for each text: empty where a text gives none, null where there is no text."""
    shape = dict(frame.schema)
    source = pl.col("source_id") if "source_id" in frame.columns else pl.col("plan_id").str.extract(r"^(\d+)#")
    numbered = frame.with_columns(source.cast(pl.Int64).alias("_row"))
    if "plan_id" in frame.columns:
        numbered = numbered.with_columns(pl.col("plan_id").str.replace(r"^\d+#", f"{_ID}#"))
    if "source_id" in frame.columns:
        numbered = numbered.with_columns(pl.lit(_ID).alias("source_id"))
    lists = numbered.group_by("_row", maintain_order=True).agg(pl.struct(*shape).alias("list"))
    found = rows.join(lists, left_on="row", right_on="_row", how="left", maintain_order="left")
    none = pl.lit([], dtype=pl.List(pl.Struct(shape)))
    return found.select(pl.when("text").then(pl.col("list").fill_null(none))).to_series()
