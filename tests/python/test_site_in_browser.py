"""The built site (`make site`) from disk, in a browser: search, languages, and no page wider than a phone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

SITE = Path(__file__).parents[2] / "site"
CHROMIUM = shutil.which("chromium")
OPTIONS = "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"

if not (SITE / "index.html").exists():
    pytest.skip("the site is not built; make site builds it", allow_module_level=True)
if CHROMIUM is None:
    pytest.skip("no browser", allow_module_level=True)
api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS.split())
        yield started
        started.close()


@pytest.mark.parametrize(
    ("page", "words", "found"),
    [("index.html", "winnowing", "How plans are compared"), ("zh/index.html", "承接台账", "方案怎样比较")],
)
def test_the_search_works_from_disk(browser: Any, page: str, words: str, found: str) -> None:
    shown = browser.new_page()
    shown.goto((SITE / page).as_uri())
    shown.click(".md-search__button")
    field = shown.locator("input[type=text], input[type=search], input[placeholder]").last
    field.fill(words)
    shown.locator("ol li").filter(has_text=found).first.wait_for(timeout=10_000)
    assert field.input_value() == words


def test_each_language_leads_to_the_same_page_in_the_other(browser: Any) -> None:
    shown = browser.new_page()
    for page in ("index.html", "methods/words.html"):
        shown.goto((SITE / page).as_uri())
        for language, there in (("中文", SITE / "zh" / page), ("English", SITE / page)):
            shown.hover(".md-header .md-select")
            shown.click(f".md-select__link >> text={language}")
            shown.wait_for_url(there.as_uri())
            assert shown.title()


PAGES = ["index", "comparison", "methods/scores", "reference/corpus", "reference/tables", "reference/diagnostics"]


@pytest.mark.parametrize("folder", ["", "zh/"])
def test_no_page_is_wider_than_a_phone(browser: Any, folder: str) -> None:
    shown = browser.new_page(viewport={"width": 390, "height": 844})
    wide = []
    for page in PAGES:
        shown.goto((SITE / f"{folder}{page}.html").as_uri())
        if shown.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(page)
    assert wide == []
