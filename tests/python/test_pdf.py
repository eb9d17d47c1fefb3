"""PDF files: lines and blanks by their places, what belongs to pages alone, files that are broken or made to do harm."""

import builtins
import sys
import threading
import time
import zlib
from functools import cache
from pathlib import Path

import fangan as fg
import pypdfium2
import pytest
from fangan import _fonts, _pdf_fonts
from fangan._kinds import kind
from fangan._limits import Limits
from fangan._opened import Opened
from fangan._pdf import read
from fangan._pdf_characters import LOST, character
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pdf_pages import CHROMIUM, OFFICE, Put, by_hand, coded, column, kinds, lay_out, office, placed, scan, web

NO_FONT = _fonts.file() is None
NEEDS_FONT = pytest.mark.skipif(NO_FONT, reason="the Chinese font of the extra fangan[plot] is not installed")
FULL = "各乡镇要加强领导，落实责任，按照县里的统一部署认真抓好"
assert len(FULL) == 27
PARAGRAPH = ["　　" + FULL[:25], FULL, "环境整治，按期完成。"]
WHOLE = FULL[:25] + FULL + "环境整治，按期完成。"


def found(data: bytes) -> Opened:
    return read(data, Limits())


def text(data: bytes) -> str:
    opened = found(data)
    assert opened.reason is None
    return opened.text


def noted(data: bytes) -> list[str]:
    notes = found(data).notes
    assert all(code == "file-partial" for code, _ in notes)
    return [note for _, note in notes]


LINES: dict[str, tuple[list[list[str]], list[str]]] = {
    "a paragraph": ([PARAGRAPH], [WHOLE]),
    "paragraphs": ([[*PARAGRAPH, *PARAGRAPH]], [WHOLE, WHOLE]),
    "over pages": ([[*PARAGRAPH, *PARAGRAPH[:2]], ["环境整治，按期完成。", *PARAGRAPH]], [WHOLE, WHOLE, WHOLE]),
    "a full last line": (
        [[*PARAGRAPH, "　　" + FULL[:25], FULL[:26] + "。", *PARAGRAPH]],
        [WHOLE, FULL[:25] + FULL[:26] + "。", WHOLE],
    ),
    "headings": (
        [["　　一、指导思想", *PARAGRAPH, "　　二、工作目标", "　　（一）总体目标", *PARAGRAPH]],
        ["一、指导思想", WHOLE, "二、工作目标", "（一）总体目标", WHOLE],
    ),
    "an address and a signature": (
        [["各乡镇人民政府：", *PARAGRAPH, *PARAGRAPH, "　" * 17 + "青河县人民政府", "　" * 18 + "2012年3月5日"]],
        ["各乡镇人民政府：", WHOLE, WHOLE, "青河县人民政府", "2012年3月5日"],
    ),
    "a title of two lines": (
        [["　　　　　青河县人民政府关于开展农村", "　　　　　　　环境整治工作的通知", *PARAGRAPH]],
        ["青河县人民政府关于开展农村", "环境整治工作的通知", WHOLE],
    ),
    "what hangs": (
        [[*PARAGRAPH, "　　附件：1.青河县农村环境综合整治工作领导小组成员名", "　　　　　单", *PARAGRAPH]],
        [WHOLE, "附件：1.青河县农村环境综合整治工作领导小组成员名单", WHOLE],
    ),
    "numbers in the text": ([[*PARAGRAPH, "　　2012年", "　　300", *PARAGRAPH]], [WHOLE, "2012年", "300", WHOLE]),
    "contents": (
        [[*PARAGRAPH, "一、总则……………………………………………………3", "二、目标……………………………………………………5"]],
        [WHOLE, "一、总则……………………………………………………3", "二、目标……………………………………………………5"],
    ),
}


@pytest.mark.parametrize("name", LINES)
def test_lines_become_paragraphs(name: str) -> None:
    pages, expected = LINES[name]
    assert text(placed(*[column(lines) for lines in pages])).split("\n") == expected


