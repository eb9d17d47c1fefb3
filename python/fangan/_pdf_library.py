"""What pdfium says of a file's pages: characters with their places, ruled lines, pictures."""

from __future__ import annotations

import ctypes
import math
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

from fangan._pdf_characters import LOST, character
from fangan._pdf_drawings import Rule, covered, rules
from fangan._pdf_fonts import stand_in
from fangan.errors import MissingExtraError

LOCK = threading.Lock()
"""Held by whoever calls pdfium, which serves one thread at a time."""

MOST_CHARACTERS = 100_000
"""Characters of a page whose places are looked at; there are some 4,000 on a full one."""
_INVISIBLE = 3
_FAR = 100_000.0


class Glyph(NamedTuple):
    """A character on a page, turned so that its line runs from left to right.

    `x0` to `x1` is what it takes of the line, `y` where it stands (upwards), `size` that of its font, `owner` tells
    which object of the page drew it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    owner: int


@dataclass
class Sheet:
    """A page as pdfium tells it.

    Attributes:
        glyphs: Characters in the order of the file, those alone that run in the direction of most.
        askew: Texts in other directions: angle in degrees, and text.
        left, bottom, right, top: What is shown of the page.
        rules: Ruled lines.
        picture: Share of the page that its largest picture covers; 0 where this was not looked at.
        drawn: Whether there is anything on the page.
        plain: The text in pdfium's order, where places do not help: vertical lines, far too many characters.
        n_lost: Characters without a meaning.
        n_invisible: Characters of `glyphs` that are drawn invisibly.
        n_hidden: Invisible characters that were left out.
        is_vertical: Whether its lines run downwards.
    """

    glyphs: list[Glyph] = field(default_factory=list)
    askew: list[tuple[int, str]] = field(default_factory=list)
    left: float = 0
    bottom: float = 0
    right: float = 0
    top: float = 0
    rules: list[Rule] = field(default_factory=list)
    picture: float = 0
    drawn: bool = False
    plain: str | None = None
    n_lost: int = 0
    n_invisible: int = 0
    n_hidden: int = 0
    is_vertical: bool = False


def library() -> Any:
    """The functions of pdfium.

    Raises:
        MissingExtraError: The extra `fangan[pdf]` is not installed.
    """
    try:
        import pypdfium2.raw
    except ImportError as error:
        raise MissingExtraError("PDF files need pypdfium2: pip install 'fangan[pdf]'") from error
    return pypdfium2.raw


@contextmanager
def opened(raw: Any, data: bytes) -> Iterator[tuple[Any, int]]:
    """A document, or None with the number of what went wrong. Call it with `LOCK` held."""
    stand_in()
    document = raw.FPDF_LoadMemDocument64(data, len(data), None)
    try:
        yield (document, 0) if document else (None, int(raw.FPDF_GetLastError()))
    finally:
        if document:
            raw.FPDF_CloseDocument(document)


def sheet(raw: Any, document: Any, number: int) -> Sheet | None:
    """What is on a page.

    Args:
        raw: The functions of pdfium.
        document: The open document.
        number: The page, from 0.

    Returns:
        The page; None where it cannot be had.
    """
    page = raw.FPDF_LoadPage(document, number)
    if not page:
        return None
    try:
        text_page = raw.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return _sheet(raw, page, text_page)
        finally:
            raw.FPDFText_ClosePage(text_page)
    finally:
        raw.FPDF_ClosePage(page)


def _sheet(raw: Any, page: Any, text_page: Any) -> Sheet:
    out = Sheet()
    box = raw.FS_RECTF()
    if raw.FPDF_GetPageBoundingBox(page, box):
        edges = box.left, box.bottom, box.right, box.top
        if all(abs(edge) < _FAR for edge in edges):
            out.left, out.bottom, out.right, out.top = edges
    n_objects = raw.FPDFPage_CountObjects(page)
    out.drawn = n_objects > 0
    count = raw.FPDFText_CountChars(text_page)
    if count > MOST_CHARACTERS:
        out.plain = _plain(raw, text_page, count)
        return out
    found = _characters(raw, text_page, count, out)
    quarter = _quarter(found)
    shown = [each for each in found if not each.invisible]
    hidden = [each for each in found if each.invisible]
    if len(found) < 200 or hidden:
        out.picture = covered(raw, page, n_objects, (out.left, out.bottom, out.right, out.top))
    # Invisible characters over a picture are what was recognised in it; without one they are the text of a page whose
    # letters are drawn as curves. Beside visible text on a page without a picture they are not for the reader.
    if hidden and out.picture < 0.4 and len(shown) >= len(hidden):
        out.n_hidden = len(hidden)
        found = shown
    else:
        out.n_invisible = len(hidden)
    out.n_lost = sum(LOST in each.text for each in found)
    straight = [each for each in found if each.angle == quarter * 90]
    out.askew = _askew([each for each in found if each.angle != quarter * 90])
    if _is_vertical(straight):
        out.plain, out.is_vertical, out.askew = _plain(raw, text_page, count), True, []
        return out
    out.glyphs = [each.turned(quarter) for each in straight]
    if straight:
        out.rules = [_turned_rule(rule, quarter) for rule in rules(raw, page, n_objects)]
    corners = [_turned(x, y, quarter) for x, y in ((out.left, out.bottom), (out.right, out.top))]
    (out.left, out.right), (out.bottom, out.top) = (sorted(axis) for axis in zip(*corners, strict=True))
    return out


@dataclass(slots=True)
class _Found:
    """A character as pdfium has it, in the directions of the page. `angle` is that of its line in degrees."""

    text: str
    box: tuple[float, float, float, float]
    x: float
    y: float
    size: float
    angle: int
    owner: int
    invisible: bool

    def turned(self, quarter: int) -> Glyph:
        if quarter == 0:
            return Glyph(self.text, self.box[0], self.box[2], self.y, self.size, self.owner)
        (x0, _), (x1, _) = _turned(*self.box[:2], quarter), _turned(*self.box[2:], quarter)
        return Glyph(self.text, min(x0, x1), max(x0, x1), _turned(self.x, self.y, quarter)[1], self.size, self.owner)


def _turned(x: float, y: float, quarter: int) -> tuple[float, float]:
    return ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]


def _turned_rule(rule: Rule, quarter: int) -> Rule:
    if quarter == 0:
        return rule
    (x0, y0), (x1, y1) = _turned(rule.x0, rule.y0, quarter), _turned(rule.x1, rule.y1, quarter)
    return Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _characters(raw: Any, text_page: Any, count: int, out: Sheet) -> list[_Found]:
    """The characters of a page, but for those that pdfium puts in (blanks and line ends) and those not on the page."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    get_code, get_object, is_unmapped = (
        raw.FPDFText_GetUnicode,
        raw.FPDFText_GetTextObject,
        raw.FPDFText_HasUnicodeMapError,
    )
    get_box, get_origin, address = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin, ctypes.addressof
    left, right, bottom, top = out.left - 2, out.right + 2, out.bottom - 2, out.top + 2
    if out.right <= out.left:
        left, right, bottom, top = -_FAR, _FAR, -_FAR, _FAR
    looks: dict[int, tuple[float, float, int, bool]] = {}
    found: list[_Found] = []
    for at in range(count):
        owner = get_object(text_page, at)
        if not owner:
            continue
        key = address(owner.contents)
        look = looks.get(key)
        if look is None:
            look = looks[key] = _look(raw, text_page, at, owner)
        code = get_code(text_page, at)
        if 0xD800 <= code < 0xDC00 and at + 1 < count:
            low = get_code(text_page, at + 1)
            code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) if 0xDC00 <= low < 0xE000 else code
        elif 0xDC00 <= code < 0xE000:
            continue
        # pdfium has 2 for the hyphen at the end of a line, and 0xFFFE in some versions.
        text = "-" if code in (2, 0xFFFE) else LOST if is_unmapped(text_page, at) == 1 else character(code)
        if not text:
            continue
        get_box(text_page, at, box)
        get_origin(text_page, at, x, y)
        place = (box.left, box.bottom, box.right, box.top)
        middle = (place[0] + place[2]) / 2
        # A line that says where it is not on the page, or nowhere at all (not a number), is not seen.
        if not (left <= middle <= right and bottom <= y.value <= top):
            continue
        if look[2] == 0 and "\u3400" <= text <= "\u9fff" and 0.5 * look[1] < place[2] - place[0] < 0.97 * look[1]:
            # Some fonts tell how wide the ink is, not how far the next character is away.
            place = (x.value, place[1], x.value + look[1], place[3])
        found.append(_Found(text, place, x.value, y.value, look[0], look[2], key, look[3]))
    return found


