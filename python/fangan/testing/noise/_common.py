"""What the kinds of noise share."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from random import Random

from fangan.errors import InvalidArgumentError

HAN = "㐀-䶿一-鿿豈-\ufaff\U00020000-\U0003ffff〇"
"""Chinese characters, for use inside the brackets of a regular expression."""

_HAN = re.compile(f"[{HAN}]")


def is_han(text: str) -> bool:
    """Whether a text is one Chinese character."""
    return _HAN.fullmatch(text) is not None


def check_share(name: str, value: float) -> None:
    """Refuse a share that is not between 0 and 1."""
    if not 0 <= value <= 1:
        raise InvalidArgumentError(f"{name} is {value}; give a number from 0 to 1")


def check_choice(name: str, value: str, known: Collection[str]) -> None:
    """Refuse a value that is not one of those known."""
    if value not in known:
        raise InvalidArgumentError(f"{name} is {value!r}; give one of {', '.join(known)}")


def some_lines(text: str, change: Callable[[str], str | None], *, share: float, seed: int) -> str:
    """Change a share of the lines that can be changed; `change` gives None where a line cannot."""
    check_share("share", share)
    draw = Random(seed)
    lines = text.split("\n")
    for number, line in enumerate(lines):
        changed = change(line)
        if changed is not None and changed != line and draw.random() < share:
            lines[number] = changed
    return "\n".join(lines)


def first_line(text: str) -> str:
    """The first line with something on it, without blanks around it; empty if there is none."""
    return next((line.strip() for line in text.split("\n") if line.strip()), "")
