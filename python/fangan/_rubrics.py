"""Rubrics: what scores look at, as TOML texts."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

from fangan import _fangan
from fangan.errors import InvalidArgumentError, NotFoundError, ReadError

Rubric = str | PathLike[str]


def rubrics() -> list[str]:
    """Names of the rubrics that come with the package.

    Returns:
        The names, in the order of `Corpus.scores`.

    Examples:
        >>> import fangan as fg
        >>> fg.rubrics()
        ['completeness', 'specificity', 'criteria', 'consistency', 'pmc']
    """
    return [name for name, _ in _fangan.rubrics()]


def rubric(name: str) -> str:
    """A rubric as TOML text: write it to a file, change it, and give the file to `Corpus.score`.

    A rubric has dimensions, a dimension has items, an item says with `value` how its number is made (`any`, `none`,
    `present`, `count`, `per_1000`, `share`, `undecided` …) and with `count`, `of` and `needs` what is looked for:
    standard parts (`component`), rows of tables (`rows`, with `where`), words of the text (`words`, regular
    expressions), fields of the head (`field`) or diagnostics (`diagnostic`).

    Args:
        name: One of `fangan.rubrics()`.

    Returns:
        The text.

    Raises:
        NotFoundError: There is no such rubric.

    Examples:
        >>> import fangan as fg
        >>> "指导思想" in fg.rubric("completeness")
        True
    """
    known = dict(_fangan.rubrics())
    if name not in known:
        raise NotFoundError(f"no rubric is called {name!r}; there are {', '.join(known)}")
    return known[name]


def texts(given: Rubric | Sequence[Rubric] | None) -> list[str]:
    """The TOML texts that names, files or texts stand for; all built-in ones for None."""
    if given is None:
        return [text for _, text in _fangan.rubrics()]
    several = [given] if isinstance(given, str | PathLike) else list(given)
    if not several:
        raise InvalidArgumentError("no rubric is given; give a name, a file or a TOML text, or None for all")
    read_ones = [_text(one) for one in several]
    names = [read(text).get("name") for text in read_ones if _is_toml(text)]
    if len(set(names)) < len(names):
        raise InvalidArgumentError(f"two rubrics have one name, so their rows could not be told apart: {names}")
    return read_ones


def _is_toml(text: str) -> bool:
    """Whether a text can be read at all; if not, the core says where the mistake is."""
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _text(given: Rubric) -> str:
    if isinstance(given, str) and "\n" in given:
        return given
    path = Path(given)
    if path.suffix != ".toml":
        return rubric(str(given))
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"the rubric {path} cannot be read: {error}; give a TOML file in UTF-8") from error


def read(text: str) -> dict[str, Any]:
    """A rubric that the core has accepted, as nested dicts."""
    return tomllib.loads(text)
