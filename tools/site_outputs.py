"""What examples and notebooks print, for the site: frames become HTML tables, which need no font of fixed width."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from fangan._terminal import display_width

SHOWN = re.compile(r"^\S.*\n(-+(?:  -+)+)\n(?:.*\n)*?(?=\d+ rows?\b|共 \d+ 行)", re.MULTILINE)
FRAME = re.compile(r"^shape: \([^)]*\)\n┌.*?\n└[^\n]*(?:\n|$)", re.DOTALL | re.MULTILINE)
EXAMPLE = re.compile(r"(?<=```\n)```text\n(.*?)```\n", re.DOTALL)


def cells(line: str) -> list[str]:
    """The cells of a line of a frame as Polars prints it."""
    return [cell.strip() for cell in line.strip().strip("│").split("┆")]


def table(printed: str) -> str:
    """A printed frame as an HTML table, with its shape above it. A cell that was wrapped is one cell again."""
    shape, *lines = printed.strip().splitlines()
    bar = next(i for i, line in enumerate(lines) if line.startswith("╞"))
    names, *below = [cells(line) for line in lines[1:bar]]
    types = below[-1] if below else [""] * len(names)
    rows: list[list[str]] = []
    for line in lines[bar + 1 : -1]:
        row = cells(line)
        # Null and empty lists are printed as words, so an empty cell belongs to one that goes on from the line above.
        if rows and "" in row:
            rows[-1] = [
                f"{above}{' ' if above.endswith(',') else ''}{more}" for above, more in zip(rows[-1], row, strict=True)
            ]
        else:
            rows.append(row)

    def line(tag: str, values: list[str]) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(value, quote=False)}</{tag}>" for value in values) + "</tr>"

    head = line("th", names) + line("th", types)
    body = "".join(line("td", row) for row in rows)
    return f'<div class="frame"><small>{shape}</small><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def standing(printed: str) -> str:
    """A frame as `fangan.show` prints it, in columns of the terminal, as an HTML table."""
    head, ruler, *lines = printed.rstrip("\n").splitlines()
    columns = [match.span() for match in re.finditer("-+", ruler)]

    def row(tag: str, line: str) -> str:
        found = ["" for _ in columns]
        place = 0
        for sign in line:
            at = next((i for i, (start, end) in enumerate(columns) if start <= place < end), None)
            if at is not None:
                found[at] += sign
            place += display_width(sign)
        told = "".join(f"<{tag}>{escape(cell.strip(), quote=False)}</{tag}>" for cell in found)
        return f"<tr>{told}</tr>"

    body = "".join(row("td", line) for line in lines)
    return f'<div class="frame"><table><thead>{row("th", head)}</thead><tbody>{body}</tbody></table></div>'


def output(text: str) -> str:
    """What was printed, as Markdown: frames as tables, the rest as it is."""
    parts: list[str] = []
    at = 0
    found = sorted([*FRAME.finditer(text), *SHOWN.finditer(text)], key=lambda match: match.start())
    for match in [*found, None]:
        between = text[at : match.start() if match else len(text)].strip("\n")
        if between.strip():
            parts.append(f"``` {{ .text .output }}\n{between}\n```")
        if match:
            parts.append(table(match[0]) if match[0].startswith("shape:") else standing(match[0]))
            at = match.end()
    return "\n\n".join(parts) + "\n"


def page(text: str) -> str:
    """A page whose examples show their outputs so."""
    return EXAMPLE.sub(lambda match: "\n" + output(match[1]), text)


def notebook(path: Path, pictures: Path, linked: Callable[[str], str]) -> str:
    """A notebook with the outputs that it was saved with, as Markdown.

    Pictures are written into a folder beside the page; `linked` leads the links of its text to pages.
    """
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    parts: list[str] = []
    heading = path.stem
    for number, cell in enumerate(cells, start=1):
        source = "".join(cell["source"]).strip()
        if cell["cell_type"] == "markdown":
            heading = next((line.lstrip("# ") for line in reversed(source.splitlines()) if line[:1] == "#"), heading)
            parts.append(linked(source))
        elif cell["cell_type"] == "code" and source:
            parts.append(f"```python\n{source}\n```")
            for index, shown in enumerate(cell["outputs"]):
                parts.append(_shown(shown, pictures, f"{number}-{index}.png", heading))
    return "\n\n".join(part for part in parts if part) + "\n"


def _shown(shown: dict[str, Any], pictures: Path, name: str, heading: str) -> str:
    """One output of a cell: a picture, a table, or text. What went to standard error (progress) is left out."""
    if shown["output_type"] == "stream":
        return output("".join(shown["text"])) if shown["name"] == "stdout" else ""
    if shown["output_type"] == "error":
        raise SystemExit(f"a cell under {heading!r} failed when the notebook was saved")
    data = shown["data"]
    if "image/png" in data:
        pictures.mkdir(parents=True, exist_ok=True)
        (pictures / name).write_bytes(base64.b64decode("".join(data["image/png"])))
        return f"![{escape(heading)}]({pictures.name}/{name})"
    if "text/html" in data:
        html = "".join(data["text/html"])
        if html.startswith("<iframe"):
            # A page within the page: its lines are part of what its policy allows to run.
            return '<div class="view">' + html.replace("\n", "&#10;") + "</div>"
        # The site has its own style for tables.
        html = re.sub(r"<style>.*?</style>|(?<=<table) [^>]*", "", html, flags=re.DOTALL)
        return '<div class="frame">' + re.sub(r"\s*\n\s*", "", html) + "</div>"
    return output("".join(data["text/plain"]))
