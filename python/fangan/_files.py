"""Which files a path means: a file, a folder, a pattern, or a list of these."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path, PurePath

from fangan.errors import InvalidArgumentError, ReadError

TEXTS = (".txt", ".text", ".md", ".markdown")
PAGES = (".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht")
OFFICE = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt", ".ott", ".fodt", ".pdf", ".ofd")
ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".bz2", ".xz", ".7z", ".rar")
TABULAR = (".csv", ".tsv", ".jsonl", ".ndjson", ".parquet", ".pq")
ENDINGS = (*TEXTS, *PAGES, *OFFICE, *ARCHIVES)
"""Endings of the files that are read from folders and archives. A file that is named is read whatever its ending.

Tables (`TABULAR`) are read where it is said which column holds the texts."""

File = tuple[str, Path]
"""The name of a file in its folder, and where it is."""
_MAGIC = ("*", "?", "[")
_OWN = frozenset(["convert.json", "corpus.json"])
"""Files by which folders of `Corpus.to_parquet` and `fangan.convert` are known."""


def is_wanted(name: str, *, tables: bool) -> bool:
    """Whether a file of a folder or an archive is read, by its name.

    Hidden files are not, nor what macOS (`__MACOSX`, `._name`) and an open Word (`~$name`) leave beside documents.
    """
    parts = PurePath(name).parts
    if (
        not parts
        or parts[-1].startswith("~$")
        or any((part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts)
    ):
        return False
    return PurePath(name).suffix.lower() in (ENDINGS + TABULAR if tables else ENDINGS)


def find(path: object, *, tables: bool = False) -> list[File]:
    """Every file that a path means, each once, with names that differ.

    The name is that in the folder; the path as given where two files share a name. In a list, what does not exist is
    kept: its row will say so.

    Raises:
        ReadError: A single path does not exist, or a folder or pattern holds no file that is read.
        InvalidArgumentError: It is no path.
    """
    if isinstance(path, str | PathLike):
        found = expand(path, tables=tables)
        if found is None:
            raise ReadError(
                f"{os.fspath(path)} does not exist; give a file, a folder, a glob pattern or a list of them"
            )
        if not found:
            known = ENDINGS + TABULAR if tables else ENDINGS
            raise ReadError(f"{os.fspath(path)} holds no document; files end in {', '.join(known)}")
        return _unique(found)
    if isinstance(path, bytes | bytearray) or not isinstance(path, Iterable):
        raise InvalidArgumentError(f"path must be a path, a glob pattern or a list of them, not {type(path).__name__}")
    files: list[File] = []
    for each in path:
        if not isinstance(each, str | PathLike):
            raise InvalidArgumentError(f"a path is needed, not {type(each).__name__}; use fangan.parse for texts")
        found = expand(each, tables=tables)
        files.extend([(Path(each).name, Path(each))] if found is None else found)
    return _unique(files)


def expand(path: str | PathLike[str], *, tables: bool = False) -> list[File] | None:
    """The files that a path means; None where it means nothing."""
    given = Path(path)
    try:
        if given.is_dir():
            names = ((file.relative_to(given).as_posix(), file) for file in sorted(_walk(given)))
            # What is no file is a folder that cannot be listed: its row will say so.
            return [(name, file) for name, file in names if is_wanted(name, tables=tables) or file.is_dir()]
        if given.exists() or given.is_symlink():
            return [(given.name, given)]
    except OSError:  # a name that is too long, a folder that may not be entered
        return [(given.name, given)]
    if not any(sign in str(path) for sign in _MAGIC):
        return None
    return _matching(given)


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder, and the folders that cannot be listed.

    Links to folders are followed, but no folder is entered twice, so that loops end. What fangan wrote itself is no
    document.
    """
    root = os.stat(folder)
    seen = {(root.st_dev, root.st_ino)}
    closed: list[str] = []
    for here, folders, files in os.walk(folder, followlinks=True, onerror=lambda error: closed.append(error.filename)):
        if here != os.fspath(folder) and not _OWN.isdisjoint(files):
            folders.clear()
            continue
        entered = []
        for name in sorted(folders):
            try:
                found = os.stat(os.path.join(here, name))
            except OSError:
                continue
            if (found.st_dev, found.st_ino) not in seen and not name.startswith("."):
                seen.add((found.st_dev, found.st_ino))
                entered.append(name)
        folders[:] = entered
        for name in files:
            yield Path(here, name)
    yield from map(Path, closed)


def _matching(pattern: Path) -> list[File]:
    """The files that fit a pattern. Hidden ones only where the pattern has the dot."""
    parts = list(pattern.parts)
    fixed = next(at for at, part in enumerate(parts) if any(sign in part for sign in _MAGIC))
    root, rest = Path(*parts[:fixed]), parts[fixed:]
    if rest[-1] == "**":
        rest.append("*")
    dotted = any(part.startswith(".") for part in rest)
    # pathlib does not go through links with `**`, which could be loops; glob does.
    found = sorted(file for file in root.glob("/".join(rest)) if file.is_file())
    names = [(file.relative_to(root), file) for file in found]
    return [(name.as_posix(), file) for name, file in names if dotted or not any(p.startswith(".") for p in name.parts)]


def _unique(files: list[File]) -> list[File]:
    once = {str(file): (name, file) for name, file in files}
    counts: dict[str, int] = {}
    for name, _ in once.values():
        counts[name] = counts.get(name, 0) + 1
    return [(name if counts[name] == 1 else file.as_posix(), file) for name, file in once.values()]
