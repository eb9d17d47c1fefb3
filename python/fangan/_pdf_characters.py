"""Single characters of PDF files: what fonts call them, and what they are."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LOST = "\ufffd"
"""Stands where a character was that no font gives a meaning to."""

# Radicals without a compatibility mapping that fonts name characters by; each is a character of its own.
_SUPPLEMENT = (
    "⺁厂⺇几⺌小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺛旡⺝月⺟母⺠民⺡水⺢水⺣火⺥爪⺦丬⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糸⺰纟⺲罒⺶羊⺷羊⺸羋⺹耂⺺肀⺼肉⺽臼"
    "⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞"
    "⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀"
)
_BULLETS = {
    0xF06C: "●",
    0xF06D: "○",
    0xF06E: "■",
    0xF06F: "□",
    0xF071: "□",
    0xF075: "◆",
    0xF076: "❖",
    0xF077: "◆",
    0xF0A1: "○",
    0xF0A7: "■",
    0xF0A8: "□",
    0xF0B7: "•",
    0xF0D8: "➢",
    0xF0E0: "→",
    0xF0FC: "√",
    0xF0FE: "☑",
}
"""What Word's bullets from Symbol and Wingdings look like."""
_BLANKS = frozenset(" \u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\t\r\n")
_NOTHING = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e")


def _table() -> dict[int, str]:
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2E80, 0x2FE0)}
    table |= {ord(radical): character for radical, character in zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)}
    return {code: character for code, character in table.items() if character != chr(code)} | _BULLETS


_PLAIN = _table()


@lru_cache(100_000)
def character(code: int) -> str:
    """The character that a reader sees.

    Args:
        code: A code point as the file's font gives it.

    Returns:
        One character (a few for a ligature); a radical as the character that it is, " " for a narrow blank, U+3000 for
        a wide one, "" for what is not seen, U+FFFD for what has no meaning outside its font.

    Examples:
        >>> character(0x2F45), character(0x2ED3), character(0xA0), character(0xE123) == LOST
        ('方', '长', ' ', True)
    """
    plain = _PLAIN.get(code)
    if plain is not None:
        return plain
    if 0x20 < code < 0x7F or 0x4E00 <= code <= 0x9FFF:
        return chr(code)
    if code > 0x10FFFF or 0xD800 <= code < 0xE000:
        return LOST
    text = chr(code)
    if text in _BLANKS:
        return " "
    if text in _NOTHING:
        return ""
    if unicodedata.category(text) in ("Cc", "Cn", "Co"):
        return LOST
    return unicodedata.normalize("NFKC", text) if 0xFB00 <= code <= 0xFB06 else text


@lru_cache(100_000)
def is_wide(text: str) -> bool:
    """Whether a character takes the square of a Chinese one: 汉, 。, （; also quotation marks, which fonts make so.

    Examples:
        >>> is_wide("汉"), is_wide("7"), is_wide("a")
        (True, False, False)
    """
    return (text >= "\u1100" and unicodedata.east_asian_width(text[0]) in "WF") or text[0] in "“”‘’…—·"


OPENING = frozenset("（《〈“‘「『【〔［｛([{")
"""What no line ends with."""
CLOSING = frozenset("）》〉”’」』】〕］｝。，、；：！？．…—)]},.;:!?%％‰℃々")
"""What no line begins with."""
ENDING = frozenset("。！？；：!?;:…")
"""What sentences and lead-ins end with."""


def ends_sentence(text: str) -> bool:
    """Whether a line ends as a sentence or a lead-in does, quotation marks and brackets aside.

    Examples:
        >>> ends_sentence("全部完成。”"), ends_sentence("各乡镇要")
        (True, False)
    """
    bare = text.rstrip("”’）)》】」』 \u3000")
    return bare[-1:] in ENDING