BLANKS: dict[str, tuple[list[tuple[float, str]], str]] = {
    "Word's gaps around numbers": ([(0, "于"), (20, "2009"), (56, "年"), (76, "3"), (88, "月"), (104, "第"), (124, "3"), (136, "号")], "于2009年3月第3号"),
    "written blanks around numbers": ([(0, "于 2009 年 3 月 15 日")], "于2009年3月15日"),
    "names": ([(0, "张三 李四")], "张三 李四"),
    "names without a written blank": ([(0, "张三"), (40, "李四")], "张三 李四"),
    "a wide blank": ([(0, "时　间：三月")], "时　间：三月"),
    "a wide blank that is not written": ([(0, "时"), (32, "间：三月")], "时　间：三月"),
    "a word spread out": ([(0, "青"), (32, "河"), (64, "县"), (96, "人"), (128, "民"), (160, "政"), (192, "府")], "青河县人民政府"),
    "a line spread out": ([(20 * at, each) for at, each in enumerate("各乡镇要按照部署认真落实")], "各乡镇要按照部署认真落实"),
    "English": ([(0, "rural areas of"), (116, "China")], "rural areas of China"),
    "English between Chinese": ([(0, "采用"), (36, "GIS 10"), (88, "软件")], "采用GIS 10软件"),
    "a heading's number": ([(0, "1.2 编制目的"), (150, "说明")], "1.2 编制目的  说明"),
    "an annex": ([(0, "附件1 任务表")], "附件1 任务表"),
    "columns": ([(0, "张三"), (100, "主任"), (200, "2316124")], "张三\t主任\t2316124"),
    "two parts": ([(0, "县政府办公室"), (260, "2012年3月5日印发")], "县政府办公室  2012年3月5日印发"),
    "drawn twice to be bold": ([(0, "方案"), (0.4, "方案")], "方案"),
}  # fmt: skip


@pytest.mark.parametrize("name", BLANKS)
def test_blanks_are_those_that_a_reader_sees(name: str) -> None:
    parts, expected = BLANKS[name]
    assert text(placed([(80 + x, 700, 16, words) for x, words in parts])) == expected


def test_small_raised_characters_stay_in_their_line() -> None:
    assert text(placed([(80, 700, 16, "面积300"), (136, 706, 9, "2"), (140.5, 700, 16, "亩")])) == "面积3002亩"


def running(heads: list[str], feet: list[str], x: list[float] | None = None) -> bytes:
    pages: list[list[Put]] = []
    for at, (head, foot) in enumerate(zip(heads, feet, strict=True)):
        lines = ["　　" + f"第{at}节" + FULL[:22], FULL, f"环境整治，按期完成{at}项。"]
        place = x[at] if x else 280
        pages.append([(80, 800, 10, head)] * bool(head) + column(lines) + [(place, 50, 12, foot)] * bool(foot))
    return placed(*pages)


FEET = {
    "dashes": ["— 1 —", "— 2 —", "— 3 —"],
    "hyphens": ["- 1 -", "- 2 -", "- 3 -"],
    "pages": ["第1页 共3页", "第2页 共3页", "第3页 共3页"],
    "of all": ["1/3", "2/3", "3/3"],
    "bare": ["1", "2", "3"],
    "from ten": ["10", "11", "12"],
    "roman": ["i", "ii", "iii"],
    "with the issue": ["2012年第4期 1", "2012年第4期 2", "2012年第4期 3"],
    "one": ["", "— 2 —", ""],
}


@pytest.mark.parametrize("name", FEET)
def test_numbers_of_pages_are_left_out_without_a_word(name: str) -> None:
    plain, numbered = found(running([""] * 3, [""] * 3)), found(running([""] * 3, FEET[name]))
    assert numbered.text == plain.text != ""
    assert numbered.notes == ()


def test_numbers_change_sides() -> None:
    assert text(running([""] * 4, ["1", "2", "3", "4"], [480, 80, 480, 80])) == text(running([""] * 4, [""] * 4))


def test_running_heads_are_left_out() -> None:
    plain = text(running([""] * 4, [""] * 4))
    assert text(running(["青河县政府公报"] * 4, [""] * 4)) == plain
    assert text(running(["青河县政府公报", "整治工作方案"] * 2 + ["青河县政府公报", "整治工作方案"], [""] * 6)) == text(
        running([""] * 6, [""] * 6)
    )
    assert text(running(["青河县政府公报"] * 2, [""] * 2)) == text(running([""] * 2, [""] * 2))


def test_what_a_text_counts_is_kept() -> None:
    assert text(running(["附件1", "附件2", "附件3"], [""] * 3)).split("\n")[::2] == ["附件1", "附件2", "附件3"]
    assert "2012" in text(running([""] * 3, ["2012", "", ""])).split("\n")
    assert text(running(["甲方", "乙方", "丙方"], [""] * 3)).split("\n")[::2] == ["甲方", "乙方", "丙方"]


