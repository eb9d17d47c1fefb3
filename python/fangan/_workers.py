"""Processes that read files with libraries: several at once, each with its limits of time and memory."""

from __future__ import annotations

import atexit
import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue

from fangan._kinds import Kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan._openers import open_document

Job = tuple[Kind, str | bytes]
"""A document: its format, and its bytes or the path of its file."""

_START = "import sys; sys.path[:] = {path!r}; from fangan._worker import main; main()"
_BY_PROGRAMS: tuple[Kind, ...] = ("ole", "odt")
_OF_PROGRAMS = 15.0
"""Seconds beyond the limit for a reader that keeps to it by itself, and has to end a program of its own."""


def opened(jobs: Sequence[Job], limits: Limits, threads: int | None = None) -> list[Opened]:
    """The texts of documents, in order.

    Each is read in a process that is ended when it takes too long; one that fails takes no other down. Where no
    process can be started, they are read here, without a limit of time or memory.
    """
    if not jobs:
        return []
    count = min(threads or os.cpu_count() or 1, len(jobs))
    workers = _POOL.taken(count)
    free: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        free.put(worker)

    def read(job: Job) -> Opened:
        worker = free.get()
        try:
            return worker.read(job, limits)
        finally:
            free.put(worker)

    pool = ThreadPoolExecutor(count)
    try:
        return list(pool.map(read, jobs))
    except BaseException:  # Ctrl-C: those at work would otherwise be waited for
        pool.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.end()
        raise
    finally:
        pool.shutdown()
        _POOL.give_back(workers)


class _Worker:
    """A process that reads one document at a time. It is started when first needed, and anew when it has ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, job: Job, limits: Limits) -> Opened:
        """The text of a document, or why it cannot be had."""
        process = self._started()
        if process is None:
            return open_document(*job, limits)
        assert process.stdin is not None
        assert process.stdout is not None
        late = threading.Event()

        def give_up() -> None:
            late.set()
            process.kill()

        patience = _OF_PROGRAMS if job[0] in _BY_PROGRAMS else 0.0
        timer = threading.Timer(limits.seconds + patience, give_up)
        timer.daemon = True
        timer.start()
        try:
            pickle.dump((*job, limits), process.stdin)
            process.stdin.flush()
            found: Opened = pickle.load(process.stdout)
        except (OSError, EOFError, pickle.UnpicklingError):
            self.end()
            if late.is_set():
                reason = f"takes longer than {limits.seconds:g} seconds (limits.seconds)"
            else:
                reason = "its reader broke down; it may be damaged, or need more memory than limits.memory_bytes"
            return Opened("", job[0], reason=reason)
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
                [sys.executable, "-c", _START.format(path=sys.path)],
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

    def end(self) -> None:
        if self._owner == os.getpid():
            for worker in self._waiting:
                worker.end()


_POOL = _Pool()
atexit.register(_POOL.end)
