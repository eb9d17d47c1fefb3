"""What all charts share: Altair, the font, names of plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _fonts
from fangan.errors import FanganError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

FONT = _fonts.NAME


class MissingExtraError(FanganError, ImportError):
    """A chart was asked for without the packages that draw it."""


def named(corpus: Corpus, rows: pl.DataFrame, *, title: int = 24) -> pl.DataFrame:
    """Rows with a column `plan`: region, year and so much of the title; the id where the text tells none of them.

    Names are unique: plans that share one have their ids behind it.
    """
    regions = ["province", "prefecture", "county", "township", "region"]
    words = pl.col("title").str.strip_prefix("关于")
    for region in regions:
        words = words.str.strip_prefix(pl.col(region).fill_null(""))
    # A plan that tells no region is known by its title alone.
    words = pl.when(pl.col("region").is_null()).then("title").otherwise(words)
    most = pl.when(pl.col("region").is_null()).then(max(title, 14)).otherwise(title)
    cut = pl.when((words.str.len_chars() > most) & (most > 0)).then(pl.lit("…")).otherwise(pl.lit(""))
    shown = pl.concat_str(words.str.slice(0, most), cut)
    plans = corpus.plans.select(
        "plan_id",
        pl.concat_str(pl.col("region"), pl.col("year").cast(pl.String), shown, separator=" ", ignore_nulls=True)
        .str.strip_chars()
        .alias("plan"),
    ).with_columns(pl.when(pl.col("plan") == "").then(pl.col("plan_id")).otherwise(pl.col("plan")).alias("plan"))
    twice = pl.len().over("plan") > 1
    plans = plans.with_columns(
        pl.when(twice).then(pl.format("{} ({})", "plan", "plan_id")).otherwise("plan").alias("plan")
    )
    return rows.join(plans, on="plan_id", how="left", maintain_order="left")


def order(corpus: Corpus, named: pl.DataFrame, day: pl.Expr | None = None) -> list[str]:
    """The plans that have rows: by their first day, or their year where they have none, then as they stand."""
    known = corpus.plans.select("plan_id", pl.date("year", 1, 1).alias("year")).with_row_index("at")
    none = pl.lit(None, dtype=pl.Date)
    first = named.group_by("plan_id", "plan").agg((none if day is None else day).min().alias("first"))
    order = first.join(known, on="plan_id").with_columns(pl.coalesce("first", "year"))
    return order.sort("first", "at", nulls_last=True)["plan"].to_list()


def values(alt: Any, frame: pl.DataFrame) -> Any:
    """Rows inside the chart itself; days without a time zone, so that no browser moves them."""
    days = [name for name, dtype in frame.schema.items() if dtype in (pl.Date, pl.Datetime)]
    plain = frame.with_columns(pl.col(days).dt.strftime("%Y-%m-%dT00:00:00") if days else [])
    return alt.InlineData(values=plain.to_dicts(), format=alt.DataFormat(parse=dict.fromkeys(days, "date")))


def configured(chart: Any) -> Any:
    return chart.configure(font=_fonts.STACK).configure_view(stroke=None).configure_title(anchor="start", fontSize=12)


def altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("charts need Altair: pip install 'fangan[plot]'") from error
    _fonts.register()
    return altair
