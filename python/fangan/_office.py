"""LibreOffice as a converter: files in, DOCX out, with nothing of the machine within reach of what they hold."""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fangan._limits import Limits

_BATCH = 50
"""Files that one start of the program converts. A start takes some twenty times as long as a short file."""
_OWN_FILES = 64 << 20
"""Bytes that its own files may have."""
_LOOK = 0.05
"""Seconds between looks at what was converted."""
_MAC = "/Applications/LibreOffice.app/Contents/MacOS/soffice"
_WINDOWS = "LibreOffice/program/soffice.com"
_COMMON = "org.openoffice.Office.Common"
_SETTINGS = (
    # Nothing in a document is run.
    (f"{_COMMON}/Security/Scripting", "MacroSecurityLevel", "3"),
    (f"{_COMMON}/Security/Scripting", "DisableMacrosExecution", "true"),
    (f"{_COMMON}/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Java/VirtualMachine", "Enable", "false"),
    # Nothing is fetched: links are not updated, and all requests go to a port that nobody serves.
    (f"{_COMMON}/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Writer/Content/Update", "Field", "false"),
    ("org.openoffice.Office.Writer/Content/Update", "Chart", "false"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    *(
        ("org.openoffice.Inet/Settings", f"ooInet{kind}Proxy{part}", value)
        for kind in ("HTTP", "HTTPS", "FTP")
        for part, value in (("Name", "127.0.0.1"), ("Port", "9"))
    ),
    ("org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    # Nothing is asked or reported.
    (f"{_COMMON}/Misc", "FirstRun", "false"),
    (f"{_COMMON}/Misc", "CrashReport", "false"),
    (f"{_COMMON}/Misc", "CollectUsageInformation", "false"),
    (f"{_COMMON}/Passwords", "TrySavedPasswords", "false"),
)


@dataclass(frozen=True)
class Job:
    """A file to convert: its bytes, the ending of its format, and the filter of LibreOffice that is to read it.

    Without a filter LibreOffice would take what it does not know for plain text.
    """

    data: bytes
    ending: str
    filter: str


def program() -> str | None:
    """The path of LibreOffice, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is not None:
        return found
    places = [Path(_MAC)] if sys.platform == "darwin" else []
    if sys.platform == "win32":
        folders = [os.environ.get(name) for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "PROGRAMW6432")]
        places = [Path(folder, _WINDOWS) for folder in folders if folder]
    return next((str(place) for place in places if place.is_file()), None)


def convert(soffice: str, jobs: Sequence[Job], limits: Limits) -> list[bytes | str]:
    """Convert files to DOCX, many with one start of the program.

    A file that makes the program fail or hang takes no other down: the others of its batch are converted alone.

    Args:
        soffice: The program.
        jobs: The files.
        limits: `seconds` for each file, `file_bytes` of what comes out, `memory_bytes` where the system can limit them.

    Returns:
        For each file what it became, or the reason why it became nothing.
    """
    results: list[bytes | str] = [""] * len(jobs)
    for name in dict.fromkeys(job.filter for job in jobs):
        of_filter = [at for at, job in enumerate(jobs) if job.filter == name]
        for first in range(0, len(of_filter), _BATCH):
            batch = of_filter[first : first + _BATCH]
            found, failed = _run(soffice, [jobs[at] for at in batch], limits)
            for at, result in zip(batch, found, strict=True):
                if result is None and failed is not None and len(batch) > 1:
                    (result,), failed_alone = _run(soffice, [jobs[at]], limits)
                    result = result or failed_alone
                results[at] = result or failed or "LibreOffice cannot read it; the file may be damaged"
    return results


def _run(soffice: str, jobs: list[Job], limits: Limits) -> tuple[list[bytes | str | None], str | None]:
    """One start of the program: what the files became, and what went wrong with the program itself."""
    with tempfile.TemporaryDirectory(prefix="fangan-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        made = folder / "made"
        made.mkdir()
        _write_profile(folder / "profile")
        files = [folder / f"{at}.{job.ending}" for at, job in enumerate(jobs)]
        for file, job in zip(files, jobs, strict=True):
            file.write_bytes(job.data)
        order = [soffice, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
        order += ["--nolockcheck", "--nodefault", "--nologo", f"--infilter={jobs[0].filter}"]
        order += ["--convert-to", "docx:MS Word 2007 XML", "--outdir", str(made), *map(str, files)]
        failed = _watch(order, folder, made, limits)
        _remove_pipe((folder / "profile").as_uri())
        return [_result(made / f"{at}.docx", limits) for at in range(len(jobs))], failed


def _result(file: Path, limits: Limits) -> bytes | str | None:
    with suppress(OSError):
        size = file.stat().st_size
        if size > limits.file_bytes:
            return f"converted it has {size:,} bytes, {limits.file_bytes:,} are the most"
        # What the program was writing when it was stopped is no archive yet: its directory comes last.
        data = file.read_bytes()
        return data if b"PK\x05\x06" in data[-66_000:] else None
    return None


def _watch(order: list[str], folder: Path, made: Path, limits: Limits) -> str | None:
    """Run the program until it ends, or has done nothing for too long; what went wrong."""
    place = {"HOME": str(folder), "TMPDIR": str(folder), "SAL_USE_VCLPLUGIN": "svp"} if os.name == "posix" else {}
    environment = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()} | place
    environment.pop("DISPLAY", None)
    new_group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)
    try:
        process = subprocess.Popen(
            order,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=os.name == "posix",
            creationflags=new_group,
        )
    except OSError as error:
        return f"LibreOffice cannot be started: {error}"
    try:
        _limit(process.pid, limits)
        until, done = time.monotonic() + limits.seconds, 0
        while True:
            with suppress(subprocess.TimeoutExpired):
                code = process.wait(_LOOK)
                return None if code == 0 else "LibreOffice failed on it; the file may be damaged"
            count = sum(1 for _ in made.iterdir())
            if count > done:
                until, done = time.monotonic() + limits.seconds, count
            if time.monotonic() > until:
                return f"LibreOffice was not done with it within {limits.seconds:g} seconds"
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and what it started."""
    if os.name == "posix":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        subprocess.run(["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
    process.wait()


def _remove_pipe(profile: str) -> None:
    """Remove the pipe that LibreOffice leaves where it was stopped; its name is made of the user and the profile."""
    if os.name == "posix":
        digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
        name = "".join(f"{byte:x}" for byte in digest)
        with suppress(OSError):
            Path(f"/tmp/OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}").unlink()


def _limit(pid: int, limits: Limits) -> None:
    """Limit what the program may take, where the system can; its children inherit it."""
    if sys.platform == "linux":
        import resource

        largest = max(limits.file_bytes, _OWN_FILES)
        for kind, most in ((resource.RLIMIT_AS, limits.memory_bytes), (resource.RLIMIT_FSIZE, largest)):
            with suppress(OSError, ValueError):
                resource.prlimit(pid, kind, (most, most))


def _write_profile(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{items}</oor:items>",
        encoding="utf-8",
    )
