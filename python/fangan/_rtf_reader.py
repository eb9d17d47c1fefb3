"""A file of RTF read from front to back: which group and which word means what."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from fangan._limits import Limits
from fangan._rtf_flow import Flow
from fangan._rtf_lines import MOST_COLUMNS, Shape
from fangan._rtf_tokens import BYTES, CLOSE, CODES, OPEN, SYMBOL, TEXT, WORD
from fangan._rtf_words import CHARACTERS, PASSED_OVER, READ, shown_by

_DESTINATIONS = frozenset(name.encode() for name in PASSED_OVER)
_KNOWN = frozenset(name.encode() for name in READ)
_LOOK_AT_CLOCK: Final = 8192
"""Pieces after which the time is looked at."""
_PICTURES = (b"pict", b"shppict")

Meaning = Callable[[int | None], object]


class Reader(Flow):
    r"""Reads one file.

    What a reader of the document does not see is passed over: deletions, hidden text, comments, headers and footers,
    instructions of fields, pictures, everything that `\*` marks as such and that is not known.
    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        super().__init__(data, limits)
        self.broken: str | None = None
        """Why the file was not read to its end."""
        self.over = False
        """Whether that is a limit."""
        self.pictures = 0
        self.has_numbers = False
        """Whether the numbers of lists are written in the file."""
        self.needs_numbers = False
        """Whether there are paragraphs of lists."""
        self._seconds = limits.seconds
        self._most = limits.text_bytes
        self._default_font: int | None = None
        self._shape = Shape()
        self._continues = False
        """Whether the cell that is defined next only continues another one."""
        self._equation = False
        """Whether the innermost field was drawn from its instruction."""
        self._property = ""
        self._marked = False
        """Whether the mark of a note was set whose text comes next."""
        self._is_endnote = False
        self._counts = [0, 0]
        self._starts = [1, 1]
        self._circled = [False, False]
        self._notes: tuple[list[str], list[str]] = ([], [])
        self._meanings = self._words()

    def read(self) -> list[str]:
        """Read the file: the lines of the document, with its notes behind them."""
        self.broken = self._read()
        while self._groups:
            self.close()
        self.flush()
        return [*self.story.finish(), *self._notes[0], *self._notes[1]]

    def _read(self) -> str | None:
        until = time.monotonic() + self._seconds
        ignorable = False
        for count, (kind, content, number) in enumerate(self._tokens):
            if kind == TEXT:
                self.take_text(content)
            elif kind == WORD:
                self._word(content, number, ignorable)
            elif kind == CODES:
                self.take_codes(content)
            elif kind == BYTES:
                self.take_bytes(content)
            elif kind == OPEN:
                self.open()
            elif kind == CLOSE:
                self.close()
                if not self._groups:
                    rest = self._tokens.data[self._tokens.at :].strip(b"\0\x1a \t\r\n}")
                    return f"{len(rest):,} bytes behind its end were not read" if rest else None
            elif content in CHARACTERS:
                self.take_character(CHARACTERS[content])
            elif content in b"\r\n":
                self._paragraph()
            ignorable = kind == SYMBOL and content == b"*"
            if self.left < 0:
                self.over = True
                return f"the text has more than {self._most:,} bytes (limits.text_bytes)"
            if count % _LOOK_AT_CLOCK == 0 and time.monotonic() > until:
                self.over = True
                return f"takes longer than {self._seconds:g} seconds (limits.seconds)"
        return f"it breaks off: {len(self._groups)} groups have no end"

    def _word(self, word: bytes, number: int | None, ignorable: bool) -> None:
        if word in CHARACTERS:
            self.take_character(CHARACTERS[word])
            return
        self._skip = 0
        # The outermost group is the document, whatever it says of itself.
        if len(self._groups) > 1 and (word in _DESTINATIONS or (ignorable and word not in _KNOWN)):
            self.pictures += word in _PICTURES
            self.pass_over()
            return
        meaning = self._meanings.get(word)
        if meaning is not None:
            meaning(number)

    def _words(self) -> dict[bytes, Meaning]:
        return {
            b"uc": lambda number: setattr(self.state, "fallback", min(max(0, number or 0), 20)),
            b"ansicpg": lambda number: self.characters.set_page(number or 0),
            b"fonttbl": lambda _: self._fonts(),
            b"deff": self._set_default_font,
            b"f": self._set_font,
            b"af": self._set_associated_font,
            b"dbch": lambda _: setattr(self.state, "sets_asian", True),
            b"loch": lambda _: setattr(self.state, "sets_asian", False),
            b"hich": lambda _: setattr(self.state, "sets_asian", False),
            b"plain": lambda _: self._plain(),
            b"v": lambda number: setattr(self.state, "hidden", number != 0),
            b"deleted": lambda number: setattr(self.state, "deleted", number != 0),
            b"mvf": lambda number: setattr(self.state, "deleted", number != 0),
            b"pard": lambda _: setattr(self.state, "level", 0),
            b"intbl": lambda _: setattr(self.state, "level", max(1, self.state.level)),
            b"itap": lambda number: setattr(self.state, "level", max(0, number or 0)),
            b"par": lambda _: self._paragraph(),
            b"sect": lambda _: self._section(),
            b"cell": lambda _: self._cell(1),
            b"nestcell": lambda _: self._cell(max(2, self.state.level)),
            b"row": lambda _: self._row(1),
            b"nestrow": lambda _: self._row(max(2, self.state.level)),
            b"nesttableprops": lambda _: self._nested_shape(),
            b"trowd": lambda _: setattr(self, "_shape", Shape()),
            b"trleft": lambda number: setattr(self._shape, "left", number or 0),
            b"clmrg": lambda _: setattr(self, "_continues", True),
            b"clvmrg": lambda _: setattr(self, "_continues", True),
            b"cldel": lambda _: setattr(self, "_continues", True),
            b"cellx": self._edge,
            b"ls": lambda number: setattr(self, "needs_numbers", self.needs_numbers or bool(number)),
            b"listtext": lambda _: self._label(),
            b"pntext": lambda _: self._label(),
            b"field": lambda _: setattr(self, "_equation", False),
            b"fldinst": lambda _: self.capture(self._instructed),
            b"fldrslt": lambda _: self._result(),
            b"upr": lambda _: setattr(self, "_passes_next", True),
            b"shptxt": lambda _: self._box(),
            b"dptxbxtext": lambda _: self._box(),
            b"sn": lambda _: self.capture(partial(setattr, self, "_property")),
            b"sv": lambda _: self.capture(self._value),
            b"chftn": lambda _: setattr(self, "_marked", self.state.shows),
            b"footnote": lambda _: self._note(),
            b"ftnalt": lambda _: setattr(self, "_is_endnote", True),
            b"ftnstart": lambda number: self._starts.__setitem__(0, number or 1),
            b"aftnstart": lambda number: self._starts.__setitem__(1, number or 1),
            **{word: lambda _: self._circled.__setitem__(0, True) for word in (b"ftnncnum", b"ftnngbnuml")},
            **{word: lambda _: self._circled.__setitem__(1, True) for word in (b"aftnncnum", b"aftnngbnuml")},
        }

    # Fonts

    def _fonts(self) -> None:
        start = self._tokens.at
        self.characters.read_fonts(self._tokens.data, start, self._tokens.skip_group())
        self.close()

    def _set_default_font(self, number: int | None) -> None:
        self._default_font = self.state.font = number

    def _set_font(self, number: int | None) -> None:
        self.state.font = number
        self._set_associated_font(number)

    def _set_associated_font(self, number: int | None) -> None:
        if self.state.sets_asian:
            self.state.asian = number

    def _plain(self) -> None:
        self.state.font, self.state.asian = self._default_font, None
        self.state.hidden = self.state.deleted = False

    # Paragraphs and tables

    def _paragraph(self) -> None:
        if self._captured is None:
            self.flush()
            if self.state.shows:
                self.story.end_paragraph(self.state.level)
            else:
                self.story.hide_mark(deleted=self.state.deleted)
            self.left -= 1

    def _section(self) -> None:
        self.flush()
        if self.story.has_text():
            self._paragraph()

    def _label(self) -> None:
        self.has_numbers = True
        self.capture(self.story.set_label)

    def _cell(self, level: int) -> None:
        if self._captured is None:
            self.flush()
            self.story.end_cell(level)
            self.left -= 1

    def _row(self, level: int) -> None:
        if self._captured is None:
            self.flush()
            self.story.end_row(level, self._shape)

    def _nested_shape(self) -> None:
        self._closing = partial(setattr, self, "_shape", self._shape)

    def _edge(self, number: int | None) -> None:
        if len(self._shape.edges) < MOST_COLUMNS:
            self._shape.edges.append(number or 0)
            self._shape.continued.append(self._continues)
        self._continues = False

    # Fields, text boxes and notes

    def _instructed(self, instruction: str) -> None:
        shown = shown_by(instruction)
        if shown and self.state.shows:
            self._equation = True
            self.write(shown)

    def _result(self) -> None:
        if self._equation:
            self.pass_over()

    def _box(self) -> None:
        self.tell(lambda lines: self.story.after.extend(line for line in lines if line))

    def _value(self, text: str) -> None:
        # Letters as a drawing.
        if self._property.strip() == "gtextUNICODE" and text.strip() and self.state.shows:
            self.story.after.append(text.strip())

    def _note(self) -> None:
        if len(self._groups) < 2:
            return
        if not self.state.shows:
            self.pass_over()
            return
        marked, self._is_endnote = self._marked, False

        def then(lines: list[str]) -> None:
            kind = int(self._is_endnote)
            self._is_endnote = self._marked = False
            mark = self._mark(kind) if marked else ""
            if mark:
                self.write(mark)
                mark += " "
            first, *rest = lines or [""]
            self._notes[kind].extend([mark + first.lstrip(), *rest])

        self.tell(then)

    def _mark(self, kind: int) -> str:
        """The mark of the next note: in brackets, so that no number of the text grows by it."""
        number = self._starts[kind] + self._counts[kind]
        self._counts[kind] += 1
        if self._circled[kind] and 1 <= number <= 20:
            return chr(0x245F + number)
        return f"[{_roman(number) if kind else number}]"


def _roman(number: int) -> str:
    """A number as i, ii, iii, iv …."""
    if not 0 < number < 4000:
        return str(number)
    written = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        written += letters * (number // value)
        number %= value
    return written
