"""Folders of any size to Parquet, a shard at a time, so that a job that was stopped goes on where it was."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

import polars as pl

from fangan import _duplicates, _fangan
from fangan._intake import Intake, intake
from fangan._limits import Limits
from fangan._progress import from_here, reporter
from fangan._shards import FILES, shards
from fangan._sources import Expander, Source
from fangan.corpus import Corpus
from fangan.errors import InvalidArgumentError, ReadError

JOB = "convert.json"
"""What a folder of shards was made with."""
_UNFINISHED = ".unfinished"
_LOCK = ".lock"
_MOST_SOURCES = 5_000
_FINGERPRINTS = "fingerprints.parquet"
DUPLICATES = "duplicates.parquet"
_COUNTS = "counts.json"

_SHOWN = 10
"""Errors that are printed."""

Stamp = list[int]
"""Size and time of change of a file; both 0 where it could not be looked at."""


@dataclass(frozen=True, repr=False)
class Conversion:
    """What `fangan.convert` did.

    Attributes:
        folder: Where the shards are.
        n_shards: How many there are.
        n_sources: Sources in all of them.
        n_plans: Documents found in them.
        n_parsed: Sources that this run parsed; the others were there already.
        errors: The sources that could not be read: `source_id`, `path`, `error`.
        duplicates: The documents that are an earlier one again, by `fangan.Corpus.duplicates` over all shards; also in
            `duplicates.parquet`. `similarity` of near ones is an estimate. None are left out of the tables.
    """

    folder: Path
    n_shards: int
    n_sources: int
    n_plans: int
    n_parsed: int
    errors: pl.DataFrame
    duplicates: pl.DataFrame

    def __str__(self) -> str:
        failed = f", {self.errors.height} could not be read" if self.errors.height else ""
        again = f", {self.duplicates.height} documents are there twice" if self.duplicates.height else ""
        counts = f"{self.n_sources} sources in {self.n_shards} shards, {self.n_parsed} of them parsed now{again}"
        shown = [f"  {name}: {error}" for name, _, error in self.errors.head(_SHOWN).rows()]
        more = self.errors.height - len(shown)
        rest = [f"  and {more} more, in `errors`"] if more else []
        return "\n".join([f"{counts}{failed}: {self.folder}", *shown, *rest])

    __repr__ = __str__


def convert(
    path: str | PathLike[str] | Iterable[str | PathLike[str]],
    out: str | PathLike[str],
    *,
    text: str | None = None,
    id: str | None = None,
    repairs: Sequence[str] | None = None,
    lexicon: str | PathLike[str] | None = None,
    threads: int | None = None,
    limits: Limits | None = None,
    shard_bytes: int = 64 << 20,
    retry_errors: bool = False,
    progress: bool | Callable[[int, int], object] | None = None,
) -> Conversion:
    """Parse files into a folder of Parquet files that grows a shard at a time.

    A shard is a folder of its own (`shard-00000` …) with every table and the source texts of some sources, written
    elsewhere and moved to its place when it is whole: what can be seen is finished. Stopped by whatever means (Ctrl-C,
    a full disk, the machine), the same call goes on with the documents that are in no shard yet, also in the middle of
    an archive or a table. Files that were changed or removed since are noticed, and their shards made anew, so that
    the folder always holds what is there. Documents that are there twice, letter for letter or nearly, are marked in
    `duplicates.parquet` and stay in the tables.

    `fangan.Corpus.from_parquet(out)` reads all of it, one shard is read by its own folder, and
    `polars.scan_parquet(f"{out}/shard-*/phases.parquet")` is a table of all shards that need not fit into memory.

    Args:
        path: A file, a folder, a glob pattern, or a list of such paths; see `read`.
        out: The folder for the shards; it is made if it does not exist.
        text: The column of tables that holds the texts; see `read`. None by default.
        id: The column of tables that holds the ids; see `read`. None by default.
        repairs: Kinds of repair that may be made; see `read`. None (the default) for all.
        lexicon: A folder of `*.tsv` files laid over the built-in vocabulary. None by default.
        threads: Number of threads. None (the default) for as many as there are cores.
        limits: How much is read of a file; see `fangan.Limits`. None (the default) for its defaults.
        shard_bytes: So many bytes of documents go into a shard, and 5,000 documents at most. 64 MiB by default. A shard
            is in memory while it is made, with some ten times its size.
        retry_errors: Make shards with documents that could not be read anew, because the cause is mended: an extra was
            installed, or a folder opened. False by default.
        progress: Show a bar with rate and time left; see `read`. None by default.

    Returns:
        A `Conversion`: how many shards and sources there are, and those that could not be read.

    Raises:
        ReadError: The path does not exist or holds no document, or the folder cannot be written.
        LexiconError: A file of the lexicon cannot be used.
        InvalidArgumentError: The folder was begun with other repairs, vocabulary, limits or version, holds something
            else, or is being written by another process; or an argument does not make sense.

    Examples:
        >>> import fangan as fg, pathlib, tempfile
        >>> folder = pathlib.Path(tempfile.mkdtemp())
        >>> _ = (folder / "a.txt").write_text("关于开展植树活动的通知", encoding="utf-8")
        >>> done = fg.convert(folder, folder / "tables")
        >>> done.n_shards, done.n_parsed, fg.convert(folder, folder / "tables").n_parsed
        (1, 1, 0)
        >>> len(fg.Corpus.from_parquet(folder / "tables"))
        1
    """
    if isinstance(shard_bytes, bool) or not isinstance(shard_bytes, int) or shard_bytes < 1:
        raise InvalidArgumentError(f"shard_bytes is {shard_bytes!r}; give a number of bytes from 1")
    target = Path(out)
    job = intake(path, text=text, id=id, limits=limits, repairs=repairs, lexicon=lexicon, threads=threads)
    job = replace(job, files=[(name, file) for name, file in job.files if not _is_below(file, target)])
    settings = {
        "fangan": _fangan.__version__,
        "repairs": job.repairs,
        "lexicon": job.lexicon,
        "lexicon_digest": _digest(lexicon),
        "text": text,
        "id": id,
        "limits": asdict(job.limits),
    }
    with _kept(target):
        _refuse_others(target)
    with _kept(target), _alone(target):
        _begin(target, settings)
        shutil.rmtree(target / _UNFINISHED, ignore_errors=True)
        n_parsed = _write(target, job, shard_bytes, retry_errors, progress)
        shutil.rmtree(target / _UNFINISHED, ignore_errors=True)
        every = shards(target)
        duplicates = _duplicates.over([shard / _FINGERPRINTS for shard in every])
        part = target / f"{DUPLICATES}.part"
        duplicates.write_parquet(part)
        part.replace(target / DUPLICATES)
    columns = ["source_id", "path", "error"]
    sources = [pl.read_parquet(shard / "sources.parquet", columns=columns) for shard in every]
    known = pl.concat(sources) if sources else pl.DataFrame(schema=dict.fromkeys(columns, pl.String))
    n_plans = sum(pl.scan_parquet(shard / "plans.parquet").select(pl.len()).collect().item() for shard in every)
    errors = known.filter(pl.col("error").is_not_null())
    return Conversion(target, len(every), known.height, n_plans, n_parsed, errors, duplicates)


def _write(
    target: Path,
    job: Intake,
    shard_bytes: int,
    retry_errors: bool,
    progress: bool | Callable[[int, int], object] | None,
) -> int:
    """Write the shards that are missing: how many sources were parsed for them."""
    stamps = {name: _stamp(file) for name, file in job.files}
    unlisted = tuple(f"{name}/" for name, file in job.files if file.is_dir())
    held = _Held.of(target, stamps, unlisted, retry_errors)
    left = [(name, file) for name, file in job.files if not held.is_whole(name)]
    number = max((int(shard.name.rpartition("-")[2]) for shard in shards(target)), default=-1) + 1
    job = replace(job, files=left)
    given = job.given()
    expander = Expander(job.columns, job.limits, held=held.sources)
    begun = sum(len(sources) for sources in held.sources.values())
    parsed = 0
    unseen = {name for name, _ in left}
    with reporter(progress) as report:
        for portion in job.portions(expander, most=_MOST_SOURCES, most_bytes=shard_bytes):
            unseen -= {source.file for source in portion}
            total = begun + parsed + len(portion) + len(unseen)
            frames = job.tables(portion, given=given, progress=from_here(report, begun + parsed, total))
            part = target / _UNFINISHED / f"shard-{number:05}"
            corpus = Corpus._from_frames(frames, repairs=job.repairs, lexicon=job.lexicon)
            corpus.to_parquet(part)
            _duplicates.fingerprints(corpus, threads=job.threads, progress=False).write_parquet(part / _FINGERPRINTS)
            (part / FILES).write_text(json.dumps(_contents(portion, stamps)), encoding="utf-8")
            _settle(part)
            part.rename(target / part.name)
            number += 1
            parsed += len(portion)
    held.finish(target, stamps, expander.finished)
    return parsed


@dataclass
class _Held:
    """What finished shards hold: for each file its sources by number, and of how many, where all were gone through."""

    sources: dict[str, dict[int, str]]
    counts: dict[str, list[Any]]

    @classmethod
    def of(cls, folder: Path, stamps: dict[str, Stamp], unlisted: tuple[str, ...], retry_errors: bool) -> _Held:
        """What the shards of a folder hold of files as they are now. Other shards are removed.

        Files below a folder that cannot be listed now are taken to be as they were.

        Raises:
            InvalidArgumentError: All that the shards hold is other files: this folder is that of another job.
        """
        every = {shard: json.loads((shard / FILES).read_text(encoding="utf-8")) for shard in shards(folder)}
        names = {name for files in every.values() for name in files}
        if stamps and names and names.isdisjoint(stamps) and not any(name.startswith(unlisted) for name in names):
            raise InvalidArgumentError(
                f"{folder} holds the tables of other files ({min(names)} …); give another folder, or remove it"
            )
        counts = folder / _COUNTS
        held = cls({}, json.loads(counts.read_text(encoding="utf-8")) if counts.exists() else {})
        for shard, files in every.items():
            stale = any(
                stamps.get(name) != file["stamp"] and not name.startswith(unlisted) for name, file in files.items()
            )
            if stale or (retry_errors and _has_errors(shard)):
                # What is half removed must not be taken for a shard.
                gone = folder / _UNFINISHED / shard.name
                gone.parent.mkdir(exist_ok=True)
                shard.rename(gone)
                shutil.rmtree(gone)
                continue
            for name, file in files.items():
                held.sources.setdefault(name, {}).update((number, source) for number, source in file["sources"])
                if file["alone"]:
                    held.counts[name] = [file["stamp"], 1]
        held.counts = {name: count for name, count in held.counts.items() if stamps.get(name) == count[0]}
        return held

    def is_whole(self, name: str) -> bool:
        """Whether all sources of a file are there."""
        return name in self.counts and len(self.sources.get(name, ())) == self.counts[name][1]

    def finish(self, folder: Path, stamps: dict[str, Stamp], finished: dict[str, int]) -> None:
        """Keep how many sources archives and tables have, so that they need not be gone through again."""
        counts = self.counts | {name: [stamps[name], count] for name, count in finished.items()}
        part = folder / f"{_COUNTS}.part"
        part.write_text(json.dumps(counts), encoding="utf-8")
        part.replace(folder / _COUNTS)


def _contents(portion: Sequence[Source], stamps: dict[str, Stamp]) -> dict[str, dict[str, Any]]:
    """The files of a shard as they were, and their sources in it."""
    files: dict[str, dict[str, Any]] = {}
    for source in portion:
        empty = {"stamp": stamps[source.file], "sources": [], "alone": source.is_file}
        files.setdefault(source.file, empty)["sources"].append((source.number, source.id))
    return files


def _has_errors(shard: Path) -> bool:
    errors = pl.scan_parquet(shard / "sources.parquet").select(pl.col("error").is_not_null().any())
    return bool(errors.collect().item())


def _digest(lexicon: str | PathLike[str] | None) -> str | None:
    """What the tables of a lexicon hold, since they may change where they are."""
    if lexicon is None:
        return None
    digest = hashlib.sha256()
    for table in sorted(Path(lexicon).glob("*.tsv")):
        digest.update(table.name.encode("utf-8", "surrogateescape") + b"\0" + table.read_bytes() + b"\0")
    return digest.hexdigest()


def _is_below(file: Path, folder: Path) -> bool:
    """Whether a file stands in the folder that is written, which may stand in the one that is read."""
    return folder.resolve() in file.resolve().parents


def _refuse_others(folder: Path) -> None:
    """A folder that holds anything but shards is no place for them."""
    others = [path.name for path in folder.iterdir() if not path.name.startswith(".") and path.suffix != ".part"]
    if others and not (folder / JOB).exists():
        raise InvalidArgumentError(f"{folder} holds other things ({others[0]}); give a new or an empty folder")


def _begin(folder: Path, settings: dict[str, Any]) -> None:
    """Write down what the folder is made with, or check it."""
    job = folder / JOB
    if job.exists():
        known = json.loads(job.read_text(encoding="utf-8"))
        if known != settings:
            raise InvalidArgumentError(f"{folder} was begun with {known}, not {settings}; give another folder")
        return
    part = folder / f"{JOB}.part"
    part.write_text(json.dumps(settings, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    part.replace(job)


@contextmanager
def _kept(folder: Path) -> Iterator[None]:
    """What the system says against writing, as an error of ours."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except ReadError:
        raise
    except OSError as error:
        raise ReadError(f"{folder} cannot be written: {error}; what is finished stays, call again to go on") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder against other processes; the system lets go of it whatever becomes of this one."""
    try:
        import fcntl
    except ImportError:  # Windows
        yield
        return
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InvalidArgumentError(f"{folder} is being written by another process") from error
        yield


def _stamp(file: Path) -> Stamp:
    try:
        found = file.stat()
    except OSError:
        return [0, 0]
    return [found.st_size, found.st_mtime_ns]


def _settle(folder: Path) -> None:
    """See to it that the files are on the disk before the folder that holds them gets its name."""
    for path in folder.iterdir():
        with path.open("rb") as file:
            os.fsync(file.fileno())
    with suppress(OSError):  # folders cannot be opened on Windows
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
