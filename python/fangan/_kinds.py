"""What a file is, by how it begins and not by its name."""

from __future__ import annotations

import re
import tarfile
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import BinaryIO, Literal

from fangan import _fangan
from fangan._html_bytes import looks_like_html
from fangan._ole import MAGIC
from fangan._opendocument import DAMAGES, is_flat

Kind = Literal[
    "html", "mhtml", "pdf", "rtf", "ole", "odt", "ofd", "docx", "zip", "tar", "gzip", "bzip2", "xz", "parquet"
]
"""A format other than plain text."""

HEAD = 16_384
"""Bytes by which a file is known."""

_BEGINNINGS: tuple[tuple[bytes, Kind], ...] = (
    (MAGIC, "ole"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PAR1", "parquet"),
)
_PICTURE = "a picture; recognise its text first (OCR)"
_PROGRAM = "a program or other binary file"
_RECORDING = "a film or a sound; write down its words first"
_UNREAD: tuple[tuple[re.Pattern[bytes], str], ...] = tuple(
    (re.compile(beginning, re.DOTALL), said)
    for beginning, said in (
        (rb"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
        (rb"Rar!\x1a\x07", "a RAR archive; unpack it first"),
        (rb"\x28\xb5\x2f\xfd", "a file compressed with zstandard; unpack it first"),
        (rb"\x1f\x9d", "a file compressed with compress (.Z); unpack it first"),
        (rb"\x5d\x00\x00..(?:\xff{8}|.{5}\x00{3})", "a file compressed with LZMA (.lzma); unpack it first"),
        (rb"\x89PNG\r\n\x1a\n|\xff\xd8\xff|GIF8[79]a|II\*\x00|MM\x00\*|RIFF.{4}WEBP", _PICTURE),
        # The size of a bitmap's header follows zeros; a sentence that begins with BM has none.
        (rb"BM.{4}\x00{4}.{4}[\x0c\x28\x34\x38\x40\x6c\x7c]\x00{3}", _PICTURE),
        (rb"\x00\x00..ftyp(?:heic|heix|mif1|avif)", _PICTURE),
        (rb"\x00\x00..ftyp[0-9A-Za-z]{3}|RIFF.{4}(?:AVI |WAVE)|ID3[\x02-\x04]\x00", _RECORDING),
        (rb"MZ.{0,62}?\x00|\x7fELF|SQLite format 3\x00|\xca\xfe\xba\xbe\x00", _PROGRAM),
    )
)
_MARKS = (b"\xff\xfe", b"\xfe\xff")
_NULS = 100
"""A text has fewer than one NUL among so many bytes."""
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08PK\x03\x04", b"PK00PK\x03\x04")
_TAR_AT = 257
_TAR_HEADER = 512
# Some programs write a few lines in front of a PDF; a sentence about one is none.
_PDF = re.compile(rb"(?:\A|[\r\n\x00])%PDF-\d\.\d")
_RTF = re.compile(rb"(?:\xef\xbb\xbf)?[\s\0]*\{\s*\\rtf(?![a-z])")
_OFD = "an OFD document (GB/T 33190), which nothing here reads; save it as PDF or as text"


def unread(head: bytes) -> str | None:
    """What a file is that nothing here reads; None for all others.

    Evidence: how such files begin, and for other binary files one NUL among fewer than a hundred bytes where it is no
    UTF-16. Counter-examples: a text in UTF-16, half of which is NULs; one with zeros behind its end, as a full disk
    leaves. Misses binary files without NULs, which are read as texts that hold next to nothing.

    Examples:
        >>> unread(b"GIF89a..."), unread("关于开展植树活动的通知".encode())
        ('a picture; recognise its text first (OCR)', None)
    """
    known = next((said for beginning, said in _UNREAD if beginning.match(head)), None)
    if known is not None or b"\0" not in head:
        return known
    # Zeros at the end may be what was left of the disk; those of a file that has nothing else lose nothing.
    body = head.rstrip(b"\0")
    if body.count(b"\0") * _NULS <= len(body):
        return None
    if head.startswith(_MARKS) or _fangan.encoding_of(head).startswith("utf-16") or kind(head) is not None:
        return None
    return "a binary file without text"


def is_tar(head: bytes) -> bool:
    """Whether a file is a tar, by its first member: by the mark, or, in those older than it, by the sum of the header.

    Examples:
        >>> is_tar(tarfile.TarInfo("a.txt").tobuf()), is_tar(b"a" * 257 + b"ustar" + b"a" * 257)
        (True, False)
    """
    header = head[:_TAR_HEADER]
    if header[_TAR_AT : _TAR_AT + 5] == b"ustar":
        return b"\0" in header[:_TAR_AT]
    try:
        return tarfile.TarInfo.frombuf(header, "utf-8", "surrogateescape").name != ""
    except tarfile.HeaderError:
        return False


def kind(head: bytes) -> Kind | None:
    """The format of a file by its first bytes; None for text.

    A ZIP is told apart by `identified`, which looks at the names in it.

    Examples:
        >>> kind(b"%PDF-1.7"), kind("关于开展植树活动的通知".encode())
        ('pdf', None)
    """
    for beginning, found in _BEGINNINGS:
        if head.startswith(beginning):
            return found
    if head.startswith(_ZIP):
        return "zip"
    if is_tar(head):
        return "tar"
    if _PDF.search(head[:1_024]):
        return "pdf"
    if _RTF.match(head):
        return "rtf"
    if is_flat(head):
        return "odt"
    page = looks_like_html(head)
    return "mhtml" if page == "mhtml" else "html" if page else None


def identified(head: bytes, file: BinaryIO) -> tuple[Kind | None, str | None]:
    """The format of a file, None for text, and what it is that nothing here reads, None where it is read.

    Args:
        head: Its first bytes.
        file: The file; of a ZIP the names in it are looked at.
    """
    found = kind(head)
    if found == "zip":
        found = _of_zip(file)
    return found, _OFD if found == "ofd" else unread(head)


def kind_of(data: bytes) -> Kind | None:
    """The format of a whole file; None for text.

    Examples:
        >>> kind_of("方案".encode()) is None
        True
    """
    return identified(data[:HEAD], BytesIO(data))[0]


def _of_zip(file: BinaryIO) -> Kind:
    """What a ZIP is: a document of Word, of OpenDocument, of OFD (GB/T 33190), or an archive.

    A damaged one is left to the core, which says so.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            return _of_members(archive.namelist(), archive)
    except DAMAGES:
        return "docx"


def _of_members(names: Iterable[str], archive: zipfile.ZipFile) -> Kind:
    known = set(names)
    # Folders and files of these names alone may be anybody's.
    if "[Content_Types].xml" in known and (
        "_rels/.rels" in known or any(name.startswith(("word/", "xl/", "ppt/")) for name in known)
    ):
        return "docx"
    if "OFD.xml" in known and any(name.startswith("Doc_") for name in known):
        return "ofd"
    if "mimetype" in known and archive.getinfo("mimetype").file_size < 200:
        said = archive.read("mimetype")
        if said.startswith(b"application/vnd.oasis.opendocument.text"):
            return "odt"
    return "zip"
