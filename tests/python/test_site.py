"""The site: what pages print becomes tables, links lead from page to page, and what is broken is found."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]
if not (ROOT / "tools" / "build_site.py").exists():
    pytest.skip("not a checkout", allow_module_level=True)


@pytest.fixture(scope="module")
def tools() -> SimpleNamespace:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import build_site
        import site_dictionary
        import site_outputs
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return SimpleNamespace(build=build_site, lists=site_dictionary, outputs=site_outputs)


def test_a_printed_frame_becomes_a_table(tools: SimpleNamespace) -> None:
    printed = """before
shape: (2, 2)
┌──────┬──────────┐
│ name ┆ text     │
│ ---  ┆ ---      │
│ str  ┆ str      │
╞══════╪══════════╡
│ 甲   ┆ 一、     │
│      ┆ 二<三    │
│ 乙   ┆ ["a",    │
│      ┆ "b"]     │
└──────┴──────────┘
after
"""
    made = tools.outputs.output(printed)
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", made) == [
        "name",
        "text",
        "str",
        "str",
        "甲",
        "一、二&lt;三",
        "乙",
        '["a", "b"]',
    ]
    assert made.startswith("``` { .text .output }\nbefore\n```")
    assert "after\n```" in made
    assert "┌" not in made


def test_a_frame_that_is_shown_becomes_a_table(tools: SimpleNamespace) -> None:
    import fangan as fg
    import polars as pl

    frame = pl.DataFrame({"name": ["动员部署", None, "a<b"], "n_plans": [1, 20, 300]})
    made = tools.outputs.output(str(fg.show(frame)) + "\n")
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", made) == ["name", "n_plans", "动员部署", "1", "", "20", "a&lt;b", "300"]
    assert "3 rows\n```" in made


def test_all_frames_of_the_pages_become_tables(tools: SimpleNamespace) -> None:
    for path in (ROOT / "docs").rglob("*.md"):
        made = tools.outputs.page(path.read_text(encoding="utf-8"))
        assert "┌" not in made, path
        assert not re.search("^---+  --", made, re.MULTILINE), path


def test_a_notebook_becomes_a_page(tools: SimpleNamespace, tmp_path: Path) -> None:
    def code(source: str, *outputs: dict[str, object]) -> dict[str, object]:
        return {"cell_type": "code", "source": [source], "outputs": list(outputs)}

    picture = {"output_type": "display_data", "data": {"image/png": "iVBORw0=", "text/plain": ["chart"]}}
    printed = {"output_type": "stream", "name": "stdout", "text": ["said\n"]}
    progress = {"output_type": "stream", "name": "stderr", "text": ["12%"]}
    html = {
        "output_type": "execute_result",
        "data": {"text/html": ["<style>x</style><table border='1'>\n<tr></tr></table>"]},
    }
    cells = [{"cell_type": "markdown", "source": ["# Charts & more\n", "a [link](x.md)"]}, code("chart", picture)]
    cells += [code("print()", printed, progress), code("frame", html)]
    path = tmp_path / "made.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    made = tools.outputs.notebook(path, tmp_path / "made", lambda text: text.replace("x.md", "y.md"))
    assert "a [link](y.md)" in made
    assert "![Charts &amp; more](made/2-0.png)" in made
    assert (tmp_path / "made" / "2-0.png").read_bytes() == b"\x89PNG\r"
    assert "said" in made
    assert "12%" not in made
    assert '<div class="frame"><table><tr></tr></table></div>' in made


def test_a_notebook_that_failed_is_no_page(tools: SimpleNamespace, tmp_path: Path) -> None:
    failed = {"cell_type": "code", "source": ["1/0"], "outputs": [{"output_type": "error"}]}
    path = tmp_path / "failed.ipynb"
    path.write_text(json.dumps({"cells": [failed]}), encoding="utf-8")
    with pytest.raises(SystemExit, match="failed"):
        tools.outputs.notebook(path, tmp_path, str)


def test_links_lead_from_page_to_page(tools: SimpleNamespace) -> None:
    known = tools.build.places("zh")

    def led(text: str) -> str:
        return tools.build.linked(text, "docs/zh/methods/reading.md", known)

    assert led("[x](../regions.md#a)") == "[x](../regions.md#a)"
    assert led("[x](../../../ARCHITECTURE.md)") == "[x](../project/architecture.md)"
    assert led("![x](../../images/timeline.png)") == "![x](../images/timeline.png)"
    assert led("[x](../../metrics.md)") == "[x](../metrics.md)"
    assert led("[x](https://pola.rs) [y](#here)") == "[x](https://pola.rs) [y](#here)"
    assert led("[the licence](../../../LICENSE-MIT)") == "the licence (`LICENSE-MIT`)"
    assert led("```python\nx[0](nowhere.md)\n```\n") == "```python\nx[0](nowhere.md)\n```\n"
    for broken in ("[x](nowhere.md)", "![x](../../images/nowhere.png)"):
        with pytest.raises(SystemExit, match="does not exist"):
            led(broken)


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("怎样\n读", "怎样读"),
        ("先看，\n`x` 再看", "先看，`x` 再看"),
        ("结束。\n**局限**：无", "结束。**局限**：无"),
        ("用 jieba\n分词", "用 jieba\n分词"),
        ("两种：\n- 甲\n- 乙", "两种：\n- 甲\n- 乙"),
        ("步骤：\n1. 甲", "步骤：\n1. 甲"),
        ("# 标题\n\n正文", "# 标题\n\n正文"),
        ("| 甲 |\n| 乙 |", "| 甲 |\n| 乙 |"),
        ("```text\n甲\n乙\n```\n", "```text\n甲\n乙\n```\n"),
    ],
)
def test_lines_of_chinese_leave_no_spaces(tools: SimpleNamespace, text: str, joined: str) -> None:
    assert tools.build.joined(text) == joined


def test_every_page_is_in_the_navigation(tools: SimpleNamespace) -> None:
    for language, folder in (("en", ROOT / "docs"), ("zh", ROOT / "docs" / "zh")):
        named = set(re.findall(r"\]\((\S+?)\)", (folder / "SUMMARY.md").read_text(encoding="utf-8")))
        pages = {place for place in tools.build.places(language).values() if place.endswith(".md")}
        assert {page for page in pages if not page.startswith("tutorials/")} - {"SUMMARY.md"} == named
    navigations = [(ROOT / folder / "SUMMARY.md").read_text(encoding="utf-8") for folder in ("docs", "docs/zh")]
    english, chinese = (re.sub(r"\[.*?\]|(?<=- )[^\[\n]*$", "", text, flags=re.MULTILINE) for text in navigations)
    assert english == chinese


def test_what_would_be_fetched_or_is_missing_is_found(tools: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "there.html").write_text("<p>", encoding="utf-8")
    page = '<script src="https://cdn.example/x.js"></script><a href="https://example.org">x</a><a href="there.html#x">y</a>'
    (tmp_path / "index.html").write_text(page + '<img src="gone.png"><a href="gone.html">z</a>', encoding="utf-8")
    assert tools.build.foreign(tmp_path) == ['index.html: <script src="https://cdn.example/x.js']
    assert sorted(tools.build.missing(tmp_path)) == ["index.html: gone.html", "index.html: gone.png"]


def test_the_lists_tell_every_column_and_item(tools: SimpleNamespace) -> None:
    import fangan as fg

    for language in ("en", "zh"):
        listed = tools.lists.dictionary(language)
        for name, table in fg.schema().items():
            if name != "texts":
                part = listed.partition(f"### {name}\n")[2].partition("\n##")[0]
                assert re.findall(r"^\| `(\w+)` ", part, re.MULTILINE) == [column.name for column in table.columns]
        assert all(f"### {name}" in tools.lists.rubrics(language) for name in fg.rubrics())
