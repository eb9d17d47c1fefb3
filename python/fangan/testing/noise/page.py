"""What pages do to documents: broken and lost line breaks, insertions, frames, cuts."""

from __future__ import annotations

import re
from random import Random

from fangan.errors import InvalidArgumentError
from fangan.testing.noise._common import HAN, check_share, first_line

_SENTENCE = re.compile("[。；，;,]")
_INSIDE = re.compile(f"(?<=[{HAN}])(?=[{HAN}])")
_NOT_BEFORE = 6

_ADVERTS = ("方案范文库欢迎您采集", "范文库欢迎您采集", "文库欢迎您", "公文网欢迎您", "资料网欢迎您")
_SITES = ("example.com", "example.net", "example.org")
_SITE_NAMES = ("某某文秘网", "某某公文网", "某某政务网")
_SECTIONS = ("公文范文", "实施方案", "政策文件", "通知公告")


def hard_wraps(text: str, *, width: int = 34) -> str:
    r"""Break paragraphs at a fixed width, as text made of PDF files and old mailers has it.

    Breaks fall anywhere, before punctuation and inside numbers too. Lines that fit stay as they are, and no indents or
    hyphens are added.

    Args:
        text: The text.
        width: Most characters of a line. 34 by default.

    Returns:
        The text with more line breaks.

    Raises:
        InvalidArgumentError: The width is less than 1.

    Examples:
        >>> hard_wraps("现将方案印发给你们，请认真执行。", width=9)
        '现将方案印发给你们\n，请认真执行。'
    """
    if width < 1:
        raise InvalidArgumentError(f"width is {width}; give a number from 1")
    return "\n".join(line[at : at + width] for line in text.split("\n") for at in range(0, max(len(line), 1), width))


def merged_lines(text: str, *, keep: int = 4) -> str:
    r"""Take line breaks out, so that headings and bodies run on, as scrapers do that drop paragraph tags.

    Indents stay where they were, now inside the line. A line break at the very end stays.

    Args:
        text: The text.
        keep: Lines with something on them that keep their breaks: title, addressees. 4 by default.

    Returns:
        The text on `keep` + 1 lines.

    Raises:
        InvalidArgumentError: `keep` is negative.

    Examples:
        >>> merged_lines("通知\n各单位：\n一、目标\n做好工作。\n二、要求\n抓好落实。", keep=2)
        '通知\n各单位：\n一、目标做好工作。二、要求抓好落实。'
    """
    if keep < 0:
        raise InvalidArgumentError(f"keep is {keep}; give a number from 0")
    lines = text.split("\n")
    kept, full = 0, 0
    while kept < len(lines) and full < keep:
        full += bool(lines[kept].strip())
        kept += 1
    head, rest = lines[:kept], "".join(line.removesuffix("\r") for line in lines[kept:])
    ending = "\n" if text.endswith("\n") else ""
    return "\n".join([*head, rest]) + ending if rest else text


def watermarks(text: str, *, rate: float = 0.02, seed: int = 0) -> str:
    r"""Put the insertions of crawlers inside sentences.

    Sites that guard against copying write an advert broken up by punctuation (`方’案,范’文’库欢,迎您1 采集`), an
    address (`wWw.example.com`) or nothing but `()` into the text. They stand between two Chinese characters of lines
    with a sentence: never in the first two lines, nor in the first six characters of a line, so that markers stay
    whole. Nothing is taken out.

    Args:
        text: The text.
        rate: Share of the places between two Chinese characters, from 0 to 1. 0.02 by default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The longer text.

    Raises:
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> watermarks("通知\n各单位：\n坚持正确的方针，不断提高农民收入。", rate=0.2, seed=4)
        '通知\n各单位：\n坚持正确的方针，不Www.example.com断()提高农民收入。'
    """
    check_share("rate", rate)
    draw = Random(seed)

    def inserted(place: re.Match[str]) -> str:
        if place.start() < _NOT_BEFORE or draw.random() >= rate:
            return ""
        return draw.choice((_advert, _address, lambda _: "()"))(draw)

    lines = text.split("\n")
    damaged = [_INSIDE.sub(inserted, line) if _SENTENCE.search(line) else line for line in lines[2:]]
    return "\n".join(lines[:2] + damaged)


