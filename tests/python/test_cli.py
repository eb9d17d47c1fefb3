from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from conftest import NOTICE
from fangan import _cli_codes, _cli_words, _files, _read, cli
from fangan._cli_words import Words
from fangan._schema import TABLES
from fangan._terminal import display_width

WHOLE = "日照市2010年植树工作实施方案\n一、目标\n到2010年底，植树80万株。\n二、要求\n各区县落实责任。\n"
GAP = WHOLE.replace("二、要求", "三、要求")
LOCALES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", _cli_words.VARIABLE)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in LOCALES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def good(tmp_path: Path) -> Path:
    folder = tmp_path / "good"
    folder.mkdir()
    (folder / "a.txt").write_text(WHOLE, encoding="utf-8")
    return folder


@pytest.fixture
def locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document with a gap in its numbers, and a file that is gone when it is its turn to be read."""
    folder = tmp_path / "doubtful"
    folder.mkdir()
    (folder / "a.txt").write_text(GAP, encoding="utf-8")
    listing = [(name, folder / name) for name in ("a.txt", "locked.txt")]
    monkeypatch.setattr(_files, "expand", lambda path, tables=False: listing)
    return folder


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = cli.main([str(each) for each in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def process(*arguments: object, **variables: str) -> subprocess.CompletedProcess[bytes]:
    kept = {name: value for name, value in os.environ.items() if name not in LOCALES}
    return subprocess.run(
        [sys.executable, "-m", "fangan", *map(str, arguments)],
        capture_output=True,
        env=kept | variables,
        check=False,
        timeout=120,
    )


# Help, languages, usage


def test_help_as_a_process() -> None:
    done = process("--help", LANG="zh_CN.UTF-8")
    assert done.returncode == 0
    assert "用法：fangan" in done.stdout.decode()
    assert done.stderr == b""
    assert process("--version").stdout.decode().strip() == f"fangan {fg.__version__}"


@pytest.mark.parametrize("command", [[], ["read"], ["compare"], ["report"], ["check"]])
def test_help_is_all_of_one_language(capsys: pytest.CaptureFixture[str], command: list[str]) -> None:
    code, english, _ = run(capsys, *command, "--help")
    assert code == 0
    assert english.startswith("usage: fangan")
    code, chinese, _ = run(capsys, "--language", "zh", *command, "--help")
    assert code == 0
    assert chinese.startswith("用法：fangan")
    for line in chinese.splitlines():
        # What is left in Latin letters are names: of options, commands, variables, formats, programs.
        words = re.findall(r"(?<![-\w./])[a-z]{2,}(?![\w./=])", line)
        assert set(words) <= {
            "fangan",
            "read",
            "compare",
            "report",
            "check",
            "help",
            "en",
            "zh",
            "parquet",
            "csv",
            "xlsx",
        }
    assert max(display_width(line) for line in (english + chinese).splitlines()) <= 100


@pytest.mark.parametrize(
    ("variables", "arguments", "expected"),
    [
        ({"LANG": "zh_CN.UTF-8"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, [], "en"),
        ({"LANG": "de_DE.UTF-8"}, [], "en"),
        ({"LANGUAGE": "zh_TW:en"}, [], "zh"),
        ({"LANG": "zh_CN.UTF-8", "FANGAN_LANGUAGE": "en"}, [], "en"),
        ({"LANG": "en_GB", "FANGAN_LANGUAGE": "zh-CN"}, [], "zh"),
        ({"LANG": "en_GB", "FANGAN_LANGUAGE": "nonsense"}, [], "en"),
        ({"FANGAN_LANGUAGE": "zh"}, ["read", "--language", "en"], "en"),
        ({}, ["--language=zh"], "zh"),
    ],
)
def test_which_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], arguments: list[str], expected: str
) -> None:
    monkeypatch.delenv("LANG")
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert _cli_words.language(arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "english", "chinese"),
    [
        ([], "the following arguments are required: COMMAND", "缺少参数：COMMAND"),
        (["read", "x"], "the following arguments are required: -o/--output", "缺少参数：-o/--output"),
        (["read", "x", "-o"], "argument -o/--output: expected one argument", "-o/--output：缺少取值"),
        (["check", "x", "--nope"], "unrecognized arguments: --nope", "无法识别的参数：--nope"),
        (["read", "x", "-o", "y", "--format", "doc"], "invalid choice: 'doc'", "--format：没有 'doc' 这个选项"),
        (["check", "x", "--rows", "many"], "invalid int value: 'many'", "--rows：应为整数，而不是 'many'"),
        (["compare", "only"], "the following arguments are required: B", "缺少参数：B"),
        (["check", "x", "--rows", "-1"], "--rows is -1", "--rows 为 -1"),
        (["compare", "x", "y", "--rows", "-1"], "--rows is -1", "--rows 为 -1"),
        (["report", "x", "-o", "page.pdf"], "page.pdf must end in .html", "page.pdf 应以 .html 结尾"),
        (
            ["compare", "x", "y", "-o", "z.pdf"],
            "z.pdf must end in .csv .xlsx .html",
            "z.pdf 应以 .csv .xlsx .html 结尾",
        ),
        (
            ["read", "x", "-o", "y.xlsx", "--format", "csv"],
            "y.xlsx does not go with --format csv",
            "与 --format csv 不符",
        ),
    ],
)
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str], english: str, chinese: str) -> None:
    for language, expected in (("en", english), ("zh", chinese)):
        code, out, err = run(capsys, "--language", language, *arguments)
        assert (code, out) == (_cli_codes.USAGE, "")
        assert expected in err
        assert ("错误" in err) == (language == "zh")


def test_everything_is_said_in_both_languages() -> None:
    for name, (english, chinese) in _cli_words._WORDS.items():
        assert english.count("{") == chinese.count("{"), name
        assert any(sign >= "\u4e00" for sign in chinese), name


# read


@pytest.mark.parametrize("form", [None, "parquet", "csv", "xlsx"])
def test_read(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, form: str | None) -> None:
    out = tmp_path / "deep" / "out"
    code, told, err = run(capsys, "read", good, "-o", out, *(["--format", form] if form else []))
    assert (code, err) == (0, "")
    corpus = fg.read(good)
    if form == "xlsx":
        openpyxl = pytest.importorskip("openpyxl")
        assert openpyxl.load_workbook(f"{out}.xlsx").sheetnames == ["About", *TABLES]
        assert told == f"1 source read, 1 document found\nwrote {out}.xlsx\n"
        return
    assert told == f"1 source read, 1 document found\nwrote {out}\n"
    if form == "csv":
        assert {path.stem for path in out.iterdir()} == set(TABLES)
        assert (out / "plans.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        assert pl.read_csv(out / "targets.csv")["quote"].to_list() == corpus.targets["quote"].to_list()
    else:
        assert fg.Corpus.from_parquet(out).equals(corpus)


def test_read_goes_on_where_it_was(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for _ in range(2):
        assert run(capsys, "read", good, "-o", out) == (0, f"1 source read, 1 document found\nwrote {out}\n", "")
    assert len(list(out.glob("shard-*"))) == 1


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_read_tables(capsys: pytest.CaptureFixture[str], tmp_path: Path, form: str) -> None:
    (tmp_path / "a.csv").write_text(
        "url,content\nx,关于开展植树活动的通知\ny,关于开展绿化活动的通知\n", encoding="gb18030"
    )
    out = tmp_path / "out"
    options = ["--text", "content", "--id", "url", "--format", form]
    code, told, _ = run(capsys, "read", tmp_path / "a.csv", "-o", out, *options)
    assert (code, told) == (0, f"2 sources read, 2 documents found\nwrote {out}\n")
    code, _, err = run(capsys, "read", tmp_path / "a.csv", "-o", tmp_path / "other", "--format", form)
    assert code == _cli_codes.USAGE
    assert "text=" in err


def test_heads_follow_the_language_unless_told(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path) -> None:
    for language, heads, expected in (("zh", None, "方案编号"), ("zh", "en", "plan_id"), ("en", "zh", "方案编号")):
        chosen = ["--heads", heads] if heads else []
        arguments = ["--language", language, "read", good, "-o", tmp_path / "out", "--format", "csv", *chosen]
        assert run(capsys, *arguments)[0] == 0
        assert pl.read_csv(tmp_path / "out" / "plans.csv").columns[0] == expected
    assert "等于" in pl.read_csv(tmp_path / "out" / "targets.csv")["比较"].to_list()


def test_read_several_and_into_a_folder(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("xlsxwriter")
    target = tmp_path / "out"
    target.mkdir()
    code, told, _ = run(
        capsys,
        "read",
        folder / "a.txt",
        folder / "inner" / "b.md",
        "-o",
        target,
        "--format",
        "xlsx",
        "--language",
        "zh",
    )
    assert code == 0
    assert "读取来源 2 个，得到文件 2 篇" in told
    assert (target / "fangan.xlsx").exists()


def test_a_file_that_cannot_be_read_is_named(capsys: pytest.CaptureFixture[str], locked: Path, tmp_path: Path) -> None:
    code, told, _ = run(capsys, "read", locked, "-o", tmp_path / "out")
    assert code == _cli_codes.LOOK
    assert "could not be read" in told
    assert f"  {locked / 'locked.txt'}: No such file or directory" in told
    assert fg.Corpus.from_parquet(tmp_path / "out").plans.height == 1, "the others are written all the same"


@pytest.mark.parametrize("command", ["read", "check", "report", "compare"])
def test_what_is_not_there(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "empty").mkdir()
    rest = {"read": ["-o", tmp_path / "o"], "report": ["-o", tmp_path / "o.html"], "compare": [good]}.get(command, [])
    code, out, err = run(capsys, command, tmp_path / "missing", *rest)
    assert (code, out) == (_cli_codes.FAILED, "")
    assert "missing does not exist" in err
    code, out, err = run(capsys, "--language", "zh", command, tmp_path / "empty", *rest)
    assert (code, out) == (_cli_codes.FAILED, "")
    assert "empty 中没有文档" in err
    assert not (tmp_path / "o").exists()


@pytest.mark.parametrize("command", ["read", "report"])
def test_an_output_that_cannot_be_written(
    capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, command: str
) -> None:
    (tmp_path / "file").write_text("x")
    code, out, err = run(capsys, command, good, "-o", tmp_path / "file" / "out.html")
    assert (code, out) == (_cli_codes.FAILED, "")
    assert "cannot be written: Not a directory" in err


def test_a_disk_that_is_full(
    capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    code, _, err = run(capsys, "read", good, "-o", tmp_path / "out")
    assert code == _cli_codes.FAILED
    assert "cannot be written: No space left on device" in err


def test_no_input_is_written_over(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(sorted(good.iterdir())[0].read_bytes())
    before = page.read_bytes()
    for arguments in (["report", page, "-o", page], ["compare", page, good, "-o", page]):
        code, _, err = run(capsys, *arguments)
        assert code == _cli_codes.USAGE
        assert "one of the documents that are read" in err
        assert page.read_bytes() == before
    for output, said in (("out.csv", "--format csv -o out"), ("", "no name behind -o")):
        code, _, err = run(capsys, "read", good, "-o", output)
        assert code == _cli_codes.USAGE
        assert said in err


def test_a_package_that_is_missing(
    capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    code, _, err = run(capsys, "read", good, "-o", tmp_path / "a.xlsx", "--language", "zh")
    assert code == _cli_codes.FAILED
    assert "缺少软件包" in err
    assert "pip install 'fangan[tables]'" in err


# check


def test_check_of_what_is_fine(capsys: pytest.CaptureFixture[str], good: Path) -> None:
    code, told, err = run(capsys, "check", good)
    assert (code, err) == (0, "")
    for fact in ("1 of 1 sources", "100.0% of", "all as the source says", "Nothing to look at.", "山东省 1", "2010"):
        assert fact in told, fact


def test_check_of_what_is_not(capsys: pytest.CaptureFixture[str], locked: Path) -> None:
    code, told, _ = run(capsys, "check", locked)
    assert code == _cli_codes.LOOK
    assert "numbering-gap 1: numbers of headings leave one out" in told
    assert "a.txt#1: " in told
    assert "locked.txt: No such file" in told
    assert told.rstrip().splitlines()[-1] == "To look at: could not be read 1; numbering-gap 1."
    code, told, _ = run(capsys, "check", locked, "--language", "zh")
    assert code == _cli_codes.LOOK
    assert "编号缺漏 1：小标题编号有缺漏" in told
    assert told.rstrip().splitlines()[-1] == "需要查看：未能读取 1；编号缺漏 1。"


def test_check_lists_as_many_as_asked(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(GAP, encoding="utf-8")
    assert "2 more; --rows 0 shows all" in " ".join(run(capsys, "check", tmp_path, "--rows", 2)[1].split())
    told = run(capsys, "check", tmp_path, "--rows", 0)[1]
    assert "more" not in told
    assert "3.txt#1" in told


def test_check_of_documents_that_break_off(capsys: pytest.CaptureFixture[str]) -> None:
    samples = Path(fg.__file__).parent / "samples" / "texts"
    code, told, _ = run(capsys, "check", samples)
    assert code == _cli_codes.LOOK
    cut = fg.samples().plans.filter("truncated")["plan_id"].to_list()
    assert cut
    assert all(plan in told for plan in cut)
    assert f"cut short {len(cut)}" in told
    assert max(map(display_width, told.splitlines())) <= 100


def test_check_tells_rows_that_fail(
    capsys: pytest.CaptureFixture[str], good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = fg.Corpus.verify

    def verify(corpus: fg.Corpus) -> fg.Verification:
        moved = corpus.targets.with_columns(pl.col("start") + 1)
        tables = {name: corpus.table(name) for name in TABLES} | {"targets": moved}
        return real(fg.Corpus(tables, corpus._texts))

    monkeypatch.setattr(fg.Corpus, "verify", verify)
    code, told, _ = run(capsys, "check", good)
    assert code == _cli_codes.LOOK
    assert re.search(r"To look at: 1 of \d+ rows do not say what the source says\.", told)


# compare


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
    changed = NOTICE.replace("第二阶段：检查验收（2010年9月1日至9月30日）。逐村检查。\n", "").replace("张贴", "书写")
    (tmp_path / "b.txt").write_text(changed.replace("统筹推进", "分类推进"), encoding="utf-8")
    return tmp_path / "a.txt", tmp_path / "b.txt"


def test_compare(capsys: pytest.CaptureFixture[str], two: tuple[Path, Path]) -> None:
    code, told, err = run(capsys, "compare", *two)
    assert (code, err) == (0, "")
    lines = told.splitlines()
    assert lines[0].startswith("A  a.txt#1  农村改厕实施方案, 望海市卫生局")
    assert lines[1].startswith("B  b.txt#1")
    rows = fg.read(list(two)).compare("a.txt#1", "b.txt#1")
    for aspect in ("section", "phase"):
        counts = [
            rows.filter(aspect=aspect, status=each).height for each in ("kept", "edited", "moved", "added", "dropped")
        ]
        assert re.search(rf"^{aspect} +" + " +".join(map(str, counts)) + "$", told, re.MULTILINE)
    assert "phase: only in A" in told
    assert "  - 第二阶段：检查验收" in told
    assert "统筹推进" in told
    assert "分类推进" in told
    assert max(map(display_width, lines)) <= 100


def test_compare_in_chinese_and_narrow(
    capsys: pytest.CaptureFixture[str], two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    code, told, _ = run(capsys, "compare", *two, "--language", "zh")
    assert code == 0
    assert re.search(r"^方面 +保留 +修改 +移动 +新增 +删除$", told, re.MULTILINE)
    assert "阶段：仅见于甲" in told
    body = told.partition("有修改")[2].splitlines()
    assert max(map(display_width, body)) <= 60
    # The bar between the two stands in one column.
    bars = {display_width(line.partition("│")[0]) for line in body if "│" in line}
    assert len(bars) == 1


def test_compare_the_same(capsys: pytest.CaptureFixture[str], two: tuple[Path, Path]) -> None:
    code, told, _ = run(capsys, "compare", two[0], two[0])
    assert code == 0
    assert "A and B are the same in all of this." in told


def test_compare_folders(capsys: pytest.CaptureFixture[str], good: Path, folder: Path, tmp_path: Path) -> None:
    code, told, _ = run(capsys, "compare", good, folder / "inner")
    assert code == 0
    assert "A  a.txt#1" in told
    code, told, _ = run(capsys, "compare", folder, good)
    assert code == 0
    assert told.startswith(f"A  {folder} (")
    code, _, err = run(capsys, "compare", folder, good, "-o", tmp_path / "page.html")
    assert code == _cli_codes.USAGE
    assert "two documents side by side" in err


def test_compare_with_nothing(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_bytes(b"")
    code, out, err = run(capsys, "compare", good, tmp_path / "nothing.txt")
    assert (code, out) == (_cli_codes.FAILED, "")
    assert "nothing.txt holds no document" in err
    (tmp_path / "one.txt").write_text("通知")
    code, out, _ = run(capsys, "compare", tmp_path / "one.txt", tmp_path / "one.txt")
    assert code == 0
    assert "Neither has sections" in out


def test_compare_into_files(capsys: pytest.CaptureFixture[str], two: tuple[Path, Path], tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    code, told, _ = run(capsys, "compare", *two, "-o", tmp_path / "c.csv")
    assert code == 0
    assert told.rstrip().endswith(f"wrote {tmp_path / 'c.csv'}")
    rows = fg.read(list(two)).compare("a.txt#1", "b.txt#1")
    assert pl.read_csv(tmp_path / "c.csv")["status"].to_list() == rows["status"].cast(pl.String).to_list()
    assert run(capsys, "compare", *two, "-o", tmp_path / "c.xlsx", "--language", "zh")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "c.xlsx")
    assert book.sheetnames == ["说明", "对照", "承接台账"]
    assert book["对照"].max_row == rows.height + 1


# report

reports = pytest.mark.skipif(not hasattr(fg.Corpus, "report"), reason="this version writes no pages")


@reports
def test_report(capsys: pytest.CaptureFixture[str], good: Path, tmp_path: Path) -> None:
    for language in ("en", "zh"):
        page = tmp_path / language / "page.html"
        code, told, err = run(capsys, "report", good, "-o", page, "--language", language)
        assert (code, err) == (0, "")
        assert str(page) in told
        assert "植树" in page.read_text(encoding="utf-8")


@reports
def test_compare_into_a_page(capsys: pytest.CaptureFixture[str], two: tuple[Path, Path], tmp_path: Path) -> None:
    assert run(capsys, "compare", *two, "-o", tmp_path / "c.html")[0] == 0
    assert "统筹推进" in (tmp_path / "c.html").read_text(encoding="utf-8")


# Terminals, pipes, keys


@pytest.mark.parametrize(
    "variables", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}, {"LC_ALL": "POSIX"}]
)
def test_chinese_comes_out_whole_in_a_plain_locale(good: Path, variables: dict[str, str]) -> None:
    done = process("check", good, "--language", "zh", **variables)
    assert done.returncode == 0
    assert "读取来源 1 个" in done.stdout.decode("utf-8")


def test_a_console_of_another_encoding_does_not_stop_the_program(good: Path) -> None:
    (good / "b.txt").write_text(WHOLE.replace("日照市", "𠮷林市").replace("工作", "工作⚘"), encoding="utf-8")
    done = process("compare", good / "a.txt", good / "b.txt", "--language", "zh", PYTHONIOENCODING="cp936")
    assert done.returncode == 0, done.stderr.decode("cp936", errors="replace")
    assert "方面" in done.stdout.decode("cp936")
    assert "?" in done.stdout.decode("cp936")


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise there")
def test_a_reader_that_goes_away(good: Path) -> None:
    for number in range(300):
        (good / f"{number}.txt").write_text(GAP, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-m", "fangan", "check", str(good), "--rows", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout is not None
    assert running.stderr is not None
    running.stdout.close()
    told = running.stderr.read()
    running.stderr.close()
    assert running.wait(timeout=120) == 141
    assert told == b""


def test_ctrl_c(capsys: pytest.CaptureFixture[str], good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_read, "read", interrupted)
    code, out, err = run(capsys, "check", good)
    assert (code, out) == (130, "")
    assert "stopped" in err


def test_a_mistake_of_ours_has_a_code_of_its_own(
    capsys: pytest.CaptureFixture[str], good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr(_read, "read", broken)
    code, _, err = run(capsys, "check", good)
    assert code == 4
    assert "what nobody thought of" in err
    assert "please report it" in err


def test_every_word_is_used() -> None:
    modules = Path(cli.__file__).parent.glob("*cli*.py")
    used = "".join(path.read_text(encoding="utf-8") for path in modules if path.name != "_cli_words.py")
    made = {"sources", "documents"} | {f"{name} more" for name in ("read", "compare", "report", "check")}
    names = [name for name in _cli_words._WORDS if name not in made]
    assert [name for name in names if f'"{name}"' not in used and f"'{name}'" not in used] == []


def test_quiet_asks_for_no_bar(capsys: pytest.CaptureFixture[str], good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    real = _read.read

    def read(*arguments: object, **options: object) -> fg.Corpus:
        asked.append(options["progress"])
        return real(*arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(_read, "read", read)
    assert run(capsys, "check", good)[0] == 0
    assert run(capsys, "check", good, "--quiet")[0] == 0
    assert asked == [None, False]


def test_words_are_counted() -> None:
    words = Words("en")
    assert [words.counted(number, "source") for number in (0, 1, 2000)] == ["0 sources", "1 source", "2,000 sources"]
    assert words.mistake("something argparse never said") == Words("zh").mistake("something argparse never said")
