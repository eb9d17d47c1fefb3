"""Processes that read files with libraries: several at once, each with its limits of time and memory."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue

from fangan._kinds import Kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan._openers import BY_PROGRAMS, open_documents

Job = tuple[Kind, str | bytes]
"""A document: its format, and its bytes or the path of its file."""
Batch = tuple[Kind, list[str | bytes]]
"""Documents of one format that are read at once."""

_START = "import sys; sys.path[:] = {path!r}; from fangan._worker import main; main()"
_OF_PROGRAMS = 15.0
"""Seconds beyond the limit for a reader that keeps to it by itself, and has to end a program of its own."""
_BATCH = 50


def opened(
    jobs: Sequence[Job], limits: Limits, threads: int | None = None, told: Callable[[int], object] | None = None
) -> list[Opened]:
    """The texts of documents, in order. `told` is called with how many there are already.

    Each is read in a process that is ended when it takes too long; one that fails takes no other down. Where no
    process can be started, they are read here, without a limit of time or memory.
    """
    if not jobs:
        return []
    threads = threads or os.cpu_count() or 1
    numbers = _batches(jobs, threads)
    count = min(threads, len(numbers))
    workers = _POOL.taken(count)
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def read(batch: list[int]) -> list[Opened]:
        worker = free.get()
        try:
            return worker.read((jobs[batch[0]][0], [jobs[number][1] for number in batch]), limits)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(count)
    try:
        found: dict[int, Opened] = {}
        for batch, texts in zip(numbers, pool.map(read, numbers), strict=True):
            found.update(zip(batch, texts, strict=True))
            if told is not None:
                told(len(found))
        return [found[number] for number in range(len(jobs))]
    except BaseException:  # Ctrl-C: those at work would otherwise be waited for
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()
        raise
    finally:
        pool.shutdown()
        _POOL.give_back(workers)


def _batches(jobs: Sequence[Job], threads: int) -> list[list[int]]:
    """The numbers of documents that are read at once: one, or many where a program is started for them."""
    batches = [[number] for number, (kind, _) in enumerate(jobs) if kind not in BY_PROGRAMS]
    for kind in BY_PROGRAMS:
        of_kind = [number for number, job in enumerate(jobs) if job[0] == kind]
        size = min(_BATCH, -(-len(of_kind) // threads)) or 1
        batches += [of_kind[at : at + size] for at in range(0, len(of_kind), size)]
    return batches


class _Worker:
    """A process that reads one batch at a time. It is started when first needed, and anew when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, batch: Batch, limits: Limits) -> list[Opened]:
        """The texts of documents, or why they cannot be had."""
        process = self._started()
        if process is None:
            return open_documents(*batch, limits)
        kind, contents = batch
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        # A batch that fails is read again one by one.
        seconds = 2 * limits.seconds * len(contents) + _OF_PROGRAMS if kind in BY_PROGRAMS else limits.seconds
        timer = threading.Timer(seconds, give_up)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump((*batch, limits), process.stdin)
            process.stdin.flush()
            found: list[Opened] = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            if late.is_set():
                reason = f"takes longer than {limits.seconds:g} seconds (limits.seconds)"
            else:
                reason = "its reader broke down; it may be damaged, or need more memory than limits.memory_bytes"
            return [Opened("", kind, reason=reason)] * len(contents)
        finally:
            timer.cancel()
        return found

    def end(self) -> None:
        """End the process, whatever it is doing."""
        process, self._process = self._process, None
        if process is not None:
            with suppress(OSError):
                process.kill()
            for stream in (process.stdin, process.stdout):
                with suppress(OSError):
                    if stream is not None:
                        stream.close()
            process.wait()

    def _started(self) -> subprocess.Popen[bytes] | None:
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.end()
        if not sys.executable:
            return None
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START.format(path=_search_path())],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            assert self._process.stdout is not None
            if self._process.stdout.read(1):  # it is ready; its start is not the document's time
                return self._process
        except OSError:
            pass
        self.end()
        return None


def _search_path() -> list[str]:
    """Where a process looks for modules: as this one does, but not in the working folder, where documents may lie."""
    package = str(Path(__file__).resolve().parents[1])
    others = [os.fspath(each) for each in sys.path if isinstance(each, str | os.PathLike) and os.fspath(each)]
    return [package, *(each for each in others if each != package)]


class _Pool:
    """Processes that wait for more to read, so that the libraries are loaded once."""

    def __init__(self) -> None:
        self._waiting: list[_Worker] = []
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def taken(self, count: int) -> list[_Worker]:
        with self._lock:
            if self._owner != os.getpid():
                # The processes are those of the process that this one was forked from.
                self._waiting, self._owner = [], os.getpid()
            return [self._waiting.pop() if self._waiting else _Worker() for _ in range(count)]

    def give_back(self, workers: Sequence[_Worker]) -> None:
        with self._lock:
            self._waiting.extend(workers)
            most = os.cpu_count() or 1
            spare, self._waiting = self._waiting[most:], self._waiting[:most]
        for worker in spare:
            worker.end()

    def end(self) -> None:
        if self._owner == os.getpid():
            for worker in self._waiting:
                worker.end()


_POOL = _Pool()
atexit.register(_POOL.end)
