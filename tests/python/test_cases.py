"""Literal cases: a short text, and every row that a careful reader takes from it.

`tests/cases/*.toml` hold them, one file a table, each case with the `form` that it is about. `expect` lists all rows, in the
order of the text, with the columns that matter; `""` stands for null, `[]` for no row at all. A case with `known_failure`
says what the rules still get wrong: it has to fail, so that it is noticed when it no longer does.

`python tests/python/test_cases.py [file ...]` prints every case that fails.
"""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest

CASES = Path(__file__).parents[1] / "cases"
TABLES = {"outline": "sections", "head": "plans", "regions": "plans"}
"""Tables of the files that are not called as their table is."""
Case = dict[str, Any]


def names() -> list[str]:
    """The files of cases, by name."""
    return sorted(path.stem for path in CASES.glob("*.toml"))


@cache
def cases(name: str) -> list[Case]:
    """The cases of a file."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))["case"]


@cache
def rows(name: str) -> list[list[Case]]:
    """For each case of a file, the rows that fangan gives."""
    if name == "dates":
        return [
            fg.dates(case["text"], year=case.get("year"), issued_on=case.get("issued_on")).to_dicts()
            for case in cases(name)
        ]
    if name == "places":
        return [fg.locate(case["text"], year=case.get("year")).to_dicts() for case in cases(name)]
    table = TABLES.get(name, name)
    corpus = fg.parse({str(at): case["text"] for at, case in enumerate(cases(name))}, progress=False)
    frame: pl.DataFrame = getattr(corpus, table)
    if table == "sections":
        frame = frame.filter(pl.col("heading").is_not_null() & (pl.col("heading") != ""))
    if table == "targets":
        frame = frame.filter("is_target")
    found: list[list[Case]] = [[] for _ in cases(name)]
    for row in frame.sort("plan_id", "start", maintain_order=True).to_dicts():
        found[int(row["plan_id"].split("#")[0])].append(row)
    return found


def shown(value: Any) -> Any:
    """A cell as the cases write it."""
    return "" if value is None else value


def compare(name: str, at: int) -> tuple[list[Case], list[Case]]:
    """What is expected and what was found, cut to the columns that the case is about."""
    expected: list[Case] = cases(name)[at]["expect"]
    found = rows(name)[at]
    columns = [list(row) for row in expected]
    wanted = [{key: shown(value) for key, value in row.items()} for row in expected]
    got = [
        {key: shown(row[key]) for key in (columns[i] if i < len(columns) else sorted({k for c in columns for k in c}))}
        for i, row in enumerate(found)
    ]
    return wanted, got


def parameters() -> list[Any]:
    """One parameter a case."""
    return [
        pytest.param(
            name,
            at,
            id=f"{name}-{at}-{case['form']}",
            marks=[pytest.mark.xfail(strict=True, reason=case["known_failure"])] if "known_failure" in case else [],
        )
        for name in names()
        for at, case in enumerate(cases(name))
    ]


@pytest.mark.parametrize(("name", "at"), parameters())
def test_case(name: str, at: int) -> None:
    wanted, got = compare(name, at)
    assert got == wanted, cases(name)[at]["text"]


def test_there_are_enough_cases_and_none_twice() -> None:
    texts = [(name, case["text"], case.get("year")) for name in names() for case in cases(name)]
    assert len(texts) >= 2100
    assert len(set(texts)) == len(texts)
    negatives = sum(not case["expect"] for name in names() for case in cases(name))
    assert negatives >= 360


def main(chosen: list[str]) -> None:
    """Print what fails."""
    for name in chosen or names():
        failed = 0
        for at, case in enumerate(cases(name)):
            wanted, got = compare(name, at)
            if wanted != got and "known_failure" not in case:
                failed += 1
                print(f"--- {name} {at}: {case['form']}\n{case['text'].rstrip()}")
                for row in wanted:
                    if row not in got:
                        print("   want", {k: str(v) for k, v in row.items()})
                for row in got:
                    if row not in wanted:
                        print("   got ", {k: str(v) for k, v in row.items()})
        print(f"=== {name}: {failed} of {len(cases(name))} fail")


if __name__ == "__main__":
    main(sys.argv[1:])
