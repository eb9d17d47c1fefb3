"""The list of columns, from the Rust core: names, types, Chinese names and meanings."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fangan import _fangan

_DTYPES: dict[str, pl.DataType] = {
    "Str": pl.String(),
    "List[Str]": pl.List(pl.String()),
    "List[Struct(start, end)]": pl.List(pl.Struct({"start": pl.UInt32, "end": pl.UInt32})),
    "UInt8": pl.UInt8(),
    "UInt32": pl.UInt32(),
    "Int32": pl.Int32(),
    "Float64": pl.Float64(),
    "Bool": pl.Boolean(),
    "Date": pl.Date(),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: Its name.
        dtype: Its Polars type; Enum types list their categories.
        nullable: Whether a cell may be null, because the text does not say.
        chinese: Its name in reports in Chinese.
        meaning: What a cell holds.
    """

    name: str
    dtype: pl.DataType
    nullable: bool
    chinese: str
    meaning: str


@dataclass(frozen=True)
class Table:
    """One table of a corpus, or the result of an analysis.

    Attributes:
        name: Its name.
        chinese: Its name in Chinese.
        meaning: What a row is.
        columns: Its columns, in order.
    """

    name: str
    chinese: str
    meaning: str
    columns: tuple[Column, ...]

    @property
    def polars(self) -> pl.Schema:
        """The Polars schema."""
        return pl.Schema({column.name: column.dtype for column in self.columns})


def schema() -> dict[str, Table]:
    """Every table and every analysis result, by name.

    Returns:
        Name to `Table`, the tables of a corpus first.

    Examples:
        >>> import fangan as fg
        >>> [column.name for column in fg.schema()["leaders"].columns]
        ['plan_id', 'body', 'role', 'name', 'post', 'start', 'end']
    """
    return dict(_SCHEMA)


def _load() -> dict[str, Table]:
    tables = {}
    for name, chinese, meaning, columns in _fangan.schema():
        read = tuple(
            Column(column, pl.Enum(categories) if dtype == "Enum" else _DTYPES[dtype], nullable, label, told)
            for column, dtype, categories, nullable, label, told in columns
        )
        tables[name] = Table(name, chinese, meaning, read)
    return tables


_SCHEMA = _load()

RESULTS = (
    "score",
    "score_totals",
    "scores",
    "compare",
    "compare_groups",
    "similarity",
    "reuse",
    "ledger",
    "diffusion",
    "dates",
    "locate",
    "kwic",
    "tokens",
    "ngrams",
    "keyness",
    "panel",
    "places",
    "residue",
    "regions",
    "townships",
    "as_of",
)
"""Names of the analysis results; the other names of `schema()` are tables of a corpus."""

TABLES = tuple(name for name in _SCHEMA if name not in RESULTS)
"""Names of the tables of a corpus, in the order of the manual."""


def to_zh(frame: pl.DataFrame, *, table: str | None = None) -> pl.DataFrame:
    """The same frame with Chinese column names, for reports.

    Args:
        frame: A table of a corpus, a result, or part of one. Columns that fangan does not know keep their names.
        table: Which table it comes from. By default the table that shares most columns with the frame.

    Returns:
        The frame, renamed; values are unchanged.

    Raises:
        NotFoundError: There is no such table.

    Examples:
        >>> import fangan as fg
        >>> fg.to_zh(fg.parse("关于开展环境卫生整治的通知").plans.select("plan_id", "year")).columns
        ['方案编号', '年份']
    """
    from fangan.errors import NotFoundError

    tables = schema()
    if table is not None and table not in tables:
        raise NotFoundError(f"no table is called {table!r}; there are {', '.join(tables)}")
    names = set(frame.columns)
    chosen = (
        tables[table] if table else max(tables.values(), key=lambda known: len(names & {c.name for c in known.columns}))
    )
    # Columns joined in from other tables are known by the first table that has them.
    chinese = {column.name: column.chinese for known in reversed(tables.values()) for column in known.columns}
    chinese |= {column.name: column.chinese for column in chosen.columns}
    renamed: dict[str, str] = {}
    for name in frame.columns:
        label = chinese.get(name, name)
        renamed[name] = label if label not in renamed.values() else name
    return frame.rename(renamed)
