"""The text of a PDF file, as the parser is given it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from fangan._limits import Limits
from fangan._opened import Opened
from fangan._pdf_characters import LOST
from fangan._pdf_columns import columns, set_margins
from fangan._pdf_library import LOCK, Sheet, library, opened, sheet
from fangan._pdf_lines import Line
from fangan._pdf_paragraphs import Habits, Paragraph, goes_on
from fangan._pdf_rescue import with_end
from fangan._pdf_running import Place, without_running
from fangan._pdf_tables import Table, tables

__all__ = ["looks_like_pdf", "read"]

MOST_PAGES = 5_000
"""Pages that are read of one file."""
_MOST_BROKEN = 300
_PICTURE = 0.4
_FEW = 20
_TOO_MANY_LOST = 0.3
_FORMAT = 3
_PASSWORD = 4
_SECURITY = 5
_SCANNED = (
    "the pages are pictures without a text layer; recognise the text first, for instance with"
    " ocrmypdf -l chi_sim in.pdf out.pdf, and read what comes out"
)


def looks_like_pdf(data: bytes) -> bool:
    """Whether bytes are a PDF file, by the mark that stands at its beginning.

    Examples:
        >>> looks_like_pdf(b"%PDF-1.7"), looks_like_pdf(b"PDF")
        (True, False)
    """
    return b"%PDF-" in data[:1024]


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
    if len(data) > limits.file_bytes:
        return _none(f"the file has {len(data):,} bytes, {limits.file_bytes:,} are the most")
    with LOCK, opened(raw, data) as (document, mistake):
        book = None if document is None else _book(raw, document, data, limits)
    if book is None and mistake == _FORMAT:
        mended = with_end(data)
        with LOCK, opened(raw, mended or b"") as (document, _):
            book = None if document is None else _book(raw, document, data, limits)
    if book is None:
        return _none(_why(mistake, data))
    return _none(book) if isinstance(book, str) else _composed(book, limits)


def _none(reason: str, notes: Iterable[tuple[str, str]] = ()) -> Opened:
    return Opened("", "pdf", notes=tuple(notes), reason=reason)


def _why(mistake: int, data: bytes) -> str:
    if mistake == _PASSWORD:
        return "the file is locked with a password; save it without one, for instance with qpdf --decrypt, and read that"
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
            return f"the text has more than {limits.text_bytes:,} bytes, which are the most"
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
    pages = [_Page(number, each) for number, each in enumerate(book.sheets) if each is not None]
    _drop_running(pages)
    missing = [number + 1 for number, each in enumerate(book.sheets) if each is None]
    if missing:
        notes.append(f"{_pages(missing)}: damaged, not read")
    pictures = [page.number + 1 for page in pages if page.is_picture()]
    recognised = [page.number + 1 for page in pages if page.sheet.n_invisible > _FEW]
    text = _text(pages)
    lost, seen = text.count(LOST), sum(not each.isspace() for each in text)
    if not text.strip():
        if pictures:
            return _none(_SCANNED, _coded(notes))
        if any(page.sheet.drawn for page in pages):
            return _none("the pages have no text, only drawings", _coded(notes))
        return _none("the pages are empty" if pages else "the pages of the file are damaged", _coded(notes))
    if lost > _TOO_MANY_LOST * seen:
        if book.is_cut_off:
            return _none(f"the file is cut off, and the fonts of its text are missing: {lost:,} of {seen:,} characters", ())
        why = f"{lost:,} of {seen:,} characters have no meaning outside the fonts of the file; recognise the text instead"
        return _none(f"{why}, for instance with ocrmypdf --force-ocr -l chi_sim in.pdf out.pdf", _coded(notes))
    if len(text.encode("utf-8", "replace")) > limits.text_bytes:
        return _none(f"the text has more than {limits.text_bytes:,} bytes, which are the most", _coded(notes))
    if lost:
        notes.append(f"{lost:,} characters have no meaning outside the fonts of the file; U+FFFD stands for them")
    if pictures:
        notes.append(f"{_pages(pictures)}: pictures without a text layer, not read")
    if recognised:
        notes.append(f"{_pages(recognised)}: text recognised in pictures (OCR), which has mistakes")
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


class _Page:
    """A page: its blocks of lines in reading order, and its tables."""

    def __init__(self, number: int, sheet: Sheet) -> None:
        self.number = number
        self.sheet = sheet
        self.tables, outside = tables(sheet.rules, sheet.glyphs) if sheet.rules else ([], sheet.glyphs)
        self.blocks = columns(outside, sheet.left, sheet.right)
        for line in self.lines():
            line.page = number

    def lines(self) -> list[Line]:
        """All lines outside of tables."""
        return [line for block in self.blocks for line in block]

    def is_picture(self) -> bool:
        """Whether the page is a picture with next to no text."""
        n_characters = sum(len(line.text) for line in self.lines()) + len(self.sheet.plain or "")
        return self.sheet.picture > _PICTURE and n_characters < _FEW and not self.tables

    def items(self) -> list[Line | Table]:
        """Lines and tables in reading order: a table stands behind the lines above it."""
        out: list[Line | Table] = []
        waiting = sorted(self.tables, key=lambda table: -table.top)
        for block in self.blocks:
            for line in block:
                while waiting and waiting[0].top > line.y and len(self.blocks) == 1:
                    out.append(waiting.pop(0))
                out.append(line)
            while waiting and block and waiting[0].top > block[-1].y:
                out.append(waiting.pop(0))
        return out + waiting


def _drop_running(pages: list[_Page]) -> None:
    sizes = Counter(
        {size: count for size, count in Counter(round(glyph.size * 2) for page in pages for glyph in page.sheet.glyphs).items()}
    )
    body = sizes.most_common(1)[0][0] / 2 if sizes else 10.0
    places = [
        Place(
            sorted(page.lines(), key=lambda line: -line.y),
            page.sheet.bottom,
            page.sheet.top,
            body,
            max((table.top for table in page.tables), default=float("-inf")),
            min((table.bottom for table in page.tables), default=float("inf")),
        )
        for page in pages
    ]
    for page, kept in zip(pages, without_running(places), strict=True):
        stay = {id(line) for line in kept}
        page.blocks = [[line for line in block if id(line) in stay] for block in page.blocks]
    marks = Counter(mark for page in pages for mark in set(page.sheet.askew))
    for page in pages:
        page.sheet.askew = [
            mark for mark in page.sheet.askew if not (mark[0] % 90 and (marks[mark] > 1 or len(pages) == 1))
        ]


def _text(pages: list[_Page]) -> str:
    set_margins([(page.sheet.left, page.sheet.right, page.blocks) for page in pages])
    habits = Habits.of([line for page in pages for line in page.lines()])
    out: list[str] = []
    paragraph: Paragraph | None = None
    table: Table | None = None

    def close() -> None:
        nonlocal paragraph, table
        if paragraph is not None:
            out.append(paragraph.text)
        if table is not None:
            out.extend(table.lines())
        paragraph = table = None

    for page in pages:
        if page.sheet.plain is not None:
            close()
            out.append(page.sheet.plain)
        for at, item in enumerate(page.items()):
            if isinstance(item, Table):
                if at == 0 and table is not None and table.go_on(item):
                    continue
                close()
                table = item
            elif paragraph is not None and goes_on(paragraph.lines, item, habits):
                paragraph.add(item)
            else:
                close()
                paragraph = Paragraph()
                paragraph.add(_with_cells(item))
        for _, text in page.sheet.askew:
            close()
            out.append(text)
    close()
    return "\n".join(out)


def _with_cells(line: Line) -> Line:
    """A line of three parts or more that stand far apart is a row of a table without rules."""
    return replace(line, text="\t".join(line.cells)) if len(line.cells) > 2 else line
