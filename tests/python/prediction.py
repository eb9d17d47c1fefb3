"""What fangan found, in the form of the gold files: the documented columns of a corpus's tables, nothing repaired."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import PurePath
from typing import Any

# Characters of an ISO date that a precision vouches for; ten days, a quarter and a half-year are written as a month.
STATED = {"day": 10, "ten_days": 7, "month": 7, "quarter": 7, "half_year": 7, "year": 4}
REGION = ("province", "prefecture", "county", "township")


def as_stated(row: dict[str, Any], value: str, precision: str) -> str | None:
    """A row's date cut to what its text states: 30 April 2011 at the precision of a month is '2011-04'."""
    day: date | None = row[value]
    return None if day is None else day.isoformat()[: STATED.get(row[precision] or "day", 10)]


def grouped(frame: Any, *order: str) -> dict[str, list[dict[str, Any]]]:
    """A table's rows by plan, in the order of some columns."""
    by_plan: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in frame.sort(*order, nulls_last=True).iter_rows(named=True):
        by_plan[row["plan_id"]].append(row)
    return by_plan


def frameworks(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Criteria rows, which hold one item each, as one entry a framework and kind of body."""
    entries: dict[tuple[Any, Any], dict[str, Any]] = {}
    for row in rows:
        key = row["framework"], row["applies_to"]
        entry = entries.setdefault(
            key, {"framework": key[0], "applies_to": key[1], "declared": row["declared"], "items": []}
        )
        if row["item"] is not None:
            entry["items"].append(row["item"])
    return list(entries.values())


def predict(corpus: Any) -> dict[str, dict[str, Any]]:
    """A corpus as {file name of the source: gold-like dict}."""
    sections, phases = grouped(corpus.sections, "start"), grouped(corpus.phases, "start", "level")
    criteria, targets = grouped(corpus.criteria, "start", "ordinal"), grouped(corpus.targets, "start")
    slogans, leaders, references = (
        grouped(frame, "start") for frame in (corpus.slogans, corpus.leaders, corpus.references)
    )

    def gold_like(plan: dict[str, Any]) -> dict[str, Any]:
        key = plan["plan_id"]
        copied = (
            "ordinal",
            "start",
            "end",
            "title",
            "genre",
            "campaign",
            "sector",
            "issuer",
            "doc_number",
            "year",
            "truncated",
        )
        return {name: plan[name] for name in copied} | {
            "addressees": plan["addressees"] or [],
            "themes": plan["themes"] or [],
            "carriers": plan["carriers"] or [],
            "region": {level: plan[level] for level in REGION},
            "region_stated": plan["region_basis"] is not None,
            "issued_on": as_stated(plan, "issued_on", "issued_precision"),
            "window": {
                edge: as_stated(plan, f"window_{edge}", f"window_{edge}_precision") for edge in ("start", "end")
            },
            "headings": [
                {"level": s["level"], "marker": s["marker"], "text": s["heading"], "component": s["component"]}
                for s in sections[key]
                if s["heading"] and s["level"] <= 3
            ],
            "phases": [
                {name: p[name] for name in ("ordinal", "level", "kind", "label", "name")}
                | {"start": as_stated(p, "start_on", "start_precision"), "end": as_stated(p, "end_on", "end_precision")}
                for p in phases[key]
            ],
            "criteria": frameworks(criteria[key]),
            "slogans": [s["formula"] for s in slogans[key]],
            "targets": [
                {name: t[name] for name in ("quote", "value", "unit", "comparator")}
                | {"deadline": as_stated(t, "deadline", "deadline_precision")}
                for t in targets[key]
                if t["is_target"]
            ],
            "leaders": [{"body": x["body"], "role": x["role"], "names": [x["name"]]} for x in leaders[key]],
            "references": [{"title": r["title"], "number": r["doc_number"]} for r in references[key]],
        }

    found: dict[str, dict[str, Any]] = {}
    names = {}
    for source in corpus.sources.iter_rows(named=True):
        name = PurePath(source["path"] or source["source_id"]).name
        names[source["source_id"]] = name
        found[name] = {"source": name, "noise": source["noise"] or [], "plans": []}
    for plan in corpus.plans.sort("source_id", "ordinal").iter_rows(named=True):
        found[names[plan["source_id"]]]["plans"].append(gold_like(plan))
    return found
