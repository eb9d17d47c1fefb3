"""Tables of a page: rows as lines with tabs between cells, unless the table only lays out the page."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from fangan._opened import LONGEST_CELL

_MOST_COLUMNS = 60


@dataclass
class Cell:
    """A cell: columns and rows that it takes, and its lines."""

    columns: int = 1
    rows: int = 1
    blocks: list[Any] = field(default_factory=list)


class Table:
    """A table being read. `outer` is the list of lines that it stands in, `loose` what stands beside its cells."""

    def __init__(self, outer: list[Any]) -> None:
        self.outer = outer
        self.loose: list[Any] = []
        self._rows: list[list[Cell]] = [[]]
        self._has_nested = False

    def begin(self, cell: Cell) -> None:
        """Open a cell of the row."""
        self._rows[-1].append(cell)

    def end_row(self) -> None:
        """Close the row."""
        if self._rows[-1]:
            self._rows.append([])

    def nested(self) -> None:
        """Say that a table stands within this one."""
        self._has_nested = True

    def lines(self, block: Any) -> list[Any]:
        """Write the table in reading order.

        Args:
            block: The class of lines.

        Returns:
            A line for each row of a table of data; the lines of all cells, one after the other, of a layout.
        """
        out = list(self.loose)
        if self._is_layout():
            for row in self._rows:
                for cell in row:
                    out.extend(cell.blocks)
            return out
        # Columns that a cell above still takes, and for how many rows.
        taken: dict[int, int] = {}
        for row in self._rows:
            if not row:
                continue
            texts: list[str] = []
            for cell in row:
                while taken.get(len(texts), 0) > 0 and len(texts) < _MOST_COLUMNS:
                    taken[len(texts)] -= 1
                    texts.append("")
                at = len(texts)
                texts.append(" ".join(line.text.replace("\t", " ") for line in cell.blocks))
                texts.extend([""] * (min(cell.columns, _MOST_COLUMNS) - 1))
                if cell.rows > 1:
                    taken.update(dict.fromkeys(range(at, len(texts)), cell.rows - 1))
            for column in [column for column in taken if column >= len(texts)]:
                taken[column] -= 1
            taken = {column: left for column, left in taken.items() if left > 0}
            blocks = [line for cell in row for line in cell.blocks]
            filled = [cell for cell in row if cell.blocks]
            if len(filled) <= 1 and (not filled or not texts or texts[0] != ""):
                out.extend(blocks)
                continue
            length = sum(len(line.text) for line in blocks)
            links = sum(line.links * len(line.text) for line in blocks) / max(1, length)
            file = any(line.file for line in blocks)
            heading = any(line.heading for line in blocks)
            out.append(block("\t".join(texts).rstrip("\t"), blocks[0].at, links, file, heading, True))
        return out

    def _is_layout(self) -> bool:
        """Whether the table has a table in it, or one cell has most of its text, in several lines."""
        if self._has_nested:
            return True
        cells = [cell for row in self._rows for cell in row]
        lengths = [sum(len(line.text) for line in cell.blocks) for cell in cells]
        total = sum(lengths)
        return any(
            length >= LONGEST_CELL and length * 10 >= total * 7 and len(cell.blocks) >= 3
            for cell, length in zip(cells, lengths, strict=True)
        )
