"""Dates, times and durations of Parquet as the numbers that they are, since Python does not have all of them."""

from __future__ import annotations

from typing import Any, cast

import polars as pl

_MOST_DAYS = 95_000_000
"""Days since 1970, before or after it, in which the calendar of polars holds."""


class Physical(int):
    """A date, time or duration of Parquet as polars holds it, which may be one that Python does not have.

    Examples:
        >>> value = Physical(1_000_000_001, pl.Datetime("ns"))
        >>> str(value), pl.Series([value], dtype=value.dtype).dt.nanosecond().to_list()
        ('1970-01-01 00:00:01.000000001', [1])
    """

    dtype: pl.DataType

    def __new__(cls, value: int, dtype: pl.DataType | type[pl.DataType]) -> Physical:
        """A value, as days or as parts of a second, and what it means."""
        made = super().__new__(cls, value)
        made.dtype = _instance(dtype)
        return made

    def __reduce__(self) -> tuple[type[Physical], tuple[int, pl.DataType]]:
        return Physical, (int(self), self.dtype)

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        parts = {"ms": 1_000, "us": 1_000_000, "ns": 1_000_000_000}
        a_day = 1 if self.dtype == pl.Date else 86_400 * parts[getattr(self.dtype, "time_unit", None) or "ns"]
        if abs(self) // a_day > _MOST_DAYS:
            # polars cannot write it.
            return f"{int(self)} ({self.dtype})"
        return str(pl.Series([self], dtype=self.dtype).dt.to_string()[0])


def has_times(dtype: pl.DataType) -> bool:
    """Whether a type holds dates, times or durations."""
    if isinstance(dtype, pl.Struct):
        return any(has_times(_instance(field.dtype)) for field in dtype.fields)
    if isinstance(dtype, pl.List | pl.Array):
        return has_times(_instance(dtype.inner))
    return dtype.is_temporal()


def physical(value: Any, dtype: pl.DataType) -> Any:
    """A cell whose dates and times are numbers, with what these mean."""
    if value is None or not has_times(dtype):
        return value
    if isinstance(dtype, pl.Struct):
        return {field.name: physical(value[field.name], _instance(field.dtype)) for field in dtype.fields}
    if isinstance(dtype, pl.List | pl.Array):
        return [physical(each, _instance(dtype.inner)) for each in value]
    return Physical(value, dtype)


def _instance(dtype: Any) -> pl.DataType:
    """A type of polars, which may be given as its class."""
    return cast(pl.DataType, dtype() if isinstance(dtype, type) else dtype)
