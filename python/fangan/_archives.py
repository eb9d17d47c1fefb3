"""Documents in archives (ZIP, tar) and compressed files, one at a time, and never more than the limits allow."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any, BinaryIO, Literal, cast

from fangan._kinds import HEAD, is_tar
from fangan._limits import Limits

Packing = Literal["zip", "tar", "gzip", "bzip2", "xz"]
PACKINGS: tuple[Packing, ...] = ("zip", "tar", "gzip", "bzip2", "xz")

_BLOCK = 1 << 20
_SMALL = 4 << 20
"""Bytes up to which it is not asked how well they were packed."""
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_UNICODE_PATH = 0x7075
_NO_DOCUMENTS = (".jpg", ".jpeg", ".png", ".gif", ".mp4", ".exe", ".iso", ".db", ".sql", ".log", ".bin")
"""Endings, in front of that of the compression, of what is no document. All else may be part of a name: 方案2.0.gz."""
_COMPRESSED = re.compile(r"\.(?:gz|bz2|xz)\Z", re.IGNORECASE)


class _OverLimitError(Exception):
    """What unpacks to more than it may."""


FAILURES = (
    _OverLimitError,
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What reading a member raises where it is damaged, packed in a way that the libraries do not know, or over a limit."""


@dataclass
class Budget:
    """Bytes that an archive may still unpack to, those of archives in it included."""

    left: int


@dataclass(frozen=True)
class Member:
    """A member of an archive: its name, and a stream of its bytes, or why they cannot be had.

    The stream is to be read before the next member is asked for. An error without a name is one of the whole archive.
    """

    name: str
    stream: BinaryIO | None
    error: str | None = None


def content(member: Member, limits: Limits) -> bytes | str:
    """The bytes of a member, or why they cannot be had."""
    if member.stream is None:
        return member.error or "cannot be unpacked"
    blocks: list[bytes] = []
    held = 0
    try:
        while block := member.stream.read(_BLOCK):
            blocks.append(block)
            held += len(block)
            if held > limits.file_bytes:
                return f"unpacks to more than {limits.file_bytes:,} bytes (limits.file_bytes)"
    except FAILURES as error:
        return reason(error)
    return b"".join(blocks)


def reason(error: BaseException) -> str:
    """Why a member cannot be had, from one of `FAILURES`.

    Examples:
        >>> reason(EOFError("it ends too early"))
        'cannot be unpacked: it ends too early'
    """
    return str(error) if isinstance(error, _OverLimitError) else f"cannot be unpacked: {error}"


def members(
    file: BinaryIO, packing: Packing, name: str, wanted: Callable[[str], bool], limits: Limits, budget: Budget
) -> Iterator[Member]:
    """The members of an archive that are wanted, in its order.

    Nothing is written to the disk, so that no name can lead out of a folder; links and devices are passed over.

    Args:
        file: The archive.
        packing: What it is.
        name: Its name, which says what a compressed file is called inside.
        wanted: Whether a member is read, by its name.
        limits: How much is read.
        budget: What is left of `limits.unpacked_bytes`.

    Yields:
        The members. Damage ends an archive with a member that has an error and no name.
    """
    try:
        if packing == "zip":
            yield from _zip(file, wanted, limits, budget)
        elif packing == "tar":
            yield from _tar(cast(BinaryIO, _Bounded(file, file, limits, budget)), wanted, limits)
        else:
            yield from _compressed(file, packing, name, wanted, limits, budget)
    except _OverLimitError as error:
        yield Member("", None, str(error))
    except FAILURES as error:
        yield Member("", None, f"the archive is damaged: {error}")


def _zip(file: BinaryIO, wanted: Callable[[str], bool], limits: Limits, budget: Budget) -> Iterator[Member]:
    with zipfile.ZipFile(file) as archive:
        infos = archive.infolist()
        if len(infos) > limits.members:
            raise _OverLimitError(f"the archive has {len(infos):,} members; limits.members is {limits.members:,}")
        declared = sum(info.file_size for info in infos)
        packed = file.seek(0, io.SEEK_END)
        if declared > 16 * _SMALL and declared > limits.ratio * packed:
            # Before anything is unpacked: archives whose members share their bytes say so themselves.
            raise _OverLimitError(
                f"the archive has {packed:,} bytes and says that it unpacks to {declared:,}; "
                f"limits.ratio is {limits.ratio}"
            )
        names = zip_names(infos)
        for info, name in zip(infos, names, strict=True):
            if info.is_dir() or stat.S_ISLNK(info.external_attr >> 16) or not wanted(name):
                continue
            if info.flag_bits & _ENCRYPTED:
                yield Member(name, None, "locked with a password; unpack it first")
                continue
            with _failing(name) as failure, archive.open(info) as stream:
                bounded = _Bounded(stream, None, limits, budget, packed=info.compress_size)
                yield Member(name, cast(BinaryIO, bounded))
            if failure:
                yield failure[0]


@contextmanager
def _failing(name: str) -> Iterator[list[Member]]:
    """Damage of one member, kept from ending the archive."""
    failure: list[Member] = []
    try:
        yield failure
    except _OverLimitError:
        raise
    except FAILURES as error:
        failure.append(Member(name, None, reason(error)))


