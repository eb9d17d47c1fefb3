"""Documents and MB a second for each format, memory, and growth: `make bench-formats`.

    python benches/bench_formats.py [--corpus FOLDER] [--documents 400] [--threads 1 2] [--growth 1000 10000 …]
        [--peer FOLDER [--peer-python PYTHON]] [--floor PROGRAM PATTERNS] [--work FOLDER]

The documents are those of `--corpus`, or else three of the package's samples each, with other numbers; they are written
in each format. Every line is a
process of its own that reads a folder twice and counts the second time: the first starts readers and loads tables.
MB are those of the text as UTF-8, so that formats can be compared, and those of the files. The raw floor is reading
the same texts from files and decoding them, by one thread, in the same run; the peer is `peer_a.py` of its folder, on
every tenth text. Memory is the largest the process had, and the largest of those that it started. Growth is
`fangan.scan` into one Parquet file. Other work on the machine moves the numbers: compare lines of one run.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import logging
import os
import random
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import fangan as fg
import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "python"))
import pdf_pages
import web_pages
import word
from bench_python import peer

DISTINCT = 400
"""Documents that differ, in each folder."""
SLOWLY_MADE = 60
"""Those that differ of formats that take long to write."""

# The peak of what a process was forked from counts in its ru_maxrss.
PEAK = """
import pathlib, resource
def peak():
    status = pathlib.Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))
"""
READ = (
    PEAK
    + """
import json, sys, time
import fangan as fg
folder, threads, options = sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])
for _ in range(2):
    begun = time.perf_counter()
    corpus = fg.read(folder, threads=threads, progress=False, **options)
    seconds = time.perf_counter() - begun
size = corpus._texts["text"].str.len_bytes().sum()
own = peak()
from fangan import _workers
_workers._POOL.end()
others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
errors = corpus.sources["error"].drop_nulls().to_list()
print(json.dumps([seconds, corpus.sources.height, int(size), own, others, errors]))
"""
)
GROW = (
    PEAK
    + """
import json, sys, time
import fangan as fg
begun = time.perf_counter()
fg.scan(sys.argv[1], threads=int(sys.argv[2])).sink_parquet(sys.argv[3])
seconds = time.perf_counter() - begun
print(json.dumps([seconds, peak()]))
"""
)
FLOOR = """
import pathlib, sys, time
files = [path for path in pathlib.Path(sys.argv[1]).rglob("*.txt")]
for _ in range(2):
    begun = time.perf_counter()
    size = sum(len(path.read_bytes().decode("utf-8").encode("utf-8")) for path in files)
    seconds = time.perf_counter() - begun
print(size / 1e6 / seconds)
"""


def varied(text: str, draw: random.Random) -> str:
    """A text with other digits, so that nothing is found in a cache."""
    return re.sub(r"(?<![0-9])[2-9](?![0-9])", lambda _: str(draw.randint(2, 9)), text)


def texts(corpus: Path | None) -> list[str]:
    """The documents."""
    if corpus is not None:
        return fg.read(sorted(corpus.rglob("*.txt"))[:DISTINCT], progress=False)._texts["text"].to_list()
    draw = random.Random(7)
    known = fg.samples()._texts["text"].to_list()
    return ["\n".join(varied(draw.choice(known), draw) for _ in range(3)) for _ in range(DISTINCT)]


def rtf(text: str) -> bytes:
    """A text as RTF, as Word writes Chinese."""
    lines = ("".join(rf"\u{ord(c) if ord(c) < 32768 else ord(c) - 65536} ?" for c in line) for line in text.split("\n"))
    return rb"{\rtf1\ansi\ansicpg936 " + rb"\par ".join(line.encode() for line in lines) + b"}"


def docx(text: str) -> bytes:
    """A text as a Word document."""
    return word.document("".join(word.paragraph(word.run(line)) for line in text.split("\n")))


FILES: dict[str, Callable[[str], bytes]] = {
    "txt": str.encode,
    "txt (GB18030)": lambda text: text.encode("gb18030"),
    "html": web_pages.content_system,
    "docx": docx,
    "rtf": rtf,
    "pdf": pdf_pages.lay_out,
}
"""Formats of one document a file."""
ENDINGS = {"txt (GB18030)": "txt"}


def write(kind: str, known: Sequence[str], count: int, folder: Path) -> dict[str, str]:
    """A folder of so many documents in a format; the options to read it with."""
    folder.mkdir(parents=True)
    if kind in FILES:
        made = [FILES[kind](text) for text in (known[:SLOWLY_MADE] if kind == "pdf" else known)]
        for number in range(count):
            path = folder / f"{number // 1000:03}" / f"{number:06}.{ENDINGS.get(kind, kind)}"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(made[number % len(made)])
        return {}
    members = {f"{number:06}.txt": known[number % len(known)].encode() for number in range(count)}
    if kind == "zip":
        with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name, data)
        return {}
    if kind == "tar.gz":
        held = io.BytesIO()
        with tarfile.open(fileobj=held, mode="w") as archive:
            for name, data in members.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        (folder / "a.tar.gz").write_bytes(gzip.compress(held.getvalue(), 6))
        return {}
    frame = pl.DataFrame({"id": list(members), "text": [data.decode() for data in members.values()]})
    {"csv": frame.write_csv, "jsonl": frame.write_ndjson, "parquet": frame.write_parquet}[kind](folder / f"a.{kind}")
    return {"text": "text", "id": "id"}


def run(code: str, *arguments: object) -> str:
    """The last line that a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        sys.exit(done.stderr)
    return done.stdout.strip().splitlines()[-1]


