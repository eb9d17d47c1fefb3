"""Slips of text extraction and of character recognition."""

from __future__ import annotations

import re
from random import Random

from fangan.testing.noise._common import HAN, check_share, is_han

_UNIT = (
    "年|月|日|号|號|个|個|名|人|次|家|户|戶|条|條|项|項|篇|件|份|天|亿|億|元|亩|畝|吨|噸|米|岁|歲|所|处|處|座|村|台|辆|輛|期|批|届|屆|"
    "万|萬|周[年岁歲]|週[年歲]|小时|小時|学时|學時|平方|立方|公里|公顷|公頃|公斤|千米|千克"
)
_NUMBER = re.compile(rf"(?<![0-9A-Za-z.．\-/])([0-9]+(?:\.[0-9]{{1,2}}(?![0-9]))?)(?={_UNIT}|[%％])")
_HEADED = re.compile(r"[条條章节節篇款编編]")

_RATE = (
    "(?:率|覆[盖蓋]面|受[训訓]面|普及面|教育面|占比|比例|比重|[满滿]意度|知[晓曉]度)"
    "(?:要?[达達]到|要?[达達]|为|為|不低[于於]|保持在|提高到|超[过過]|[实實]现)"
    r"(?:100|[0-9]{1,2}(?:\.[0-9]{1,2})?)"
)
_SLIP = re.compile(
    rf"(?P<rate>{_RATE})[%％](?=[\n；;，,。、]|以上|$)|(?P<year>[一二][一二三四五六七八九〇]{{3}})(?=年)|{_NUMBER.pattern}"
)

CONFUSIONS = {
    "人民群众": "入民群众",
    "人民政府": "入民政府",
    "人民代表": "入民代表",
    "人民医院": "入民医院",
    "人大代表": "入大代表",
    "社会主义": "杜会主义",
    "社会保障": "杜会保障",
    "社会事业": "杜会事业",
    "社会发展": "杜会发展",
    "日常工作": "曰常工作",
    "日常管理": "曰常管理",
    "为根本": "为根木",
    "根本任务": "根木任务",
    "根本要求": "根木要求",
    "根本上": "根木上",
    "共同提高": "共问提高",
    "共同推进": "共问推进",
    "共同努力": "共问努力",
    "基本原则": "基木原则",
    "基本要求": "基木要求",
    "基本情况": "基木情况",
    "基本任务": "基木任务",
    "基本建设": "基木建设",
    "基本实现": "基木实现",
    "基本完成": "基木完成",
    "结合本单位": "结合木单位",
    "结合本地区": "结合木地区",
    "结合本部门": "结合木部门",
    "结合本系统": "结合木系统",
}
"""Words that recognition gets wrong by the shape of a character, and what it makes of them."""

FEWEST_STRAYS = 5
"""Fewest stray letters of a text; a text with fewer places for them gets none."""

_WORDS = re.compile("|".join(CONFUSIONS))


def _is_marker(text: str, number: re.Match[str]) -> bool:
    """Whether a number may be the marker of a heading: at the start of a line, without 年 or the like behind it."""
    before = text[text.rfind("\n", 0, number.start()) + 1 : number.start()].strip()
    behind = text[number.end() : number.end() + 1]
    return (not before and number[0][0].isdigit() and behind not in "年月日%％") or (
        before == "第" and _HEADED.match(behind) is not None
    )


def ocr_spaces(text: str, *, rate: float = 1.0, seed: int = 0) -> str:
    """Put spaces around the digits of dates, percentages and numbers with units: `2010 年 6 月`, `4 0%`, `第 3 批`.

    PDF files set digits in another font, and extraction shows the gap between two fonts as a space; sometimes it falls
    between two digits of a percentage or a day. Markers of headings (`1、`, `（1）`, `第3条` at a line's start) and
    numbers without a unit stay, and nothing but single spaces is added.

    Args:
        text: The text.
        rate: Share of the numbers that get spaces, from 0 to 1. 1.0 (all) by default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The text with more spaces.

    Raises:
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> ocr_spaces("1、第3批于2010年6月达到40%。")
        '1、第 3 批于 2010 年 6 月达到 4 0%。'
    """
    check_share("rate", rate)
    draw = Random(seed)

    def spaced(found: re.Match[str]) -> str:
        number, behind = found[1], text[found.end()]
        if _is_marker(text, found) or draw.random() >= rate:
            return number
        lead = " " if is_han(text[found.start() - 1 : found.start()]) else ""
        if behind in "%％":
            split = number.isdigit() and len(number) > 1
            forms = [f"{lead}{number} ", *([f"{lead}{number[0]} {number[1:]}"] * 2 if split else [])]
            return draw.choice(forms)
        if behind == "日" and len(number) == 2 and draw.random() < 0.2:
            return f"{number[0]} {number[1]}"
        return f"{lead}{number} "

    return _NUMBER.sub(spaced, text)


def ocr_confusions(text: str, *, rate: float = 0.5, seed: int = 0) -> str:
    """Confuse signs by their shape, as recognition of scanned pages does.

    Letters stand for digits before units (`l个`, `2Ol0年`; one digit stays, but for a lone 1), O or ○ for 〇 in years
    (`二OO九年`), 人 for the percent sign behind a rate (`覆盖率达90人`), wrong characters in frequent words
    (`入民群众`, `根木任务`; see `CONFUSIONS`, simplified only). Stray letters I, D, l, J stand at line ends, five at
    least or none. Characters that make another sensible word (未 and 末) stay, and so do names and heading markers.

    Args:
        text: The text.
        rate: Share of the places of each kind that are damaged, from 0 to 1; a fifth of it for line ends. 0.5 by
            default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The damaged text.

    Raises:
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> ocr_confusions("为人民群众建100个示范点，二〇〇九年满意率达到90%。", rate=1.0)
        '为入民群众建lO0个示范点，二○○九年满意率达到90人。'
    """
    check_share("rate", rate)
    draw = Random(seed)

    def slip(found: re.Match[str]) -> str:
        if _is_marker(text, found) or draw.random() >= rate:
            return found[0]
        if found["rate"]:
            return f"{found['rate']}人"
        if found["year"]:
            return found["year"].replace("〇", draw.choice("O○"))
        return _with_letters(found[0], text[found.end()], draw)

    damaged = _SLIP.sub(slip, text)
    damaged = _WORDS.sub(lambda word: CONFUSIONS[word[0]] if draw.random() < rate else word[0], damaged)
    lines = damaged.split("\n")
    ends = [number for number, line in enumerate(lines) if re.search(f"[{HAN}][。；：，]?$", line)]
    if rate > 0 and len(ends) >= FEWEST_STRAYS:
        for number in draw.sample(ends, max(FEWEST_STRAYS, round(len(ends) * rate / 5))):
            lines[number] += draw.choice("IDlJ")
    return "\n".join(lines)


def _with_letters(number: str, unit: str, draw: Random) -> str:
    """A number with l for some of its 1 and O for some of its 0."""
    if number == "1":
        return number if unit in "年月日号號期%％" else "l"
    places = [place for place, digit in enumerate(number) if digit in "01"]
    most = min(len(places), len(number) - 1, 2)
    if "." in number or most == 0:
        return number
    chosen = draw.sample(places, draw.randint(1, most))
    return "".join(("l" if digit == "1" else "O") if place in chosen else digit for place, digit in enumerate(number))
