"""Ruled tables of a page."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from fangan._opened import LONGEST_CELL
from fangan._pdf_drawings import Rule
from fangan._pdf_library import Glyph
from fangan._pdf_lines import Line, bands, line
from fangan._pdf_paragraphs import joined

_TOUCH = 4.0
_MOST_LINES = 120
_MOST_TABLES = 50


@dataclass
class Cell:
    """A cell: its paragraphs, and whether the last one ends within a line that is full."""

    paragraphs: list[str] = field(default_factory=list)
    is_open: bool = False


@dataclass
class Table:
    """A table: the places of its upright lines, where it begins and ends, and its rows with an entry for each column.

    None stands for what belongs to the cell at its left or above it.
    """

    edges: list[float]
    top: float
    bottom: float
    rows: list[list[Cell | None]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """A line for each row with tabs between its cells; the paragraphs of all cells where the table lays out a page.

        Cells with more than 300 characters are no cells to the eye: their rows are written as paragraphs.
        """
        out: list[str] = []
        for row in self.rows:
            cells = [cell for cell in row if cell is not None and cell.paragraphs]
            if not cells:
                continue
            is_long = any(sum(map(len, cell.paragraphs)) > LONGEST_CELL for cell in cells)
            if is_long or (len(cells) == 1 and row[0] is cells[0]):
                out += [paragraph for cell in cells for paragraph in cell.paragraphs]
                continue
            texts = [" ".join(cell.paragraphs).replace("\t", " ") if cell is not None else "" for cell in row]
            out.append("\t".join(texts).rstrip("\t"))
        return out

    def go_on(self, other: Table) -> bool:
        """Take over the rows of the table at the top of the next page, if it is the rest of this one.

        It is if it has the same columns. Its heading, printed again, goes; a first row that goes on within sentences of
        the last row becomes part of that.
        """
        if len(self.edges) != len(other.edges) or not self.rows or not other.rows:
            return False
        shift = other.edges[0] - self.edges[0]
        if any(abs(b - a - shift) > _TOUCH for a, b in zip(self.edges, other.edges, strict=True)):
            return False
        rows = other.rows
        while len(rows) > 1 and self._is_heading(rows[0], len(other.rows) - len(rows)):
            rows = rows[1:]
        last, first = self.rows[-1], rows[0]
        pairs = [(above, below) for above, below in zip(last, first, strict=True) if below and below.paragraphs]
        if (
            pairs
            and not (first[0] and first[0].paragraphs)
            and all(above is not None and above.paragraphs and above.is_open for above, _ in pairs)
        ):
            for above, below in pairs:
                if above is not None and below is not None:
                    above.paragraphs[-1] = joined(above.paragraphs[-1], below.paragraphs[0])
                    above.paragraphs += below.paragraphs[1:]
                    above.is_open = below.is_open
            rows = rows[1:]
        self.rows += rows
        return True

    def _is_heading(self, row: list[Cell | None], at: int) -> bool:
        if at >= len(self.rows) - 1:
            return False
        texts = [cell.paragraphs if cell else None for cell in row]
        return any(texts) and texts == [cell.paragraphs if cell else None for cell in self.rows[at]]


def tables(rules: list[Rule], glyphs: list[Glyph]) -> tuple[list[Table], list[Glyph]]:
    """The ruled tables of a page, and the characters outside of them.

    Evidence: level and upright lines that touch each other and part two columns or more, with characters in more than
    one of their cells. Example: a list of tasks with ruled columns. Counter-examples: a frame around a text, the red
    line under a letterhead, lines under headings. Misses tables whose columns are parted by nothing but blanks, and
    those with level lines only.

    Args:
        rules: Ruled lines.
        glyphs: Characters.
    """
    found: list[Table] = []
    for level, upright in _grids(rules):
        grid = _Grid.of(level, upright)
        if grid is None:
            continue
        inside: defaultdict[tuple[int, int], list[Glyph]] = defaultdict(list)
        outside: list[Glyph] = []
        for glyph in glyphs:
            slot = grid.slot((glyph.x0 + glyph.x1) / 2, glyph.y + 0.35 * glyph.size)
            (outside if slot is None else inside[slot]).append(glyph)
        if sum(any(glyph.text.strip() for glyph in each) for each in inside.values()) < 2:
            continue
        glyphs = outside
        found.append(grid.table(inside))
    return found, glyphs


def _grids(rules: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Level and upright lines that hang together."""
    level = _merged([rule for rule in rules if rule.y0 == rule.y1], 0)
    upright = _merged([rule for rule in rules if rule.x0 == rule.x1], 1)
    if len(level) * len(upright) > 1_000_000:
        return []
    parents = list(range(len(level) + len(upright)))

    def root(at: int) -> int:
        while parents[at] != at:
            parents[at] = parents[parents[at]]
            at = parents[at]
        return at

    for at, each in enumerate(level):
        for other, post in enumerate(upright):
            crosses = (
                each.x0 - _TOUCH <= post.x0 <= each.x1 + _TOUCH and post.y0 - _TOUCH <= each.y0 <= post.y1 + _TOUCH
            )
            if crosses:
                parents[root(at)] = root(len(level) + other)
    groups: defaultdict[int, tuple[list[Rule], list[Rule]]] = defaultdict(lambda: ([], []))
    for at, each in enumerate(level + upright):
        groups[root(at)][at >= len(level)].append(each)
    order = sorted(groups.values(), key=lambda group: -max((each.y1 for each in group[0]), default=0.0))
    return [group for group in order if len(group[0]) >= 2 and group[1]][:_MOST_TABLES]