def test_lines_that_repeat_in_the_text_are_kept() -> None:
    line = "各单位按期完成，不得有误。"
    pages = [[f"　　{number}村的任务", line, line] for number in range(4)]
    assert text(placed(*[column(each) for each in pages])).count(line) == 8


RULED = b"0.5 w " + b"".join(
    b"%d %d m %d %d l S " % each
    for each in (
        *((80, y, 480, y) for y in (720, 680, 600, 560)),
        *((x, 560, x, 720) for x in (80, 180, 330, 480)),
    )
)


def test_a_ruled_table_is_a_line_for_each_row() -> None:
    words = [
        (85, 695, 12, "阶段"), (185, 695, 12, "任务"), (335, 695, 12, "时限"),
        (85, 635, 12, "第一阶段"), (185, 650, 12, "全面排查农村户厕逐户建"), (185, 632, 12, "立台账"), (185, 612, 12, "开展评议"), (335, 635, 12, "3月底前"),
        (85, 575, 12, "第二阶段"), (335, 575, 12, "6月底前"),
        (80, 760, 16, "任务分工表"), (80, 520, 16, "以上任务务必完成。"),
    ]  # fmt: skip
    assert text(placed(words, more=RULED)).split("\n") == [
        "任务分工表",
        "阶段\t任务\t时限",
        "第一阶段\t全面排查农村户厕逐户建立台账 开展评议\t3月底前",
        "第二阶段\t\t6月底前",
        "以上任务务必完成。",
    ]


def test_a_table_goes_on_over_pages_with_its_heading_once() -> None:
    head = [(85, 695, 12, "阶段"), (185, 695, 12, "任务"), (335, 695, 12, "时限")]
    pages = [
        [*head, (85, 635, 12, "一"), (185, 635, 12, "排查"), (335, 635, 12, "3月"), (85, 575, 12, "二"), (185, 575, 12, "全面排查农村户厕逐户建")],
        [*head, (185, 635, 12, "立台账"), (85, 575, 12, "三"), (185, 575, 12, "验收"), (335, 575, 12, "9月")],
    ]  # fmt: skip
    assert text(placed(*pages, more=RULED)).split("\n") == [
        "阶段\t任务\t时限",
        "一\t排查\t3月",
        "二\t全面排查农村户厕逐户建立台账",
        "三\t验收\t9月",
    ]


def test_a_frame_and_lines_under_headings_are_no_table() -> None:
    frame = b"0.5 w 60 60 475 740 re S 80 690 m 500 690 l S "
    assert text(placed(column(PARAGRAPH), more=frame)) == WHOLE


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"左栏第{number}行的文字按照县里的统一部署" for number in "一二三四五六七"] + ["左栏最后一行的文字写完。"]
    right = [each.replace("左", "右") for each in left]
    page = [(200, 760, 16, "青河县人民政府公报"), *column(left, 60, 720, 12, 20), *column(right, 310, 720, 12, 20)]
    assert text(placed(page)) == "\n".join(["青河县人民政府公报", "".join(left), "".join(right)])
    pairs = column(["张三", "李四", "王五", "赵六", "孙七", "周八", "吴九"], 60, 720, 12, 20)
    numbers = column([f"231612{each}" for each in range(7)], 310, 720, 12, 20)
    assert text(placed(pairs + numbers)).split("\n")[0] == "张三  2316120"


def test_turned_pages_are_read_as_they_are_shown() -> None:
    lines = column(PARAGRAPH * 2, 0, 0)
    turned = placed(lines, more=b"0 1 -1 0 100 80 cm ")
    assert text(turned) == f"{WHOLE}\n{WHOLE}"
    assert text(placed(lines, more=b"-1 0 0 -1 520 300 cm ")) == f"{WHOLE}\n{WHOLE}"
    assert text(placed(lines, more=b"0 -1 1 0 300 700 cm ")) == f"{WHOLE}\n{WHOLE}"
    assert found(turned).notes == ()


def test_vertical_lines_are_noted() -> None:
    data = placed([(500 - 30 * at, 800, 16, FULL) for at in range(3)], encoding="UniGB-UCS2-V")
    assert text(data).replace("\n", "") == FULL * 3
    assert noted(data) == ["page 1: vertical lines, in the order of the file"]


