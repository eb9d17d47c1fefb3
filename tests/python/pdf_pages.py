"""PDF files for the tests: texts laid out as offices do, by three programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from fangan import _fonts
from word import RELATIONS, TYPES, WORD, run

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
MARGIN_X, MARGIN_TOP, MARGIN_BOTTOM = 28, 37, 35
"""Millimetres at the sides, above and below the text, as the standard for official documents has them."""
SIZE, PITCH = 16, 10.2
"""Points of a character, millimetres from line to line."""

_MARKED = re.compile(r"[（(一二三四五六七八九十\d第]")
_DATE = re.compile(
    r"[\d一二三四五六七八九十〇○零]{2,4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)


def kinds(text: str) -> list[tuple[str, str]]:
    """The lines of a document with how they are set: title, flush, right or body."""
    lines = [line for line in text.split("\n") if line.strip()]
    out: list[tuple[str, str]] = []
    begun = False
    for at, line in enumerate(lines):
        bare = line.strip()
        signed = at + 1 < len(lines) and _DATE.fullmatch(lines[at + 1].strip()) and len(bare) < 25
        if (
            not begun
            and at < 5
            and len(bare) < 60
            and not bare.endswith(("。", "：", "；"))
            and not _MARKED.match(bare)
        ):
            kind = "title"
        elif _DATE.fullmatch(bare) or signed:
            kind = "right"
        elif not begun and bare.endswith("：") and not _MARKED.match(bare):
            kind, begun = "flush", True
        else:
            kind, begun = "body", True
        out.append((kind, bare))
    return out


def pdf(**options: Any) -> Any:
    """An empty file of fpdf2 with the Chinese font, and margins as official documents have them."""
    from fpdf import FPDF

    class Document(FPDF):
        heads: Callable[[int], str] | None = None
        feet: Callable[[int], str] | None = None

        def header(self) -> None:
            if self.heads is not None:
                self.set_font("song", size=10)
                self.text(MARGIN_X, 20, self.heads(self.page_no()))
                self.set_font("song", size=SIZE)

        def footer(self) -> None:
            if self.feet is not None:
                foot = self.feet(self.page_no())
                self.set_font("song", size=12)
                self.text((210 - self.get_string_width(foot)) / 2, 275, foot)

    out = Document(format="A4", **options)
    out.set_margins(MARGIN_X, MARGIN_TOP, MARGIN_X)
    out.set_auto_page_break(True, MARGIN_BOTTOM)
    out.add_font("song", fname=str(_fonts.file()))
    out.set_font("song", size=SIZE)
    return out


def lay_out(text: str, heads: Callable[[int], str] | None = None, feet: Callable[[int], str] | None = None) -> bytes:
    """A document as an office sets it, by fpdf2: centred titles, indented paragraphs, the signature at the right."""
    out = pdf()
    out.heads, out.feet = heads, feet
    out.add_page()
    for kind, line in kinds(text):
        if kind == "title":
            out.set_font("song", size=22 if len(line) < 20 else SIZE)
            out.multi_cell(0, PITCH, line, align="C", new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
            out.set_font("song", size=SIZE)
        elif kind == "right":
            out.cell(0, PITCH, line, align="R", new_x="LMARGIN", new_y="NEXT")
        else:
            # Two characters of indent, as an empty stretch of the first line.
            broken(out, line, 0 if kind == "flush" else 2)
    return bytes(out.output())


def broken(out: Any, line: str, indent: float) -> None:
    """A paragraph, broken where the page's width says; no mark begins a line, no bracket ends one."""
    em = SIZE * 25.4 / 72
    width = 210 - 2 * MARGIN_X
    x, part = indent * em, ""
    start = x
    pieces = re.findall(r"[（《“〔]*(?:[A-Za-z]+|\d+[%％]?|.)[，。；：、！？）》”〕%]*", line)
    for piece in pieces:
        wide = out.get_string_width(piece)
        if x + wide > width + 0.01:
            put(out, part, start, width - start)
            x, part, start = 0, "", 0
        part += piece
        x += wide
    put(out, part, start, None)


