"""The vocabulary of RTF: which groups hold no text, which words are characters, which fonts draw signs."""

from __future__ import annotations

import re

PASSED_OVER = frozenset(
    [
        *("aftncn", "aftnsep", "aftnsepc", "annotation", "atnauthor", "atndate", "atnicn", "atnid", "atnparent"),
        *("atnref", "atntime", "atrfend", "atrfstart", "author", "background", "bkmkend", "bkmkstart", "blipuid"),
        *("buptim", "category", "colorschememapping", "colortbl", "comment", "company", "creatim", "datafield"),
        *("datastore", "defchp", "defpap", "docvar", "falt", "ffdeftext", "ffentrymcr", "ffexitmcr", "ffformat"),
        *("ffhelptext", "ffl", "ffname", "ffstattext", "filetbl", "fldtype", "fontemb", "footer", "footerf"),
        *("footerl", "footerr", "formfield", "ftncn", "ftnsep", "ftnsepc", "generator", "gridtbl", "header"),
        *("headerf", "headerl", "headerr", "hlinkbase", "info", "keycode", "keywords", "latentstyles", "listname"),
        *("listoverridetable", "listpicture", "liststylename", "listtable", "mailmerge", "manager", "mmathPict"),
        *("nextfile", "nonesttables", "nonshppict", "objalias", "objclass", "objdata", "objname", "objsect", "objtime"),
        *("oldcprops", "oldpprops", "oldsprops", "oldtprops", "operator", "panose", "password", "passwordhash"),
        *("pgptbl", "picprop", "pict", "pn", "pnseclvl", "printim", "private", "propname", "protusertbl", "pxe"),
        *("revtbl", "revtim", "rsidtbl", "rxe", "shprslt", "staticval", "stylesheet", "subject", "tc", "tcn"),
        *("template", "themedata", "title", "txe", "userprops", "wgrffmtfilter", "windowcaption", "xe", "xmlnstbl"),
        # Properties of formulas; their letters are text.
        *("maccPr", "mbarPr", "mborderBoxPr", "mboxPr", "mctrlPr", "mdPr", "meqArrPr", "mfPr", "mfuncPr"),
        *("mgroupChrPr", "mlimlowPr", "mlimuppPr", "mmathPr", "mmPr", "mnaryPr", "mphantPr", "mradPr", "mrPr"),
        *("msPrePr", "msSubPr", "msSubSupPr", "msSupPr", "moMathParaPr"),
    ]
)
"""Groups that begin so show nothing in the text, or nothing that is the document's."""

READ = frozenset(
    [
        *("do", "dptxbxtext", "fldinst", "fldrslt", "footnote", "listtext", "moMath", "moMathPara"),
        *("nesttableprops", "pntext", "shpinst", "shptxt", "sn", "sp", "sv", "ud"),
    ]
)
"""Groups that are read though `\\*` marks them as ones that may be passed over."""

CHARACTERS = {
    b"bullet": "\u2022",
    b"emdash": "\u2014",
    b"emspace": "\u2003",
    b"endash": "\u2013",
    b"enspace": "\u2002",
    b"ldblquote": "\u201c",
    b"lquote": "\u2018",
    b"qmspace": "\u2005",
    b"rdblquote": "\u201d",
    b"rquote": "\u2019",
    b"tab": "\t",
    b"line": "\n",
    b"lbr": "\n",
    b"page": "\n",
    b"column": "\n",
    b"\\": "\\",
    b"{": "{",
    b"}": "}",
    b"~": "\u00a0",
    b"-": "\u00ad",
    b"_": "-",
}
"""Characters that are written as a word or a sign behind a backslash."""

_SIGNS = {
    "wingdings": {
        **dict(zip("Flnoqrtuv", "☞●■□❑❒⧫◆❖", strict=True)),
        **{chr(0x80 + number): chr(0x245F + number) if number else "⓪" for number in range(11)},
        **{chr(0x8B + number): chr(0x2775 + number) if number else "⓿" for number in range(11)},
        **dict(zip("\x9f\xa1\xa7\xa8\xab\xd8\xdf\xe0\xe1\xe2\xf0\xfb\xfc\xfd\xfe", "•○▪□★➢←→↑↓⇨✗✓☒☑", strict=True)),
    },
    "wingdings 2": {
        **dict(zip("OPRSTi\x97\xa2\xa3", "✗✓☑☒☒⓪●■□", strict=True)),
        **{chr(0x69 + number): chr(0x245F + number) for number in range(1, 11)},
        **{chr(0x74 + number): chr(0x2775 + number) for number in range(1, 11)},
    },
    "symbol": dict(
        zip(
            "-DSWabdeglmps\xa3\xa5\xa8\xac\xad\xae\xaf\xb0\xb1\xb3\xb4\xb7\xb8\xb9\xbb\xd7",
            "−ΔΣΩαβδεγλμπσ≤∞♦←↑→↓°±≥×•÷≠≈⋅",
            strict=True,
        )
    ),
}


def sign(font: str, character: str) -> str:
    """What a font that draws pictures in place of letters shows for a character; the character itself in others."""
    table = _SIGNS.get(font.strip().lower())
    if table is None:
        return character
    low = chr(ord(character) - 0xF000) if 0xF000 <= ord(character) <= 0xF0FF else character
    return table.get(low, low if font.strip().lower() == "symbol" and low.isascii() else character)


def draws(font: str) -> bool:
    """Whether a font draws pictures in place of letters."""
    return font.strip().lower() in _SIGNS


_OVERPRINT = re.compile(r"\s*EQ\b.*?\\o[^(]*\((.*)\)\s*\Z", re.IGNORECASE | re.DOTALL)
_SPLIT = re.compile(r"[,;](?![^(]*\))")


def shown_by(instruction: str) -> str:
    r"""What a field without a result shows: `EQ \o` sets signs over each other.

    So Word writes characters in circles, and readings above characters, of which the character is kept.

    Examples:
        >>> shown_by(r"eq \o\ac(○,2)"), shown_by(r"EQ \* jc2 \o\ad(\s\up 9(jié),节)"), shown_by("PAGE")
        ('②', '节', '')
    """
    found = _OVERPRINT.match(instruction[:300])
    parts = [part.strip() for part in _SPLIT.split(found[1])] if found else []
    if len(parts) != 2:
        return ""
    first, last = parts
    if first.startswith("\\s"):
        return last
    if first in ("○", "〇", "◯") and last.isascii() and last.isdigit() and 1 <= int(last) <= 20:
        return chr(0x245F + int(last))
    return last if first in ("○", "〇", "◯", "□", "△", "◇") else ""
