"""What a text says about when."""

from __future__ import annotations

from datetime import date
from os import PathLike

import polars as pl

from fangan import _fangan
from fangan._vocabulary import load


def dates(
    text: str,
    *,
    year: int | None = None,
    issued_on: date | None = None,
    lexicon: str | PathLike[str] | None = None,
) -> pl.DataFrame:
    """Every time expression of a text, with its first and last day.

    Days, months, parts of months and years, five-year plans, ranges (3月1日至20日), open ends (6月底前, 从7月起),
    festivals (春节 by the lunar calendar), congresses (党的十八大召开前), and what has no dates: lengths of time
    (为期三年) and what recurs (每周五). A year that is left out is that of the other end of a range, else the one
    stated before in the same sentence, else `year`. What is not known is null.

    The text is repaired first, as `parse` does (2 0 1 0年 is read as 2010年).

    Args:
        text: Any text.
        year: Year of the document, for 6月25日, 今年, 年底. By default that of `issued_on`.
        issued_on: Day of issue of the document, for 即日起, 自印发之日起30日内, and to tell which 春节 comes next.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary, which the repairs use. None by default.

    Returns:
        One row an expression, in order: `text`, `kind` (day, ten_days, month, quarter, half_year, year, range,
        duration, recurring, relative), `start_on`, `end_on` (inclusive; null where the expression leaves that end
        open or states no days), `precision` (of the less exact end), `basis` (stated, context: a year stated before
        in the sentence, year, issued_on) and the place in the text as it was given, in code points: `start`, `end`
        (exclusive).

    Raises:
        InvalidArgumentError: `issued_on` is no day.
        LexiconError: A file of the lexicon cannot be used.
        ReadError: The folder of the lexicon cannot be read.

    Examples:
        >>> import fangan as fg
        >>> found = fg.dates("2010年3月动员，6月底前总结，每周五下午例会。")
        >>> found.select("text", "kind", "start_on", "end_on", "basis").rows()
        [('2010年3月', 'month', datetime.date(2010, 3, 1), datetime.date(2010, 3, 31), 'stated'), \
('6月底前', 'ten_days', None, datetime.date(2010, 6, 30), 'context'), ('每周五', 'recurring', None, None, None)]
    """
    day = None if issued_on is None else (issued_on.year, issued_on.month, issued_on.day)
    return pl.DataFrame(_fangan.date_rows(text, year=year, issued_on=day, lexicon=load(lexicon)))
