"""Files of Word 97 to 2003, before a program converts them: what they are, and their fields as they were saved."""

from __future__ import annotations

import struct

from fangan._ole import DamagedError, Ole

_PLAIN, _OLDER = 0xA5EC, 0xA5DC
"""How a document of Word 97 to 2003 begins, and one of Word 6 and 95."""
_LOCKED, _SECOND_TABLE = 0x0100, 0x0200
_PLACES = 154
"""Where a document says where its lists are, each in 8 bytes."""
_LISTS_OF_FIELDS = (16, 18, 48, 57)
"""The lists of the fields in the text, in footnotes, in endnotes and in text boxes."""
_MOST_FIELDS = 8 << 20
_WORD_97 = 0x00C1
_MSI = bytes.fromhex("84100c0000000000c000000000000046")
_OTHERS = (
    (("EncryptedPackage",), "docx", "locked with a password; save it without one in Word"),
    (("Workbook", "Book"), "xls", "a workbook of Excel 97–2003 (.xls), no document; save it as .xlsx or .csv"),
    (("PowerPoint Document",), "ppt", "slides of PowerPoint 97–2003 (.ppt), no document; save their text"),
    (("VisioDocument",), "vsd", "a drawing of Visio, no document"),
    (("__properties_version1.0",), "msg", "a message of Outlook (.msg), no document; save it as text or .html"),
    (("HwpSummaryInformation", "\x05HwpSummaryInformation"), "hwp", "a document of Hangul; save it as .docx"),
    (("MatOST",), "wps", "a document of Microsoft Works; save it as .docx"),
)
_RESULT_KEPT = frozenset(
    [
        *(0x03, 0x05, 0x07, 0x0A, 0x0C, *range(0x0E, 0x23), 0x24, 0x27, 0x2D, 0x2E, 0x37, 0x38),
        *(*range(0x3B, 0x46), 0x48, 0x4B, 0x4F, 0x50, 0x55, 0x59, 0x5D, 0x5E),
    ]
)
"""Kinds of field whose saved result is what readers saw: dates, numbers of pages and tables, references, pictures and
texts of other files …. LibreOffice would set them anew: today's date in place of the document's."""
_QUOTE = 0x23
"""The kind of field that shows what it holds."""
_FIELD_BEGINS = 0x13


def format_of(ole: Ole) -> tuple[str, str | None]:
    """What an OLE file is, by its streams: a format, and the reason why it has no text to be read, or None.

    Evidence: names of streams, the first bytes of the stream `WordDocument`, the class of installers.
    """
    if "WordDocument" not in ole.entries:
        for names, form, reason in _OTHERS:
            if any(name in ole.entries for name in names):
                return form, reason
        if ole.root_class == _MSI:
            return "msi", "an installer of Windows (.msi), no document"
        return "ole", "an Office file without a document of Word; save it as .docx or as text"
    head = ole.read("WordDocument", 0, 12)
    if len(head) < 12:
        return "doc", "the file is damaged: the document in it is missing"
    begins, version, flags = (struct.unpack_from("<H", head, at)[0] for at in (0, 2, 10))
    if begins not in (_PLAIN, _OLDER):
        return "doc", "the file is damaged: the document in it does not begin as one of Word"
    if flags & _LOCKED:
        return "doc", "locked with a password; save it without one in Word"
    needed = ["WordDocument"]
    if begins == _PLAIN and version >= _WORD_97:
        table = _table(flags)
        if table not in ole.entries:
            return "doc", "the file is damaged: a part that it needs is missing"
        needed.append(table)
    if not all(ole.is_whole(name) for name in needed):
        return "doc", "the file is damaged: it breaks off"
    return "doc", None


def is_older(ole: Ole) -> bool:
    """Whether a document is one of Word 6 or 95."""
    begins, version = struct.unpack("<HH", ole.read("WordDocument", 0, 4))
    return bool(begins == _OLDER or version < _WORD_97)


def with_saved_fields(data: bytes, ole: Ole) -> bytes:
    """A document of Word 97 to 2003 whose fields show what they showed when it was saved.

    Fields that LibreOffice would set anew, or fetch from elsewhere, are given the kind of one that only quotes.
    """
    head = ole.read("WordDocument", 0, _PLACES + 8 * (max(_LISTS_OF_FIELDS) + 1))
    if len(head) < _PLACES:
        return data
    table = _table(struct.unpack_from("<H", head, 10)[0])
    places, size = ole.places(table)
    changed: bytearray | None = None
    for number in _LISTS_OF_FIELDS:
        at = _PLACES + 8 * number
        start, length = struct.unpack_from("<II", head, at) if at + 8 <= len(head) else (0, 0)
        if not 10 <= length <= _MOST_FIELDS:
            continue
        count = (length - 4) // 6
        first = start + 4 * (count + 1)
        fields = ole.read(table, first, 2 * count)
        for found in range(0, len(fields) - 1, 2):
            if fields[found] & 0x1F == _FIELD_BEGINS and fields[found + 1] in _RESULT_KEPT:
                changed = bytearray(data) if changed is None else changed
                place, rest = divmod(first + found + 1, size)
                changed[places[place] + rest] = _QUOTE
    return data if changed is None else bytes(changed)


def _table(flags: int) -> str:
    return "1Table" if flags & _SECOND_TABLE else "0Table"


def opened(data: bytes) -> Ole | str:
    """The streams of a file, or the reason why there are none."""
    try:
        return Ole(data)
    except DamagedError as error:
        return f"the Office file is damaged: {error}"
