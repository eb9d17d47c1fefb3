"""How much of a file is read, whatever it claims about itself."""

from __future__ import annotations

from dataclasses import dataclass, fields

from fangan.errors import InvalidArgumentError

_MOST = 1 << 60
_LONGEST = 1_000_000
"""Seconds; what a timer can wait for is not much more on some systems."""


@dataclass(frozen=True)
class Limits:
    """Limits on files, so that none takes unbounded time or memory; what is over one is a row with an `error`.

    The defaults let pass what people write and publish, and stop files that were made to do harm.

    Attributes:
        file_bytes: Bytes of one document, as a file, in an archive, or unpacked from a compressed file. 256 MiB by
            default. Tables (CSV, JSON lines, Parquet) and archives may be larger, but for Parquet and archives
            inside archives: they are read piece by piece.
        text_bytes: Bytes, as UTF-8, of the text that comes out of one document. 128 MiB by default.
        members: Members of one archive. 1,000,000 by default.
        unpacked_bytes: Bytes that one archive unpacks to, archives in it included. 64 GiB by default.
        ratio: Unpacked bytes for each packed byte of a member over 4 MiB. 300 by default; texts reach ten, monotonous
            tables a hundred, and nothing but repetition a thousand.
        depth: Archives inside archives. 3 by default.
        seconds: Time that a library may take for one document (a web page, PDF, DOC or RTF) before it is given up. 60
            by default. For DOC the time of LibreOffice.
        memory_bytes: Memory that such a library may take for one document, where the system can limit it (Linux).
            4 GiB by default.

    Raises:
        InvalidArgumentError: A limit is not a positive number, or is beyond what any machine has.

    Examples:
        >>> import fangan as fg
        >>> fg.Limits(seconds=5).seconds, fg.Limits().depth
        (5, 3)
    """

    file_bytes: int = 256 << 20
    text_bytes: int = 128 << 20
    members: int = 1_000_000
    unpacked_bytes: int = 64 << 30
    ratio: int = 300
    depth: int = 3
    seconds: float = 60
    memory_bytes: int = 4 << 30

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            whole = field.name != "seconds"
            most = _MOST if whole else _LONGEST
            number = isinstance(value, int) if whole else isinstance(value, int | float)
            if not number or isinstance(value, bool) or not 0 < value <= most:
                kind = "a whole number from 1" if whole else "a number above 0, and"
                raise InvalidArgumentError(f"Limits.{field.name} is {value!r}; give {kind} to {most} at most")
