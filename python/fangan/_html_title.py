"""The title of a page, without the names of the site, and once."""

from __future__ import annotations

import re

from fangan._html_blocks import Block
from fangan._html_site import is_sentence

_SITE_NAME = re.compile(
    r"\s*(?:[-_|—–－―]+|>>|::)\s*[^-_|—–－]{0,24}(?:网站?|政府|门户|平台|局|委员会|办公室|公开|文件|新闻|首页|中心|栏目|正文)\s*$"
)
_GENRE = re.compile(
    r"(?:方案|意见|通知|计划|要点|办法|规划|决定|公告|讲话|总结|报告|细则|规定|函|通报|预案|制度|措施|活动)"
    r"(?:[（(].{1,14}[)）])?$"
)


def squeezed(text: str) -> str:
    """A text without white space."""
    return "".join(text.split())


def is_title(block: Block, wanted: list[str]) -> bool:
    """Whether a line is a heading of the page, or all or part of what the page says its title is."""
    text = squeezed(block.text)
    if not 4 <= len(text) <= 120 or block.cells:
        return False
    same = any(
        text == title or (len(text) >= 8 and text in title) or (title in text and len(title) >= 8) for title in wanted
    )
    return same or (block.heading and len(text) >= 8)


def without_site(title: str) -> str:
    """A title without the names of site and section behind it."""
    title = " ".join(title.split())
    while (shorter := _SITE_NAME.sub("", title)) != title and len(shorter) >= 6:
        title = shorter
    return title


def titled(lines: list[Block], titles: list[str]) -> list[str]:
    """The lines with the title once: the page's is added where the text has none, and left out where it has its own."""
    texts = [line.text for line in lines]
    top = next((at for at, line in enumerate(lines[:12]) if is_sentence(line)), min(12, len(lines)))
    whole = squeezed("".join(texts[: max(top, 1)]))
    wanted = [squeezed(title) for title in titles]
    first = next((at for at in range(min(top, 4)) if is_title(lines[at], wanted)), None)
    if first is not None:
        printed = squeezed(texts[first])
        rest = squeezed("".join(texts[first + 1 : top]))
        own = next(
            (
                at
                for at in range(first + 1, top)
                if printed.endswith(squeezed(texts[at])) and len(squeezed(texts[at])) >= 8
            ),
            None,
        )
        if len(printed) >= 8 and printed in rest:
            del texts[first]
        elif own is not None and "关于" in texts[own]:
            del texts[own]
        return texts
    if not texts or any(title in whole for title in wanted):
        return texts
    named = next((title for title in titles if _GENRE.search(title)), None)
    if named is not None and not any(_GENRE.search(squeezed(text)) and len(text) < 60 for text in texts[:top]):
        return [named, *texts]
    return texts
