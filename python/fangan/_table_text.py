"""The text of a table, line by line, in whatever encoding."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from itertools import chain
from pathlib import Path
from typing import BinaryIO

from fangan import _fangan

_HEAD = 1 << 16
SAMPLE = 1 << 20
"""Bytes at most by which an encoding is recognised."""
_FOREIGN = 1 << 13
"""Bytes besides ASCII that are enough for it."""
_ASCII = bytes(range(128))
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PYTHON_NAMES = {"utf-8": "utf-8-sig", "big5": "big5hkscs"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_UNDECODABLE = "fangan-undecodable"


def _undecodable(error: UnicodeError) -> tuple[str, int]:
    """A sign for bytes that could not be decoded; no decoder gives it, so that it differs from a U+FFFD of the file."""
    assert isinstance(error, UnicodeDecodeError)
    return "\udcff", error.end


codecs.register_error(_UNDECODABLE, _undecodable)


def whole(text: str) -> tuple[str, bool]:
    """A text with U+FFFD for what is no character (half a pair, undecodable bytes), and whether there was such."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\ufffd", text), True
    return text, False


class Lines:
    """The lines of a table, of which those of the row at hand can be read again.

    Attributes:
        row: The lines of the row at hand.
        number: Lines read so far.
    """

    def __init__(self, text: Iterable[str]) -> None:
        self._lines = iter(text)
        self.row: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.row.append(line)
        self.number += 1
        return line

    def again(self) -> None:
        """Goes back to where the row at hand begins."""
        self._lines = chain(self.row, self._lines)
        self.number -= len(self.row)
        self.row = []


class _Joined(io.RawIOBase):
    """A stream whose beginning has been read."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._head[: len(buffer)] or self._rest.read(len(buffer))
        self._head = self._head[len(data) :]
        buffer[: len(data)] = data
        return len(data)


@contextmanager
def text_of(source: Path | BinaryIO) -> Iterator[tuple[io.TextIOWrapper, str]]:
    """The text of a file, line by line, and its encoding, which is recognised by the first texts in it."""
    with open(source, "rb") if isinstance(source, Path) else nullcontext(source) as file:
        head = _sample(file)
        # A table may begin with much that is the same in all encodings: names of columns, addresses.
        foreign = len(head) - len(head.lstrip(_ASCII)) if b"\0" not in head else 0
        encoding = _fangan.encoding_of(head[foreign:])
        python = _PYTHON_NAMES.get(encoding, encoding)
        if head.startswith(MARKS) and encoding.startswith("utf-16"):
            python = "utf-16"
        joined = io.BufferedReader(_Joined(head, file), _HEAD)
        yield io.TextIOWrapper(joined, encoding=python, errors=_UNDECODABLE, newline=""), encoding


def _sample(file: BinaryIO) -> bytes:
    """The beginning of a file, as much of it as shows its encoding."""
    blocks: list[bytes] = []
    held = foreign = 0
    while held < SAMPLE and foreign < _FOREIGN and (block := file.read(_HEAD)):
        blocks.append(block)
        held += len(block)
        foreign += len(block.translate(None, _ASCII))
    return b"".join(blocks)
