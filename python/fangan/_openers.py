"""Formats that libraries read: which one reads what."""

from __future__ import annotations

import os
import stat
from importlib import import_module

from fangan._kinds import Kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan.errors import MissingExtraError


def open_document(kind: Kind, content: str | bytes, limits: Limits) -> Opened:
    """The text of a document, from its bytes or the path of its file. No content raises.

    Raises:
        MemoryError: There is not as much memory as a library asks for.
    """
    if isinstance(content, str):
        read = file_bytes(content, limits)
        if isinstance(read, str):
            return Opened("", kind, reason=read)
        content = read
    try:
        # Modules are loaded when needed, with their libraries.
        opened: Opened = import_module(f"fangan.{_READERS[kind]}").read(content, limits)
        return opened
    except MissingExtraError as error:
        return Opened("", kind, reason=str(error))
    except MemoryError:
        raise
    except Exception as error:  # as the core takes its own mistakes: one source, not the whole job
        return Opened("", kind, reason=f"its reader failed, which is a mistake in fangan; please report it: {error!r}")


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
        return f"has {size} bytes; limits.file_bytes is {limits.file_bytes}"
    if after.st_size != len(data) or after.st_mtime_ns != before.st_mtime_ns:
        return "was changed while it was read; read it again"
    return data


_READERS: dict[Kind, str] = {
    "html": "_html",
    "mhtml": "_html",
}
OPENED: frozenset[Kind] = frozenset(_READERS)
"""Formats that are read here."""
