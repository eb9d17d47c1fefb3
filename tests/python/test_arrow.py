"""Columns of texts from any library that speaks Arrow, and tables into DuckDB and pandas by their own readers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest
from fangan import _fangan

TEXTS = [
    "关于开展植树活动的通知",
    "临水县改厕方案\n一、目标\n到2011年底，普及率达到80%以上。\n",
    "",
    "关于开展植树活动的通知",
]
IDS = ["a", "b", "c", "d"]


class Chunk:
    """What another library gives: nothing but Arrow's interface for one array."""

    def __init__(self, array: Any) -> None:
        self.array = array

    def __arrow_c_array__(self, requested_schema: object = None) -> object:
        return self.array.__arrow_c_array__(requested_schema)


def _pandas(dtype: str | None) -> Any:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pandas hands its columns over by pyarrow, which is not installed")
    return pandas.Series(TEXTS, dtype=dtype)


def _pyarrow(make: Callable[[Any], Any]) -> Any:
    return make(pytest.importorskip("pyarrow", reason="pyarrow is not installed"))


def _duckdb() -> Any:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    texts = pl.DataFrame({"text": TEXTS})  # noqa: F841, DuckDB finds it by its name
    return pl.DataFrame(duckdb.sql("select text from texts"))["text"]


def _arrow_dtype() -> Any:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    return pandas.Series(TEXTS, dtype=pandas.ArrowDtype(pa.large_string()))


COLUMNS: dict[str, Callable[[], Any]] = {
    "polars": lambda: pl.Series(TEXTS),
    "polars chunks": lambda: pl.concat([pl.Series(TEXTS[:1]), pl.Series(TEXTS[1:])], rechunk=False),
    "polars part": lambda: pl.Series(["x", *TEXTS, "y"])[1:-1],
    "polars categorical": lambda: pl.Series(TEXTS, dtype=pl.Categorical),
    "polars enum": lambda: pl.Series(TEXTS, dtype=pl.Enum(sorted(set(TEXTS)))),
    "pandas": lambda: _pandas(None),
    "pandas objects": lambda: _pandas("object"),
    "pandas python strings": lambda: _pandas("string[python]"),
    "pandas arrow strings": lambda: _pandas("string[pyarrow]"),
    "pandas arrow": _arrow_dtype,
    "pandas categorical": lambda: _pandas("category"),
    "pyarrow string": lambda: _pyarrow(lambda pa: pa.array(TEXTS)),
    "pyarrow large_string": lambda: _pyarrow(lambda pa: pa.array(TEXTS, pa.large_string())),
    "pyarrow string_view": lambda: _pyarrow(lambda pa: pa.array(TEXTS, pa.string_view())),
    "pyarrow dictionary": lambda: _pyarrow(lambda pa: pa.array(TEXTS).dictionary_encode()),
    "pyarrow chunks": lambda: _pyarrow(lambda pa: pa.chunked_array([TEXTS[:2], [], TEXTS[2:]])),
    "pyarrow part": lambda: _pyarrow(lambda pa: pa.array(["x", *TEXTS])[1:]),
    "an array": lambda: _pyarrow(lambda pa: Chunk(pa.array(TEXTS))),
    "duckdb": _duckdb,
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_columns_are_read_where_they_lie(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    column = COLUMNS[kind]()
    expected = fg.parse(dict(zip(IDS, TEXTS, strict=True)))
    # No string of Python is made of a text: the core has the column itself.
    monkeypatch.setattr(_fangan, "parse_sources", None)
    assert fg.parse(column, ids=IDS).equals(expected)


def test_ids_may_be_a_column_of_another_library() -> None:
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    expected = fg.parse(dict(zip(IDS, TEXTS, strict=True)))
    for ids in (pa.array(IDS), pl.Series(IDS, dtype=pl.Categorical), iter(IDS)):
        assert fg.parse(pl.Series(TEXTS), ids=ids).equals(expected)


def test_ids_that_arrow_does_not_know_are_taken_all_the_same() -> None:
    assert fg.parse(pl.Series(TEXTS[:1]), ids=["a\udcff"]).sources["source_id"].to_list() == ["a\ufffd"]


def test_a_lazy_frame_is_no_column() -> None:
    with pytest.raises(fg.InvalidArgumentError, match="not LazyFrame"):
        fg.parse(pl.LazyFrame({"text": TEXTS}))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fg.samples().to_parquet(tmp_path_factory.mktemp("stored") / "corpus")


def test_duckdb_reads_frames_and_files(stored: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    phases = fg.samples().phases
    expected = phases.filter(stage="review").height
    asked = "select count(*) from {} where stage = 'review'"
    assert expected > 0
    assert duckdb.sql(asked.format("phases")).fetchall() == [(expected,)]
    assert duckdb.sql(asked.format(f"read_parquet('{stored}/phases.parquet')")).fetchall() == [(expected,)]
    back = pl.DataFrame(duckdb.sql("select * from phases"))
    assert back.equals(phases.with_columns(pl.selectors.enum().cast(pl.String)))


def test_duckdb_streams_a_table_of_texts() -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    texts = pl.DataFrame({"source_id": IDS, "text": TEXTS})  # noqa: F841, DuckDB finds it by its name
    given = duckdb.sql("select * from texts")
    made = pa.RecordBatchReader.from_batches(fg.arrow_schema("targets"), fg.parse_batches(given, table="targets"))
    # The query that is being read has its connection to itself.
    assert duckdb.connect().sql("select plan_id, value, unit from made").fetchall() == [("b#1", 80.0, "%")]
    assert made.read_all().num_rows == 0  # nothing was kept


@pytest.mark.parametrize("table", ["plans", "phases", "targets", "diagnostics"])
def test_pandas_has_the_tables(table: str, stored: Path) -> None:
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    frame = fg.samples().table(table)
    codes = [name for name, dtype in frame.schema.items() if isinstance(dtype, pl.Enum)]
    assert codes
    made_of = [frame.to_pandas(), pandas.read_parquet(stored / f"{table}.parquet")]
    if not any(dtype.is_nested() for dtype in frame.dtypes):  # pyarrow has no way yet for lists as Polars has them
        made_of.append(pandas.DataFrame.from_arrow(frame))
    for made in made_of:
        assert list(made.columns) == frame.columns
        assert len(made) == frame.height
        for name in codes:
            assert [None if pandas.isna(cell) else cell for cell in made[name]] == frame[name].to_list()
    kept = frame.to_pandas(use_pyarrow_extension_array=True)
    whole = [name for name, dtype in frame.schema.items() if dtype.is_integer()]
    assert all(kept[name].dtype.kind in "iu" for name in whole)  # where there are nulls, they would be made floats
    ordered = frame.to_pandas()[codes[0]]
    assert isinstance(ordered.dtype, pandas.CategoricalDtype)
    assert ordered.cat.categories.to_list() == frame[codes[0]].dtype.categories.to_list()