def _merged(rules: list[Rule], axis: int) -> list[Rule]:
    """Lines drawn in pieces, or twice for two cells, as one."""
    out: list[Rule] = []
    by_place = sorted(rules, key=lambda rule: (rule[1 - axis], rule[axis]))
    group: list[Rule] = []
    for rule in [*by_place, None]:
        if rule is not None and group and rule[1 - axis] - group[0][1 - axis] <= 2:
            group.append(rule)
            continue
        if group:
            place = group[len(group) // 2][1 - axis]
            start: float | None = None
            end = 0.0
            for piece in [*sorted(group, key=lambda piece: piece[axis]), None]:
                if piece is not None and start is not None and piece[axis] <= end + _TOUCH:
                    end = max(end, piece[axis + 2])
                    continue
                if start is not None:
                    out.append(Rule(start, place, end, place) if axis == 0 else Rule(place, start, place, end))
                if piece is not None:
                    start, end = piece[axis], piece[axis + 2]
        group = [] if rule is None else [rule]
    return out


@dataclass
class _Grid:
    xs: list[float]
    ys: list[float]
    """From top to bottom, negated, so that both lists ascend."""
    roots: dict[tuple[int, int], tuple[int, int]]

    @classmethod
    def of(cls, level: list[Rule], upright: list[Rule]) -> _Grid | None:
        """The grid of lines; None where they make fewer than two columns."""
        begin, end = min(rule.x0 for rule in level), max(rule.x1 for rule in level)
        # Tables are often open at their sides.
        xs = _places([rule.x0 for rule in upright] + [begin, end])
        ys = _places([-rule.y0 for rule in level] + [-rule.y1 for rule in upright] + [-rule.y0 for rule in upright])
        if len(xs) < 3 or len(ys) < 2 or len(xs) > _MOST_LINES or len(ys) > 4 * _MOST_LINES:
            return None
        posts = _by_place(xs, upright, lambda rule: rule.x0)
        beams = _by_place(ys, level, lambda rule: -rule.y0)
        roots: dict[tuple[int, int], tuple[int, int]] = {}
        for row in range(len(ys) - 1):
            middle_y = -(ys[row] + ys[row + 1]) / 2
            for column in range(len(xs) - 1):
                middle_x = (xs[column] + xs[column + 1]) / 2
                left, above = (row, column - 1), (row - 1, column)
                if column and not any(rule.y0 - 1 <= middle_y <= rule.y1 + 1 for rule in posts[column]):
                    roots[row, column] = roots[left]
                elif row and not any(rule.x0 - 1 <= middle_x <= rule.x1 + 1 for rule in beams[row]):
                    roots[row, column] = roots[above]
                else:
                    roots[row, column] = (row, column)
        return cls(xs, ys, roots)

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """The cell at a place, by its first row and column."""
        column, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, -y) - 1
        return self.roots.get((row, column))

    def table(self, inside: dict[tuple[int, int], list[Glyph]]) -> Table:
        """The table with these characters in its cells."""
        out = Table(self.xs, -self.ys[0], -self.ys[-1])
        widths: dict[tuple[int, int], float] = {}
        for (_, column), cell in self.roots.items():
            widths[cell] = max(widths.get(cell, 0.0), self.xs[column + 1] - self.xs[cell[1]])
        for row in range(len(self.ys) - 1):
            cells: list[Cell | None] = []
            for column in range(len(self.xs) - 1):
                at = (row, column)
                own = self.roots[at] == at
                cells.append(_cell(inside.get(at, []), self.xs[column], widths[at]) if own else None)
            out.rows.append(cells)
        return out


def _places(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > _TOUCH:
            out.append(value)
    return out


def _by_place(places: list[float], rules: list[Rule], place: Callable[[Rule], float]) -> list[list[Rule]]:
    """The lines at each of the places, which ascend."""
    out: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        at = bisect_right(places, place(rule) + _TOUCH) - 1
        if at >= 0 and abs(places[at] - place(rule)) <= 2 * _TOUCH:
            out[at].append(rule)
    return out


def _cell(glyphs: list[Glyph], left: float, width: float) -> Cell:
    """The paragraphs of a cell: a line goes on in the next if what that begins with would not have fitted."""
    lines = [each for each in map(line, bands(glyphs)) if each is not None]
    out = Cell()
    if not lines:
        return out
    padding = min(8.0, max(0.0, min(each.x0 for each in lines) - left))
    space = width - 2 * padding
    before: Line | None = None
    for each in lines:
        full = before is not None and before.x1 - before.x0 + each.first > space - 0.2 * each.size
        if full:
            out.paragraphs[-1] = joined(out.paragraphs[-1], each.text)
        else:
            out.paragraphs.append(each.text)
        before = each
    if before is not None:
        out.is_open = before.x1 - before.x0 + before.size > space - before.size and before.text[-1] not in "。；！？"
    return out
