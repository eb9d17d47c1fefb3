"""Documents of OpenDocument before a program converts them: flat ones by content, and fields as they were saved."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from fangan._limits import Limits

_TEXT = rb"application/vnd\.oasis\.opendocument\.text(?:-template|-master|-web)?"
_FLAT = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml|office:document).{0,8000}office:mimetype=[\"']" + _TEXT, re.DOTALL)
_HEAD = 16_384
_SET_ANEW = re.compile(
    rb"</?text:(?:(?:creation-|modification-|print-)?(?:date|time)|editing-duration|file-name|page-count|page-number)"
    rb"(?:\s[^<>]*)?/?>"
)
_LISTED = re.compile(rb"<manifest:file-entry\b[^<>]*?full-path=\"([^\"<>]*)\"[^<>]*?/>")
_PARTS = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
_MANIFEST = "META-INF/manifest.xml"
_LONGEST_MANIFEST = 4 << 20
DAMAGES = (zipfile.BadZipFile, zlib.error, OSError, RuntimeError, ValueError, EOFError, KeyError)


def is_flat(data: bytes) -> bool:
    """Whether bytes are a text of OpenDocument in one XML file."""
    return _FLAT.match(data[:_HEAD]) is not None


def with_saved_fields(data: bytes, limits: Limits) -> bytes | str:
    """A document of text alone, whose dates are those that were saved; LibreOffice would set them to today's.

    Args:
        data: The bytes of the file.
        limits: How large what it unpacks to may be.

    Returns:
        The bytes of another file, or the reason why it cannot be read.
    """
    if is_flat(data):
        return _SET_ANEW.sub(b"", data)
    made = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as other:
            members = {member.filename: member for member in archive.infolist()}
            if sum(members[name].file_size for name in members) > limits.file_bytes:
                return f"it unpacks to more than {limits.file_bytes:,} bytes"
            manifest = _part(archive, _MANIFEST, _LONGEST_MANIFEST)
            if b"encryption-data" in manifest:
                return "locked with a password; save it without one"
            kept = {name.encode() for name in _PARTS if name in members} | {b"/"}
            other.writestr("mimetype", _part(archive, "mimetype", 100), zipfile.ZIP_STORED)
            other.writestr(_MANIFEST, _LISTED.sub(lambda found: found[0] if found[1] in kept else b"", manifest))
            for name in _PARTS:
                if name in members:
                    other.writestr(name, _SET_ANEW.sub(b"", _part(archive, name, limits.file_bytes)))
    except DAMAGES as error:
        return f"the file is damaged: {error}"
    return made.getvalue()


def _part(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    with archive.open(name) as part:
        return part.read(most)
