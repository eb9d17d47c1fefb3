"""Reused passages, likely sources, and what became of each clause."""

from __future__ import annotations

import fangan as fg
import polars as pl
import pytest

PASSAGE = "各乡镇要把改厕任务落实到村到户，严格施工标准，做到建一座成一座、群众满意一座"
CITIES = ("日照市", "烟台市", "潍坊市", "济宁市", "泰安市", "威海市")


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


def letters(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())


def test_a_passage_by_hand() -> None:
    a = f"莒县改厕工作实施方案\n一、任务\n{PASSAGE}。\n"
    b = f"涟水县厕所建设实施意见\n一、要求\n统一采购材料。{PASSAGE.replace('施工标准', '质量要求')}。\n"
    corpus = fg.parse({"a": a, "b": b})
    row = corpus.reuse(min_chars=25).row(0, named=True)
    # The passage has 34 letters, four of which were changed.
    same = len(letters(PASSAGE)) - 4
    assert row["n_chars"] == same
    assert row["similarity"] == pytest.approx(2 * same / (2 * len(letters(PASSAGE))))
    assert letters(corpus.quote("a", row["a_start"], row["a_end"])) == letters(PASSAGE)
    assert corpus.reuse(min_chars=same + 1).is_empty()
    assert (row["boilerplate"], row["n_regions"]) == (False, 2)


def test_boilerplate_stands_in_many_regions() -> None:
    texts = {city: f"{city}2012年改厕工作实施方案\n一、任务\n{PASSAGE}。\n" for city in CITIES}
    found = fg.parse(texts).reuse()
    assert found.height == 15
    assert found["n_regions"].unique().to_list() == [6]
    assert found["boilerplate"].all()
    assert not fg.parse(texts).reuse(boilerplate_regions=7)["boilerplate"].any()
    # Two plans of one city are one region.
    twice = fg.parse({"a": texts["日照市"], "b": texts["日照市"].replace("工作", "专项工作")})
    assert twice.reuse()["n_regions"].to_list() == [1]


def test_rows_verify_and_threads_do_not_matter(samples: fg.Corpus) -> None:
    found = samples.reuse(threads=2)
    assert found.schema == fg.schema()["reuse"].polars
    assert found.equals(samples.reuse(threads=1))
    # What the fingerprints miss are passages without a run of eleven letters.
    everything = samples.reuse(exhaustive=True)
    assert found.join(everything, on=found.columns, how="anti").is_empty()
    assert everything.join(found, on=found.columns, how="anti")["longest"].max() in (None, *range(5, 11))
    assert found.height > 20
    plans = {row["plan_id"]: row for row in samples.plans.to_dicts()}
    for row in found.to_dicts():
        for side in "ab":
            plan = plans[row[f"plan_{side}"]]
            start, end = row[f"{side}_start"], row[f"{side}_end"]
            assert plan["start"] <= start < end <= plan["end"]
        assert 0.5 <= row["similarity"] <= 1.0
        assert row["n_chars"] >= 30
        assert 5 <= row["longest"] <= row["n_chars"]


def test_a_longer_minimum_finds_less(samples: fg.Corpus) -> None:
    few, many = samples.reuse(min_chars=60), samples.reuse(min_chars=30)
    key = ["plan_a", "plan_b", "a_start", "b_start"]
    assert 0 < few.height < many.height
    assert few.filter(pl.col("similarity") == 1.0).join(many, on=key, how="anti").is_empty()


def test_mistakes(samples: fg.Corpus) -> None:
    with pytest.raises(fg.InvalidArgumentError, match="5 or more"):
        samples.reuse(min_chars=4)
    with pytest.raises(fg.InvalidArgumentError, match="1 or more"):
        samples.reuse(boilerplate_regions=0)
    with pytest.raises(fg.InvalidArgumentError, match="from 0 to 1"):
        samples.diffusion(least=1.5)
    with pytest.raises(fg.NotFoundError, match="nobody"):
        samples.ledger("nobody#1", samples.plans["plan_id"][0])


