"""READMEs and pages: their examples run without a network and print what stands below them; their lists are those of the code.

What differs after a change is filled in anew by `make docs`.
"""

from __future__ import annotations

import datetime
import importlib.util
import re
import socket
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
TOOL = ROOT / "tools" / "build_docs.py"
READMES = ("README.md", "README.zh.md")
ENGLISH = sorted(
    str(path.relative_to(ROOT / "docs")) for path in (ROOT / "docs").rglob("*.md") if "zh" not in path.parts
)
PAGES = [f"docs/{name}" for name in ENGLISH] + [f"docs/zh/{name}" for name in ENGLISH if name != "metrics.md"]
MEASURED = ["metrics.md"]  # written by tools/build_metrics.py, in English alone

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
    marked = ["tables"] if name in READMES else ()
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


def link_targets(text: str) -> list[str]:
    """Links of a page that lead to files, without their anchors."""
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.DOTALL | re.MULTILINE)
    links = re.findall(r"\]\(([^()\s]+)\)", prose)
    return [link.partition("#")[0] for link in links if not re.match("[a-z]+:|#", link)]


@pytest.mark.parametrize("name", [name for name in [*READMES, *PAGES] if not name.endswith("SUMMARY.md")])
def test_links_lead_somewhere(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [link for link in link_targets(text) if not ((ROOT / name).parent / link).exists()] == []
    assert [
        link for link in re.findall(r"\]\((\w+:[^()\s]*)", text) if not re.fullmatch(r"https?://[\w.-]+(/\S*)?", link)
    ] == []


def shape(name: str) -> list[Any]:
    """Headings, examples, lists, rows of tables and pictures, in their order."""
    parts = r"^(#+) |^(```\w+)|^(<!-- \w+ -->)|^(!)\[|^(\| )|^(::: \S+)|^(-|\d\.) "
    return re.findall(parts, (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)


@pytest.mark.parametrize(
    ("english", "chinese"),
    [READMES, *((f"docs/{name}", f"docs/zh/{name}") for name in ENGLISH if name not in MEASURED)],
)
def test_both_languages_say_the_same(english: str, chinese: str) -> None:
    """The same headings, examples, lists and tables in the same order; the words are the readers' to compare."""
    assert shape(english) == shape(chinese)


def test_both_languages_have_the_same_pages() -> None:
    chinese = {str(path.relative_to(ROOT / "docs" / "zh")) for path in (ROOT / "docs" / "zh").rglob("*.md")}
    assert chinese == set(ENGLISH) - set(MEASURED)


@pytest.mark.parametrize("name", [name for name in ENGLISH if name not in MEASURED])
def test_both_languages_give_the_same_measured_numbers(name: str) -> None:
    """Numbers that stand in cells of their own."""
    numbers = [
        re.findall(r"(?<=\| )[\d,.]+(?=[ %()\d.MiB]* \|)", (ROOT / folder / name).read_text(encoding="utf-8"))
        for folder in ("docs", "docs/zh")
    ]
    assert numbers[0] == numbers[1]


def test_every_diagnostic_is_explained() -> None:
    codes = re.search(r"pub const CODES.*?\];", (ROOT / "src" / "diagnostic.rs").read_text(encoding="utf-8"), re.DOTALL)
    assert codes is not None
    page = (ROOT / "docs" / "reference" / "diagnostics.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE) == re.findall(r'"([a-z-]+)"', codes[0])


@pytest.mark.parametrize("language", ["docs", "docs/zh"])
def test_the_reference_has_everything_public(language: str) -> None:
    import fangan as fg

    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / language / "reference").glob("*.md"))
    documented = set(re.findall(r"^::: fangan\.(\w+)", pages, re.MULTILINE))
    errors = {name for name in fg.__all__ if name.endswith("Error")}  # on the page of the module `errors`
    beside = {"errors", "testing", "_expressions"}  # modules, and the namespace of expressions
    assert documented - beside == set(fg.__all__) - errors - {"__version__"}


def test_the_citation_is_of_this_version() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    fields = dict(re.findall(r"^([\w-]+): *(\S.*)$", citation, re.MULTILINE))
    assert fields["cff-version"] == "1.2.0"
    assert fields["type"] == "software"
    assert fields["version"] == project["version"]
    assert datetime.date.fromisoformat(fields["date-released"].strip('"')) <= datetime.date.today()
    assert re.findall(r"^  - ((?:MIT|Apache).*)$", citation, re.MULTILINE) == project["license"].split(" OR ")
    assert {"message", "title", "abstract"} <= fields.keys()
    for page in ("docs/citing.md", "docs/zh/citing.md"):
        assert f"version {project['version']} [software]" in (ROOT / page).read_text(encoding="utf-8")
