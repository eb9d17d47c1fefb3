"""Charts as files that look the same everywhere."""

from __future__ import annotations

import io
import json
import re
from os import PathLike
from pathlib import Path
from typing import Any

from fangan import _fonts
from fangan._chart import altair
from fangan.errors import InvalidArgumentError, MissingExtraError, ReadError


def save(chart: Any, path: str | PathLike[str], *, scale: float = 2.0) -> Path:
    """Write a chart to a file that looks the same everywhere: it needs no network, and no Chinese font.

    HTML and SVG files carry Noto Sans SC, cut down to the characters of the chart, some 50 KB; PNG files are drawn
    with it. `chart.save(…)` of Altair works too, but its HTML and SVG files use the fonts of whoever opens them.

    Args:
        chart: The chart, of `fangan.plot` or any other of Altair.
        path: The file: `.html`, `.svg` or `.png`.
        scale: Pixels of a PNG for each pixel of the chart. 2 by default.

    Returns:
        The file.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.
        InvalidArgumentError: The file's name ends in something else.
        ReadError: The file cannot be written.

    Examples:
        >>> import fangan as fg, tempfile, pathlib
        >>> chart = fg.plot.structure(fg.samples())
        >>> fg.plot.save(chart, pathlib.Path(tempfile.mkdtemp()) / "structure.svg").name
        'structure.svg'
    """
    altair()
    target = Path(path)
    kind = target.suffix.lower()
    if kind not in (".html", ".svg", ".png"):
        raise InvalidArgumentError(f"{target.name} ends in {kind!r}; charts are saved as .html, .svg or .png")
    font_file()
    try:
        if kind == ".png":
            chart.save(str(target), scale_factor=scale)
        else:
            target.write_text(_page(chart) if kind == ".html" else _drawing(chart), encoding="utf-8")
    except OSError as error:
        raise ReadError(f"{target} cannot be written: {error}") from error
    return target


def font_file() -> Path:
    """The file of Noto Sans SC that the extra brings, for charts by other libraries (matplotlib, plotnine, seaborn).

    Returns:
        Its path; `fangan.plot.FONT` is the name of the font in it.

    Raises:
        MissingExtraError: The extra `fangan[plot]` is not installed.

    Examples:
        >>> import fangan as fg
        >>> fg.plot.font_file().stem
        'NotoSansSC-Regular'
    """
    path = _fonts.file()
    if path is None:
        raise MissingExtraError("the font is not installed: pip install 'fangan[plot]'")
    return path


def _face(text: str) -> str:
    rule = _fonts.face(text)
    if not rule:
        raise MissingExtraError("what cuts the Chinese font down is not installed: pip install 'fangan[plot]'")
    return rule


def _drawing(chart: Any) -> str:
    out = io.StringIO()
    chart.save(out, format="svg")
    text = out.getvalue()
    return re.sub(r"(<svg\b[^>]*>)", lambda tag: f"{tag[1]}<style>{_face(text)}</style>", text, count=1)


def _page(chart: Any) -> str:
    """A page of its own, rather than Altair's: that one does not escape what texts say, nor wait for a font."""
    import vl_convert

    version = ".".join(altair().SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    start = "window.drawn = (spec) => vegaEmbed('#chart', spec, {mode: 'vega-lite', renderer: 'svg'});"
    bundle = vl_convert.javascript_bundle(snippet=start, vl_version=version).replace("</script", "<\\/script")
    spec = json.dumps(chart.to_dict(), ensure_ascii=False)
    # JSON that holds no < ends no script, whatever a title says.
    safe = spec.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"""<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<style>{_face(spec + "0123456789-/:.,%–≈ ")}</style>
</head>
<body>
<div id="chart"></div>
<script type="module">{bundle}</script>
<script type="module">
document.fonts.load('12px "{_fonts.NAME}"', "方").finally(() => window.drawn({safe}));
</script>
</body>
</html>
"""
