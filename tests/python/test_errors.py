from __future__ import annotations

import ast
from pathlib import Path

import fangan as fg
import pytest
from fangan import _fangan, errors

KINDS = _fangan.error_kinds()
BUILTINS = {
    "InvalidArgumentError": ValueError,
    "LexiconError": ValueError,
    "ReadError": OSError,
    "NotFoundError": KeyError,
}


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_every_kind_has_a_class_with_a_base_and_a_docstring(kind: str, name: str) -> None:
    exception = getattr(errors, name)
    assert issubclass(exception, fg.FanganError)
    assert issubclass(exception, BUILTINS[name])
    assert exception.__doc__
    assert name in fg.__all__
    assert getattr(fg, name) is exception
    with pytest.raises(exception) as caught:
        _fangan.raise_error(kind, "message of 测试")
    assert str(caught.value) == "message of 测试"


def test_every_class_has_a_kind() -> None:
    defined = {
        name
        for name, value in vars(errors).items()
        if isinstance(value, type) and issubclass(value, fg.FanganError) and value is not fg.FanganError
    }
    # The core needs no optional packages.
    assert defined - {"MissingExtraError"} == {name for _, name in KINDS} == set(BUILTINS)
    assert issubclass(fg.MissingExtraError, ImportError)


def test_stub_names_what_the_module_has() -> None:
    stub = Path(_fangan.__file__).with_name("_fangan.pyi").read_text(encoding="utf-8")
    told = {node.name for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    has = {name for name in dir(_fangan) if not name.startswith("__")}
    assert told == has


CALLS = [
    (lambda: fg.parse("通知", repairs=["spelling"]), fg.InvalidArgumentError, 'called "spelling"; choose'),
    (lambda: fg.parse("通知", repairs="pinyin"), fg.InvalidArgumentError, "give a list"),
    (lambda: fg.parse("通知", threads=0), fg.InvalidArgumentError, "give a number from 1"),
    (lambda: fg.parse("通知", threads=-1), fg.InvalidArgumentError, "threads is -1; give a number from 1"),
    (lambda: fg.parse(3), fg.InvalidArgumentError, "not int"),
    (lambda: fg.parse(b"abc"), fg.InvalidArgumentError, "not bytes"),
    (lambda: fg.parse(["通知", None]), fg.InvalidArgumentError, "not null"),
    (lambda: fg.read(3), fg.InvalidArgumentError, "not int"),
    (lambda: fg.read([3]), fg.InvalidArgumentError, "fangan.parse for texts"),
    (lambda: fg.parse("通知", lexicon="no/such/folder"), fg.ReadError, "no/such/folder"),
    (lambda: fg.lexicon("nothing"), fg.NotFoundError, "there are .*genres"),
    (lambda: fg.to_zh(fg.parse("").plans, table="nothing"), fg.NotFoundError, "no table is called 'nothing'"),
    (lambda: fg.Corpus.from_parquet("no/such/folder"), fg.ReadError, "holds no corpus"),
]  # fmt: skip


@pytest.mark.parametrize(("call", "exception", "message"), CALLS)
def test_messages_say_what_was_wrong(call, exception, message) -> None:
    with pytest.raises(exception, match=message) as caught:
        call()
    assert isinstance(caught.value, fg.FanganError)


def test_lexicon_file_that_cannot_be_used_names_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "genres.tsv").write_text("key\tvalue\n\t方案\n", encoding="utf-8")
    with pytest.raises(fg.LexiconError, match=r"genres\.tsv, line 2: the cell `key` is empty"):
        fg.parse("通知", lexicon=tmp_path)
    (tmp_path / "genres.tsv").unlink()
    (tmp_path / "nothing.tsv").write_text("key\tvalue\n方案\t方案\n", encoding="utf-8")
    with pytest.raises(fg.LexiconError, match="no lexicon is called"):
        fg.lexicon("genres", folder=tmp_path)


def test_lexicon_folder_is_laid_over(tmp_path: Path) -> None:
    (tmp_path / "genres.tsv").write_text("key\tvalue\texample\n测试用方案\t方案\t改厕测试用方案\n", encoding="utf-8")
    before, after = fg.lexicon("genres"), fg.lexicon("genres", folder=tmp_path)
    assert after.height == before.height + 1
    assert "测试用方案" in after["key"]
    assert fg.parse("关于改厕的通知", lexicon=tmp_path).verify().ok
