"""Phases in time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from fangan import _chart
from fangan._chart import Language, Theme
from fangan._labels import STAGES

if TYPE_CHECKING:
    from fangan.corpus import Corpus

_UNKNOWN = "other"
_STEP = 104
"""Pixels for a phase without dates: its dot, and eight characters of its name."""
_CHARACTER = 10


def timeline(
    corpus: Corpus,
    *,
    level: int = 1,
    sort: Literal["region", "date"] = "region",
    since_start: bool = False,
    width: int = 720,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """Phases in time: one row a plan, one bar a dated phase, coloured by canonical stage.

    A phase with only a first or only a last day is drawn as a point on that day. Phases without any date are not given
    one: they stand beside the chart, in their order. A bar shows the name of its phase where there is room for all of
    it.

    ![Phases of one campaign by region](../images/charts/timeline.png)

    Args:
        corpus: The corpus; filter it first if it has many plans.
        level: 1 (the default) for the campaigns' own phases, 2 for the steps inside them.
        sort: `"region"` (the default): plans of the centre, then by province, prefecture and county, in the order of
            their codes (GB/T 2260), each by date; or `"date"`: the earliest plan first.
        since_start: Count months from each plan's own first date instead of the calendar, to compare the pace of
            campaigns of different years. False by default.
        width: Width of the dated part in pixels. 720 by default.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.LayerChart`, or `altair.HConcatChart` where phases without dates stand beside it;
        `fangan.plot.save(chart, "timeline.html")` for a file that works everywhere.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.timeline(fg.parse("关于开展植树活动的通知"))
        >>> chart.to_dict()["config"]["font"].split(",")[0]
        'Noto Sans SC'
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    phases = _chart.named(corpus, corpus.phases.filter(pl.col("level") == level))
    order = _chart.order(corpus, phases, pl.min_horizontal("start_on", "end_on"), by_region=sort == "region")
    size = _chart.room(len(order), largest=34, smallest=13, page=2_400)
    labels = STAGES | {_UNKNOWN: "未归类"} if style.language == "zh" else {name: name for name in (*STAGES, _UNKNOWN)}
    colours = dict(zip(labels.values(), (*style.categories, style.grey), strict=True))
    shown = phases.select(
        "plan",
        pl.col("stage").cast(pl.String).fill_null(_UNKNOWN).replace_strict(labels, return_dtype=pl.String),
        pl.coalesce("name", "label", pl.lit("")).alias("phase"),
        "start",
        "start_on",
        "end_on",
        pl.col("date_text").fill_null(""),
    )
    tooltip = [
        alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
        alt.Tooltip("phase:N", title=style.says("阶段", "Phase")),
        alt.Tooltip("stage:N", title=style.says("规范阶段", "Canonical stage")),
        alt.Tooltip("start_on:T", title=style.says("开始", "First day"), format="%Y-%m-%d"),
        alt.Tooltip("end_on:T", title=style.says("结束", "Last day"), format="%Y-%m-%d"),
        alt.Tooltip("date_text:N", title=style.says("原文", "In the text")),
    ]
    rows = _chart.plans(alt, order, size)
    colour = alt.Color(
        "stage:N",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        title=style.says("规范阶段", "Canonical stage"),
    )
    height = max(60, size * len(order))
    if since_start:
        # Whatever a plan states first, be it a first or a last day, is its month 0.
        first = pl.min_horizontal(pl.col("start_on").min(), pl.col("end_on").min()).over("plan")
        shown = shown.with_columns(first.alias("first"))
        axis = alt.Axis(title=style.says("自首个日期起的月数", "Months since the first date"), labelAngle=0)
    else:
        axis = alt.Axis(title=None, format=_days(shown), labelAngle=0, labelOverlap=True)

    def x(name: str) -> tuple[pl.Expr, str]:
        """Where a day is drawn, and how Altair is to read it."""
        if since_start:
            return ((pl.col(name) - pl.col("first")).dt.total_days() / (365.25 / 12)).alias(f"{name}_x"), f"{name}_x:Q"
        return pl.col(name).alias(f"{name}_x"), f"{name}_x:T"

    both = shown.filter(pl.col("start_on").is_not_null() & pl.col("end_on").is_not_null())
    # A bar ends where its last day ends.
    both = both.with_columns((pl.col("end_on") + pl.duration(days=1)).alias("until"))
    (start, start_shown), (until, until_shown) = x("start_on"), x("until")
    both = both.with_columns(start, until)
    thick = min(18.0, size * 0.62)
    ends = {"x": alt.X(start_shown, axis=axis), "x2": until_shown.split(":")[0]}
    bars = (
        alt.Chart(_chart.values(alt, both))
        .mark_bar(height=thick, cornerRadius=2, stroke=style.ground, strokeWidth=1)
        .encode(**ends, y=rows, color=colour, tooltip=tooltip)
    )
    one = shown.filter(pl.col("start_on").is_null() ^ pl.col("end_on").is_null())
    one = one.with_columns(pl.coalesce("start_on", "end_on").alias("day"))
    day, day_shown = x("day")
    one = one.with_columns(day)
    points = (
        alt.Chart(_chart.values(alt, one))
        .mark_point(size=min(90, size * 4), filled=True, opacity=1, shape="diamond", stroke=style.ground)
        .encode(x=alt.X(day_shown, axis=axis), y=rows, color=colour, tooltip=tooltip)
    )
    layers = bars + points
    if thick >= _CHARACTER + 2:
        inside = _that_fit(both, one, "start_on_x", "until_x", "day_x", width).with_columns(
            pl.col("stage").replace_strict({name: style.on(colour) for name, colour in colours.items()}).alias("ink")
        )
        names = (
            alt.Chart(_chart.values(alt, inside))
            .mark_text(align="left", dx=4, fontSize=_CHARACTER)
            .encode(
                x=alt.X(start_shown, axis=axis),
                y=rows,
                text="phase:N",
                color=alt.Color("ink:N", scale=None),
                tooltip=tooltip,
            )
        )
        layers += names
    dated = layers.properties(
        width=width, height=height, title=style.says("写明日期的阶段", "Phases whose dates are stated")
    )
    none = shown.filter(pl.col("start_on").is_null() & pl.col("end_on").is_null())
    if none.is_empty():
        return _chart.configured(dated, style)
    none = none.with_columns(pl.col("start").rank("ordinal").over("plan").cast(pl.Int32).alias("step"))
    steps = int(none["step"].max() or 1)  # type: ignore[arg-type]
    base = alt.Chart(_chart.values(alt, none)).encode(
        x=alt.X(
            "step:O",
            title=style.says("次序", "Order"),
            scale=alt.Scale(domain=list(range(1, steps + 1))),
            axis=alt.Axis(labelAngle=0),
        ),
        y=rows.axis(None),
        tooltip=tooltip,
    )
    dots = base.mark_circle(size=min(110, size * 5), opacity=1, xOffset=12 - _STEP / 2).encode(color=colour)
    letters = min(_CHARACTER, _chart.letters(size))
    names = base.mark_text(align="left", dx=20 - _STEP / 2, fontSize=letters, limit=_STEP - 24).encode(text="phase:N")
    undated = (dots + names).properties(
        width=_STEP * steps,
        height=height,
        title=style.says("未写明日期的阶段（按次序）", "Phases without dates, in order"),
    )
    return _chart.configured(alt.hconcat(dated, undated, spacing=24), style)


def _days(shown: pl.DataFrame) -> str:
    """How days are written on the axis: months, or days where all of it lies within a few months."""
    known = pl.concat([shown["start_on"], shown["end_on"].rename("start_on")]).drop_nulls()
    first, last = known.min(), known.max()
    short = not known.is_empty() and (last - first).days <= 150  # type: ignore[operator, union-attr]
    return "%Y-%m-%d" if short else "%Y-%m"


def _that_fit(bars: pl.DataFrame, points: pl.DataFrame, start: str, until: str, day: str, width: int) -> pl.DataFrame:
    """The bars whose phase's whole name fits between their beginning and whatever is drawn over them next."""

    def places(frame: pl.DataFrame, name: str) -> pl.Series:
        return frame[name].to_physical().cast(pl.Float64).rename("place")

    bars = bars.with_columns(places(bars, start).alias("from"), places(bars, until).alias("to"))
    known = pl.concat([bars["from"].rename("place"), bars["to"].rename("place"), places(points, day)])
    spread = known.max() - known.min() if known.len() else 0.0  # type: ignore[operator]
    following = pl.col("from").shift(-1).over("plan")
    free = (pl.min_horizontal("to", following) - pl.col("from")) / (spread or 1.0) * width
    needed = pl.col("phase").str.len_chars() * _CHARACTER + 6
    return bars.sort("plan", "from", maintain_order=True).filter(free >= needed)
