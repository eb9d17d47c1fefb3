"""The page's own table about a document (文号, 成文日期, 发文机关 …), and how a text without them is given them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fangan._html_blocks import Block
from fangan._html_site import is_sentence

_LABELS = {
    "index": ("索引号", "信息索引号", "索引编号"),
    "number": ("发文字号", "发文文号", "文件编号", "文件字号", "公文文号", "文号"),
    "written": ("成文日期", "成文时间", "发文日期", "发文时间", "制发日期", "印发日期"),
    "published": ("发布日期", "发布时间", "公开日期", "公开时间", "生成日期", "公布日期"),
    "issuer": ("发文机关", "发文机构", "发文单位", "制发机关"),
    "publisher": ("发布机构", "发布机关", "发布单位", "公开主体", "信息来源"),
    "title": ("信息名称", "文件名称", "公文名称", "标题", "名称"),
    "subjects": ("主题词", "关键词"),
    "class": (
        "主题分类",
        "组配分类",
        "公文种类",
        "信息分类",
        "体裁分类",
        "分类",
        "体裁",
        "文种",
        "类别",
        "所属主题",
        "公开形式",
    ),
    "validity": (
        "有效性",
        "效力状态",
        "是否有效",
        "时效性",
        "有效期",
        "效力",
        "生效日期",
        "实施日期",
        "失效日期",
        "废止日期",
        "施行日期",
    ),
    "other": (
        "公开方式",
        "公开范围",
        "公开类别",
        "公开目录",
        "内容概述",
        "内容摘要",
        "服务对象",
        "统一登记号",
        "登记号",
        "信息格式",
        "语种",
    ),
}
_NAMES = {label: name for name, labels in _LABELS.items() for label in labels}
_ANY = "|".join(r"[\s\u3000]*".join(label) for label in sorted(_NAMES, key=len, reverse=True))
_FIELD = re.compile(rf"(?:^|(?<=[\s\u3000\t|】\]；;]))[【\[]?({_ANY})[】\]]?[\s\u3000]*(?:[:：]|(?=\t)|$)")
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{2,16}[\s\u3000]*[〔\[（(【]\s*(?:19|20)\d\d\s*年?\s*[〕\]）)】]\s*第?\s*\d{1,4}\s*号"
)
_ISSUER = re.compile(r"^[\u4e00-\u9fff（）()、，\s\u3000]{2,60}$")
_DATE = re.compile(r"((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_NEAR = 10
_MOST_VALUE = 120
_MOST_FIELDS = 400
_FARTHEST_TITLE = 16
_NO_INITIALS = "发函字办通告令规知电公文号秘综"


def read_fields(blocks: list[Block], metas: Mapping[str, str]) -> tuple[dict[str, str], set[int]]:
    """Read the table, whatever elements make it.

    Args:
        blocks: The lines of the page.
        metas: Contents of `<meta>` elements by their names in lower case.

    Returns:
        Values by name (`number`, `written`, `issuer` …), and the lines that are fields and nothing else. Two labels
        near each other make a table; one alone may be a word of the text.
    """
    found: list[tuple[int, str, str]] = []
    spoken: dict[int, set[int]] = {}
    for at, block in enumerate(blocks):
        if len(block.text) > 400 or (is_sentence(block) and not _FIELD.match(block.text)):
            continue
        marks = list(_FIELD.finditer(block.text))
        if not marks or block.text[: marks[0].start()].strip():
            continue
        ends = [mark.start() for mark in marks[1:]] + [len(block.text)]
        for mark, end in zip(marks, ends, strict=True):
            name = _NAMES["".join(mark[1].split())]
            value = block.text[mark.end() : end].strip(" \t\u3000|【】[]；;")
            lines = {at}
            if not value and end == len(block.text) and at + 1 < len(blocks):
                below = blocks[at + 1].text
                if len(below) <= _MOST_VALUE and not _FIELD.match(below):
                    value, lines = below.strip(), {at, at + 1}
            found.append((at, name, value[:_MOST_VALUE]))
            spoken.setdefault(at, set()).update(lines)
        if len(found) >= _MOST_FIELDS:
            break
    values: dict[str, str] = {}
    lines_of_fields: set[int] = set()
    for at, name, value in found:
        near = {other for place, other, _ in found if abs(place - at) <= _NEAR}
        if len(near) >= 2 and not near <= {"title", "subjects", "validity"}:
            lines_of_fields |= spoken[at]
            if value and value not in ("-", "无", "暂无", "——"):
                values.setdefault(name, value)
    for key, name in (("articletitle", "title"), ("pubdate", "published"), ("contentsource", "publisher")):
        if metas.get(key, "").strip():
            values.setdefault(name, metas[key].strip()[:_MOST_VALUE])
    return values, lines_of_fields


def with_fields(text: str, fields: Mapping[str, str]) -> tuple[str, list[str]]:
    """Give a text the document number, issuer and date that only the page's table has.

    The lines have the forms in which documents have them: `某局　某发〔2012〕8号` above the title, `（2012年3月5日）`
    below it. They are put in only where the parser finds none without them, and stay only where it then finds just
    these and all else as before. The day of publication on the web is never taken for the day of the document.

    Args:
        text: The document.
        fields: What the page says.

    Returns:
        The text and notes.
    """
    number = _NUMBER.search(fields.get("number", ""))
    written = _date(fields.get("written", ""))
    issuer = _issuer(fields, number[0] if number else "")
    if not text.strip() or not (number or written or issuer):
        return text, []
    before = _read(text)
    if before is None:
        return text, []
    notes: list[str] = []
    want_number = "".join(number[0].split()) if number and not before["doc_number"] else None
    want_issuer = issuer if issuer and not before["issuer"] else None
    # A year that was taken from a number is no day of its own.
    want_date = written if written and before["issued_precision"] != "day" else None
    if want_date and before["issued_on"] and before["issued_precision"] == "month":
        want_date = want_date if before["issued_on"].timetuple()[:2] == want_date.timetuple()[:2] else None
    for line, wanted in _heads(want_number, want_issuer):
        changed = f"{line}\n{text}"
        if _as_wanted(before, _read(changed), wanted):
            text, notes = changed, [f"{' and '.join(_SAID[key] for key in wanted)} from the page's own table"]
            before = {**before, **wanted}
            break
    if want_date:
        for changed in _dated(text, want_date):
            if _as_wanted(before, _read(changed), {"issued_on": want_date, "issued_precision": "day"}):
                text = changed
                notes.append("the date from the page's own table")
                break
    return text, notes


_SAID = {"doc_number": "the document number", "issuer": "the issuer"}
_COMPARED = ("title", "genre", "doc_number", "issuer", "issued_on", "issued_precision", "plans")


def _heads(number: str | None, issuer: str | None) -> Iterator[tuple[str, dict[str, Any]]]:
    if number and issuer:
        yield f"{issuer}　{number}", {"doc_number": number, "issuer": issuer}
    if number:
        yield number, {"doc_number": number}
    if issuer:
        yield f"{issuer}文件", {"issuer": issuer}


def _dated(text: str, date: datetime.date) -> Iterator[str]:
    """The text with the date in brackets below one of its first lines: the title, or that of a forwarded plan."""
    lines = text.split("\n")
    for at in range(1, min(_FARTHEST_TITLE, len(lines))):
        yield "\n".join([*lines[:at], f"（{date.year}年{date.month}月{date.day}日）", *lines[at:]])


def _as_wanted(before: Mapping[str, Any], after: Mapping[str, Any] | None, wanted: Mapping[str, Any]) -> bool:
    if after is None:
        return False
    free = (
        {"issued_on", "issued_precision"}
        if before["issued_precision"] != "day" and "issued_on" not in wanted
        else set()
    )
    return all(
        after[key] == wanted[key] if key in wanted else key in free or after[key] == before[key] for key in _COMPARED
    )


def _read(text: str) -> dict[str, Any] | None:
    """What the parser reads in the first document of a text."""
    from fangan._read import parse

    corpus = parse(text, threads=1, progress=False)
    if corpus.plans.is_empty():
        return None
    row = corpus.plans.row(0, named=True)
    return {**{key: row[key] for key in _COMPARED[:-1]}, "plans": corpus.plans.height}


def _date(value: str) -> datetime.date | None:
    found = _DATE.search(value)
    try:
        return datetime.date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _issuer(fields: Mapping[str, str], number: str) -> str | None:
    issuer = fields.get("issuer", "").strip()
    if _ISSUER.match(issuer):
        return issuer
    publisher = fields.get("publisher", "").strip()
    return publisher if _ISSUER.match(publisher) and _numbered_by(publisher, number) else None


def _numbered_by(publisher: str, number: str) -> bool:
    """Whether a number is one of the publisher's: 临政发 is of 临水县人民政府, 临政办发 of its office.

    Who puts a document on the web need not have issued it; the number tells.
    """
    prefix = re.split(r"[〔\[（(【]", number)[0].strip()
    initials = [char for char in prefix if char not in _NO_INITIALS]
    return (
        len(prefix) >= 3
        and bool(initials)
        and all(char in publisher for char in initials)
        and (("办" in prefix) == ("办" in publisher))
    )
