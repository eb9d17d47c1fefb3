"""A process that reads files with libraries, so that none of them can take more time or memory than it may.

It takes jobs from standard input and answers on standard output, one at a time, until the input ends. Run by
`_workers.py`.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import suppress

from fangan._limits import Limits
from fangan._opened import Opened
from fangan._openers import open_documents


def main() -> None:
    """Answer jobs until there are none."""
    # Ctrl-C reaches every process of a terminal; this one ends with its input.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what libraries print is no answer
    jobs = sys.stdin.buffer
    answers.write(b"!")  # ready
    answers.flush()
    while True:
        try:
            kind, contents, limits = pickle.load(jobs)
        except EOFError:
            return
        _limit_memory(limits)
        try:
            opened = open_documents(kind, contents, limits)
        except MemoryError:
            reason = f"needs more than {limits.memory_bytes:,} bytes (limits.memory_bytes)"
            opened = [Opened("", kind, reason=reason)] * len(contents)
        pickle.dump(opened, answers)
        answers.flush()


def _limit_memory(limits: Limits) -> None:
    if not sys.platform.startswith("linux"):
        return  # elsewhere the system does not keep to such a limit
    import resource

    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = limits.memory_bytes if hard == resource.RLIM_INFINITY else min(limits.memory_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


if __name__ == "__main__":
    main()
