from __future__ import annotations

import random
from pathlib import Path

import fangan as fg
import hypothesis
import pytest
from fangan._schema import TABLES
from hypothesis import strategies


def _noise(seed: int, length: int) -> str:
    letters = random.Random(seed)
    return "".join(chr(letters.choice([0x20, 0x4E00, 0x3000, 0xFF0C, 0x0A])) if letters.random() < 0.3
                   else chr(letters.randrange(1, 0xD800)) for _ in range(length))  # fmt: skip


TEXTS = {
    "empty": "",
    "one character": "一",
    "white space": " \n\t\u3000\r\n",
    "byte order marks": "\ufeff\ufeff通知",
    "NULs": "关于\0开展\0\0的通知\0",
    "Latin": "Notice on the renovation of toilets.\n1. Goals\n2. Steps (2010-05)\n" * 20,
    "five megabytes on one line": "各单位要认真组织实施，2010年5月底前完成90%以上的任务，做到“三到位”。" * 50_000,
    "ten thousand nested markers": "".join(f"（{'一' * (number % 3 + 1)}）" for number in range(10_000)),
    "ten thousand headings": "\n".join(f"{'一二三四五六七八九十'[number % 10]}、做好工作" for number in range(10_000)),
    "ten thousand open quotes": "“" * 10_000 + "《" * 10_000 + "（" * 10_000,
    "one long digit": "9" * 20_000 + "%",
    "dates beyond the calendar": "0000年13月45日，99999年2月30日至2010年2月31日，第一阶段（2010年0月）",
    "astral": "𠮷𡃁😀" * 1_000,
    "combining": "方\u0301\u0301案\u200d\u200b" * 500,
    "random": _noise(7, 20_000),
}


@pytest.mark.parametrize("name", TEXTS)
def test_any_string_parses(name: str) -> None:
    text = TEXTS[name]
    corpus = fg.parse(text)
    assert corpus.sources["error"].to_list() == [None]
    assert corpus.sources["n_chars"].to_list() == [len(text)]
    assert corpus.source_text("text") == text
    outcome = corpus.verify()
    assert outcome.ok, outcome.failures
    for table in TABLES[1:]:
        frame = corpus.table(table)
        assert (frame["start"] <= frame["end"]).all()
        assert (frame["end"] <= len(text)).all()


BYTES = {
    "random": random.Random(3).randbytes(20_000),
    "zeros": bytes(10_000),
    "half a character": "关于开展".encode()[:-1],
    "odd UTF-16": b"\xff\xfe" + "方案".encode("utf-16-le") + b"\x41",
    "GB18030 cut": "关于开展环境卫生整治的通知".encode("gb18030")[:-1],
    "empty": b"",
}


@pytest.mark.parametrize("name", BYTES)
def test_any_bytes_parse(name: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(BYTES[name])
    corpus = fg.read(tmp_path)
    assert corpus.sources["error"].to_list() == [None]
    assert corpus.sources["n_chars"].to_list() == [len(corpus.source_text("a.txt"))]
    assert corpus.verify().ok


@pytest.mark.parametrize("text", ["\ud800", "方\udc80案", "\ud83d\ude00" + "通知", "a" * 600 + "\udfff" + "b"])
def test_lone_surrogates_are_read_as_one_character_each(text: str) -> None:
    corpus = fg.parse(text)
    kept = corpus.source_text("text")
    assert len(kept) == len(text)
    assert all(a == b or b == "\ufffd" for a, b in zip(text, kept, strict=True))
    found = corpus.diagnostics.filter(code="lone-surrogate")
    assert found.height == 1
    assert kept[found["start"][0]] == "\ufffd"


def test_lone_surrogates_in_names() -> None:
    assert fg.parse({"a\udc80": "通知"}).sources["source_id"].to_list() == ["a\ufffd"]


def test_many_sources_of_every_kind_at_once() -> None:
    texts = {name: text for name, text in TEXTS.items() if len(text) < 100_000}
    corpus = fg.parse({**texts, **{f"{name} again": text for name, text in texts.items()}})
    assert corpus.sources.height == 2 * len(texts)
    assert corpus.sources["error"].null_count() == 2 * len(texts)
    assert corpus.sources["source_id"].is_unique().all()


PIECES = (
    "一、", "二、", "（一）", "(2)", "1.", "3、", "第一阶段", "第二步：", "2010年5月", "5月1日至6月底", "上旬", "。", "，", "；", "：", "\n", "\u3000",
    "关于", "印发", "《", "》", "“", "”", "五个好", "三到位：", "认识到位", "组长：", "王 某", "副组长", "望卫发〔2010〕8号", "达到90%以上", "4 0%",
    "衛(wèi)生", "資訊", "乾部", "標准", "方’案", "&nbsp;", "\ufeff", "动员部署", "实施方案", "的通知", "各县区：", "特此通知", "望海市", "\r\n",
    "采集", "主题词", "抄送：", "二〇一〇年", "根据", "要求", "朝阳区", "—1—", "\ufffd", "鎶狱h", "ｗｗｗ．", "ａ１", "𠮷",
)  # fmt: skip


@hypothesis.settings(max_examples=150, deadline=None, derandomize=True)
@hypothesis.given(strategies.lists(strategies.sampled_from(PIECES), max_size=60).map("".join))
def test_any_mixture_is_grounded(text: str) -> None:
    corpus = fg.parse(text)
    assert corpus.sources["error"].to_list() == [None]
    outcome = corpus.verify()
    assert outcome.ok, outcome.failures.rows()
    assert 0 <= corpus.sources["coverage"][0] <= 1


def test_a_broken_pdf_is_no_text(tmp_path: Path) -> None:
    data = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\nstream\n" + random.Random(4).randbytes(3_000)
    (tmp_path / "a.txt").write_bytes(data)
    corpus = fg.read(tmp_path)
    assert corpus.sources.select("format", "n_plans", "coverage").row(0) == ("pdf", 0, 0.0)
    assert "cut off" in corpus.sources["error"][0]
