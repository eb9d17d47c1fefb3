"""Words of plans: in context, as counts, and what is key to a group."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import polars as pl

from fangan import _fangan
from fangan._progress import reporter
from fangan._vocabulary import load
from fangan.errors import InvalidArgumentError

if TYPE_CHECKING:
    from fangan._tables import Settings

Progress = bool | Callable[[int, int], object] | None
Sources = list[tuple[str, list[tuple[str, int, int]]]]


def sources(plans: pl.DataFrame, texts: pl.DataFrame) -> Sources:
    """Each source text with its plans: id, start, end."""
    inside: dict[str, list[tuple[str, int, int]]] = {}
    for source_id, *place in plans.select("source_id", "plan_id", "start", "end").iter_rows():
        inside.setdefault(source_id, []).append((place[0], place[1], place[2]))
    wanted = texts.filter(pl.col("source_id").is_in(list(inside)))
    return [(text, inside[source_id]) for source_id, text in wanted.select("source_id", "text").iter_rows()]


def read(
    rows: Callable[..., _fangan.ArrowTable],
    *given: object,
    settings: Settings,
    threads: int | None,
    progress: Progress,
) -> pl.DataFrame:
    """What a function of the core makes of the sources, which it cleans again as they were cleaned for the corpus."""
    with reporter(progress) as report:
        lexicon = load(settings.lexicon)
        return pl.DataFrame(rows(*given, lexicon=lexicon, repairs=settings.repairs, threads=threads, progress=report))


def expression(pattern: str, window: int, regex: bool) -> str:
    """The regular expression that `kwic` searches for."""
    if not pattern:
        raise InvalidArgumentError("the pattern is empty; give a word or a regular expression")
    if window < 0:
        raise InvalidArgumentError(f"window is {window}; give a number of characters, 0 for none")
    return pattern if regex else re.escape(pattern)


def own_places(plans: pl.DataFrame) -> dict[str, tuple[int | None, int | None]]:
    """For each plan the code of its place and the year of the code."""
    return {
        plan_id: (None if code is None else int(code), year)
        for plan_id, code, year in plans.select("plan_id", "adcode", "year").iter_rows()
    }


def grouped(plans: pl.DataFrame, by: str | Sequence[str]) -> tuple[pl.DataFrame, list[str]]:
    """`plan_id` with the columns of `plans` that make groups."""
    columns = [by] if isinstance(by, str) else list(by)
    if not columns or len(set(columns)) < len(columns):
        raise InvalidArgumentError(f"by is {by!r}; give a column of plans, or several, each once")
    for column in columns:
        if column not in plans.columns or column == "plan_id":
            raise InvalidArgumentError(
                f"{column!r} is no column to group by; choose from {', '.join(plans.columns[1:])}"
            )
        if isinstance(plans.schema[column], pl.List):
            raise InvalidArgumentError(f"{column!r} holds lists; choose a column with one value a plan")
    return plans.select("plan_id", *columns), columns


def ngrams(
    words: pl.DataFrame, plans: pl.DataFrame, n: int, *, by: str | Sequence[str] | None, stop: bool, min_count: int
) -> pl.DataFrame:
    """See `Corpus.ngrams`."""
    if n < 1:
        raise InvalidArgumentError(f"n is {n}; give the number of words, 1 or more")
    run = ("plan_id", "run")
    parts = [pl.col("word").shift(-k).over(run) for k in range(n)]
    stops = [pl.col("stop").shift(-k).over(run) for k in range(n)]
    found = words.select(
        "plan_id",
        # Chinese needs no blank between words; two words divided otherwise are another n-gram, so they are shown apart.
        ngram=pl.concat_str(parts, separator=" "),
        stop=pl.any_horizontal(stops),
    ).drop_nulls("ngram")
    if not stop:
        found = found.filter(~pl.col("stop"))
    columns: list[str] = []
    if by is not None:
        groups, columns = grouped(plans, by)
        found = found.join(groups, on="plan_id", how="left", maintain_order="left")
    counted = found.group_by([*columns, "ngram"]).agg(
        pl.len().cast(pl.UInt32).alias("n"), pl.col("plan_id").n_unique().cast(pl.UInt32).alias("n_plans")
    )
    counted = counted.filter(pl.col("n") >= min_count)
    order = [*columns, "n", "ngram"]
    return counted.sort(order, descending=[name == "n" for name in order], nulls_last=True)


def keyness(
    words: pl.DataFrame, plans: pl.DataFrame, by: str | Sequence[str], *, stop: bool, min_count: int
) -> pl.DataFrame:
    """See `Corpus.keyness`."""
    groups, columns = grouped(plans, by)
    # Plans without a group belong to none, and are no reference either.
    words = words.join(groups.drop_nulls(), on="plan_id", how="inner", maintain_order="left")
    size = words.group_by(columns).agg(pl.len().alias("size"))
    total = words.height
    if not stop:
        words = words.filter(~pl.col("stop"))
    all_counts = words.group_by("word").agg(pl.len().alias("everywhere"))
    counted = (
        words.group_by([*columns, "word"])
        .agg(pl.len().alias("n"), pl.col("plan_id").n_unique().cast(pl.UInt32).alias("n_plans"))
        .filter(pl.col("n") >= min_count)
        .join(size, on=columns)
        .join(all_counts, on="word")
    )
    a, b = pl.col("n"), pl.col("everywhere") - pl.col("n")
    c, d = pl.col("size"), total - pl.col("size")
    everywhere = (a + b) / total
    # Hardie (2014) puts half an occurrence where a word does not occur, so that the ratio exists.
    ratio = (a / c) / (pl.when(b > 0).then(b).otherwise(0.5) / d)
    out = counted.select(
        *columns,
        "word",
        a.cast(pl.UInt32).alias("n"),
        b.cast(pl.UInt32).alias("n_rest"),
        "n_plans",
        (a / c * 1e6).alias("per_million"),
        (b / d * 1e6).alias("per_million_rest"),
        (2 * (_term(a, c * everywhere) + _term(b, d * everywhere))).alias("log_likelihood"),
        ratio.log(2).alias("log_ratio"),
    ).filter(pl.col("per_million_rest").is_not_nan())
    order = [*columns, "log_likelihood", "word"]
    over = out.filter(pl.col("log_ratio") > 0)
    return over.sort(order, descending=[name == "log_likelihood" for name in order])


def _term(observed: pl.Expr, expected: pl.Expr) -> pl.Expr:
    """A term of the log-likelihood; nothing where nothing was observed."""
    return pl.when(observed > 0).then(observed * (observed / expected).log()).otherwise(0.0)
