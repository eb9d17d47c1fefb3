"""The ways in: files, strings, and the bundled samples."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import polars as pl

from fangan import _fangan
from fangan._intake import all_plans, intake
from fangan._limits import Limits
from fangan._progress import from_here, reporter
from fangan._vocabulary import load, repair_kinds
from fangan.corpus import Corpus
from fangan.errors import InvalidArgumentError, ReadError

_SOURCES, _BYTES = 20_000, 64 << 20
"""So many sources, or so many bytes of them, are read at a time."""


def read(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    text: str | None = None,
    id: str | None = None,
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
    limits: Limits | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
) -> Corpus:
    """Read files and parse them, in parallel.

    Formats are recognised by content, whatever a file is called: text in any encoding (UTF-8, UTF-16, GB18030, Big5),
    Word documents (.docx; .doc, .wps and .odt through LibreOffice where it is installed), saved web pages (.html,
    .mhtml; extra `fangan[html]`), PDF with text (extra `fangan[pdf]`), RTF, archives of all these (.zip, .tar, .gz …),
    and tables (CSV, JSON lines, Parquet) with a column of texts. Their text is what a reader sees, and what offsets
    refer to; `Corpus.source_text` returns it. What cannot be read is a row of `corpus.sources` with an `error`, not
    an exception. Nothing is fetched from the network.

    Args:
        path: A file, a folder (searched with its subfolders), a glob pattern (`plans/**/*.txt`), or a list of such
            paths. A document in an archive is called `archive.zip/name`.
        text: The column of tables that holds the texts (or the bytes of files). None (the default) if tables are not
            to be read. All other columns pass through to `plans`: those of Parquet as they are, of CSV and JSON lines
            as text; `given_title` where `plans` has a column `title` of its own.
        id: The column of tables that holds the ids of sources. None (the default) for `name.csv/1` ….
        repairs: Kinds of repair that may be made: pinyin, script, taiwan_vocabulary, mojibake, ocr, width, watermark,
            line. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.
        limits: How much is read of a file; see `fangan.Limits`. None (the default) for its defaults.
        progress: Show a bar: None (the default) where work takes over a second and there is a terminal or a notebook,
            True always, False never; or a function that is called with (sources done, sources known so far).

    Returns:
        The corpus. `source_id` is the path of a file relative to the folder, or its name.

    Raises:
        ReadError: A single path does not exist, or a folder or pattern holds no document.
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: A repair or a number of threads does not make sense, or a single path is a table and
            `text` or `id` are no columns of it.

    Examples:
        >>> import fangan as fg, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.txt").write_text("关于开展环境卫生整治的通知", encoding="gb18030")
        >>> fg.read(folder).sources["source_id"].to_list()
        ['a.txt']
        >>> import polars as pl
        >>> crawled = {"url": "x.cn/1", "agency": "林业局", "content": "关于开展植树活动的通知"}
        >>> pl.DataFrame(crawled).write_csv(folder / "crawled.csv")
        >>> fg.read(folder / "crawled.csv", text="content", id="url").plans.select("plan_id", "agency").rows()
        [('x.cn/1#1', '林业局')]
    """
    job = intake(path, text=text, id=id, limits=limits, repairs=repairs, lexicon=lexicon, threads=threads)
    parts: list[dict[str, pl.DataFrame]] = []
    done = 0
    with reporter(progress) as report:
        left = {name for name, _ in job.files}
        for portion in job.portions(most=_SOURCES, most_bytes=_BYTES):
            left -= {source.file for source in portion}
            known = done + len(portion) + len(left)
            parts.append(job.tables(portion, progress=from_here(report, done, known)))
            done += len(portion)
    parts = parts or [job.tables([])]
    frames = {name: pl.concat([part[name] for part in parts], how="vertical") for name in parts[0] if name != "plans"}
    frames["plans"] = all_plans([part["plans"] for part in parts])
    return Corpus._from_frames(frames, repairs=job.repairs, lexicon=job.lexicon)


def parse(
    text: str | Iterable[str] | Mapping[str, str],
    *,
    ids: Iterable[str] | None = None,
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
) -> Corpus:
    """Parse strings. Any string parses; offsets are its own indices.

    Args:
        text: A string, strings, or a mapping of source ids to strings. A column of strings of any library that speaks
            Arrow's PyCapsule interface (Polars, pandas, pyarrow, DuckDB) is read as such. Without ids the sources are
            called `text`, or `text-1`, `text-2` ….
        ids: The source ids of strings, as many as there are: the column of addresses beside the column of texts. None
            by default.
        repairs: Kinds of repair that may be made; see `read`. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.
        progress: Show a bar; see `read`. None by default.

    Returns:
        The corpus.

    Raises:
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: Something other than strings was given (a null is none), ids are not as many as texts or
            not unique, or a repair or a number of threads does not make sense.

    Examples:
        >>> import fangan as fg
        >>> corpus = fg.parse({"notice": "关于开展环境卫生整治的通知"})
        >>> corpus.plans["plan_id"].to_list()
        ['notice#1']
        >>> import polars as pl
        >>> pages = pl.DataFrame({"url": ["a.gov.cn/1"], "content": ["关于开展植树活动的通知"]})
        >>> fg.parse(pages["content"], ids=pages["url"]).plans["plan_id"].to_list()
        ['a.gov.cn/1#1']
    """
    texts: dict[Any, Any]
    if isinstance(text, str) and ids is None:
        texts = {"text": text}
    elif isinstance(text, Mapping):
        if ids is not None:
            raise InvalidArgumentError("a mapping has its ids already; give ids with a list or a column of texts")
        texts = dict(text)
    else:
        given = [text] if isinstance(text, str) else _column(text, "text")
        names = _names(ids, len(given))
        frame = _beside(names, given)
        if frame is not None:
            return _tables(partial(_fangan.parse_column, frame), repairs, lexicon, threads, progress)
        texts = dict(zip(names, given, strict=True))
    for name, each in texts.items():
        if not isinstance(name, str) or not isinstance(each, str):
            wrong = name if not isinstance(name, str) else each
            help = "leave nulls out" if wrong is None else "use fangan.read for files"
            said = "null" if wrong is None else type(wrong).__name__
            raise InvalidArgumentError(f"source {name!r}: a string is needed, not {said}; {help}")
    sources = [(name, each, None) for name, each in texts.items()]
    return _tables(partial(_fangan.parse_sources, sources), repairs, lexicon, threads, progress)


def samples() -> Corpus:
    """The bundled demonstration corpus: plans written for this package, with the noise that is normal on the web.

    Returns:
        The corpus, parsed with the built-in vocabulary.

    Raises:
        ReadError: The texts were left out of the installation.

    Examples:
        >>> import fangan as fg
        >>> corpus = fg.samples()
        >>> corpus.plans.is_empty()
        False
    """
    folder = Path(str(resources.files("fangan").joinpath("samples", "texts")))
    if not folder.is_dir():
        raise ReadError(f"{folder} is missing; install fangan again with its package data")
    return read(folder)


def _tables(
    work: Callable[..., dict[str, _fangan.ArrowTable]],
    repairs: Sequence[str] | None,
    lexicon: str | PathLike[str] | None,
    threads: int | None,
    progress: bool | Callable[[int, int], object] | None,
) -> Corpus:
    """The corpus that a parse makes."""
    chosen = repair_kinds(repairs)
    with reporter(progress) as report:
        tables = work(lexicon=load(lexicon), repairs=chosen, threads=threads, progress=report)
    frames = {name: pl.DataFrame(table) for name, table in tables.items()}
    return Corpus._from_frames(frames, repairs=chosen, lexicon=None if lexicon is None else os.fspath(lexicon))


def _beside(names: Any, texts: Any) -> pl.DataFrame | None:
    """A column of texts beside its ids, for the core to read where it lies; None where they must be looked at first."""
    if not isinstance(texts, pl.Series) or texts.null_count():
        return None
    if not isinstance(names, pl.Series):
        if not all(isinstance(name, str) for name in names):
            return None
        try:
            names = pl.Series(names, dtype=pl.String)
        except UnicodeEncodeError:  # lone surrogates, which Arrow does not know and the core does
            return None
    return None if names.null_count() else pl.DataFrame([names.alias("source_id"), texts.alias("text")])


def _column(values: Any, name: str) -> pl.Series | list[Any]:
    """A column of strings of whatever library, or the list of anything else that can be gone through."""
    if not hasattr(values, "__arrow_c_stream__") and not hasattr(values, "__arrow_c_array__"):
        return _listed(values, f"{name} must be a string, strings, or a mapping of ids to strings")
    if hasattr(values, "columns"):
        raise InvalidArgumentError(f"{name} is a whole table; give its column of strings")
    try:
        column = pl.Series(values)
        if column.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
            raise InvalidArgumentError(f"{name} is a column of {column.dtype}; a column of strings is needed")
        return column.cast(pl.String)
    except ImportError:  # Polars wants pyarrow for a column of pandas, which can be gone through without it
        return list(values)
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        if isinstance(error, InvalidArgumentError):
            raise
        raise InvalidArgumentError(f"{name} is no column of strings: {error}") from error


def _names(ids: Iterable[str] | None, count: int) -> pl.Series | list[Any]:
    """The ids of so many texts."""
    if ids is None:
        width = len(str(count))
        return [f"text-{number:0{width}}" for number in range(1, count + 1)]
    names = [ids] if isinstance(ids, str) else _column(ids, "ids")
    if len(names) != count:
        raise InvalidArgumentError(f"there are {count} texts and {len(names)} ids; give one for each")
    seen: set[Any] = set()
    for name in names:
        if name in seen:
            raise InvalidArgumentError(f"two texts have the id {name!r}; ids must differ")
        seen.add(name)
    return names


def _listed(values: object, message: str) -> list[object]:
    if isinstance(values, bytes | bytearray) or not isinstance(values, Iterable):
        raise InvalidArgumentError(f"{message}, not {type(values).__name__}")
    return list(values)
