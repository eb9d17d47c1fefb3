"""The Rust core. Use it through `fangan`; what is here may change."""

from collections.abc import Callable, Mapping, Sequence
from os import PathLike
from typing import Any, final

__all__ = [
    "ArrowTable",
    "DuplicateSearch",
    "Lexicon",
    "__version__",
    "as_of_rows",
    "check_rows",
    "compare_rows",
    "date_rows",
    "diffusion_rows",
    "docx_text",
    "duplicate_rows",
    "encoding_of",
    "error_kinds",
    "fingerprint_rows",
    "kwic_rows",
    "ledger_rows",
    "locate_rows",
    "parse_column",
    "parse_sources",
    "place_rows",
    "raise_error",
    "region_rows",
    "region_years",
    "reuse_rows",
    "rubrics",
    "schema",
    "score_rows",
    "similarity_rows",
    "token_rows",
    "township_rows",
]

__version__: str

@final
class ArrowTable:
    """A table as Arrow record batches; any Arrow consumer reads it, more than once."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> Any: ...
    def __len__(self) -> int: ...

@final
class Lexicon:
    """The vocabulary that a parse uses: the built-in one, or that with a folder laid over it.

    Raises:
        LexiconError: A file of the folder cannot be used.
        ReadError: The folder cannot be read.
    """

    def __new__(cls, folder: str | PathLike[str] | None = None) -> Lexicon: ...
    def names(self) -> list[str]: ...
    def table(self, name: str) -> tuple[list[str], list[list[str]]]: ...

@final
class DuplicateSearch:
    """Finds plans that are an earlier one again by fingerprints, which are given portion by portion.

    Raises:
        InvalidArgumentError: A frame that is added holds something else than fingerprints.
    """

    def __new__(cls, least: float) -> DuplicateSearch: ...
    def add(self, frame: Any) -> None: ...
    def rows(self) -> ArrowTable: ...

def parse_sources(
    sources: Sequence[tuple[str, str | bytes | None, str | PathLike[str] | None]],
    *,
    opened: Mapping[str, tuple[str | None, str | None, str | None, Sequence[tuple[str, str]]]] | None = None,
    limits: tuple[int, int, int] | None = None,
    table: str | None = None,
    columns: Sequence[str] | None = None,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, ArrowTable]:
    """Parse sources (id, text or bytes, path) into the tables of a corpus and `texts`, or some columns of one of them.

    `opened` tells of sources by their ids what a reader in Python found out: format, encoding, error, notes (code and
    message). `limits` are bytes of a file, bytes of its text, and unpacked bytes for each packed one.
    """

def parse_column(
    frame: Any,
    *,
    table: str | None = None,
    columns: Sequence[str] | None = None,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> dict[str, ArrowTable]:
    """Parse the rows of a frame with the columns `source_id` and `text`, as `parse_sources` parses sources."""

def check_rows(
    sources: Sequence[str],
    rows: Sequence[Sequence[tuple[int, int, str, bool]]],
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
) -> list[list[str | None]]:
    """For each row (start, end, text, exact) of each source: None where it holds, else what its evidence says."""

def compare_rows(tables: Mapping[str, Any], a: Sequence[str], b: Sequence[str]) -> ArrowTable:
    """Align the rows of two plans, or of two groups of plans, by their ids."""

def schema() -> list[tuple[str, str, str, list[tuple[str, str, list[str], bool, str, str]]]]:
    """Every table and result (name, Chinese name, meaning, columns)."""

def error_kinds() -> list[tuple[str, str]]:
    """Every kind of error of the core with the exception class that it becomes."""

def raise_error(kind: str, message: str) -> None:
    """Raise the exception of a kind; for the tests."""

def docx_text(bytes: bytes) -> tuple[str | None, list[str]]: ...
def encoding_of(bytes: bytes) -> str:
    """The name of the encoding of bytes, which may be the beginning of a file."""

def date_rows(
    text: str,
    *,
    year: int | None = None,
    issued_on: tuple[int, int, int] | None = None,
    lexicon: Lexicon | None = None,
) -> ArrowTable:
    """The time expressions of a text; the day of issue as (year, month, day)."""

def locate_rows(text: str, *, year: int | None = None, lexicon: Lexicon | None = None) -> ArrowTable:
    """The places that a text names."""

def region_rows(year: int | None = None) -> ArrowTable:
    """The administrative units at the end of a year, or of all years."""

def as_of_rows(units: Sequence[tuple[str | None, int | None]], year: int) -> ArrowTable:
    """Units, by code and the year of the code, seen from another year."""

def region_years() -> tuple[int, int]:
    """First and last year of the gazetteer."""

def township_rows() -> ArrowTable:
    """The townships of the last year."""

def token_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """The words of plans (id, start, end) of sources."""

def kwic_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    pattern: str,
    window: int,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """The places where a regular expression occurs in plans (id, start, end) of sources."""

def place_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    own: Mapping[str, tuple[int | None, int | None]],
    residue: bool,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """The places that plans name, or the names that belong to another place's document; `own` by plan id."""

def rubrics() -> list[tuple[str, str]]:
    """The rubrics that come with the package: name and TOML text."""

def score_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    tables: Mapping[str, Any],
    rubrics: Sequence[str],
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> tuple[ArrowTable, ArrowTable]:
    """Scores of plans by rubrics (TOML texts), and their totals; `tables` are frames by name, Enum columns as text."""

def reuse_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    order: Sequence[tuple[str, int | None]],
    terms: tuple[int, int, bool],
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """Passages that plans share; `order` has all plans with the number of their region, `terms` what a passage is."""

def fingerprint_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    plans: Sequence[tuple[str, Sequence[str | None]]],
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """Fingerprints of plans in their order; `plans` has all of them with the facts that tell them apart."""

def duplicate_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    plans: Sequence[tuple[str, Sequence[str | None]]],
    least: float,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """Plans that are an earlier one again; `plans` has all of them with the facts that tell them apart."""

def diffusion_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    order: Sequence[tuple[str, int | None]],
    terms: tuple[int, int, bool],
    tables: Mapping[str, Any],
    cites: Sequence[tuple[str, str]],
    least: float,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """For each plan its likely sources; `cites` has pairs of plans of which the first cites the second."""

def ledger_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    superior: str,
    subordinate: str,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
) -> ArrowTable:
    """What a subordinate's plan made of its superior's, clause by clause."""

def similarity_rows(
    sources: Sequence[tuple[str, Sequence[tuple[str, int, int]]]],
    tables: Mapping[str, Any],
    on: str,
    least: float,
    nearest: int,
    *,
    lexicon: Lexicon | None = None,
    repairs: Sequence[str] | None = None,
    threads: int | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> ArrowTable:
    """How alike plans are: pairs that are at least so much alike, or (`nearest` > 0) the nearest ones of each."""
