"""What the readers of file formats give back."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_CELL = 300
"""Characters of a cell beyond which its row lays out a page and is no line to the eye; the core has the same."""


@dataclass(frozen=True)
class Opened:
    """What a file holds, as the text that the parser is given.

    Attributes:
        text: The text, "" where there is none.
        format: The format by its content: pdf, rtf, doc, html ….
        encoding: The encoding of the file's characters, "" where the format leaves no choice.
        notes: What the text may lack or has more than the file shows: pairs of a diagnostic's code and a sentence.
        reason: Why there is no text; None where there is one.
    """

    text: str
    format: str
    encoding: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    reason: str | None = None
