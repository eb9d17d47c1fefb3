"""The text of a PDF file, as the parser is given it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from fangan._limits import Limits
from fangan._opened import Opened
from fangan._pdf_characters import LOST
from fangan._pdf_library import LOCK, Sheet, library, opened, sheet
from fangan._pdf_pages import FEW, Page, drop_running
from fangan._pdf_pages import text as whole_text
from fangan._pdf_rescue import with_end

MOST_PAGES = 5_000
"""Pages that are read of one file."""
_MOST_BROKEN = 300
_TOO_MANY_LOST = 0.3
_FORMAT = 3
_PASSWORD = 4
_SECURITY = 5
_SCANNED = (
    "the pages are pictures without a text layer; recognise the text first, for instance with"
    " ocrmypdf -l chi_sim in.pdf out.pdf, and read what comes out"
)

_DRAWN = (
    "the pages have no text; where they show some, it is drawn as curves: recognise it, for instance with"
    " ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf, and read what comes out"
)


def read(data: bytes, limits: Limits) -> Opened:
    """The text of a PDF file. No content fails.

    Lines are joined to paragraphs, running heads and numbers of pages are left out, and rows of tables are lines with
    tabs between the cells.

    Args:
        data: The bytes of the file.
        limits: How much is read.

    Returns:
        The text, or the reason why there is none.

    Raises:
        MissingExtraError: The extra `fangan[pdf]` is not installed.
    """
    raw = library()
    if not data:
        return _none("the file is empty")
    with LOCK, opened(raw, data) as (document, mistake):
        book = None if document is None else _book(raw, document, data, limits)
    if book is None and mistake == _FORMAT:
        mended = with_end(data, MOST_PAGES)
        with LOCK, opened(raw, mended or b"") as (document, _):
            book = None if document is None else _book(raw, document, data, limits)
    if book is None:
        return _none(_why(mistake, data))
    return _none(book) if isinstance(book, str) else _composed(book, limits)


def _none(reason: str, notes: Iterable[tuple[str, str]] = ()) -> Opened:
    return Opened("", "pdf", notes=tuple(notes), reason=reason)


def _why(mistake: int, data: bytes) -> str:
    if mistake == _PASSWORD:
        return (
            "the file is locked with a password; save it without one, for instance with qpdf --decrypt, and read that"
        )
    if mistake == _SECURITY:
        return "the file is encrypted in a way that is not known; save it without encryption and read that"
    if _is_cut_off(data):
        return "the file is cut off, and its pages cannot be found in what is left"
    return "the file is damaged: its pages cannot be found"


def _is_cut_off(data: bytes) -> bool:
    return b"%%EOF" not in data[-2048:]


@dataclass
class _Book:
    """The pages of a file, and what is to be said of them. Pages are counted from 1 in notes."""

    n_pages: int
    sheets: list[Sheet | None] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_cut_off: bool = False


def _book(raw: Any, document: Any, data: bytes, limits: Limits) -> _Book | str:
    """Read the pages; the reason where there are none."""
    n_pages = int(raw.FPDF_GetPageCount(document))
    n_files = int(raw.FPDFDoc_GetAttachmentCount(document))
    if n_pages <= 0:
        return "the file has no pages" + (f", but {n_files:,} files in it; save and read these" if n_files > 0 else "")
    book = _Book(n_pages, is_cut_off=_is_cut_off(data))
    if book.is_cut_off:
        book.notes.append("the end of the file is missing")
    characters = broken = 0
    for number in range(min(n_pages, MOST_PAGES)):
        found = sheet(raw, document, number)
        book.sheets.append(found)
        broken = broken + 1 if found is None else 0
        if found is not None:
            characters += len(found.plain or "") + len(found.glyphs)
        if characters > limits.text_bytes:
            return f"the text has more than {limits.text_bytes:,} bytes (limits.text_bytes)"
        if broken >= _MOST_BROKEN:
            break
    if len(book.sheets) < n_pages:
        book.notes.append(f"only the first {len(book.sheets):,} of {n_pages:,} pages were read")
    if n_files > 0:
        book.notes.append(f"{n_files:,} {'file' if n_files == 1 else 'files'} attached to the document, not read")
    if raw.FPDF_GetFormType(document) in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND):
        book.notes.append("a form whose content only Adobe's programs show (XFA)")
    return book


def _composed(book: _Book, limits: Limits) -> Opened:
    notes = book.notes
    pages = [Page(number, each) for number, each in enumerate(book.sheets) if each is not None]
    drop_running(pages)
    missing = [number + 1 for number, each in enumerate(book.sheets) if each is None]
    if missing:
        notes.append(f"{_pages(missing)}: damaged, not read")
    pictures = [page.number + 1 for page in pages if page.is_picture()]
    recognised = [page.number + 1 for page in pages if page.sheet.n_invisible > FEW]
    text = whole_text(pages)
    lost, seen = text.count(LOST), sum(not each.isspace() for each in text)
    if not text.strip():
        if pictures:
            return _none(_SCANNED, _coded(notes))
        if any(page.sheet.drawn for page in pages):
            return _none(_DRAWN, _coded(notes))
        return _none("the pages are empty" if pages else "the pages of the file are damaged", _coded(notes))
    if lost > _TOO_MANY_LOST * seen:
        if book.is_cut_off:
            return _none(
                f"the file is cut off, and the fonts of its text are missing: {lost:,} of {seen:,} characters", ()
            )
        why = (
            f"{lost:,} of {seen:,} characters have no meaning outside the fonts of the file; recognise the text instead"
        )
        return _none(f"{why}, for instance with ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf", _coded(notes))
    if len(text.encode("utf-8", "replace")) > limits.text_bytes:
        return _none(f"the text has more than {limits.text_bytes:,} bytes (limits.text_bytes)", _coded(notes))
    if lost:
        notes.append(f"{lost:,} characters have no meaning outside the fonts of the file; U+FFFD stands for them")
    if pictures:
        notes.append(f"{_pages(pictures)}: pictures without a text layer, not read")
    if recognised:
        drawn = "text drawn invisibly, as programs do that recognise it in pictures (OCR); it may have mistakes"
        notes.append(f"{_pages(recognised)}: {drawn}")
    vertical = [page.number + 1 for page in pages if page.sheet.is_vertical]
    if vertical:
        notes.append(f"{_pages(vertical)}: vertical lines, in the order of the file")
    crowded = [page.number + 1 for page in pages if page.sheet.plain is not None and not page.sheet.is_vertical]
    if crowded:
        notes.append(f"{_pages(crowded)}: too many characters for a page, in the order of the file")
    hidden = sum(page.sheet.n_hidden for page in pages)
    if hidden:
        notes.append(f"{hidden:,} characters that are not shown, left out")
    return Opened(text, "pdf", notes=_coded(notes))


def _coded(notes: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("file-partial", note) for note in notes)


def _pages(numbers: list[int]) -> str:
    """Numbers of pages in words: `pages 2, 5-7`."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    shown = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:20]]
    more = ", …" if len(runs) > 20 else ""
    return f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(shown)}{more}"
