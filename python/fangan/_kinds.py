"""What a file is, by how it begins and not by its name."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, Literal

from fangan._html_bytes import looks_like_html
from fangan._opendocument import is_flat

Kind = Literal[
    "html", "mhtml", "pdf", "rtf", "ole", "odt", "ofd", "docx", "zip", "tar", "gzip", "bzip2", "xz", "parquet"
]
"""A format other than plain text."""

HEAD = 16_384
"""Bytes by which a file is known."""

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", "parquet"),
)
_UNREAD = (
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"(\xb5/\xfd", "a file compressed with zstandard; unpack it first"),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_AT = 257
# Some programs write a few lines in front of a PDF; a sentence about one is none.
_PDF = re.compile(rb"(?:\A|[\r\n\x00])%PDF-\d\.\d")


def unread(head: bytes) -> str | None:
    """What a file is that nothing here reads; None for all others."""
    return next((said for beginning, said in _UNREAD if head.startswith(beginning)), None)


def kind(head: bytes) -> Kind | None:
    """The format of a file by its first bytes; None for text.

    A ZIP is told apart by `of_zip`, which needs the names in it.

    Examples:
        >>> kind(b"%PDF-1.7"), kind("关于开展植树活动的通知".encode())
        ('pdf', None)
    """
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head.startswith(_ZIP):
        return "zip"
    if head[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return "tar"
    if _PDF.search(head[:1_024]):
        return "pdf"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    if is_flat(head):
        return "odt"
    page = looks_like_html(head)
    return "mhtml" if page == "mhtml" else "html" if page else None


def of_zip(file: BinaryIO) -> Kind:
    """What a ZIP is: a document of Word, of OpenDocument, of OFD (GB/T 33190), or an archive.

    A damaged one is left to the core, which says so.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _of_members(archive.namelist(), archive)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return "docx"


def _of_members(names: Iterable[str], archive: zipfile.ZipFile) -> Kind:
    known = set(names)
    if "[Content_Types].xml" in known or any(name.startswith(("word/", "xl/", "ppt/")) for name in known):
        return "docx"
    if "OFD.xml" in known:
        return "ofd"
    if "mimetype" in known and archive.getinfo("mimetype").file_size < 200:
        said = archive.read("mimetype")
        if said.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    return "zip"
