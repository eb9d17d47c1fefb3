"""Paragraphs, cells and rows as lines, as they are of Word documents."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise

from fangan._opened import LONGEST_CELL

MOST_COLUMNS = 63
"""Columns of a row at most, as in Word."""
_DEEPEST_TABLE = 20
_SAME_EDGE = 20
"""Twentieths of a point within which two edges of cells are one."""


@dataclass
class Cell:
    """A cell: its lines, and whether it holds a table or only continues another cell."""

    lines: list[str] = field(default_factory=list)
    nested: bool = False
    continued: bool = False


@dataclass
class Shape:
    """What a row says of its cells: where they end, and which only continue another one."""

    left: int = 0
    edges: list[int] = field(default_factory=list)
    continued: list[bool] = field(default_factory=list)


@dataclass
class Table:
    """A table that is being read: its rows, and the row and cell that are open."""

    rows: list[tuple[list[Cell], Shape]] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    cell: Cell = field(default_factory=Cell)

    @property
    def is_open(self) -> bool:
        """Whether a row was begun and not ended."""
        return bool(self.cells or self.cell.lines)

    def end_cell(self) -> None:
        """The open cell ends."""
        self.cells.append(self.cell)
        self.cell = Cell()

    def end_row(self, shape: Shape) -> None:
        """The open row ends."""
        if self.cell.lines:
            self.end_cell()
        if self.cells:
            self.rows.append((self.cells, shape))
        self.cells = []

    def lines(self) -> list[str]:
        """The rows as lines; cells that go over several columns leave the others empty."""
        columns: list[int] = []
        for edge in sorted({edge for _, shape in self.rows for edge in (shape.left, *shape.edges)}):
            if not columns or edge - columns[-1] > _SAME_EDGE:
                columns.append(edge)
        lines: list[str] = []
        for cells, shape in self.rows:
            edges = shape.edges if len(shape.edges) == len(cells) <= MOST_COLUMNS else []
            places = [bisect_left(columns, edge - _SAME_EDGE) for edge in (shape.left, *edges)]
            spans = [after - before for before, after in pairwise(places)] or [1] * len(cells)
            for cell, continued in zip(cells, shape.continued if edges else [], strict=False):
                cell.continued = continued
            lines += _row(cells, spans, places[0] if edges else 0)
        return lines


def _row(cells: list[Cell], spans: list[int], before: int) -> list[str]:
    """A row as one line with tabs; as the lines of its cells where it lays out a page."""
    for cell in cells:
        if cell.continued:
            cell.lines = []
    if len(cells) == 1:
        return cells[0].lines
    if any(cell.nested or sum(map(len, cell.lines)) > LONGEST_CELL for cell in cells):
        return [line for cell in cells for line in cell.lines if line]
    line = "\t" * min(before, MOST_COLUMNS)
    for cell, span in zip(cells, spans, strict=True):
        parts = [part.strip() for written in cell.lines for part in written.split("\n")]
        line += " ".join(part.replace("\t", " ") for part in parts if part)
        # Columns without a word in them mean nothing at the end of a line.
        line += "\t" * min(max(span, 1), MOST_COLUMNS)
    return [line.rstrip("\t")]


@dataclass
class Story:
    """A run of paragraphs that become lines: the body, a text box or a note."""

    lines: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    label: str = ""
    after: list[str] = field(default_factory=list)
    """Lines of the text boxes that hang on the paragraph."""
    tables: list[Table] = field(default_factory=list)
    runs_on: bool = False
    """Whether the paragraph goes on after a hidden mark of its end."""

    def set_label(self, label: str) -> None:
        """The number in front of the paragraph, as it is written in the file."""
        bare = label.strip()
        gap = " " if bare and label[-1:].isspace() else ""
        if self.runs_on and self.text:
            self.text.append(bare + gap)
        else:
            self.label = bare + gap

    def hide_mark(self, *, deleted: bool) -> None:
        """The paragraph ends with a mark that was deleted or is hidden: the next one goes on in its line."""
        if deleted or not self.text:
            self.label = ""
        self.runs_on = not deleted

    def end_paragraph(self, level: int) -> None:
        """The paragraph ends, in so many tables."""
        if level == 0 and self.tables and self.tables[0].is_open:
            level = 1
        lines = self._lines_in(level)
        text = "".join(self.text)
        lines.append(self.label + text if text else self.label.rstrip())
        lines += self.after
        self.text, self.label, self.after, self.runs_on = [], "", [], False

    def end_cell(self, level: int) -> None:
        """A cell ends, and its last paragraph with it."""
        self.end_paragraph(level)
        self.tables[-1].end_cell()

    def end_row(self, level: int, shape: Shape) -> None:
        """A row ends."""
        if self.text or self.after:
            self.end_paragraph(level)
        self._lines_in(level)
        self.tables[-1].end_row(shape)

    def has_text(self) -> bool:
        """Whether the paragraph holds anything."""
        return bool(self.text or self.label or self.after)

    def finish(self) -> list[str]:
        """The story ends: its lines."""
        if self.has_text():
            self.end_paragraph(len(self.tables))
        self._lines_in(0)
        return self.lines

    def _lines_in(self, level: int) -> list[str]:
        """The lines of the open cell in so many tables; tables within it end."""
        level = min(level, _DEEPEST_TABLE)
        while len(self.tables) < level:
            self.tables.append(Table())
        while len(self.tables) > level:
            table = self.tables.pop()
            table.end_row(Shape())
            if self.tables:
                self.tables[-1].cell.nested = True
                self.tables[-1].cell.lines += table.lines()
            else:
                self.lines += table.lines()
        return self.tables[-1].cell.lines if self.tables else self.lines
