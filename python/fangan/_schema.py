"""The list of columns, from the Rust core: names, types, Chinese names and meanings."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from fangan import _fangan, _labels
from fangan.errors import NotFoundError

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
    "duplicates",
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
    "summary",
    "places",
    "residue",
    "regions",
    "townships",
    "as_of",
)
"""Names of the analysis results; the other names of `schema()` are tables of a corpus."""

TABLES = tuple(name for name in _SCHEMA if name not in RESULTS)
"""Names of the tables of a corpus, in the order of the manual."""


def origin(frame: pl.DataFrame, table: str | None = None) -> dict[str, tuple[str, Column]]:
    """The columns of a frame that fangan knows: name to the table that each comes from and what it is there.

    The table is the one that is named, or that shares most columns, and most types, with the frame; columns joined in
    from other tables are known by the first table that has them.
    """
    if table is not None and table not in _SCHEMA:
        raise NotFoundError(f"no table is called {table!r}; there are {', '.join(_SCHEMA)}")
    has = frame.schema

    def shared(known: Table) -> tuple[int, int]:
        same = [column for column in known.columns if column.name in has]
        return len(same), sum(column.dtype == has[column.name] for column in same)

    chosen = _SCHEMA[table] if table else max(_SCHEMA.values(), key=shared)
    found: dict[str, tuple[str, Column]] = {}
    for known in (chosen, *_SCHEMA.values()):
        for column in known.columns:
            if column.name in has:
                found.setdefault(column.name, (known.name, column))
    return found


def to_zh(frame: pl.DataFrame, *, table: str | None = None, values: bool = False) -> pl.DataFrame:
    """The same frame with Chinese column names, and Chinese values if these are wanted, for reports.

    Args:
        frame: A table of a corpus, a result, or part of one. Columns that fangan does not know keep their names.
        table: Which table it comes from. By default the table that shares most columns with the frame.
        values: Whether codes are put into Chinese too (`mobilise` 动员部署, `hant` 繁体, `warning` 警告), and
            true and false become 是 and 否. Texts and genres are Chinese as they are. False by default.

    Returns:
        The frame, renamed; Enum columns stay Enum columns, with Chinese categories in the same order.

    Raises:
        NotFoundError: There is no such table.

    Examples:
        >>> import fangan as fg
        >>> plans = fg.parse("关于开展环境卫生整治的通知").plans
        >>> fg.to_zh(plans.select("plan_id", "year")).columns
        ['方案编号', '年份']
        >>> fg.to_zh(plans.select("genre", "region_basis", "truncated"), values=True).rows()
        [('通知', None, '否')]
    """
    known = origin(frame, table)
    renamed: dict[str, str] = {}
    for name in frame.columns:
        label = known[name][1].chinese if name in known else name
        renamed[name] = label if label not in renamed.values() else name
    if values:
        frame = _labels.in_chinese(frame, {name: of for name, (of, _) in known.items()})
    return frame.rename(renamed)
