"""Frames as people read them, in a notebook or a terminal: `fangan.show`."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from html import escape
from typing import Literal

import polars as pl

from fangan import _cells, _meanings
from fangan._schema import origin, to_zh
from fangan._terminal import clip, columns, display_width, wrapped
from fangan.errors import InvalidArgumentError

Language = Literal["en", "zh"]

_NARROWEST = 14
"""Columns of the terminal that a text keeps, however little room there is."""

_WHOLE = 2000
"""Characters of a long text that the tooltip has; a notebook keeps all of them."""

_STYLE = """<style>
.fangan-frame{overflow-x:auto;max-width:100%}
.fangan-frame table{border-collapse:collapse;font-size:13px;line-height:1.45;font-variant-numeric:tabular-nums;
border:0;margin:0}
.fangan-frame th,.fangan-frame td{padding:4px 10px;border:0;border-bottom:1px solid rgba(128,128,128,.25);
text-align:left!important;vertical-align:top;white-space:nowrap;background:none}
.fangan-frame thead th{border-bottom:2px solid rgba(128,128,128,.6);font-weight:600}
.fangan-frame .number{text-align:right!important}
.fangan-frame .text{white-space:normal;min-width:14em;max-width:32em;overflow-wrap:anywhere}
.fangan-frame tbody tr:hover{background:rgba(128,128,128,.12)}
.fangan-frame [title]{cursor:help}
.fangan-frame .rows{font-size:12px;opacity:.7;padding:4px 10px}
</style>"""


@dataclass(frozen=True, repr=False)
class Shown:
    """A frame to look at: a table in a notebook, straight columns at the prompt.

    Attributes:
        frame: The frame.
        language: The language of heads and values.
        rows: Rows that are shown.
        widest: Characters of a cell that are shown.
        width: Columns of the terminal; None for those that it has.
        table: The table that the frame comes from; None for the likeliest.
    """

    frame: pl.DataFrame
    language: Language = "en"
    rows: int = 20
    widest: int = 60
    width: int | None = None
    table: str | None = None

    def _cells(self) -> tuple[list[str], list[list[str]], list[bool]]:
        """Heads, the cells of each column, and whether these stand on the right."""
        head = self.frame.head(self.rows)
        told = to_zh(head, table=self.table, values=True) if self.language == "zh" else head
        # How a number is said depends on the name that its column has in the schema.
        cells = [_cells.said(column.alias(name)) for name, column in zip(head.columns, told.get_columns(), strict=True)]
        return told.columns, cells, [_cells.on_the_right(dtype) for dtype in told.dtypes]

    def _counted(self, hidden: list[str] | None = None) -> str:
        rows = self.frame.height
        shown = min(rows, self.rows)
        if self.language == "zh":
            told = f"共 {rows:,} 行" + (f"，显示前 {shown:,} 行" if shown < rows else "")
            return told + (f"；另有 {len(hidden)} 列：{'、'.join(hidden)}" if hidden else "")
        told = f"{rows:,} row{'' if rows == 1 else 's'}" + (f", the first {shown:,} shown" if shown < rows else "")
        return told + (f"; {len(hidden)} more columns: {', '.join(hidden)}" if hidden else "")

    def __repr__(self) -> str:
        names, cells, right = self._cells()
        cells = [[" ".join(cell.split()) for cell in column] for column in cells]
        width = self.width or (shutil.get_terminal_size().columns if sys.stdout and sys.stdout.isatty() else 120)
        wide = self._widths(names, cells, width)
        shown = len(wide)
        head = [clip(name, wide[at]) for at, name in enumerate(names[:shown])]
        # Plans of one source differ in the ends of their ids.
        ends = [name.endswith("_id") or name in ("plan_a", "plan_b", "path") for name in self.frame.columns]
        shorter = ([clip(cell, wide[at], keep_end=ends[at]) for cell in cells[at]] for at in range(shown))
        rows = list(zip(*shorter, strict=True))
        lines = columns(head, rows, right[:shown]) if shown else []
        return "\n".join([*lines, *wrapped(self._counted(names[shown:]), width)])

    def _widths(self, names: list[str], cells: list[list[str]], width: int) -> list[int]:
        """How wide each column is to be; fewer than there are columns where not all find room.

        Texts give way first, the widest before the others, then the last columns go. Numbers, days and codes are
        never cut.
        """
        whole = [
            min(self.widest, max([display_width(name), *map(display_width, column)]))
            for name, column in zip(names, cells, strict=True)
        ]
        yields = [dtype == pl.String or dtype.is_nested() for dtype in self.frame.dtypes]
        shown, wide = len(whole), list(whole)
        while sum(wide) + 2 * (shown - 1) > width and shown > 1:
            widest = max(range(shown), key=lambda at: wide[at] if yields[at] else 0)
            if yields[widest] and wide[widest] > _NARROWEST:
                wide[widest] -= 1
            else:
                shown -= 1
                wide.pop()
        # What the columns that went leave free, the others get back.
        spare = max(0, width - sum(wide) - 2 * (shown - 1))
        for at in range(shown):
            more = min(spare, whole[at] - wide[at])
            wide[at] += more
            spare -= more
        return [min(wide[0], width)] if shown == 1 else wide

    def _repr_html_(self) -> str:
        names, cells, right = self._cells()
        known = origin(self.frame, self.table)
        heads = []
        for at, (name, column) in enumerate(zip(names, self.frame.columns, strict=True)):
            told = [column] if self.language == "zh" and name != column else []
            if column in known:
                table, what = known[column]
                chinese = _meanings.column(table, column) if self.language == "zh" else None
                told.append(chinese or what.meaning)
            kind = str(self.frame.schema[column])
            told.append("Enum" if kind.startswith("Enum") else kind)
            mark = ' class="number"' if right[at] else ""
            heads.append(f'<th{mark} title="{escape(" · ".join(told))}">{escape(name)}</th>')
        long = [any(len(cell) > 24 for cell in column) for column in cells]
        lines = []
        for row in zip(*cells, strict=True):
            told = [self._cell(cell, right[at], long[at]) for at, cell in enumerate(row)]
            lines.append(f"<tr>{''.join(told)}</tr>")
        language = ' lang="zh-CN"' if self.language == "zh" else ""
        # Notebooks would set what stands between two dollar signs as a formula.
        return (
            f'{_STYLE}<div class="fangan-frame tex2jax_ignore mathjax_ignore"{language}><table>'
            f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
            f'<div class="rows">{escape(self._counted())}</div></div>'
        )

    def _cell(self, cell: str, right: bool, long: bool) -> str:
        kind = "number" if right else "text" if long else ""
        mark = f' class="{kind}"' if kind else ""
        if len(cell) <= self.widest:
            return f"<td{mark}>{_lines(cell)}</td>"
        whole = cell if len(cell) <= _WHOLE else cell[:_WHOLE] + "…"
        return f'<td{mark} title="{escape(whole)}">{_lines(cell[: self.widest - 1])}…</td>'


def _lines(cell: str) -> str:
    return escape(cell.strip()).replace("\n", "<br>")


def show(
    frame: pl.DataFrame,
    *,
    language: Language = "en",
    rows: int = 20,
    widest: int = 60,
    width: int | None = None,
    table: str | None = None,
) -> Shown:
    r"""A frame to look at, in a notebook or at the prompt: for reading, where Polars prints for programming.

    Cells hold what a reader needs: long texts are clipped (in a notebook the whole is in the tooltip), what is null is
    empty, lists are joined by 、, shares are percentages. Heads have their meaning in a tooltip.

    Args:
        frame: A table of a corpus, a result, or any other frame.
        language: `"en"` (the default) for the names that code uses; `"zh"` for Chinese heads and values.
        rows: Rows that are shown, from the first. 20 by default.
        widest: Characters of a cell that are shown; in a terminal columns, of which a Chinese character takes two.
            60 by default.
        width: Columns of the terminal. None (the default) for those that it has, 120 where the output is no terminal.
        table: Which table the frame comes from. By default the table that shares most columns with it.

    Returns:
        The frame as something that shows itself; `.frame` is the frame.

    Raises:
        InvalidArgumentError: This is no frame, or there is no such language, or a number is less than 1.
        NotFoundError: There is no such table.

    Examples:
        >>> import fangan as fg
        >>> corpus = fg.parse("一、方法步骤\n第一阶段：动员部署（2010年5月）。召开会议。")
        >>> fg.show(corpus.phases.select("name", "stage", "start_on", "parent_id"), language="zh")
        名称      规范阶段  开始日期    上级阶段
        --------  --------  ----------  --------
        动员部署  动员部署  2010-05-01
        共 1 行
    """
    if not isinstance(frame, pl.DataFrame):
        raise InvalidArgumentError(f"show needs a polars.DataFrame, not {type(frame).__name__}")
    if language not in ("en", "zh"):
        raise InvalidArgumentError(f"language is {language!r}; give 'en' or 'zh'")
    for name, number in (("rows", rows), ("widest", widest), ("width", 1 if width is None else width)):
        if number < 1:
            raise InvalidArgumentError(f"{name} is {number}; give a number from 1")
    origin(frame, table)
    return Shown(frame, language, rows, widest, width, table)
