"""Regions by years, and regions on a map of tiles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from fangan import _chart, _regions
from fangan._chart import Language, Theme
from fangan.errors import InvalidArgumentError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

Level = Literal["province", "prefecture"]
Aggregate = Literal["mean", "median", "sum", "min", "max"]

TILES = {
    "11": (7, 2), "12": (8, 2), "13": (7, 3), "14": (6, 3), "15": (6, 2), "21": (9, 2), "22": (9, 1), "23": (9, 0),
    "31": (9, 4), "32": (8, 4), "33": (8, 5), "34": (7, 5), "35": (8, 6), "36": (7, 6), "37": (8, 3), "41": (7, 4),
    "42": (6, 5), "43": (6, 6), "44": (7, 7), "45": (6, 7), "46": (6, 8), "50": (5, 5), "51": (4, 5), "52": (5, 6),
    "53": (4, 6), "54": (3, 5), "61": (6, 4), "62": (5, 4), "63": (4, 4), "64": (5, 3), "65": (4, 3), "71": (9, 7),
    "81": (8, 8), "82": (7, 8),
}  # fmt: skip
"""Where each province stands on the map of tiles, by the first two digits of its code: column and row from the top
left."""

_TILE, _UNIT = 44.0, 15.0
"""Pixels of the tile of a province and of a prefecture."""
_ACROSS = 6
"""Tiles of prefectures side by side within a province."""


def panel(
    corpus: Corpus,
    *,
    index: Literal["province", "prefecture", "county"] = "prefecture",
    values: str | pl.Expr | pl.DataFrame = "plans",
    aggregate: Aggregate = "mean",
    as_of: int = _regions.LAST_YEAR,
    complete: bool = False,
    most: int = 200,
    domain: tuple[float, float] | None = None,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """Regions by years: a heat map of how many plans there are, or of a value.

    The rows of `Corpus.panel`: a region is one row through all years, under its name of one year. A cell without a
    plan is empty, one whose plans leave the value undecided has a dash. Plans that
    stand in no such unit (of the centre, of a level above, of an unknown or divided region) share a row of their own,
    those of an unknown year a column, so that all are there.

    ![Plans by prefecture and year](../images/charts/panel.png)

    Args:
        corpus: The corpus.
        index: What a row is: province, prefecture (the default) or county.
        values: What is counted or measured; see `Corpus.panel`. Plans by default.
        aggregate: How the values of a cell's plans become one. The mean by default.
        as_of: The year whose units the rows are. The last of the gazetteer by default.
        complete: Whether all units of the provinces that occur are rows. False by default.
        most: The most regions that are drawn: those with most plans. 200 by default; the title says how many there are.
        domain: Values at the two ends of the colours; give the same to charts that are to be compared. None (the
            default) for the least and the greatest value, and 0.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.LayerChart`.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: See `Corpus.panel`.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.panel(fg.samples(), index="province")
        >>> chart.to_dict()["layer"][0]["mark"]["type"]
        'rect'
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    cells = corpus.panel(index=index, values=values, aggregate=aggregate, as_of=as_of, complete=complete)
    unknown, nowhere = style.says("不详", "unknown"), style.says("未归入", "not placed")
    cells = _said(cells)
    twice = pl.col("code").n_unique().over("region") > 1
    cells = cells.with_columns(
        pl.when(twice).then(pl.format("{} ({})", "region", "code")).otherwise("region").fill_null(nowhere),
        pl.col("year").cast(pl.String).fill_null(unknown),
    )
    regions = cells.group_by("region", maintain_order=True).agg(pl.col("n_plans").sum().alias("plans"))
    kept = regions.sort("plans", descending=True, maintain_order=True).head(most)["region"]
    order = [region for region in regions["region"] if region in set(kept)]
    years = sorted(set(cells["year"]) - {unknown}) + ([unknown] if unknown in set(cells["year"]) else [])
    shown = cells.filter(pl.col("region").is_in(order))
    size = _chart.room(len(order), largest=24, smallest=12, page=2_400)
    wide = _chart.room(len(years), largest=44, smallest=22)
    title = _measure(values, style)
    if regions.height > most:
        title += style.says(f"（{regions.height} 个地区中的 {most} 个）", f" ({most} of {regions.height} regions)")
    tooltip = [
        alt.Tooltip("region:N", title=style.says("地区", "Region")),
        alt.Tooltip("year:N", title=style.says("年份", "Year")),
        alt.Tooltip("n_plans:Q", title=style.says("方案数", "Plans")),
        alt.Tooltip("said:N", title=style.says("数值", "Value")),
    ]
    base = alt.Chart(_chart.values(alt, shown)).encode(
        x=_chart.columns(alt, "year:N", years, wide, flat=wide >= 34),
        y=_chart.plans(alt, order, size, name="region"),
        tooltip=tooltip,
    )
    empty = base.mark_rect(fill=style.faint, fillOpacity=0.35, stroke=style.ground, strokeWidth=1)
    filled = base.transform_filter("datum.n_plans > 0 && isValid(datum.value)")
    low, top = _ends(shown, domain)
    heat = filled.mark_rect(stroke=style.ground, strokeWidth=1).encode(color=_heat(alt, style, shown, low, top))
    numbers = filled.mark_text(fontSize=_chart.letters(size)).encode(
        text="said:N", color=_chart.ink(alt, style, (low + top) / 2)
    )
    # A plan whose value the text leaves undecided is not the same as no plan.
    undecided = base.transform_filter("datum.n_plans > 0 && !isValid(datum.value)").mark_text(text="–", fontSize=11)
    chart = alt.layer(empty, heat, numbers, undecided).properties(
        width=wide * max(len(years), 1), height=size * max(len(order), 1), title=title
    )
    return _chart.configured(chart, style)


def map(
    corpus: Corpus,
    *,
    index: Level = "province",
    values: str | pl.Expr | pl.DataFrame = "plans",
    aggregate: Aggregate = "mean",
    as_of: int = _regions.LAST_YEAR,
    domain: tuple[float, float] | None = None,
    language: Language | None = None,
    theme: Theme | None = None,
) -> Any:
    """Regions as tiles of equal size, about where they lie: a map that needs no boundaries, and shows small ones too.

    Of provinces, each is a tile. Of prefectures, each province is a block in the same place, with its prefectures in
    the order of their codes from the top left: find one by pointing at it. All years are taken together: filter the
    corpus for some. Plans of a county count for its prefecture; what cannot stand on the map (plans of the centre, of
    unknown regions; on the map of prefectures also those of provinces) is counted below the title.

    ![Plans by province](../images/charts/map.png)

    ![Plans by prefecture](../images/charts/map_prefectures.png)

    Args:
        corpus: The corpus.
        index: What a tile is: province (the default) or prefecture.
        values: What is counted or measured; see `Corpus.panel`. Plans by default.
        aggregate: How the values of a region's plans become one. The mean by default.
        as_of: The year whose units the tiles are. The last of the gazetteer by default.
        domain: Values at the two ends of the colours; give the same to charts that are to be compared. None (the
            default) for the least and the greatest value, and 0.
        language: `"zh"` or `"en"`; see `fangan.plot.use`.
        theme: `"light"` or `"dark"`; see `fangan.plot.use`.

    Returns:
        The `altair.LayerChart`. A tile without a plan is empty.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: `index` is something else; for the rest see `Corpus.panel`.

    Examples:
        >>> import fangan as fg
        >>> chart = fg.plot.map(fg.samples())
        >>> chart.to_dict()["title"]["subtitle"]
        '另有 1 件不在图上'
    """
    alt = _chart.altair()
    style = _chart.style(language, theme)
    if index not in ("province", "prefecture"):
        raise InvalidArgumentError(f"index is {index!r}; choose province or prefecture")
    cells = corpus.panel(index=index, by=None, values=values, aggregate=aggregate, as_of=as_of)
    units = _regions.regions(as_of)
    provinces = units.filter(level="province").select(
        pl.col("code").alias("of"), pl.col("short_name").alias("short"), "province"
    )
    grid = provinces.with_columns(
        pl.col("of").str.slice(0, 2).replace_strict({code: at[0] for code, at in TILES.items()}).alias("x"),
        pl.col("of").str.slice(0, 2).replace_strict({code: at[1] for code, at in TILES.items()}).alias("y"),
    )
    if index == "prefecture":
        tiles, block = _blocks(grid, units, cells)
    else:
        tiles, block = grid.with_columns(code="of", region="province", cx=pl.col("x") + 0.5, cy=pl.col("y") + 0.5), None
    shown = tiles.join(_said(cells).select("code", "n_plans", "value", "said"), on="code", how="left").with_columns(
        pl.col("n_plans").fill_null(0), pl.col("said").fill_null("")
    )
    missing = int(cells["n_plans"].sum()) - int(shown["n_plans"].sum())
    plans = "plan is" if missing == 1 else "plans are"
    under = style.says(f"另有 {missing} 件不在图上", f"{missing} {plans} not on the map") if missing else ""
    return _drawn(alt, style, shown, grid, block, domain, _measure(values, style), under)


def _blocks(grid: pl.DataFrame, units: pl.DataFrame, cells: pl.DataFrame) -> tuple[pl.DataFrame, tuple[float, float]]:
    """Prefectures in blocks, where their provinces stand; municipalities and what has no prefectures as one tile.

    With them, how many tiles wide and high a block is, its name and the space around it included.
    """
    province = pl.col("code").str.slice(0, 2) + "0000"
    inside = units.filter(level="prefecture").select("code", region="name", of=province)
    single = grid.filter(~pl.col("of").is_in(inside["of"].implode())).select(code="of", region="province", of="of")
    known = pl.concat([inside, single])
    # Counties that a province governs itself are there when they have plans.
    alone = cells.drop_nulls("code").select("code", "region", of=province).join(known, on="code", how="anti")
    together = pl.concat([known, alone]).sort("code").with_columns(pl.int_range(pl.len()).over("of").alias("at"))
    down = max(together["at"]) // _ACROSS + 1
    wide, high = _ACROSS + 0.6, down + 1.5
    placed = together.join(grid.select("of", "x", "y"), on="of", maintain_order="left").with_columns(
        cx=pl.col("x") + (pl.col("at") % _ACROSS + 0.5) / wide,
        cy=pl.col("y") + (pl.col("at") // _ACROSS + 1.6) / high,
    )
    return placed, (wide, high)


def _drawn(
    alt: Any,
    style: _chart.Style,
    shown: pl.DataFrame,
    grid: pl.DataFrame,
    block: tuple[float, float] | None,
    domain: tuple[float, float] | None,
    title: str,
    under: str,
) -> Any:
    left = min(at[0] for at in TILES.values())
    columns, rows = (max(at[axis] for at in TILES.values()) + 1 for axis in (0, 1))
    x = alt.X("cx:Q", axis=None, scale=alt.Scale(domain=[left, columns], nice=False))
    y = alt.Y("cy:Q", axis=None, scale=alt.Scale(domain=[0, rows], reverse=True, nice=False))
    base = alt.Chart(_chart.values(alt, shown)).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("region:N", title=style.says("地区", "Region")),
            alt.Tooltip("n_plans:Q", title=style.says("方案数", "Plans")),
            alt.Tooltip("said:N", title=style.says("数值", "Value")),
        ],
    )
    side = _TILE - 4 if block is None else _UNIT - 2
    square = {"shape": "square", "size": side**2, "filled": True, "opacity": 1}
    low, top = _ends(shown, domain)
    filled = base.transform_filter("datum.n_plans > 0 && isValid(datum.value)")
    layers = [
        base.mark_point(**square, fill=style.faint, strokeWidth=0, fillOpacity=0.55),
        filled.mark_point(**square, strokeWidth=0).encode(color=_heat(alt, style, shown, low, top)),
    ]
    if block is None:
        ink = _chart.ink(alt, style, (low + top) / 2)
        layers.append(base.mark_text(fontSize=11, dy=-6).encode(text="short:N", color=ink))
        layers.append(filled.mark_text(fontSize=10, dy=9).encode(text="said:N", color=ink))
        wide = high = _TILE
    else:
        wide, high = block[0] * _UNIT, block[1] * _UNIT
        heads = grid.with_columns(cx=pl.col("x") + 0.01, cy=pl.col("y") + 0.5 / block[1])
        layers.append(
            alt.Chart(_chart.values(alt, heads)).mark_text(align="left", fontSize=10).encode(x=x, y=y, text="short:N")
        )
    chart = alt.layer(*layers).properties(
        width=wide * (columns - left), height=high * rows, title=alt.Title(title, subtitle=under)
    )
    return _chart.configured(chart, style)


def _ends(shown: pl.DataFrame, domain: tuple[float, float] | None) -> tuple[float, float]:
    """The values at the ends of the colours."""
    if domain is not None:
        if len(domain) != 2 or not domain[0] < domain[1]:
            raise InvalidArgumentError(f"domain is {domain!r}; give two numbers, the smaller one first")
        return domain
    top = max(0.0, float(shown["value"].max() or 0.0))  # type: ignore[arg-type]
    low = min(0.0, float(shown["value"].min() or 0.0))  # type: ignore[arg-type]
    return low, top if top > low else low + 1


def _said(cells: pl.DataFrame) -> pl.DataFrame:
    """Cells with their values as they are read, and without those that are no numbers."""
    cells = cells.with_columns(pl.col("value").fill_nan(None))
    said = pl.col("value").map_elements(_chart.number, return_dtype=pl.String).fill_null("")
    return cells.with_columns(said.alias("said"))


def _heat(alt: Any, style: _chart.Style, shown: pl.DataFrame, low: float, top: float) -> Any:
    whole = bool((shown["value"].drop_nulls() % 1 == 0).all())
    return alt.Color(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[low, top], range=style.sequence, clamp=True),
        legend=alt.Legend(tickMinStep=1 if whole else 0.01, gradientLength=120),
    )


def _measure(values: str | pl.Expr | pl.DataFrame, style: _chart.Style) -> str:
    """What is shown, in words; an expression or a frame says nothing of itself."""
    from fangan._schema import schema

    known = schema()
    if isinstance(values, str) and values in known:
        return style.says(f"{known[values].chinese}数", f"Number of {values}")
    if isinstance(values, str):
        chinese = {column.name: column.chinese for column in known["plans"].columns}
        return style.says(chinese.get(values, values), values)
    return style.says("数值", "Value")
