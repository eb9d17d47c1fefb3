"""`fangan read` and `fangan report`, and what all commands share."""

from __future__ import annotations

import argparse
import errno
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _cells, _convert, _files, _labels, _read
from fangan._cli_codes import FINE, LOOK, USAGE, Failure
from fangan._cli_words import Words
from fangan._schema import origin, to_zh
from fangan.errors import ReadError

if TYPE_CHECKING:
    from fangan.corpus import Corpus


def read(options: argparse.Namespace, words: Words) -> int:
    """Parse documents and write their tables."""
    target = given(options.output, words)
    ending = target.suffix.lower()
    if ending in (".csv", ".parquet"):
        # Each table is a file of its own, so these are written into a folder.
        raise Failure(words("folder", target, ending[1:], target.stem), USAGE)
    form = options.format or ("xlsx" if ending == ".xlsx" else "parquet")
    if ending == ".xlsx" and form != "xlsx":
        raise Failure(words("clash", target, form), USAGE)
    if form == "xlsx" and ending != ".xlsx":
        # A folder was named: the workbook goes there.
        target = target / "fangan.xlsx" if target.is_dir() else target.with_name(target.name + ".xlsx")
    writable(target, words, folder=form != "xlsx", inputs=options.paths)
    if form == "parquet":
        return _to_shards(options, target, words)
    corpus = parsed(options.paths, words, quiet=options.quiet, text=options.text, id=options.id)
    heads = options.heads or words.language
    try:
        if form == "xlsx":
            corpus.to_excel(target, language=heads)
        else:
            target.mkdir(parents=True, exist_ok=True)
            for name, frame in corpus._tables.items():
                write_csv(frame, target / f"{name}.csv", name, heads)
    except (ReadError, OSError) as error:
        raise Failure(words("unwritable", target, reason(error))) from error
    print(said(corpus, words))
    print(words("wrote", target))
    return unread(corpus.sources, words)


def _to_shards(options: argparse.Namespace, target: Path, words: Words) -> int:
    """Write Parquet a shard at a time, so that folders of any size fit, and what was stopped goes on."""
    for path in options.paths:
        listed(path, words, tables=options.text is not None)
    paths = options.paths[0] if len(options.paths) == 1 else options.paths
    progress = False if options.quiet else None
    try:
        done = _convert.convert(paths, target, text=options.text, id=options.id, progress=progress)
    except ReadError as error:
        raise Failure(words("goes on", words("unwritable", target, reason(error)))) from error
    sources, documents = words.counted(done.n_sources, "source"), words.counted(done.n_plans, "document")
    print(words("found", sources, documents))
    print(words("wrote", target))
    return unread(done.errors, words)


def report(options: argparse.Namespace, words: Words) -> int:
    """Write a page of documents with their evidence."""
    target = given(options.output, words)
    if target.suffix.lower() not in (".html", ".htm"):
        raise Failure(words("ending", target, ".html"), USAGE)
    writable(target, words, folder=False, inputs=options.paths)
    corpus = parsed(options.paths, words, quiet=options.quiet)
    write_report(corpus, target, words)
    print(said(corpus, words))
    print(words("wrote", target))
    return unread(corpus.sources, words)


def write_report(corpus: Corpus, target: Path, words: Words, pair: tuple[str, str] | None = None) -> None:
    """Write the page of a corpus, or of two of its plans side by side."""
    only: dict[str, Any] = {} if pair is None else {"plans": list(pair), "pairs": [pair]}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        pages: Any = corpus
        pages.report(target, language=words.language, **only)
    except (ReadError, OSError) as error:
        raise Failure(words("unwritable", target, reason(error))) from error


def parsed(
    paths: Sequence[str], words: Words, *, quiet: bool, text: str | None = None, id: str | None = None
) -> Corpus:
    """The corpus of files, folders and patterns; what is not there is said before anything is read."""
    for path in paths:
        listed(path, words, tables=text is not None)
    progress = False if quiet else None
    return _read.read(paths[0] if len(paths) == 1 else paths, text=text, id=id, progress=progress)


def listed(path: str, words: Words, *, tables: bool = True) -> list[Path]:
    """The files that a path means."""
    found = _files.expand(path, tables=tables)
    if found is None:
        raise Failure(words("missing", path))
    if not found:
        raise Failure(words("empty", path, " ".join(_files.ENDINGS)))
    return [file for _, file in found]


def given(output: str, words: Words) -> Path:
    """The output that was named."""
    if not output:
        raise Failure(words("no output"), USAGE)
    return Path(output)


def writable(target: Path, words: Words, *, folder: bool, inputs: Sequence[str]) -> None:
    """Say that an output cannot be written, or is one of the inputs, before the work is done for it."""
    if target.exists():
        for path in inputs:
            if any(target.samefile(file) for file in listed(path, words) if file.exists()):
                raise Failure(words("itself", target), USAGE)
    if not folder and target.is_dir():
        raise Failure(words("unwritable", target, os.strerror(errno.EISDIR)))
    above = target if folder else target.parent
    while not above.exists() and above != above.parent:
        above = above.parent
    if not above.is_dir():
        raise Failure(words("unwritable", target, os.strerror(errno.ENOTDIR)))
    if not os.access(above, os.W_OK):
        raise Failure(words("unwritable", target, os.strerror(errno.EACCES)))


def reason(error: BaseException) -> str:
    """Why the system refused."""
    cause = error.__cause__ if isinstance(error, ReadError) and error.__cause__ is not None else error
    return getattr(cause, "strerror", None) or str(cause)


def said(corpus: Corpus, words: Words) -> str:
    """How many sources were read, and how many documents found."""
    sources = words.counted(corpus.sources.height, "source")
    return words("found", sources, words.counted(len(corpus), "document"))


def unread(sources: pl.DataFrame, words: Words) -> int:
    """Name the sources that could not be read; the exit code."""
    failed = errors(sources)
    if not failed:
        return FINE
    print(f"\n{words('unread')}")
    for name, why in failed:
        print(f"  {name}: {why}")
    return LOOK


def errors(sources: pl.DataFrame) -> list[tuple[str, str]]:
    """The sources that could not be read, and why."""
    rows = sources.filter(pl.col("error").is_not_null()).select("source_id", "path", "error").iter_rows()
    # The message begins with the path, which is said already.
    return [(path or name, why.removeprefix(f"{path}: ")) for name, path, why in rows]


def write_csv(frame: pl.DataFrame, path: Path, table: str, heads: str) -> None:
    """A frame as CSV for spreadsheets: lists joined by 、, and the mark by which Excel knows UTF-8."""
    if heads == "zh":
        known = {name: of for name, (of, _) in origin(frame, table).items()}
        told = to_zh(_labels.in_chinese(frame, known), table=table)
    else:
        told = frame
    flat = told.with_columns(
        pl.Series(name, [_cells.text(value) for value in told[name]], dtype=pl.String)
        for name, dtype in told.schema.items()
        if dtype.is_nested() or dtype in (pl.Binary, pl.Duration)
    )
    path.write_text("\ufeff" + flat.write_csv(), encoding="utf-8", newline="")


def some(items: Iterable[str], most: int) -> tuple[list[str], int]:
    """The first items, and how many there are besides; 0 for all."""
    everything = list(items)
    shown = everything if most == 0 else everything[:most]
    return shown, len(everything) - len(shown)
