"""The document in a saved web page, as the text that the parser is given."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from fangan._html_blocks import hidden, read_tree
from fangan._html_body import find, kept
from fangan._html_bytes import Decoded, decode, looks_like_html, unpack
from fangan._html_fields import read_fields, with_fields
from fangan._html_title import squeezed, titled, without_site
from fangan._limits import Limits
from fangan._opened import Opened
from fangan.errors import MissingExtraError

__all__ = ["Page", "looks_like_html", "page"]

_EMBEDDED = re.compile(r"data:[\w.+-]+/[\w.+-]+(?:;[\w=.-]+)*;base64,[A-Za-z0-9+/=%\s]{200,}", re.I)
_BREAK = re.compile(r"<br\b[^<>]*>", re.I)
_INLINE = re.compile(r"</?(?:font|span|b|i|u|em|strong|a|small|big|o:p|label|code|tt|nobr)(?:\s[^<>]*)?/?>", re.I)
_BLOCK_TAG = re.compile(
    r"</?(?:p|div|br|tr|td|th|li|h[1-6]|table|section|article|blockquote|center|ul|ol|dl|dt|dd)\b[^<>]*>", re.I
)
_CODE = re.compile(r"<(script|style|noscript|textarea)\b.*?</\1\s*>", re.I | re.S)
_OTHER_TAG = re.compile(r"<[/!?A-Za-z][^<>]*>?")
_FORM_FEEDS = re.compile(r"\x0c[\s\x0c]*")
_ATTRIBUTE = re.compile(r"[\s\"']([A-Za-z_][\w:.-]{0,80})\s*=")
_CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 127, 65534, 65535])
_MOST_ATTRIBUTES = 300
_MOST_NAMES = 3_000
_MOST_GUESSED = 1_500_000
_MOST_GUESSED_TAGS = 40_000
_MOST_COMPARED_TAGS = 4_000
_FRAME_DEPTH = 3
_MOST_FRAMES = 30


@dataclass(frozen=True)
class Page:
    """What a saved page holds.

    `text` is what the parser is given, "" where there is none; `reason` then says why, and is None otherwise. `fields`
    is the page's own table about the document (`number`, `issuer`, `written`, `published`, `index`, `title` …), as it
    was printed.
    """

    text: str
    encoding: str
    format: Literal["html", "mhtml"]
    notes: list[str] = field(default_factory=list)
    fields: dict[str, str] = field(default_factory=dict)
    reason: str | None = None


def page(data: bytes, *, most_bytes: int = 64_000_000, most_markup: int = 16_000_000, most_tags: int = 400_000) -> Page:
    """The text of the document in a saved page. No content fails, nothing is fetched.

    Args:
        data: The bytes of an .html or .mhtml file.
        most_bytes: Size of the largest file that is looked at. 64 MB by default.
        most_markup: Characters of the longest markup that is read, embedded pictures aside. 16 million by default.
        most_tags: Elements after which the rest of a page is left out, with a note. 400,000 by default.

    Returns:
        The text, or the reason why there is none.

    Raises:
        MissingExtraError: The extra `fangan[html]` is not installed.

    Examples:
        >>> found = page("<html><title>a</title><p>为了绿化，现就植树活动通知如下。<br>一、目标".encode())
        >>> found.text.split(chr(10))
        ['为了绿化，现就植树活动通知如下。', '一、目标']
    """
    libraries = _libraries()
    kind: Literal["html", "mhtml"] = "mhtml" if looks_like_html(data) == "mhtml" else "html"
    if len(data) > most_bytes:
        return Page("", "", kind, reason=f"the page has {len(data):,} bytes, {most_bytes:,} are the most")
    if kind == "mhtml":
        try:
            unpacked = unpack(data)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            unpacked = f"the parts of the file cannot be told apart: {error}"
    else:
        unpacked = Decoded(*decode(data))
    if isinstance(unpacked, str):
        return Page("", "", kind, reason=unpacked)
    notes = list(unpacked.notes)
    markup = _EMBEDDED.sub("", unpacked.text.translate(_CONTROLS))
    if len(markup) > most_markup:
        why = f"the page has {len(markup):,} characters of markup, {most_markup:,} are the most"
        return Page("", unpacked.encoding, kind, notes, reason=why)
    frames = {key: _EMBEDDED.sub("", text.translate(_CONTROLS)) for key, text in unpacked.frames.items()}
    try:
        text, fields, more = _document(markup, frames, libraries, most_tags)
    except (libraries.etree.LxmlError, ValueError, RecursionError) as error:
        return Page("", unpacked.encoding, kind, notes, reason=f"the markup cannot be read: {error}")
    notes += more
    reason = (
        None if text else "the page has no text of its own; what it shows may be loaded by a program or stand in frames"
    )
    return Page(text, unpacked.encoding, kind, notes, fields, reason)


def read(data: bytes, limits: Limits) -> Opened:
    """The text of the document in a saved page, as `_openers.py` asks for it.

    Raises:
        MissingExtraError: The extra `fangan[html]` is not installed.
    """
    found = page(data)
    notes = tuple(("web-page", note) for note in found.notes)
    return Opened(found.text, found.format, found.encoding, notes, found.reason)


@dataclass(frozen=True)
class _Libraries:
    trafilatura: Any
    html: Any
    etree: Any


def _libraries() -> _Libraries:
    try:
        import lxml.etree
        import lxml.html
        import trafilatura
    except ImportError as error:
        raise MissingExtraError("web pages need trafilatura: pip install 'fangan[html]'") from error
    logger = logging.getLogger("trafilatura")
    # What it says about a page that it finds poor would go to the terminal of those who have set up no logging.
    if not any(isinstance(handler, logging.NullHandler) for handler in logger.handlers):
        logger.addHandler(logging.NullHandler())
    return _Libraries(trafilatura, lxml.html, lxml.etree)


def _document(
    markup: str, frames: Mapping[str, str], libraries: _Libraries, most_tags: int
) -> tuple[str, dict[str, str], list[str]]:
    root, markup, notes = _parsed(markup, libraries)
    if root is None:
        return "", {}, notes
    outside = [frame.get("src") for frame in root.iter("frame") if frame.get("src") not in (None, *frames)]
    if outside:
        notes.append(f"frames that were not saved with the page: {', '.join(outside[:5])}")
    _put_frames_in(root, frames, libraries)
    metas = {(meta.get("name") or "").lower(): meta.get("content") or "" for meta in root.iter("meta")}
    printed = next((title.text or "" for title in root.iter("title")), "")
    tree = read_tree(root, libraries.etree.iterwalk, most_tags)
    if tree.cut_off:
        notes.append(f"the page was left off after {most_tags:,} tags")
    fields, field_lines = read_fields(tree.blocks, metas)
    titles = [without_site(title) for title in (fields.get("title", ""), metas.get("articletitle", ""), printed)]
    titles = [title for title in dict.fromkeys(titles) if len(squeezed(title)) >= 6]
    small = len(markup) <= _MOST_GUESSED and len(tree.tags) <= _MOST_GUESSED_TAGS and len(tree.blocks) > 1
    start, stop = find(tree, lambda: _guess(markup, libraries, len(tree.tags)) if small else None, titles)
    lines = [tree.blocks[at] for at in kept(tree, start, stop) if at not in field_lines]
    text = "\n".join(titled(lines, titles))
    text, given = with_fields(text, fields)
    return text, fields, notes + given


def _parsed(markup: str, libraries: _Libraries) -> tuple[Any, str, list[str]]:
    """The tree of a page; where tags are nested deeper than the library goes, without the tags that nest."""
    steps = (_as_it_is, _without_inline_tags, _without_tags)
    for change in steps[2:] if _is_crowded(markup) else steps:
        markup = change(markup)
        parser = libraries.html.HTMLParser(
            encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
        )
        try:
            root = libraries.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
        except libraries.etree.ParserError:
            return None, markup, []
        if not any("depth" in entry.message.lower() for entry in parser.error_log):
            break
    return root, markup, [] if change is _as_it_is else [_PLAINER]


def _as_it_is(markup: str) -> str:
    return markup


def _without_inline_tags(markup: str) -> str:
    return _INLINE.sub("", markup)


def _without_tags(markup: str) -> str:
    return _FORM_FEEDS.sub("<br>", _OTHER_TAG.sub("", _BLOCK_TAG.sub("\x0c", _CODE.sub("", markup))))


_PLAINER = "tags nested too deep, or with too many attributes, were left out"


def _is_crowded(markup: str) -> bool:
    """Whether a tag has more attributes than a page can mean; the time of libxml2 grows with their square."""
    if len(markup) > 100_000 and len(set(_ATTRIBUTE.findall(markup))) > _MOST_NAMES:
        return True
    for part in markup.split("<"):
        if len(part) > 2 * _MOST_ATTRIBUTES:
            # Attributes stand between quoted values, so that every second piece is outside quotes.
            outside = " ".join(part.partition(">")[0].split('"')[::2])
            if (
                outside.count("=") + outside.count(" ") > 4 * _MOST_ATTRIBUTES
                and len(outside.split()) > _MOST_ATTRIBUTES
            ):
                return True
    return False


def _put_frames_in(root: Any, frames: Mapping[str, str], libraries: _Libraries) -> None:
    """Put the pages of frames where they are shown, as far as they were saved with the page."""
    waiting = [(frame, 1) for frame in root.iter("iframe", "frame")]
    for done, (frame, depth) in enumerate(waiting):
        if done >= _MOST_FRAMES or depth > _FRAME_DEPTH or hidden(frame):
            continue
        inner = frame.get("srcdoc") or frames.get((frame.get("src") or "").strip().removeprefix("cid:").strip("<>"))
        child = _parsed(inner, libraries)[0] if inner else None
        if child is None:
            continue
        body = child.find("body")
        body = child if body is None else body
        body.tag = "div"
        for old in list(frame):
            frame.remove(old)
        frame.text = None
        frame.tag = "div"
        frame.append(body)
        waiting.extend((each, depth + 1) for each in body.iter("iframe", "frame"))


def _guess(markup: str, libraries: _Libraries, tags: int) -> str | None:
    """What trafilatura takes for the page's text, which tells where the document is; its lines are not used."""
    try:
        found: str | None = libraries.trafilatura.extract(
            _BREAK.sub("</p><p>", markup),
            include_comments=False,
            include_tables=True,
            include_links=False,
            with_metadata=False,
            deduplicate=False,
            # The algorithms that it compares itself with take time with the square of short paragraphs.
            fast=tags > _MOST_COMPARED_TAGS,
        )
        return found
    except Exception:
        # Its result is one of two opinions; whatever it stumbles over, the other one is left.
        return None