def zip_names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members as they were meant.

    Evidence: the flag for UTF-8, then the field for Unicode names; else the bytes of each name, which Windows in China
    writes in GBK and nobody says so: UTF-8 if they are, GB18030 otherwise, and code page 437, which the standard names,
    if that fails too. Names in Big5 come out wrong where GB18030 can read them.

    Examples:
        >>> info = zipfile.ZipInfo("方案.txt".encode("gbk").decode("cp437"))
        >>> zip_names([info])
        ['方案.txt']
    """
    names = []
    for info in infos:
        raw = _raw(info)
        names.append(info.filename if raw is None else _unicode_path(info.extra) or _decoded(raw))
    # Windows' own separator, in archives of programs that did not mind the standard.
    return [_inside(name.replace("\\", "/")) for name in names]


def _inside(name: str) -> str:
    """A name that stays in its archive, whatever somebody does with it."""
    return "/".join(part for part in name.split("/") if part not in ("", ".", "..") and not part.endswith(":"))


def _raw(info: zipfile.ZipInfo) -> bytes | None:
    if info.flag_bits & _UTF8_NAME:
        return None
    try:
        return info.filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _decoded(name: bytes) -> str:
    """A name of which nobody says how it is written.

    Characters of GBK, such as those of 通知, may be foreign letters of two bytes in UTF-8: a name in UTF-8 is one that
    is ASCII or has a character of three bytes, as all Chinese are.

    Examples:
        >>> [_decoded("通知".encode(encoding)) for encoding in ("gbk", "utf-8")]
        ['通知', '通知']
    """
    found = []
    for encoding in ("utf-8", "gb18030"):
        try:
            found.append(name.decode(encoding))
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8" and (found[0].isascii() or max(found[0]) >= "\u0800"):
            break
    return found[-1] if found else name.decode("cp437")


def _unicode_path(extra: bytes) -> str | None:
    at = 0
    while at + 4 <= len(extra):
        tag = int.from_bytes(extra[at : at + 2], "little")
        size = int.from_bytes(extra[at + 2 : at + 4], "little")
        if tag == _UNICODE_PATH and size > 5:
            return extra[at + 9 : at + 4 + size].decode("utf-8", "replace")
        at += 4 + size
    return None


def _tar(file: IO[bytes], wanted: Callable[[str], bool], limits: Limits) -> Iterator[Member]:
    # As a stream: members are read in the order of the file, and no list of them is kept.
    with tarfile.open(fileobj=file, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
        for number, info in enumerate(archive):
            if number >= limits.members:
                raise _OverLimitError(f"the archive has more than {limits.members:,} members (limits.members)")
            archive.members.clear()  # type: ignore[attr-defined]
            name = _inside(_decoded(info.name.encode("utf-8", "surrogateescape")))
            if not info.isreg() or not wanted(name):
                continue
            stream = archive.extractfile(info)
            if stream is not None:
                yield Member(name, cast(BinaryIO, stream))


class _Gzip(gzip.GzipFile):
    """A file of gzip that ends where its last member does, whatever stands behind, as the other packings do."""

    _begun = False

    def read(self, size: int | None = -1) -> bytes:
        try:
            # Not `read`, which loses what came before an error.
            data = self.read1(-1 if size is None else size)
        except gzip.BadGzipFile as error:
            if not self._begun or not str(error).startswith("Not a gzipped file"):
                raise
            return b""
        self._begun = self._begun or bool(data)
        return data


def _compressed(
    file: BinaryIO, packing: Packing, name: str, wanted: Callable[[str], bool], limits: Limits, budget: Budget
) -> Iterator[Member]:
    openers: dict[str, Callable[[BinaryIO], Any]] = {
        "gzip": lambda file: _Gzip(fileobj=file),
        "bzip2": bz2.BZ2File,
        "xz": lzma.LZMAFile,
    }
    with openers[packing](file) as unpacked:
        stream = io.BufferedReader(_Bounded(unpacked, file, limits, budget), _BLOCK)
        if is_tar(stream.peek(HEAD)):
            yield from _tar(stream, wanted, limits)
            return
        inner = _COMPRESSED.sub("", name.rpartition("/")[2])
        is_other = wanted(f"{inner}.txt") and PurePath(inner).suffix.lower() not in _NO_DOCUMENTS
        if wanted(inner) or is_other:
            yield Member(inner, cast(BinaryIO, stream))


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where more comes out than may: by what is left, and by what went in."""

    def __init__(
        self, stream: IO[bytes], source: IO[bytes] | None, limits: Limits, budget: Budget, packed: int = 0
    ) -> None:
        self._stream = stream
        self._source = source if source is not stream else None
        self._limits = limits
        self._budget = budget
        self._packed = packed
        self._is_packed = stream is not source
        self._read = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        if size is None or size < 0:
            return self.readall()
        # A tar may claim that a header has gigabytes.
        data = self._stream.read(min(size, self._limits.file_bytes + 1))
        self._count(len(data))
        return data

    def readinto(self, buffer: memoryview, /) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self._count(len(data))
        buffer[: len(data)] = data
        return len(data)

    def _count(self, size: int) -> None:
        self._read += size
        self._budget.left -= size
        if self._budget.left < 0:
            raise _OverLimitError(
                f"the archive unpacks to more than {self._limits.unpacked_bytes:,} bytes (limits.unpacked_bytes)"
            )
        packed = self._source.tell() if self._source is not None else self._packed
        if self._is_packed and self._read > max(_SMALL, self._limits.ratio * packed):
            raise _OverLimitError(
                f"unpacks to more than {self._limits.ratio} times its {packed:,} bytes (limits.ratio)"
            )
