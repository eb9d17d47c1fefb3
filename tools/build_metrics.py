"""Measure the extraction against annotated documents, and write the metric cards: docs/metrics.md.

    python tools/build_metrics.py [NAME=GOLD:TEXTS ...]      # measure these sets, and the bundled samples; write
    python tools/build_metrics.py --check                    # fail if the page is not what the numbers make

A set is a folder of gold files and one of texts. The numbers of each set are kept in docs/metrics.json with what it
consists of, so that a set whose texts are not at hand keeps the numbers of its last measurement. `make metrics` measures the
samples, and what METRICS names: `make metrics METRICS="pages=gold:texts"`.
"""

from __future__ import annotations

import datetime
import json
import sys
import tomllib
from pathlib import Path
from typing import Any

import fangan as fg

ROOT = Path(__file__).resolve().parents[1]
PAGE, NUMBERS, CARDS = (ROOT / "docs" / name for name in ("metrics.md", "metrics.json", "metrics.toml"))
SAMPLES = ROOT / "python" / "fangan" / "samples"
sys.path.insert(0, str(ROOT / "tests" / "python"))


def measure(gold: Path, texts: Path) -> dict[str, Any]:
    """Counts by field of what fangan finds in the texts of a set."""
    from prediction import predict
    from scoring import DETAILS, FIELDS, load_gold, load_texts, score_all

    golds = load_gold(gold)
    names = {g["source"] for g in golds}
    paths = sorted(path for path in texts.iterdir() if path.name in names)
    score = score_all(golds, predict(fg.read(paths, progress=False)), load_texts(golds, [texts]))
    counts = {name: score[name] for name in (*FIELDS, *DETAILS)}
    return {
        "sources": len(golds),
        "documents": sum(len(g["plans"]) for g in golds),
        "measured": datetime.date.today().isoformat(),
        "mean": round(score.mean(), 3),
        "items": [sum(getattr(score[name], part) for name in FIELDS) for part in ("tp", "fp", "fn")],
        "fields": {name: [c.tp, c.fp, c.fn] for name, c in counts.items() if c.tp + c.fp + c.fn},
    }


def share(part: int, whole: int) -> str:
    """A share with three decimals; – where there is nothing to count."""
    return f"{part / whole:.3f}" if whole else "–"


def row(name: str, counts: list[int] | None) -> str:
    """One line of a card."""
    if counts is None:
        return f"| {name} | – | – | – | 0 |"
    right, false, missed = counts
    f1 = share(2 * right, 2 * right + false + missed)
    return f"| {name} | {share(right, right + false)} | {share(right, right + missed)} | {f1} | {right + missed} |"


def page(numbers: dict[str, Any], cards: dict[str, Any]) -> str:
    """The page of cards."""
    sets = [name for name in cards["sets"] if name in numbers]
    out = [
        cards["intro"].strip(),
        "",
        "| Documents | Sources | Documents | Measured | Mean F1 | Precision of all items | Recall of all items | F1 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for name in sets:
        of = numbers[name]
        right, false, missed = of["items"]
        cells = [
            f"**{name}**: {cards['sets'][name]}",
            of["sources"],
            of["documents"],
            of["measured"],
            f"{of['mean']:.3f}",
        ]
        cells += [
            share(right, right + false),
            share(right, right + missed),
            share(2 * right, 2 * right + false + missed),
        ]
        out.append(f"| {' | '.join(map(str, cells))} |")
    for field, card in cards["fields"].items():
        out += [
            "",
            f"## {field}",
            "",
            card["what"].strip(),
            "",
            "| Documents | Precision | Recall | F1 | n |",
            "| --- | --- | --- | --- | --- |",
        ]
        out += [row(name, numbers[name]["fields"].get(field)) for name in sets]
        out += ["", f"**Misses.** {card['misses'].strip()}"]
    return "\n".join(out) + "\n"


def main(arguments: list[str]) -> int:
    """Measure and write, or check."""
    cards = tomllib.loads(CARDS.read_text(encoding="utf-8"))
    numbers = json.loads(NUMBERS.read_text(encoding="utf-8")) if NUMBERS.exists() else {}
    if "--check" in arguments:
        current = PAGE.read_text(encoding="utf-8") == page(numbers, cards)
        print("up to date" if current else "docs/metrics.md is out of date: run make metrics")
        return int(not current)
    sets = {"samples": (SAMPLES / "gold", SAMPLES / "texts")}
    for argument in arguments:
        name, _, folders = argument.partition("=")
        gold, _, texts = folders.partition(":")
        if name not in cards["sets"]:
            sys.exit(f"{name!r} is not described in {CARDS.name}; there are {', '.join(cards['sets'])}")
        sets[name] = (Path(gold), Path(texts))
    numbers |= {name: measure(gold, texts) for name, (gold, texts) in sets.items()}
    lines = [f"{json.dumps(name)}: {json.dumps(of)}" for name, of in sorted(numbers.items())]
    NUMBERS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    PAGE.write_text(page(numbers, cards), encoding="utf-8")
    for name in sets:
        print(f"{name}: mean F1 {numbers[name]['mean']:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
