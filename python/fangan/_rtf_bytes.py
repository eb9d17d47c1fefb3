"""The characters that RTF writes as bytes: in which encoding they are."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass, field

from fangan._rtf_tokens import BYTES, SYMBOL, TEXT, WORD, Tokens
from fangan._rtf_words import draws, sign

_OF_CHARSET = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
_OF_PAGE = {936: "gb18030", 54936: "gb18030", 65001: "utf-8", 10000: "mac_roman", 10008: "gb18030"}
_DOUBLE = frozenset(["gb18030", "cp950", "cp932", "cp949", "johab", "utf-8"])
_NAMES = {"cp950": "big5", "big5hkscs": "big5"}
_LONGEST_NAME = 200
_DECLARES_DOUBLE = re.compile(rb"\\ansicpg(?:932|936|949|950|1361|54936|10008)\b|\\fcharset(?:128|129|130|134|136)\b")
# Two or more characters of GB2312; the first level, the frequent half of the characters, begins with B0 to D7.
_GB2312 = re.compile(rb"(?:[\xa1-\xa3\xb0-\xf7][\xa1-\xfe]){2,}")
_FREQUENT = re.compile(rb"([\xb0-\xd7])[\xa1-\xfe]|[\xa1-\xf7][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True)
class Font:
    """A font: its name and the encoding of text in it, None where it is that of the file."""

    name: str = ""
    codec: str | None = None


_NO_FONT = Font()


@dataclass
class Characters:
    """Turns bytes into characters, by font and by the code page of the file.

    Programs write Chinese in fonts of a Chinese character set whatever the code page is, or in any font where the code
    page is Chinese, or in the font that a run has for Chinese text beside its Latin one. The first reading in which all
    bytes are characters holds.
    """

    page: str = "cp1252"
    fonts: dict[int, Font] = field(default_factory=dict)
    written: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)

    def set_page(self, number: int) -> None:
        """Take the code page that the file declares."""
        name = _OF_PAGE.get(number, f"cp{number}")
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self.page = name

    def read_fonts(self, data: bytes, start: int, stop: int) -> None:
        """Take the table of fonts between two places of the file."""
        number: int | None = None
        codec: str | None = None
        name = b""
        tokens = Tokens(data, start, stop)
        for kind, content, value in tokens:
            if kind == WORD and content == b"f" and value is not None:
                number, codec, name = value, None, b""
            elif kind == WORD and content == b"fcharset" and value is not None:
                codec = _OF_CHARSET.get(value)
            elif kind == WORD and content == b"cpg" and value is not None:
                codec = _OF_PAGE.get(value, codec)
            elif kind == SYMBOL and content == b"*":
                tokens.skip_group()
            elif kind in (TEXT, BYTES):
                name = (name + content)[:_LONGEST_NAME]
                if number is not None and content.rstrip().endswith(b";"):
                    self.fonts[number] = Font(name.strip(b" ;").decode("latin-1"), codec)
                    number = None

    def font(self, number: int | None) -> Font:
        """A font by its number."""
        return _NO_FONT if number is None else self.fonts.get(number, _NO_FONT)

    def decode(self, data: bytes, number: int | None, asian: int | None) -> str:
        """Bytes as text.

        Args:
            data: The bytes.
            number: The font that they are in.
            asian: The font that Chinese text would be in here, if it is another one.

        Returns:
            The text, with U+FFFD for bytes that are no characters.
        """
        font = self.font(number)
        if draws(font.name):
            return "".join(sign(font.name, character) for character in data.decode("latin-1"))
        if data.isascii():
            return data.decode("ascii")
        candidates = self._candidates(data, font, self.font(asian))
        for codec in candidates:
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                continue
            break
        else:
            codec = candidates[0]
            text = data.decode(codec, "replace")
            self.lost[_NAMES.get(codec, codec)] += text.count("\ufffd")
        self.written[_NAMES.get(codec, codec)] += sum(character > "\x7f" for character in text)
        return text

    def breaks_off(self, data: bytes, number: int | None, asian: int | None) -> bool:
        """Whether bytes end within a character, whose rest then comes in another font."""
        if data.isascii():
            return False
        codec = self._candidates(data, self.font(number), self.font(asian))[0]
        if codec not in _DOUBLE:
            return False
        decoder = codecs.getincrementaldecoder(codec)("replace")
        decoder.decode(data)
        return bool(decoder.getstate()[0])

    def _candidates(self, data: bytes, font: Font, asian: Font) -> list[str]:
        """Encodings that bytes may be in, the likeliest first."""
        own = font.codec or self.page
        double = [codec for codec in (own, self.page, asian.codec) if codec in _DOUBLE]
        if not double and own == "cp1252" and _is_gb2312(data):
            # Written by a program that does not say so.
            double = ["gb18030"]
        if "cp950" in double:
            double.append("big5hkscs")
        # Bytes that stand alone are rather the Latin signs of the font, a bullet or a dot.
        alone = all(len(run) == 1 for run in _HIGH.findall(data))
        latin = ["cp1252" if own in _DOUBLE else own, "latin-1"] if alone or not double else []
        return list(dict.fromkeys([*latin, *double] if alone and font.codec == "cp1252" else [*double, *latin]))


def holds_double(data: bytes) -> bool:
    """Whether characters of two bytes stand in a file as they are, not as hexadecimal digits."""
    return not data.isascii() and _DECLARES_DOUBLE.search(data) is not None


def _is_gb2312(data: bytes) -> bool:
    """Whether bytes beyond ASCII are characters of GB2312, most of them frequent ones.

    Example: D6 D0 B9 FA (中国), which would be ÖÐ¹ú. Counter-example: E9 in an otherwise ASCII text (é).
    """
    runs = _HIGH.findall(data)
    if not runs or not all(_GB2312.fullmatch(run) for run in runs):
        return False
    pairs = [bool(lead) for run in runs for lead in _FREQUENT.findall(run)]
    return 2 * sum(pairs) >= len(pairs)


def is_utf8(data: bytes) -> bool:
    """Whether characters stand in a file as they are, in UTF-8."""
    if data.isascii():
        return False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
