"""The gold of the demonstration corpus agrees with its sources; checker and scorer can tell when it does not."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import check_gold
import pytest
from scoring import FIELDS, Count, Score, alike, bare, best_pairs, document_number, load_gold, load_texts, score_all

GOLDS = load_gold(check_gold.SAMPLES / "gold")
TEXTS = load_texts(GOLDS, [check_gold.SAMPLES / "texts"])
RIZHAO = next(g for g in GOLDS if g["source"].startswith("01_"))
MATIAN = next(g for g in GOLDS if g["source"].startswith("08_"))


def test_gold_agrees_with_its_sources() -> None:
    assert check_gold.check() == {}


def test_the_corpus_is_as_varied_as_it_claims() -> None:
    plans = [p for g in GOLDS for p in g["plans"]]
    assert len(GOLDS) >= 24
    assert len({p["region"]["province"] for p in plans} - {None}) >= 4
    assert len({p["year"] for p in plans} - {None}) >= 4
    assert {p["genre"] for p in plans} >= {"方案", "意见", "要点", "讲话", "办法", "总结", "计划", "通知"}
    assert {n for g in GOLDS for n in g["noise"]} == check_gold.NOISE


def test_the_readme_lists_every_source() -> None:
    readme = (check_gold.SAMPLES / "README.md").read_text(encoding="utf-8")
    assert [g["source"] for g in GOLDS if f"| `{g['source'].removesuffix('.txt')}`" not in readme] == []


@pytest.mark.parametrize(
    "break_it",
    [
        lambda p: p.update(title="另一个县的方案"),
        lambda p: p.update(extra=1),
        lambda p: p.update(end_quote="没有这一句"),
        lambda p: p.update(issued_on="2011-4-12"),
        lambda p: p["phases"][0].update(end="2011-01"),
        lambda p: p["criteria"][0]["items"].append("亮成绩"),
        lambda p: p["targets"][0].update(comparator="≥"),
        lambda p: p["leaders"][0]["names"].append("王不在"),
    ],
)
def test_the_checker_finds_what_was_broken(break_it: Callable[[dict[str, Any]], Any]) -> None:
    gold = copy.deepcopy(MATIAN)
    break_it(gold["plans"][0])
    assert check_gold.check_source(MATIAN, TEXTS[MATIAN["source"]]) == []
    assert check_gold.check_source(gold, TEXTS[gold["source"]]) != []


def scored(change: Callable[[dict[str, Any]], Any], gold: dict[str, Any] = MATIAN) -> Score:
    """Gold scored against a copy of itself with something changed."""
    prediction = copy.deepcopy(gold)
    change(prediction)
    return score_all([gold], {gold["source"]: prediction}, TEXTS)


def test_gold_scored_against_itself_is_perfect() -> None:
    score = score_all(GOLDS, {g["source"]: g for g in GOLDS}, TEXTS)
    assert score.errors == []
    assert {name for name in FIELDS if score[name].f1 != 1.0} == set()
    assert score.mean() == 1.0


def test_nothing_found_scores_nothing() -> None:
    score = score_all(GOLDS, {}, TEXTS)
    assert score.mean() == 0.0
    assert all(score[name].tp == score[name].fp == 0 for name in FIELDS)


@pytest.mark.parametrize(
    ("name", "change", "count"),
    [
        ("title", lambda p: p.update(title="别的标题"), Count(0, 1, 1)),
        ("title", lambda p: p.update(title=None), Count(0, 0, 1)),
        ("title", lambda p: p.update(title=f"《{p['title']}》 "), Count(1, 0, 0)),
        ("phases", lambda p: p["phases"].pop(), Count(3, 0, 1)),
        ("phases", lambda p: p["phases"].append({**p["phases"][0], "name": "学习培训", "ordinal": 5}), Count(4, 1, 0)),
        ("phase_dates", lambda p: p["phases"][0].update(start="2011-03"), Count(7, 1, 1)),
        ("phase_nesting", lambda p: p["phases"][0].update(level=2), Count(3, 1, 1)),
        ("headings", lambda p: p["headings"][0].update(level=2), Count(11, 1, 1)),
        ("heading_texts", lambda p: p["headings"][0].update(level=2), Count(12, 0, 0)),
        ("region", lambda p: p["region"].update(county=None), Count(3, 0, 1)),
        ("criteria_items", lambda p: p["criteria"][1]["items"].pop(), Count(18, 0, 1)),
        ("criteria", lambda p: p["criteria"].pop(0), Count(2, 0, 1)),
        ("targets", lambda p: p["targets"][0].update(value=30), Count(3, 1, 1)),
        ("targets", lambda p: p["targets"][0].update(comparator="="), Count(3, 1, 1)),
        ("target_values", lambda p: p["targets"][0].update(comparator="="), Count(4, 0, 0)),
        ("target_deadline", lambda p: p["targets"][1].update(deadline=None), Count(2, 0, 1)),
        ("leaders", lambda p: p["leaders"][0].update(names=["李启"]), Count(6, 1, 1)),
        ("references", lambda p: p["references"][0].update(title=None), Count(1, 0, 0)),
        ("documents", lambda p: p.update(start=200), Count(0, 1, 1)),
    ],
)
def test_a_change_costs_what_it_should(name: str, change: Callable[[dict[str, Any]], Any], count: Count) -> None:
    assert scored(lambda prediction: change(prediction["plans"][0]))[name] == count


def test_an_optional_heading_costs_nobody() -> None:
    gold = copy.deepcopy(MATIAN)
    gold["plans"][0]["headings"].append({"level": 2, "marker": None, "text": "日常工作", "optional": True})
    for prediction in (MATIAN, gold):
        score = score_all([gold], {gold["source"]: prediction}, TEXTS)
        assert score["headings"] == Count(12, 0, 0)


def test_a_plan_too_many_costs_its_content() -> None:
    def split_off(prediction: dict[str, Any]) -> None:
        prediction["plans"].append({"start": 5, "end": 25, "genre": "方案", "title": "多出来的方案"})

    score = scored(split_off, RIZHAO)
    assert (score["documents"].fp, score["title"].fp, score["title"].tp) == (1, 1, 1)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("日卫党发〔2010〕11号", "日卫党发[2010]011号", True),
        ("日卫党发〔2010〕11号", "日卫党发(2010)第11号", True),
        ("日卫党发〔2010〕11号", "日卫党发〔2010〕12号", False),
        ("日卫党发〔2010〕11号", "莲卫党发〔2010〕11号", False),
    ],
)
def test_document_numbers_compare_by_what_they_say(a: str, b: str, same: bool) -> None:
    assert (document_number(a) == document_number(b)) is same


def test_text_compares_without_punctuation_width_and_case() -> None:
    assert bare("“五个好”（１）， A") == bare("五个好(1)a")
    assert alike("动员部署", "") == 0.0
    assert alike("动员部署", "宣传发动") < 0.75 < alike("动员部署", "全面动员部署")


def test_pairs_take_the_most_alike_first_and_keep_order_among_equals() -> None:
    assert best_pairs(["甲", "甲"], ["甲", "甲"], lambda x, y: float(x == y)) == [(0, 0), (1, 1)]
    assert best_pairs([1, 5], [5], lambda x, y: 1 / (1 + abs(x - y))) == [(1, 0)]


def test_gold_is_written_as_json_of_one_style() -> None:
    for path in (check_gold.SAMPLES / "gold").glob("*.json"):
        text = path.read_text(encoding="utf-8")
        assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n", path.name
