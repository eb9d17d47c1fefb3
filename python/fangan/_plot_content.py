"""What plans consist of: their standard parts, criteria and targets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _chart, _labels
from fangan._chart import Language, Theme
from fangan.errors import InvalidArgumentError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

COMPONENTS = {
    "重要意义": "Significance",
    "指导思想": "Guiding principles",
    "总体要求": "General requirements",
    "基本原则": "Basic principles",
    "目标任务": "Aims and tasks",
    "范围对象": "Scope",
    "主要内容": "Main contents",
    "标准条件": "Criteria",
    "方法步骤": "Methods and steps",
    "时间安排": "Schedule",
    "工作措施": "Measures",
    "组织领导": "Organisation and leadership",
    "责任分工": "Division of duties",
    "监督考核": "Supervision and assessment",
    "表彰奖励": "Commendation",
    "宣传": "Publicity",
    "保障措施": "Safeguards",
    "工作要求": "Work requirements",
    "总结": "Summing up",
    "附则": "Supplementary provisions",
}
"""English names of the standard parts of a plan (`sections.component`), as charts show them."""

_CELL = 22
_SHAPES = {"=": "circle", ">=": "triangle-right", "<=": "triangle-left", ">": "triangle-right", "<": "triangle-left"}


def structure(corpus: Corpus, *, language: Language | None = None, theme: Theme | None = None) -> Any:
    """Which plan has which standard part: a heat map of components by plans, darker where more sections are that part.

    ![Standard parts by plans](../images/charts/structure.png)

    Args:
        corpus: The corpus; filter it first if it has many plans.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

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
    style = _chart.style(language, theme)
    names = {part: style.says(part, COMPONENTS[part]) for part in COMPONENTS}
    named = _chart.named(corpus, corpus.sections.filter(pl.col("component").is_not_null()))
    order = _chart.order(corpus, named)
    shown = named.group_by("plan", pl.col("component").cast(pl.String), maintain_order=True).agg(
        pl.len().alias("sections"), pl.col("heading").str.join("、").alias("headings")
    )
    present = set(shown["component"])
    shown = shown.with_columns(pl.col("component").replace(names))
    size = _chart.room(len(order), largest=_CELL, smallest=11)
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect(stroke=style.ground, strokeWidth=1)
        .encode(
            x=_chart.columns(
                alt,
                "component:N",
                [names[part] for part in names if part in present],
                _CELL,
                title=style.says("组成部分", "Standard part"),
            ),
            y=_chart.plans(alt, order, size),
            color=alt.Color(
                "sections:Q",
                title=style.says("章节数", "Sections"),
                scale=alt.Scale(range=style.sequence, domainMin=0),
                legend=alt.Legend(tickMinStep=1),
            ),
            tooltip=[
                alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
                alt.Tooltip("component:N", title=style.says("组成部分", "Standard part")),
                alt.Tooltip("headings:N", title=style.says("小标题", "Headings")),
            ],
        )
        .properties(width=(_CELL + 4) * max(len(present), 1), height=size * max(len(order), 1))
    )
    return _chart.configured(chart, style)