MARK = b"BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <51855903> Tj ET\n"


def test_watermarks_are_left_out() -> None:
    pages = [column(PARAGRAPH), column(["　　另行通知。", *PARAGRAPH])]
    assert text(placed(*pages, more=MARK)) == text(placed(*pages)) == f"{WHOLE}\n另行通知。\n{WHOLE}"


def test_text_beside_the_page_is_left_out() -> None:
    assert text(placed([(80, 700, 16, "方案"), (700, 700, 16, "裁切线"), (80, 900, 16, "裁切线")])) == "方案"


def test_invisible_text_is_that_of_a_picture_or_not_shown() -> None:
    drawn = placed(column(PARAGRAPH), more=b"3 Tr ")
    assert text(drawn) == WHOLE
    assert noted(drawn) == [
        "page 1: text drawn invisibly, as programs do that recognise it in pictures (OCR); it may have mistakes"
    ]
    hidden = placed(column(PARAGRAPH), more=b"BT 3 Tr /F 9 Tf 80 400 Td <51855903> Tj 0 Tr ET ")
    assert text(hidden) == WHOLE
    assert noted(hidden) == ["2 characters that are not shown, left out"]


def test_words_that_a_line_broke() -> None:
    lines = [
        "The county protects the rural environ-",
        "ment of its townships in long-term",
        "plans and reports each year to the",
        "council.",
    ]
    page = placed(
        column(lines, size=12, pitch=18) + column(["The county protects all the rural land"] * 4, 80, 600, 12, 18)
    )
    assert text(page).startswith("The county protects the rural environment of its townships in long-term plans and")


@pytest.mark.parametrize(
    ("code", "expected"),
    [("⽅", "方"), ("⻓", "长"), ("⻔", "门"), ("⼀", "一"), ("方", "方"), ("ﬁ", "fi"), ("\u00a0", " "), ("\u3000", "　"),
     ("\u200b", ""), ("\uf06c", "●"), ("\ue123", LOST), ("\x03", LOST), ("，", "，"), ("（", "（"), ("①", "①"), ("㎡", "㎡")],
)  # fmt: skip
def test_characters(code: str, expected: str) -> None:
    assert character(ord(code)) == expected


def test_radicals_and_ligatures_come_out_plain() -> None:
    assert text(coded([1, 2, 3, 4], {1: "⽅", 2: "案", 3: "⻓", 4: "ﬁ"})) == "方案长fi"


def test_characters_without_a_meaning() -> None:
    some = coded([1, 2] * 10 + [0x300], {1: "改", 2: "厕"})
    assert text(some) == "改厕" * 10 + LOST
    assert noted(some) == ["1 characters have no meaning outside the fonts of the file; U+FFFD stands for them"]
    most = found(coded(list(range(0x300, 0x31A))))
    assert most.text == ""
    assert most.reason is not None
    assert most.reason.startswith("26 of 26 characters have no meaning outside the fonts of the file")


def test_single_characters_of_fonts_that_are_not_there_are_kept() -> None:
    # pdfium leaves them out by itself: their extent would be that of a letter that no font has.
    assert text(placed([(80 + 16 * at, 700, 16, each) for at, each in enumerate("县委")])) == "县委"
    assert pypdfium2.PdfSysfontBase.SINGLETON is not None
    pytest.importorskip("fontTools")
    from io import BytesIO

    from fontTools.ttLib import TTFont

    font = TTFont(BytesIO(_pdf_fonts.font_file()))
    mapped = font.getBestCmap()
    assert {mapped[ord(each)] for each in "A中龥㐀"} == {font.getGlyphOrder()[1]}


@NEEDS_FONT
def test_pictures() -> None:
    assert "ocrmypdf -l chi_sim" in (found(scan(3)).reason or "")
    words = "青河县人民政府通知\n各乡镇要按时完成改厕任务并上报"
    assert text(scan(1, words, visible=False)) == words
    assert noted(scan(1, words, visible=False))[0].startswith("page 1: text drawn invisibly")


