"""Charts that set plans beside each other: their scores, how alike they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from fangan import _chart, _rubrics
from fangan._chart import Language, Theme
from fangan.errors import InvalidArgumentError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fangan.corpus import Corpus

_KINDS = {"text": "用词", "characters": "用字", "structure": "结构", "phases": "阶段", "criteria": "标准"}
_CELL = 22


def scores(
    corpus: Corpus,
    *,
    rubric: _rubrics.Rubric = "specificity",
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """The dimensions of a rubric, plan by plan: one small chart a dimension, and the total.

    A point is a value, a line the bounds that the undecided leaves: a plan that breaks off has a line without a point.

    ![Dimensions of specificity, plan by plan](../images/charts/scores.png)

    Args:
        corpus: The corpus; filter it first if it has many plans.
        rubric: A name, a TOML file or a TOML text; `"specificity"` by default.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

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
    style = _chart.style(language, theme)
    (text,) = _rubrics.texts(rubric)
    read = _rubrics.read(text)
    whole = style.says("总分", "total")
    labels = {part["name"]: style.says(part["chinese"], part["name"]) for part in read["dimension"]}
    named = _chart.named(corpus, corpus.score_totals(text))
    shown = named.select(
        "plan",
        pl.col("dimension").replace(labels).fill_null(whole).alias("part"),
        *(pl.col(name) / pl.col("max") for name in ("value", "low", "high")),
    )
    totals = shown.filter(pl.col("part") == whole)
    middle = pl.coalesce("value", (pl.col("low") + pl.col("high")) / 2)
    order = totals.sort(middle, descending=True, nulls_last=True, maintain_order=True)["plan"].to_list()
    size = _chart.room(len(order), largest=_CELL, smallest=11)
    base = alt.Chart().encode(
        y=_chart.plans(alt, order, size),
        tooltip=[
            alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
            alt.Tooltip("part:N", title=style.says("维度", "Dimension")),
            alt.Tooltip("value:Q", title=style.says("得分", "Score"), format=".2f"),
            alt.Tooltip("low:Q", title=style.says("下限", "At least"), format=".2f"),
            alt.Tooltip("high:Q", title=style.says("上限", "At most"), format=".2f"),
        ],
    )
    axis = alt.Axis(values=[0, 0.5, 1], format=".1f")
    bounds = base.mark_rule(strokeWidth=3, color=style.grey).encode(
        x=alt.X("low:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1])), x2="high:Q"
    )
    points = (
        base.transform_filter("isValid(datum.value)")
        .mark_circle(size=min(46, size * 3), opacity=1, color=style.accent)
        .encode(x="value:Q")
    )
    chart = (
        alt.layer(bounds, points, data=_chart.values(alt, shown))
        .properties(width=110, height=size * max(len(order), 1))
        .facet(
            column=alt.Column("part:N", sort=[whole, *labels.values()], title=None, header=alt.Header(labelLimit=114)),
            spacing=12,
            title=style.says(read["chinese"], read["name"]),
        )
    )
    return _chart.configured(chart, style)


def surface(
    corpus: Corpus,
    plan_ids: str | Sequence[str] | None = None,
    *,
    rubric: _rubrics.Rubric = "pmc",
    most: int = 24,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """The PMC surface of plans, as small squares: the first nine variables in three rows of three, darker is more.

    Studies draw this matrix as a bent surface in three dimensions, where what stands behind cannot be read; the
    numbers are the same. A variable that the text leaves undecided is empty.

    ![PMC surfaces of six plans](../images/charts/surface.png)

    Args:
        corpus: The corpus.
        plan_ids: A plan, or several. None (the default) for those with the highest totals.
        rubric: A rubric with a `surface`; `"pmc"` by default.
        most: The most plans that are drawn. 24 by default; the title says how many there are.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.FacetChart`.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        NotFoundError: There is no such plan or rubric.
        InvalidArgumentError: The rubric has no surface.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.surface(fg.samples(), ["03_luan2018.txt#1", "04_huoshan2018.txt#1"])
        >>> chart.to_dict()["columns"]
        2
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    (text,) = _rubrics.texts(rubric)
    read = _rubrics.read(text)
    matrix = read.get("surface", [])
    if not matrix:
        raise InvalidArgumentError("the rubric has no surface; give one with the line surface = [[…], …]")
    labels = {part["name"]: style.says(f"{part['name']} {part['chinese']}", part["name"]) for part in read["dimension"]}
    places = pl.DataFrame(
        [(name, row, column) for row, names in enumerate(matrix, 1) for column, name in enumerate(names, 1)],
        schema={"dimension": pl.String, "row": pl.Int64, "column": pl.Int64},
        orient="row",
    )
    if isinstance(plan_ids, str):
        plan_ids = [plan_ids]
    if plan_ids is not None:
        known = set(corpus.plans["plan_id"])
        for plan_id in plan_ids:
            if plan_id not in known:
                raise NotFoundError(f"no plan is called {plan_id!r}; corpus.plans lists them")
        corpus = corpus.filter(pl.col("plan_id").is_in(list(plan_ids)))
    totals = corpus.score_totals(text)
    whole = totals.filter(pl.col("dimension").is_null()).sort("value", descending=True, nulls_last=True)
    chosen = whole["plan_id"].head(most).to_list()
    named = _chart.named(corpus, totals.filter(pl.col("plan_id").is_in(chosen)), title=8)
    order = dict(named.select("plan_id", "plan").unique().iter_rows())
    shown = named.join(places, on="dimension").select(
        "plan", "row", "column", pl.col("dimension").replace(labels).alias("part"), pl.col("value") / pl.col("max")
    )
    said = style.says(f"{read['chinese']}曲面", f"{read['name'].upper()} surface")
    if len(corpus) > len(chosen):
        said += style.says(f"（{len(corpus)} 件中的 {len(chosen)} 件）", f" ({len(chosen)} of {len(corpus)} plans)")
    base = alt.Chart().encode(
        x=alt.X("column:O", axis=None),
        y=alt.Y("row:O", axis=None),
        tooltip=[
            alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
            alt.Tooltip("part:N", title=style.says("变量", "Variable")),
            alt.Tooltip("value:Q", title=style.says("得分", "Score"), format=".2f"),
        ],
    )
    cells = base.mark_rect(stroke=style.ground, strokeWidth=2).encode(
        color=alt.Color(
            "value:Q",
            title=style.says("得分", "Score"),
            scale=alt.Scale(domain=[0, 1], range=style.sequence),
        )
    )
    ink = _chart.ink(alt, style, 0.5)
    names = base.mark_text(fontSize=9, dy=-7, limit=62).encode(text="part:N", color=ink)
    numbers = base.mark_text(fontSize=11, dy=7).encode(text=alt.Text("value:Q", format=".2f"), color=ink)
    side = 66 * max(len(row) for row in matrix)
    chart = (
        alt.layer(cells, names, numbers, data=_chart.values(alt, shown))
        .properties(width=side, height=side * len(matrix) / max(len(row) for row in matrix))
        .facet(
            alt.Facet(
                "plan:N",
                sort=[order[plan_id] for plan_id in chosen],
                title=None,
                header=alt.Header(labelLimit=side, labelFontSize=11),
            ),
            columns=min(4, max(len(chosen), 1)),
            spacing=16,
            title=alt.Title(said, offset=14),
        )
    )
    return _chart.configured(chart, style)


def similarity(
    corpus: Corpus,
    on: Literal["text", "characters", "structure", "phases", "criteria"] = "text",
    *,
    most: int = 200,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """How alike plans are, each with each: a matrix in which plans that are alike stand together.

    Plans are ordered as a chain: the two most alike first, then at either end the one most like it.

    ![How alike the samples are in their words](../images/charts/similarity.png)

    Args:
        corpus: The corpus.
        on: What is compared; see `Corpus.similarity`. `"text"` by default.
        most: The most plans that a matrix is drawn of. 200 by default.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

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
    style = _chart.style(language, theme)
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
    size = _chart.room(len(order), largest=_CELL)
    side = size * max(len(order), 1)
    title = style.says(f"相似度（{_KINDS[on]}）", f"Similarity of {on}")
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect()
        .encode(
            x=_chart.columns(alt, "plan_b:N", order, size),
            y=_chart.plans(alt, order, size, name="plan_a"),
            color=alt.Color("similarity:Q", title=title, scale=alt.Scale(range=style.sequence, domain=[0, 1])),
            tooltip=[
                alt.Tooltip("plan_a:N", title=style.says("甲方案", "Plan A")),
                alt.Tooltip("plan_b:N", title=style.says("乙方案", "Plan B")),
                alt.Tooltip("similarity:Q", title=style.says("相似度", "Similarity")),
            ],
        )
        .properties(width=side, height=side)
    )
    return _chart.configured(chart, style)


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
