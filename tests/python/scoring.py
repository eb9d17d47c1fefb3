#!/usr/bin/env python3
"""Score extracted plans against gold plans, field by field.

    python tests/python/scoring.py GOLD_DIR CORPUS_DIR [--errors] [--sources]

CORPUS_DIR is a folder of source texts, read here with fangan, or a folder of predictions in the gold's form (*.json).
GOLD_DIR holds one <source file name>.json per source; the texts are looked for in CORPUS_DIR, else in GOLD_DIR/../texts
and GOLD_DIR/../corpus.

Counting is micro-averaged over all plans. A plan of the gold and a plan found are a pair when their spans overlap by
at least half of their union; what has no partner is missed, or false, with all its content. A single value is right
when it is the same after dropping punctuation, space, width and case; the items of a list are paired one to one, the
most similar first. Items that the gold marks `"optional": true` cost nothing and earn nothing.
"""

from __future__ import annotations

import argparse
import difflib
import json
import re
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

START_SLACK = 30  # characters that a document's start may lie off
PAIR_OVERLAP = 0.5  # intersection over union of two plans' spans
SIMILAR = 0.9  # for titles of references, headings, items
SIMILAR_NAME = 0.75  # for phase names, which are four characters long as a rule

# The rows of the table. The mean is over FIELDS; DETAILS are shown below it.
FIELDS = (
    "documents",
    "title",
    "genre",
    "campaign",
    "sector",
    "issuer",
    "doc_number",
    "addressees",
    "region",
    "issued_on",
    "year",
    "window",
    "themes",
    "carriers",
    "truncated",
    "headings",
    "phases",
    "phase_dates",
    "phase_nesting",
    "criteria",
    "criteria_items",
    "slogans",
    "targets",
    "target_deadline",
    "leaders",
    "references",
)
DETAILS = (
    "document_ends",
    "region_stated",
    "heading_texts",
    "components",
    "criteria_applies_to",
    "criteria_declared",
    "target_values",
    "noise",
)
# Rows that count only within matched items, and the row that says whether there was anything to match.
WITHIN = {"phase_dates": "phases", "phase_nesting": "phases", "target_deadline": "targets"}