def _advert(draw: Random) -> str:
    advert = draw.choice(_ADVERTS)
    broken = draw.sample(range(1, len(advert)), 3)
    return "".join(
        (draw.choice(("’", ",", "’", ",", "、", "1 ")) if place in broken else "") + sign
        for place, sign in enumerate(advert)
    )


def _address(draw: Random) -> str:
    return "".join(draw.choice("wW") for _ in range(3)) + "." + draw.choice(_SITES)


def boilerplate(text: str, *, seed: int = 0) -> str:
    r"""Put the frame of a web site around a document, and the page numbers of a printed one inside it.

    Above: breadcrumbs, the title with the name of the site, a line of date, source and hits, share buttons. Below: the
    editor, the articles before and behind, related links, copyright and ICP number. Page numbers (`— 3 —`) stand on
    lines of their own behind lines that end a sentence. The document's own lines are untouched; the site, its people
    and numbers are made up.

    Args:
        text: The text.
        seed: Seed of the draw. 0 by default.

    Returns:
        The longer text.

    Examples:
        >>> lines = boilerplate("关于植树的通知\n各单位：\n请认真组织。").split("\n")
        >>> lines[:2]
        ['当前位置：网站首页 >> 通知公告 >> 正文', '关于植树的通知_某某公文网']
        >>> lines[5:8]
        ['关于植树的通知', '各单位：', '请认真组织。']
    """
    draw = Random(seed)
    title, site, section = first_line(text), draw.choice(_SITE_NAMES), draw.choice(_SECTIONS)
    date = f"{draw.randint(2009, 2019)}-{draw.randint(1, 12):02}-{draw.randint(1, 28):02}"
    above = [
        draw.choice((f"您现在的位置：首页 > {section} > 正文", f"当前位置：网站首页 >> {section} >> 正文")),
        f"{title}_{site}",
        f"发布时间：{date}　来源：{site}　浏览次数：{draw.randint(20, 9000)}",
        draw.choice(("分享到：微信 微博 QQ空间", "【字体：大 中 小】 打印本页 分享到：微信 微博")),
        "",
    ]
    below = [
        "",
        f"责任编辑：{draw.choice(('admin', '小编', '佚名'))}",
        f"上一篇：{draw.choice(('没有了', '年度工作总结', '关于召开会议的通知'))}",
        f"下一篇：{draw.choice(('没有了', '年度工作计划', '关于报送材料的通知'))}",
        "相关文章",
        *(f"·{link}" for link in draw.sample(("创建工作总结", "活动实施方案范文", "年度工作要点", "领导讲话稿"), 3)),
        "关于我们 - 联系我们 - 网站地图",
        f"版权所有 {site} Copyright {date[:4]} All Rights Reserved",
        f"京ICP备0000{draw.randint(0, 9999):04}号",
    ]
    return "\n".join([*above, *_with_pages(text.rstrip("\n").split("\n"), draw), *below]) + "\n"


def _with_pages(lines: list[str], draw: Random) -> list[str]:
    """Lines with page numbers between them."""
    paged: list[str] = []
    number, due = 1, draw.randint(6, 12)
    for at, line in enumerate(lines):
        paged.append(line)
        if at >= due and at + 1 < len(lines) and line.rstrip().endswith("。"):
            paged.append(f"— {number} —")
            number, due = number + 1, at + draw.randint(8, 14)
    return paged


def truncate(text: str, *, share: float = 0.6, seed: int = 0) -> str:
    r"""Cut a text in the middle of a sentence, as previews and failed downloads do.

    The cut falls between two Chinese characters of a line with a sentence, near the share that is asked for; without
    such a line, exactly there. No ellipsis is added.

    Args:
        text: The text.
        share: Share of the text that stays, from 0 to 1. 0.6 by default.
        seed: Seed of the choice among the places near by. 0 by default.

    Returns:
        The beginning of the text.

    Raises:
        InvalidArgumentError: The share is none.

    Examples:
        >>> truncate("关于植树的通知\n请各单位认真组织，广泛发动，务求实效。")
        '关于植树的通知\n请各单位认真组织，广泛发'
    """
    check_share("share", share)
    wanted = round(len(text) * share)
    places: list[int] = []
    start = 0
    for line in text.split("\n"):
        if _SENTENCE.search(line):
            places.extend(start + place.start() for place in _INSIDE.finditer(line))
        start += len(line) + 1
    near = sorted(places, key=lambda place: (abs(place - wanted), place))[:8]
    return text[: Random(seed).choice(near) if near else wanted]
