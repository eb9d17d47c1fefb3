"""How well documents glued into one page are told apart.

    python tests/python/gluing.py [SEPARATOR ...] [--folder FOLDER] [--pages N] [--show N]

Pages of 2 to 12 documents are glued together, seeded. A boundary is the beginning of every document but the first of its
page; a plan's start is right if it lies in the joint before a document or at most 30 characters behind the document's
first. Ends are right up to 30 characters as well.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import fangan as fg
import polars as pl
from fangan.testing import noise
from fangan.testing.noise.joining import SEPARATORS

SLACK = 30


@dataclass
class Boundaries:
    """Boundaries told right, told where none is, and missed; ends told right."""

    right: int = 0
    false: int = 0
    missed: int = 0
    ends: int = 0
    plans: int = 0
    errors: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.false + self.missed)


def single_documents(folder: str | None = None) -> dict[str, str]:
    """Texts that hold one document each, apart from noise, by default the bundled samples."""
    corpus = fg.read(folder, progress=False) if folder else fg.samples()
    noisy = pl.col("noise").list.contains("truncated") | pl.col("noise").list.contains("boilerplate")
    single = corpus.sources.filter((pl.col("n_plans") == 1) & ~noisy)["source_id"]
    return {name: corpus.source_text(name) for name in single}


def pages(texts: Mapping[str, str], separator: str, count: int) -> list[noise.Glued]:
    """Seeded pages of 2 to 12 different documents."""
    out = []
    for seed in range(count):
        draw = random.Random(f"{separator} {seed}")
        names = draw.sample(sorted(texts), min(draw.randint(2, 12), len(texts)))
        out.append(noise.glue([texts[name].strip() for name in names], separator=separator, seed=seed))
    return out


def measure(glued: list[noise.Glued]) -> Boundaries:
    result = Boundaries()
    corpus = fg.parse({f"{number:04}": page.text for number, page in enumerate(glued)}, progress=False)
    for number, page in enumerate(glued):
        plans = corpus.plans.filter(pl.col("source_id") == f"{number:04}")
        starts, ends = plans["start"].to_list()[1:], plans["end"].to_list()
        free = set(starts)
        for place, (start, end) in enumerate(page.spans):
            result.plans += 1
            result.ends += any(abs(end - other) <= SLACK for other in ends)
            if place == 0:
                continue
            before = page.spans[place - 1][1]
            found = next((other for other in sorted(free) if before <= other <= start + SLACK), None)
            if found is None:
                result.missed += 1
                result.errors.append(f"missed {page.text[before - 20 : before]!r} | {page.text[start : start + 60]!r}")
            else:
                free.remove(found)
                result.right += 1
        for other in sorted(free):
            result.false += 1
            result.errors.append(f"false  {page.text[other - 40 : other]!r} | {page.text[other : other + 50]!r}")
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("separators", nargs="*", default=list(SEPARATORS))
    parser.add_argument("--folder", help="folder of texts; the bundled samples by default")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--show", type=int, default=0, help="errors to show, for each separator")
    arguments = parser.parse_args()
    texts = single_documents(arguments.folder)
    print(f"{len(texts)} texts\n{'separator':<12}{'right':>8}{'false':>8}{'missed':>8}{'F1':>8}{'ends':>8}")
    for separator in arguments.separators:
        result = measure(pages(texts, separator, arguments.pages))
        ends = result.ends / max(1, result.plans)
        print(f"{separator:<12}{result.right:>8}{result.false:>8}{result.missed:>8}{result.f1:>8.3f}{ends:>8.3f}")
        for error in sorted(set(result.errors))[: arguments.show]:
            print(f"    {error}")


if __name__ == "__main__":
    main()
