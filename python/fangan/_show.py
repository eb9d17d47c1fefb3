"""What a corpus says of itself at the prompt and in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import polars as pl

from fangan._summary import LEVELS
from fangan._terminal import display_width

_NEXT = "corpus.plans … (tables), fg.show(table), corpus.summary(), corpus.view(plan_id), fg.plot"
"""What a newcomer may ask for after the first look."""

Tables = Mapping[str, pl.DataFrame]

_LINE = 88
"""Columns of the line that counts the rows."""

_STYLE = """<style>
.fangan-corpus .parts{display:flex;gap:2.5em;align-items:flex-start;flex-wrap:wrap;margin-top:4px}
.fangan-corpus table{border-collapse:collapse;font-size:13px;border:0;margin:0;font-variant-numeric:tabular-nums}
.fangan-corpus th,.fangan-corpus td{padding:3px 10px 3px 0;border:0;border-bottom:1px solid rgba(128,128,128,.25);
text-align:left!important;vertical-align:top;background:none}
.fangan-corpus th{font-weight:600;opacity:.75;white-space:nowrap}
.fangan-corpus .number{text-align:right!important;padding-left:1.5em}
.fangan-corpus table:first-child{max-width:46em}
</style>"""


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


def _places(plans: pl.DataFrame) -> pl.Series:
    """The highest level at which the plans differ: of many provinces the provinces, of one county its townships."""
    of_level = (plans[name] for name in LEVELS)
    return next((names for names in of_level if names.drop_nulls().n_unique() > 1), plans["region"])


def facts(tables: Tables) -> list[tuple[str, str]]:
    """What is worth knowing at a glance."""
    sources, plans = tables["sources"], tables["plans"]
    failed = sources["error"].drop_nulls().len()
    read = f"{sources.height}" + (f" ({failed} could not be read)" if failed else "")
    weights = int(sources["n_chars"].sum())
    coverage = float((sources["coverage"] * sources["n_chars"]).sum()) / weights if weights else None
    warnings = tables["diagnostics"].filter(pl.col("severity") == "warning")["code"]
    told = f": {_common(warnings)}" if warnings.len() else ""
    cut = int(plans["truncated"].sum())
    return [
        ("sources", read),
        ("plans", f"{plans.height}" + (f" ({cut} break{'s' if cut == 1 else ''} off)" if cut else "")),
        ("years", _years(tables)),
        ("regions", _common(_places(plans))),
        ("genres", _common(plans["genre"])),
        ("noise", _common(sources["noise"].explode(empty_as_null=True).rename("noise"))),
        ("coverage", "nothing read" if coverage is None else f"{coverage:.1%} of {weights:,} characters"),
        ("warnings", f"{warnings.len()}{told}"),
    ]


def _rows(tables: Tables) -> list[tuple[str, int]]:
    return [(name, frame.height) for name, frame in tables.items() if name not in ("sources", "plans")]


def text_summary(tables: Tables) -> str:
    """For the prompt."""
    lines = [f"  {name:<9} {value}" for name, value in facts(tables)]
    rows = ""
    for name, count in _rows(tables):
        told = f"{name} {count}"
        last = rows.rpartition("\n")[2]
        rows += (", " if not display_width(last + told) > _LINE else ",\n" + " " * 12) + told if rows else told
    return "\n".join(["Corpus", *lines, f"  rows      {rows}", f"  next      {_NEXT}"])


def html(tables: Tables) -> str:
    """For a notebook."""
    summary = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in facts(tables))
    rows = "".join(
        f'<tr><th>{escape(name)}</th><td class="number">{count:,}</td></tr>' for name, count in _rows(tables)
    )
    return (
        f'{_STYLE}<div class="fangan-corpus tex2jax_ignore mathjax_ignore"><strong>Corpus</strong><div class="parts">'
        f"<table>{summary}</table><table>{rows}</table></div><p>next: <code>{escape(_NEXT)}</code></p></div>"
    )
