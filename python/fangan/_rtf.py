"""RTF files as the text that the parser is given."""

from __future__ import annotations

import re

from fangan._kinds import HEAD, kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan._rtf_reader import Reader

_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF])
_SURROGATE = re.compile("[\ud800-\udfff]")
_PARTIAL = "file-partial"


def read(data: bytes, limits: Limits) -> Opened:
    r"""The text of an RTF file, as a reader of the document sees it.

    It has the numbers of lists that the program wrote into the file, and no deletions, hidden text, comments, headers
    and footers; text boxes stand behind their paragraph, a row of a table is a line with tabs, and notes stand behind
    the text. No content fails; what is broken is read as far as it goes.

    Args:
        data: The bytes of the file.
        limits: How much of it is read.

    Returns:
        The text, or the reason why there is none.

    Examples:
        >>> read(rb"{\rtf1\ansi\ansicpg936 \'b7\'bd\'b0\'b8\par\u19968?\u12289?}", Limits()).text
        '方案\n一、\n'
    """
    if kind(data[:HEAD]) != "rtf":
        return Opened("", "rtf", reason="the file does not begin as RTF")
    reader = Reader(data, limits)
    lines = reader.read()
    text = "".join(f"{line}\n" for line in lines).translate(_CONTROLS)
    if _SURROGATE.search(text):
        # Halves of characters beyond U+FFFF come one after the other; half a one alone is none.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    broken = reader.broken
    if len(text.encode()) > limits.text_bytes:
        return Opened("", "rtf", reason=f"the text has more than {limits.text_bytes:,} bytes (limits.text_bytes)")
    if reader.over:
        return Opened("", "rtf", reason=broken)
    encodings = [*reader.characters.written.most_common(1), ("utf-8", 0)]
    encoding = "utf-8" if reader.unicode >= encodings[0][1] else encodings[0][0]
    if not text.strip() and not reader.pictures:
        return Opened("", "rtf", encoding, reason=f"no text can be read of the file{f': {broken}' if broken else ''}")
    return Opened(text, "rtf", encoding, tuple(_notes(reader, broken, text)))


def _notes(reader: Reader, broken: str | None, text: str) -> list[tuple[str, str]]:
    notes = []
    if broken:
        notes.append((_PARTIAL, broken))
    if reader.too_deep:
        notes.append((_PARTIAL, f"{reader.too_deep:,} groups that are nested too deep were left out"))
    if reader.needs_numbers and not reader.has_numbers:
        notes.append((_PARTIAL, "the file has lists without their numbers"))
    if not text.strip():
        notes.append((_PARTIAL, f"the document has no text but {reader.pictures} pictures, as a scan has"))
    notes += [("undecodable-bytes", f"bytes that are no {name} were read as U+FFFD") for name in reader.characters.lost]
    return notes
