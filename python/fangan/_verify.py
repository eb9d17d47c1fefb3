"""The proof that rows are grounded: `Corpus.verify`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import polars as pl

from fangan import _fangan
from fangan._vocabulary import load

_CHECKS: tuple[tuple[str, str, bool], ...] = (
    ("plans", "title", False),
    ("sections", "heading", False),
    ("sections", "text", False),
    ("phases", "text", True),
    ("criteria", "text", True),
    ("targets", "quote", False),
    ("leaders", "name", False),
    ("references", "title", False),
    ("slogans", "formula", False),
    ("unparsed", "text", True),
)
"""Table, column, and whether the column must be all that the evidence says; otherwise it must be part of it, white
space and punctuation aside (a heading stands between its marker and its text, a name may be spaced out in a table)."""


@dataclass(frozen=True)
class Verification:
    """The outcome of `Corpus.verify`.

    Attributes:
        counts: For each table: `table`, `checked`, `failed` (rows).
        failures: The cells that failed: table, row (its place in the table), source_id, column, start, end, text (what
            the row says), evidence (what cleaning the evidence gives, or why the row has none).
    """

    counts: pl.DataFrame
    failures: pl.DataFrame = field(repr=False)

    @property
    def ok(self) -> bool:
        """Whether every row holds."""
        return self.failures.is_empty()

    @property
    def checked(self) -> int:
        """Number of rows checked."""
        return int(self.counts["checked"].sum())

    def __bool__(self) -> bool:
        return self.ok

    def __repr__(self) -> str:
        failed = int(self.counts["failed"].sum())
        verdict = "all rows hold" if self.ok else f"{failed} fail, see .failures"
        return f"Verification({self.checked} rows checked: {verdict})"


def verify(
    tables: Mapping[str, pl.DataFrame],
    texts: pl.DataFrame,
    *,
    repairs: Sequence[str] | None,
    lexicon: str | None,
    threads: int | None,
) -> Verification:
    """Check every row of every table with offsets; see `Corpus.verify`."""
    sources = dict(texts.select("source_id", "text").iter_rows())
    lengths = {name: len(text) for name, text in sources.items()}
    found: list[dict[str, object]] = []
    pending: dict[str, list[tuple[str, int, str, tuple[int, int, str, bool]]]] = {name: [] for name in sources}
    columns: dict[str, list[tuple[str, bool]]] = {}
    for table, column, exact in _CHECKS:
        columns.setdefault(table, []).append((column, exact))

    def fail(
        table: str, row: int, source: str | None, column: str, place: tuple[int, int], says: str, why: str
    ) -> None:
        found.append(
            dict(
                table=table,
                row=row,
                source_id=source,
                column=column,
                start=place[0],
                end=place[1],
                text=says,
                evidence=why,
            )
        )

    for table, frame in tables.items():
        if "start" not in frame.columns:
            continue
        owner = pl.col("source_id") if "source_id" in frame.columns else pl.col("plan_id").str.replace(r"#\d+$", "")
        checks = columns.get(table, [])
        shown = [pl.col(column).alias(f"_{number}") for number, (column, _) in enumerate(checks)]
        if table == "repairs":
            shown = [pl.col("before").alias("_before")]
        for number, (source, start, end, *says) in enumerate(frame.select(owner, "start", "end", *shown).iter_rows()):
            if source not in sources or not start <= end <= lengths[source]:
                fail(table, number, source, "start", (start, end), "", "the place does not lie in the source")
                continue
            if table == "repairs":
                # A repair quotes the source itself, so it is compared with that.
                if sources[source][start:end] != says[0]:
                    fail(table, number, source, "before", (start, end), says[0], sources[source][start:end])
                continue
            for (column, exact), text in zip(checks, says, strict=True):
                if text is not None:
                    pending[source].append((table, number, column, (start, end, text, exact)))

    names = [name for name, rows in pending.items() if rows]
    answers = _fangan.check_rows(
        [sources[name] for name in names],
        [[row for *_, row in pending[name]] for name in names],
        lexicon=load(lexicon),
        repairs=repairs,
        threads=threads,
    )
    for name, answer in zip(names, answers, strict=True):
        for (table, number, column, (start, end, text, _)), reading in zip(pending[name], answer, strict=True):
            if reading is not None:
                fail(table, number, name, column, (start, end), text, reading)
    failures = pl.DataFrame(
        found,
        schema={
            "table": pl.String,
            "row": pl.UInt32,
            "source_id": pl.String,
            "column": pl.String,
            "start": pl.UInt32,
            "end": pl.UInt32,
            "text": pl.String,
            "evidence": pl.String,
        },
    )
    failed = dict(failures.group_by("table").agg(pl.col("row").n_unique()).iter_rows())
    checked = [(name, frame.height, failed.get(name, 0)) for name, frame in tables.items() if "start" in frame.columns]
    counts = pl.DataFrame(checked, schema={"table": pl.String, "checked": pl.UInt32, "failed": pl.UInt32}, orient="row")
    return Verification(counts, failures)