def criteria(
    corpus: Corpus,
    *,
    kind: str | None = None,
    most: int = 20,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """Which plan has which items of which framework: a heat map, frameworks as blocks, plans as columns.

    ![Items of frameworks by plans](../images/charts/criteria.png)

    Args:
        corpus: The corpus.
        kind: Only criteria of a kind: standard, requirement or action. None (the default) for all.
        most: The most frameworks that are drawn: those that most plans have. 20 by default; the title says how many
            there are.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.FacetChart`. A framework that a plan only names is a row `（只提名称）`.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: There is no such kind.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.criteria(fg.parse("关于开展植树活动的通知"))
        >>> "mark" in chart.to_dict()["spec"]
        True
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    kinds = _labels.of("criteria", "kind")
    if kind is not None and kind not in kinds:
        raise InvalidArgumentError(f"kind is {kind!r}; choose from {', '.join(kinds)}")
    rows = corpus.criteria if kind is None else corpus.criteria.filter(pl.col("kind").cast(pl.String) == kind)
    widest = (
        rows.group_by("framework", maintain_order=True)
        .agg(pl.col("plan_id").n_unique().alias("plans"))
        .sort("plans", descending=True, maintain_order=True)["framework"]
    )
    frameworks = widest.head(most).to_list()
    named = _chart.named(corpus, rows.filter(pl.col("framework").is_in(frameworks)), title=0)
    order = _chart.order(corpus, named)
    labels = {name: style.says(chinese, name) for name, chinese in kinds.items()}
    shown = named.select(
        "plan",
        "framework",
        pl.col("kind").cast(pl.String).replace(labels),
        pl.col("item").fill_null(style.says("（只提名称）", "(named only)")),
        pl.col("ordinal").fill_null(0),
        pl.col("applies_to").fill_null(""),
        pl.format("{}/{}", "found", pl.col("declared").cast(pl.String).fill_null("?")).alias("complete"),
    )
    size = _chart.room(len(order), largest=60, smallest=11, page=900)
    said = style.says("标准与要求", "Criteria")
    if widest.len() > most:
        said += style.says(
            f"（{widest.len()} 个体系中最常见的 {most} 个）",
            f" (the {most} most frequent of {widest.len()} frameworks)",
        )
    chart = (
        alt.Chart(_chart.values(alt, shown))
        .mark_rect(stroke=style.ground, strokeWidth=1)
        .encode(
            x=_chart.columns(alt, "plan:N", order, size),
            y=alt.Y(
                "item:N",
                sort=alt.EncodingSortField("ordinal", op="min"),
                title=None,
                axis=alt.Axis(labelLimit=260, labelOverlap=False),
            ),
            color=alt.Color(
                "kind:N",
                title=style.says("类别", "Kind"),
                scale=alt.Scale(domain=list(labels.values()), range=[style.categories[at] for at in (2, 0, 6)]),
            ),
            tooltip=[
                alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
                alt.Tooltip("framework:N", title=style.says("标准体系", "Framework")),
                alt.Tooltip("item:N", title=style.says("条目", "Item")),
                alt.Tooltip("applies_to:N", title=style.says("适用对象", "Applies to")),
                alt.Tooltip("complete:N", title=style.says("实有/应有", "Found/declared")),
            ],
        )
        .properties(width=size * max(len(order), 1), height={"step": 17})
        .facet(
            row=alt.Row(
                "framework:N",
                title=None,
                sort=frameworks,
                header=alt.Header(labelAngle=0, labelAlign="left", labelLimit=200),
            ),
            title=said,
            spacing=8,
        )
        .resolve_scale(y="independent")
    )
    return _chart.configured(chart, style)


def targets(
    corpus: Corpus,
    *,
    indicator: str | None = None,
    most: int = 6,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """What plans aim at: one small chart an indicator, its value in each plan, with comparators and years.

    Only targets that name an indicator and a number are drawn. The shape says the comparator: a triangle to the right
    is “at least” or “more than”, one to the left “at most” or “less than”, a diamond “about”; a line joins the ends
    of a range. The colour is the year by which the value is to be reached, else the year of the plan.

    ![Values of the most frequent indicators](../images/charts/targets.png)

    Args:
        corpus: The corpus.
        indicator: A regular expression: indicators in which it is found share one chart for each unit, whatever
            their exact wording (`"无害化"`). None (the default) for the indicators that most plans have.
        most: The most indicators that are drawn. 6 by default; the title says how many there are.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.VConcatChart`; plans stand by region, each chart has its own axis.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: `indicator` is no regular expression.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.targets(fg.samples(), indicator="满意")
        >>> [part["title"] for part in chart.to_dict()["vconcat"]]
        ['满意（%）']
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    rows = corpus.targets.filter(
        pl.col("is_target") & pl.col("indicator").is_not_null() & pl.col("value").is_not_null()
    ).join(corpus.plans.select("plan_id", "year"), on="plan_id", maintain_order="left")
    rows = rows.with_columns(
        pl.coalesce(pl.col("deadline").dt.year(), "year").alias("by"), pl.col("unit").fill_null("")
    )
    group = pl.col("indicator")
    if indicator is not None:
        try:
            re.compile(indicator)
            rows = rows.filter(pl.col("indicator").str.contains(indicator))
        except (re.error, pl.exceptions.ComputeError) as error:
            raise InvalidArgumentError(f"indicator is no regular expression: {error}") from error
        group = pl.lit(indicator)
    rows = _chart.named(corpus, rows.with_columns(group.alias("group")), title=0)
    groups = (
        rows.group_by("group", "unit", maintain_order=True)
        .agg(pl.col("plan_id").n_unique().alias("plans"))
        .sort("plans", descending=True, maintain_order=True)
    )
    known, groups = groups.height, groups.head(most)
    drawn = rows.join(groups, on=["group", "unit"], how="semi")
    unstated = style.says("不详", "unknown")
    ordered = [str(year) for year in sorted(drawn["by"].drop_nulls().unique())]
    rows = rows.with_columns(pl.col("by").cast(pl.String).fill_null(unstated))
    years = alt.Color(
        "by:O",
        title=style.says("期限年份", "Year"),
        scale=alt.Scale(
            domain=[*ordered, *([unstated] if drawn["by"].null_count() else [])],
            scheme="viridis" if style.theme == "light" else "plasma",
        ),
    )
    parts = [
        _target(alt, corpus, style, years, name, unit, rows.filter(group=name, unit=unit))
        for name, unit in groups.select("group", "unit").iter_rows()
    ]
    whole = alt.vconcat(*parts, spacing=18).resolve_scale(color="shared")
    if known > len(parts):
        said = style.says(
            f"{known} 个指标中最常见的 {len(parts)} 个", f"The {len(parts)} most frequent of {known} indicators"
        )
        whole = whole.properties(title=alt.Title(said, offset=10))
    return _chart.configured(whole, style)


def _target(alt: Any, corpus: Corpus, style: _chart.Style, years: Any, name: str, unit: str, rows: pl.DataFrame) -> Any:
    """One indicator: plans as rows, values along the axis."""
    order = _chart.order(corpus, rows, by_region=True)
    size = _chart.room(len(order), largest=24, smallest=11)
    comparator = pl.col("comparator").cast(pl.String)
    signs = comparator.replace({">=": "≥", "<=": "≤", "=": "", "~": "≈"})
    shown = rows.select(
        "plan",
        "by",
        "value",
        "value_max",
        "quote",
        pl.col("indicator").alias("wording"),
        comparator.replace_strict(_SHAPES, default="diamond", return_dtype=pl.String).alias("shape"),
        pl.concat_str(
            # A range says both of its ends.
            pl.when(pl.col("value_max").is_null()).then(signs).otherwise(pl.lit("")),
            pl.col("value").map_elements(_number, return_dtype=pl.String),
            pl.col("value_max").map_elements(lambda value: f"–{_number(value)}", return_dtype=pl.String).fill_null(""),
            pl.col("unit"),
        ).alias("said"),
    )
    ends = [value for name in ("value", "value_max") for value in shown[name].drop_nulls()]
    ends += [0.0, 100.0] if unit == "%" else [0.0] if any(ends) else [0.0, 1.0]
    axis = alt.X(
        "value:Q",
        title=None,
        # Room for the number behind the greatest value.
        scale=alt.Scale(domain=[min(ends), max(ends) + (max(ends) - min(ends)) * 0.15], nice=False),
        axis=alt.Axis(tickCount=6, grid=True),
    )
    base = alt.Chart(_chart.values(alt, shown)).encode(
        y=_chart.plans(alt, order, size),
        tooltip=[
            alt.Tooltip("plan:N", title=style.says("方案", "Plan")),
            alt.Tooltip("wording:N", title=style.says("指标", "Indicator")),
            alt.Tooltip("said:N", title=style.says("数值", "Value")),
            alt.Tooltip("by:O", title=style.says("期限年份", "Year")),
            alt.Tooltip("quote:N", title=style.says("原文", "In the text")),
        ],
    )
    ranges = base.transform_filter("isValid(datum.value_max)").mark_rule(strokeWidth=3, color=style.grey)
    points = base.mark_point(filled=True, size=min(80, size * 5), opacity=1, stroke=style.grey, strokeWidth=0.5)
    layers = ranges.encode(x=axis, x2="value_max:Q") + points.encode(
        x=axis, color=years, shape=alt.Shape("shape:N", scale=None)
    )
    # Where a plan has one value the number stands beside it; several would be drawn over each other.
    alone = shown.filter(pl.len().over("plan") == 1)
    numbers = (
        alt.Chart(_chart.values(alt, alone))
        .mark_text(align="left", dx=9, fontSize=_chart.letters(size))
        .encode(y=_chart.plans(alt, order, size), x=alt.X("value:Q"), text="said:N")
    )
    title = f"{name}（{unit}）" if unit else name
    return (layers + numbers).properties(width=420, height=size * len(order), title=title)


def _number(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
