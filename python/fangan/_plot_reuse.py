"""Passages that plans share: two documents with ribbons between them, many as arcs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _chart
from fangan._chart import Language, Theme
from fangan.errors import InvalidArgumentError, NotFoundError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

_HEIGHT = 520
_GAP = 13
"""Pixels between two headings beside a document; those that would come closer are left out."""
_STEPS = 24
"""Points of a ribbon's edge, or of an arc."""


def reuse(
    corpus: Corpus,
    a: str | None = None,
    b: str | None = None,
    *,
    boilerplate: bool = False,
    min_chars: int = 30,
    most: int = 200,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """Passages that plans share: of two plans as ribbons, of many as a network.

    Two plans stand beside each other from their first character to their last, with their main headings; a ribbon
    joins the two places of a passage, darker where fewer of its letters were changed. Of many plans, each is a point
    on a line, in the order of their dates, and an arc joins two that share passages: the thicker, the more letters;
    the darker, the less was changed in them.

    ![Passages that two plans share](../images/charts/reuse.png)

    ![Which plans share passages](../images/charts/reuse_network.png)

    Args:
        corpus: The corpus.
        a: A plan, for the ribbons.
        b: Another plan, which has to come with `a`. None of the two (the default) for the network of all plans.
        boilerplate: Whether passages are drawn that stand in the plans of many regions; in ribbons they are grey.
            False by default. See `Corpus.reuse`.
        min_chars: Letters and digits of a passage that have to be the same. 30 by default.
        most: The most arcs of the network: those of most letters. 200 by default; the title says how many there are.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.LayerChart`. Plans that share nothing are not in the network.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        NotFoundError: There is no such plan.
        InvalidArgumentError: One plan is given without the other, or the same twice.

    Examples:
        >>> import fangan as fg
        >>> samples = fg.samples()
        >>> chart = fg.plot.reuse(samples, "03_luan2018.txt#1", "04_huoshan2018.txt#1")
        >>> chart.to_dict()["layer"][0]["mark"]["type"]
        'area'
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    if a is None and b is None:
        passages = corpus.reuse(min_chars=min_chars)
        return _network(alt, corpus, style, passages if boilerplate else passages.filter(~pl.col("boilerplate")), most)
    if a is None or b is None or a == b:
        raise InvalidArgumentError("ribbons need two plans: give both a and b, or neither for the network of all")
    known = set(corpus.plans["plan_id"])
    for plan_id in (a, b):
        if plan_id not in known:
            raise NotFoundError(f"no plan is called {plan_id!r}; corpus.plans lists them")
    # Whether a passage is boilerplate depends on all plans.
    passages = corpus.reuse(min_chars=min_chars)
    passages = passages.filter(pl.col("plan_a").is_in([a, b]) & pl.col("plan_b").is_in([a, b]))
    turned = {name: name.replace("a_", "b_") if name[0] == "a" else name.replace("b_", "a_") for name in _PLACES}
    passages = passages.with_columns(
        pl.when(pl.col("plan_a") == a).then(name).otherwise(other).alias(name) for name, other in turned.items()
    )
    return _ribbons(alt, corpus, style, a, b, passages if boilerplate else passages.filter(~pl.col("boilerplate")))


_PLACES = ("a_start", "a_end", "b_start", "b_end")


def _ribbons(alt: Any, corpus: Corpus, style: _chart.Style, a: str, b: str, passages: pl.DataFrame) -> Any:
    plans = _chart.named(corpus, corpus.plans.filter(pl.col("plan_id").is_in([a, b])))
    length = {row["plan_id"]: row["end"] - row["start"] for row in plans.iter_rows(named=True)}
    begins = {row["plan_id"]: row["start"] for row in plans.iter_rows(named=True)}
    names = dict(plans.select("plan_id", "plan").iter_rows())
    longest = max(length.values())
    edge = pl.DataFrame({"step": [step / _STEPS for step in range(_STEPS + 1)]}).with_columns(
        # Smooth at both ends, so that a ribbon leaves a document at a right angle.
        weight=3 * pl.col("step") ** 2 - 2 * pl.col("step") ** 3
    )

    def between(left: str, right: str) -> pl.Expr:
        from_a: pl.Expr = pl.col(left).cast(pl.Int64) - begins[a]
        from_b: pl.Expr = pl.col(right).cast(pl.Int64) - begins[b]
        return from_a * (1 - pl.col("weight")) + from_b * pl.col("weight")

    texts = [corpus.quote(a, row["a_start"], row["a_end"]).replace("\n", " ") for row in passages.iter_rows(named=True)]
    shown = (
        passages.with_row_index("passage")
        .with_columns(
            pl.Series("text", [f"{text[:80]}…" if len(text) > 80 else text for text in texts], dtype=pl.String)
        )
        .join(edge, how="cross")
        .select(
            "passage",
            "step",
            between("a_start", "b_start").alias("top"),
            between("a_end", "b_end").alias("bottom"),
            pl.col("similarity").round(3),
            "n_chars",
            "boilerplate",
            "text",
        )
    )
    across = alt.X("step:Q", scale=alt.Scale(domain=[-0.06, 1.06], nice=False), axis=None)
    down = alt.Y(
        "top:Q",
        scale=alt.Scale(domain=[0, longest], reverse=True, nice=False),
        title=style.says("字符", "Characters"),
        axis=alt.Axis(grid=False, format=",d", tickCount=6, offset=6),
    )
    similarity = alt.Color(
        "similarity:Q",
        title=style.says("相同程度", "Similarity"),
        scale=alt.Scale(domain=[0.5, 1], range=style.sequence, clamp=True),
        legend=alt.Legend(orient="bottom", direction="horizontal", gradientLength=160),
    )
    ribbons = (
        alt.Chart(_chart.values(alt, shown))
        .mark_area(opacity=0.75, strokeWidth=0.6)
        .encode(
            x=across,
            y=down,
            y2="bottom:Q",
            detail="passage:N",
            color=alt.condition("datum.boilerplate", alt.value(style.grey), similarity),
            tooltip=[
                alt.Tooltip("text:N", title=style.says("甲文", "Text of A")),
                alt.Tooltip("n_chars:Q", title=style.says("相同字数", "Same letters")),
                alt.Tooltip("similarity:Q", title=style.says("相同程度", "Similarity")),
            ],
        )
    )
    bars = pl.DataFrame(
        {
            "step": [-0.03, 1.0],
            "until": [0.0, 1.03],
            "top": [0, 0],
            "bottom": [length[a], length[b]],
            "plan": [names[a], names[b]],
        }
    )
    documents = (
        alt.Chart(_chart.values(alt, bars))
        .mark_rect(color=style.grey)
        .encode(x=across, x2="until:Q", y=down, y2="bottom:Q", tooltip=[alt.Tooltip("plan:N", title=None)])
    )
    layers = [ribbons, documents]
    for plan_id, at, align in ((a, -0.03, "right"), (b, 1.03, "left")):
        sections = corpus.sections.filter((pl.col("plan_id") == plan_id) & (pl.col("level") == 1))
        headings = _spread(sections, begins[plan_id], longest).with_columns(pl.lit(at).alias("step"))
        layers.append(
            alt.Chart(_chart.values(alt, headings))
            .mark_text(align=align, baseline="top", dx=-62 if align == "right" else 6, fontSize=10, limit=170)
            .encode(x=across, y=down, text="heading:N", tooltip=[alt.Tooltip("heading:N", title=None)])
        )
    title = alt.Title(
        style.says("两件方案的相同段落", "Passages that two plans share"),
        subtitle=[f"{style.says('左', 'Left')}：{names[a]}", f"{style.says('右', 'Right')}：{names[b]}"],
    )
    return _chart.configured(alt.layer(*layers).properties(width=420, height=_HEIGHT, title=title), style)


def _spread(sections: pl.DataFrame, begin: int, longest: int) -> pl.DataFrame:
    """Headings and where they stand, without those for which there is no room."""
    kept: list[tuple[str, int]] = []
    for marker, heading, start in sections.sort("start").select("marker", "heading", "start").iter_rows():
        at = start - begin
        if not kept or (at - kept[-1][1]) / longest * _HEIGHT >= _GAP:
            kept.append((f"{marker or ''}{heading or ''}", at))
    return pl.DataFrame(kept, schema={"heading": pl.String, "top": pl.Int64}, orient="row")


def _network(alt: Any, corpus: Corpus, style: _chart.Style, passages: pl.DataFrame, most: int) -> Any:
    # Passages count by their letters; all of a pair's together have the similarity of their sum.
    alike = (pl.col("similarity") * pl.col("n_chars")).sum() / pl.col("n_chars").sum()
    pairs = (
        passages.group_by("plan_a", "plan_b", maintain_order=True)
        .agg(pl.col("n_chars").sum(), pl.len().alias("passages"), alike.round(3).alias("alike"))
        .sort("n_chars", descending=True, maintain_order=True)
    )
    drawn = pairs.head(most)
    linked = pl.concat([drawn["plan_a"], drawn["plan_b"].alias("plan_a")]).unique()
    plans = _chart.named(corpus, corpus.plans.filter(pl.col("plan_id").is_in(linked.implode())))
    order = _chart.order(corpus, plans.select("plan_id", "plan", "issued_on"), pl.col("issued_on"))
    names = dict(plans.select("plan_id", "plan").iter_rows())
    at = {name: place for place, name in enumerate(order)}
    size = _chart.room(len(order), largest=24, smallest=12, page=2_400)
    rows = drawn.with_columns(
        pl.col("plan_a").replace_strict(names, default=None, return_dtype=pl.String).alias("first"),
        pl.col("plan_b").replace_strict(names, default=None, return_dtype=pl.String).alias("second"),
    ).with_columns(
        pl.col("first").replace_strict(at, default=None, return_dtype=pl.Float64).alias("from"),
        pl.col("second").replace_strict(at, default=None, return_dtype=pl.Float64).alias("to"),
    )
    angle = pl.col("step") * 3.141592653589793
    edge = pl.DataFrame({"step": [step / _STEPS for step in range(_STEPS + 1)]})
    arcs = (
        rows.with_row_index("pair")
        .join(edge, how="cross")
        .select(
            "pair",
            "step",
            "first",
            "second",
            "n_chars",
            "passages",
            "alike",
            ((pl.col("from") + pl.col("to")) / 2 - (pl.col("to") - pl.col("from")) / 2 * angle.cos()).alias("place"),
            ((pl.col("to") - pl.col("from")).abs() / 2 * angle.sin()).alias("out"),
        )
    )
    reach = float((rows["from"] - rows["to"]).abs().max() or 1.0) / 2  # type: ignore[arg-type]
    height = size * max(len(order), 1)
    across = alt.X("out:Q", axis=None, scale=alt.Scale(domain=[0, reach], nice=False))
    ticks = list(range(len(order)))
    down = alt.Y(
        "place:Q",
        title=None,
        scale=alt.Scale(domain=[-0.5, max(len(order), 1) - 0.5], reverse=True, nice=False),
        axis=alt.Axis(
            values=ticks,
            grid=False,
            labelExpr=f"{json.dumps(order, ensure_ascii=False)}[datum.value]",
            labelLimit=320,
            labelFontSize=_chart.letters(size),
            labelOverlap=False,
            domain=False,
        ),
    )
    tooltip = [
        alt.Tooltip("first:N", title=style.says("甲方案", "Plan A")),
        alt.Tooltip("second:N", title=style.says("乙方案", "Plan B")),
        alt.Tooltip("n_chars:Q", title=style.says("相同字数", "Same letters")),
        alt.Tooltip("passages:Q", title=style.says("段落数", "Passages")),
        alt.Tooltip("alike:Q", title=style.says("相同程度", "Similarity"), format=".2f"),
    ]
    lines = (
        alt.Chart(_chart.values(alt, arcs))
        .mark_line(opacity=0.8, strokeCap="round")
        .encode(
            x=across,
            y=down,
            detail="pair:N",
            order="step:Q",
            strokeWidth=alt.StrokeWidth(
                "n_chars:Q", title=style.says("相同字数", "Same letters"), scale=alt.Scale(range=[1, 7], zero=True)
            ),
            color=alt.Color(
                "alike:Q",
                title=style.says("相同程度", "Similarity"),
                scale=alt.Scale(domain=[0.5, 1], clamp=True, range=(style.grey, style.sequence[1])),
            ),
            tooltip=tooltip,
        )
    )
    nodes = pl.DataFrame(
        {"place": [float(place) for place in ticks], "out": [0.0] * len(order), "plan": order},
        schema={"place": pl.Float64, "out": pl.Float64, "plan": pl.String},
    )
    points = (
        alt.Chart(_chart.values(alt, nodes))
        .mark_circle(size=min(60, size * 4), color=style.ink, opacity=1)
        .encode(x=across, y=down, tooltip=[alt.Tooltip("plan:N", title=None)])
    )
    said = style.says("共有段落的方案（按时间）", "Plans that share passages, by date")
    if pairs.height > most:
        said += style.says(f"：{pairs.height} 对中的 {most} 对", f": {most} of {pairs.height} pairs")
    width = min(520.0, max(160.0, reach * size))
    return _chart.configured(alt.layer(lines, points).properties(width=width, height=height, title=said), style)
