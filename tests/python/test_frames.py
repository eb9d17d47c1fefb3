from __future__ import annotations

import re
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from conftest import NOTICE
from fangan._schema import RESULTS, TABLES

README = Path(__file__).parents[2] / "README.md"
FIXED = {
    "sources": "source_id path format encoding script n_chars n_plans noise coverage error",
    "plans": "plan_id source_id ordinal title genre campaign sector issuer doc_number addressees province prefecture"
    " county township adcode region admin_level region_basis issued_on issued_precision year window_start window_end"
    " window_start_precision window_end_precision themes carriers truncated n_chars start end zone year_basis",
    "sections": "plan_id section_id parent_id level marker heading component text start end",
    "phases": "plan_id phase_id parent_id ordinal level kind label name stage start_on end_on start_precision "
    "end_precision date_text text start end",
    "criteria": "plan_id criterion_id framework kind applies_to declared found ordinal item text start end",
    "targets": "plan_id target_id quote subject indicator comparator value value_max unit deadline deadline_precision"
    " deadline_basis is_target reason start end",
    "leaders": "plan_id body role name post start end",
    "references": "plan_id title doc_number relation resolved_plan_id start end",
    "slogans": "plan_id formula declared items start end",
    "repairs": "source_id kind before after start end",
    "unparsed": "source_id plan_id text start end",
    "diagnostics": "source_id plan_id code severity message start end",
    "compare": "aspect status similarity a_id b_id a_text b_text a_start a_end b_start b_end",
    "score": "plan_id rubric dimension item value max weight evidence",
    "score_totals": "plan_id rubric dimension value low high max decided items band",
    "scores": "plan_id completeness completeness_head completeness_parts specificity",
    "compare_groups": "measure item n_plans n value low high",
    "similarity": "plan_a plan_b on similarity",
    "duplicates": "plan_id duplicate_of kind similarity",
    "reuse": "plan_a plan_b a_start a_end b_start b_end n_chars similarity boilerplate",
    "ledger": "clause status a_text b_text a_start a_end b_start b_end",
    "diffusion": "source_plan target_plan share n_chars same_campaign cites days",
    "ngrams": "ngram n n_plans",
    "keyness": "word n n_rest n_plans per_million per_million_rest log_likelihood log_ratio",
    "panel": "code region n_plans value",
    "summary": "aspect item severity n_sources n_plans share median_chars coverage n_unread n_truncated n_diagnostics"
    " n_warnings warnings_per_plan",
    "dates": "text kind start_on end_on precision basis start end",
    "locate": "text level name code confidence candidates start end province prefecture county",
    "kwic": "plan_id left match right start end",
    "tokens": "plan_id word tag stop run start end",
    "places": "plan_id text level name code confidence relation cited body start end",
    "residue": "plan_id name kind reason start end",
    "regions": "code name short_name level class province prefecture parent_code valid_from valid_to origin predecessors"
    " predecessor_names change successors successor_names",
    "townships": "code name county_code province prefecture county",
    "as_of": "as_of_relation as_of_adcode as_of_province as_of_province_code as_of_prefecture as_of_prefecture_code"
    " as_of_county as_of_codes as_of_names as_of_changes",
}
"""Names and order are a promise to notebooks; adding a column at the end is fine, anything else breaks them."""


@pytest.mark.parametrize(("table", "columns"), FIXED.items())
def test_names_and_order_are_fixed(table: str, columns: str) -> None:
    assert [column.name for column in fg.schema()[table].columns][: len(columns.split())] == columns.split()


def test_there_are_no_other_tables() -> None:
    assert set(TABLES) | set(RESULTS) == set(FIXED)


@pytest.mark.parametrize("text", [NOTICE, ""])
@pytest.mark.parametrize("table", TABLES)
def test_frames_come_out_as_the_schema_says(table: str, text: str) -> None:
    frame = fg.parse(text).table(table)
    assert frame.schema == fg.schema()[table].polars
    for column in fg.schema()[table].columns:
        if not column.nullable:
            assert frame[column.name].null_count() == 0, f"{table}.{column.name} is null"


def test_enums_are_enums() -> None:
    kinds = {
        f"{table}.{column.name}": column.dtype.categories.len()
        for table, known in fg.schema().items()
        for column in known.columns
        if isinstance(column.dtype, pl.Enum)
    }
    assert kinds["plans.genre"] == 9
    assert kinds["phases.stage"] == 8
    frame = fg.parse(NOTICE).sources
    assert isinstance(frame.schema["script"], pl.Enum)


@pytest.mark.parametrize("table", TABLES)
def test_properties_and_docstrings(table: str) -> None:
    assert getattr(fg.Corpus, table).__doc__


def test_offsets_are_indices_of_the_string() -> None:
    text = "\u3000𠮷林市关于改厕的通知 "
    plans = fg.parse(text).plans
    start, end = plans.select("start", "end").row(0)
    assert text[start:end] == text.strip()


def test_readme_lists_the_same_columns() -> None:
    """The README's table of tables: rows that begin with | `table` |, columns in code or as plain words."""
    if not README.exists():
        pytest.skip("no README")
    rows = re.findall(r"^\|\s*`(\w+)`\s*\|(.*)\|\s*$", README.read_text(encoding="utf-8"), flags=re.MULTILINE)
    rows = [(table, rest) for table, rest in rows if table in TABLES]
    if not rows:
        pytest.skip("the README has no table of tables")
    for table, rest in rows:
        told = set(re.findall(r"`(\w+)\??`", rest))
        known = {column.name for column in fg.schema()[table].columns}
        assert told <= known | set(TABLES), f"{table}: {told - known} are no columns"


def test_chinese_headings() -> None:
    corpus = fg.parse(NOTICE)
    for table in TABLES:
        frame = corpus.table(table)
        chinese = fg.to_zh(frame)
        assert chinese.columns == [column.chinese for column in fg.schema()[table].columns]
        assert chinese.rows() == frame.rows()
    assert fg.to_zh(pl.DataFrame({"plan_id": ["a"], "mine": [1]})).columns == ["方案编号", "mine"]
    joined = corpus.phases.join(corpus.plans, on="plan_id", suffix="_plan")
    assert len(set(fg.to_zh(joined).columns)) == joined.width
