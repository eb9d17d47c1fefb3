"""What a parse is asked for: the vocabulary, also as frames, and the kinds of repair."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

import polars as pl

from fangan import _fangan
from fangan.errors import InvalidArgumentError


def load(folder: str | PathLike[str] | None) -> _fangan.Lexicon | None:
    """The vocabulary with a folder laid over it; None for the built-in one."""
    return None if folder is None else _fangan.Lexicon(folder)


def repair_kinds(repairs: Sequence[str] | None) -> list[str] | None:
    """The kinds of repair that were asked for; a string would be gone through letter by letter."""
    if isinstance(repairs, str):
        raise InvalidArgumentError(f"repairs is the string {repairs!r}; give a list: [{repairs!r}]")
    return None if repairs is None else list(repairs)


def lexicon(name: str, *, folder: str | PathLike[str] | None = None) -> pl.DataFrame:
    """One table of the vocabulary that the parser uses.

    Args:
        name: Name of the table; `fangan.lexicons()` lists them.
        folder: A folder of `*.tsv` files laid over the built-in tables. None by default.

    Returns:
        A frame of strings: `key`, mostly `value`, `example` and `note`; empty cells are empty strings.

    Raises:
        NotFoundError: There is no such table.
        LexiconError: A file of the folder cannot be used.
        ReadError: The folder cannot be read.

    Examples:
        >>> import fangan as fg
        >>> "key" in fg.lexicon("genres").columns
        True
    """
    columns, rows = _fangan.Lexicon(folder).table(name)
    return pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")


def lexicons(*, folder: str | PathLike[str] | None = None) -> list[str]:
    """Names of the tables of the vocabulary.

    Args:
        folder: A folder of `*.tsv` files laid over the built-in tables. None by default.

    Returns:
        The names, sorted.

    Raises:
        LexiconError: A file of the folder cannot be used.
        ReadError: The folder cannot be read.

    Examples:
        >>> import fangan as fg
        >>> "genres" in fg.lexicons()
        True
    """
    return _fangan.Lexicon(folder).names()
