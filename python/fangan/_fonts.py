"""Noto Sans SC, so that Chinese is drawn right where no Chinese font is installed."""

from __future__ import annotations

import base64
import io
from functools import cache
from importlib.util import find_spec
from pathlib import Path

NAME = "Noto Sans SC"
STACK = f"{NAME}, Noto Sans CJK SC, PingFang SC, Microsoft YaHei, SimHei, sans-serif"
"""Fonts to try, in this order: ours, then those that systems bring."""

_PACKAGE = "pylopdf_fonts_zh_cn"


@cache
def file() -> Path | None:
    """The font file; None where the extra `fangan[plot]` is not installed."""
    package = find_spec(_PACKAGE)
    for place in (package.submodule_search_locations or ()) if package else ():
        for path in sorted(Path(place).rglob("NotoSansSC-Regular.*")):
            return path
    return None


@cache
def register() -> None:
    """Tell the renderer of PNG and SVG where the font is, if both are installed."""
    path = file()
    if path is not None and find_spec("vl_convert") is not None:
        import vl_convert

        vl_convert.register_font_directory(str(path.parent))


def face(text: str) -> str:
    """A CSS rule that brings the font with the page, cut down to the characters of a text.

    Fifteen hundred different characters take some 300 KB. Empty where the font or fontTools is not installed.

    Args:
        text: All text that the page shows.

    Returns:
        `@font-face {…}` with the font inside, or an empty string.
    """
    path = file()
    if path is None or find_spec("fontTools") is None or find_spec("brotli") is None:
        return ""
    from fontTools import subset

    options = subset.Options(flavor="woff2", hinting=False, layout_features=[], notdef_outline=True)
    font = subset.load_font(str(path), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=text)
    cutter.subset(font)
    small = io.BytesIO()
    subset.save_font(font, small, options)
    encoded = base64.b64encode(small.getvalue()).decode("ascii")
    return f'@font-face{{font-family:"{NAME}";src:url(data:font/woff2;base64,{encoded}) format("woff2")}}'
