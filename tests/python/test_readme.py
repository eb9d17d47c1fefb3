"""The READMEs: their examples run without a network and print what stands below them; their lists are those of the code.

What differs after a change is filled in anew by `make docs`.
"""

from __future__ import annotations

import importlib.util
import re
import socket
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "build_docs.py"
READMES = ("README.md", "README.zh.md")
PAGES = ("docs/regions.md", "docs/tables.md")

if not TOOL.exists():
    pytest.skip("not a checkout", allow_module_level=True)


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_docs", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError("an example of the README wants the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("offline")
@pytest.mark.parametrize("name", [*READMES, *PAGES])
def test_what_a_readme_shows_is_what_comes_out(tool: ModuleType, name: str) -> None:
    path = ROOT / name
    marked = ["tables"] if name in READMES else []
    assert path.read_text(encoding="utf-8") == tool.rendered(path, marked), "run make docs"


@pytest.mark.parametrize("name", READMES)
def test_no_score_is_claimed_that_is_not_reached(tool: ModuleType, name: str) -> None:
    """A README may lag behind a parser that got better, not boast of one that got worse."""

    def numbers(text: str) -> dict[str, float]:
        rows = re.findall(r"^\| (\S.*?) \|.* \**([\d.]+)\** \|$", text, re.MULTILINE)
        return {field: float(last) for field, last in rows}

    text = (ROOT / name).read_text(encoding="utf-8")
    claimed = numbers(text.partition("<!-- scores -->")[2].partition("<!-- /scores -->")[0])
    reached = numbers(tool.scores(".zh." in name))
    assert len(claimed) > 20
    assert {field: value for field, value in claimed.items() if value > reached.get(field, 0) + 0.03} == {}


def test_an_example_whose_output_changed_is_found(tool: ModuleType) -> None:
    text = "```python\nx = 1\n```\n\nthen\n\n```python\nprint(x + 1)\n```\n```text\n3\n```\n"
    assert tool.run(text) == text.replace("\n3\n", "\n2\n")
    with pytest.raises(AssertionError):
        tool.run("```python\nprint(1)\n```\n\nno output shown\n")


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)", text) if not link.startswith("http")]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_both_languages_say_the_same() -> None:
    """The same headings, examples and lists in the same order; the words are the readers' to compare."""
    shapes = [
        re.findall(r"^(#+) |^(```\w+)|^<!-- (\w+) -->|^(!)\[", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        for name in READMES
    ]
    assert shapes[0] == shapes[1]
