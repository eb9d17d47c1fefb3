"""How a cell is said to a reader: dates, percentages, lists, Chinese; empty where the text does not say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

import polars as pl

PERCENTAGES = ("coverage", "share", "own_share", "new_share")
"""Columns of shares, which are read as percentages."""

_DECIMALS = 3


def said(column: pl.Series) -> list[str]:
    """The cells of a column as texts; null is an empty one.

    Examples:
        >>> said(pl.Series("share", [0.065, None]))
        ['6.5%', '']
        >>> said(pl.Series("coverage", [0.99996]))
        ['99.9%']
        >>> said(pl.Series("items", [["讲正气", "促和谐"], []]))
        ['讲正气、促和谐', '']
    """
    values = column.to_list()
    if column.dtype.is_float():
        return _numbers(column.name, values)
    if column.dtype.is_integer() and column.name.startswith("n_"):
        return ["" if value is None else f"{value:,}" for value in values]
    return [text(value) for value in values]


def not_all(share: float) -> float:
    """A share that is shown with one decimal: what is less than everything must not be shown as everything."""
    return min(share, 0.999) if share < 1 else share


def on_the_right(dtype: pl.DataType) -> bool:
    """Whether cells of a type are read from the right, as numbers are."""
    return dtype.is_numeric()


def text(value: object) -> str:
    """One value as a text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        if set(value) == {"start", "end"}:
            return f"{value['start']}–{value['end']}"
        return ", ".join(f"{name} {text(part)}" for name, part in value.items())
    if isinstance(value, list | pl.Series):
        return "、".join(map(text, value))
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, float):
        return f"{value:.{_DECIMALS}g}"
    return str(value)


def _numbers(name: str, values: Iterable[float | None]) -> list[str]:
    """Numbers with as many places as the column needs, three at most, so that their points stand in one line."""
    if name in PERCENTAGES:
        return ["" if value is None else f"{not_all(value):.1%}" for value in values]
    known = [value for value in values if value is not None]
    places = next(
        (few for few in range(_DECIMALS) if all(abs(value - round(value, few)) < 1e-9 for value in known)), _DECIMALS
    )
    return ["" if value is None else f"{value:.{places}f}" for value in values]
