"""What all results of analyses have in common: schemas, Chinese headings, progress, and Ctrl-C."""

from __future__ import annotations

from collections.abc import Callable

import fangan as fg
import polars as pl
import pytest

A, B = "03_luan2018.txt#1", "04_huoshan2018.txt#1"
RESULTS: dict[str, Callable[[fg.Corpus], pl.DataFrame]] = {
    "score": lambda corpus: corpus.score("criteria"),
    "score_totals": lambda corpus: corpus.score_totals("pmc"),
    "scores": lambda corpus: corpus.scores,
    "compare": lambda corpus: corpus.compare(A, B),
    "similarity": lambda corpus: corpus.similarity("phases"),
    "duplicates": lambda corpus: corpus.duplicates(),
    "reuse": lambda corpus: corpus.reuse(),
    "ledger": lambda corpus: corpus.ledger(A, B),
    "diffusion": lambda corpus: corpus.diffusion(),
    "kwic": lambda corpus: corpus.kwic("厕所"),
    "tokens": lambda corpus: corpus.tokens(),
    "places": lambda corpus: corpus.places(),
    "residue": lambda corpus: corpus.residue(),
}
GROUPED: dict[str, Callable[[fg.Corpus], pl.DataFrame]] = {
    "compare_groups": lambda corpus: corpus.compare_groups("prefecture"),
    "ngrams": lambda corpus: corpus.ngrams(by="prefecture"),
    "keyness": lambda corpus: corpus.keyness("prefecture"),
    "panel": lambda corpus: corpus.panel(),
}
Long = Callable[[fg.Corpus, Callable[[int, int], object]], pl.DataFrame]
LONG: dict[str, Long] = {
    "score": lambda corpus, progress: corpus.score(progress=progress),
    "similarity": lambda corpus, progress: corpus.similarity(progress=progress),
    "duplicates": lambda corpus, progress: corpus.duplicates(progress=progress),
    "reuse": lambda corpus, progress: corpus.reuse(progress=progress),
    "diffusion": lambda corpus, progress: corpus.diffusion(progress=progress),
}


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


@pytest.mark.parametrize("name", RESULTS)
def test_schemas_are_fixed_also_without_rows(samples: fg.Corpus, name: str) -> None:
    known = fg.schema()[name]
    frame = RESULTS[name](samples)
    assert frame.schema == known.polars
    for column in known.columns:
        if not column.nullable:
            assert frame[column.name].null_count() == 0, column.name
    if name not in ("compare", "ledger"):
        assert RESULTS[name](samples.filter(pl.lit(False))).schema == known.polars


@pytest.mark.parametrize("name", GROUPED)
def test_results_of_groups_end_with_the_fixed_columns(samples: fg.Corpus, name: str) -> None:
    fixed = {column.name: column.dtype for column in fg.schema()[name].columns}
    frame = GROUPED[name](samples)
    assert {column: dtype for column, dtype in frame.schema.items() if column in fixed} == fixed
    assert len(frame.columns) == len(fixed) + 1


@pytest.mark.parametrize("name", [*RESULTS, *GROUPED])
def test_chinese_headings(samples: fg.Corpus, name: str) -> None:
    frame = (RESULTS | GROUPED)[name](samples)
    chinese = {column.name: column.chinese for column in fg.schema()[name].columns}
    renamed = fg.to_zh(frame, table=name)
    expected = [chinese.get(column) for column in frame.columns]
    assert [label for label, known in zip(renamed.columns, expected, strict=True) if known] == [
        label for label in expected if label
    ]
    # Without being told it finds the table by itself.
    assert fg.to_zh(frame).columns == renamed.columns


@pytest.mark.parametrize("name", LONG)
def test_long_work_tells_how_far_it_is(samples: fg.Corpus, name: str) -> None:
    told: list[tuple[int, int]] = []
    LONG[name](samples, lambda done, total: told.append((done, total)))
    assert told
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


@pytest.mark.parametrize("name", LONG)
def test_long_work_can_be_stopped(samples: fg.Corpus, name: str) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        LONG[name](samples, stop)


def test_evidence_of_a_plan_is_quoted_by_its_id(samples: fg.Corpus) -> None:
    start, end = samples.plans.filter(pl.col("plan_id") == A).select("start", "end").row(0)
    assert samples.quote(A, start, end) == samples.quote("03_luan2018.txt", start, end)
    with pytest.raises(fg.NotFoundError):
        samples.quote("nobody#1", 0, 1)
