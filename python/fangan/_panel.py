"""Counts and scores by region and time."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from fangan import _regions
from fangan._schema import TABLES
from fangan.errors import InvalidArgumentError

_TOGETHER = "_together"
_LEVELS = ("province", "prefecture", "county")
_AGGREGATES: dict[str, Callable[[pl.Expr], pl.Expr]] = {
    "mean": pl.Expr.mean,
    "median": pl.Expr.median,
    "sum": pl.Expr.sum,
    "min": pl.Expr.min,
    "max": pl.Expr.max,
}


def panel(
    tables: Mapping[str, pl.DataFrame],
    *,
    index: str,
    by: str | None,
    values: str | pl.Expr | pl.DataFrame,
    aggregate: str,
    as_of: int,
    complete: bool,
    wide: bool,
) -> pl.DataFrame:
    """See `Corpus.panel`."""
    plans = tables["plans"]
    if by is None:
        # One column for all plans, which goes again.
        together = {**tables, "plans": plans.with_columns(pl.lit(0, dtype=pl.Int32).alias(_TOGETHER))}
        out = panel(
            together,
            index=index,
            by=_TOGETHER,
            values=values,
            aggregate=aggregate,
            as_of=as_of,
            complete=complete,
            wide=False,
        )
        return out.drop(_TOGETHER)
    _check(plans, index, by, aggregate)
    placed = _placed(_regions.as_of(plans, as_of), index)
    if isinstance(values, pl.DataFrame) and "value" not in values.columns and "plan_id" in values.columns:
        values = values.group_by("plan_id", maintain_order=True).agg(pl.len().alias("value"))
        counts = True
    else:
        counts = isinstance(values, str) and values in TABLES
    measured = placed.join(_measured(tables, values, aggregate), on="plan_id", how="left", maintain_order="left")
    value = pl.col("value").fill_null(0).sum() if counts else _AGGREGATES[aggregate](pl.col("value"))
    cells = measured.group_by("code", "region", by).agg(
        pl.len().cast(pl.UInt32).alias("n_plans"), value.cast(pl.Float64).alias("value")
    )
    rows = _rows(placed, index, as_of, complete)
    columns = _columns(placed, by)
    grid = rows.join(columns, how="cross")
    # Plans without a region or a time stay in the table, so that its counts add up.
    loose = cells.join(grid, on=["code", "region", by], how="anti", nulls_equal=True)
    out = grid.join(cells, on=["code", "region", by], how="left", nulls_equal=True)
    out = pl.concat([out, loose.select(out.columns)])
    out = out.with_columns(pl.col("n_plans").fill_null(0))
    if counts:
        out = out.with_columns(pl.col("value").fill_null(0.0))
    out = out.sort(["code", by], nulls_last=True)
    if not wide:
        return out
    keep = out.with_columns(pl.col(by).cast(pl.String).fill_null("?"))
    table = keep.pivot(on=by, index=["code", "region"], values="value", maintain_order=True)
    if counts:
        table = table.fill_null(0.0)
    names = [name for name in table.columns if name not in ("code", "region", "?")]
    return table.select("code", "region", *names, *(["?"] if "?" in table.columns else []))


def _check(plans: pl.DataFrame, index: str, by: str, aggregate: str) -> None:
    if index not in _LEVELS:
        raise InvalidArgumentError(f"index is {index!r}; choose from {', '.join(_LEVELS)}")
    if by not in plans.columns:
        raise InvalidArgumentError(f"plans has no column {by!r}; its columns are {', '.join(plans.columns)}")
    if isinstance(plans.schema[by], pl.List):
        raise InvalidArgumentError(f"{by!r} holds lists; explode it first, or choose a column with one value a plan")
    if aggregate not in _AGGREGATES:
        raise InvalidArgumentError(f"aggregate is {aggregate!r}; choose from {', '.join(_AGGREGATES)}")


def _placed(plans: pl.DataFrame, index: str) -> pl.DataFrame:
    """Each plan with the unit of that level that it lies in; null where it is above that level, or was split."""
    county, province = pl.col("as_of_county"), pl.col("as_of_province")
    code: pl.Expr
    name: pl.Expr
    if index == "county":
        code, name = pl.when(county.is_not_null()).then("as_of_adcode"), county
    elif index == "province":
        code, name = pl.col("as_of_province_code"), province
    else:
        # Municipalities are their own prefectures; counties without a prefecture (仙桃市) stand beside the prefectures.
        municipality = province.str.ends_with("市")
        alone = pl.col("as_of_prefecture").is_null() & county.is_not_null()
        of_county = pl.when(municipality).then("as_of_province_code").when(alone).then("as_of_adcode")
        code = of_county.otherwise("as_of_prefecture_code")
        name = pl.when(municipality).then(province).when(alone).then(county).otherwise("as_of_prefecture")
    return plans.with_columns(code.alias("code"), name.alias("region"))


def _measured(tables: Mapping[str, pl.DataFrame], values: str | pl.Expr | pl.DataFrame, aggregate: str) -> pl.DataFrame:
    """`plan_id` and `value`, one row a plan."""
    plans = tables["plans"]
    if isinstance(values, pl.DataFrame):
        if not {"plan_id", "value"} <= set(values.columns):
            raise InvalidArgumentError(
                "a frame of values needs the column plan_id, and value unless its rows are counted"
            )
        found = values.select("plan_id", pl.col("value").cast(pl.Float64))
        # Several rows a plan (one a criterion, say) are brought together as the plans of a cell are.
        return found.group_by("plan_id", maintain_order=True).agg(_AGGREGATES[aggregate](pl.col("value")))
    if isinstance(values, str) and values == "plans":
        return plans.select("plan_id", pl.lit(1.0).alias("value"))
    if isinstance(values, str) and values in TABLES:
        if "plan_id" not in tables[values].columns:
            raise InvalidArgumentError(f"the rows of {values!r} belong to sources, not to plans; they have no region")
        return tables[values].group_by("plan_id", maintain_order=True).agg(pl.len().cast(pl.Float64).alias("value"))
    expression = pl.col(values) if isinstance(values, str) else values
    try:
        return plans.select("plan_id", expression.cast(pl.Float64).alias("value"))
    except pl.exceptions.PolarsError as error:
        raise InvalidArgumentError(
            f"values has to be a table of the corpus ({', '.join(TABLES)}), a column of plans or an expression on "
            f"plans that gives numbers, or a frame with plan_id and value: {error}"
        ) from error


def _rows(placed: pl.DataFrame, index: str, as_of: int, complete: bool) -> pl.DataFrame:
    """The regions of the table: those that have a plan, or all of their provinces."""
    seen = placed.select("code", "region").drop_nulls().unique()
    if not complete:
        return seen.sort("code")
    units = _regions.regions(as_of)
    provinces = placed["as_of_province"].drop_nulls().unique().implode()
    inside = units.filter((pl.col("level") == index) & pl.col("province").is_in(provinces))
    return pl.concat([inside.select("code", region="name"), seen]).unique().sort("code")


def _columns(placed: pl.DataFrame, by: str) -> pl.DataFrame:
    """The columns of the table: for whole numbers (years) all between the first and the last."""
    found = placed.select(pl.col(by)).drop_nulls().unique()
    if found.is_empty() or not placed.schema[by].is_integer():
        return found.sort(by)
    years = sorted(found[by].to_list())
    return pl.DataFrame({by: range(years[0], years[-1] + 1)}, schema={by: placed.schema[by]})