def pages_of(*contents: bytes, catalogue: bytes = b"") -> bytes:
    """Pages of operators, with a picture that is named I."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(contents)),
        b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n0\nendstream",
    ]
    for at, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</XObject<</I 3 0 R>>/Font<</H"
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % (5 + 2 * at)
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return by_hand(*objects)


WORDS = b"BT /H 12 Tf 80 700 Td (The county protects all the rural land) Tj ET"
PICTURE = b"595 0 0 842 0 0 cm /I Do"


def test_pages_without_text_are_named() -> None:
    data = pages_of(WORDS, PICTURE, WORDS, PICTURE, PICTURE, b"")
    assert text(data).count("county") == 2
    assert noted(data) == ["pages 2, 4-5: pictures without a text layer, not read"]


REASONS = {
    "empty": (b"", "the file is empty"),
    "junk": (b"%PDF-1.7\nhello\n%%EOF", "the file is damaged: its pages cannot be found"),
    "cut off": (b"%PDF-1.7\nhello", "the file is cut off, and its pages cannot be found in what is left"),
    "no pages": (by_hand(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"), "the file has no pages"),
    "blank": (pages_of(b""), "the pages are empty"),
    "curves": (pages_of(b"100 100 m 200 300 l 250 100 l f"), "the pages have no text"),
    "a loop": (by_hand(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R]/Count 1>>"), "the pages of the file are damaged"),
}  # fmt: skip


@pytest.mark.parametrize("name", REASONS)
def test_files_without_text_say_why(name: str) -> None:
    data, reason = REASONS[name]
    opened = found(data)
    assert opened.text == ""
    assert (opened.reason or "").startswith(reason)


@cache
def long_text() -> bytes:
    return lay_out("\n".join(["关于植树的通知", *[f"{at}．{FULL}，并于每月底前上报进展情况。" for at in range(60)]]))


@NEEDS_FONT
def test_files_that_break_off() -> None:
    data, whole = long_text(), text(long_text())
    assert len(whole.split("\n")) == 61
    without_end = found(data[:-400])
    assert without_end.text == whole
    assert without_end.notes == (("file-partial", "the end of the file is missing"),)
    half = found(data[: len(data) // 2])
    assert half.text == ""
    assert (half.reason or "").startswith("the file is cut off, and the fonts of")


@NEEDS_FONT
def test_passwords() -> None:
    from pdf_pages import pdf

    for password, locked in (("geheim", True), ("", False)):
        out = pdf()
        out.set_encryption(owner_password="owner", user_password=password)
        out.add_page()
        out.cell(0, 10, "植树方案")
        opened = found(bytes(out.output()))
        assert (opened.text == "") == locked
        assert ("password" in (opened.reason or "")) == locked


def test_attached_files_are_noted() -> None:
    attached = b"/Names<</EmbeddedFiles<</Names[(a.txt)<</Type/Filespec/F(a.txt)/EF<</F 3 0 R>>>>]>>>>"
    assert noted(pages_of(WORDS, catalogue=attached)) == ["1 file attached to the document, not read"]


def test_limits() -> None:
    data = pages_of(WORDS)
    assert read(data, Limits(text_bytes=10)).reason == "the text has more than 10 bytes (limits.text_bytes)"
    many = by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count 20000>>" % (b"3 0 R " * 20_000),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    begun = time.monotonic()
    assert ("file-partial", "only the first 5,000 of 20,000 pages were read") in found(many).notes
    assert time.monotonic() - begun < 20


def packed(content: bytes) -> bytes:
    small = zlib.compress(content, 9)
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1000000000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1"
        b"/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%b\nendstream" % (len(small), small),
    )


HOSTILE = {
    "blanks": packed(b" " * 50_000_000),
    "operators": packed(b"q Q " * 2_000_000),
    "lines": packed(b"1 1 m 500 1 l S " * 100_000),
    "a grid": packed(
        b"".join(b"%d 1 m %d 800 l S 1 %d m 590 %d l S " % (at % 590, at % 590, at % 800, at % 800) for at in range(2900))
        + b"BT /F 10 Tf 50 50 Td (abc) Tj ET"
    ),
    "characters": packed(
        b"BT /F 4 Tf " + b"".join(b"1 0 0 1 %d %d Tm (abcdefghij) Tj " % (at * 7 % 500, at % 800) for at in range(12_000)) + b"ET"
    ),
    "nowhere": packed(b"BT /F 1e30 Tf 1e38 1e38 Td (abc) Tj ET 1e38 1e38 m 1e38 0 l S"),
    "deep pages": by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>", *[b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (at + 3) for at in range(5_000)]
    ),
    "a table of contents that names itself": by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", tail=b"/Prev 100"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_take_bounded_time(name: str) -> None:
    begun = time.monotonic()
    opened = found(HOSTILE[name])
    assert time.monotonic() - begun < 20
    assert (opened.reason is None) == bool(opened.text.strip())


SEEDS = (
    placed(column(PARAGRAPH), column(PARAGRAPH), more=MARK + RULED),
    coded([1, 2, 3], {1: "改", 2: "厕"}),
    pages_of(WORDS, PICTURE),
)
PIECES = (
    b"obj",
    b"endobj",
    b"stream",
    b"/Kids",
    b"/Count",
    b"0 R",
    b"<<",
    b">>",
    b"-1",
    b"99999999999",
    b"1e38",
    b"nan",
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 1), st.one_of(st.binary(max_size=3), st.sampled_from(PIECES))), max_size=8),
    st.floats(0, 1),
)
def test_no_content_raises(seed: bytes, changes: list[tuple[float, bytes]], end: float) -> None:
    data = bytearray(seed)
    for place, piece in changes:
        at = int(place * len(data))
        data[at : at + len(piece)] = piece
    opened = found(bytes(data[: int(len(data) * end)] if end < 0.3 else data))
    assert (opened.reason is None) == bool(opened.text.strip())
    assert opened.format == "pdf"
    opened.text.encode()


def test_files_are_told_by_their_first_bytes() -> None:
    assert kind(b"%PDF-1.4") == "pdf"
    assert kind(b"\n" * 1000 + b"%PDF-1.4") == "pdf"
    assert kind(b"\n" * 2000 + b"%PDF-1.4") is None
    assert kind("转换成 %PDF-1.4 格式".encode()) is None


def test_threads_read_one_after_the_other() -> None:
    data, out = placed(*[column(PARAGRAPH)] * 20), []
    threads = [threading.Thread(target=lambda: out.append(text(data))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(out) == 6
    assert len(set(out)) == 1


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name.startswith("pypdfium2"):
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    monkeypatch.delitem(sys.modules, "pypdfium2", raising=False)
    with pytest.raises(fg.errors.MissingExtraError, match=r"pip install 'fangan\[pdf\]'"):
        found(b"%PDF-1.4")


SAMPLES = Path(fg.__file__).parent / "samples" / "texts"
MADE_BY = {
    "fpdf2": NO_FONT and "the Chinese font is not installed",
    "LibreOffice": NO_FONT or (OFFICE is None and "LibreOffice is not installed"),
    "Chromium": (NO_FONT and "the Chinese font is not installed") or (CHROMIUM is None and "Chromium is not installed"),
}


def sample_texts() -> list[str]:
    """Samples whose lines are paragraphs and whose characters the font has; others are broken on purpose."""
    names = (
        "02_changzhou2003",
        "05_jinzhai2018",
        "10_longquan2012",
        "14_dongtai2011",
        "16_meitan2018",
        "24_dianjiang2014",
    )
    paths = [path for path in sorted(SAMPLES.iterdir()) if path.stem in names]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    return ["\n".join(line for _, line in kinds(each)) for each in texts]


def facts(document: str) -> dict[str, list[tuple[object, ...]]]:
    corpus = fg.parse(document)
    return {
        "plans": corpus.plans.select("title", "doc_number", "issuer", "issued_on", "genre", "region").rows(),
        "phases": corpus.phases.select("label", "name", "start_on", "end_on").rows(),
        "criteria": corpus.criteria.select("framework", "kind", "item").rows(),
        "targets": corpus.targets.select("indicator", "value", "unit").rows(),
    }


@pytest.mark.parametrize("program", MADE_BY)
def test_samples_say_as_pdf_what_they_say_as_text(program: str) -> None:
    if MADE_BY[program]:
        pytest.skip(str(MADE_BY[program]))
    texts = sample_texts()
    assert len(texts) >= 4
    if program == "fpdf2":
        texts = texts[:3]
        made = [lay_out(each, feet=lambda number: f"— {number} —") for each in texts]
    else:
        made = office(texts) if program == "LibreOffice" else web(texts)
    for source, data in zip(texts, made, strict=True):
        read_again = text(data)
        assert "".join(read_again.split()) == "".join(source.split())
        assert facts(read_again) == facts(source)
