"""Places that plans name, and names left over from another place's document."""

from __future__ import annotations

import fangan as fg
import polars as pl
import pytest
from fangan import _fangan

SAMPLES = fg.samples()
LEFT_OVER = ["涟水县水利局", "宜昌市教育局", "天津市公安局", "曲阜市"]
"""Names that none of the samples has."""


def test_samples_have_no_residue_and_know_their_own_places() -> None:
    assert SAMPLES.residue().is_empty()
    places = SAMPLES.places()
    own = places.filter(relation="own").join(SAMPLES.plans, on="plan_id")
    assert own["plan_id"].n_unique() >= 20
    assert (own["code"] == own["adcode"]).all()
    # What says that it lies elsewhere is never of the plan's own province and city at once.
    assert (
        places.filter(pl.col("relation").is_null(), pl.col("name").is_not_null())
        .join(SAMPLES.plans.filter(pl.col("adcode").is_not_null()), on="plan_id")
        .is_empty()
    )


def test_every_mention_is_what_stands_there() -> None:
    places = SAMPLES.places().join(SAMPLES.plans.select("plan_id", "source_id"), on="plan_id")
    for (source_id,), rows in places.group_by("source_id"):
        claims = [(start, end, text, False) for start, end, text in rows.select("start", "end", "text").iter_rows()]
        assert _fangan.check_rows([SAMPLES.source_text(str(source_id))], [claims]) == [[None] * rows.height]


@pytest.mark.parametrize("name", LEFT_OVER)
def test_a_name_put_into_the_body_is_found_and_nothing_else(name: str) -> None:
    """A sentence with another place's name, in each sample that knows where it is from."""
    known = SAMPLES.plans.filter(pl.col("prefecture").is_not_null(), pl.col("ordinal") == 1)
    texts = {}
    for source_id in known["source_id"]:
        text = SAMPLES.source_text(source_id)
        at = text.rfind("。") + 1
        if at:
            texts[source_id] = f"{text[:at]}有关情况及时报{name}。{text[at:]}"
    assert len(texts) >= 15
    corpus = fg.parse(texts, progress=False)
    found = corpus.residue()
    assert set(found["name"]) == {name}
    assert found.height >= 0.9 * len(texts)
    for row in found.iter_rows(named=True):
        assert corpus.evidence(row) == name
        assert row["kind"] == ("body" if name.endswith("局") else "place")


def test_threads_change_nothing() -> None:
    assert SAMPLES.places(threads=1).equals(SAMPLES.places(threads=2))


def test_nothing_comes_of_nothing() -> None:
    empty = fg.parse([], progress=False)
    assert empty.places().schema == fg.schema()["places"].polars
    assert empty.residue().schema == fg.schema()["residue"].polars
