"""RTF as Word, WPS, LibreOffice and simple programs write it: read as a reader of the document sees it."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import time
from pathlib import Path

import fangan as fg
import pytest
from fangan import _fangan, _rtf
from fangan._kinds import kind
from fangan._limits import Limits
from word import HEADINGS, definition, document, listing, paragraph

LIMITS = Limits()
FONTS = (
    rb"{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f3\fnil\fcharset2 Wingdings;}"
    rb"{\f13\fnil\fcharset134 \'cb\'ce\'cc\'e5{\*\falt SimSun};}}"
)
CHINESE = rb"{\rtf1\ansi\ansicpg936\deff0" + FONTS
LATIN = rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS


def gbk(text: str) -> bytes:
    """A text in hexadecimal digits, two bytes a character."""
    return "".join(f"\\'{byte:02x}" for byte in text.encode("gb18030")).encode()


def text(data: bytes) -> str:
    return _rtf.read(data, LIMITS).text.removesuffix("\n")


def test_a_file_is_known_by_its_bytes() -> None:
    for data in (rb"{\rtf1\ansi", b"\xef\xbb\xbf{\\rtf1", b"\r\n {\\rtf {", rb"{\rtf}"):
        assert kind(data) == "rtf", data
    for data in (b"", rb"\rtf1", rb"{\rtfx", b"<html>", "方案".encode(), b"\xd0\xcf\x11\xe0"):
        assert kind(data) != "rtf", data


ENCODINGS = [
    (CHINESE + gbk("植树方案") + b"}", "植树方案", "gb18030"),
    (LATIN + rb"{\f13 " + gbk("植树") + rb"}\f0 2015\f13 " + gbk("年") + b"}", "植树2015年", "gb18030"),
    (LATIN + rb"\loch\af0\hich\af0\dbch\f13 " + gbk("植树") + rb"\loch\f0\hich\af0\dbch\af13 5}", "植树5", "gb18030"),
    (LATIN + rb"\loch\f0\hich\af0\dbch\af13 " + gbk("植树") + b"}", "植树", "gb18030"),
    # The two bytes of a character in two runs.
    (LATIN + rb"{\f13 \'d6}{\f0 \'b2}{\f13 \'ca\'f7}}", "植树", "gb18030"),
    # A program that does not say what it writes.
    (rb"{\rtf1\ansi\deff0 " + gbk("关于植树的方案") + b"}", "关于植树的方案", "gb18030"),
    (rb"{\rtf1\ansi\ansicpg1252 caf\'e9 na\'efve}", "café naïve", "cp1252"),
    (CHINESE + rb"a\'b7b}", "a·b", "cp1252"),
    (CHINESE + "植树誠\\par".encode("gb18030") + b"}", "植树誠", "gb18030"),
    (CHINESE + b"\xd7\x5c\xb0\xb8\\par x}", "譢案\nx", "gb18030"),
    (CHINESE + "植树".encode() + b"}", "植树", "utf-8"),
    (rb"{\rtf1\ansi\ansicpg65001 \'e6\'a4\'8d}", "植", "utf-8"),
    (rb"{\rtf1\ansi\ansicpg950 \'b4\'d3\'be\'f0\'b3\'5c}", "植樹許", "big5"),
    (CHINESE + rb"\uc1\u26893?\u26641\'3f\u65292\'2c}", "植树，", "utf-8"),
    (CHINESE + rb"\uc2\u26893\'d6\'b2\u26641\'ca\'f7 abc}", "植树 abc", "utf-8"),
    (CHINESE + rb"\uc0\u26893\u26641 abc}", "植树abc", "utf-8"),
    (CHINESE + rb"\u-26616?}", "須", "utf-8"),
    (CHINESE + rb"\uc0 \u55362\uc1 \u57271\'3f}", "𠮷", "utf-8"),
    (CHINESE + rb"\u-10178?x}", "�x", "utf-8"),
    # Nothing stands for the characters in other programs; the words behind them still count.
    (CHINESE + rb"\u26893\u26641\par a}", "植树\na", "utf-8"),
]


@pytest.mark.parametrize(("data", "expected", "encoding"), ENCODINGS)
def test_characters(data: bytes, expected: str, encoding: str) -> None:
    opened = _rtf.read(data, LIMITS)
    assert (opened.text, opened.encoding) == (expected + "\n", encoding)
    assert (opened.format, opened.reason, opened.notes) == ("rtf", None, ())


SEEN = [
    (rb"a\par b\line c\tab d\page e\sect f", "a\nb\nc\td\ne\nf"),
    (rb"\ldblquote a\rdblquote\emdash b\~c\_d\{e\}\\", "“a”—b\u00a0c-d{e}\\"),
    (b"a\\\nb", "a\nb"),
    (rb"a{\v b}c\v d\v0 e{\deleted f}{\revised g}\plain h", "acegh"),
    (rb"{\listtext\pard\plain\f0 " + gbk("一、") + rb"\tab}\ls1 a\par{\pntext\f3 \'81\tab}b", "一、 a\n① b"),
    (rb"{\listtext 1.\tab}a{\deleted\par}{\listtext 2.\tab}b\par", "2. ab"),
    (rb"{\listtext 1.\tab}{\v a\par}{\listtext 1.\tab}b\par", "1. b"),
    (rb"{\header h\par}{\footerl f}{\*\unknown u}{\info{\title t}}{\*\annotation c}{\xe x}a", "a"),
    (rb"{\stylesheet{\s0 Normal;}}{\*\listtable{\list{\listlevel}}}a", "a"),
    (rb"a{\pict\bin6 }}}{{\}b{\*\x\bin3 {{{}c", "abc"),
    (rb'{\field{\*\fldinst { HYPERLINK "http://x"}}{\fldrslt {link}}}', "link"),
    (rb"{\field{\*\fldinst DATE}{\fldrslt 2011}}{\field{\*\fldinst PAGE}}", "2011"),
    (rb"{\field{\*\fldinst eq \\o\\ac(\u9675?,2)}{\fldrslt 2}}{\field{\*\fldinst EQ \\f(1,2)}{\fldrslt }}b", "②b"),
    (rb"a{\chftn{\footnote\pard\plain{\chftn} note\par more}} b{\chftn{\*\footnote\ftnalt\chftn end}}",
     "a[1] b[i]\n[1] note\nmore\n[i] end"),
    (rb"\ftnstart3\ftnncnum a{\chftn{\footnote\chftn note}}*{\footnote * own}", "a③*\n③ note\n* own"),
    (rb"a{\v\chftn{\footnote\pard\plain\chftn hidden}}b", "ab"),
    (rb"{\upr{old}{\*\ud \u26893?}}x", "植x"),
    (rb"a{\shp{\*\shpinst{\sp{\sn lTxid}{\sv 9}}{\shptxt\pard box\par}}{\shprslt{\*\do{\dptxbxtext box\par}}}}b\par c",
     "ab\nbox\nc"),
    (rb"a{\*\do\dobxpage{\dptxbxtext\pard box\par}}b\par c", "ab\nbox\nc"),
    (rb"a{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv " + gbk("公告") + rb"}}}}\par b", "a\n公告\nb"),
    (rb"{\object\objemb{\*\objclass Word}{\*\objdata 0102}{\result{\pard a}}}", "a"),
    (rb"{\mmath{\*\moMath{\mf{\mfPr{\mctrlPr}}{\mnum{\mr a}}{\mden{\mr b}}}}}", "ab"),
    (rb"{\f3 \'fe\u-3928?}a", "☑□a"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SEEN)
def test_what_a_reader_sees(body: bytes, expected: str) -> None:
    assert text(CHINESE + rb"\pard\plain " + body + b"}") == expected


TABLES = [
    (rb"\trowd\cellx1000\cellx2000\cellx3000\pard\intbl a\par b\cell c\tab d\cell e\cell\row", "a b\tc d\te"),
    (rb"\trowd\cellx1000\cellx2000 a\cell b\cell\row\trowd\cellx2000 c\cell\row\pard d", "a\tb\nc\nd"),
    (rb"\trowd\cellx500\cellx1000\cellx2000 a\cell b\cell c\cell\row\trowd\cellx1000\cellx2000 d\cell e\cell\row",
     "a\tb\tc\nd\t\te"),
    (rb"\trowd\cellx500\cellx1000 a\cell b\cell\row\trowd\clvmrg\cellx500\cellx1000 c\cell d\cell\row", "a\tb\n\td"),
    (rb"\trowd\clmgf\cellx500\clmrg\cellx1000\cellx1500 a\cell\cell b\cell\row", "a\t\tb"),
    (rb"\trowd\cellx500\cellx900\pard\intbl A\par\itap2 x\nestcell y\nestcell{\*\nesttableprops\trowd\cellx2\cellx4"
     rb"\nestrow}{\nonesttables\par}\pard\intbl\itap1 B\cell C\cell\row\pard z", "A\nx\ty\nB\nC\nz"),
    (rb"\trowd\cellx500\cellx900 " + b"a" * 301 + rb"\cell b\cell\row", "a" * 301 + "\nb"),
    (rb"\trowd\cellx500\cellx900 a\cell b\cell", "a\tb"),
    (rb"a\cell b\cell\row", "a\tb"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), TABLES)
def test_rows_are_lines(body: bytes, expected: str) -> None:
    assert text(CHINESE + rb"\pard\plain " + body + b"}") == expected


def test_what_is_lacking_is_said() -> None:
    cases = {
        CHINESE + rb"abc\par{\b def": ("abc\ndef", "breaks off: 2 groups"),
        CHINESE + rb"abc}} def": ("abc", "3 bytes behind its end"),
        CHINESE + rb"\ls1 abc}": ("abc", "lists without their numbers"),
        CHINESE + b"{" * 5000 + b"x" + b"}" * 5000 + b"abc}": ("abc", "nested too deep"),
        CHINESE + gbk("植树") + rb"\'ff" + gbk("植树") + b"}": ("植树�植树", "no gb18030"),
        CHINESE + rb"{\*\shppict{\pict 89}}{\nonshppict{\pict 89}}}": ("", "no text but 1 pictures"),
    }
    for data, (expected, note) in cases.items():
        opened = _rtf.read(data, LIMITS)
        assert (opened.text.removesuffix("\n"), opened.reason) == (expected, None)
        assert [note in message for _, message in opened.notes] == [True], opened.notes
    assert _rtf.read(CHINESE + rb"{\listtext 1.}\ls1 abc}", LIMITS).notes == ()
    for data in (b"", rb"{\rtf1}", b"{\\rtf1 {\\fonttbl", b"\x00\xff"):
        opened = _rtf.read(data, LIMITS)
        assert opened.text == ""
        assert opened.reason is not None


def test_limits_hold() -> None:
    opened = _rtf.read(CHINESE + gbk("植树") * 100 + b"}", Limits(text_bytes=50))
    assert (opened.text, opened.reason) == ("", "the text has more than 50 bytes (limits.text_bytes)")
    opened = _rtf.read(CHINESE + rb"{\b a}" * 50_000 + b"}", Limits(seconds=0.001))
    assert opened.reason == "takes longer than 0.001 seconds (limits.seconds)"


@pytest.mark.parametrize(
    "piece",
    [rb"{", rb"}", rb"\b", rb"\u26893?", rb"\f0\'b7\f13\'b7", rb"\f13\'b7\f0\'b7", rb"{\chftn{\footnote a}}",
     rb"\cell\cell\row", rb"\itap9 a\par\itap0\par", rb"\cellx1", rb"{\fonttbl a", rb"{\sn a", rb"{\upr", rb"\bin"],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: bytes) -> None:
    def taken(times: int) -> float:
        data = CHINESE + rb"\trowd" + rb"\cellx9" * 60 + piece * times
        started = time.process_time()
        _rtf.read(data, LIMITS)
        return time.process_time() - started

    short = min(taken(2_000) for _ in range(2))
    assert taken(16_000) < 16 * short + 0.3


def test_damaged_files_never_raise() -> None:
    chance = random.Random(5)
    seeds = [data for data, _, _ in ENCODINGS] + [CHINESE + body + b"}" for body, _ in SEEN + TABLES]
    words = sorted({word for data in seeds for word in re.findall(rb"\\[a-z]+-?\d* ?|[{}]|\\'..", data)})
    words += [rb"\itap99999", rb"\u-99999", rb"\bin99999999 ", rb"\bin-5 ", rb"\uc99999", rb"\cellx-99999999"]
    for _ in range(3_000):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.randrange(1, 10)):
            at = chance.randrange(len(data) + 1)
            kind = chance.random()
            if kind < 0.4:
                data[at:at] = chance.choice(words)
            elif kind < 0.6:
                data[at : at + 1] = bytes([chance.randrange(256)])
            elif kind < 0.8:
                del data[at : at + chance.randrange(30)]
            elif kind < 0.9:
                del data[at:]
            else:
                data[at:at] = data[at : at + 50] * 4
        opened = _rtf.read(bytes(data), LIMITS)
        opened.text.encode()
        assert (opened.reason is None) or opened.text == ""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with DOCX files, and the RTF that LibreOffice makes of them."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed; RTF that it writes is read where it is")
    folder = tmp_path_factory.mktemp("rtf")
    samples = fg.samples()
    for name in samples.sources["source_id"]:
        lines = samples.source_text(name).split("\n")
        (folder / f"{name}.docx").write_bytes(document("".join(map(paragraph, lines))))
    numbering = definition(0, HEADINGS) + listing(1, 0)
    items = (
        paragraph("总则", (1, 0)) + paragraph("目标", (1, 1)) + paragraph("步骤", (1, 1)) + paragraph("要求", (1, 0))
    )
    (folder / "list.docx").write_bytes(document(items, numbering=numbering))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    order = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "rtf",
        "--outdir",
        str(folder),
        *map(str, folder.glob("*.docx")),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    return folder


def test_samples_come_through_libreoffice_as_they_are(written: Path) -> None:
    samples = fg.samples()
    for name in samples.sources["source_id"]:
        opened = _rtf.read((written / f"{name}.rtf").read_bytes(), LIMITS)
        from_word, _ = _fangan.docx_text((written / f"{name}.docx").read_bytes())
        assert opened.text == from_word, name
        assert (opened.notes, opened.reason) == ((), None)
    texts = {
        name: _rtf.read((written / f"{name}.rtf").read_bytes(), LIMITS).text for name in samples.sources["source_id"]
    }
    again = fg.parse(texts)
    for table in ("phases", "criteria", "targets", "sections"):
        assert getattr(again, table).drop("plan_id").equals(getattr(samples, table).drop("plan_id")), table


def test_numbers_are_those_that_are_written_in(written: Path) -> None:
    opened = _rtf.read((written / "list.rtf").read_bytes(), LIMITS)
    assert opened.text == "一、 总则\n（一） 目标\n（二） 步骤\n二、 要求\n"
