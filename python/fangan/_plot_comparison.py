"""Charts that set plans beside each other: their parts, their scores, how alike they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from fangan import _chart, _rubrics
from fangan.errors import InvalidArgumentError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

_KINDS = {"text": "用词", "characters": "用字", "structure": "结构", "phases": "阶段", "criteria": "标准"}
_CELL = 22
"""Pixels of a cell, where there are few; less where there are many, so that a chart stays on a page."""
_PAGE = 1_100


def structure(corpus: Corpus) -> Any:
    """Which plan has which standard part: a heat map of components by plans, darker where more sections are that part.

    Args:
        corpus: The corpus; filter it first if it has many plans.

    Returns:
        The `altair.Chart`. Plans stand by date, parts in the order in which plans have them.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.structure(fg.parse("关于开展植树活动的通知"))
        >>> chart.to_dict()["mark"]["type"]
        'rect'
    """
    alt = _chart.altair()
    parts = list(corpus.sections.schema["component"].categories)  # type: ignore[attr-defined]
    named = _chart.named(corpus, corpus.sections.filter(pl.col("component").is_not_null()))
    order = _chart.order(corpus, named)
    shown = named.group_by("plan", pl.col("component").cast(pl.String), maintain_order=True).agg(
        pl.len().alias("sections"), pl.col("heading").str.join("、").alias("headings")
    )
    present = set(shown["component"])
    cell = _size(max(len(order), 1))
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect(stroke="white", strokeWidth=1)
        .encode(
            x=alt.X(
                "component:N",
                sort=parts,
                scale=alt.Scale(domain=[part for part in parts if part in present]),
                title="组成部分",
                axis=alt.Axis(labelAngle=-45, orient="top"),
            ),
            y=_plans(alt, order),
            color=alt.Color(
                "sections:Q",
                title="章节数",
                scale=alt.Scale(scheme="blues", domainMin=0),
                legend=alt.Legend(tickMinStep=1),
            ),
            tooltip=[
                alt.Tooltip("plan:N", title="方案"),
                alt.Tooltip("component:N", title="组成部分"),
                alt.Tooltip("headings:N", title="小标题"),
            ],
        )
        .properties(width=_CELL * max(len(present), 1) + 60, height=cell * max(len(order), 1))
    )
    return _chart.configured(chart)


def scores(corpus: Corpus, *, rubric: _rubrics.Rubric = "specificity") -> Any:
    """The dimensions of a rubric, plan by plan: one small chart a dimension, and the total.

    A point is a value, a line the bounds that the undecided leaves: a plan that breaks off has a line without a point.

    Args:
        corpus: The corpus; filter it first if it has many plans.
        rubric: A name, a TOML file or a TOML text; `"specificity"` by default.

    Returns:
        The `altair.FacetChart`; plans stand by their totals (where there is none, by the middle of its bounds).

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        NotFoundError: There is no such rubric.
        InvalidArgumentError: The rubric does not make sense.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.scores(fg.parse("关于开展植树活动的通知"))
        >>> len(chart.to_dict()["spec"]["layer"])
        2
    """
    alt = _chart.altair()
    (text,) = _rubrics.texts(rubric)
    read = _rubrics.read(text)
    whole = "总分"
    labels = {part["name"]: part["chinese"] for part in read["dimension"]}
    named = _chart.named(corpus, corpus.score_totals(text))
    shown = named.select(
        "plan",
        pl.col("dimension").replace(labels).fill_null(whole).alias("part"),
        *(pl.col(name) / pl.col("max") for name in ("value", "low", "high")),
    )
    totals = shown.filter(pl.col("part") == whole)
    middle = pl.coalesce("value", (pl.col("low") + pl.col("high")) / 2)
    order = totals.sort(middle, descending=True, nulls_last=True, maintain_order=True)["plan"].to_list()
    cell = _size(max(len(order), 1))
    base = alt.Chart().encode(
        y=_plans(alt, order),
        tooltip=[
            alt.Tooltip("plan:N", title="方案"),
            alt.Tooltip("part:N", title="维度"),
            alt.Tooltip("value:Q", title="得分", format=".2f"),
            alt.Tooltip("low:Q", title="下限", format=".2f"),
            alt.Tooltip("high:Q", title="上限", format=".2f"),
        ],
    )
    axis = alt.Axis(values=[0, 0.5, 1], format=".1f")
    bounds = base.mark_rule(strokeWidth=3, color="#b8b8b8").encode(
        x=alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1])), x2="high:Q"
    )
    points = (
        base.transform_filter("isValid(datum.value)")
        .mark_circle(size=46, opacity=1, color="#4c78a8")
        .encode(x="value:Q")
    )
    chart = (
        alt.layer(bounds, points, data=_chart.values(alt, shown))
        .properties(width=110, height=cell * max(len(order), 1))
        .facet(column=alt.Column("part:N", sort=[whole, *labels.values()], title=read["chinese"]), spacing=12)
    )
    return _chart.configured(chart)


def similarity(
    corpus: Corpus, on: Literal["text", "characters", "structure", "phases", "criteria"] = "text", *, most: int = 200
) -> Any:
    """How alike plans are, each with each: a matrix in which plans that are alike stand together.

    Plans are ordered as a chain: the two most alike first, then at either end the one most like it.

    Args:
        corpus: The corpus.
        on: What is compared; see `Corpus.similarity`. `"text"` by default.
        most: The most plans that a matrix is drawn of. 200 by default.

    Returns:
        The `altair.Chart`. Pairs that have nothing of the kind to compare are empty.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: There are more plans than `most`, or `on` is none of these.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.similarity(fg.parse(["关于植树的通知", "关于植树的意见"]))
        >>> chart.to_dict()["mark"]["type"]
        'rect'
    """
    alt = _chart.altair()
    if len(corpus) > most:
        raise InvalidArgumentError(f"there are {len(corpus)} plans; filter the corpus, or give a greater `most`")
    pairs = corpus.similarity(on)
    plans = _chart.named(corpus, corpus.plans.select("plan_id"))
    names = dict(plans.iter_rows())
    order = [names[plan_id] for plan_id in _chain(list(names), pairs)]
    both = pl.concat([pairs, pairs.select(plan_a="plan_b", plan_b="plan_a", on="on", similarity="similarity")])
    shown = both.select(pl.col("plan_a", "plan_b").replace(names), pl.col("similarity").round(3)).drop_nulls(
        "similarity"
    )
    cell = _size(max(len(order), 1))
    axis = alt.X(
        "plan_b:N",
        sort=order,
        scale=alt.Scale(domain=order),
        title=None,
        axis=alt.Axis(labelAngle=-45, labelLimit=180, labels=cell >= 9, ticks=cell >= 9),
    )
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect()
        .encode(
            x=axis,
            y=_plans(alt, order, name="plan_a"),
            color=alt.Color(
                "similarity:Q", title=f"相似度（{_KINDS[on]}）", scale=alt.Scale(scheme="viridis", domain=[0, 1])
            ),
            tooltip=[
                alt.Tooltip("plan_a:N", title="甲方案"),
                alt.Tooltip("plan_b:N", title="乙方案"),
                alt.Tooltip("similarity:Q", title="相似度"),
            ],
        )
        .properties(width=cell * max(len(order), 1), height=cell * max(len(order), 1))
    )
    return _chart.configured(chart)


def _plans(alt: Any, order: list[str], *, name: str = "plan") -> Any:
    """The axis of plans; without labels where there is no room for them."""
    room = _size(max(len(order), 1)) >= 9
    axis = alt.Axis(labelLimit=300, labels=room, ticks=room)
    return alt.Y(f"{name}:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=axis)


def _size(count: int) -> float:
    """Pixels of a cell where so many stand in a row."""
    return min(_CELL, _PAGE / count)


def _chain(plans: list[str], pairs: pl.DataFrame) -> list[str]:
    """Plans in an order in which neighbours are alike."""
    likeness: dict[str, dict[str, float]] = {plan: {} for plan in plans}
    for a, b, value in pairs.select("plan_a", "plan_b", "similarity").iter_rows():
        likeness[a][b] = likeness[b][a] = value or 0.0
    left = dict.fromkeys(plans)
    if len(left) < 2:
        return plans
    best = max(((a, b) for a in plans for b in likeness[a]), key=lambda pair: likeness[pair[0]][pair[1]])
    chain = list(best)
    for plan in best:
        del left[plan]
    while left:
        first = max(left, key=likeness[chain[0]].__getitem__)
        last = max(left, key=likeness[chain[-1]].__getitem__)
        at_end = likeness[chain[-1]][last] >= likeness[chain[0]][first]
        plan = last if at_end else first
        chain.insert(len(chain) if at_end else 0, plan)
        del left[plan]
    return chain
