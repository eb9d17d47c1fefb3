"""The damage of fangan.testing.noise: the same for the same seed, and no more than it says."""

from __future__ import annotations

import builtins
import html
import inspect
import re
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

import fangan as fg
import pytest
from fangan.testing import noise
from fangan.testing.noise.joining import SEPARATORS
from hypothesis import given, settings
from hypothesis import strategies as st

SAMPLES = fg.samples()
IDS = SAMPLES.sources["source_id"].to_list()
# A clean sample in which every kind finds something to damage.
CLEAN = next(SAMPLES.source_text(name) for name in IDS if "luan" in name)
DRAWN: dict[str, Callable[..., str]] = {
    name: getattr(noise, name)
    for name in noise.__all__
    if inspect.isfunction(getattr(noise, name)) and name not in ("glue", "compose")
    and "seed" in inspect.signature(getattr(noise, name)).parameters
}  # fmt: skip
SIGNS = "关于植树的通知方案一二〇。，；：（）“”·、本社日 1029%年月个\n\u3000abK"
TEXTS = st.text(alphabet=SIGNS, max_size=120)
SEEDS = st.integers(0, 9)


@pytest.mark.parametrize("name", noise.KINDS)
def test_every_kind_changes_a_clean_sample_and_always_in_the_same_way(name: str) -> None:
    damaged = noise.KINDS[name](CLEAN)
    assert damaged != CLEAN
    assert damaged == noise.KINDS[name](CLEAN)


@pytest.mark.parametrize("name", noise.KINDS)
def test_every_kind_takes_every_sample_and_the_empty_text(name: str) -> None:
    for source_id in IDS:
        assert noise.KINDS[name](SAMPLES.source_text(source_id))
    assert noise.KINDS[name]("").strip() == ("" if name != "boilerplate" else noise.boilerplate("").strip())


@pytest.mark.parametrize("name", DRAWN)
@settings(max_examples=25, deadline=None)
@given(text=TEXTS, seed=SEEDS)
def test_a_seed_gives_one_text(name: str, text: str, seed: int) -> None:
    assert DRAWN[name](text, seed=seed) == DRAWN[name](text, seed=seed)


@pytest.mark.parametrize(
    "name", ["pinyin", "kangxi", "invisible", "ocr_spaces", "ocr_confusions", "watermarks", "boilerplate", "truncate"]
)
def test_seeds_differ(name: str) -> None:
    assert len({DRAWN[name](CLEAN, seed=seed) for seed in range(6)}) > 1


@pytest.mark.parametrize("name", [name for name in noise.__all__ if name != "KINDS"])
def test_what_is_public_has_an_example(name: str) -> None:
    assert "Examples:\n    >>> " in (inspect.getdoc(getattr(noise, name)) or "")


# Scripts


def test_traditional_of_nothing_is_nothing() -> None:
    assert noise.traditional("") == noise.taiwan("") == noise.pinyin("") == ""


def test_variants_differ() -> None:
    assert len({noise.traditional(CLEAN, variant=variant) for variant in ("s2t", "s2hk", "s2tw")}) == 3
    assert noise.taiwan("信息网络") == "資訊網路"


@settings(deadline=None)
@given(text=TEXTS, seed=SEEDS, toned=st.booleans(), full_width=st.booleans())
def test_without_its_brackets_pinyin_is_gone(text: str, seed: int, toned: bool, full_width: bool) -> None:
    text = text.replace("（", "").replace("）", "")
    damaged = noise.pinyin(text, rate=0.5, toned=toned, full_width=full_width, seed=seed)
    assert re.sub(r"[(（]\w+[)）]", "", damaged) == text


@pytest.mark.parametrize("script", [str, noise.traditional])
def test_pinyin_knows_readings_by_the_words_around_them(script: Callable[[str], str]) -> None:
    damaged = noise.pinyin(script("重庆银行重视行长的意见"), rate=1.0)
    assert re.findall(r"\((\w+)\)", damaged)[:8] == ["chóng", "qìng", "yín", "háng", "zhòng", "shì", "háng", "zhǎng"]


@pytest.mark.parametrize("missing", ["opencc", "pypinyin"])
def test_what_is_not_installed_is_named(missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == missing:
            raise ImportError(name)
        return imported(name, *rest, **more)

    monkeypatch.setattr(noise.script, "_CONVERTERS", {})
    monkeypatch.delitem(sys.modules, missing, raising=False)
    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ImportError, match=r"fangan\[testing\]"):
        noise.pinyin("通知")


# Decodings


@pytest.mark.parametrize("page", ["latin-1", "cp1252"])
@given(text=TEXTS)
def test_latin1_encoded_again_is_the_text(page: str, text: str) -> None:
    def encoded(damaged: str) -> bytes:
        return b"".join(c.encode("latin-1") if ord(c) < 0x100 else c.encode("cp1252") for c in damaged)

    assert encoded(noise.latin1(text, page=page)).decode() == text
    assert encoded(noise.gbk_as_latin1(text, page=page)).decode("gb18030") == text


