from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from conftest import NOTICE


def test_folder_is_searched_and_named(folder: Path) -> None:
    sources = fg.read(folder).sources
    assert sources["source_id"].to_list() == ["a.txt", "inner/b.md"]
    assert sources["format"].to_list() == ["txt", "md"]
    assert sources["path"].to_list() == [str(folder / "a.txt"), str(folder / "inner" / "b.md")]


def test_file_glob_and_list(folder: Path) -> None:
    assert fg.read(folder / "a.txt").sources["source_id"].to_list() == ["a.txt"]
    assert fg.read(str(folder / "notes.dat")).sources["format"].to_list() == ["txt"]
    assert fg.read(f"{folder}/**/*.md").sources["source_id"].to_list() == ["inner/b.md"]
    both = fg.read([folder / "a.txt", str(folder / "inner"), folder / "a.txt"])
    assert both.sources["source_id"].to_list() == ["a.txt", "b.md"], "each file once"


def test_names_that_collide_are_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(NOTICE, encoding="utf-8")
    ids = fg.read([tmp_path / "one", tmp_path / "two"]).sources["source_id"].to_list()
    assert ids == [(tmp_path / name / "plan.txt").as_posix() for name in ("one", "two")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(NOTICE.encode(encoding))
    corpus = fg.read(tmp_path)
    assert corpus.source_text("a.txt").removeprefix("\ufeff") == NOTICE
    assert corpus.sources["encoding"][0] == "utf-8"


def test_unreadable_file_is_a_row(folder: Path) -> None:
    corpus = fg.read([folder / "a.txt", folder / "gone.txt", folder / "inner" / "b.md"])
    assert corpus.sources["source_id"].to_list() == ["a.txt", "gone.txt", "b.md"]
    errors = corpus.sources["error"].to_list()
    assert errors[0] is None
    assert errors[2] is None
    assert "gone.txt" in errors[1]
    assert corpus.source_text("gone.txt") == ""
    assert corpus.verify().ok
    assert "1 could not be read" in repr(corpus)


@pytest.mark.skipif(os.name != "posix", reason="names of files are bytes on POSIX only")
def test_file_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = os.path.join(os.fsencode(tmp_path), b"\xb7\xbd.txt")
    try:
        Path(os.fsdecode(path)).write_text(NOTICE, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    corpus = fg.read(tmp_path)
    assert corpus.sources["error"].to_list() == [None]
    assert len(corpus) >= 1


def test_nothing_to_read_is_the_callers_mistake(tmp_path: Path) -> None:
    with pytest.raises(fg.ReadError, match="does not exist"):
        fg.read(tmp_path / "gone.txt")
    with pytest.raises(fg.ReadError, match="holds no document"):
        fg.read(tmp_path)
    with pytest.raises(fg.ReadError, match="holds no document"):
        fg.read(f"{tmp_path}/*.txt")
    assert len(fg.read([])) == 0


def test_progress_is_told(folder: Path) -> None:
    calls: list[tuple[int, int]] = []
    fg.read(folder, progress=lambda done, total: calls.append((done, total)))
    assert calls[-1] == (2, 2)


def test_a_progress_function_that_raises_stops_the_work() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fg.parse([NOTICE] * 3, progress=stop)


def test_the_number_of_threads_does_not_matter() -> None:
    texts = {f"t{number}": NOTICE.replace("2010", str(1990 + number)) for number in range(30)}
    assert fg.parse(texts, threads=1).equals(fg.parse(texts, threads=3))


def test_strings_are_named() -> None:
    assert fg.parse("通知").sources["source_id"].to_list() == ["text"]
    assert fg.parse(["通知"] * 10).sources["source_id"].to_list()[::9] == ["text-01", "text-10"]
    assert fg.parse({"名": "通知"}).plans["plan_id"].to_list() == ["名#1"]
    assert fg.parse([]).plans.is_empty()


STOPPED = """
import signal, sys, threading
import fangan as fg
texts = [sys.argv[1]] * 40_000
timer = threading.Timer(0.05, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
try:
    timer.start()
    fg.parse(texts)
except KeyboardInterrupt:
    print("stopped")
"""


@pytest.mark.skipif(not hasattr(signal, "pthread_kill"), reason="needs POSIX signals")
def test_control_c_stops_long_work() -> None:
    # In a process of its own: here, other tools' hooks into the garbage collector could swallow the interrupt.
    done = subprocess.run([sys.executable, "-c", STOPPED, NOTICE], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "stopped", done.stderr


class Column:
    """What another library gives: nothing but Arrow's interface."""

    def __init__(self, series: pl.Series) -> None:
        self.series = series

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.series.__arrow_c_stream__(requested_schema)


def test_columns_of_any_library_are_texts() -> None:
    texts = [NOTICE, "关于植树的通知", ""]
    ids = ["a", "b", "c"]
    expected = fg.parse(dict(zip(ids, texts, strict=True)))
    column = pl.Series("content", texts)
    pandas = pytest.importorskip("pandas")
    for given in (column, column.cast(pl.Categorical), Column(column), pandas.Series(texts), iter(texts)):
        assert fg.parse(given, ids=pl.Series(ids)).equals(expected), type(given).__name__
    assert fg.parse(column).sources["source_id"].to_list() == ["text-1", "text-2", "text-3"]
    assert fg.parse("关于植树的通知", ids="b").equals(fg.parse({"b": "关于植树的通知"}))
    assert fg.parse(pl.Series([], dtype=pl.Null)).sources.is_empty()


def test_a_column_that_needs_another_package_is_gone_through() -> None:
    class Lone(list):
        """A column of pandas where pyarrow is not installed."""

        def __arrow_c_stream__(self, requested_schema: object = None) -> object:
            raise ImportError("pyarrow is required")

    assert fg.parse(Lone(["关于植树的通知"]), ids=Lone(["a"])).plans["plan_id"].to_list() == ["a#1"]


def test_columns_that_are_no_texts_are_refused() -> None:
    for ask, said in (
        (lambda: fg.parse(pl.Series([1, 2])), "a column of Int64; a column of strings is needed"),
        (lambda: fg.parse(pl.DataFrame({"a": ["通知"]})), "a whole table; give its column"),
        (lambda: fg.parse(pl.Series(["通知", None])), "source 'text-2': a string is needed, not null; leave nulls out"),
        (lambda: fg.parse(["甲", "乙"], ids=["a"]), "2 texts and 1 ids"),
        (lambda: fg.parse(["甲", "乙"], ids=["a", "a"]), "two texts have the id 'a'"),
        (lambda: fg.parse(["甲"], ids=[None]), "not null"),
        (lambda: fg.parse({"a": "甲"}, ids=["a"]), "has its ids already"),
    ):
        with pytest.raises(fg.InvalidArgumentError, match=said):
            ask()
