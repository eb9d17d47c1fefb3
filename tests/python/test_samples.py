"""The demonstration corpus, parsed and scored against its gold: the floors that a change must not fall below."""

from __future__ import annotations

import json
from typing import Any

import fangan
import pytest
from check_gold import SAMPLES
from prediction import predict
from scoring import Score, load_gold, load_texts, score_all

# Least F1 by field, and of the mean. Raise them as the parser gets better; never lower one without saying why.
FLOORS = {
    "documents": 0.95,
    "title": 0.85,
    "genre": 0.90,
    "campaign": 0.85,
    "issuer": 0.80,
    "doc_number": 0.90,
    "region": 0.85,
    "issued_on": 0.90,
    "year": 0.90,
    "headings": 0.80,
    "phases": 0.85,
    "phase_dates": 0.80,
    "criteria": 0.75,
    "criteria_items": 0.75,
    "targets": 0.70,
    "leaders": 0.75,
    "references": 0.80,
}
MEAN_FLOOR = 0.80
WORST_SHOWN = 60


@pytest.fixture(scope="module")
def score() -> Score:
    golds = load_gold(SAMPLES / "gold")
    return score_all(golds, predict(fangan.samples()), load_texts(golds, [SAMPLES / "texts"]))


def report(score: Score, name: str | None = None) -> str:
    errors = [e for e in score.errors if name is None or e[1] == name][:WORST_SHOWN]
    return "\n".join(
        [
            score.table(),
            *(
                f"{place}\t{field}\t{kind}\t{json.dumps(what, ensure_ascii=False, default=str)}"
                for place, field, kind, what in errors
            ),
        ]
    )


def test_every_sample_is_parsed() -> None:
    found: dict[str, Any] = predict(fangan.samples())
    assert sorted(found) == sorted(path.name for path in (SAMPLES / "texts").glob("*.txt"))
    assert fangan.samples().sources["error"].null_count() == len(found)


@pytest.mark.parametrize("name", FLOORS)
def test_a_field_stays_above_its_floor(score: Score, name: str) -> None:
    assert (score[name].f1 or 0.0) >= FLOORS[name], "\n" + report(score, name)


def test_the_mean_stays_above_its_floor(score: Score) -> None:
    assert score.mean() >= MEAN_FLOOR, "\n" + report(score)