@given(text=TEXTS, seed=SEEDS)
def test_utf8_as_gbk_encoded_again_is_the_text(text: str, seed: int) -> None:
    damaged = noise.utf8_as_gbk(text, share=0.5, seed=seed)
    for line, before in zip(damaged.split("\n"), text.split("\n"), strict=True):
        assert line == before or line.encode("gb18030").decode() == before


def test_a_share_of_the_lines_is_damaged() -> None:
    damaged = noise.latin1(CLEAN, share=0.5).split("\n")
    same = sum(one == other for one, other in zip(damaged, CLEAN.split("\n"), strict=True))
    assert 0 < same < len(damaged)


def test_misaligned_runs_are_the_real_thing() -> None:
    assert noise.misaligned_gbk("要求。基層黨組織達到", runs=1) == "要求；鶎狱h組織達到"
    assert noise.misaligned_gbk("要求。基层党组织达到") == "要求。基层党组织达到"


@pytest.mark.parametrize("seed", range(5))
def test_misaligned_runs_can_be_had_back(seed: int) -> None:
    clean = noise.traditional(CLEAN)
    damaged = noise.misaligned_gbk(clean, runs=1, seed=seed)
    same = next(at for at in range(len(clean)) if clean[at] != damaged[at])
    tail = next(at for at in range(1, len(clean)) if clean[-at] != damaged[-at]) - 1
    before, after = clean[same : len(clean) - tail], damaged[same : len(damaged) - tail]
    assert before[0] in "。，；："
    assert len(before) <= 12
    assert before.encode("gbk")[1:] == after.encode("gbk")


def test_lost_bytes_only_where_decoding_gives_them() -> None:
    assert noise.lost_bytes("四川省）2024年") == "四川?。?024年"
    assert noise.lost_bytes("四川省）年，省)2024年") == "四川省）年，省)2024年"
    assert noise.lost_bytes("省）1年，省）2年，省）3年", runs=2).count("?。?年") == 2


# Recognition


@given(text=TEXTS, seed=SEEDS)
def test_ocr_spaces_adds_only_spaces(text: str, seed: int) -> None:
    assert noise.ocr_spaces(text, seed=seed).replace(" ", "") == text.replace(" ", "")


def test_ocr_spaces_leave_markers() -> None:
    text = "1、总则\n（1）目标\n第3条 为了\n2.1 范围\n3个方面"
    assert noise.ocr_spaces(text) == text
    assert noise.ocr_spaces("在2010年6月1日建成第3批") == "在 2010 年 6 月 1 日建成第 3 批"


def test_confusions_by_kind() -> None:
    def all_of(text: str) -> str:
        return noise.ocr_confusions(text, rate=1.0)

    assert all_of("建成1个。") == "建成l个。"
    assert all_of("二〇〇九年") in ("二OO九年", "二○○九年")
    assert all_of("合格率达到90%，") == "合格率达到90人，"
    assert all_of("日常工作、年末、未来") == "曰常工作、年末、未来"
    assert re.fullmatch("[2][0O][1l][0O]年", all_of("2010年"))
    assert noise.ocr_confusions(CLEAN, rate=0.0) == CLEAN


def test_strays_are_five_or_none() -> None:
    def strays(text: str) -> int:
        return len(re.findall("[IDlJ]$", noise.ocr_confusions(text), flags=re.MULTILINE))

    assert strays("植树。\n" * 4) == 0
    assert strays("植树。\n" * 5) == 5
    assert strays("植树。\n" * 100) == 10


# Signs


@given(text=TEXTS, seed=SEEDS)
def test_signs_come_back(text: str, seed: int) -> None:
    assert unicodedata.normalize("NFKC", noise.full_width(text)) == unicodedata.normalize("NFKC", text)
    assert len(noise.half_width_punctuation(text)) == len(text)
    kangxi = noise.kangxi(text, seed=seed)
    assert "".join(unicodedata.normalize("NFKC", c) if "⺀" <= c <= "⿕" else c for c in kangxi) == text
    assert re.sub("[\u200b\u00ad\ufeff]", "", noise.invisible(text, rate=0.3, seed=seed)) == text
    spaces = text.replace("\u3000", "  ")
    assert html.unescape(noise.entities(text)).replace("\xa0", " ") == spaces


# Pages


@given(text=TEXTS, width=st.integers(1, 40))
def test_hard_wraps_add_only_line_breaks(text: str, width: int) -> None:
    wrapped = noise.hard_wraps(text, width=width)
    assert wrapped.replace("\n", "") == text.replace("\n", "")
    assert all(len(line) <= width for line in wrapped.split("\n"))
    assert noise.hard_wraps(wrapped, width=width) == wrapped


@given(text=TEXTS, keep=st.integers(0, 6))
def test_merged_lines_lose_only_line_breaks(text: str, keep: int) -> None:
    merged = noise.merged_lines(text, keep=keep)
    assert merged.replace("\n", "") == text.replace("\n", "")
    assert sum(bool(line.strip()) for line in merged.split("\n")) <= keep + 1


