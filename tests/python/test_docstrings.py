"""Everything public says what it does, with an example that the doctests run where it is something to call."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import fangan as fg
import pytest

CALLABLE = {name: getattr(fg, name) for name in fg.__all__ if inspect.isfunction(getattr(fg, name))}
CALLABLE |= {
    f"plot.{name}": getattr(fg.plot, name) for name in fg.plot.__all__ if inspect.isfunction(getattr(fg.plot, name))
}
CALLABLE |= {
    f"Corpus.{name}": member
    for name, member in inspect.getmembers(fg.Corpus)
    if not name.startswith("_") and (inspect.isfunction(member) or inspect.ismethod(member))
}


@pytest.mark.parametrize("name", CALLABLE)
def test_what_can_be_called_has_an_example(name: str) -> None:
    text = inspect.getdoc(CALLABLE[name]) or ""
    assert "Examples:\n    >>> " in text
    assert "Returns:\n" in text or inspect.signature(CALLABLE[name]).return_annotation == "None"


@pytest.mark.parametrize(
    "name",
    [
        name
        for name in CALLABLE
        if name.startswith("plot.") and "corpus" in inspect.signature(CALLABLE[name]).parameters
    ],
)
def test_charts_have_a_picture(name: str) -> None:
    pictures = re.findall(r"!\[.+\]\(\.\./images/charts/(\w+\.png)\)", inspect.getdoc(CALLABLE[name]) or "")
    assert pictures
    folder = Path(__file__).parents[2] / "docs" / "images" / "charts"
    if folder.exists():
        assert [picture for picture in pictures if not (folder / picture).exists()] == []


@pytest.mark.parametrize("name", [name for name in fg.__all__ if inspect.isclass(getattr(fg, name))])
def test_classes_say_what_they_are(name: str) -> None:
    assert inspect.getdoc(getattr(fg, name))
