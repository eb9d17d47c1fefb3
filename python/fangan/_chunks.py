"""Files in portions that fit into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

File = TypeVar("File")


def chunks(files: Iterable[File], size: Callable[[File], int], *, most: int, most_bytes: int) -> Iterator[list[File]]:
    """Files in order, so many or so many bytes of them at a time; a file is never parted, however large it is."""
    chunk: list[File] = []
    held = 0
    for file in files:
        chunk.append(file)
        held += size(file)
        if len(chunk) == most or held >= most_bytes:
            yield chunk
            chunk, held = [], 0
    if chunk:
        yield chunk