@pytest.mark.parametrize("seed", range(5))
def test_watermarks_stand_inside_sentences(seed: int) -> None:
    damaged = noise.watermarks(CLEAN, rate=0.05, seed=seed)
    assert damaged.split("\n")[:2] == CLEAN.split("\n")[:2]
    for line, before in zip(damaged.split("\n"), CLEAN.split("\n"), strict=True):
        assert line[:6] == before[:6]
    letters = iter(damaged)
    assert all(c in letters for c in CLEAN)
    assert "()" in damaged
    assert re.search(r"[wW]{3}\.example\.", damaged)


@pytest.mark.parametrize("seed", range(5))
def test_the_document_is_whole_inside_its_frame(seed: int) -> None:
    lines = iter(noise.boilerplate(CLEAN, seed=seed).split("\n"))
    assert all(line in lines for line in CLEAN.rstrip("\n").split("\n"))
    assert "— 1 —" in noise.boilerplate(CLEAN, seed=seed)


@given(text=TEXTS, share=st.floats(0, 1), seed=SEEDS)
def test_truncated_texts_are_beginnings(text: str, share: float, seed: int) -> None:
    assert text.startswith(noise.truncate(text, share=share, seed=seed))


@pytest.mark.parametrize("seed", range(5))
def test_cuts_are_in_the_middle_of_a_sentence(seed: int) -> None:
    cut = noise.truncate(CLEAN, seed=seed)
    assert 0.55 < len(cut) / len(CLEAN) < 0.65
    assert "\u4e00" <= cut[-1] <= "\u9fff"
    assert "\u4e00" <= CLEAN[len(cut)] <= "\u9fff"


# Several documents


@pytest.mark.parametrize("separator", SEPARATORS)
@given(texts=st.lists(TEXTS, max_size=4), seed=SEEDS)
def test_spans_give_the_documents_back(separator: str, texts: list[str], seed: int) -> None:
    glued = noise.glue(texts, separator=separator, seed=seed)
    assert [glued.text[start:end] for start, end in glued.spans] == [text.strip("\r\n") for text in texts]
    assert glued == noise.glue(texts, separator=separator, seed=seed)


def test_separators_stand_where_they_should() -> None:
    texts = [SAMPLES.source_text(name) for name in IDS if name[:2] in ("03", "04", "05")]

    def joints(separator: str) -> list[str]:
        glued = noise.glue(texts, separator=separator)
        ends = [0] + [end for _, end in glued.spans]
        return [glued.text[end:start] for end, (start, _) in zip(ends, glued.spans, strict=False)]

    titles = [text.split("\n")[0] for text in texts]
    assert joints("title") == [f"{titles[0]}\n\n", *(f"\n\n{title}\n\n" for title in titles[1:])]
    assert joints("none") == ["", "\n", "\n"]
    assert joints("run_on") == ["", "", ""]
    assert all(re.fullmatch(r"\n{3,}", joint) for joint in joints("blank")[1:])
    assert all(re.fullmatch(r"\n([^\w\n])\1{9,}\n", joint) for joint in joints("rule")[1:])
    assert joints("number")[1:] in (["\n二\n", "\n三\n"], ["\n2\n", "\n3\n"])
    assert all(re.search("(第[一二三]篇|篇[一二三]|范文[123])(：.*)?\n$", joint) for joint in joints("article"))
    summaries = joints("summary")
    assert all(len(joint.strip()) == 121 and joint.strip().endswith("…") for joint in summaries)
    assert all(joint.strip()[:20] in text for joint, text in zip(summaries, texts, strict=True))
    assert len(set(joints("mixed"))) == 3


def test_numbers_of_documents_are_chinese() -> None:
    numbers = [noise.joining._chinese(number) for number in (1, 10, 11, 20, 21, 99, 100)]
    assert numbers == ["一", "十", "十一", "二十", "二十一", "九十九", "100"]


def test_steps_come_one_behind_the_other() -> None:
    assert noise.compose()("通知") == "通知"
    assert noise.compose(noise.traditional, noise.misaligned_gbk)(CLEAN) == noise.KINDS["misaligned_gbk"](CLEAN)


@pytest.mark.parametrize(
    "call",
    [
        lambda: noise.traditional("", variant="t2s"),
        lambda: noise.pinyin("", rate=2),
        lambda: noise.latin1("", page="koi8-r"),
        lambda: noise.latin1("", share=-1),
        lambda: noise.misaligned_gbk("", runs=-1),
        lambda: noise.hard_wraps("", width=0),
        lambda: noise.merged_lines("", keep=-1),
        lambda: noise.truncate("", share=1.5),
        lambda: noise.glue([], separator="tab"),
        lambda: noise.glue("通知"),
    ],
)
def test_arguments_without_sense_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(fg.InvalidArgumentError):
        call()
