from __future__ import annotations

import datetime
from pathlib import Path

import fangan as fg
import polars as pl
import pytest

NOTICE = """望海市卫生局关于印发《农村改厕实施方案》的通知
各县区卫生局：
现将方案印发给你们，请认真组织实施。
一、指导思想
以改善农村环境为目标，统筹推进。
二、方法步骤
第一阶段：动员部署（2010年5月）。召开会议，张贴标语。
第二阶段：检查验收（2010年9月1日至9月30日）。逐村检查。
三、工作要求
各单位要做到“三到位”：认识到位，措施到位，检查到位。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two text files in nested folders, and a file of another kind."""
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    (tmp_path / "inner" / "b.md").write_text(NOTICE.replace("改厕", "改水"), encoding="utf-8")
    (tmp_path / "notes.dat").write_text("a,b\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def corpus() -> fg.Corpus:
    return fg.parse({"a": NOTICE, "b": NOTICE.replace("2010", "2011"), "c": ""})


def _frame(table: str, rows: list[dict[str, object]]) -> pl.DataFrame:
    shape = fg.schema()[table].polars
    full = [{**dict.fromkeys(shape), **row} for row in rows]
    return pl.DataFrame(full, schema=shape)


@pytest.fixture
def made() -> fg.Corpus:
    """A corpus whose tables are written by hand, so that what stands on it does not depend on the parser."""
    text = "动员部署（2010年5月）。检查验收。班子好，队伍好。"
    may = datetime.date(2010, 5, 1), datetime.date(2010, 5, 31)
    tables = {name: _frame(name, []) for name in fg.schema() if name != "compare"}
    tables["sources"] = _frame(
        "sources",
        [
            dict(
                source_id=name, format="text", encoding="str", n_chars=len(text), n_plans=1, noise=["ocr"], coverage=1.0
            )
            for name in ("x", "y")
        ],
    )
    tables["plans"] = _frame(
        "plans",
        [
            dict(plan_id=f"{name}#1", source_id=name, ordinal=1, title="改厕方案", region=region, year=year,
                 genre="方案", addressees=[], themes=[], carriers=[], truncated=False,
                 n_chars=len(text), start=0, end=len(text))
            for name, region, year in (("x", "望海市", 2010), ("y", "临江市", 2011))
        ],
    )  # fmt: skip
    phase = dict(parent_id=None, level=1, kind="stage", text="动员部署（2010年5月）。", start=0, end=14)
    tables["phases"] = _frame(
        "phases",
        [
            dict(
                phase,
                plan_id="x#1",
                phase_id=1,
                ordinal=1,
                name="动员部署",
                stage="mobilise",
                start_on=may[0],
                end_on=may[1],
            ),
            dict(
                phase,
                plan_id="x#1",
                phase_id=2,
                ordinal=2,
                name="检查验收",
                stage="review",
                text="检查验收。",
                start=14,
                end=19,
            ),
            dict(phase, plan_id="y#1", phase_id=1, ordinal=1, name="宣传发动", stage="mobilise", end_on=may[1]),
        ],
    )
    criterion = dict(
        framework="两个好", kind="standard", declared=2, found=2, text="班子好，队伍好。", start=19, end=27
    )
    tables["criteria"] = _frame(
        "criteria",
        [
            dict(criterion, plan_id="x#1", criterion_id=1, ordinal=1, item="班子好"),
            dict(criterion, plan_id="x#1", criterion_id=2, ordinal=2, item="队伍好"),
            dict(criterion, plan_id="y#1", criterion_id=1, found=0, text="两个好"),
        ],
    )
    tables["references"] = _frame(
        "references", [dict(plan_id="y#1", title="改厕方案", relation="cites", start=0, end=4)]
    )
    texts = pl.DataFrame({"source_id": ["x", "y"], "text": [text, text]})
    return fg.Corpus(tables, texts)
