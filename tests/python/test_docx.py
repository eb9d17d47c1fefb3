"""Word documents: read as a reader sees them, parsed like any text, and numbered as LibreOffice numbers them."""

from __future__ import annotations

import random
import shutil
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import fangan as fg
import pytest
from fangan import _fangan
from word import HEADINGS, Level, definition, document, listing, paragraph, run

LIST = definition(0, HEADINGS) + listing(1, 0)
DELETED = '<w:del w:id="1" w:author="a"><w:r><w:delText>四个月</w:delText></w:r></w:del>'
PLAN = (
    paragraph("望海市2015年村庄绿化活动实施方案")
    + paragraph("为改善村庄环境，经市政府同意，制定本方案。")
    + paragraph("工作目标", (1, 0))
    + paragraph("年底前，全市新植树木20万株，村庄绿化率达到35%。")
    + paragraph("实施步骤", (1, 0))
    + paragraph("宣传发动阶段（2015年3月1日至3月31日）。各镇召开会议，张贴标语。", (1, 1))
    + f"<w:p><w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr>"
    f"{run('集中实施阶段（2015年4月1日至9月30日）。用')}{DELETED}<w:ins w:id='2' w:author='a'>{run('六个月')}</w:ins>"
    f"{run('完成栽植。')}</w:p>"
    + paragraph("检查验收阶段（2015年10月1日至10月31日）。逐村检查。", (1, 1))
    + paragraph("工作要求", (1, 0))
    + paragraph("各镇要做到“三到位”：认识到位，措施到位，检查到位。")
)


