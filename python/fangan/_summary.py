"""What is in a corpus: counts by place, time, kind and quality, as one long frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl

from fangan._schema import schema

Level = Literal["province", "prefecture", "county"]
LEVELS: tuple[Level, ...] = ("province", "prefecture", "county")

NATIONAL = "全国"
"""The group of plans of the national level."""

BY_SOURCE = ("format", "encoding", "script", "noise", "coverage", "diagnostic", "unread")
"""Aspects whose groups are made of sources."""

_MEMBERS = {"aspect": pl.String, "item": pl.String, "severity": pl.String, "source_id": pl.String, "plan_id": pl.String}


def level(plans: pl.DataFrame) -> Level:
    """The highest level at which the plans differ; the province where they do not."""
    return next((name for name in LEVELS if plans[name].drop_nulls().n_unique() > 1), "province")


def summary(tables: Mapping[str, pl.DataFrame], region: Level | None) -> pl.DataFrame:
    """The summary; see `Corpus.summary`."""
    sources, plans, diagnostics = tables["sources"], tables["plans"], tables["diagnostics"]
    members = pl.concat([*_of_plans(plans, region or level(plans)), *_of_sources(sources, diagnostics)])
    listed = members
    # A group of sources has all plans in these, but a diagnostic only those that it concerns.
    wider = pl.col("plan_id").is_null() & (pl.col("aspect") != "diagnostic")
    of_source = members.filter(wider).drop("plan_id")
    of_source = of_source.join(plans.select("source_id", "plan_id"), on="source_id", how="left", maintain_order="left")
    members = pl.concat([members.filter(~wider), of_source.select(list(_MEMBERS))])
    whole = sources.select(
        pl.lit("corpus").alias("aspect"),
        pl.lit(None, pl.String).alias("item"),
        pl.lit(None, pl.String).alias("severity"),
        "source_id",
    ).join(plans.select("source_id", "plan_id"), on="source_id", how="left", maintain_order="left")
    members = pl.concat([whole, members])

    key = ["aspect", "item", "severity"]
    rows = pl.concat([whole, listed]).select(key).unique(maintain_order=True).with_row_index("_at")
    rows = pl.concat([rows, _nothing(rows)])
    members = members.join(rows, on=key, nulls_equal=True, maintain_order="left")
    in_sources = _once(members, "source_id").join(sources, on="source_id", maintain_order="left")
    read = in_sources.group_by("_at").agg(
        pl.len().alias("n_sources"),
        pl.col("error").is_not_null().sum().alias("n_unread"),
        # A corpus of more than four thousand million characters must not overflow.
        (pl.col("coverage") * pl.col("n_chars")).sum().alias("_covered"),
        pl.col("n_chars").cast(pl.UInt64).sum().alias("_chars"),
    )
    in_plans = _once(members, "plan_id").join(plans, on="plan_id", maintain_order="left")
    told = in_plans.group_by("_at").agg(
        pl.len().alias("n_plans"),
        pl.col("n_chars").median().alias("median_chars"),
        pl.col("truncated").sum().alias("n_truncated"),
    )
    doubts = _doubts(members, diagnostics)
    for frame in (read, told, doubts):
        rows = rows.join(frame, on="_at", how="left", maintain_order="left")
    counts = ["n_sources", "n_plans", "n_unread", "n_truncated", "n_diagnostics", "n_warnings"]
    rows = rows.with_columns(pl.col(counts).fill_null(0))
    by_source = pl.col("aspect").is_in(BY_SOURCE)
    share = pl.when(by_source).then(_over("n_sources", sources.height)).otherwise(_over("n_plans", plans.height))
    rows = rows.with_columns(
        share.alias("share"),
        pl.when(pl.col("_chars") > 0).then(pl.col("_covered") / pl.col("_chars")).alias("coverage"),
        pl.when((pl.col("n_plans") > 0) & (pl.col("aspect") != "diagnostic"))
        .then(pl.col("n_warnings") / pl.col("n_plans"))
        .alias("warnings_per_plan"),
    )
    shape = schema()["summary"].polars
    return rows.sort("_at").select(pl.col(name).cast(dtype) for name, dtype in shape.items())


def _once(members: pl.DataFrame, name: str) -> pl.DataFrame:
    """The sources or plans of each group, each once."""
    return members.drop_nulls(name).unique(["_at", name], maintain_order=True)


def _nothing(rows: pl.DataFrame) -> pl.DataFrame:
    """The row of the whole, where there are no sources to make it of."""
    if "corpus" in rows["aspect"]:
        return rows.clear()
    return pl.DataFrame({"_at": [0], "aspect": ["corpus"], "item": [None], "severity": [None]}, schema=rows.schema)


def _over(name: str, total: int) -> pl.Expr:
    return pl.col(name) / total if total else pl.lit(None, pl.Float64)


def _ordered(frame: pl.DataFrame, aspect: str, *, by_count: bool = True) -> pl.DataFrame:
    """The members of one aspect, its largest groups first, or in the order of the items; those without one last."""
    shown = frame.with_columns(
        pl.lit(aspect).alias("aspect"), pl.len().over("item").alias("_count"), pl.col("item").cast(pl.String)
    )
    keys = ["_count", "item"] if by_count else ["item"]
    order = shown.sort(
        pl.col("item").is_null(), *keys, descending=[False, *([True] if by_count else []), False], maintain_order=True
    )
    return order.select(list(_MEMBERS))


def _of_plans(plans: pl.DataFrame, region: Level) -> Iterable[pl.DataFrame]:
    none = pl.lit(None, pl.String).alias("severity")
    # A plan of a level above stands under its own name: the province's plans beside those of its prefectures.
    names = [pl.col(name) for name in LEVELS[: LEVELS.index(region) + 1]]
    place = pl.coalesce(*reversed(names))
    if region == "county":
        place = pl.coalesce(pl.concat_str("prefecture", "county"), place)
    # What the centre issues is from no province, which is another thing than an unknown one.
    of_centre = place.is_null() & (pl.col("admin_level").cast(pl.String) == "national")
    groups = {
        region: pl.when(of_centre).then(pl.lit(NATIONAL)).otherwise(place),
        "year": pl.col("year"),
        "genre": pl.col("genre"),
        "admin_level": pl.col("admin_level"),
        "campaign": pl.col("campaign"),
    }
    for aspect, group in groups.items():
        frame = plans.select(group.cast(pl.String).alias("item"), none, "source_id", "plan_id")
        yield _ordered(frame, aspect, by_count=aspect != "year")


def _of_sources(sources: pl.DataFrame, diagnostics: pl.DataFrame) -> Iterable[pl.DataFrame]:
    none = pl.lit(None, pl.String)
    sources = sources.with_columns(none.alias("severity"), none.alias("plan_id"))
    read = sources.filter(pl.col("error").is_null())
    for aspect in ("format", "encoding", "script"):
        # The format of a file that could not be read is known, its encoding is not.
        of = sources if aspect == "format" else read
        yield _ordered(of.with_columns(pl.col(aspect).cast(pl.String).alias("item")), aspect)
    yield _ordered(read.explode("noise", empty_as_null=True).with_columns(pl.col("noise").alias("item")), "noise")
    band = (
        pl.when(pl.col("coverage") >= 1)
        .then(pl.lit("100 %"))
        .when(pl.col("coverage") >= 0.95)
        .then(pl.lit("95–100 %"))
        .when(pl.col("coverage") >= 0.8)
        .then(pl.lit("80–95 %"))
        .otherwise(pl.lit("0–80 %"))
    )
    covered = read.filter(pl.col("n_chars") > 0).sort("coverage", descending=True, maintain_order=True)
    yield covered.with_columns(pl.lit("coverage").alias("aspect"), band.alias("item")).select(list(_MEMBERS))
    found = diagnostics.select(pl.col("code").alias("item"), pl.col("severity").cast(pl.String), "source_id", "plan_id")
    warnings = found["severity"] == "warning"
    for part in (found.filter(warnings), found.filter(~warnings)):
        yield _ordered(part, "diagnostic")
    unread = sources.filter(pl.col("error").is_not_null()).with_columns(pl.col("source_id").alias("item"))
    yield _ordered(unread, "unread", by_count=False)


def _doubts(members: pl.DataFrame, diagnostics: pl.DataFrame) -> pl.DataFrame:
    """Diagnostics by group: of groups of plans those of these plans, of groups of sources all."""
    doubts = diagnostics.select("source_id", pl.col("plan_id").alias("_plan"), "code", "severity")
    by_source = pl.col("aspect").is_in([*BY_SOURCE, "corpus"])
    of_source = _once(members.filter(by_source), "source_id").join(doubts, on="source_id", suffix="_of")
    itself = (pl.col("item") == pl.col("code")) & (pl.col("severity") == pl.col("severity_of").cast(pl.String))
    of_source = of_source.filter((pl.col("aspect") != "diagnostic") | itself)
    of_plan = members.filter(~by_source).join(
        doubts.drop("source_id"), left_on="plan_id", right_on="_plan", suffix="_of"
    )
    columns = ["_at", "severity_of"]
    return (
        pl.concat([of_source.select(columns), of_plan.select(columns)])
        .group_by("_at")
        .agg(pl.len().alias("n_diagnostics"), (pl.col("severity_of") == "warning").sum().alias("n_warnings"))
    )