# ------------------------------------------------------------------------------------------------ values
@lru_cache(1 << 16)
def _letters(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().replace("○", "〇")
    return "".join(c for c in folded if c.isalnum())


def bare(value: Any) -> str:
    """A text's letters, characters and digits, in one width and case."""
    return "" if value is None else _letters(str(value))


def alike(a: Any, b: Any) -> float:
    """How much of two bare texts is shared in order: 1 when they are equal, 0 when either is empty."""
    a, b = bare(a), bare(b)
    if not a or not b:
        return 0.0
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def shared_run(a: Any, b: Any) -> float:
    """The longest common run, as a share of the shorter text."""
    a, b = bare(a), bare(b)
    if not a or not b:
        return 0.0
    return difflib.SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size / min(len(a), len(b))


def document_number(value: Any) -> str:
    """`日卫党发[2010]011号` and `日卫党发〔2010〕11号` are one number."""
    text = unicodedata.normalize("NFKC", str(value or ""))
    parts = re.fullmatch(r"\s*(.*?)\W*(\d{4})\W*第?0*(\d+)\s*号\s*", text)
    return " ".join(map(bare, parts.groups())) if parts else bare(text)


def set_of_bodies(value: Any) -> str:
    """Joint issuers in any order."""
    return " ".join(sorted(filter(None, map(bare, re.split("[、;；]", str(value or ""))))))


def quantity(item: dict[str, Any]) -> tuple[float | None, str, str]:
    """Value, unit and comparator of a target."""
    value = item.get("value")
    unit = unicodedata.normalize("NFKC", item.get("unit") or "").replace("百分之", "%")
    return (None if value is None else round(float(value), 6), unit, item.get("comparator") or "=")


# ------------------------------------------------------------------------------------------------ counting
@dataclass
class Count:
    """Right, false and missed items of one field."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float | None:
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else None

    @property
    def recall(self) -> float | None:
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else None

    @property
    def f1(self) -> float | None:
        everything = 2 * self.tp + self.fp + self.fn
        return 2 * self.tp / everything if everything else None


@dataclass
class Score:
    """Counts by field, and every miss and false claim with the place where it happened."""

    counts: dict[str, Count] = field(default_factory=dict)
    errors: list[tuple[str, str, str, Any]] = field(default_factory=list)  # place, field, missed or false, what
    place: str = ""

    def __getitem__(self, name: str) -> Count:
        return self.counts.setdefault(name, Count())

    def right(self, name: str) -> None:
        self[name].tp += 1

    def missed(self, name: str, what: Any) -> None:
        self[name].fn += 1
        self.errors.append((self.place, name, "missed", what))

    def false(self, name: str, what: Any) -> None:
        self[name].fp += 1
        self.errors.append((self.place, name, "false", what))

    def value(self, name: str, gold: Any, got: Any, form: Callable[[Any], Any] = bare) -> None:
        """One value: an empty one claims nothing, a wrong one is both false and missed."""
        claimed, true = form(got), form(gold)
        if claimed and claimed == true:
            self.right(name)
            return
        if claimed:
            self.false(name, got)
        if true:
            self.missed(name, gold)

    def items(
        self, name: str, gold: list[Any], got: list[Any], likeness: Callable[[Any, Any], float]
    ) -> list[tuple[int, int]]:
        """Two lists, paired one to one; the index pairs. A likeness of 0 is no match."""
        pairs = best_pairs(gold, got, likeness)
        seen, claimed = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, item in enumerate(gold):
            if isinstance(item, dict) and item.get("optional"):
                continue
            if i in seen:
                self.right(name)
            else:
                self.missed(name, item)
        for j, item in enumerate(got):
            if j not in claimed:
                self.false(name, item)
        return pairs

    def mean(self) -> float:
        """The mean F1 of the fields that either side has something in."""
        values = [self[name].f1 for name in FIELDS]
        values += [0.0 for name, whole in WITHIN.items() if self[name].f1 is None and self[whole].fn]
        known = [v for v in values if v is not None]
        return sum(known) / len(known) if known else 0.0

    def table(self) -> str:
        """The table, as text."""

        def number(x: float | None) -> str:
            return "      -" if x is None else f"{x:7.3f}"

        def row(name: str) -> str:
            c = self[name]
            return f"{name:<20}{c.tp:>6}{c.fp:>6}{c.fn:>6} {number(c.precision)}{number(c.recall)}{number(c.f1)}"

        rule = "-" * 60
        head = f"{'field':<20}{'tp':>6}{'fp':>6}{'fn':>6} {'prec.':>7}{'recall':>7}{'F1':>7}"
        return "\n".join(
            [head, rule, *map(row, FIELDS), rule, f"{'mean F1':<53}{self.mean():7.3f}", rule, *map(row, DETAILS)]
        )


def best_pairs(a: list[Any], b: list[Any], likeness: Callable[[Any, Any], float]) -> list[tuple[int, int]]:
    """One-to-one index pairs, the most alike first; among equals those at the most similar place of their lists."""
    ranked = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            value = likeness(x, y)
            if value > 0:
                ranked.append((-value, abs(i - j), i, j))
    free_a, free_b, pairs = set(range(len(a))), set(range(len(b))), []
    for _, _, i, j in sorted(ranked):
        if i in free_a and j in free_b:
            free_a.remove(i)
            free_b.remove(j)
            pairs.append((i, j))
    return sorted(pairs)


def at_least(threshold: float, *keys: str) -> Callable[[Any, Any], float]:
    """A likeness of texts, or of one key of two dicts, that counts from a threshold on."""

    def likeness(x: Any, y: Any) -> float:
        for key in keys:
            x, y = x.get(key), y.get(key)
        value = alike(x, y)
        return value if value >= threshold else 0.0

    return likeness


# ------------------------------------------------------------------------------------------------ where plans stand
def spans(plans: list[dict[str, Any]], text: str) -> list[tuple[int, int]]:
    """The spans of a source's plans, in order: given outright, or by quotes of their first and last words.

    A plan ends where its last words stand for the last time before the next plan begins: 由教育局负责 may end many paragraphs.
    """
    quoted: list[int] = []
    out: list[tuple[int, int]] = []
    for plan in plans:
        if plan.get("start") is None:
            after = quoted[-1] + 1 if quoted else 0
            found = text.find(plan["start_quote"], after)
            quoted.append(after if found < 0 else found)
    limits = [*quoted[1:], len(text)]
    for plan in plans:
        if plan.get("start") is not None:
            out.append((plan["start"], plan.get("end") or len(text)))
            continue
        start, limit = quoted.pop(0), limits.pop(0)
        end = text.rfind(plan["end_quote"], start, limit)
        out.append((start, limit if end < 0 else end + len(plan["end_quote"])))
    return out


def overlap(a: tuple[int, int], b: tuple[int, int]) -> float:
    """Intersection over union of two spans, where it is enough for a pair."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    value = common / max(1, max(a[1], b[1]) - min(a[0], b[0]))
    return value if value >= PAIR_OVERLAP else 0.0


def decode(data: bytes, encoding: str | None = None) -> str:
    """A source as text: in the named encoding, else UTF-8, else GB18030. Line ends stay as they are."""
    for name in (encoding, "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "gb18030"):
        if name:
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
    return data.decode("utf-8", errors="replace")


# ------------------------------------------------------------------------------------------------ one plan
def stage_name(phase: dict[str, Any]) -> str:
    name = bare(phase.get("name") or phase.get("label"))
    return re.sub("(阶段|环节|步骤)$", "", name) or name


def phase_likeness(a: dict[str, Any], b: dict[str, Any]) -> float:
    value = alike(stage_name(a), stage_name(b))
    same_place = sum(a.get(key) == b.get(key) for key in ("level", "ordinal"))
    return value + 0.01 * same_place if value >= SIMILAR_NAME else 0.0


def criterion_likeness(a: dict[str, Any], b: dict[str, Any]) -> float:
    """By the framework's name; of one name twice, by the items and by whom it is for."""
    value = at_least(SIMILAR, "framework")(a, b)
    common = len(set(map(bare, a.get("items") or [])) & set(map(bare, b.get("items") or [])))
    return value and value + 0.01 * common + 0.001 * alike(a.get("applies_to"), b.get("applies_to"))


def target_likeness(a: dict[str, Any], b: dict[str, Any], whole: bool = True) -> float:
    """One quantity, quoted with at least half of the words in common."""
    x, y = quantity(a), quantity(b)
    same = x == y if whole else x[0] == y[0]
    value = shared_run(a.get("quote"), b.get("quote")) if same and x[0] is not None else 0.0
    return value if value >= 0.5 else 0.0


def reference_likeness(a: dict[str, Any], b: dict[str, Any]) -> float:
    numbers = document_number(a.get("number")), document_number(b.get("number"))
    return 2.0 if numbers[0] and numbers[0] == numbers[1] else at_least(SIMILAR, "title")(a, b)


def persons(leaders: list[dict[str, Any]]) -> list[str]:
    """Role and name, each pair once: bodies are named in too many ways to compare."""
    return list(dict.fromkeys(f"{bare(x.get('role'))} {bare(name)}" for x in leaders for name in x.get("names") or []))


def score_plan(score: Score, gold: dict[str, Any], got: dict[str, Any]) -> None:
    """Count one pair of plans; either side may be {} where it has no partner."""

    def both(*keys: str) -> tuple[Any, Any]:
        a: Any = gold
        b: Any = got
        for key in keys:
            a, b = (a or {}).get(key), (b or {}).get(key)
        return a, b

    def lists(key: str) -> tuple[list[Any], list[Any]]:
        a, b = both(key)
        return a or [], b or []

    for name in ("title", "genre", "campaign", "sector"):
        score.value(name, *both(name))
    for name in ("issued_on", "year"):
        score.value(name, *both(name), form=lambda x: str(x) if x else "")
    score.value("issuer", *both("issuer"), form=set_of_bodies)
    score.value("doc_number", *both("doc_number"), form=document_number)
    for name in ("truncated", "region_stated"):
        score.value(name, *both(name), form=bool)
    for level in ("province", "prefecture", "county", "township"):
        score.value("region", *both("region", level))
    for edge in ("start", "end"):
        score.value("window", *both("window", edge), form=lambda x: x or "")
    for name in ("addressees", "themes", "carriers", "slogans"):
        score.items(name, *lists(name), at_least(SIMILAR))

    same_text = at_least(SIMILAR, "text")
    score.items(
        "headings", *lists("headings"), lambda a, b: same_text(a, b) if a.get("level") == b.get("level") else 0.0
    )
    headings, found = lists("headings")
    for i, j in score.items("heading_texts", headings, found, same_text):
        if "component" in headings[i]:
            score.value("components", headings[i]["component"], found[j].get("component"))

    phases, found = lists("phases")
    for i, j in score.items("phases", phases, found, phase_likeness):
        for edge in ("start", "end"):
            score.value("phase_dates", phases[i].get(edge), found[j].get(edge), form=lambda x: x or "")
        score.value("phase_nesting", phases[i], found[j], form=lambda p: f"{p.get('kind')} {p.get('level')}")

    frameworks, found = lists("criteria")
    partner = dict(score.items("criteria", frameworks, found, criterion_likeness))
    for i, framework in enumerate(frameworks):
        other = found[partner[i]] if i in partner else {}
        score.items("criteria_items", framework.get("items") or [], other.get("items") or [], at_least(SIMILAR))
        if other:
            score.value("criteria_applies_to", framework.get("applies_to"), other.get("applies_to"))
            score.value("criteria_declared", framework.get("declared"), other.get("declared"))
    for j, framework in enumerate(found):
        if j not in partner.values():
            score.items("criteria_items", [], framework.get("items") or [], at_least(SIMILAR))

    targets, found = lists("targets")
    for i, j in score.items("targets", targets, found, target_likeness):
        score.value("target_deadline", targets[i].get("deadline"), found[j].get("deadline"), form=lambda x: x or "")
    score.items("target_values", targets, found, lambda a, b: target_likeness(a, b, whole=False))

    a, b = lists("leaders")
    score.items("leaders", persons(a), persons(b), lambda x, y: float(x == y))
    score.items("references", *lists("references"), reference_likeness)


# ------------------------------------------------------------------------------------------------ sources
def score_source(score: Score, gold: dict[str, Any], got: dict[str, Any], text: str) -> None:
    """Count one source: its documents, then the content of each."""
    plans, found = gold["plans"], got.get("plans") or []
    here, there = spans(plans, text), spans(found, text)
    score.place = gold["source"]
    score.items("noise", gold.get("noise") or [], got.get("noise") or [], lambda a, b: float(a == b))
    for name, edge in (("documents", 0), ("document_ends", 1)):
        score.items(
            name,
            [s[edge] for s in here],
            [s[edge] for s in there],
            lambda a, b: 1 / (1 + abs(a - b)) if abs(a - b) <= START_SLACK else 0.0,
        )
    partner = dict(best_pairs(here, there, overlap))
    for i, plan in enumerate(plans):
        score.place = f"{gold['source']}#{i + 1}"
        score_plan(score, plan, found[partner[i]] if i in partner else {})
    for j, plan in enumerate(found):
        if j not in partner.values():
            score.place = f"{gold['source']} (found: {j + 1})"
            score_plan(score, {}, plan)


def score_all(golds: Iterable[dict[str, Any]], predictions: dict[str, dict[str, Any]], texts: dict[str, str]) -> Score:
    """All gold sources; one without a prediction counts as found empty."""
    score = Score()
    for gold in golds:
        name = gold["source"]
        score_source(score, gold, predictions.get(name, {}), texts[name])
    return score


def load_gold(folder: Path) -> list[dict[str, Any]]:
    """The gold files of a folder."""
    return [json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))]