def _look(raw: Any, text_page: Any, at: int, owner: Any) -> tuple[float, float, int, bool]:
    """Height and width of the font on the page, angle of the line in degrees, whether it is invisible."""
    matrix = raw.FS_MATRIX()
    size = float(raw.FPDFText_GetFontSize(text_page, at))
    wide, angle = size, 0
    if raw.FPDFText_GetMatrix(text_page, at, matrix):
        wide, size = size * math.hypot(matrix.a, matrix.b), size * math.hypot(matrix.c, matrix.d)
        degrees = math.degrees(math.atan2(matrix.b, matrix.a))
        quarter = round(degrees / 90)
        # Three degrees are a page that was put into the scanner askew.
        angle = (quarter * 90 if abs(degrees - quarter * 90) <= 3 else round(degrees)) % 360
    if not 0.5 <= abs(size) <= 2000:
        size = wide = 10.0
    return abs(size), abs(wide), angle, raw.FPDFTextObj_GetTextRenderMode(owner) == _INVISIBLE


def _quarter(found: list[_Found]) -> int:
    """Quarter turns of the direction that most characters have."""
    counts = Counter(each.angle // 90 for each in found if each.angle % 90 == 0)
    return counts.most_common(1)[0][0] if counts else 0


def _askew(found: list[_Found]) -> list[tuple[int, str]]:
    """Texts of neighbouring characters with the same angle."""
    texts: list[tuple[int, str]] = []
    before: _Found | None = None
    for each in found:
        near = before is not None and math.hypot(each.x - before.x, each.y - before.y) < 4 * each.size
        if texts and before is not None and before.angle == each.angle and near:
            texts[-1] = (each.angle, texts[-1][1] + each.text)
        else:
            texts.append((each.angle, each.text))
        before = each
    return [(angle, text.strip()) for angle, text in texts if text.strip()]


def _is_vertical(found: list[_Found]) -> bool:
    """Whether most characters stand below the one before them."""
    down = along = 0
    for before, each in pairwise(found):
        dx, dy = abs(each.x - before.x), before.y - each.y
        if each.angle % 180 == 90:
            dx, dy = dy, dx
        if 0.5 * each.size < abs(dy) < 2.5 * each.size and abs(dx) < 0.3 * each.size:
            down += 1
        elif abs(dy) < 0.3 * each.size:
            along += 1
    return down > 20 and down > 3 * along


def _plain(raw: Any, text_page: Any, count: int) -> str:
    count = min(count, 10_000_000)
    buffer = (ctypes.c_ushort * (count + 1))()
    written = raw.FPDFText_GetText(text_page, 0, count, buffer)
    text = bytes(memoryview(buffer).cast("B"))[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
    lines = ("".join(character(ord(each)) for each in line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)
