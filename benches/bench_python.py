"""MB/s of `fangan.read` and `fangan.parse` on a folder: python benches/bench_python.py FOLDER [THREADS]."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import fangan as fg

LEAST_BYTES = 20 << 20
"""The texts are repeated up to this much, so that starting up does not count."""


def best(work: Callable[[], fg.Corpus], rounds: int = 3) -> float:
    """The shortest time in seconds."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main(folder: str, threads: str | None = None) -> None:
    """Print a line for each way in and each number of threads."""
    once = fg.read(folder)
    texts = {name: once.source_text(name) for name in once.sources["source_id"]}
    size = sum(len(text.encode()) for text in texts.values())
    if size == 0:
        sys.exit(f"{folder} holds no text")
    repeat = max(1, LEAST_BYTES // size)
    many = {f"{number}/{name}": text for number in range(repeat) for name, text in texts.items()}
    files = sum(file.stat().st_size for file in Path(folder).rglob("*") if file.is_file())
    print(
        f"{folder}: {len(texts)} sources, {size / 1e6:.2f} MB of UTF-8, {len(once)} plans; "
        f"parse repeats them {repeat} times"
    )
    for number in [int(threads)] if threads else [1, None]:
        label = f"threads={number}" if number else "all threads"
        seconds = best(lambda number=number: fg.parse(many, threads=number))
        print(f"  parse  {label:<12} {repeat * size / 1e6 / seconds:8.1f} MB/s")
        seconds = best(lambda number=number: fg.read(folder, threads=number))
        print(f"  read   {label:<12} {files / 1e6 / seconds:8.1f} MB/s")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main(*sys.argv[1:3])