def load_texts(golds: Iterable[dict[str, Any]], folders: Iterable[Path]) -> dict[str, str]:
    """The sources of gold files, decoded."""
    texts, folders = {}, list(folders)
    for gold in golds:
        path = next((f / gold["source"] for f in folders if (f / gold["source"]).is_file()), None)
        if path is None:
            raise SystemExit(f"{gold['source']}: no such source in {', '.join(map(str, folders))}")
        texts[gold["source"]] = decode(path.read_bytes(), gold.get("encoding"))
    return texts


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--errors", action="store_true", help="print every miss and false claim")
    parser.add_argument("--sources", action="store_true", help="print the mean of each source")
    args = parser.parse_args()
    golds = load_gold(args.gold)
    texts = load_texts(golds, (args.corpus, args.gold.parent / "texts", args.gold.parent / "corpus"))
    if any(args.corpus.glob("*.json")):
        predictions = {p["source"]: p for p in load_gold(args.corpus)}
    else:
        import fangan
        from prediction import predict

        predictions = predict(fangan.read(str(args.corpus)))
    score = score_all(golds, predictions, texts)
    if args.errors:
        for place, name, kind, what in score.errors:
            print(place, name, kind, json.dumps(what, ensure_ascii=False), sep="\t")
    if args.sources:
        for gold in golds:
            print(f"{score_all([gold], predictions, texts).mean():7.3f}  {gold['source']}")
    print(score.table())
    return 0


if __name__ == "__main__":
    sys.exit(main())
