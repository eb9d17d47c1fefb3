"""Small Word documents for the tests, from hand-written XML."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'


@dataclass(frozen=True)
class Level:
    """A level of a list: how its numbers are written, and the text around them."""

    format: str
    text: str
    suffix: str = "nothing"
    start: int = 1
    more: str = ""

    def xml(self, at: int) -> str:
        return (
            f'<w:lvl w:ilvl="{at}"><w:start w:val="{self.start}"/><w:numFmt w:val="{self.format}"/>{self.more}'
            f'<w:suff w:val="{self.suffix}"/><w:lvlText w:val={quoteattr(self.text)}/></w:lvl>'
        )


HEADINGS = (
    Level("chineseCounting", "%1、"),
    Level("chineseCounting", "（%2）"),
    Level("decimal", "%3.", "space"),
    Level("decimalEnclosedCircleChinese", "%4"),
)
"""The levels of an official document: 一、 （一） 1. ①."""


def definition(number: int, levels: Sequence[Level]) -> str:
    """A definition of a list."""
    inner = "".join(level.xml(at) for at, level in enumerate(levels))
    return f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{inner}</w:abstractNum>'


def listing(number: int, of: int, overrides: Mapping[int, int] | None = None) -> str:
    """A list of a definition; `overrides` are the levels that begin with another number."""
    inner = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>'
        for level, start in (overrides or {}).items()
    )
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inner}</w:num>'


def run(text: str) -> str:
    """A run of text."""
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text: str, item: tuple[int, int] | None = None) -> str:
    """A paragraph, with the list and the level that it belongs to."""
    listed = "" if item is None else f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{listed}</w:pPr>{run(text)}</w:p>"


def document(body: str, **parts: str) -> bytes:
    """A file with this content of `w:body`; `parts` are the contents of numbering, styles, footnotes ….

    Args:
        body: XML with the prefixes `w`, `mc`, `wps` and `v`.
        parts: XML by the name of the part.

    Returns:
        The bytes of a DOCX file.
    """
    names = (
        f'xmlns:w="{WORD}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    types = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    types += '<Default Extension="xml" ContentType="application/xml"/>'
    types += f'<Override PartName="/word/document.xml" ContentType="{TYPES}.document.main+xml"/>'
    relations = ""
    for name in parts:
        types += f'<Override PartName="/word/{name}.xml" ContentType="{TYPES}.{name}+xml"/>'
        relations += f'<Relationship Id="r{name}" Type="{RELATIONS}/{name}" Target="{name}.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006"
    main = f'<Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="word/document.xml"/>'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{space}/content-types">{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{space}/relationships">{main}</Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{space}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {names}><w:body>{body}<w:sectPr/></w:body></w:document>",
        **{f"word/{name}.xml": f"<w:{name} {names}>{content}</w:{name}>" for name, content in parts.items()},
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, _HEAD + content)
    return made.getvalue()
