"""A progress bar, shown only where there is someone to see it and something to wait for."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_PATIENCE = 1.0
"""Seconds of work before a bar appears."""


@contextmanager
def reporter(
    progress: bool | Callable[[int, int], object] | None,
) -> Iterator[Callable[[int, int], object] | None]:
    """A function to call with (done, total), or None where progress is not to be shown."""
    if callable(progress):
        yield progress
        return
    if progress is False or (progress is None and not _watched()):
        yield None
        return
    bar: Any = None
    begun = time.monotonic()

    def report(done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            late = time.monotonic() - begun > _PATIENCE and done < total
            if not (progress or late):
                return
            from tqdm.auto import tqdm

            bar = tqdm(total=total, unit="source", desc="fangan", initial=0)
        # Archives and tables turn out to hold more.
        bar.total = total
        bar.update(done - bar.n)

    try:
        yield report
    finally:
        if bar is not None:
            bar.close()


def from_here(
    report: Callable[[int, int], object] | None, before: int, total: int
) -> Callable[[int, int], object] | None:
    """What a part of the work is to report to, where so many sources are done and so many known."""
    if report is None:
        return None
    return lambda done, _: report(before + done, total)


def _watched() -> bool:
    """Whether standard error is a terminal, or this is a notebook."""
    if sys.stderr is not None and sys.stderr.isatty():
        return True
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and type(shell).__name__ == "ZMQInteractiveShell"
