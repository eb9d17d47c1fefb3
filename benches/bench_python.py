"""MB/s of `fangan.read` on a folder of texts, tables included, with one thread and with two.

    python benches/bench_python.py FOLDER [--threads 1 2] [--rounds 3] [--peer FOLDER] [--peer-python PYTHON]

With `--peer`, the program `peer_a.py` of that folder parses every tenth file between the rounds, in a process of
its own that has loaded its dictionaries beforehand; the ratios follow. Other work on the machine moves the numbers:
they are given as ranges over the rounds.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from pathlib import Path

import fangan as fg

PEER = """
import sys, time, pathlib
sys.path.insert(0, sys.argv[1])
import peer_a
files = [pathlib.Path(line.rstrip("\\n")) for line in sys.stdin]
peer_a.parse_text(peer_a.read(files[0]), files[0].name)
begun = time.perf_counter()
size = 0
for file in files:
    text = peer_a.read(file)
    size += len(text.encode())
    peer_a.parse_text(text, file.name)
print("MB/s", size / 1e6 / (time.perf_counter() - begun))
"""


def ours(folder: Path, size: int, threads: int) -> float:
    """MB/s of one reading of the folder."""
    begun = time.perf_counter()
    corpus = fg.read(folder, threads=threads, progress=False)
    seconds = time.perf_counter() - begun
    if corpus.sources["error"].null_count() != len(corpus.sources):
        sys.exit(f"{folder}: a file could not be read")
    return size / 1e6 / seconds


def peer(files: list[Path], program: Path, python: str) -> float:
    """MB/s of the peer on some files."""
    names = "".join(f"{file.resolve()}\n" for file in files)
    done = subprocess.run([python, "-c", PEER, str(program)], input=names, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"the peer failed:\n{done.stderr}")
    # The libraries of the peer print greetings; the number stands in the last line.
    return float(done.stdout.strip().splitlines()[-1].removeprefix("MB/s "))


def main() -> None:
    """Print a line for each number of threads, one for the peer, and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer", type=Path, metavar="FOLDER", help="where peer_a.py is")
    parser.add_argument("--peer-python", default=sys.executable, metavar="PYTHON", help="the Python that runs it")
    parser.add_argument("--peer-every", type=int, default=10, metavar="N", help="the peer parses each Nth file")
    options = parser.parse_args()

    # The first reading compiles patterns and tables, and says what the folder holds.
    corpus = fg.read(options.folder, progress=False)
    texts = [corpus.source_text(name) for name in corpus.sources["source_id"]]
    size = sum(len(text.encode()) for text in texts)
    if size == 0:
        sys.exit(f"{options.folder} holds no text")
    print(f"{options.folder}: {len(texts)} sources, {len(corpus)} plans, {size / 1e6:.2f} MB of UTF-8")
    files = sorted(file for file in options.folder.rglob("*.txt") if file.is_file())[:: options.peer_every]

    rates: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        for number in options.threads:
            label = f"fangan.read, threads={number}"
            rates.setdefault(label, []).append(ours(options.folder, size, number))
        if options.peer:
            rates.setdefault("peer_a.py", []).append(peer(files, options.peer, options.peer_python))
    best = max(rates["peer_a.py"]) if options.peer else None
    for label, found in rates.items():
        ratio = f"   {max(found) / best:6.1f} x the peer" if best and label != "peer_a.py" else ""
        print(f"  {label:<24} {min(found):8.2f} – {max(found):8.2f} MB/s{ratio}")


if __name__ == "__main__":
    main()
