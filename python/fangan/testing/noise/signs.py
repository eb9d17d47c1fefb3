"""Other code points for the same signs, and signs that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from random import Random

from fangan.testing.noise._common import check_share

_FULL_WIDTH = {code: code + 0xFEE0 for code in map(ord, "0123456789%")}
_FULL_WIDTH |= {code: code + 0xFEE0 for first in "Aa" for code in range(ord(first), ord(first) + 26)}
_HALF_WIDTH = str.maketrans("，；：（）？！", ",;:()?!")
_RADICALS = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0x2E80, 0x2F00), *range(0x2F00, 0x2FD6))
    if unicodedata.normalize("NFKC", chr(code)) != chr(code)
}
_INVISIBLE = "\u200b\u00ad\ufeff"
_ENTITIES = {
    "&": "&amp;",
    "“": "&ldquo;",
    "”": "&rdquo;",
    "·": "&middot;",
    " ": "&nbsp;",
    "\u3000": "&nbsp;&nbsp;",
}


def full_width(text: str) -> str:
    """Write digits, Latin letters and % full-width: `2010年` becomes `２０１０年`.

    Old input methods and publishing systems do. Other ASCII signs stay, and so does the decimal point.

    Args:
        text: The text.

    Returns:
        The text, as long as before.

    Examples:
        >>> full_width("GDP增长8.5%")
        'ＧＤＰ增长８.５％'
    """
    return text.translate(_FULL_WIDTH)


def half_width_punctuation(text: str) -> str:
    """Write ，；：（）？！ as ASCII signs, as sites do that normalise punctuation.

    。 and 、 and quotation marks stay, as they do there.

    Args:
        text: The text.

    Returns:
        The text, as long as before.

    Examples:
        >>> half_width_punctuation("（一）加强领导，落实责任：")
        '(一)加强领导,落实责任:'
    """
    return text.translate(_HALF_WIDTH)


def kangxi(text: str, *, rate: float = 0.5, seed: int = 0) -> str:
    """Write radicals instead of the characters that look the same: `工` (U+5DE5) becomes `⼯` (U+2F2F).

    PDF files whose fonts map both to one glyph give them. Only radicals are used whose NFKC form is the character, so
    that normalisation brings the text back.

    Args:
        text: The text.
        rate: Share of the characters with such a radical, from 0 to 1. 0.5 by default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The text, as long as before.

    Raises:
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> import unicodedata
        >>> damaged = kangxi("工作方案", rate=1.0)
        >>> [f"{ord(sign):X}" for sign in damaged]
        ['2F2F', '4F5C', '2F45', '6848']
        >>> unicodedata.normalize("NFKC", damaged)
        '工作方案'
    """
    check_share("rate", rate)
    draw = Random(seed)
    return "".join(_RADICALS[sign] if sign in _RADICALS and draw.random() < rate else sign for sign in text)


def invisible(text: str, *, rate: float = 0.02, seed: int = 0) -> str:
    """Put zero-width spaces, soft hyphens and byte order marks inside lines.

    Editors of web sites leave them, and files glued together keep their marks. Never at the start or the end of a line.

    Args:
        text: The text.
        rate: Share of the places between two signs, from 0 to 1. 0.02 by default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The longer text, which looks the same.

    Raises:
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> damaged = invisible("植树通知", rate=1.0)
        >>> len(damaged), damaged.translate(dict.fromkeys([0x200B, 0xAD, 0xFEFF]))
        (7, '植树通知')
    """
    check_share("rate", rate)
    draw = Random(seed)
    return re.sub("(?<=.)(?=.)", lambda _: draw.choice(_INVISIBLE) if draw.random() < rate else "", text)


def entities(text: str) -> str:
    """Show the entities of HTML: `&nbsp;` for spaces and indents, `&ldquo;`, `&rdquo;`, `&middot;`, `&amp;`.

    Scrapers that take markup out and forget the entities leave them. An ideographic space, two columns wide, becomes
    two `&nbsp;`. Tags and numeric entities are not written.

    Args:
        text: The text.

    Returns:
        The text with entities.

    Examples:
        >>> entities("　　做到“五个好”")
        '&nbsp;&nbsp;&nbsp;&nbsp;做到&ldquo;五个好&rdquo;'
    """
    return "".join(_ENTITIES.get(sign, sign) for sign in text)
