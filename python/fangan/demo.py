"""The bundled samples as tables and charts: `python -m fangan.demo [folder]`.

Writes Parquet files and a timeline to `out/`, or to the folder that is given.
"""

from __future__ import annotations

import sys
from itertools import zip_longest
from pathlib import Path

import polars as pl

import fangan as fg
from fangan._terminal import display_width

WIDTH = 170
"""Columns that the tables may take; a terminal that is narrower breaks their lines."""


def aligned(frame: pl.DataFrame, *, widest: int = 28, most: int = 40) -> str:
    """A frame as text whose columns stand straight, Chinese or not.

    Args:
        frame: The frame.
        widest: Columns of the terminal that a cell may take. 28 by default.
        most: Rows that are shown. 40 by default.

    Returns:
        Lines; null cells are empty.

    Examples:
        >>> print(aligned(pl.DataFrame({"name": ["动员部署", None], "n": [1, 2]})))
        name      n
        --------  -
        动员部署  1
                  2
        2 rows
    """
    return str(fg.show(frame, rows=most, widest=widest, width=WIDTH))


def _title(text: str) -> None:
    print(f"\n{text}\n{'=' * display_width(text)}")


def _first_of(corpus: fg.Corpus, region: str) -> str | None:
    """The first plan of a region that has phases or criteria, or else the first at all."""
    ids = corpus.plans.filter(
        pl.any_horizontal(
            pl.col(column).str.starts_with(region) for column in ("prefecture", "region", "title", "issuer")
        )
    )["plan_id"].to_list()
    rich = set(corpus.phases["plan_id"]) | set(corpus.criteria["plan_id"])
    return next((plan_id for plan_id in ids if plan_id in rich), ids[0] if ids else None)


def _pair(corpus: fg.Corpus) -> tuple[str, str] | None:
    """日照 and 常州 where the samples have them, otherwise the first two plans."""
    named = [_first_of(corpus, region) for region in ("日照", "常州")]
    if named[0] is not None and named[1] is not None:
        return named[0], named[1]
    ids = corpus.plans["plan_id"].to_list()
    return (ids[0], ids[1]) if len(ids) > 1 else None


def _beside(corpus: fg.Corpus, pair: tuple[str, str]) -> pl.DataFrame:
    """What two plans consist of, side by side: main headings, phases, frameworks with their items, targets."""

    def parts(plan_id: str) -> list[list[str]]:
        def rows(frame: pl.DataFrame) -> pl.DataFrame:
            return frame.filter(pl.col("plan_id") == plan_id)

        frameworks = rows(corpus.criteria).group_by("framework", maintain_order=True).agg(pl.col("item").drop_nulls())
        return [
            rows(corpus.sections).filter(pl.col("level") == 1)["heading"].to_list(),
            rows(corpus.phases).filter(pl.col("level") == 1).select(pl.coalesce("name", "label")).to_series().to_list(),
            [f"{name}: {'、'.join(items) or '-'}" for name, items in frameworks.iter_rows()],
            rows(corpus.targets).filter("is_target")["quote"].to_list(),
        ]

    a, b = parts(pair[0]), parts(pair[1])
    table = [
        (aspect if place == 0 else "", *texts)
        for aspect, left, right in zip(("sections", "phases", "criteria", "targets"), a, b, strict=True)
        for place, texts in enumerate(zip_longest(left, right, fillvalue=""))
    ]
    return pl.DataFrame(table, schema=["aspect", *pair], orient="row")


def main(folder: str = "out") -> None:
    """Parse the samples, print the tables, and write Parquet files and charts.

    Args:
        folder: Where the files go. `out` by default.
    """
    corpus = fg.samples()
    print(corpus)
    print(f"  verified  {corpus.verify()}")

    _title("plans")
    print(
        aligned(
            corpus.plans.select("plan_id", "title", "genre", "issuer", "doc_number", "region", "year", "campaign"),
            widest=26,
        )
    )
    _title("phases")
    print(aligned(corpus.phases.select("plan_id", "level", "label", "name", "stage", "start_on", "end_on"), widest=24))
    _title("criteria")
    print(
        aligned(
            corpus.criteria.select("plan_id", "framework", "kind", "declared", "found", "ordinal", "item"), widest=30
        )
    )
    _title("targets")
    print(
        aligned(
            corpus.targets.filter("is_target").select(
                "plan_id", "indicator", "comparator", "value", "unit", "deadline", "quote"
            ),
            most=15,
        )
    )

    pair = _pair(corpus)
    if pair is not None:
        _title(f"{pair[0]} beside {pair[1]}")
        print(aligned(_beside(corpus, pair), widest=46))
        _title("what compare() finds between them, rows by aspect and status")
        print(aligned(corpus.compare(*pair).group_by("aspect", "status", maintain_order=True).len("rows")))

    _title("scores: how complete, concrete, canonical and consistent each plan is, and its PMC index")
    scores = corpus.scores.select(
        "plan_id", "completeness", "specificity", "criteria", "consistency", "pmc", "pmc_band"
    )
    print(aligned(scores.with_columns(pl.col(pl.Float64).round(2))))
    _title("diffusion: which plan was likely made from which")
    sources = corpus.diffusion().select(
        "source_plan", "target_plan", "share", "new_share", "cites", "days", "direction"
    )
    print(aligned(sources.with_columns(pl.col(pl.Float64).round(2))))
    if not sources.is_empty():
        superior, subordinate = sources.select("source_plan", "target_plan").row(0)
        _title(f"ledger: what {subordinate} made of {superior}, edited clauses")
        ledger = corpus.ledger(superior, subordinate).filter(pl.col("status") == "edited")
        print(aligned(ledger.select("similarity", "edit").with_columns(pl.col("similarity").round(2)), widest=100))

    written = [corpus.to_parquet(Path(folder) / "corpus")]
    try:
        chart = fg.plot.timeline(corpus, since_start=True)
    except ImportError as error:
        print(f"\nno chart: {error}")
    else:
        written += [fg.plot.save(chart, Path(folder) / name) for name in ("timeline.html", "timeline.png")]
    _title("written")
    for path in written:
        print(f"  {path}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
