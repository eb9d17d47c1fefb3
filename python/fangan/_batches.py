"""Record batches of texts to record batches of a table: what an engine runs on each part of a data set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from os import PathLike
from typing import Any

import polars as pl

from fangan import _fangan
from fangan._chunks import chunks
from fangan._schema import TABLES, schema
from fangan._vocabulary import load, repair_kinds
from fangan.errors import InvalidArgumentError

_TEXTS, _BYTES = 512, 16 << 20
"""So many texts, or so many bytes of them, become one record batch."""
_SIGNED: dict[pl.DataType, pl.DataType] = {pl.UInt8(): pl.Int16(), pl.UInt32(): pl.Int64()}


def parse_batches(
    batches: object,
    *,
    table: str | None = "plans",
    text: str = "text",
    id: str = "source_id",
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = 1,
    unsigned: bool = True,
) -> Iterator[Any]:
    """Parse record batches of texts into record batches of a table, some megabytes at a time.

    This is what an engine (Spark, Daft …) runs on each part of a data set. The rows of a text depend on the
    text, its id and the options alone, so that parts may be cut, repeated and moved at will; for that,
    `references.resolved_plan_id` is null, as in `scan`. Batches are taken and given one by one, and nothing of them is
    kept but the ids.

    Like a file that cannot be read, a null text has a row of `sources` with an `error`, and an empty text in `texts`.

    Args:
        batches: Record batches: an iterable of them, or one table or stream. Whatever has `__arrow_c_array__` or
            `__arrow_c_stream__` will do (pyarrow, Polars, Daft, DuckDB …). Without pyarrow, a stream is taken whole.
        table: The table: `"plans"` (the default), another one of a corpus, or `"texts"` for the source texts. None for
            all of a corpus at once, since a text is parsed as a whole whatever is asked for: then a row is a source,
            with its `source_id` and for each table the list of its rows there.
        text: The column of texts. `"text"` by default.
        id: The column of source ids, strings that differ in the whole data set; `"source_id"` by default. Numbers that
            count the rows of a part would come again in another one, so none are given.
        repairs: Kinds of repair that may be made; see `read`. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary, where the worker can read it. None by
            default.
        threads: Number of threads. 1 by default, since engines start a worker a core; None for as many as there are
            cores.
        unsigned: False for signed numbers of the next size in place of unsigned ones, which Spark does not know. True
            by default.

    Returns:
        An iterator over record batches with the schema `arrow_schema(table, unsigned=unsigned)`: `pyarrow.RecordBatch`
        where pyarrow is installed, else `polars.DataFrame`.

    Raises:
        InvalidArgumentError: There is no such table, or, at the batch where it is seen, a column does not exist or
            holds no strings, an id is null, or two texts have the same id.
        LexiconError: A file of the lexicon cannot be used.

    Examples:
        >>> import fangan as fg, polars as pl
        >>> pages = pl.DataFrame({"url": ["a.gov.cn/1", "a.gov.cn/2"], "page": ["关于开展植树活动的通知", None]})
        >>> for batch in fg.parse_batches(pages, text="page", id="url"):
        ...     print(pl.DataFrame(batch).select("plan_id", "genre").rows())
        [('a.gov.cn/1#1', '通知')]
    """
    target = _plain(table, unsigned)
    if not isinstance(text, str) or not isinstance(id, str):
        raise InvalidArgumentError(
            "text and id must be names of columns; texts without ids need some that differ in the whole data set, "
            "such as addresses or paths"
        )
    options = dict(lexicon=load(lexicon), repairs=repair_kinds(repairs), threads=threads)
    return (_given(rows, target) for rows in _rows(batches, table, text, id, options))


def arrow_schema(table: str | None = "plans", *, unsigned: bool = True) -> Any:
    """The Arrow schema of a table as `parse_batches` gives it: what engines ask for before they run anything.

    Strings are `large_string` and codes are strings too, since not every engine knows dictionaries; lists are `list`.

    Args:
        table: The table: `"plans"` (the default), another one of a corpus, or `"texts"`; None for all at once.
        unsigned: False for signed numbers of the next size in place of unsigned ones. True by default.

    Returns:
        A `pyarrow.Schema` where pyarrow is installed, else a `polars.Schema`, which speaks Arrow too.

    Raises:
        InvalidArgumentError: There is no such table.

    Examples:
        >>> import fangan as fg, polars as pl
        >>> str(pl.Schema(fg.arrow_schema("phases", unsigned=False))["level"])
        'Int16'
    """
    plain = _plain(table, unsigned)
    pyarrow = _pyarrow()
    return plain if pyarrow is None else _arrow(pyarrow, plain)


def _plain(table: str | None, unsigned: bool) -> pl.Schema:
    """The columns of a table with types that every engine knows."""
    if table is None:
        lists = {name: pl.List(pl.Struct(_plain(name, unsigned))) for name in TABLES}
        return pl.Schema({"source_id": pl.String(), **lists})
    known = (*TABLES, "texts")
    if table not in known:
        raise InvalidArgumentError(f"no table is called {table!r}; there are {', '.join(known)}")
    columns = {"source_id": pl.String(), "text": pl.String()} if table == "texts" else schema()[table].polars
    return pl.Schema({name: _simple(dtype, unsigned) for name, dtype in columns.items()})


def _simple(dtype: Any, unsigned: bool) -> Any:
    if isinstance(dtype, pl.Enum):
        return pl.String()
    if isinstance(dtype, pl.List):
        return pl.List(_simple(dtype.inner, unsigned))
    if isinstance(dtype, pl.Struct):
        return pl.Struct({field.name: _simple(field.dtype, unsigned) for field in dtype.fields})
    return dtype if unsigned else _SIGNED.get(dtype, dtype)


def _arrow(pyarrow: Any, plain: pl.Schema) -> Any:
    """The same as a schema of pyarrow. Polars would make large lists, which Spark does not know."""
    simple = {pl.String(): "large_string", pl.Boolean(): "bool_", pl.Date(): "date32", pl.Float64(): "float64"}

    def of(dtype: Any) -> Any:
        if isinstance(dtype, pl.List):
            return pyarrow.list_(pyarrow.field("item", of(dtype.inner)))
        if isinstance(dtype, pl.Struct):
            return pyarrow.struct([(field.name, of(field.dtype)) for field in dtype.fields])
        return getattr(pyarrow, simple.get(dtype, str(dtype).lower()))()

    return pyarrow.schema([(name, of(dtype)) for name, dtype in plain.items()])


def _given(rows: _fangan.ArrowTable | pl.DataFrame, plain: pl.Schema) -> Any:
    """Rows as a record batch with plain types."""
    pyarrow = _pyarrow()
    if pyarrow is None:
        return pl.DataFrame(rows).cast(plain)
    if isinstance(rows, pl.DataFrame):
        whole = rows.to_arrow(compat_level=pl.CompatLevel.oldest())
    else:
        whole = pyarrow.RecordBatchReader.from_stream(rows).read_all()
    parts = whole.cast(_arrow(pyarrow, plain)).combine_chunks().to_batches()
    return parts[0] if parts else pyarrow.RecordBatch.from_pylist([], schema=_arrow(pyarrow, plain))


def _rows(
    batches: object, table: str | None, text: str, id: str, options: dict[str, Any]
) -> Iterator[_fangan.ArrowTable | pl.DataFrame]:
    seen: set[str] = set()
    for batch in _frames(batches, text, id):
        lengths = batch["text"].str.len_bytes().fill_null(0).to_list()
        for part in chunks(enumerate(lengths), lambda row: int(row[1]), most=_TEXTS, most_bytes=_BYTES):
            frame = batch.slice(part[0][0], len(part))
            _check(frame["source_id"], id, seen)
            # A null text is a row of `sources` with an error, like a file that cannot be read.
            parsed = _fangan.parse_column(frame, table=table, **options)
            yield _nested(frame["source_id"], parsed) if table is None else parsed[table]


def _nested(ids: pl.Series, parsed: Mapping[str, _fangan.ArrowTable]) -> pl.DataFrame:
    """A row a source, with the rows that it has in each table."""
    whole = ids.to_frame()
    for name in TABLES:
        table = pl.DataFrame(parsed[name])
        source = pl.col("source_id") if "source_id" in table.columns else pl.col("plan_id").str.replace(r"#\d+$", "")
        rows = table.select(source.alias("_source"), pl.struct(pl.all()).alias(name))
        lists = rows.group_by("_source", maintain_order=True).agg(name)
        whole = whole.join(lists, left_on="source_id", right_on="_source", how="left", maintain_order="left")
    return whole.with_columns(pl.exclude("source_id").fill_null([]))


def _frames(batches: Any, text: str, id: str) -> Iterator[pl.DataFrame]:
    """The columns `source_id` and `text` of each record batch."""
    if not _speaks_arrow(batches) and (isinstance(batches, str | bytes | dict) or not isinstance(batches, Iterable)):
        raise InvalidArgumentError(f"batches must be record batches or a table, not {type(batches).__name__}")
    for each in [batches] if _speaks_arrow(batches) else batches:
        if not _speaks_arrow(each):
            raise InvalidArgumentError(f"a record batch is needed, not {type(each).__name__}")
        for batch in _parts(each):
            yield pl.DataFrame([_strings(batch, id).alias("source_id"), _strings(batch, text).alias("text")])


def _speaks_arrow(value: object) -> bool:
    return hasattr(value, "__arrow_c_array__") or hasattr(value, "__arrow_c_stream__")


def _parts(value: Any) -> Iterable[Any]:
    pyarrow = _pyarrow()
    if pyarrow is None:
        return [pl.DataFrame(value)]
    if hasattr(value, "__arrow_c_array__"):
        return [pyarrow.record_batch(value)]
    reader: Iterable[Any] = pyarrow.RecordBatchReader.from_stream(value)
    return reader


def _strings(batch: Any, name: str) -> pl.Series:
    """A column of strings; of pyarrow's batch or of a frame, and without a copy."""
    columns = batch.columns if isinstance(batch, pl.DataFrame) else batch.schema.names
    if columns.count(name) != 1:
        said = "no column" if name not in columns else "more than one column"
        raise InvalidArgumentError(f"the batches have {said} called {name!r}; they have {', '.join(columns)}")
    column = pl.Series(batch[name])
    if column.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
        raise InvalidArgumentError(f"{name} is a column of {column.dtype}; a column of strings is needed")
    return column.cast(pl.String)


def _check(ids: pl.Series, name: str, seen: set[str]) -> None:
    """Remember ids, which must differ: rows of two texts under one id could not be told apart."""
    for each in ids:
        if each is None:
            raise InvalidArgumentError(f"{name} has nulls; give every text an id")
        if each in seen:
            raise InvalidArgumentError(f"two texts have the id {each!r}; ids must differ in the whole data set")
        seen.add(each)


def _pyarrow() -> Any:
    """Engines bring pyarrow, and ask for its record batches; fangan itself does without."""
    try:
        return import_module("pyarrow")
    except ImportError:
        return None