def test_documents_in_a_folder_are_parsed(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(document(PLAN, numbering=LIST))
    (tmp_path / "~$plan.docx").write_bytes(b"the name of who has it open")
    corpus = fg.read(tmp_path)
    assert corpus.sources.select("source_id", "format", "encoding", "error").rows() == [
        ("plan.docx", "docx", "utf-8", None)
    ]
    text = corpus.source_text("plan.docx")
    assert "一、工作目标\n" in text
    assert "（二）集中实施阶段（2015年4月1日至9月30日）。用六个月完成栽植。\n" in text
    assert "三、工作要求\n" in text
    assert corpus.plans["title"].to_list() == ["望海市2015年村庄绿化活动实施方案"]
    phases = corpus.phases.select("name", "start_on", "end_on").rows()
    assert [(name, str(start), str(end)) for name, start, end in phases] == [
        ("宣传发动", "2015-03-01", "2015-03-31"),
        ("集中实施", "2015-04-01", "2015-09-30"),
        ("检查验收", "2015-10-01", "2015-10-31"),
    ]
    assert corpus.criteria["text"].to_list() == ["认识到位", "措施到位", "检查到位"]
    assert corpus.sections.filter(level=1)["heading"].to_list() == ["工作目标", "实施步骤", "工作要求"]
    assert corpus.diagnostics.is_empty()
    assert corpus.verify().ok
    for start, end, phase in corpus.phases.select("start", "end", "text").rows():
        assert text[start:end].startswith(phase[:4])


def test_a_document_is_known_by_its_bytes(tmp_path: Path) -> None:
    whole = document(PLAN, numbering=LIST)
    files = {
        "plan.bin": whole,
        "broken.docx": whole[: len(whole) // 2],
        "sheet.docx": _archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"}),
        "old.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
        "text.docx": "关于开展村庄绿化活动的通知".encode(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    corpus = fg.read([tmp_path / name for name in files])
    rows = {name: (form, error) for name, form, error in corpus.sources.select("source_id", "format", "error").rows()}
    assert rows["plan.bin"] == ("docx", None)
    assert rows["text.docx"] == ("txt", None)
    assert "cannot be opened" in rows["broken.docx"][1]
    assert "without a Word document" in rows["sheet.docx"][1]
    assert "is damaged" in rows["old.docx"][1]
    assert corpus.source_text("text.docx") == "关于开展村庄绿化活动的通知"
    assert corpus.verify().ok


def test_what_a_document_lacks_is_a_diagnostic(tmp_path: Path) -> None:
    (tmp_path / "plan.docx").write_bytes(document(PLAN + "<w:altChunk/>"))
    corpus = fg.read(tmp_path)
    found = corpus.diagnostics.filter(code="file-partial").select("severity", "message").rows()
    assert [severity for severity, _ in found] == ["warning", "warning"]
    assert any("other formats" in message for _, message in found)
    assert any("not defined" in message for _, message in found)
    assert corpus.verify().ok


def test_text_alone() -> None:
    text, notes = _fangan.docx_text(document(paragraph("方案")))
    assert (text, notes) == ("方案\n", [])
    text, notes = _fangan.docx_text(b"")
    assert text is None
    assert "not a Word document" in notes[0]


def test_damaged_files_never_raise() -> None:
    whole = document(PLAN, numbering=LIST)
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(whole[: chance.randrange(len(whole) + 1)] if chance.random() < 0.3 else whole)
        for _ in range(chance.randrange(1, 8)):
            if damaged:
                damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        text, notes = _fangan.docx_text(bytes(damaged))
        assert text is not None or len(notes) == 1


def test_bombs_are_refused() -> None:
    bomb = _archive({"word/document.xml": "<a>" + " " * (200 << 20)})
    text, (message,) = _fangan.docx_text(bomb)
    assert text is None
    assert "unpacks to more than 300 times its size" in message
    laughs = "".join(f'<!ENTITY e{at} "{f"&e{at - 1};" * 10}">' for at in range(1, 10))
    body = f"<!DOCTYPE a [<!ENTITY e0 'ha'>{laughs}]>"
    with zipfile.ZipFile(BytesIO(document(paragraph("甲&乙")))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    head, rest = parts["word/document.xml"].replace("&amp;", "&e9;").split("?>", 1)
    text, (message,) = _fangan.docx_text(_archive({**parts, "word/document.xml": f"{head}?>{body}{rest}"}))
    assert text == "甲乙\n"
    assert "references to entities" in message


def _archive(files: dict[str, str]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


# LibreOffice numbers as Word does, but for some numbers of some formats, where Word and the standard agree with each
# other: the last number that it writes as they do.
AGREED = {
    "decimal": 101,
    "decimalZero": 101,
    "decimalEnclosedCircle": 20,
    "decimalEnclosedCircleChinese": 20,
    "ideographTraditional": 101,
    "ideographZodiac": 101,
    "ideographDigital": 9,
    "koreanDigital2": 101,
    "chineseCounting": 99,
    "taiwaneseCounting": 99,
    "chineseCountingThousand": 10001,
    "taiwaneseCountingThousand": 10001,
    "chineseLegalSimplified": 10001,
    "ideographLegalTraditional": 101,
    "japaneseCounting": 99,
    "japaneseLegal": 9,
    "lowerLetter": 101,
    "upperLetter": 101,
    "lowerRoman": 101,
    "upperRoman": 101,
}
NUMBERS = [*range(1, 13), 19, 20, 21, 99, 100, 101, 110, 111, 1000, 1001, 1010, 1100, 9999, 10000, 10001]


def _series(name: str) -> bytes:
    """A document with a list for each number, which begins with it."""
    numbers = [number for number in NUMBERS if number <= AGREED[name]]
    numbering = "".join(definition(at, [Level(name, "第%1条", start=number)]) for at, number in enumerate(numbers))
    numbering += "".join(listing(at + 1, at) for at in range(len(numbers)))
    return document("".join(paragraph("甲", (at + 1, 0)) for at in range(len(numbers))), numbering=numbering)


def _mixture(seed: int) -> bytes:
    """A document in which three lists, two of one definition, take turns among paragraphs without numbers.

    What LibreOffice passes over stays away: `w:isLgl`, `w:lvlRestart`, overrides of lower levels, and an override of a
    level that has no paragraph yet when one below it comes. All but the last are what the standard says.
    """
    chance = random.Random(seed)
    plain = [Level("decimal", "%1."), Level("decimal", "%1.%2", "space"), Level("lowerLetter", "%1.%2.%3)", "tab")]
    chapters = [Level("chineseCounting", "第%1章"), Level("decimal", "%1.%2"), Level("none", "注：")]
    numbering = definition(0, HEADINGS) + definition(1, chance.choice([plain, chapters]))
    overrides = {0: chance.randrange(1, 9)} if chance.random() < 0.5 else None
    numbering += listing(1, 0) + listing(2, 1) + listing(3, 1, overrides)
    body = ""
    used = set()
    for at in range(60):
        which = chance.choice([0, 1, 1, 2, 2, 3])
        level = min(chance.choice([0, 0, 1, 1, 2, 3]), 3 if which == 1 else 2)
        if which == 3 and which not in used:
            level = 0
        used.add(which)
        body += paragraph(f"段{at}", (which, level) if which else None)
    return document(body, numbering=numbering)


def _styled() -> bytes:
    """Headings whose numbers come from their styles."""
    numbering = definition(
        0,
        [
            Level("chineseCounting", "%1、", more='<w:pStyle w:val="H1"/>'),
            Level("chineseCounting", "（%2）", more='<w:pStyle w:val="H2"/>'),
        ],
    )
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{based}<w:pPr><w:numPr>{level}'
        f'<w:numId w:val="{number}"/></w:numPr></w:pPr></w:style>'
        for name, based, level, number in [
            ("H1", "", "", 1),
            ("H2", '<w:basedOn w:val="H1"/>', '<w:ilvl w:val="1"/>', 1),
            ("Plain", '<w:basedOn w:val="H1"/>', "", 0),
        ]
    )
    names = ["H1", "H2", "H2", "Plain", "H1", "H2", "H1"]
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{run("甲")}</w:p>' for name in names)
    return document(body, numbering=numbering + listing(1, 0), styles=styles)


def _plain() -> bytes:
    """What is not a list: tabs, breaks, controls, phonetic guides, links, a table."""
    rows = "".join(
        f"<w:tr>{''.join(f'<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (["阶段", "时间"], ["宣传", "3月"])
    )
    return document(
        f"<w:p><w:r><w:t>左</w:t><w:tab/><w:t>右</w:t><w:br/><w:t>下</w:t></w:r></w:p>"
        f"<w:p><w:sdt><w:sdtPr/><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p>"
        f"<w:p><w:r><w:ruby><w:rubyPr/><w:rt>{run('jié')}</w:rt><w:rubyBase>{run('节')}</w:rubyBase></w:ruby></w:r></w:p>"
        f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink>{run('。')}</w:p>"
        f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl>"
        f"{paragraph('末')}"
    )


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, str]]:
    """Documents by name, with their text as LibreOffice writes it."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed; its numbers are compared where it is")
    folder = tmp_path_factory.mktemp("office")
    made = {f"format-{name}": _series(name) for name in AGREED}
    made |= {f"mixture-{seed}": _mixture(seed) for seed in range(20)}
    made |= {"styled": _styled(), "plain": _plain()}
    for name, content in made.items():
        (folder / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    files = sorted(str(file) for file in folder.glob("*.docx"))
    order = [office, profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), *files]
    subprocess.run(order, check=True, capture_output=True, timeout=300)
    return {name: (made[name], (folder / f"{name}.txt").read_text("utf-8-sig")) for name in made}


def test_numbers_are_those_of_libreoffice(compared: dict[str, tuple[bytes, str]]) -> None:
    for name, (content, theirs) in compared.items():
        ours, notes = _fangan.docx_text(content)
        assert ours is not None
        assert notes == []
        # It indents levels with blanks, and writes one behind each number and each cell on a line of its own.
        if name == "plain":
            ours = ours.replace("\t", "\n")
            theirs = theirs.replace("\t", "\n")
        bare = [["".join(line.split()) for line in text.splitlines()] for text in (ours, theirs)]
        assert bare[0] == bare[1], name
