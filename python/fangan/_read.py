"""The ways in: files, strings, and the bundled samples."""

from __future__ import annotations

import glob as globbing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import polars as pl

from fangan import _fangan, _pages
from fangan._progress import reporter
from fangan._vocabulary import load, repair_kinds
from fangan.corpus import Corpus
from fangan.errors import InvalidArgumentError, ReadError

ENDINGS = (".txt", ".text", ".md", ".markdown", ".docx", ".html", ".htm", ".mhtml", ".mht")
"""Endings of the files that are read from folders. A file that is named is read whatever its ending."""

_MAGIC = ("*", "?", "[")


def read(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
    progress: bool | Callable[[int, int], object] | None = None,
) -> Corpus:
    """Read files and parse them, in parallel.

    Encodings are recognised (UTF-8, UTF-16, GB18030, Big5), and Word documents (.docx) and saved web pages (.html,
    .mhtml; extra `fangan[html]`) by their content. Their text is
    what a reader sees: with the numbers that Word computes, without deletions, comments, headers and footers. Offsets
    refer to that text, which `Corpus.source_text` returns. A file that cannot be read is a row of `corpus.sources` with
    an `error`, not an exception.

    Args:
        path: A file, a folder (searched with its subfolders for text files: .txt, .text, .md, .markdown,
            .docx, .html, .htm, .mhtml, .mht), a glob
            pattern (`plans/**/*.txt`), or a list of such paths.
        repairs: Kinds of repair that may be made: pinyin, script, taiwan_vocabulary, mojibake, ocr, width, watermark,
            line. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.
        progress: Show a bar: None (the default) where work takes over a second and there is a terminal or a notebook,
            True always, False never; or a function that is called with (sources done, sources in all).

    Returns:
        The corpus. `source_id` is the path of a file relative to the folder, or its name.

    Raises:
        ReadError: A single path does not exist, or a folder or pattern holds no text file.
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: A repair or a number of threads does not make sense.

    Examples:
        >>> import fangan as fg, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.txt").write_text("关于开展环境卫生整治的通知", encoding="gb18030")
        >>> fg.read(folder).sources["source_id"].to_list()
        ['a.txt']
    """
    files = _unique(_files(path))
    return _parse([(name, None, str(file)) for name, file in files], repairs, lexicon, threads, progress)


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
        listed = [text] if isinstance(text, str) else _column(text, "text")
        texts = dict(zip(_names(ids, len(listed)), listed, strict=True))
    for name, each in texts.items():
        if not isinstance(name, str) or not isinstance(each, str):
            wrong = name if not isinstance(name, str) else each
            help = "leave nulls out" if wrong is None else "use fangan.read for files"
            said = "null" if wrong is None else type(wrong).__name__
            raise InvalidArgumentError(f"source {name!r}: a string is needed, not {said}; {help}")
    return _parse([(name, each, None) for name, each in texts.items()], repairs, lexicon, threads, progress)


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


def _parse(
    sources: list[tuple[str, str | None, str | None]],
    repairs: Sequence[str] | None,
    lexicon: str | PathLike[str] | None,
    threads: int | None,
    progress: bool | Callable[[int, int], object] | None,
) -> Corpus:
    chosen = repair_kinds(repairs)
    sources, origins = _pages.opened(sources)
    with reporter(progress) as report:
        tables = _fangan.parse_sources(sources, lexicon=load(lexicon), repairs=chosen, threads=threads, progress=report)
    frames = {name: _pages.told(name, pl.DataFrame(table), sources, origins) for name, table in tables.items()}
    return Corpus._from_frames(frames, repairs=chosen, lexicon=None if lexicon is None else os.fspath(lexicon))


def _column(values: Any, name: str) -> list[Any]:
    """Strings as a list, from a column of whatever library or anything else that can be gone through."""
    if not hasattr(values, "__arrow_c_stream__") and not hasattr(values, "__arrow_c_array__"):
        return _listed(values, f"{name} must be a string, strings, or a mapping of ids to strings")
    if hasattr(values, "columns"):
        raise InvalidArgumentError(f"{name} is a whole table; give its column of strings")
    try:
        column = pl.Series(values)
        if column.dtype not in (pl.String, pl.Categorical, pl.Enum, pl.Null):
            raise InvalidArgumentError(f"{name} is a column of {column.dtype}; a column of strings is needed")
        return column.cast(pl.String).to_list()
    except ImportError:  # Polars wants pyarrow for a column of pandas, which can be gone through without it
        return list(values)
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        if isinstance(error, InvalidArgumentError):
            raise
        raise InvalidArgumentError(f"{name} is no column of strings: {error}") from error


def _names(ids: Iterable[str] | None, count: int) -> list[Any]:
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


def _files(path: object) -> list[tuple[str, Path]]:
    """Every file with the name that it has in its folder."""
    if isinstance(path, str | PathLike):
        found = _expand(path)
        if found is None:
            raise ReadError(
                f"{os.fspath(path)} does not exist; give a file, a folder, a glob pattern or a list of them"
            )
        if not found:
            raise ReadError(f"{os.fspath(path)} holds no text file; files end in {', '.join(ENDINGS)}")
        return found
    files: list[tuple[str, Path]] = []
    for each in _listed(path, "path must be a path, a glob pattern or a list of them"):
        if not isinstance(each, str | PathLike):
            raise InvalidArgumentError(f"a path is needed, not {type(each).__name__}; use fangan.parse for texts")
        found = _expand(each)
        # In a list, what does not exist is a row with an error, as is any other file that cannot be read.
        files.extend([(Path(each).name, Path(each))] if found is None else found)
    return files


def _expand(path: str | PathLike[str]) -> list[tuple[str, Path]] | None:
    """The files that a path means; None where it means nothing."""
    given = Path(path)
    if given.is_dir():
        # Word leaves a file `~$name.docx` beside a document that is open.
        files = sorted(
            file
            for file in given.rglob("*")
            if file.suffix.lower() in ENDINGS and not file.name.startswith("~$") and file.is_file()
        )
        return [(file.relative_to(given).as_posix(), file) for file in files]
    if given.exists():
        return [(given.name, given)]
    if not any(sign in str(path) for sign in _MAGIC):
        return None
    fixed = list(given.parts)
    while fixed and any(any(sign in part for sign in _MAGIC) for part in fixed):
        fixed.pop()
    root = Path(*fixed) if fixed else Path()
    found = sorted(Path(name) for name in globbing.glob(str(path), recursive=True))
    return [(file.relative_to(root).as_posix(), file) for file in found if file.is_file()]


def _unique(files: list[tuple[str, Path]]) -> list[tuple[str, Path]]:
    """The same files, each once, with names that differ: the path as given where two files share a name."""
    once = {str(file): (name, file) for name, file in files}
    counts: dict[str, int] = {}
    for name, _ in once.values():
        counts[name] = counts.get(name, 0) + 1
    return [(name if counts[name] == 1 else file.as_posix(), file) for name, file in once.values()]
