"""What goes into a page as data: a document with its text, tables and repairs; two with their ledger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from fangan import _page_labels as labels
from fangan._page_places import Reading
from fangan._tables import BY_PLAN

_LONGEST_CELL = 240
"""Characters of a cell that the page holds; the text itself stands beside it."""
_LONGEST_MARK = 120
"""Characters of a doubt that are marked; of a longer one only the beginning is."""
_COMPARATORS = {"=": "", ">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< ", "~": "约 "}
_NO_FACTS = ("plan_id", "source_id", "ordinal", "start", "end")

Row = dict[str, Any]


class Documents:
    """The documents of a corpus as the page reads them, each by its own plan, or of a source without one."""

    def __init__(self, tables: Mapping[str, pl.DataFrame], texts: pl.DataFrame, language: str) -> None:
        self._language = language
        self._texts = dict(texts.iter_rows())
        self._plans = {row["plan_id"]: row for row in tables["plans"].iter_rows(named=True)}
        self._by_plan = {name: tables[name].partition_by("plan_id", as_dict=True) for name in BY_PLAN}
        of_source = ("repairs", "unparsed", "diagnostics")
        self._by_source = {name: tables[name].partition_by("source_id", as_dict=True) for name in of_source}
        self._bounds: dict[str, list[tuple[int, int]]] = {}
        for row in self._plans.values():
            self._bounds.setdefault(row["source_id"], []).append((row["start"], row["end"]))

    def entry(self, name: str) -> Row:
        """What the list of documents says of one: a plan, or a source without one."""
        plan = self._plans.get(name)
        keys = ("title", "region", "year", "genre")
        return {"id": name, **{key: plan[key] if plan else None for key in keys}}

    def document(self, name: str) -> Row:
        """All that the page shows of a plan, or of a source without one."""
        plan = self._plans.get(name)
        source_id = plan["source_id"] if plan else name
        text = self._texts[source_id]
        low, high = self._stretch(plan, text) if plan else (0, len(text))
        span = (plan["start"], plan["end"]) if plan else (low, low)
        found = self._of_source("repairs", source_id, None, low, high)
        repairs = sorted(
            found.select("start", "end", "kind", "after", "confidence").rows(), key=lambda row: (row[0], -row[1])
        )
        reading = Reading(text, low, high, repairs)
        rows = {"plans": self._facts(plan, reading)} if plan else {}
        for table in BY_PLAN:
            frame = self._by_plan[table].get((name,))
            rows[table] = [self._row(table, row) for row in frame.iter_rows(named=True)] if frame is not None else []
        for row in rows["sections"]:
            row["extent"] = reading.heading(row["at"], row["cells"].get("marker", ""), row["cells"].get("heading", ""))
        for table in ("unparsed", "diagnostics"):
            of_source = self._of_source(table, source_id, name if plan else None, low, high)
            rows[table] = [self._row(table, row) for row in of_source.iter_rows(named=True)]
        return {
            **self.entry(name),
            "source": source_id,
            "issuer": plan["issuer"] if plan else None,
            "number": plan["doc_number"] if plan else None,
            "truncated": bool(plan and plan["truncated"]),
            "base": low,
            "span": span,
            "text": text[low:high],
            "tables": rows,
            "repairs": _repairs(repairs, self._language),
        }

    def _stretch(self, plan: Row, text: str) -> tuple[int, int]:
        """The plan with what stands around it: from the document before it to the one behind it."""
        bounds = self._bounds[plan["source_id"]]
        low = max((end for _, end in bounds if end <= plan["start"]), default=0)
        high = min((start for start, _ in bounds if start >= plan["end"]), default=len(text))
        return low, high

    def _of_source(self, table: str, source_id: str, plan_id: str | None, low: int, high: int) -> pl.DataFrame:
        frame = self._by_source[table].get((source_id,))
        if frame is None:
            return pl.DataFrame(schema={"start": pl.UInt32, "end": pl.UInt32, "kind": pl.String, "after": pl.String,
                                        "confidence": pl.Float64})  # fmt: skip
        inside = (pl.col("start") < high) & (pl.col("end") > low)
        if plan_id is not None:
            inside &= pl.col("plan_id").is_null() | (pl.col("plan_id") == plan_id)
        return frame.filter(inside)

    def _row(self, table: str, row: Row) -> Row:
        cells = {}
        for name, cell in row.items():
            if cell is None or name in ("plan_id", "source_id", "start", "end") or cell == []:
                continue
            cells[name] = _cut(labels.value(table, name, _written(cell), self._language))
        made: Row = {"at": [row["start"], row["end"]], "cells": cells}
        if table in ("sections", "phases"):
            made["level"] = row["level"]
        if table == "targets":
            cells["quantity"] = _quantity(row)
        if table == "diagnostics":
            made["kind"] = "boilerplate" if row["code"] == "boilerplate" else "diagnostics"
            made["severity"] = row["severity"]
            if made["kind"] == "diagnostics" and row["end"] - row["start"] > _LONGEST_MARK:
                made["extent"] = [row["start"], row["start"]]
        return made

    def _facts(self, plan: Row, reading: Reading) -> list[Row]:
        """What the table of plans says, one row a column; title and number with their places in the text."""
        rows: list[Row] = []
        for name, cell in plan.items():
            if cell is None or cell == [] or name in _NO_FACTS:
                continue
            said = labels.value("plans", name, _written(cell), self._language)
            label = labels.column("plans", name, self._language)
            fact: Row = {"at": None, "cells": {"field": label, "value": _cut(said)}}
            if name in ("title", "doc_number"):
                fact["at"] = reading.find(said, plan["start"], plan["end"])
                fact["kind"] = "head"
            rows.append(fact)
        return rows


def ledger(rows: pl.DataFrame) -> list[list[Any]]:
    """Rows of a ledger: status, both places, similarity, and the clause with its edit."""
    shown = rows.with_columns(pl.coalesce("edit", "b_text", "a_text").alias("shown"), pl.col("status").cast(pl.String))
    columns = ("status", "a_start", "a_end", "b_start", "b_end", "similarity", "shown")
    return [list(row) for row in shown.select(columns).iter_rows()]


def _repairs(rows: Iterable[tuple[Any, ...]], language: str) -> dict[str, Any]:
    """Repairs as columns: a source can have more of them than a page should hold as objects."""
    listed = list(rows)
    names = list(dict.fromkeys(str(row[2]) for row in listed))
    place = {name: at for at, name in enumerate(names)}
    return {
        "kinds": [labels.value("repairs", "kind", name, language) for name in names],
        "start": [row[0] for row in listed],
        "end": [row[1] for row in listed],
        "kind": [place[str(row[2])] for row in listed],
        "after": [row[3] for row in listed],
        "confidence": {str(at): round(row[4], 3) for at, row in enumerate(listed) if row[4] is not None},
    }


def _written(cell: Any) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return f"{cell:g}" if abs(cell) < 1e6 else f"{cell:.12g}"
    if isinstance(cell, list):
        return "、".join(map(str, cell))
    return str(cell)


def _cut(said: str) -> str:
    return said if len(said) <= _LONGEST_CELL else said[:_LONGEST_CELL] + "…"


def _quantity(row: Row) -> str:
    if row["value"] is None:
        return row["unit"] or ""
    most = "" if row["value_max"] is None else f"–{_written(row['value_max'])}"
    return f"{_COMPARATORS[row['comparator']]}{_written(row['value'])}{most} {row['unit'] or ''}".strip()
