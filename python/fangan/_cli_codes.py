"""How a command ends."""

from __future__ import annotations

FINE = 0
LOOK = 1
"""There is something to look at: a file that could not be read, a warning."""
USAGE = 2
FAILED = 3
"""Something could not be read or written, or a package is missing."""
BUG = 4
STOPPED = 130
"""By Ctrl-C."""
GONE = 141
"""Whoever read the output has stopped reading it."""


class Failure(Exception):
    """What a command cannot do; its text is for the user, in the user's language."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code
