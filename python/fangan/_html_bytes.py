"""What bytes of a saved page are: whether they are one, in which encoding, and which part of an .mhtml is the page."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

_HEAD = 8_192
_DECLARED_IN = 65_536
_MOST_PARTS = 500

_BLANK = re.compile(rb"(?:\s|<!--.*?-->|<\?xml[^>]*\?>)*", re.S)
_DOCTYPE = re.compile(rb"<!doctype\s+html|<html[\s>][^\x00]*?<(?:head|body|title|meta|frameset)[\s>]", re.I)
_TAG = re.compile(
    rb"</?(?:html|head|body|meta|title|link|script|style|div|p|span|font|table|tbody|tr|td|th|br|ul|li|dl|a|h[1-6]"
    rb"|center|img|strong|b|section|article|form|input)(?:\s[^<>]*)?/?>",
    re.I,
)
_MIME = re.compile(rb"^mime-version\s*:", re.I | re.M)
_MIME_PAGE = re.compile(rb"^content-type\s*:\s*(?:multipart/(?:related|alternative)|text/html)", re.I | re.M)
_HEADER = re.compile(rb"\s*[A-Za-z][A-Za-z-]*\s*:[^\n]*\n")

_META = re.compile(rb"""<(?:meta\b[^>]*?charset|\?xml[^>]*?encoding)\s*=\s*["']?\s*([A-Za-z0-9_:-]+)""", re.I)
_CODECS = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5",
    "big5-hkscs": "big5",
    "x-x-big5": "big5",
    "cp950": "big5",
    "utf-16": "utf-16",
}
_PYTHON_NAMES = {"big5": "big5hkscs", "utf-8": "utf-8", "gb18030": "gb18030"}
# The most frequent characters of such documents in either script: right readings are full of them, wrong ones are not.
_FREQUENT = frozenset(
    "的一是在不和有大中人国年工作部市政府关于印发通知单位各县区实施方案为加强组织领导全面推进第二三四五"
    "行动生产安全建设管理社会要会到出以及上下，。、：；（）《》"
    "國關於發區縣實為強組織領導進動產設會個對應將後與業務學時間門點級責任當"
)


@dataclass(frozen=True)
class Decoded:
    """A page as text. `frames` has the other pages that were saved with it, by their addresses."""

    text: str
    encoding: str
    notes: list[str]
    frames: dict[str, str] = field(default_factory=dict)


