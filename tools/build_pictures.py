"""The pictures of the charts in docs/images/charts, drawn from the bundled samples: `python tools/build_pictures.py`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
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


def main() -> int:
    """Draw all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in pictures(fg.samples()).items():
        fg.plot.save(draw(), FOLDER / f"{name}.png", scale=1.2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
