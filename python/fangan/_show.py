"""What a corpus says of itself at the prompt and in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import polars as pl

Tables = Mapping[str, pl.DataFrame]


def _years(tables: Tables) -> str:
    years = tables["plans"]["year"].drop_nulls()
    if years.is_empty():
        return "none stated"
    low, high = years.min(), years.max()
    return f"{low!s}" if low == high else f"{low!s}-{high!s}"


def _common(values: pl.Series, most: int = 6) -> str:
    counts = (
        values.drop_nulls()
        .cast(pl.String)
        .value_counts(sort=True)
        .sort(["count", values.name], descending=[True, False])
    )
    shown = [f"{name} {count}" for name, count in counts.head(most).iter_rows()]
    more = counts.height - most
    return ", ".join(shown) + (f", {more} more" if more > 0 else "") if shown else "none"


def facts(tables: Tables) -> list[tuple[str, str]]:
    """What is worth knowing at a glance."""
    sources, plans = tables["sources"], tables["plans"]
    failed = sources["error"].drop_nulls().len()
    read = f"{sources.height}" + (f" ({failed} could not be read)" if failed else "")
    weights = int(sources["n_chars"].sum())
    coverage = float((sources["coverage"] * sources["n_chars"]).sum()) / weights if weights else None
    warnings = tables["diagnostics"].filter(pl.col("severity") == "warning").height
    return [
        ("sources", read),
        ("plans", f"{plans.height}"),
        ("years", _years(tables)),
        ("regions", _common(plans["region"])),
        ("genres", _common(plans["genre"])),
        ("noise", _common(sources["noise"].explode(empty_as_null=True).rename("noise"))),
        ("coverage", "nothing read" if coverage is None else f"{coverage:.1%} of {weights:,} characters"),
        ("warnings", f"{warnings}"),
    ]


def _rows(tables: Tables) -> list[tuple[str, int]]:
    return [(name, frame.height) for name, frame in tables.items() if name not in ("sources", "plans")]


def text_summary(tables: Tables) -> str:
    """For the prompt."""
    lines = [f"  {name:<9} {value}" for name, value in facts(tables)]
    rows = ", ".join(f"{name} {count}" for name, count in _rows(tables))
    return "\n".join(["Corpus", *lines, f"  rows      {rows}"])


def html(tables: Tables) -> str:
    """For a notebook."""
    left = "text-align:left"
    summary = "".join(
        f'<tr><th style="{left}">{escape(name)}</th><td style="{left}">{escape(value)}</td></tr>'
        for name, value in facts(tables)
    )
    rows = "".join(
        f'<tr><th style="{left}">{escape(name)}</th><td style="text-align:right">{count:,}</td></tr>'
        for name, count in _rows(tables)
    )
    box = "display:flex;gap:2em;align-items:flex-start;flex-wrap:wrap"
    return (
        f'<div class="fangan-corpus"><strong>Corpus</strong><div style="{box}">'
        f"<table>{summary}</table><table>{rows}</table></div></div>"
    )