def put(out: Any, part: str, start: float, width: float | None) -> None:
    """A line of a paragraph; spread out to a width if there is one."""
    if out.get_y() + PITCH > 297 - MARGIN_BOTTOM:
        out.add_page()
    spare = 0.0 if width is None else width - out.get_string_width(part)
    if spare > 0 and len(part) > 1:
        out.set_char_spacing(spare / (len(part) - 1) * 72 / 25.4)
    out.text(MARGIN_X + start, out.get_y() + 7, part)
    out.set_char_spacing(0)
    out.set_y(out.get_y() + PITCH)


@cache
def _font_settings() -> str:
    """A folder with settings that let other programs find the Chinese font, and no other."""
    folder = Path(tempfile.mkdtemp(prefix="fangan-fonts-"))
    font = _fonts.file()
    assert font is not None
    settings = folder / "fonts.conf"
    settings.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{font.parent}</dir>'
        f"<cachedir>{folder}/cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return str(settings)


def office(texts: list[str]) -> list[bytes]:
    """Word documents of texts, turned to PDF by LibreOffice."""
    assert OFFICE is not None
    with tempfile.TemporaryDirectory() as folder:
        for number, text in enumerate(texts):
            (Path(folder) / f"{number}.docx").write_bytes(_word(text))
        home = f"-env:UserInstallation=file://{folder}/home"
        names = [f"{folder}/{number}.docx" for number in range(len(texts))]
        subprocess.run(
            [OFFICE, home, "--headless", "--convert-to", "pdf", "--outdir", folder, *names],
            check=True,
            capture_output=True,
            timeout=300,
            env={**os.environ, "FONTCONFIG_FILE": _font_settings()},
        )
        return [(Path(folder) / f"{number}.pdf").read_bytes() for number in range(len(texts))]


_LOOKS = {
    "title": '<w:jc w:val="center"/>',
    "right": '<w:jc w:val="right"/>',
    "flush": '<w:jc w:val="both"/>',
    "body": '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="left"/>',
}
_PAGE = (
    '<w:sectPr><w:footerReference w:type="default" r:id="foot"/><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:footer="1400"/></w:sectPr>'
)


def _word(text: str) -> bytes:
    """A Word document with the number of the page at the foot: `— 1 —`."""
    names = f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
    size = f'<w:rPr><w:sz w:val="{2 * SIZE}"/></w:rPr>'
    spacing = '<w:spacing w:line="580" w:lineRule="exact" w:before="0" w:after="0"/>'
    body = "".join(
        f'<w:p><w:pPr>{spacing}{_LOOKS[kind]}</w:pPr><w:r>{size}<w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>'
        for kind, line in kinds(text)
    )
    foot = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("— ")}<w:fldSimple w:instr=" PAGE "/>{run(" —")}</w:p>'
    space = "http://schemas.openxmlformats.org/package/2006"
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{TYPES}.{kind}+xml"/>'
        for part, kind in (("document", "document.main"), ("foot", "footer"))
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types"><Default Extension="rels" ContentType="'
        f'application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="main" Type="{RELATIONS}/'
        'officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships"><Relationship Id="foot" Type="'
        f'{RELATIONS}/footer" Target="foot.xml"/></Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}{_PAGE}</w:body></w:document>",
        "word/foot.xml": f"<w:ftr {names}>{foot}</w:ftr>",
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{content}')
    return made.getvalue()


_STYLE = """@page{size:A4;margin:37mm 28mm 35mm 28mm} body{font:16pt/29pt "Noto Sans SC";margin:0}
p{margin:0;text-align:justify} .title{text-align:center;font-size:20pt} .right{text-align:right} .body{text-indent:2em}
table{border-collapse:collapse;width:100%} td,th{border:1px solid #000;padding:4px;font-size:12pt}"""


