"""Documents of Word 97 to 2003 (.doc), of WPS (.wps) and of OpenDocument (.odt) as text, by way of LibreOffice."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

from fangan import _fangan, _office, _opendocument
from fangan._doc_file import format_of, is_older, opened, with_saved_fields
from fangan._kinds import kind_of
from fangan._limits import Limits
from fangan._office import Job
from fangan._opendocument import is_flat
from fangan._opened import Opened

_OLD = "a document of Word 97–2003 (.doc), which needs LibreOffice; install it, or save the file as .docx"
_OPEN = "a text of OpenDocument (.odt), which needs LibreOffice; install it, or save the file as .docx"
_NONE = "neither a document of Word 97–2003 nor one of OpenDocument"
_SET_ANEW = re.compile(rb"<w:instrText[^>]*>\s*(?:DATE|TIME)\b")
_WORD_6 = "MS WinWord 6"
_PARTIAL = "file-partial"


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a .doc, .wps or .odt file, as a reader of the document sees it; see `read_many`.

    Args:
        data: The bytes of the file.
        limits: How much of it is read, and for how long.

    Returns:
        The text, or the reason why there is none.

    Examples:
        >>> read(bytes.fromhex("d0cf11e0a1b11ae1"), Limits()).reason
        'the Office file is damaged: it breaks off in its first bytes'
    """
    return read_many([data], limits)[0]


def read_many(datas: Sequence[bytes], limits: Limits) -> list[Opened]:
    """The texts of .doc, .wps and .odt files. LibreOffice starts once for many of them, which is much faster.

    LibreOffice turns the files into DOCX, of which the text is made as of any other: with automatic numbers and
    footnotes, without deletions. Dates and other fields stay as they were saved. No macro runs and nothing is fetched.
    What is locked, damaged or no document is known without LibreOffice.

    Args:
        datas: The bytes of the files.
        limits: How much of each is read, and for how long.

    Returns:
        For each file its text, or the reason why there is none.
    """
    prepared = [_prepared(data, limits) for data in datas]
    waiting = [at for at, (_, job) in enumerate(prepared) if isinstance(job, Job)]
    jobs = [job for _, job in prepared if isinstance(job, Job)]
    results = [Opened("", form, reason=job) if isinstance(job, str) else None for form, job in prepared]
    soffice = _office.program() if jobs else None
    if soffice is None:
        converted: list[bytes | str] = [_OLD if prepared[at][0] == "doc" else _OPEN for at in waiting]
    else:
        converted = _office.convert(soffice, jobs, limits)
    for at, made in zip(waiting, converted, strict=True):
        form, job = prepared[at]
        older = isinstance(job, Job) and job.filter == _WORD_6
        results[at] = Opened("", form, reason=made) if isinstance(made, str) else _text(made, form, older, limits)
    return [result for result in results if result is not None]


def _prepared(data: bytes, limits: Limits) -> tuple[str, Job | str]:
    """The format of a file, and what LibreOffice is to do with it, or the reason why it has no text."""
    found = kind_of(data)
    if found == "odt":
        saved = _opendocument.with_saved_fields(data, limits)
        if isinstance(saved, str):
            return "odt", saved
        flat = is_flat(data)
        return "odt", Job(saved, "fodt" if flat else "odt", "OpenDocument Text Flat XML" if flat else "writer8")
    if found != "ole":
        return "", _NONE
    ole = opened(data)
    if isinstance(ole, str):
        return "ole", ole
    form, reason = format_of(ole)
    if reason is not None:
        return form, reason
    if is_older(ole):
        return form, Job(data, "doc", _WORD_6)
    return form, Job(with_saved_fields(data, ole), "doc", "MS Word 97")


def _text(made: bytes, form: str, older: bool, limits: Limits) -> Opened:
    """The text of a document that LibreOffice has made."""
    text, found = _fangan.docx_text(made)
    if text is None:
        return Opened("", form, reason=f"what LibreOffice made of it cannot be read: {found[0]}")
    notes = [(_PARTIAL, note) for note in found]
    if older and _holds_dates(made):
        notes.append((_PARTIAL, "a date that the program sets anew each time is today's, not the document's"))
    if not text.strip() and not notes:
        return Opened("", form, reason="the document has no text")
    return Opened(text, form, notes=tuple(notes))


def _holds_dates(made: bytes) -> bool:
    """Whether a document has dates that are set anew: in files of Word 6 and 95 they cannot be kept."""
    with suppress(zipfile.BadZipFile, KeyError, OSError), zipfile.ZipFile(BytesIO(made)) as archive:
        return _SET_ANEW.search(archive.read("word/document.xml")) is not None
    return False
