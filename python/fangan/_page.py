"""The page: one HTML file with its styles, program and data inside, which asks no network for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from importlib import resources
from string import Template
from typing import Any, Literal

from fangan import _fonts
from fangan import _page_labels as labels
from fangan.errors import InvalidArgumentError, MissingExtraError

Language = Literal["zh", "en"]
Theme = Literal["auto", "light", "dark"]

_THEMES = ("auto", "light", "dark")
_PROGRAM = ("data", "text", "card", "tables", "lists", "search", "document", "pair", "main")
"""Parts of the program, in the order in which each builds on those before it."""


def page(
    documents: Sequence[Mapping[str, Any]],
    *,
    entries: Sequence[Mapping[str, Any]],
    pairs: Sequence[Mapping[str, Any]] = (),
    failed: Sequence[Mapping[str, Any]] = (),
    opened: Mapping[str, Any] | None = None,
    title: str,
    language: Language,
    theme: Theme,
    embed_font: bool,
) -> str:
    """Put the page together.

    Args:
        documents: What `Documents.document` gives, in the order of `entries`.
        entries: The list of documents to choose from.
        pairs: Ledgers: `a`, `b` (numbers of documents), `rows`.
        failed: Sources that could not be read: `source`, `error`.
        opened: What the page opens with: `document` or `pair` (a number), and `at` (start and end) if a place is
            meant.
        title: Title of the page.
        language: Of its labels.
        theme: Light, dark, or as the reader's system has it.
        embed_font: Whether the Chinese font comes with the page.

    Returns:
        The HTML text.

    Raises:
        InvalidArgumentError: There is no such language or theme.
        MissingExtraError: The font is wanted and not installed.
    """
    if theme not in _THEMES:
        raise InvalidArgumentError(f"theme is {theme!r}; give one of {', '.join(map(repr, _THEMES))}")
    words = labels.words(language)
    head = {
        **words,
        "title": title,
        "documents": list(entries),
        "pairs": [{"a": pair["a"], "b": pair["b"]} for pair in pairs],
        "failed": list(failed),
        "open": dict(opened or {"document": 0}),
    }
    data = [_json("page", head)]
    data += [_json(f"document-{at}", document) for at, document in enumerate(documents)]
    data += [_json(f"pair-{at}", pair["rows"]) for at, pair in enumerate(pairs)]
    style, program = _asset("page.css"), _program()
    if embed_font:
        style = _font([title, *data]) + style
    policy = (
        f"default-src 'none'; script-src '{_hash(program)}'; style-src '{_hash(style)}'; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return Template(_asset("page.html")).substitute(
        language={"zh": "zh-Hans", "en": "en"}[language],
        theme=theme,
        policy=policy,
        title=escape(title),
        style=style,
        data="\n".join(data),
        program=program,
    )


def _json(name: str, value: Any) -> str:
    """A block of data that no parser of HTML can take for anything else, whatever its strings hold."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return f'<script type="application/json" id="{name}">{written}</script>'


def _font(texts: Sequence[str]) -> str:
    letters = set().union(*texts, map(chr, range(0x20, 0x7F)), "，。、；：？！“”‘’（）《》〈〉【】〔〕…—–·≥≤→＝～－＋")
    face = _fonts.face("".join(sorted(letters)))
    if not face:
        raise MissingExtraError("the Chinese font for the page is not installed: pip install 'fangan[plot]'")
    return face + "\n"


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _program() -> str:
    parts = "\n".join(_asset(f"{name}.js") for name in _PROGRAM)
    return f'(() => {{\n"use strict";\n{parts}\n}})();'


@cache
def _asset(name: str) -> str:
    return resources.files("fangan").joinpath("page", name).read_text(encoding="utf-8")
