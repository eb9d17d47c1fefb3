"""What must hold however files come in, and whatever happened to them in between."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import shutil
import sys
import zipfile
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan import _convert, _read, _workers, cli
from tqdm import tqdm

PLAN = "望海市{}年植树活动实施方案\n一、目标\n植树{}棵。"
PAGE = "<html><head><title>通知</title></head><body><p>关于开展植树活动的通知</p><p>一、植树100棵。</p></body></html>"


def write(path: Path, *rows: tuple[str, str], **given: list[object]) -> None:
    pl.DataFrame({"id": [row[0] for row in rows], "c": [row[1] for row in rows], **given}).write_csv(path)


def texts(corpus: fg.Corpus) -> list[str]:
    return sorted(corpus._texts["text"])


# Lazy


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_rows_are_cut_off_before_or_after_they_are_chosen_as_the_query_says(tmp_path: Path, engine: str) -> None:
    for number, year in enumerate((2010, 2011, 2010, 2011)):
        (tmp_path / f"{number}.txt").write_text(PLAN.format(year, number), encoding="utf-8")
    plans = fg.scan(tmp_path)
    of_2011 = pl.col("year") == 2011
    for query, expected in (
        (plans.head(2).filter(of_2011), ["1.txt"]),
        (plans.filter(of_2011).head(1), ["1.txt"]),
        (plans.head(1).filter(of_2011), []),
        (plans.filter(of_2011).head(2).filter(pl.col("source_id") > "2"), ["3.txt"]),
        (plans.slice(1, 2).filter(of_2011), ["1.txt"]),
    ):
        assert query.collect(engine=engine)["source_id"].to_list() == expected  # type: ignore[call-overload]


# Conversions


def test_ids_that_two_tables_share_lose_nothing(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    write(inputs / "b.csv", ("x", "甲"), ("y", "乙"))
    fg.convert(inputs, out, text="c", id="id", shard_bytes=1)
    # As if it had been stopped after the first row.
    shutil.rmtree(sorted(out.glob("shard-*"))[1])
    write(inputs / "a.csv", ("x", "丙"))
    fg.convert(inputs, out, text="c", id="id", shard_bytes=1)
    corpus = fg.Corpus.from_parquet(out)
    assert texts(corpus) == sorted("甲乙丙")
    assert corpus.sources["source_id"].is_unique().all()


def test_a_table_that_is_gone_does_not_rename_what_is_there(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    write(inputs / "a.csv", ("x", "甲"))
    write(inputs / "b.csv", ("x", "乙"), ("z", "丙"))
    fg.convert(inputs, out, text="c", id="id", shard_bytes=1)
    shutil.rmtree(sorted(out.glob("shard-*"))[2])
    (inputs / "a.csv").unlink()
    fg.convert(inputs, out, text="c", id="id", shard_bytes=1)
    assert texts(fg.Corpus.from_parquet(out)) == sorted("乙丙")


def test_tables_of_ours_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(2010, 1), encoding="utf-8")
    fg.convert(tmp_path, tmp_path / "tables")
    fg.read(tmp_path / "a.txt").to_parquet(tmp_path / "corpus")
    assert fg.read(tmp_path, text="text").sources["source_id"].to_list() == ["a.txt"]
    assert fg.convert(tmp_path, tmp_path / "more", text="text").n_sources == 1


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
def test_the_output_may_lie_in_the_input_under_another_name(tmp_path: Path) -> None:
    inputs = tmp_path / "in"
    inputs.mkdir()
    write(inputs / "a.csv", ("x", "甲"))
    (tmp_path / "link").symlink_to(inputs)
    for _ in range(3):
        assert fg.convert(inputs, tmp_path / "link" / "out", text="c").n_sources == 1


def test_a_folder_that_cannot_be_listed_is_a_row_and_keeps_what_was_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    (inputs / "sub").mkdir(parents=True)
    (inputs / "a.txt").write_text(PLAN.format(2010, 1), encoding="utf-8")
    (inputs / "sub" / "b.txt").write_text(PLAN.format(2011, 2), encoding="utf-8")
    assert fg.convert(inputs, out, shard_bytes=1).n_sources == 2
    scandir = os.scandir

    def refused(path: str) -> object:
        if str(path).endswith("sub"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", refused)
        sources = fg.read(inputs).sources
        assert sources["source_id"].to_list() == ["a.txt", "sub"]
        assert "is a folder" in sources["error"][1]
        fg.convert(inputs, out, shard_bytes=1)
        assert "sub/b.txt" in fg.Corpus.from_parquet(out).sources["source_id"].to_list()
    done = fg.convert(inputs, out, shard_bytes=1)
    assert sorted(fg.Corpus.from_parquet(out).sources["source_id"]) == ["a.txt", "sub/b.txt"]
    assert done.errors.is_empty()


def test_what_failed_is_tried_again_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    (inputs / "a.html").write_text(PAGE, encoding="utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(_workers._Worker, "_started", lambda worker: None)
        patched.setitem(sys.modules, "trafilatura", None)
        assert fg.convert(inputs, out).errors.height == 1
    assert fg.convert(inputs, out).n_parsed == 0
    done = fg.convert(inputs, out, retry_errors=True)
    assert (done.n_parsed, done.n_plans, done.errors.height) == (1, 1, 0)


def test_another_job_is_not_written_over_this_one(tmp_path: Path) -> None:
    for year in ("2011", "2012"):
        (tmp_path / year).mkdir()
        (tmp_path / year / f"{year}.txt").write_text(PLAN.format(year, 1), encoding="utf-8")
    out = tmp_path / "out"
    fg.convert(tmp_path / "2011", out)
    with pytest.raises(fg.InvalidArgumentError, match="holds the tables of other files"):
        fg.convert(tmp_path / "2012", out)
    assert fg.Corpus.from_parquet(out).sources.height == 1


def test_words_that_changed_are_other_words(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(2010, 1), encoding="utf-8")
    words = tmp_path / "words"
    words.mkdir()
    table = fg.lexicon("stop_words").head(3)
    table.write_csv(words / "stop_words.tsv", separator="\t")
    fg.convert(tmp_path / "a.txt", tmp_path / "out", lexicon=words)
    table.head(2).write_csv(words / "stop_words.tsv", separator="\t")
    with pytest.raises(fg.InvalidArgumentError, match="was begun with"):
        fg.convert(tmp_path / "a.txt", tmp_path / "out", lexicon=words)


def test_what_was_left_behind_is_in_nobodys_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(PLAN.format(2010, 1), encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "convert.json.part").write_text("{", encoding="utf-8")
    (out / ".DS_Store").write_text("", encoding="utf-8")
    fg.convert(tmp_path / "a.txt", out)
    (tmp_path / "a.txt").write_text(PLAN.format(2011, 100), encoding="utf-8")
    remove = shutil.rmtree

    def stopped(path: Path, **options: bool) -> None:
        if Path(path).name.startswith("shard-"):
            (Path(path) / "files.json").unlink()
            raise KeyboardInterrupt
        remove(path, **options)

    with monkeypatch.context() as patched:
        patched.setattr(_convert.shutil, "rmtree", stopped)
        with pytest.raises(KeyboardInterrupt):
            fg.convert(tmp_path / "a.txt", out)
    assert not list(out.glob("shard-*")), "what is half removed is no shard"
    assert fg.convert(tmp_path / "a.txt", out).n_parsed == 1
    assert fg.Corpus.from_parquet(out).plans["year"].to_list() == [2011]


# Tables


def test_columns_of_any_name_and_type_have_a_place(tmp_path: Path) -> None:
    text = PLAN.format(2010, 1)
    pl.DataFrame({"c": [text], "title": ["甲"], "given_title": ["乙"], "n": [1]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"c": [text], "title": ["丙"], "n": [1.5]}).write_parquet(tmp_path / "b.parquet")
    pl.DataFrame({"c": [text], "n": [["x"]]}).write_parquet(tmp_path / "d.parquet")
    corpus = fg.read(tmp_path, text="c")
    assert corpus.plans.select("given_title", "given_given_title", "n").rows() == [
        ("甲", "乙", "1"), ("丙", None, "1.5"), (None, None, "['x']")
    ]  # fmt: skip
    assert fg.scan(tmp_path, text="c").collect().equals(corpus.plans)
    assert fg.Corpus.from_parquet(fg.convert(tmp_path, tmp_path / "out", text="c").folder).equals(corpus)


def test_columns_of_every_type_go_wherever_tables_go(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame(
        {
            "c": ["关于开展植树活动的通知", "通知"],
            "bytes": [b"x\xff", None],
            "moment": [datetime(2020, 1, 1, tzinfo=UTC), None],
            "day": [date(2020, 1, 1), None],
            "time": [time(1), None],
            "duration": [timedelta(1), None],
            "list": [[1, 2], None],
            "struct": [{"a": 1}, None],
            "decimal": [Decimal("1.50"), None],
            "none": [None, None],
            "category": pl.Series(["x", "y"], dtype=pl.Categorical),
        }
    ).write_parquet(tmp_path / "a.parquet")
    corpus = fg.read(tmp_path / "a.parquet", text="c")
    assert fg.scan(tmp_path / "a.parquet", text="c").collect().equals(corpus.plans)
    assert corpus.plans["category"].dtype == pl.Categorical
    fg.show(corpus.plans)._repr_html_()
    corpus.report(tmp_path / "a.html")
    for form in ("parquet", "csv", "xlsx"):
        out = str(tmp_path / form)
        assert cli.main(["read", str(tmp_path / "a.parquet"), "--text", "c", "-o", out, "--format", form]) == 0
    assert fg.Corpus.from_parquet(tmp_path / "parquet").equals(corpus)
    assert capsys.readouterr().err == ""


def test_a_damaged_table_keeps_the_rows_before(tmp_path: Path) -> None:
    lines = ["id,c", *(f"{number},植树{os.urandom(900).hex()}" for number in range(1_500))]
    data = "\n".join(lines).encode()
    packed = {"a.csv.gz": gzip.compress(data), "b.csv.xz": lzma.compress(data), "c.csv.bz2": bz2.compress(data)}
    for name, content in packed.items():
        (tmp_path / name).write_bytes(content[: len(content) // 2])
    (tmp_path / "d.csv.gz").write_bytes(gzip.compress(b"id,c\n" + (b"1," + b"a" * 20_000 + b"\n") * 1_000))
    with zipfile.ZipFile(tmp_path / "e.zip", "w") as archive:
        archive.writestr("e.csv", data)
    broken = bytearray((tmp_path / "e.zip").read_bytes())
    broken[len(data) - 5] ^= 1
    (tmp_path / "e.zip").write_bytes(bytes(broken))
    (tmp_path / "f.txt").write_text(PLAN.format(2010, 1), encoding="utf-8")
    sources = fg.read(tmp_path, text="c").sources
    failed = dict(sources.filter(pl.col("error").is_not_null()).select("source_id", "error").rows())
    said = {"a": "cannot be read", "b": "cannot be read", "c": "ended before", "d": "limits.ratio", "e": "CRC"}
    for letter, error in said.items():
        assert any(error in told for name, told in failed.items() if name.startswith(letter)), (letter, failed)
    assert sources.height > 2_000, "rows before the damage are there"
    assert sources["source_id"].to_list()[-1] == "f.txt"


def test_tables_that_come_later_may_have_other_columns(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    pl.DataFrame({"c": ["甲"], "n": [1]}).write_parquet(inputs / "a.parquet")
    fg.convert(inputs, out, text="c")
    pl.DataFrame({"c": ["乙"], "n": ["x"], "m": [2]}).write_parquet(inputs / "b.parquet")
    fg.convert(inputs, out, text="c")
    assert fg.Corpus.from_parquet(out).plans.select("n", "m").rows() == [("1", None), ("x", 2)]


def test_mistakes_in_arguments_are_said(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", ("x", "甲"))
    for call, said in (
        (lambda: fg.read(tmp_path, text="c", id="c"), "the same column"),
        (lambda: fg.read(tmp_path, text="c", threads=-1), "threads is -1"),
        (lambda: fg.read(tmp_path, text="c", threads="2"), "threads is '2'"),  # type: ignore[arg-type]
        (lambda: fg.convert(tmp_path, tmp_path / "o", text="c", shard_bytes="1"), "shard_bytes is '1'"),  # type: ignore[arg-type]
        (lambda: fg.Limits(file_bytes=2**64), "file_bytes is 18446744073709551616; give a whole number"),
        (lambda: fg.Limits(file_bytes=1e6), "file_bytes is 1000000.0; give a whole number"),  # type: ignore[arg-type]
        (lambda: fg.Limits(seconds=float("inf")), "seconds is inf"),
    ):
        with pytest.raises(fg.InvalidArgumentError, match=said):
            call()  # type: ignore[no-untyped-call]
    sources = fg.read([tmp_path / "a\0b", tmp_path / ("长" * 3_000)]).sources
    assert sources["error"].is_not_null().all()


def test_a_file_in_a_cell_has_the_same_limit(tmp_path: Path) -> None:
    cells = [PLAN.format(2010, 1).encode(), PAGE.encode()]
    pl.DataFrame({"c": cells}).write_parquet(tmp_path / "a.parquet")
    errors = fg.read(tmp_path, text="c", limits=fg.Limits(file_bytes=50)).sources["error"]
    assert errors.str.contains("limits.file_bytes is 50").to_list() == [True, True]


# Names


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes")
def test_names_that_are_no_utf8_are_read(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)
    for name, content in (
        ("甲.txt", PLAN.format(2010, 1)),
        ("乙.txt", PLAN.format(2011, 1)),
        ("丙.html", PAGE),
        ("丁.csv", "id,c\nx,植树"),
    ):
        with open(os.path.join(folder, name.encode("gbk")), "wb") as file:
            file.write(content.encode())
    corpus = fg.read(tmp_path / "in", text="c")
    assert corpus.sources["error"].is_null().all()
    assert corpus.sources["source_id"].is_unique().all()
    assert corpus.sources.height == 4
    done = fg.convert(tmp_path / "in", tmp_path / "out", text="c")
    assert fg.Corpus.from_parquet(done.folder).sources["source_id"].sort().equals(corpus.sources["source_id"].sort())
    assert fg.convert(tmp_path / "in", tmp_path / "out", text="c").n_parsed == 0


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.zip", "a.html"])
def test_an_empty_file_says_that_it_is_empty(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"")
    assert "the file is empty" in fg.read(tmp_path / name).sources["error"][0]


# Processes


def test_processes_find_their_modules_and_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "html.py").write_text("raise SystemExit('a document was run')", encoding="utf-8")
    _workers._POOL.end()
    _workers._POOL._waiting.clear()
    monkeypatch.syspath_prepend("")
    monkeypatch.setattr(sys, "path", ["", tmp_path / "nowhere", *sys.path])
    monkeypatch.chdir(tmp_path)
    worker = _workers._Worker()
    assert worker._started() is not None
    worker.end()
    assert fg.read("a.html").sources["error"].to_list() == [None]


def test_a_bar_grows_with_what_archives_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.csv", *((str(number), "甲") for number in range(5)))
    monkeypatch.setattr(_read, "_SOURCES", 2)
    bars: list[tqdm] = []  # type: ignore[type-arg]
    monkeypatch.setattr("tqdm.auto.tqdm", lambda **options: bars.append(tqdm(**options, file=io.StringIO())) or bars[0])
    fg.read(tmp_path, text="c", progress=True)
    assert [(bar.n, bar.total) for bar in bars] == [(5, 5)]


def test_progress_goes_on_while_pages_are_opened(tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"{number}.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / f"{number}.txt").write_text(PLAN.format(2010, number), encoding="utf-8")
    seen: list[tuple[int, int]] = []
    fg.read(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert len(seen) > 6
    assert seen == sorted(seen)
    assert seen[-1] == (12, 12)