def looks_like_html(data: bytes) -> str | None:
    """Recognise a saved page by its content.

    Args:
        data: The bytes of a file, or its first 8 KB or more.

    Returns:
        "html", "mhtml", or None for anything else, such as a text that mentions a tag.

    Examples:
        >>> looks_like_html(b"<!DOCTYPE html><html><body><p>x</p>")
        'html'
        >>> looks_like_html("页面里的<p>标签要闭合。".encode()) is None
        True
    """
    head = _plain_head(data[: _HEAD * 2])
    if _HEADER.match(head):
        headers = re.split(rb"\r?\n\r?\n", head.lstrip(), maxsplit=1)[0]
        return "mhtml" if _MIME.search(headers) and _MIME_PAGE.search(headers) else None
    blank = _BLANK.match(head)
    rest = head[blank.end() :] if blank else head
    if not rest.startswith(b"<"):
        # A few words of a server above the page, but no sentence about one.
        return "html" if re.search(rb"^\s*<!doctype\s+html[^>]*>\s*<html", rest[:2_048], re.I | re.M) else None
    if _DOCTYPE.match(rest):
        return "html" if len(_TAG.findall(rest)) >= 2 or len(rest) < 200 else None
    if not _TAG.match(rest):
        return "html" if rest[:9].lower() == b"<!doctype" and len(_TAG.findall(rest)) >= 3 else None
    tags = _TAG.findall(rest)
    closing = sum(tag.startswith(b"</") or tag[1:3].lower() == b"br" for tag in tags)
    return "html" if len(tags) >= 3 and closing >= 1 else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, str, list[str]]:
    """Bytes of a page as text: by byte order mark, as UTF-8 where they are, as declared, then by content.

    A declaration holds only if all bytes decode by it and the reading is no worse Chinese than the other one.

    Args:
        data: The bytes.
        declared: The encoding that a MIME header names. None by default: that of the page's own `<meta>`.

    Returns:
        The text, the name of the encoding, and notes.
    """
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16le"),
        (codecs.BOM_UTF16_BE, "utf-16be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace"), name, []
    for pattern, name in ((rb"\s*<\x00", "utf-16le"), (rb"\s*\x00<", "utf-16be")):
        if re.match(pattern, data):
            return data.decode(name, "replace"), name, []
    found = _META.search(data[:_DECLARED_IN])
    named = (declared or (found[1].decode("ascii") if found else "")).lower()
    known = _CODECS.get(named, named)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        wrong = not data.isascii() and known not in ("", "utf-8", "utf8")
        return text, "utf-8", [f"the page says that it is {named}, but its bytes are utf-8"] if wrong else []
    readings = []
    for name in ("gb18030", "big5", "utf-8"):
        text = data.decode(_PYTHON_NAMES[name], "replace")
        broken = text.count("\ufffd")
        # Where nothing decides, the declared one; else GB18030, which is the more frequent one by far.
        readings.append(
            (_chinese(text) - 20 * broken / max(1, len(text)), name == known, name == "gb18030", name, text)
        )
    best = max(readings)
    said = next((reading for reading in readings if reading[1]), None)
    if said is not None and "\ufffd" not in said[4] and said[0] >= best[0] - 0.05:
        best = said
    notes = []
    if known and known != best[3]:
        notes.append(f"the page says that it is {named}, but its bytes are {best[3]}")
    if "\ufffd" in best[4]:
        notes.append(f"bytes that are no {best[3]} were read as U+FFFD")
    return best[4], best[3], notes


def unpack(data: bytes) -> Decoded | str:
    """The page in an .mhtml file, with the pages of its frames; or the reason why there is none."""
    message = message_from_bytes(data.lstrip())
    parts = [part for part, _ in zip(message.walk(), range(_MOST_PARTS), strict=False)]
    pages = [part for part in parts if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        return "the file has no part that is a page"
    start = str(message.get_param("start") or "")
    location = str(message.get("Snapshot-Content-Location") or message.get("Content-Location") or "")
    main = next((page for page in pages if start and page.get("Content-ID") == start), None)
    main = main or next((page for page in pages if location and page.get("Content-Location") == location), pages[0])
    text, encoding, notes = _part(main)
    frames = {}
    for page in pages:
        if page is not main:
            written = _part(page)[0]
            for key in (page.get("Content-Location"), page.get("Content-ID")):
                if key:
                    frames[_address(str(key))] = written
    return Decoded(text, encoding, notes, frames)


def _address(key: str) -> str:
    return key.strip().removeprefix("cid:").strip("<>")


def _part(part: Message) -> tuple[str, str, list[str]]:
    payload = part.get_payload(decode=True)
    charset = part.get_content_charset()
    return decode(payload if isinstance(payload, bytes) else b"", charset)


def _plain_head(head: bytes) -> bytes:
    """The first bytes in an encoding whose ASCII characters are bytes."""
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16le"), (codecs.BOM_UTF16_BE, "utf-16be")):
        if head.startswith(mark):
            return head[2:].decode(name, "ignore").encode()
    if head.startswith(codecs.BOM_UTF8):
        return head[3:]
    if head[1:2] == b"\x00" and head[:1] == b"<":
        return head.decode("utf-16le", "ignore").encode()
    return head


def _chinese(text: str) -> float:
    """Share of the most frequent characters among those beyond ASCII."""
    beyond = [char for char in text[:200_000] if char > "\x7f"]
    return sum(char in _FREQUENT for char in beyond) / max(1, len(beyond))
