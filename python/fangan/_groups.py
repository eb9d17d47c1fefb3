"""Profiles of groups of plans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from fangan._schema import schema
from fangan._words import grouped

_Z = 1.959963984540054
"""Quantile of the normal distribution for an interval of 95 %."""


def profiles(tables: Mapping[str, pl.DataFrame], scores: pl.DataFrame, by: str | Sequence[str]) -> pl.DataFrame:
    """See `Comparing.compare_groups`."""
    groups, columns = grouped(tables["plans"], by)
    groups = groups.drop_nulls()
    whole = groups.join(
        tables["plans"].filter(~pl.col("truncated")).select("plan_id"), on="plan_id", how="semi", maintain_order="left"
    )
    phases = tables["phases"].with_columns(
        days=((pl.col("end_on") - pl.col("start_on")).dt.total_days() + 1).cast(pl.Float64)
    )
    parts = [
        _shares(whole, columns, "component", tables["sections"], "component"),
        _shares(whole, columns, "stage", tables["phases"], "stage"),
        _shares(whole, columns, "framework", tables["criteria"], "framework"),
        _medians(
            groups,
            columns,
            "score",
            scores.unpivot(
                on=[name for name, dtype in scores.schema.items() if dtype == pl.Float64],
                index="plan_id",
                variable_name="item",
            ),
        ),
        _medians(
            groups,
            columns,
            "phase_days",
            phases.filter((pl.col("level") == 1) & (pl.col("days") > 0)).select(
                "plan_id", item=pl.col("stage").cast(pl.String), value="days"
            ),
        ),
    ]
    result = schema()["compare_groups"].polars
    out = pl.concat(parts).select(*columns, *(pl.col(name).cast(dtype) for name, dtype in result.items()))
    return out.sort([*columns, "measure"], maintain_order=True)


def _shares(plans: pl.DataFrame, columns: list[str], measure: str, rows: pl.DataFrame, column: str) -> pl.DataFrame:
    """Which share of the plans of each group has each value of a column."""
    size = plans.group_by(columns).agg(pl.len().alias("n_plans"))
    items = rows.select("plan_id", item=pl.col(column).cast(pl.String)).drop_nulls().unique()
    have = items.join(plans, on="plan_id").group_by([*columns, "item"]).agg(pl.len().alias("n"))
    # Every item that any group has stands in every group, so that its absence shows.
    grid = size.join(have.select("item").unique(), how="cross")
    counted = grid.join(have, on=[*columns, "item"], how="left").with_columns(pl.col("n").fill_null(0))
    n, all_plans = pl.col("n").cast(pl.Float64), pl.col("n_plans").cast(pl.Float64)
    share = n / all_plans
    # E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22, 1927.
    middle = (share + _Z**2 / (2 * all_plans)) / (1 + _Z**2 / all_plans)
    spread = (share * (1 - share) / all_plans + _Z**2 / (4 * all_plans**2)).sqrt() * _Z / (1 + _Z**2 / all_plans)
    # Rounding leaves a trace where none or all of the plans have it.
    low = pl.when(n > 0).then(middle - spread).otherwise(0.0)
    high = pl.when(n < all_plans).then(middle + spread).otherwise(1.0)
    return _ordered(counted, columns, measure, {"value": share, "low": low, "high": high}, most_frequent=True)


def _medians(groups: pl.DataFrame, columns: list[str], measure: str, values: pl.DataFrame) -> pl.DataFrame:
    """Median and quartiles of the values of each group, item by item."""
    size = groups.group_by(columns).agg(pl.len().alias("n_plans"))
    found = (
        values.drop_nulls(["item", "value"])
        .join(groups, on="plan_id")
        .group_by([*columns, "item"])
        .agg(
            pl.len().alias("n"),
            pl.col("value").median(),
            pl.col("value").quantile(0.25, "linear").alias("low"),
            pl.col("value").quantile(0.75, "linear").alias("high"),
        )
        .join(size, on=columns)
    )
    order = values.select("item").unique(maintain_order=True).with_row_index("_place")
    found = found.join(order, on="item").sort([*columns, "_place"])
    return _ordered(found, columns, measure, {name: pl.col(name) for name in ("value", "low", "high")})


def _ordered(
    rows: pl.DataFrame,
    columns: list[str],
    measure: str,
    values: Mapping[str, pl.Expr],
    *,
    most_frequent: bool = False,
) -> pl.DataFrame:
    """The columns of the result; the items that most plans have first, where asked for."""
    if most_frequent:
        rows = rows.with_columns(_all=pl.col("n").sum().over("item")).sort(
            [*columns, "_all", "item"], descending=[name == "_all" for name in (*columns, "_all", "item")]
        )
    return rows.select(
        *columns, pl.lit(measure).alias("measure"), "item", "n_plans", "n", *(e.alias(k) for k, e in values.items())
    )
