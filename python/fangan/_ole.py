"""What is in an OLE file, the container of Office programs before 2007: its streams by name, and their bytes."""

from __future__ import annotations

import struct
from dataclasses import dataclass

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512
_IN_HEADER = 109
"""Sectors of the table of sectors that the header itself names."""
_NO_SECTOR = 0xFFFFFFFA
"""Numbers of sectors are below this."""
_ENTRY = 128
_MOST_ENTRIES = 10_000
_STREAM, _ROOT = 2, 5
_SMALL = 64
"""Bytes of a sector of small streams."""


class DamagedError(ValueError):
    """The container cannot be read."""


@dataclass(frozen=True)
class Entry:
    """A stream: where it begins and how long it is."""

    start: int
    size: int


class Ole:
    """The streams of an OLE file. Sizes and places that a file states are believed only within its length.

    Raises:
        DamagedError: The file has no directory that can be read.
    """

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise DamagedError("it breaks off in its first bytes")
        shift: int = struct.unpack_from("<H", data, 30)[0]
        if shift not in (9, 12):
            raise DamagedError("its sectors have a size that there is not")
        self._data = data
        self._shift = shift
        self._table = self._read_table()
        directory, self._small_limit, small = (struct.unpack_from("<I", data, at)[0] for at in (48, 56, 60))
        self.root_class = b""
        self._root = Entry(_NO_SECTOR, 0)
        self.entries: dict[str, Entry] = {}
        self._read_directory(directory)
        table = b"".join(data[at : at + (1 << shift)] for at in self._chain(small))
        self._small_table = memoryview(table[: len(table) // 4 * 4]).cast("I")
        self._small_places = self._chain(self._root.start)

    def _place(self, sector: int) -> int:
        return (sector + 1) << self._shift

    def _read_table(self) -> memoryview:
        """The number of the sector that follows each."""
        data, size = self._data, 1 << self._shift
        # More sectors than the file has bytes for mean nothing: each tells of so many.
        most = (len(data) >> self._shift) // (size // 4) + 1
        named = list(struct.unpack_from(f"<{_IN_HEADER}I", data, 76))
        sector = struct.unpack_from("<I", data, 68)[0]
        while sector < _NO_SECTOR and self._place(sector) + size <= len(data) and len(named) < most:
            more = struct.unpack_from(f"<{size // 4}I", data, self._place(sector))
            named += more[:-1]
            sector = more[-1]
        places = [self._place(sector) for sector in named if sector < _NO_SECTOR]
        table = b"".join(data[at : at + size] for at in places[:most])
        if not table:
            raise DamagedError("its table of sectors is missing")
        return memoryview(table[: len(table) // 4 * 4]).cast("I")

    def _chain(self, sector: int) -> list[int]:
        """Places of sectors that follow one another, as far as they lie in the file."""
        places: list[int] = []
        most = (len(self._data) >> self._shift) + 1
        while sector < len(self._table) and self._place(sector) < len(self._data) and len(places) < most:
            places.append(self._place(sector))
            sector = self._table[sector]
        return places

    def _read_directory(self, start: int) -> None:
        data, found = self._data, 0
        for place in self._chain(start):
            for at in range(place, min(place + (1 << self._shift), len(data) - _ENTRY + 1), _ENTRY):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                if kind not in (_STREAM, _ROOT) or not 2 <= length <= 64 or found >= _MOST_ENTRIES:
                    continue
                found += 1
                name = data[at : at + length - 2].decode("utf-16-le", "replace")
                entry = Entry(*struct.unpack_from("<II", data, at + 116))
                if kind == _ROOT:
                    self._root, self.root_class = entry, data[at + 80 : at + 96]
                else:
                    self.entries.setdefault(name, entry)
        if not found:
            raise DamagedError("its list of parts is missing")

    def places(self, name: str) -> tuple[list[int], int]:
        """Where the pieces of a stream lie, and how long each is; fewer than it needs where the file breaks off."""
        entry = self.entries[name]
        if entry.size >= self._small_limit:
            size = 1 << self._shift
            return self._chain(entry.start)[: -(-entry.size // size)], size
        each = (1 << self._shift) // _SMALL
        places: list[int] = []
        sector = entry.start
        while sector < len(self._small_table) and len(places) < -(-entry.size // _SMALL):
            if sector // each >= len(self._small_places):
                break
            places.append(self._small_places[sector // each] + sector % each * _SMALL)
            sector = self._small_table[sector]
        return places, _SMALL

    def is_whole(self, name: str) -> bool:
        """Whether all of a stream is in the file."""
        places, size = self.places(name)
        length = self.entries[name].size
        held = sum(max(0, min(size, len(self._data) - place)) for place in places)
        return held >= length

    def read(self, name: str, start: int, length: int) -> bytes:
        """Bytes of a stream, fewer than asked for where it ends."""
        places, size = self.places(name)
        first, last = start // size, (start + length - 1) // size
        held = b"".join(self._data[place : place + size] for place in places[first : last + 1])
        return held[start - first * size :][:length]
