"""Big jobs: shards are whole or not there, and a job that was stopped goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib import resources
from pathlib import Path

import fangan as fg
import polars as pl
import pytest

SAMPLES = Path(str(resources.files("fangan").joinpath("samples", "texts")))


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    for path in sorted(SAMPLES.iterdir())[:6]:
        (folder / path.name).write_bytes(path.read_bytes())
    return folder


def test_shards_hold_what_read_gives(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = fg.convert(SAMPLES, out, shard_bytes=20_000, progress=False)
    assert done.n_shards > 3
    assert (done.n_sources, done.n_parsed, done.errors.height) == (30, 30, 0)
    assert fg.Corpus.from_parquet(out).equals(fg.samples())
    lazily = pl.scan_parquet(f"{out}/shard-*/phases.parquet").collect()
    assert lazily.equals(fg.samples().phases)
    one = fg.Corpus.from_parquet(out / "shard-00000")
    assert one.verify().ok
    assert str(done) == f"30 sources in {done.n_shards} shards, 30 of them parsed now: {out}"


def test_a_second_call_only_does_what_is_new(tmp_path: Path, texts: Path) -> None:
    out = tmp_path / "out"
    fg.convert(texts, out, shard_bytes=1)
    before = {path: path.stat().st_mtime_ns for path in out.glob("shard-*/plans.parquet")}
    assert fg.convert(texts, out, shard_bytes=1).n_parsed == 0
    assert {path: path.stat().st_mtime_ns for path in out.glob("shard-*/plans.parquet")} == before
    (texts / "00_new.txt").write_text("望海市植树活动实施方案", encoding="utf-8")
    assert fg.convert(texts, out).n_parsed == 1
    changed = sorted(texts.iterdir())[2]
    changed.write_text("望海市防汛工作方案", encoding="utf-8")
    sorted(texts.iterdir())[3].unlink()
    fg.convert(texts, out)
    now, read = fg.Corpus.from_parquet(out), fg.read(texts)
    assert now.plans.sort("plan_id").equals(read.plans.sort("plan_id"))
    assert now.sources.sort("source_id").equals(read.sources.sort("source_id"))


def test_files_that_cannot_be_read_are_told(tmp_path: Path, texts: Path) -> None:
    done = fg.convert([texts, tmp_path / "gone.txt"], tmp_path / "out")
    assert done.errors["source_id"].to_list() == ["gone.txt"]
    assert "1 could not be read" in str(done)


def test_a_folder_belongs_to_one_job(tmp_path: Path, texts: Path) -> None:
    out = tmp_path / "out"
    fg.convert(texts, out)
    with pytest.raises(fg.InvalidArgumentError, match="was begun with"):
        fg.convert(texts, out, repairs=["pinyin"])
    with pytest.raises(fg.InvalidArgumentError, match="holds other things"):
        fg.convert(texts, texts)
    assert not (texts / ".lock").exists()
    with pytest.raises(fg.InvalidArgumentError, match="shard_bytes is 0"):
        fg.convert(texts, tmp_path / "other", shard_bytes=0)
    (tmp_path / "file").write_text("x")
    with pytest.raises(fg.ReadError, match="cannot be written"):
        fg.convert(texts, tmp_path / "file")
    with pytest.raises(fg.ReadError, match="holds no corpus"):
        fg.Corpus.from_parquet(texts)


def test_two_processes_do_not_write_one_folder(tmp_path: Path, texts: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    out = tmp_path / "out"
    out.mkdir()
    with (out / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(fg.InvalidArgumentError, match="another process"):
            fg.convert(texts, out)
    assert fg.convert(texts, out).n_sources == 6


def test_a_full_disk_loses_no_finished_shard(tmp_path: Path, texts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write, written = pl.DataFrame.write_parquet, []

    def full(frame: pl.DataFrame, path: Path) -> None:
        if len(written) > 30:
            raise OSError(28, "No space left on device")
        written.append(path)
        write(frame, path)

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    with pytest.raises(fg.ReadError, match="No space left on device"):
        fg.convert(texts, out, shard_bytes=1)
    monkeypatch.undo()
    assert len(fg.Corpus.from_parquet(out).sources) == 2, "two shards of thirteen tables were finished"
    assert fg.convert(texts, out).n_parsed == 4
    assert fg.Corpus.from_parquet(out).equals(fg.read(texts))


JOB = """
import sys, fangan as fg
print("ready", flush=True)
fg.convert(sys.argv[1], sys.argv[2], shard_bytes=1, threads=1, progress=False)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGINT])
def test_a_job_that_was_stopped_goes_on(tmp_path: Path, sent: signal.Signals) -> None:
    texts, out = tmp_path / "texts", tmp_path / "out"
    texts.mkdir()
    source = (SAMPLES / "03_luan2018.txt").read_text(encoding="utf-8")
    for number in range(150):
        (texts / f"{number:03}.txt").write_text(source, encoding="utf-8")
    job = subprocess.Popen([sys.executable, "-c", JOB, texts, out], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert job.stdout is not None
    job.stdout.readline()
    until = time.monotonic() + 60
    while len(list(out.glob("shard-*"))) < 5 and time.monotonic() < until:
        time.sleep(0.005)
    job.send_signal(sent)
    assert job.wait(timeout=60) != 0
    finished = sorted(out.glob("shard-*"))
    assert 5 <= len(finished) < 150
    for shard in finished:
        held = json.loads((shard / "files.json").read_text(encoding="utf-8"))
        assert pl.read_parquet(shard / "plans.parquet")["source_id"].to_list() == list(held), "what is there is whole"
    done = fg.convert(texts, out, progress=False)
    assert done.n_parsed == 150 - len(finished)
    assert fg.Corpus.from_parquet(out).equals(fg.read(texts, progress=False))
    assert not (out / ".unfinished").exists()


def test_documents_that_are_there_twice_are_marked(texts: Path, tmp_path: Path) -> None:
    copied = sorted(texts.iterdir())[0]
    again = texts / "zz.txt"
    again.write_text(copied.read_text(encoding="utf-8").replace("。", "。\n"), encoding="gb18030")
    done = fg.convert(texts, tmp_path / "out", shard_bytes=1)
    assert done.duplicates.rows() == [("zz.txt#1", f"{copied.name}#1", "same", 1.0)]
    assert pl.read_parquet(tmp_path / "out" / "duplicates.parquet").equals(done.duplicates)
    assert "1 documents are there twice" in str(done)
    corpus = fg.Corpus.from_parquet(tmp_path / "out")
    assert len(corpus) == done.n_plans, "none is left out"
    assert corpus.duplicates().equals(done.duplicates)
    again.unlink()
    assert fg.convert(texts, tmp_path / "out").duplicates.is_empty()
