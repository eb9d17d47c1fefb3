"""Lines of pages put together to paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from fangan._pdf_characters import CLOSING, OPENING, ends_sentence, is_wide
from fangan._pdf_lines import Line

_MARKED = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十\d]{1,3}[)）]|[一二三四五六七八九十]{1,3}[、.．]|\d{1,3}[、.．)）](?!\d)"
    r"|\d{1,2}(?:[.．]\d{1,2}){1,3}[\s\u4e00-\u9fff]|[①-⑳㈠-㈩●•◆■□★※▲○➢√]|第[一二三四五六七八九十百\d]{1,4}[章节条步]"
    r"|第[一二三四五六七八九十]{1,2}(?:阶段|部分)|附件|附表|抄送|主题词)"
)
_HANGING = re.compile(rf"{_MARKED.pattern}|.{{1,4}}：")
_LONG_WORD = re.compile("[!-~]{20}$")
_QUOTED = re.compile("“[^”]*”|《[^》]*》")
_PART = re.compile("[，。；：、,;:]")
_NUMBER = r"[\d〇○零一二三四五六七八九十]"
_DATE = re.compile(rf"[（(]?{_NUMBER}{{4}}年{_NUMBER}{{1,2}}月(?:{_NUMBER}{{1,3}}日)?[)）]?")
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|．{3,}|。{3,})\s*[（(]?\d{1,4}[)）]?$")


@dataclass
class Paragraph:
    """A paragraph that is being put together."""

    lines: list[Line] = field(default_factory=list)
    text: str = ""

    def add(self, line: Line) -> None:
        """Put a line at its end."""
        self.text = joined(self.text, line.text) if self.lines else "\u3000" * line.indent + line.text
        self.lines.append(line)


def joined(before: str, behind: str) -> str:
    """Two parts of a sentence that a line's end parted.

    Examples:
        >>> joined("各乡镇", "要"), joined("a small", "town"), joined("environ-", "ment"), joined("20", "12年")
        ('各乡镇要', 'a small town', 'environment', '2012年')
    """
    if not before or not behind:
        return before + behind
    last, first = before[-1], behind[0]
    if (
        last in "-\u2010"
        and before[-2:-1].isalpha()
        and before[-2:-1].isascii()
        and first.isascii()
        and first.islower()
    ):
        return before[:-1] + behind
    if last in OPENING or first in CLOSING:
        return before + behind
    if last in "-\u2010/" or is_wide(last) or is_wide(first) or (last.isdigit() and first.isdigit()):
        return before + behind
    return f"{before} {behind}"


@dataclass(frozen=True)
class Habits:
    """How a document is set.

    Attributes:
        indents: Whether paragraphs begin with an indent.
        spaced: Whether they are further apart than their lines.
        pitch: How far lines are apart, in characters.
    """

    indents: bool
    spaced: bool
    pitch: float

    @classmethod
    def of(cls, lines: list[Line]) -> Habits:
        """Look at the lines of a document."""
        starts = [
            (before, line)
            for before, line in pairwise(lines)
            if before.right - before.x1 > 3 * before.size
            and not is_centred(before)
            and not is_centred(line)
            and line.x1 - line.x0 > 8 * line.size
        ]
        indented = sum(1.2 * line.size <= line.x0 - line.left <= 3.5 * line.size for _, line in starts)
        pitches = sorted(_apart(before, line) for before, line in pairwise(lines) if _is_below(before, line))
        pitches = [pitch for pitch in pitches if 0.8 < pitch < 4]
        pitch = pitches[len(pitches) // 5] if pitches else 2.0
        below = [_apart(before, line) for before, line in starts if _is_below(before, line)]
        spaced = sum(apart > 1.15 * pitch for apart in below)
        return cls(indented * 2 > len(starts), len(below) >= 3 and spaced * 4 > len(below) * 3, pitch)


def _is_below(before: Line, line: Line) -> bool:
    return before.page == line.page and before.y > line.y


def _apart(before: Line, line: Line) -> float:
    return (before.y - line.y) / line.size


def is_centred(line: Line) -> bool:
    """Whether a line stands in the middle of its column."""
    before, behind = line.x0 - line.left, line.right - line.x1
    return before > 1.5 * line.size and abs(before - behind) < 1.2 * line.size


def goes_on(lines: list[Line], line: Line, habits: Habits) -> bool:
    """Whether a line goes on with a paragraph.

    Evidence: the paragraph's last line is full (what the next one begins with would not have fitted), and the next one
    begins where lines begin that go on. Numbering, an indent, the size of the letters, a wider distance, and what
    stands in the middle or at the right say that a new paragraph begins. Example: a line that is full up to the margin,
    and 各乡镇要 at the left margin below. Counter-example: a full line, and below it （二）加强领导, which begins a
    paragraph though nothing would have fitted above. Misses the end of a paragraph whose last line is full and ends in
    。, where neither an indent nor a distance shows it.

    Args:
        lines: The lines of the paragraph so far.
        line: The line below.
        habits: How the document is set.
    """
    last = lines[-1]
    size = min(last.size, line.size)
    ends = ends_sentence(last.text)
    if line.text[0] in CLOSING and line.text[0] not in ".…—“" and not ends:
        return True
    if max(last.size, line.size) > 1.15 * size or last.gaps or line.gaps:
        return False
    if _LEADER.search(last.text) or _LEADER.search(line.text) or _DATE.fullmatch(line.text):
        return False
    marked = _MARKED.match(line.text) is not None
    is_first = len(lines) == 1
    need = line.first + 0.35 * size
    apart = _apart(last, line) if _is_below(last, line) else None
    if apart is not None and apart > (2.2 if not ends else 1.3) * habits.pitch:
        return False
    if is_centred(line) and (is_first or is_centred(last)) and abs(_lean(last)) < 1.2 * size:
        # A title that the width of the page broke; others were broken where their words end.
        return last.right - last.left - (last.x1 - last.x0) < need and not ends and not marked
    inset, inset_before = (line.x0 - line.left) / size, (last.x0 - last.left) / size
    marked_before = _MARKED.match(last.text) is not None
    if is_first and marked_before and marked and not _PART.search(last.text[4:]):
        return False
    is_title = not marked_before and not _PART.search(_QUOTED.sub("", last.text))
    if is_first and habits.indents and inset_before < 1.2 and is_title:
        # Neither a paragraph, which would have an indent, nor an address, which has several names: a title as wide as
        # the page.
        return False
    # A first line that begins far to the right is a title or a signature, whose end means nothing.
    if is_first and (inset_before > 8 or (inset_before > 4.5 and abs(inset - inset_before) > 0.5)):
        return False
    room = last.right - last.x1
    if not ends and not marked and habits.indents and inset < 0.3 and not (is_first and is_title):
        # A new paragraph would have an indent, so that little speaks against this.
        need += 1.2 * size
    if room >= need or room > 9 * size or (room < -0.3 * size and _LONG_WORD.search(last.text)):
        # A word that cannot be broken goes over the margin, which says nothing.
        return False
    if inset < 0.8:
        if habits.spaced and apart is not None:
            return apart <= (1.15 if ends or marked else 1.27) * habits.pitch
        if not ends and not (marked and last.text[-1] in "）)"):
            return True
        if marked:
            return False
        if habits.indents:
            return True
        # The last line of a paragraph ends as sentences do; a signature does not.
        is_full = line.right - line.x1 < 2 * size
        return (is_full or ends_sentence(line.text)) and not last.text.endswith(("：", ":", "；", ";"))
    if ends or marked or is_centred(line):
        return False
    same = abs(inset - inset_before) < 0.5
    if is_first:
        # Two full lines with the same indent are paragraphs; what hangs goes on with a marker's line.
        return inset_before < inset < inset_before + 7 and _HANGING.match(last.text) is not None
    return same


def _lean(line: Line) -> float:
    """How much further a line is from the left margin than from the right one."""
    return (line.x0 - line.left) - (line.right - line.x1)
