"""Charts of a corpus, as Altair charts: show them in Jupyter, or save them.

Needs the extra `fangan[plot]`: altair, vl-convert-python (PNG, SVG) and Noto Sans SC, so that Chinese is drawn right on
machines without Chinese fonts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _chart, _fonts
from fangan._chart import FONT as FONT
from fangan._chart import MissingExtraError as MissingExtraError
from fangan._labels import STAGES as STAGES
from fangan._plot_comparison import scores, similarity, structure

if TYPE_CHECKING:
    from fangan.corpus import Corpus

__all__ = ["criteria", "font_file", "scores", "similarity", "structure", "timeline"]

_UNKNOWN = "未归类"
_COLOURS = ("#4c78a8", "#f58518", "#e45756", "#72b7b2", "#54a24b", "#eeca3b", "#b279a2", "#ff9da6", "#bab0ac")
"""One for each of `STAGES`, and grey for phases of no canonical stage."""


def timeline(corpus: Corpus, *, level: int = 1, since_start: bool = False, width: int = 720) -> Any:
    """Phases in time: one row a plan, one bar a dated phase, coloured by canonical stage; the earliest plan is first.

    A phase with only a first or only a last day is drawn as a point on that day. Phases without any date are not given
    one: they stand beside the chart, in their order.

    Args:
        corpus: The corpus; filter it first if it has many plans.
        level: 1 (the default) for the campaigns' own phases, 2 for the steps inside them.
        since_start: Count months from each plan's own first date instead of the calendar, to compare the pace of
            campaigns of different years. False by default.
        width: Width of the dated part in pixels. 720 by default.

    Returns:
        The `altair.LayerChart`, or `altair.HConcatChart` where phases without dates stand beside it;
        `.save("timeline.html", inline=True)` for a file that works offline, `.save("timeline.png")`.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.timeline(fg.parse("关于开展植树活动的通知"))
        >>> chart.to_dict()["config"]["font"].split(",")[0]
        'Noto Sans SC'
    """
    alt = _chart.altair()
    phases = _chart.named(corpus, corpus.phases.filter(pl.col("level") == level))
    order = _chart.order(corpus, phases, pl.min_horizontal("start_on", "end_on"))
    stages = [*STAGES.values(), _UNKNOWN]
    shown = phases.select(
        "plan",
        pl.col("stage")
        .cast(pl.String)
        .replace_strict(STAGES, default=_UNKNOWN, return_dtype=pl.String)
        .fill_null(_UNKNOWN),
        pl.coalesce("name", "label", pl.lit("")).alias("phase"),
        "ordinal",
        "start_on",
        "end_on",
        pl.col("date_text").fill_null(""),
    )
    tooltip = [
        alt.Tooltip("plan:N", title="方案"),
        alt.Tooltip("phase:N", title="阶段"),
        alt.Tooltip("stage:N", title="规范阶段"),
        alt.Tooltip("start_on:T", title="开始", format="%Y-%m-%d"),
        alt.Tooltip("end_on:T", title="结束", format="%Y-%m-%d"),
        alt.Tooltip("date_text:N", title="原文"),
    ]
    rows = alt.Y("plan:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(labelLimit=320))
    colour = alt.Color("stage:N", scale=alt.Scale(domain=stages, range=_COLOURS), title="阶段")
    height = max(60, 34 * len(order))
    if since_start:
        # Whatever a plan states first, be it a first or a last day, is its month 0.
        first = pl.min_horizontal(pl.col("start_on").min(), pl.col("end_on").min()).over("plan")
        shown = shown.with_columns(first.alias("first"))
        axis = alt.Axis(title="自首个日期起的月数", labelAngle=0)
    else:
        axis = alt.Axis(title=None, format="%Y-%m", labelAngle=0, labelOverlap=True)

    def x(name: str) -> tuple[pl.Expr, str]:
        """Where a day is drawn, and how Altair is to read it."""
        if since_start:
            return ((pl.col(name) - pl.col("first")).dt.total_days() / (365.25 / 12)).alias(f"{name}_x"), f"{name}_x:Q"
        return pl.col(name).alias(f"{name}_x"), f"{name}_x:T"

    both = shown.filter(pl.col("start_on").is_not_null() & pl.col("end_on").is_not_null())
    # A bar ends where its last day ends.
    both = both.with_columns((pl.col("end_on") + pl.duration(days=1)).alias("until"))
    (start, start_shown), (until, until_shown) = x("start_on"), x("until")
    bars = (
        alt.Chart(_chart.values(alt, both.with_columns(start, until)))
        .mark_bar(height=16, cornerRadius=2, stroke="white", strokeWidth=1)
        .encode(x=alt.X(start_shown, axis=axis), x2=until_shown.split(":")[0], y=rows, color=colour, tooltip=tooltip)
    )
    one = shown.filter(pl.col("start_on").is_null() ^ pl.col("end_on").is_null())
    one = one.with_columns(pl.coalesce("start_on", "end_on").alias("day"))
    day, day_shown = x("day")
    points = (
        alt.Chart(_chart.values(alt, one.with_columns(day)))
        .mark_point(size=90, filled=True, opacity=1, shape="diamond")
        .encode(x=alt.X(day_shown, axis=axis), y=rows, color=colour, tooltip=tooltip)
    )
    dated = (bars + points).properties(width=width, height=height, title="写明日期的阶段")
    none = shown.filter(pl.col("start_on").is_null() & pl.col("end_on").is_null())
    if none.is_empty():
        return _chart.configured(dated)
    none = none.with_columns(pl.col("ordinal").rank("ordinal").over("plan").cast(pl.Int32).alias("step"))
    base = alt.Chart(_chart.values(alt, none)).encode(
        x=alt.X("step:O", title="次序", axis=alt.Axis(labelAngle=0)), y=rows.axis(None), tooltip=tooltip
    )
    dots = base.mark_circle(size=120, opacity=1).encode(color=colour)
    names = base.mark_text(dy=-11, fontSize=10, limit=76).encode(text="phase:N")
    steps = int(none["step"].max() or 1)  # type: ignore[arg-type]
    undated = (dots + names).properties(width=80 * steps, height=height, title="未写明日期的阶段（按次序）")
    return _chart.configured(alt.hconcat(dated, undated, spacing=24))


def criteria(corpus: Corpus, *, kind: str | None = None) -> Any:
    """Which plan has which items of which framework: a heat map, frameworks as blocks, plans as columns.

    Args:
        corpus: The corpus.
        kind: Only criteria of a kind: standard, requirement or action. None (the default) for all.

    Returns:
        The `altair.FacetChart`. A framework that a plan only names is a row `（只提名称）`.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.criteria(fg.parse("关于开展植树活动的通知"))
        >>> "mark" in chart.to_dict()["spec"]
        True
    """
    alt = _chart.altair()
    rows = corpus.criteria if kind is None else corpus.criteria.filter(pl.col("kind").cast(pl.String) == kind)
    named = _chart.named(corpus, rows, title=0)
    order = _chart.order(corpus, named)
    shown = named.select(
        "plan",
        "framework",
        pl.col("item").fill_null("（只提名称）"),
        pl.col("ordinal").fill_null(0),
        pl.col("applies_to").fill_null(""),
        pl.format("{}/{}", "found", pl.col("declared").cast(pl.String).fill_null("?")).alias("complete"),
    )
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                "plan:N",
                sort=order,
                scale=alt.Scale(domain=order),
                title=None,
                axis=alt.Axis(labelAngle=-35, labelLimit=240),
            ),
            y=alt.Y(
                "item:N", sort=alt.EncodingSortField("ordinal", op="min"), title=None, axis=alt.Axis(labelLimit=260)
            ),
            color=alt.Color("framework:N", legend=None),
            tooltip=[
                alt.Tooltip("plan:N", title="方案"),
                alt.Tooltip("framework:N", title="标准体系"),
                alt.Tooltip("item:N", title="条目"),
                alt.Tooltip("applies_to:N", title="适用对象"),
                alt.Tooltip("complete:N", title="实有/应有"),
            ],
        )
        .properties(width=max(120, 60 * len(order)))
        .facet(row=alt.Row("framework:N", title=None, header=alt.Header(labelAngle=0, labelAlign="left")))
        .resolve_scale(y="independent")
    )
    return _chart.configured(chart)


def font_file() -> Path:
    """The file of Noto Sans SC that the extra brings, for charts by other libraries (matplotlib, plotnine, seaborn).

    Returns:
        Its path; `fangan.plot.FONT` is the name of the font in it.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> fg.plot.font_file().stem
        'NotoSansSC-Regular'
    """
    path = _fonts.file()
    if path is None:
        raise MissingExtraError("the font is not installed: pip install 'fangan[plot]'")
    return path
