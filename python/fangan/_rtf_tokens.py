"""The pieces that RTF is made of."""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator
from enum import IntEnum


class Kind(IntEnum):
    """What a piece is; the numbers are those of the groups in the patterns below."""

    WORD = 1
    NUMBERED = 2
    BYTES = 3
    SYMBOL = 4
    OPEN = 5
    CLOSE = 6
    TEXT = 7


Token = tuple[Kind, bytes, int | None]
"""What a piece is, its name or content, and the number behind a control word."""

_WORD = rb"\\([A-Za-z]{1,40})(-?[0-9]{1,10})? ?"
_ESCAPES = _WORD + rb"|((?:\\'[0-9A-Fa-f]{2}[\r\n]*)++)|\\(.)|(\{)|(\})"
_SINGLE = re.compile(_ESCAPES + rb"|([^\\{}\r\n]++)", re.DOTALL)
# Characters of two bytes that stand in the file as they are: the second may be a backslash or a brace.
_DOUBLE = re.compile(_ESCAPES + rb"|((?:[^\\{}\r\n\x81-\xfe]++|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe])++)", re.DOTALL)
_BRACES = re.compile(rb"\\bin([0-9]{1,10}) ?|\\.|\{|\}", re.DOTALL)
_BINARY = b"bin"


class Tokens:
    """The pieces of a file from front to back, in time that grows with its length alone.

    Pictures as bytes (`\\bin`) are passed over.
    """

    def __init__(self, data: bytes, start: int = 0, stop: int | None = None, *, double: bool = False) -> None:
        self.data = data
        self.at = start
        self.stop = len(data) if stop is None else stop
        self._pattern = _DOUBLE if double else _SINGLE

    def __iter__(self) -> Iterator[Token]:
        match = self._pattern.match
        while self.at < self.stop:
            found = match(self.data, self.at, self.stop)
            if found is None:  # the end of a line, or a backslash as the last byte
                self.at += 1
                continue
            self.at = found.end()
            kind = found.lastindex
            if kind == Kind.NUMBERED:
                number = int(found[2])
                if found[1] == _BINARY:
                    self.at += max(0, number)
                else:
                    yield Kind.WORD, found[1], number
            elif kind == Kind.BYTES:
                yield Kind.BYTES, unhexlify(found[3].translate(None, b"\\'\r\n")), None
            elif kind is not None:
                yield Kind(kind), found[kind], None

    def skip_group(self) -> int:
        """Go behind the end of the innermost open group, and say where its content ends."""
        depth = 1
        for _ in self._braces():
            depth += 1 if self.data[self.at - 1 : self.at] == b"{" else -1
            if depth == 0:
                return self.at - 1
        return self.stop

    def _braces(self) -> Iterator[None]:
        """Stand behind each brace in turn."""
        while found := _BRACES.search(self.data, self.at, self.stop):
            self.at = found.end()
            if found[1] is not None:
                self.at += int(found[1])
            elif found[0] in (b"{", b"}"):
                yield
        self.at = self.stop
