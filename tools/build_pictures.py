"""The pictures of the charts in docs/images/charts, drawn from the bundled samples: `python tools/build_pictures.py`."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import which
from typing import Any

import fangan as fg
import polars as pl

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images" / "charts"
LUAN = ("03_luan2018.txt#1", "04_huoshan2018.txt#1")


def pictures(corpus: fg.Corpus) -> dict[str, Callable[[], Any]]:
    """What is drawn, by the name of its file."""
    campaign = corpus.filter(pl.col("campaign") == "创先争优")
    village = corpus.filter(pl.col("campaign") == "农村人居环境整治")
    return {
        "timeline": lambda: fg.plot.timeline(campaign, width=460),
        "timeline_dark": lambda: fg.plot.timeline(village, width=460, language="en", theme="dark"),
        "structure": lambda: fg.plot.structure(campaign),
        "criteria": lambda: fg.plot.criteria(campaign, most=5),
        "targets": lambda: fg.plot.targets(corpus, most=3),
        "scores": lambda: fg.plot.scores(campaign),
        "surface": lambda: fg.plot.surface(village, most=4),
        "similarity": lambda: fg.plot.similarity(campaign),
        "reuse": lambda: fg.plot.reuse(corpus, *LUAN),
        "reuse_network": lambda: fg.plot.reuse(corpus),
        "panel": lambda: fg.plot.panel(corpus, index="province"),
        "map": lambda: fg.plot.map(corpus),
        "map_prefectures": lambda: fg.plot.map(corpus, index="prefecture"),
    }


def photograph(corpus: fg.Corpus, path: Path) -> None:
    """The evidence view as a browser shows it, at the place of a target; nothing where there is no browser."""
    browser = next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := which(name))), None
    )
    if browser is None:
        print(f"no browser is installed: {path.name} stays as it is")
        return
    from playwright.sync_api import sync_playwright

    row = corpus.targets.filter(pl.col("plan_id") == LUAN[0]).row(0, named=True)
    page_file = corpus.view(row, embed_font=True, theme="light").save(Path(tempfile.mkdtemp()) / "view.html")
    with sync_playwright() as player:
        page = player.chromium.launch(executable_path=browser, args=["--no-sandbox"]).new_page(
            viewport={"width": 1280, "height": 760}
        )
        page.goto(page_file.as_uri())
        page.wait_for_timeout(1_500)
        page.screenshot(path=str(path))


def main() -> int:
    """Draw all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    corpus = fg.samples()
    for name, draw in pictures(corpus).items():
        fg.plot.save(draw(), FOLDER / f"{name}.png", scale=1.2)
    photograph(corpus, FOLDER.parent / "evidence.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
