"""The pieces that RTF is made of."""

from __future__ import annotations

import re
from binascii import unhexlify
from collections.abc import Iterator
from typing import Final

WORD: Final = 1
"""A control word."""
CODES: Final = 3
"""Characters by their numbers in Unicode, with what stands for each in programs that know none."""
BYTES: Final = 4
"""Bytes in hexadecimal digits."""
SYMBOL: Final = 5
"""A sign behind a backslash."""
OPEN: Final = 6
CLOSE: Final = 7
TEXT: Final = 8
"""Text as it stands in the file."""
_NUMBERED: Final = 2

Token = tuple[int, bytes, int | None]
"""What a piece is, its name or content, and the number behind a control word."""

# The groups are in the order of the numbers above. A run of pieces of one kind is one piece.
_ESCAPES = (
    rb"\\(?!u-?[0-9])([A-Za-z]{1,40})(-?[0-9]{1,10})? ?"
    rb"|((?:\\u-?[0-9]{1,10} ?(?:(?:\\'[0-9A-Fa-f]{2}){1,2}|\?)?[\r\n]*)++)"
    rb"|((?:\\'[0-9A-Fa-f]{2}[\r\n]*)++)"
    rb"|\\(.)|(\{)|(\})"
)
_SINGLE = re.compile(_ESCAPES + rb"|([^\\{}\r\n]++)", re.DOTALL)
# Characters of two bytes that stand in the file as they are: the second may be a backslash or a brace.
_DOUBLE = re.compile(
    _ESCAPES + rb"|((?:[^\\{}\r\n\x81-\xfe]++|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x81-\xfe])++)", re.DOTALL
)
_BRACES = re.compile(rb"\\bin([0-9]{1,10}) ?|\\.|\{|\}", re.DOTALL)
_BINARY = b"bin"


class Tokens:
    r"""The pieces of a file from front to back, in time that grows with its length alone.

    Pictures as bytes (`\bin`) are passed over.
    """

    def __init__(self, data: bytes, start: int = 0, stop: int | None = None, *, double: bool = False) -> None:
        self.data = data
        self.at = start
        self.stop = len(data) if stop is None else stop
        self._pattern = _DOUBLE if double else _SINGLE

    def __iter__(self) -> Iterator[Token]:
        match, data, stop = self._pattern.match, self.data, self.stop
        while self.at < stop:
            found = match(data, self.at, stop)
            if found is None:  # the end of a line, or a backslash as the last byte
                self.at += 1
                continue
            self.at = found.end()
            kind = found.lastindex or 0
            if kind == _NUMBERED:
                number = int(found[2])
                if found[1] == _BINARY:
                    self.at += max(0, number)
                else:
                    yield WORD, found[1], number
            elif kind == BYTES:
                yield BYTES, unhexlify(found[BYTES].translate(None, b"\\'\r\n")), None
            else:
                yield kind, found[kind], None

    def skip_group(self) -> int:
        """Go behind the end of the innermost open group, and say where its content ends."""
        search, data, stop = _BRACES.search, self.data, self.stop
        depth = 1
        while depth and (found := search(data, self.at, stop)):
            self.at = found.end()
            brace = found[0]
            if brace == b"{":
                depth += 1
            elif brace == b"}":
                depth -= 1
            elif found[1] is not None:
                self.at += int(found[1])
        if depth:
            self.at = stop
            return stop
        return self.at - 1
