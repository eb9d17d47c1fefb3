"""Several documents in one text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from fangan.errors import InvalidArgumentError
from fangan.testing.noise._common import check_choice, first_line

SEPARATORS = ("title", "article", "number", "rule", "blank", "none", "run_on", "summary", "mixed")
"""What `glue` can put between documents."""

_SUMMARY = 120
_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Glued:
    """Several documents in one text.

    Attributes:
        text: The text.
        spans: Where each document's own text stands in it: its first character and the one after its last, in code
            points. What the joints add is in none of them.

    Examples:
        >>> glued = glue(["通知一", "通知二"], separator="run_on")
        >>> glued.text, glued.spans
        ('通知一通知二', [(0, 3), (3, 6)])
    """

    text: str
    spans: list[tuple[int, int]]


def glue(texts: Iterable[str], *, separator: str = "title", seed: int = 0) -> Glued:
    r"""Glue documents together, as pages of collections (范文精选) do.

    Line breaks at the ends of a document are dropped; apart from that, each is in the glued text exactly as it was
    given. Lines that a separator puts before a document (titles, summaries) stand before the first one too.

    Args:
        texts: The documents.
        separator: What stands between:
            `title` (the default), a line with the title of the next document, which then begins with it again;
            `article`, a line like `第二篇：` with the title, `篇二` or `范文2`;
            `number`, 二 or 2 alone on a line like a page number;
            `rule`, a line of dashes;
            `blank`, blank lines;
            `none`, a line break;
            `run_on`, nothing at all, so that the title runs into the last sentence of the document before;
            `summary`, the first 120 characters of the next document's body on one line that ends in …;
            `mixed`, one of these drawn for each joint.
        seed: Seed of the choice between forms. 0 by default.

    Returns:
        The glued text, with the places of the documents.

    Raises:
        InvalidArgumentError: There is no such separator, or the texts are one string.

    Examples:
        >>> glued = glue(["植树方案\n组织植树。", "改水方案\n组织改水。"], separator="blank")
        >>> glued.text
        '植树方案\n组织植树。\n\n\n\n改水方案\n组织改水。'
        >>> [glued.text[start:end] for start, end in glued.spans]
        ['植树方案\n组织植树。', '改水方案\n组织改水。']
    """
    check_choice("separator", separator, SEPARATORS)
    if isinstance(texts, str):
        raise InvalidArgumentError("texts is one string; give a list of documents")
    documents = [text.strip("\r\n") for text in texts]
    draw = Random(seed)
    same = None if separator == "mixed" else _joints(separator, draw)
    glued, spans = "", []
    for number, document in enumerate(documents, 1):
        joint = same or _joints(draw.choice(SEPARATORS[:-1]), draw)
        between, before = joint(number, document)
        glued += (between if number > 1 else "") + before
        spans.append((len(glued), len(glued) + len(document)))
        glued += document
    return Glued(glued, spans)


def _joints(separator: str, draw: Random) -> Callable[[int, str], tuple[str, str]]:
    """What stands between a document and the one before it, and what before it wherever it stands."""
    if separator == "title":
        return lambda _, document: ("\n\n", f"{first_line(document)}\n\n")
    if separator == "article":
        forms: tuple[Callable[[int, str], str], ...] = (
            lambda number, title: f"第{_chinese(number)}篇：{title}",
            lambda number, title: f"篇{_chinese(number)}：{title}",
            lambda number, _: f"篇{_chinese(number)}",
            lambda number, _: f"范文{number}",
        )
        form = draw.choice(forms)
        return lambda number, document: ("\n\n", form(number, first_line(document)) + "\n")
    if separator == "number":
        in_chinese = draw.random() < 0.5
        return lambda number, _: (f"\n{_chinese(number) if in_chinese else number}\n", "")
    if separator == "rule":
        rule = draw.choice("-—=─") * draw.randint(10, 40)
        return lambda *_: (f"\n{rule}\n", "")
    if separator == "summary":
        return lambda _, document: ("\n\n", f"{_summary(document)}\n\n")
    fixed = {"blank": "\n" * draw.randint(3, 5), "none": "\n", "run_on": ""}[separator]
    return lambda *_: (fixed, "")


def _summary(document: str) -> str:
    """The beginning of the body on one line: from the first line behind the title that ends a sentence."""
    lines = [line.strip() for line in document.split("\n") if line.strip()]
    start = next((at for at, line in enumerate(lines) if at and re.search("[。；]", line)), 0)
    return "".join(lines[start:])[:_SUMMARY] + "…"


def _chinese(number: int) -> str:
    """A number in Chinese, up to 99; digits beyond."""
    tens, ones = divmod(number, 10)
    if tens > 9:
        return str(number)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
