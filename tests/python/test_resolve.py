"""Which plan of a corpus a reference names."""

from __future__ import annotations

from datetime import date

import fangan as fg
import polars as pl
import pytest
from fangan._resolve import resolved


def cited(*texts: str) -> list[tuple[str | None, ...]]:
    corpus = fg.parse(dict(zip("abcd", texts, strict=False)), progress=False)
    return corpus.references.select("plan_id", "title", "resolved_plan_id").rows()


NOTICE = "望海市人民政府文件\n望政发〔2010〕{0}号\n关于加强{1}保护工作的意见\n各区人民政府：\n一、保护范围。全市{1}均须保护。\n"
CITING = "青山镇古树保护方案\n根据{}，制定本方案。\n一、目标。登记造册。\n"


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("望政发〔2010〕1号文件", "a#1"),
        ("《关于加强古树保护工作的意见》", "a#1"),
        ("《望海市人民政府关于加强古树保护工作的意见》（望政发〔2010〕1号）", "a#1"),
        ("《望海市人民政府关于加强古树保护工作的意见》", "a#1"),
        ("《关于加强古树 保护工作的意见（试行）》", "a#1"),
        ("《关于加强古树保护工作的意见》（青政发〔2010〕7号）", None),
        ("望政发〔2010〕3号文件", None),
        ("《关于加强名木保护工作的意见》", None),
    ],
)
def test_a_reference_is_resolved_to_another_plan(reference: str, found: str | None) -> None:
    rows = cited(NOTICE.format(1, "古树"), CITING.format(reference))
    assert [row[2] for row in rows if row[0] == "b#1"] == [found]


def test_a_reference_is_not_resolved_between_two_plans() -> None:
    twice = [NOTICE.format(1, "古树"), NOTICE.format(2, "古树")]
    (row,) = cited(*twice, CITING.format("《关于加强古树保护工作的意见》"))
    assert row[2] is None
    (row,) = cited(*twice, CITING.format("《关于加强古树保护工作的意见》（望政发〔2010〕2号）"))
    assert row[2] == "b#1"


def test_references_are_resolved_where_that_is_certain() -> None:
    texts = dict.fromkeys(["plan_id", "title", "doc_number"], pl.String)
    plans = pl.DataFrame(
        [
            ("a#1", "甲市农田保护方案", "望发〔2010〕1号", "甲市", date(2010, 5, 1)),
            ("b#1", "乙市农田保护方案", None, None, date(2010, 6, 1)),
            ("c#1", "乙市农田保护方案", None, None, None),
            ("d#1", "实施方案", None, None, None),
            ("e#1", "丁市河湖保护方案", None, None, date(2012, 1, 1)),
        ],
        schema={**texts, "issuer": pl.String, "issued_on": pl.Date},
        orient="row",
    )
    rows = [
        ("b#1", None, "望发〔2010〕1号", "a#1"),
        ("b#1", None, "县发〔2010〕1号、望发〔2010〕1号", "a#1"),
        ("b#1", "甲市农田保护方案", None, "a#1"),
        ("b#1", "甲市关于印发〈甲市农田保护方案〉的通知", None, "a#1"),
        ("a#1", "甲市农田保护方案", "望发〔2010〕1号", None),
        ("a#1", "乙市农田保护方案", None, None),
        ("a#1", "实施方案", None, None),
        ("a#1", "丁市河湖保护方案", None, None),
        ("c#1", "丁市河湖保护方案", None, "e#1"),
        ("a#1", None, None, None),
    ]
    references = pl.DataFrame(
        [(*row[:3], None) for row in rows], schema={**texts, "resolved_plan_id": pl.String}, orient="row"
    )
    assert resolved(references, plans)["resolved_plan_id"].to_list() == [row[3] for row in rows]
