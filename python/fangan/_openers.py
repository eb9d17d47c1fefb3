"""Formats that libraries read: which one reads what."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from importlib import import_module

from fangan._kinds import Kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan.errors import MissingExtraError


def open_documents(kind: Kind, contents: Sequence[str | bytes], limits: Limits) -> list[Opened]:
    """The texts of documents of one format, from their bytes or the paths of their files. No content raises.

    Raises:
        MemoryError: There is not as much memory as a library asks for.
    """
    read = [file_bytes(each, limits) if isinstance(each, str) else _within(each, limits) for each in contents]
    datas = [each for each in read if isinstance(each, bytes)]
    try:
        # Modules are loaded when needed, with their libraries.
        reader = import_module(f"fangan.{_READERS[kind]}")
        found = (
            reader.read_many(datas, limits) if kind in BY_PROGRAMS else [reader.read(data, limits) for data in datas]
        )
    except MissingExtraError as error:
        found = [Opened("", kind, reason=str(error))] * len(datas)
    except MemoryError:
        raise
    except Exception as error:  # as the core takes its own mistakes: one source, not the whole job
        said = f"its reader failed, which is a mistake in fangan; please report it: {error!r}"
        found = [Opened("", kind, reason=said)] * len(datas)
    answers = iter(found)
    return [Opened("", kind, reason=each) if isinstance(each, str) else next(answers) for each in read]


def _within(data: bytes, limits: Limits) -> bytes | str:
    return _over(len(data), limits) if len(data) > limits.file_bytes else data


def _over(size: int, limits: Limits) -> str:
    return f"has {size} bytes; limits.file_bytes is {limits.file_bytes}"


def file_bytes(path: str, limits: Limits) -> bytes | str:
    """The bytes of a file, or why they cannot be had."""
    try:
        # Opening a pipe would wait for somebody to write into it.
        if not stat.S_ISREG(os.stat(path).st_mode):
            return "is no regular file"
        with open(path, "rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(limits.file_bytes + 1) if before.st_size <= limits.file_bytes else b""
            after = os.fstat(file.fileno())
    except OSError as error:
        return str(error)
    size = max(before.st_size, len(data))
    if size > limits.file_bytes:
        return _over(size, limits)
    if after.st_size != len(data) or after.st_mtime_ns != before.st_mtime_ns:
        return "was changed while it was read; read it again"
    return data


_READERS: dict[Kind, str] = {
    "html": "_html",
    "mhtml": "_html",
    "pdf": "_pdf",
    "rtf": "_rtf",
    "ole": "_doc",
    "odt": "_doc",
}
OPENED: frozenset[Kind] = frozenset(_READERS)
"""Formats that are read here."""
BY_PROGRAMS: tuple[Kind, ...] = ("ole", "odt")
"""Formats that a program of its own reads, many documents with one start."""
