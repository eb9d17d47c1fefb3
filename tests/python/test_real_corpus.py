"""The real corpus, where the environment says that it is there.

FANGAN_CORPUS names a folder of sources, FANGAN_GOLD one of gold files (by default the folder `gold` beside it). A folder
`corpus_wild` beside it, of documents without gold, is parsed as well. Without them these tests are skipped.
"""

from __future__ import annotations

import os
from pathlib import Path

import fangan as fg
import polars as pl
import prediction
import pytest
import scoring

CORPUS = Path(os.environ["FANGAN_CORPUS"]) if os.environ.get("FANGAN_CORPUS") else None
GOLD = Path(os.environ["FANGAN_GOLD"]) if os.environ.get("FANGAN_GOLD") else CORPUS and CORPUS.parent / "gold"
WILD = CORPUS and CORPUS.parent / "corpus_wild"

# What the package promises on real sources: F1 by field, somewhat below what it reaches.
FLOORS = {
    "documents": 0.95,
    "title": 0.95,
    "issuer": 0.95,
    "region": 0.95,
    "phases": 0.93,
    "phase_dates": 0.95,
    "headings": 0.93,
    "criteria": 0.85,
    "criteria_items": 0.78,
    "targets": 0.90,
    "leaders": 0.95,
    "references": 0.95,
}
MEAN_FLOOR = 0.92

pytestmark = pytest.mark.skipif(
    CORPUS is None or not CORPUS.is_dir(), reason="FANGAN_CORPUS names no folder of sources"
)


@pytest.fixture(scope="module")
def corpus() -> fg.Corpus:
    return fg.read(CORPUS, progress=False)


def test_every_row_agrees_with_its_source(corpus: fg.Corpus) -> None:
    result = corpus.verify()
    assert result.checked > 1000
    assert result.ok, result.failures


def test_every_character_belongs_to_something(corpus: fg.Corpus) -> None:
    assert corpus.sources["coverage"].min() >= 0.98
    assert corpus.sources["error"].null_count() == corpus.sources.height


@pytest.mark.skipif(GOLD is None or not GOLD.is_dir(), reason="FANGAN_GOLD names no folder of gold files")
def test_scores(corpus: fg.Corpus) -> None:
    golds = scoring.load_gold(GOLD)
    score = scoring.score_all(golds, prediction.predict(corpus), scoring.load_texts(golds, [CORPUS]))
    table = score.table()
    print(table)
    below = {name: score[name].f1 for name, floor in FLOORS.items() if (score[name].f1 or 0.0) < floor}
    assert not below, f"{below}\n{table}"
    assert score.mean() >= MEAN_FLOOR, table


@pytest.mark.skipif(WILD is None or not WILD.is_dir(), reason="no folder corpus_wild beside FANGAN_CORPUS")
def test_wild_documents() -> None:
    wild = fg.read(WILD, progress=False)
    assert wild.verify().ok
    assert wild.sources["coverage"].min() >= 0.98
    # One document a file, none lost.
    assert wild.sources["n_plans"].to_list() == [1] * wild.sources.height


def test_two_health_centres_share_most_of_a_text() -> None:
    """The fourth and the eleventh document of source 002 are the same for some 92 % of the fourth, most of it in one run."""
    corpus = fg.read(CORPUS, progress=False)
    source = next(name for name in corpus.sources["source_id"] if name.startswith("002"))
    pair = (pl.col("plan_a") == f"{source}#4") & (pl.col("plan_b") == f"{source}#11")
    found = corpus.reuse().filter(pair)
    fourth = corpus.plans.row(by_predicate=pl.col("plan_id") == f"{source}#4", named=True)
    letters = sum(sign.isalnum() for sign in corpus.quote(source, fourth["start"], fourth["end"]))
    assert found["n_chars"].sum() / letters == pytest.approx(0.92, abs=0.02)
    # The run of 654 characters, punctuation left out.
    assert found["longest"].max() > 550
