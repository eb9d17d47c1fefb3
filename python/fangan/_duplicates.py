"""Plans that are an earlier one again: their fingerprints, and what is found by these alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from fangan import _fangan
from fangan.errors import InvalidArgumentError, ReadError

if TYPE_CHECKING:
    from fangan._tables import Progress, Tables

FACTS = ("adcode", "township", "year", "doc_number", "issuer")
"""Columns of `plans` that tell documents of one wording apart; the core knows their order."""

COLUMNS = ("plan_id", "digest", "n_letters", "facts", "signature")
"""Columns of fingerprints."""

LEAST = 0.9
_LOWEST = 0.5
_ROWS = 20_000
"""Fingerprints that are in memory as a frame at a time, some 7 MB."""

Plans = list[tuple[str, list[str | None]]]


def plans_with_facts(plans: pl.DataFrame) -> Plans:
    """All plans in order, each with what tells it from others of the same wording."""
    facts = plans.select("plan_id", pl.concat_list(pl.col(FACTS).cast(pl.String)))
    return [(plan_id, known) for plan_id, known in facts.iter_rows()]


def fingerprints(corpus: Tables, *, threads: int | None = None, progress: Progress = None) -> pl.DataFrame:
    """The fingerprints of a corpus: what `over` needs of its plans, 350 bytes each.

    Args:
        corpus: The corpus.
        threads: Number of threads. None (the default) for as many as there are cores.
        progress: Show a bar; see `fangan.read`. None by default.

    Returns:
        One row a plan, in the order of `plans`: `plan_id`; `digest`, XXH3 of 128 bits of the letters and digits of the
        repaired text; `n_letters`; `facts`, hashes of place, year, document number and issuer; `signature`, the
        MinHash signature of its runs of five letters. They are the same on every machine, and with every version that
        repairs the text to the same letters.

    Examples:
        >>> import fangan as fg
        >>> fingerprints(fg.parse(["植树，造林。", "植樹造林"])).select("digest", "n_letters").unique().height
        1
    """
    return corpus._read(_fangan.fingerprint_rows, plans_with_facts(corpus.plans), threads=threads, progress=progress)


def over(
    fingerprints: pl.LazyFrame | pl.DataFrame | Iterable[str | PathLike[str]], least: float = LEAST
) -> pl.DataFrame:
    """What `Corpus.duplicates` gives, found by fingerprints alone, which need not fit into memory.

    Fingerprints are taken in order, and so their number in a frame or a file does not matter. Of each plan that is no
    duplicate some 450 bytes stay in memory, so that a million takes half a gigabyte.

    Args:
        fingerprints: A frame of fingerprints, or the Parquet files that they lie in, in order.
        least: As for `Corpus.duplicates`. 0.9 by default.

    Returns:
        One row a duplicate, with the columns of `Corpus.duplicates`. `similarity` of near ones is estimated from the
        signatures, with a standard error of 0.019 at 0.9.

    Raises:
        InvalidArgumentError: `least` is not between 0.5 and 1, or these are no fingerprints.
        ReadError: A file cannot be read.

    Examples:
        >>> import fangan as fg
        >>> monday = fingerprints(fg.parse({"a": "关于开展植树活动的通知"}))
        >>> tuesday = fingerprints(fg.parse({"b": "關於開展植樹活動的通知"}))
        >>> over(pl.concat([monday, tuesday])).rows()
        [('b#1', 'a#1', 'same', 1.0)]
    """
    search = _fangan.DuplicateSearch(checked(least))
    for portion in _portions(fingerprints):
        search.add(portion)
    return pl.DataFrame(search.rows())


def checked(least: float) -> float:
    """A threshold that makes sense."""
    if not _LOWEST <= least <= 1:
        raise InvalidArgumentError(
            f"least is {least}; give a likeness from {_LOWEST} to 1, or use similarity and reuse for less"
        )
    return float(least)


def _portions(fingerprints: pl.LazyFrame | pl.DataFrame | Iterable[str | PathLike[str]]) -> Iterator[pl.DataFrame]:
    """Fingerprints in order, a portion at a time."""
    if isinstance(fingerprints, pl.DataFrame | pl.LazyFrame):
        frames = [fingerprints.lazy()]
    elif isinstance(fingerprints, str | PathLike):
        frames = [pl.scan_parquet(Path(fingerprints))]
    else:
        frames = [pl.scan_parquet(Path(path)) for path in fingerprints]
    for frame in frames:
        try:
            yield from frame.select(COLUMNS).collect_batches(chunk_size=_ROWS, maintain_order=True)
        except pl.exceptions.ColumnNotFoundError as error:
            raise InvalidArgumentError(f"these are no fingerprints: {error}") from error
        except (OSError, pl.exceptions.ComputeError) as error:
            raise ReadError(f"fingerprints cannot be read: {error}") from error
