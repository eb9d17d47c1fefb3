"""The text of pages of a PDF file, from their characters and ruled lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from fangan._pdf_columns import columns, set_margins
from fangan._pdf_library import Sheet
from fangan._pdf_lines import Line
from fangan._pdf_paragraphs import Habits, Paragraph, goes_on
from fangan._pdf_running import Place, without_running
from fangan._pdf_tables import Table, tables

PICTURE = 0.4
"""Share of a page that pictures cover from which on it is one."""
FEW = 20
"""Characters that are no text of a page."""


class Page:
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
        return self.sheet.picture > PICTURE and n_characters < FEW and not self.tables

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


def drop_running(pages: list[Page]) -> None:
    """Take away what only belongs to the pages: running heads, numbers, watermarks."""
    sizes = Counter(round(glyph.size * 2) for page in pages for glyph in page.sheet.glyphs)
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


def text(pages: list[Page]) -> str:
    """The text of pages, a paragraph or a row of a table a line."""
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
        for _, words in page.sheet.askew:
            close()
            out.append(words)
    close()
    return "\n".join(out)


def _with_cells(line: Line) -> Line:
    """A line of three parts or more that stand far apart is a row of a table without rules."""
    return replace(line, text="\t".join(line.cells)) if len(line.cells) > 2 else line