def formats(work: Path, options: argparse.Namespace) -> None:
    """The table of formats."""
    known = texts(options.corpus)
    kinds = [*FILES, "zip", "tar.gz", "csv", "jsonl", "parquet", "all of them"]
    floor = None
    print("format          threads  documents/s  MB/s text  MB/s files  of floor  MB memory")
    for kind in kinds:
        folder = work / re.sub(r"\W", "_", kind)
        if kind == "all of them":
            folder.mkdir()
            for part in work.iterdir():
                if part != folder:
                    shutil.copytree(part, folder / part.name, copy_function=os.link)
            given = {"text": "text"}
        else:
            given = write(kind, known, options.documents, folder)
        if floor is None:
            floor = float(run(FLOOR, folder))
        files = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for threads in options.threads:
            found = json.loads(run(READ, folder, threads, json.dumps(given)))
            seconds, sources, size, own, others, errors = found
            if errors:
                sys.exit(f"{kind}: {len(errors)} documents could not be read: {errors[0]}")
            rate = size / 1e6 / seconds
            memory = f"{own:.0f}" + (f"+{others:.0f}" if kind in ("html", "rtf", "pdf", "all of them") else "")
            print(
                f"{kind:<15}{threads:>8}{sources / seconds:>13.0f}{rate:>11.2f}{files / 1e6 / seconds:>12.2f}"
                f"{rate / floor:>10.3f}{memory:>11}",
                flush=True,
            )
    print(f"\nraw floor (reading and decoding the texts, one thread): {floor:.0f} MB/s")
    if options.peer:
        some = sorted((work / "txt").rglob("*.txt"))[::10]
        print(f"peer_a.py, one thread: {peer(some, options.peer, options.peer_python):.2f} MB/s")
    if options.floor:
        program, patterns = options.floor
        subprocess.run([program, str(work / "txt"), patterns, "--repeats", "3"], check=True)


def growth(work: Path, options: argparse.Namespace) -> None:
    """The table of growth."""
    made = [text.encode() for text in texts(options.corpus)]
    folder = work / "growth"
    print("\n documents       MB  seconds  documents/s    MB/s  MB memory   scan → sink_parquet")
    written = size = 0
    for count in options.growth:
        for number in range(written, count):
            path = folder / f"{number // 1000:04}" / f"{number % 1000:03}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            first = folder / f"{number % DISTINCT:03}.first"
            if not first.exists():
                first.write_bytes(made[number % DISTINCT])
            os.link(first, path)
            size += len(made[number % DISTINCT])
        written = count
        seconds, memory = json.loads(run(GROW, folder, options.threads[-1], work / "growth.parquet"))
        rates = f"{count / seconds:>13.0f}{size / 1e6 / seconds:>8.2f}"
        print(f"{count:>10}{size / 1e6:>9.0f}{seconds:>9.1f}{rates}{memory:>11.0f}", flush=True)


def main() -> None:
    """Print both tables."""
    logging.getLogger("fpdf").setLevel(logging.ERROR)  # characters that its font lacks
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="texts to take in place of the samples")
    parser.add_argument("--documents", type=int, default=400)
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--growth", type=int, nargs="*", default=[1_000, 10_000, 50_000, 200_000])
    parser.add_argument("--peer", type=Path, metavar="FOLDER", help="where peer_a.py is")
    parser.add_argument("--peer-python", default=sys.executable, metavar="PYTHON", help="the Python that runs it")
    parser.add_argument("--floor", nargs=2, metavar=("PROGRAM", "PATTERNS"), help="a program that measures bare passes")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="where the documents are written")
    options = parser.parse_args()
    work = Path(tempfile.mkdtemp(dir=options.work))
    try:
        formats(work, options)
        shutil.rmtree(work / "all_of_them")
        if options.growth:
            growth(work, options)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
