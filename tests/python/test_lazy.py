"""Lazy frames over files and expressions over columns of texts: the rows of `read`, however the work is cut up."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan import _lazy
from fangan._schema import TABLES

SAMPLES = Path(str(resources.files("fangan").joinpath("samples", "texts")))


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


def _comparable(frame: pl.DataFrame) -> pl.DataFrame:
    """What may differ is left out: `scan` resolves no references, a text in a column has no name of its own."""
    unknown = ("resolved_plan_id", "path", "format", "encoding")
    return frame.drop([name for name in unknown if name in frame.columns])


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_a_scan_has_the_rows_of_a_corpus(samples: fg.Corpus, table: str, engine: str) -> None:
    scanned = fg.scan(SAMPLES, table=table).collect(engine=engine)
    assert scanned.schema == samples.table(table).schema
    assert _comparable(scanned).equals(_comparable(samples.table(table)))


def test_texts_can_be_scanned_too(samples: fg.Corpus) -> None:
    texts = fg.scan(SAMPLES, table="texts").collect()
    assert dict(texts.iter_rows()) == {name: samples.source_text(name) for name in samples.sources["source_id"]}


@pytest.mark.parametrize("files", [1, 3, 1000])
@pytest.mark.parametrize("threads", [1, 2])
def test_how_files_are_cut_up_plays_no_part(
    samples: fg.Corpus, monkeypatch: pytest.MonkeyPatch, files: int, threads: int
) -> None:
    monkeypatch.setattr(_lazy, "_SOURCES", files)
    assert fg.scan(SAMPLES, table="phases", threads=threads).collect().equals(samples.phases)


def test_only_what_a_query_needs_is_made(samples: fg.Corpus) -> None:
    query = fg.scan(SAMPLES, table="phases").filter(pl.col("level") == 1).select("name", "start_on")
    plan = query.explain()
    assert "PROJECT 3/17 COLUMNS" in plan
    assert "SELECTION" in plan
    assert query.collect().equals(samples.phases.filter(pl.col("level") == 1).select("name", "start_on"))
    assert fg.scan(SAMPLES, table="phases").head(5).collect().equals(samples.phases.head(5))
    assert fg.scan(SAMPLES).select(pl.len()).collect().item() == len(samples)


def test_a_scan_is_written_as_it_streams(samples: fg.Corpus, tmp_path: Path) -> None:
    fg.scan(SAMPLES, table="targets").sink_parquet(tmp_path / "targets.parquet")
    assert pl.read_parquet(tmp_path / "targets.parquet").equals(samples.targets)


def test_options_and_errors_are_those_of_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("植樹活動", encoding="utf-8")
    assert fg.scan(tmp_path, table="repairs", repairs=[]).collect().is_empty()
    assert fg.scan(tmp_path, table="repairs").collect().height == 2
    for ask, error, said in (
        (lambda: fg.scan(tmp_path, table="nothing"), fg.InvalidArgumentError, "no table is called 'nothing'"),
        (lambda: fg.scan(tmp_path, repairs="pinyin"), fg.InvalidArgumentError, "give a list"),
        (lambda: fg.scan(tmp_path / "gone"), fg.ReadError, "does not exist"),
        (lambda: fg.scan(tmp_path, lexicon=tmp_path / "gone"), fg.FanganError, "gone"),
    ):
        with pytest.raises(error, match=said):
            ask()


def test_a_file_that_cannot_be_read_is_a_row(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("望海市植树活动实施方案", encoding="utf-8")
    paths = [tmp_path / "gone.txt", tmp_path / "a.txt"]
    sources = fg.scan(paths, table="sources").collect()
    assert sources["error"].is_null().to_list() == [False, True]
    assert fg.scan(paths).collect()["source_id"].to_list() == ["a.txt"]


@pytest.mark.parametrize("table", TABLES)
def test_an_expression_has_the_rows_of_a_corpus(samples: fg.Corpus, table: str) -> None:
    texts = pl.DataFrame({"_name": samples.sources["source_id"]}).with_columns(
        pl.col("_name").map_elements(samples.source_text, return_dtype=pl.String).alias("text")
    )
    listed = texts.select("_name", getattr(pl.col("text").fangan, table)().alias("rows"))
    assert listed["rows"].null_count() == 0
    rows = listed.explode("rows", empty_as_null=False).unnest("rows", separator="_")
    rows = rows.rename({f"rows_{name}": name for name in samples.table(table).columns})
    if "plan_id" in rows.columns:
        rows = rows.with_columns(pl.concat_str("_name", pl.col("plan_id").str.strip_prefix("text")).alias("plan_id"))
    if "source_id" in rows.columns:
        rows = rows.with_columns(pl.col("_name").alias("source_id"))
    assert _comparable(rows.drop("_name")).equals(_comparable(samples.table(table)))


def test_an_expression_depends_on_its_row_alone(samples: fg.Corpus) -> None:
    texts = pl.DataFrame({"text": [*map(samples.source_text, samples.sources["source_id"]), None, ""] * 2})
    whole = texts.select(pl.col("text").fangan.parse())
    parts = pl.concat([part.select(pl.col("text").fangan.parse()) for part in texts.iter_slices(7)])
    assert whole.equals(parts)
    assert whole[::-1].equals(texts[::-1].select(pl.col("text").fangan.parse()))
    plans = texts.select(pl.col("text").fangan.plans())["text"]
    assert plans[30] is None
    assert plans[31].is_empty()
    empty = texts.clear().select(pl.col("text").fangan.phases())
    assert empty.schema["text"] == whole.select(pl.col("text").struct.field("phases")).schema["phases"]


def test_an_expression_stays_native_on_the_streaming_engine() -> None:
    query = pl.LazyFrame({"text": ["望海市植树活动实施方案"]}).with_columns(
        pl.col("text").fangan.phases().alias("phases")
    )
    plan = query.show_graph(engine="streaming", plan_stage="physical", raw_output=True)
    assert "with-columns" in plan
    assert "in-memory-map" not in plan
    assert query.collect(engine="streaming")["phases"].to_list() == [[]]


def test_an_expression_says_what_is_wrong() -> None:
    with pytest.raises(fg.NotFoundError, match="no table is called 'nothing'"):
        pl.col("text").fangan.table("nothing")
    with pytest.raises(fg.FanganError, match="gone"):
        pl.col("text").fangan.phases(lexicon="gone")
    with pytest.raises(fg.InvalidArgumentError, match="give a list"):
        pl.col("text").fangan.phases(repairs="pinyin")
    with pytest.raises(Exception, match="a column of strings is needed"):
        pl.DataFrame({"number": [1]}).select(pl.col("number").fangan.plans())
