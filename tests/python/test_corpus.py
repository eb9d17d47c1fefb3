from __future__ import annotations

from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from conftest import NOTICE
from fangan._schema import TABLES


def test_length_is_the_number_of_plans(corpus: fg.Corpus) -> None:
    assert len(corpus) == corpus.plans.height >= 2


def test_filter_takes_every_table_along(made: fg.Corpus) -> None:
    part = made.filter(pl.col("region") == "望海市")
    assert part.plans["plan_id"].to_list() == ["x#1"]
    assert part.sources["source_id"].to_list() == ["x"]
    assert part.phases["plan_id"].to_list() == ["x#1", "x#1"]
    assert part.criteria.height == 2
    assert part.references.is_empty()
    with pytest.raises(fg.NotFoundError):
        part.source_text("y")
    assert made.phases.height == 3, "the corpus itself does not change"


def test_filter_by_nothing_and_by_everything(corpus: fg.Corpus) -> None:
    none = corpus.filter(pl.lit(False))
    assert len(none) == 0
    assert all(none.table(name).is_empty() for name in TABLES)
    assert none.verify().ok
    assert corpus.filter(pl.col("plan_id").is_not_null()).plans.equals(corpus.plans)
    assert len(corpus.filter(pl.col("source_id") == "a", pl.col("ordinal") == 1)) == 1


def test_filter_names_the_missing_column(corpus: fg.Corpus) -> None:
    with pytest.raises(fg.InvalidArgumentError, match="plan_id"):
        corpus.filter(pl.col("nothing") == 1)


def test_parquet_round_trip(corpus: fg.Corpus, tmp_path: Path) -> None:
    back = fg.Corpus.from_parquet(corpus.to_parquet(tmp_path / "deep" / "folder"))
    assert back.equals(corpus)
    for name in TABLES:
        assert back.table(name).schema == corpus.table(name).schema
    assert back.source_text("a") == NOTICE
    assert back.verify().ok
    assert back.verify().checked == corpus.verify().checked
    assert not back.equals(corpus.filter(pl.lit(False)))


def test_parquet_keeps_what_verify_needs(tmp_path: Path) -> None:
    corpus = fg.parse("推進農村衛(wèi)生工作", repairs=["pinyin"])
    assert fg.Corpus.from_parquet(corpus.to_parquet(tmp_path)).verify().ok


def test_a_folder_that_is_no_corpus(corpus: fg.Corpus, tmp_path: Path) -> None:
    (corpus.to_parquet(tmp_path) / "phases.parquet").write_bytes(b"nothing")
    with pytest.raises(fg.ReadError, match="holds no corpus"):
        fg.Corpus.from_parquet(tmp_path)
    with pytest.raises(fg.ReadError, match="cannot be written"):
        corpus.to_parquet(tmp_path / "phases.parquet")


def test_verify_checks_every_row_with_a_place(corpus: fg.Corpus) -> None:
    outcome = corpus.verify()
    assert outcome.ok
    assert bool(outcome)
    placed = [name for name in TABLES if name != "sources"]
    assert outcome.counts["table"].to_list() == placed
    assert outcome.checked == sum(corpus.table(name).height for name in placed)
    assert corpus.filter(pl.col("source_id") == "a").verify().ok


TAMPERED = [
    ("phases", pl.lit("检查验收").alias("text"), "text"),
    ("phases", (pl.col("start") + 1).alias("start"), "text"),
    ("criteria", (pl.col("end") + 1000).alias("end"), "start"),
    ("plans", pl.lit("另一个标题").alias("title"), "title"),
]


@pytest.mark.parametrize(("table", "change", "column"), TAMPERED)
def test_verify_finds_what_was_tampered_with(made: fg.Corpus, table: str, change: pl.Expr, column: str) -> None:
    tables = {name: made.table(name) for name in TABLES}
    tables["plans"] = tables["plans"].with_columns(title=pl.lit("检查验收"))
    tables["references"] = tables["references"].clear()
    tables["criteria"] = (
        tables["criteria"].filter(pl.col("plan_id") == "x#1").with_columns(text=pl.lit("班子好，队伍好。"))
    )
    sound = fg.Corpus(tables, made._texts)
    whole = sound.verify()
    assert whole.ok, whole.failures
    tables[table] = tables[table].with_columns(change)
    outcome = fg.Corpus(tables, made._texts).verify()
    assert not outcome.ok
    assert outcome.failures["table"].unique().to_list() == [table]
    assert column in outcome.failures["column"]
    assert "fail" in repr(outcome)
    counts = dict(outcome.counts.select("table", "failed").rows())
    assert counts.pop(table) > 0
    assert set(counts.values()) == {0}


def test_evidence(made: fg.Corpus) -> None:
    assert made.evidence(made.phases.row(1, named=True)) == "检查验收。"
    assert made.quote("x", 0, 4) == "动员部署"
    with pytest.raises(fg.InvalidArgumentError, match="has 27 characters"):
        made.quote("x", 0, 1000)
    with pytest.raises(fg.InvalidArgumentError, match="start, end"):
        made.evidence({"plan_id": "x#1"})
    with pytest.raises(fg.NotFoundError, match="no source is called"):
        made.quote("z", 0, 1)


def test_what_a_corpus_says_of_itself(made: fg.Corpus) -> None:
    text = repr(made)
    for fact in ("2010-2011", "望海市 1", "方案 2", "ocr 2", "100.0%", "phases 3"):
        assert fact in text, fact
    page = made._repr_html_()
    assert page.count("<table>") == page.count("</table>") == 2
    assert "望海市 1" in page
    assert "望海" not in fg.parse([])._repr_html_()
    assert "nothing read" in repr(fg.parse([]))


def test_html_is_escaped() -> None:
    corpus = fg.parse("通知")
    tables = {name: corpus.table(name) for name in TABLES}
    tables["plans"] = tables["plans"].with_columns(region=pl.lit("<b>&"))
    assert "&lt;b&gt;&amp; 1" in fg.Corpus(tables, corpus._texts)._repr_html_()


def test_compare(made: fg.Corpus) -> None:
    frame = made.compare("x#1", "y#1")
    assert frame.schema == fg.schema()["compare"].polars
    phases = frame.filter(pl.col("aspect") == "phase")
    assert phases.select("status", "a_id", "b_id").rows() == [("edited", 1, 1), ("dropped", 2, None)] or phases.select(
        "status", "a_id", "b_id"
    ).rows() == [("kept", 1, 1), ("dropped", 2, None)]
    row = phases.row(0, named=True)
    assert made.quote("x", row["a_start"], row["a_end"]).startswith("动员部署")
    same = made.compare("x#1", "x#1")
    assert same["status"].unique().to_list() == ["kept"]
    assert same["similarity"].min() == 1.0
    with pytest.raises(fg.NotFoundError, match="no plan is called 'z#1'"):
        made.compare("x#1", "z#1")


def test_unknown_table(corpus: fg.Corpus) -> None:
    with pytest.raises(fg.NotFoundError, match="there are sources, plans"):
        corpus.table("nothing")