def web(texts: list[str], style: str = "", markup: list[str] | None = None) -> list[bytes]:
    """Pages printed by Chromium, with the number of the page at the foot."""
    from playwright.sync_api import sync_playwright

    out: list[bytes] = []
    pages = markup or ["".join(f'<p class="{kind}">{escape(line)}</p>' for kind, line in kinds(text)) for text in texts]
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
            env={**os.environ, "FONTCONFIG_FILE": _font_settings()},
        )
        page = browser.new_page()
        for body in pages:
            page.set_content(f'<html lang="zh-CN"><style>{_STYLE}{style}</style><body>{body}</body></html>')
            foot = '<div style="font-size:10pt;width:100%;text-align:center">— <span class="pageNumber"></span> —</div>'
            out.append(
                page.pdf(
                    format="A4", display_header_footer=True, header_template="<span></span>", footer_template=foot,
                    margin={"top": "37mm", "bottom": "35mm", "left": "28mm", "right": "28mm"},
                )
            )  # fmt: skip
        browser.close()
    return out


def scan(n_pages: int = 1, words: str = "", visible: bool = True) -> bytes:
    """Pages that are pictures; words over them are visible or as OCR programs put them."""
    from fpdf.enums import TextMode
    from PIL import Image

    picture = BytesIO()
    Image.new("L", (60, 90), 240).save(picture, "PNG")
    out = pdf()
    for _ in range(n_pages):
        out.add_page()
        out.image(picture, 0, 0, 210, 297)
        if words:
            with out.local_context(text_mode=TextMode.FILL if visible else TextMode.INVISIBLE):
                for line in words.split("\n"):
                    out.cell(0, PITCH, line, new_x="LMARGIN", new_y="NEXT")
    return bytes(out.output())


def by_hand(*objects: bytes, tail: bytes = b"") -> bytes:
    """A file of objects written by hand, numbered from 1, the first of them the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places: list[int] = []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, tail, start)
    return bytes(out)


Put = tuple[float, float, float, str]
"""A text on a page: where it begins, from the left and from below, its size in points."""


_LOOK = (
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>"
)


def placed(*pages: list[Put], more: bytes = b"", encoding: str = "UniGB-UCS2-H", box: str = "0 0 595 842") -> bytes:
    """Pages with each text at its place, in a font that readers have; characters are as wide as high, ASCII half of it.

    Args:
        pages: The texts of each page.
        more: Operators that every page begins with.
        encoding: How the font maps text; UniGB-UCS2-V writes downwards.
        box: The page's box.
    """
    kids = b" ".join(b"%d 0 R" % (6 + 2 * at) for at in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/%b/DescendantFonts[4 0 R]>>" % encoding.encode(),
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]/FontDescriptor 5 0 R"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>",
        _LOOK,
    ]
    for at, texts in enumerate(pages):
        shown = b"".join(
            b"BT /F %.2f Tf %.2f %.2f Td <%b> Tj ET\n" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, size, text in texts
        )
        content = more + shown
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
            % (box.encode(), 7 + 2 * at)
        )
        objects.append(b"<</Length %d>>stream\n%b\nendstream" % (len(content), content))
    return by_hand(*objects)


def coded(codes: list[int], meanings: dict[int, str] | None = None) -> bytes:
    """A line of characters by their numbers in a font, and what the file says that these mean."""
    lines = b"".join(
        b"<%04x> <%b>\n" % (code, text.encode("utf-16-be").hex().encode()) for code, text in (meanings or {}).items()
    )
    mapping = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n1 begincodespacerange <0000> <ffff>"
        b" endcodespacerange\n%d beginbfchar\n%bendbfchar endcmap end end" % (len(meanings or {}), lines)
    )
    shown = b"BT /F 16 Tf 80 700 Td <%b> Tj ET" % b"".join(b"%04x" % code for code in codes)
    return by_hand(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[5 0 R]/Count 1>>",
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[4 0 R]%b>>"
        % (b"/ToUnicode 7 0 R" if meanings else b""),
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/DW 1000/FontDescriptor 8 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 6 0 R/Resources<</Font<</F 3 0 R>>>>>>",
        b"<</Length %d>>stream\n%b\nendstream" % (len(shown), shown),
        b"<</Length %d>>stream\n%b\nendstream" % (len(mapping), mapping),
        _LOOK,
    )


def column(lines: list[str], x: float = 80, y: float = 740, size: float = 16, pitch: float = 29) -> list[Put]:
    """Lines below each other; each ideographic space at the beginning of one is an indent of a character."""
    out: list[Put] = []
    for at, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        out.append((x + size * (len(line) - len(bare)), y - at * pitch, size, bare))
    return out