def test_sources_of_the_samples(samples: fg.Corpus) -> None:
    found = samples.diffusion()
    assert found.schema == fg.schema()["diffusion"].polars
    first = {row["target_plan"]: row for row in found.filter(pl.col("rank") == 1).to_dicts()}
    # The counties follow their city, the township its county; each cites what it follows.
    for target, source in (
        ("04_huoshan2018.txt#1", "03_luan2018.txt#1"),
        ("05_jinzhai2018.txt#1", "03_luan2018.txt#1"),
        ("06_tangjiahui2018.txt#1", "05_jinzhai2018.txt#1"),
        ("07_wulian2010.txt#1", "01_rizhao2010.txt#1"),
    ):
        row = first[target]
        assert row["source_plan"] == source
        assert (row["cites"], row["superior"], row["same_campaign"]) == (True, True, True)
        assert row["days"] > 0
    assert found.filter(pl.col("share") < 0.1).is_empty()
    assert found.filter(pl.col("own_share") > pl.col("share")).is_empty()
    assert found.filter(pl.col("share") > 1).is_empty()


def test_direction_by_hand() -> None:
    text = f"一、任务\n{PASSAGE}。\n"
    city = f"日照市2012年改厕方案\n{text}"
    county = f"莒县2012年改厕方案\n{text}"
    other = f"涟水县2013年改厕方案\n{text}"
    corpus = fg.parse({"county": county, "other": other, "city": city})
    found = {(row["source_plan"], row["target_plan"]): row["direction"] for row in corpus.diffusion().to_dicts()}
    assert found == {
        ("city#1", "county#1"): "level",
        ("county#1", "other#1"): "year",
        ("city#1", "other#1"): "year",
    }
    # Two counties in one year: nothing tells who was first.
    assert fg.parse({"a": county, "b": other.replace("2013", "2012")}).diffusion().is_empty()


def test_ledger_by_hand() -> None:
    city = "全市改厕方案\n一、各县要落实责任。\n二、加强宣传，营造氛围。\n三、按月通报进度。\n"
    county = "全县改厕方案\n一、按月通报进度。\n二、各乡镇要落实责任。\n三、县财政安排专项资金。\n"
    corpus = fg.parse({"city": city, "county": county})
    found = corpus.ledger("city#1", "county#1")
    assert found.schema == fg.schema()["ledger"].polars
    assert found.select("status", "edit").rows() == [
        ("edited", "全[-市-]{+县+}改厕方案"),
        # Dropped clauses stand behind what they stood behind: 加强宣传 behind 落实责任.
        ("kept", None),
        ("edited", "[-一-]{+二+}、各[-县-]{+乡镇+}要落实责任。"),
        ("dropped", None),
        ("added", None),
    ]
    assert found["clause"].to_list() == [1, 2, 3, 4, 5]
    dropped = found.filter(pl.col("status") == "dropped").row(0, named=True)
    assert corpus.quote("city", dropped["a_start"], dropped["a_end"]) == "二、加强宣传，营造氛围。"
    assert dropped["b_text"] is None


def test_ledger_within_one_source_and_with_itself(samples: fg.Corpus) -> None:
    two = samples.ledger("09_two_plans2009.txt#1", "09_two_plans2009.txt#2")
    plans = {row["plan_id"]: row for row in samples.plans.to_dicts()}
    second = plans["09_two_plans2009.txt#2"]
    inside = two.filter(pl.col("b_start").is_not_null())
    assert inside["b_start"].min() >= second["start"]
    assert inside["b_end"].max() <= second["end"]
    for plan_id in list(plans)[:8]:
        same = samples.ledger(plan_id, plan_id)
        assert (same["status"] == "kept").all()
        assert (same["similarity"] == 1.0).all()


def test_ledger_mirrors(samples: fg.Corpus) -> None:
    a, b = "03_luan2018.txt#1", "04_huoshan2018.txt#1"
    mirrored = {"added": "dropped", "dropped": "added"}
    there = set(samples.ledger(a, b).select("status", "a_start", "b_start").rows())
    back = samples.ledger(b, a).select("status", "b_start", "a_start").rows()
    assert there == {(mirrored.get(status, status), i, j) for status, i, j in back}


def test_ledger_reads_through_noise() -> None:
    clean = "全市改厕方案\n各县要落实责任，加强宣传。\n"
    noisy = "全市改廁方案\n各縣要落實(shí)責任，加強宣傳。\n"
    assert fg.parse({"a": clean, "b": noisy}).ledger("a#1", "b#1")["status"].to_list() == ["kept", "kept"]
