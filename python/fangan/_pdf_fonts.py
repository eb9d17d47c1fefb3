"""A stand-in for Chinese fonts that a PDF file does not bring and the system does not have.

pdfium leaves out text without an extent, and a single character of a font that is not there has none: from
2012年3月5日, set with a gap beside each number, would be left 2012 3 5. With a font whose every character is a stroke,
nothing is left out; how far characters are apart says the file itself.
"""

from __future__ import annotations

import base64
import ctypes
import re
import zlib
from functools import cache
from typing import Any

_CHINESE_CHARSETS = (128, 129, 134, 136)
"""Japanese, Korean, simplified and traditional Chinese, as Windows numbers them."""
_CHINESE_NAMES = re.compile(rb"song|simsun|hei|kai|fang|ming|^FZ|^HY|^ST|[\x81-\xfe][\x40-\xfe]", re.I)
_HANDLE = 0x0B0C0D0E
_FONT = (
    b"eNqVUbtKA0EUPbsT41sRJGK3EIvgA/FBKkXEDxCSxkZ0kl0TyK67xA1EKwsLS8HG3jaxE/wAS8FOSy0E/QEl3XpmZ5EgKnjhzpxz"
    b"5u7suXdgABjAMQSszeL84vrExgxg5Kjulj0ZYPxGkp+RL1fcw712qV0ivyOfrTrSnru/OiJuMfNVCuIh/UH8wpyqemFTvBHBOOWS"
    b"dv2yRAaD5LeKe7IZIIU0eR+5tS89p3OZPSfvkG8H/kFIXwxzS51DeWXWni5aO6Mr7xD69tfp69XuHbawuAqY0MFvRBDRg6oXJ7Dj"
    b"m7rDiBWTbvSJie/Bf3EKPaz4Z6wxlPso+rXE0s6+vAi+CDCE4ZjnEt3UlY+R7uiZSpRgzjSTIN09p7awNJa1Ff5ZBTvJJ2eGeoOv"
    b"znvJBIxUPxXlQWMTI5gshnW/5hScSsOVdRQRog4fNTgoMCtowIWkFk//z/gE7hdLjw=="
)
"""A font in which all characters are one stroke; packed with zlib, in base 64."""


@cache
def font_file() -> bytes:
    """The font file: all characters from U+0020 to U+2FFFF are an upright stroke, a tenth of a character wide."""
    return zlib.decompress(base64.b64decode(_FONT))


def stand_in() -> None:
    """Let pdfium use strokes for Chinese fonts that it finds nowhere; once for the process is enough.

    What draws pages in the same process shows strokes where it would have shown nothing. A program that gives pdfium
    fonts by itself is left alone.
    """
    import pypdfium2

    if pypdfium2.PdfSysfontBase.SINGLETON is None:
        _fonts()(None).setup()


@cache
def _fonts() -> Any:
    import pypdfium2

    class Fonts(pypdfium2.PdfSysfontBase):  # type: ignore[misc]
        """The fonts of the system, and the stroke."""

        def MapFont(
            self, _: Any, weight: int, italic: int, charset: int, family: int, face: Any, exact: Any
        ) -> int | None:
            found: int | None = self.default.MapFont(self.default, weight, italic, charset, family, face, exact)
            if found:
                return found
            name = ctypes.cast(face, ctypes.c_char_p).value or b""
            return _HANDLE if charset in _CHINESE_CHARSETS or _CHINESE_NAMES.search(name) else None

        def GetFontData(self, _: Any, font: int, table: int, buffer: Any, size: int) -> int:
            if font != _HANDLE:
                return int(self.default.GetFontData(self.default, font, table, buffer, size))
            if table:
                return 0
            data = font_file()
            if buffer and size >= len(data):
                ctypes.memmove(buffer, data, len(data))
            return len(data)

        def GetFaceName(self, _: Any, font: int, buffer: Any, size: int) -> int:
            return 0 if font == _HANDLE else int(self.default.GetFaceName(self.default, font, buffer, size))

        def GetFontCharset(self, _: Any, font: int) -> int:
            return 134 if font == _HANDLE else int(self.default.GetFontCharset(self.default, font))

        def DeleteFont(self, _: Any, font: int) -> None:
            if font != _HANDLE:
                self.default.DeleteFont(self.default, font)

    return Fonts
