#!/usr/bin/env python3
"""Check that the gold of the demonstration corpus can be true of its sources.

    check_gold.py [SAMPLES_DIR]

Form: no field is missing, unknown or of the wrong kind. Quotes: every plan's start and end occur in the decoded source,
plans are in order and do not overlap. Content: every value that the text must contain is there, compared without
punctuation and space; sources whose characters are disturbed (another script, OCR slips …) are not searched for it.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from scoring import bare, decode

SAMPLES = Path(__file__).resolve().parents[2] / "python" / "fangan" / "samples"
NOISE = {
    "traditional",
    "taiwan_vocabulary",
    "pinyin",
    "mojibake",
    "ocr",
    "boilerplate",
    "truncated",
    "concatenated",
    "merged_lines",
}
DISTURBED = {"traditional", "taiwan_vocabulary", "pinyin", "mojibake", "ocr"}
COMPONENTS = {
    "重要意义",
    "指导思想",
    "总体要求",
    "基本原则",
    "目标任务",
    "范围对象",
    "主要内容",
    "标准条件",
    "方法步骤",
    "时间安排",
    "工作措施",
    "组织领导",
    "责任分工",
    "监督考核",
    "表彰奖励",
    "宣传",
    "保障措施",
    "工作要求",
    "总结",
    "附则",
}
GENRES = {"方案", "意见", "通知", "要点", "讲话", "办法", "总结", "计划", "其他"}
SOURCE_FIELDS = {"source", "noise", "plans", "notes"}
OPTIONAL_SOURCE_FIELDS = {"encoding"}
PLAN_FIELDS = {
    "ordinal",
    "start_quote",
    "end_quote",
    "title",
    "genre",
    "campaign",
    "sector",
    "issuer",
    "doc_number",
    "addressees",
    "region",
    "region_stated",
    "issued_on",
    "year",
    "window",
    "themes",
    "carriers",
    "truncated",
    "headings",
    "phases",
    "criteria",
    "slogans",
    "targets",
    "leaders",
    "references",
}
ITEM_FIELDS = {
    "headings": {"level", "marker", "component", "text"},
    "phases": {"ordinal", "level", "kind", "label", "name", "start", "end"},
    "criteria": {"framework", "applies_to", "declared", "items"},
    "targets": {"quote", "value", "unit", "comparator", "deadline"},
    "leaders": {"body", "role", "names"},
    "references": {"title", "number"},
}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def form(plan: dict[str, Any]) -> list[str]:
    """What is wrong with the shape of one plan."""
    wrong = [f"fields differ: {sorted(PLAN_FIELDS ^ plan.keys())}"] if plan.keys() != PLAN_FIELDS else []
    if wrong:
        return wrong
    if plan["genre"] not in GENRES:
        wrong.append(f"genre {plan['genre']!r}")
    if plan["region"].keys() != {"province", "prefecture", "county", "township"} or plan["window"].keys() != {
        "start",
        "end",
    }:
        wrong.append("region or window has other keys")
    for name, fields in ITEM_FIELDS.items():
        for item in plan[name]:
            if item.keys() - {"optional"} != fields:
                wrong.append(f"{name} has the fields {sorted(item)}")
    dates = [
        plan["issued_on"],
        *plan["window"].values(),
        *(p[edge] for p in plan["phases"] for edge in ("start", "end")),
        *(t["deadline"] for t in plan["targets"]),
    ]
    wrong += [f"date {d!r}" for d in dates if d is not None and not DATE.fullmatch(d)]
    wrong += [
        f"window or phase runs backwards: {s} to {e}"
        for s, e in [tuple(plan["window"].values()), *((p["start"], p["end"]) for p in plan["phases"])]
        if s and e and s[: min(len(s), len(e))] > e[: min(len(s), len(e))]
    ]
    parts = {heading["component"] for heading in plan["headings"]} - {None}
    wrong += [f"component {part!r}" for part in parts - COMPONENTS]
    for target in plan["targets"]:
        if (
            target["comparator"] not in {"=", ">=", "<=", ">", "<"}
            or len(target["quote"]) > 40
            or not isinstance(target["value"], (int, float))
        ):
            wrong.append(f"target {target}")
    parents = [p["level"] for p in plan["phases"]]
    if parents and ((parents[0] != 1 and plan["truncated"] is False) or set(parents) - {1, 2}):
        wrong.append("phases do not begin with level 1")
    return wrong


def claims(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """Every value that stands in the document's own words."""
    found = [
        ("title", plan["title"]),
        *(("issuer", body) for body in (plan["issuer"] or "").split("、")),
        ("doc_number", plan["doc_number"]),
    ]
    for name in ("addressees", "themes", "carriers", "slogans"):
        found += [(name, text) for text in plan[name]]
    found += [("heading", h["text"]) for h in plan["headings"]]
    found += [(f"phase {field}", p[field]) for p in plan["phases"] for field in ("label", "name")]
    found += [("criterion", text) for c in plan["criteria"] for text in (c["framework"], *c["items"])]
    found += [("target", t["quote"]) for t in plan["targets"]]
    found += [("leader", text) for x in plan["leaders"] for text in (x["role"], *x["names"])]
    found += [("reference", text) for r in plan["references"] for text in (r["title"], r["number"])]
    return [(what, text) for what, text in found if text]


def check_source(gold: dict[str, Any], text: str) -> list[str]:
    """What is wrong with one gold file, given its decoded source."""
    fields = gold.keys() - OPTIONAL_SOURCE_FIELDS
    wrong = [f"fields differ: {sorted(SOURCE_FIELDS ^ fields)}"] if fields != SOURCE_FIELDS else []
    wrong += [f"unknown noise: {sorted(set(gold['noise']) - NOISE)}"] if set(gold["noise"]) - NOISE else []
    last = 0
    for number, plan in enumerate(gold["plans"], 1):
        here = f"plan {number}: "
        wrong += [here + problem for problem in form(plan)]
        if plan["ordinal"] != number:
            wrong.append(here + f"ordinal {plan['ordinal']}")
        start = text.find(plan["start_quote"], last)
        end = text.find(plan["end_quote"], max(start, 0))
        if start < 0 or end < 0:
            wrong.append(here + "start_quote or end_quote is not in the source")
            continue
        last = end + len(plan["end_quote"])
        if not DISTURBED & set(gold["noise"]):
            span = bare(text[start:last])
            wrong += [
                here + f"{what} is not in the text: {value}" for what, value in claims(plan) if bare(value) not in span
            ]
    return wrong


def check(folder: Path = SAMPLES) -> dict[str, list[str]]:
    """The problems of each gold file of a samples folder; a source without gold is one too."""
    problems: dict[str, list[str]] = {}
    for source in sorted((folder / "texts").glob("*.txt")):
        path = folder / "gold" / f"{source.name}.json"
        if not path.is_file():
            problems[source.name] = ["has no gold"]
            continue
        gold = json.loads(path.read_text(encoding="utf-8"))
        wrong = check_source(gold, decode(source.read_bytes(), gold.get("encoding")))
        if gold.get("source") != source.name:
            wrong.append(f"is named {gold.get('source')!r} in its gold")
        if wrong:
            problems[source.name] = wrong
    for path in (folder / "gold").glob("*.json"):
        if not (folder / "texts" / path.name.removesuffix(".json")).is_file():
            problems[path.name] = ["has no source"]
    return problems


if __name__ == "__main__":
    found = check(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
    for name, wrong in found.items():
        print(name, *wrong, sep="\n  ")
    sys.exit(bool(found))
