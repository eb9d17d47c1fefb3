"""What all charts share: Altair, language and theme, the font, names and order of plans."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from fangan import _fonts
from fangan.errors import InvalidArgumentError, MissingExtraError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

Language = Literal["zh", "en"]
Theme = Literal["light", "dark"]

PAGE = 1_100
"""Pixels that a chart may be wide, or a matrix high."""
SMALLEST_LABEL = 9
"""Pixels of the smallest letters that are drawn."""


@dataclass(frozen=True)
class Style:
    """The words and colours of a chart.

    Colours are safe for colour-blind readers: sequences run from light to dark in one hue, categories are Paul Tol's
    "muted" scheme on white and his "light" scheme on black (https://personal.sron.nl/~pault/, 2021).
    """

    language: Language
    theme: Theme

    def says(self, chinese: str, english: str) -> str:
        """A word of the chart in its language."""
        return chinese if self.language == "zh" else english

    @property
    def ground(self) -> str:
        return "#ffffff" if self.theme == "light" else "#15171c"

    @property
    def ink(self) -> str:
        return "#1f2328" if self.theme == "light" else "#e8e8e8"

    @property
    def faint(self) -> str:
        """For grids, and cells that hold nothing."""
        return "#e3e5e8" if self.theme == "light" else "#363a42"

    @property
    def grey(self) -> str:
        """For marks that stand for no category."""
        return "#b3b7bd" if self.theme == "light" else "#8b9098"

    @property
    def accent(self) -> str:
        return "#1f6fb2" if self.theme == "light" else "#77aadd"

    @property
    def categories(self) -> tuple[str, ...]:
        """Eight colours."""
        if self.theme == "light":
            return "#332288", "#88ccee", "#44aa99", "#117733", "#999933", "#ddcc77", "#cc6677", "#882255"
        return "#77aadd", "#99ddff", "#44bb99", "#bbcc33", "#aaaa00", "#eedd88", "#ee8866", "#ffaabb"

    @property
    def sequence(self) -> tuple[str, str]:
        """From little to much, both unlike the ground."""
        return ("#dbe9f6", "#08306b") if self.theme == "light" else ("#22384f", "#a6d3ff")

    def on(self, colour: str) -> str:
        """Black or white, whichever can be read on a colour."""
        red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
        return "#1f2328" if 0.299 * red + 0.587 * green + 0.114 * blue > 140 else "#ffffff"


_default = Style("zh", "light")


def use(*, language: Language | None = None, theme: Theme | None = None) -> None:
    """Set the language and the theme of all charts that are drawn from now on.

    Args:
        language: `"zh"` or `"en"`: titles, axes, legends and canonical names. Names of plans and what texts say stay as
            they are. None (the default) leaves it; it is `"zh"` at first.
        theme: `"light"` or `"dark"`. None (the default) leaves it; it is `"light"` at first.

    Raises:
        InvalidArgumentError: There is no such language or theme.

    Examples:
        >>> import fangan as fg
        >>> fg.plot.use(language="en")
        >>> fg.plot.structure(fg.samples()).to_dict()["encoding"]["color"]["title"]
        'Sections'
        >>> fg.plot.use(language="zh")
    """
    global _default
    _default = style(language, theme)


def style(language: Language | None, theme: Theme | None) -> Style:
    """The style that a chart asks for; the one in use where it asks for none."""
    for given, known in ((language, ("zh", "en")), (theme, ("light", "dark"))):
        if given is not None and given not in known:
            raise InvalidArgumentError(f"{given!r} is none of {', '.join(known)}")
    return Style(language or _default.language, theme or _default.theme)


def named(corpus: Corpus, rows: pl.DataFrame, *, title: int = 16) -> pl.DataFrame:
    """Rows with a column `plan`: region, year and so much of the title; the id where the text tells none of them.

    Names are unique: plans that share one have their ids behind it.
    """
    regions = ["province", "prefecture", "county", "township", "region"]
    words = pl.col("title").str.strip_prefix("关于")
    for region in regions:
        words = words.str.strip_prefix(pl.col(region).fill_null(""))
    year = pl.col("year").cast(pl.String).fill_null("?")
    # A plan that tells no region is known by its title alone.
    words = pl.when(pl.col("region").is_null()).then("title").otherwise(words)
    words = words.str.strip_prefix(year + "年度").str.strip_prefix(year + "年")
    most = pl.when(pl.col("region").is_null()).then(max(title, 14)).otherwise(title)
    cut = pl.when((words.str.len_chars() > most) & (most > 0)).then(pl.lit("…")).otherwise(pl.lit(""))
    shown = pl.concat_str(words.str.slice(0, most), cut)
    place = pl.when(pl.coalesce("region", "title").is_null()).then("plan_id").otherwise("region")
    plans = corpus.plans.select(
        "plan_id",
        pl.concat_str(place, pl.col("year").cast(pl.String), shown, separator=" ", ignore_nulls=True)
        .str.strip_chars()
        .alias("plan"),
    )
    twice = pl.len().over("plan") > 1
    plans = plans.with_columns(
        pl.when(twice).then(pl.format("{} ({})", "plan", "plan_id")).otherwise("plan").alias("plan")
    )
    return rows.join(plans, on="plan_id", how="left", maintain_order="left")


def order(corpus: Corpus, named: pl.DataFrame, day: pl.Expr | None = None, *, by_region: bool = False) -> list[str]:
    """The plans that have rows: by their first day, or their year where they have none, then as they stand.

    By region, plans of the centre come first, then provinces in the order of their codes, each with its prefectures
    and counties behind it, then plans whose region is unknown.
    """
    known = corpus.plans.select(
        "plan_id",
        pl.date("year", 1, 1).alias("year"),
        pl.when(pl.col("admin_level").cast(pl.String) == "national")
        .then(pl.lit("0"))
        .otherwise("adcode")
        .alias("code"),
    ).with_row_index("at")
    none = pl.lit(None, dtype=pl.Date)
    first = named.group_by("plan_id", "plan").agg((none if day is None else day).min().alias("first"))
    order = first.join(known, on="plan_id").with_columns(pl.coalesce("first", "year"))
    keys = ["code", "first", "at"] if by_region else ["first", "at"]
    return order.sort(keys, nulls_last=True)["plan"].to_list()


def values(alt: Any, frame: pl.DataFrame) -> Any:
    """Rows inside the chart itself; days without a time zone, so that no browser moves them."""
    days = [name for name, dtype in frame.schema.items() if dtype in (pl.Date, pl.Datetime)]
    plain = frame.with_columns(pl.col(days).dt.strftime("%Y-%m-%dT00:00:00") if days else [])
    return alt.InlineData(values=plain.to_dicts(), format=alt.DataFormat(parse=dict.fromkeys(days, "date")))


def room(count: int, *, largest: float, smallest: float = 0, page: float = PAGE) -> float:
    """Pixels for each of so many things that share a page, within bounds."""
    return max(smallest, min(largest, page / max(count, 1)))


def number(value: float) -> str:
    """A number as it is read: whole ones with thousands apart, others to three digits."""
    if value == int(value) or abs(value) >= 1_000:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def letters(size: float) -> float:
    """Pixels of letters that stand in rows of a size."""
    return max(SMALLEST_LABEL, min(11, size - 2))


def plans(alt: Any, order: list[str], size: float, *, name: str = "plan") -> Any:
    """The axis of plans, one row each; without labels where there is no room for them."""
    readable = size >= SMALLEST_LABEL
    axis = alt.Axis(labelLimit=320, labels=readable, ticks=readable, labelFontSize=letters(size), labelOverlap=False)
    return alt.Y(f"{name}:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=axis)


def columns(alt: Any, name: str, order: list[Any], size: float, **more: Any) -> Any:
    """An axis of columns whose labels stand so steep that they do not meet."""
    readable = size >= SMALLEST_LABEL
    angle = 0 if more.pop("flat", False) else -45 if size >= 16 else -90
    axis = alt.Axis(
        labelAngle=angle,
        labelLimit=150,
        labels=readable,
        ticks=readable,
        labelFontSize=letters(size),
        labelOverlap=False,
        orient="top",
        title=more.pop("title", None),
    )
    return alt.X(name, sort=order, scale=alt.Scale(domain=order), axis=axis, **more)


def ink(alt: Any, style: Style, middle: float) -> Any:
    """The colour of what is written on the cells of a heat map: it turns where the cells' colour is half way."""
    dark, bright = alt.value("#1f2328"), alt.value("#ffffff")
    test = f"isValid(datum.value) && datum.value > {middle}"
    return alt.condition(test, bright, dark) if style.theme == "light" else alt.condition(test, dark, bright)


def configured(chart: Any, style: Style) -> Any:
    """A chart with its font and the colours of its theme."""
    said = {"labelColor": style.ink, "titleColor": style.ink, "labelFontSize": 11, "titleFontSize": 11}
    return (
        chart.configure(font=_fonts.STACK, background=style.ground, padding=12)
        .configure_view(stroke=None)
        .configure_axis(**said, gridColor=style.faint, domainColor=style.grey, tickColor=style.grey)
        .configure_legend(**said, titleLimit=320, labelLimit=260)
        .configure_header(**said)
        .configure_title(anchor="start", fontSize=13, color=style.ink, subtitleColor=style.ink, subtitleFontSize=11)
        .configure_text(color=style.ink)
    )


def altair() -> Any:
    try:
        import altair
    except ImportError as error:
        raise MissingExtraError("charts need Altair: pip install 'fangan[plot]'") from error
    _fonts.register()
    return altair


def together(*charts: Any, columns: int = 2) -> Any:
    """Charts in one picture, side by side: two years of a map, two rubrics, one chart for each region.

    Altair's own `a | b` refuses charts that have their theme with them, as those of `fangan.plot` have.

    Args:
        *charts: The charts.
        columns: How many stand side by side. 2 by default.

    Returns:
        The `altair.ConcatChart`, with the theme of the first.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: There is no chart.

    Examples:
        >>> import fangan as fg, polars as pl
        >>> samples = fg.samples()
        >>> maps = [fg.plot.map(samples.filter(pl.col("year") == year), domain=(0, 5)) for year in (2010, 2018)]
        >>> len(fg.plot.together(*maps).to_dict()["concat"])
        2
    """
    alt = altair()
    if not charts:
        raise InvalidArgumentError("there is no chart; give two or more")
    plain = [chart.copy() for chart in charts]
    config = plain[0].config
    for chart in plain:
        chart.config = alt.Undefined
    whole = alt.concat(*plain, columns=columns, spacing=28).resolve_scale(color="independent")
    whole.config = config
    return whole
