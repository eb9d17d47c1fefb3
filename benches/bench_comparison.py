"""Similarity and text reuse over thousands of plans: seconds, peak memory, recall of the indexes.

    python benches/bench_comparison.py [FOLDER] [--plans 2000] [--pairs 10000] [--threads 2]

FOLDER holds texts; by default the bundled samples are taken. They are varied (sentences dropped and exchanged, numbers
changed; seeded) until there are as many as asked for, so that every plan has many near and far relatives: the hard
case. Each measurement runs in a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import fangan as fg
import polars as pl

LEAST = 0.5
SAMPLE = 400
"""Plans of which all pairs are looked at, to know what the indexes miss."""


def varied(texts: list[str], count: int, seed: int = 7) -> dict[str, str]:
    """Texts with one sentence in eight dropped, neighbours exchanged now and then, and other numbers."""
    rng = random.Random(seed)
    out: dict[str, str] = {}
    for at in range(count):
        lines = []
        for line in texts[at % len(texts)].split("\n"):
            sentences = [part for part in re.split(r"(?<=[。；])", line) if part]
            kept = [part for place, part in enumerate(sentences) if place == 0 or rng.random() > 1 / 8]
            if len(kept) > 2 and rng.random() < 0.2:
                place = rng.randrange(len(kept) - 1)
                kept[place], kept[place + 1] = kept[place + 1], kept[place]
            lines.append("".join(kept))
        text = "\n".join(lines)
        out[f"{at:05}"] = re.sub(r"\d{1,3}(?=[%万个户座名人次])", lambda _: str(rng.randint(2, 99)), text)
    return out


def corpus(folder: str | None, count: int) -> fg.Corpus:
    """So many varied plans, one a source."""
    if folder is None:
        samples = fg.samples()
        texts = [samples.source_text(name) for name in samples.sources["source_id"]]
    else:
        texts = [path.read_text(encoding="utf-8", errors="replace") for path in sorted(Path(folder).rglob("*.txt"))]
    return fg.parse(varied(texts, count), progress=False)


def measure(step: str, folder: str | None, count: int, threads: int | None) -> None:
    """One line: the step, plans, rows, seconds, peak memory."""
    plans = corpus(folder, count)
    begun = time.perf_counter()
    if step == "reuse":
        rows = plans.reuse(threads=threads, progress=False)
    elif step == "diffusion":
        rows = plans.diffusion(threads=threads, progress=False)
    else:
        rows = plans.similarity(step, least=LEAST, threads=threads, progress=False)  # type: ignore[arg-type]
    seconds = time.perf_counter() - begun
    # ru_maxrss counts KiB on Linux, bytes on macOS.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << (10 if sys.platform != "darwin" else 20))
    print(f"{step:12} {len(plans):7,} plans {rows.height:11,} rows {seconds:8.1f} s {peak:8,.0f} MiB", flush=True)


def recall(folder: str | None) -> None:
    """What the indexes find of what looking at all pairs finds."""
    plans = corpus(folder, SAMPLE)
    for on in ("text", "characters", "criteria", "structure"):
        everything = plans.similarity(on).filter(pl.col("similarity") >= LEAST)
        found = plans.similarity(on, least=LEAST)
        print(f"{on:12} recall {found.height / max(1, everything.height):.4f} of {everything.height:,} pairs")
    everything, found = plans.reuse(exhaustive=True), plans.reuse()
    print(f"{'reuse':12} recall {found.height / max(1, everything.height):.4f} of {everything.height:,} passages")


def main() -> None:
    """Run the steps, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--plans", type=int, default=2_000, help="plans for reuse and diffusion")
    parser.add_argument("--pairs", type=int, default=10_000, help="plans for similarity")
    parser.add_argument("--threads", type=int)
    parser.add_argument("--step", help="one measurement, in this process")
    given = parser.parse_args()
    if given.step == "recall":
        recall(given.folder)
        return
    steps = {"phases": given.pairs, "criteria": given.pairs, "text": given.pairs, "characters": given.pairs}
    steps |= {"structure": given.pairs, "reuse": given.plans, "diffusion": given.plans}
    if given.step:
        measure(given.step, given.folder, steps[given.step], given.threads)
        return
    for step in (*steps, "recall"):
        subprocess.run([sys.executable, __file__, *sys.argv[1:], "--step", step], check=True)


if __name__ == "__main__":
    main()
