"""Files that were made, or happen, to do harm: a row with an error, in bounded time and memory."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import fangan as fg
import pytest
from fangan import _workers

TEXT = "关于开展植树活动的通知"
PAGE = f"<html><head><title>通知</title></head><body><p>{TEXT}</p><p>一、植树100棵。</p></body></html>"
HUGE_PAGE = "<html><body>" + "<div><p>一、植树。</p></div>" * 60_000 + "</body></html>"

posix = pytest.mark.skipif(os.name == "nt", reason="pipes and links of POSIX")


def errors(path: Path, **limits: float) -> dict[str, str | None]:
    sources = fg.read(path, limits=fg.Limits(**limits)).sources  # type: ignore[arg-type]
    return dict(sources.select("source_id", "error").rows())


@posix
def test_loops_of_links_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "elsewhere").symlink_to(tmp_path / "a")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "again").symlink_to(tmp_path / "a")
    (tmp_path / "itself.txt").symlink_to(tmp_path / "itself.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = errors(tmp_path)
    assert [name for name, error in found.items() if error is None] == ["a/a.txt"]
    assert {"gone.txt", "itself.txt"} <= set(found)
    # pathlib's ** does not follow links, so that these patterns end too.
    assert fg.read(f"{tmp_path}/**/a.txt").sources["source_id"].to_list() == ["a/a.txt"]
    assert fg.read(f"{tmp_path}/**").sources["source_id"].to_list() == ["a/a.txt"]


@posix
def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "linked").symlink_to(tmp_path / "data")
    assert fg.read(tmp_path / "project").sources["source_id"].to_list() == ["linked/a.txt"]


@posix
@pytest.mark.parametrize("ending", ["txt", "html", "zip", "csv"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"a.{ending}")
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(os.path.relpath(tmp_path / f"b.{ending}"))
        sources = fg.read(tmp_path, text="content").sources
    assert sources["error"].str.contains("no regular file").to_list() == [True, True]
    assert "no regular file" in fg.read("/dev/zero").sources["error"][0]


@posix
def test_a_text_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(5 << 30)  # takes no room on the disk
    begun = time.monotonic()
    (error,) = errors(tmp_path).values()
    assert error is not None
    assert "has 5368709120 bytes; limits.file_bytes is 268435456" in error
    assert time.monotonic() - begun < 30
    page = tmp_path / "a.html"
    with page.open("wb") as file:
        file.write(PAGE.encode())
        file.truncate(5 << 30)
    assert "limits.file_bytes" in str(errors(page)["a.html"])


def test_a_file_that_grows_is_not_half_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT * 200_000, encoding="utf-8")
    stop = threading.Event()

    def grow() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not stop.is_set():
                file.write(TEXT)
                file.flush()
                time.sleep(0.0005)

    writer = threading.Thread(target=grow)
    writer.start()
    try:
        found = {str(errors(path)["a.txt"]).rpartition(": ")[2] for _ in range(4)}
    finally:
        stop.set()
        writer.join()
    assert found <= {"was changed while it was read; read it again", "None"}
    assert "was changed while it was read; read it again" in found
    assert errors(path)["a.txt"] is None


@pytest.mark.parametrize("name", ["a.html", "a.txt"])
def test_text_that_is_too_long_is_a_row(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(PAGE if name == "a.html" else TEXT, encoding="utf-8")
    assert "limits.text_bytes is 10" in str(errors(tmp_path, text_bytes=10)[name])


# Processes


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.html").write_text(PAGE, encoding="utf-8")
    errors(tmp_path)  # what reads pages is loaded
    (tmp_path / "huge.html").write_text(HUGE_PAGE, encoding="utf-8")
    found = errors(tmp_path, seconds=0.2)
    assert "takes longer than 0.2 seconds (limits.seconds)" in str(found.pop("huge.html"))
    # One that came to a process that had to be started anew may be late as well; the others are there.
    assert sum(error is None for error in found.values()) >= 3
    assert set(errors(tmp_path).values()) == {None}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps to limits of memory")
def test_a_page_that_takes_too_much_memory_is_given_up(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "huge.html").write_text(HUGE_PAGE, encoding="utf-8")
    assert set(errors(tmp_path).values()) == {None}
    found = errors(tmp_path, memory_bytes=1)
    assert all("memory" in str(error) for error in found.values())
    assert set(errors(tmp_path).values()) == {None}, "the limit is that of one call"


def test_a_process_that_breaks_down_takes_no_other_with_it(tmp_path: Path) -> None:
    for number in range(12):
        (tmp_path / f"{number:02}.html").write_text(PAGE * 20, encoding="utf-8")
    errors(tmp_path)
    victim = _workers._POOL._waiting[-1]._process
    assert victim is not None
    killer = threading.Timer(0.05, victim.kill)
    killer.start()
    found = errors(tmp_path)
    killer.join()
    victim.wait()
    broken = [error for error in found.values() if error is not None]
    assert len(broken) <= 1
    assert all("its reader broke down" in error for error in broken)
    assert set(errors(tmp_path).values()) == {None}


@posix
def test_ctrl_c_ends_the_processes_too(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.html").write_text(HUGE_PAGE[:60_000], encoding="utf-8")
    code = "import sys, fangan as fg; print('ready', flush=True); fg.read(sys.argv[1], progress=False)"
    job = subprocess.Popen(
        [sys.executable, "-c", code, tmp_path], stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    )
    assert job.stdout is not None
    job.stdout.readline()
    time.sleep(1.5)
    os.killpg(job.pid, signal.SIGINT)
    _, told = job.communicate(timeout=20)
    assert job.returncode != 0
    assert b"KeyboardInterrupt" in told
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.killpg(job.pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("a process of the group is left")


def test_without_processes_pages_are_read_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    whole = fg.read(tmp_path)
    monkeypatch.setattr(_workers._Worker, "_started", lambda worker: None)
    assert fg.read(tmp_path).equals(whole)


def test_a_reader_never_reaches_the_network(tmp_path: Path) -> None:
    hits: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def listen() -> None:
            while True:
                try:
                    hits.append(server.accept())
                except OSError:
                    return

        threading.Thread(target=listen, daemon=True).start()
        address = f"http://127.0.0.1:{port}"
        page = (
            f'<!DOCTYPE html SYSTEM "{address}/a.dtd"><html><head><link rel=stylesheet href="{address}/a.css">'
            f'<base href="{address}/"><meta http-equiv=refresh content="0;url={address}/b"></head><body>'
            f'<p>{TEXT}</p><p>一、植树100棵。</p><img src="{address}/a.png"><iframe src="{address}/c.html"></iframe></body></html>'
        )
        (tmp_path / "a.html").write_text(page, encoding="utf-8")
        assert fg.read(tmp_path).plans.height == 1
        time.sleep(0.2)
    assert hits == []
