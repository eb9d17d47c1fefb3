"""Words of the page that shows evidence: its own, and names for the values of tables, in two languages."""

from __future__ import annotations

import polars as pl

from fangan._schema import schema
from fangan.errors import InvalidArgumentError
from fangan.plot import STAGES

LANGUAGES = ("zh", "en")

SHOWN = {
    "plans": ("field", "value"),
    "sections": ("marker", "heading", "component"),
    "phases": ("label", "name", "stage", "start_on", "end_on"),
    "criteria": ("framework", "ordinal", "item", "kind"),
    "targets": ("quote", "indicator", "quantity", "deadline"),
    "leaders": ("role", "name", "body", "post"),
    "references": ("title", "doc_number", "relation"),
    "slogans": ("formula", "declared", "items"),
    "unparsed": ("text",),
    "diagnostics": ("severity", "code", "message"),
    "repairs": ("kind", "before", "after"),
}
"""The columns that stand beside the text; the others are shown with the one row that is chosen."""

_COMPOSED = {"field": ("项目", "Field"), "value": ("内容", "Value"), "quantity": ("数值", "Quantity")}

_KINDS = {
    "head": ("标题", "Head"),
    **{
        name: (schema()[name].chinese, name.capitalize())
        for name in ("sections", "phases", "criteria", "targets", "leaders", "references", "slogans", "unparsed")
    },
    "boilerplate": ("网页文字", "Boilerplate"),
    "diagnostics": (schema()["diagnostics"].chinese, "Diagnostics"),
    "repairs": (schema()["repairs"].chinese, "Repairs"),
}
"""Kinds of marks in the text, in the order of their boxes; tables are called as `to_zh` calls them."""

STATUSES = {
    "kept": ("保留", "Kept"),
    "edited": ("改写", "Edited"),
    "dropped": ("删去", "Dropped"),
    "added": ("新增", "Added"),
}

_VALUES = {
    **STAGES,
    "stage": "阶段",
    "step": "步骤",
    "standard": "标准",
    "requirement": "要求",
    "action": "行动",
    "stated": "明示",
    "inherited": "承前",
    "basis": "依据",
    "forwards": "转发",
    "cites": "提及",
    "day": "日",
    "ten_days": "旬",
    "month": "月",
    "quarter": "季度",
    "half_year": "半年",
    "year": "年",
    "national": "国家",
    "province": "省级",
    "prefecture": "地级",
    "county": "县级",
    "township": "乡级",
    "unit": "单位",
    "title": "标题",
    "issuer": "发文机关",
    "doc_number": "发文字号",
    "addressee": "主送机关",
    "body": "正文",
    "date": "日期",
    "window": "活动期间",
    "text": "正文",
    "info": "提示",
    "warning": "警告",
    "pinyin": "拼音",
    "script": "繁简",
    "taiwan_vocabulary": "台湾用语",
    "mojibake": "乱码",
    "ocr": "识别错误",
    "width": "全半角",
    "watermark": "水印",
    "line": "断行",
    "boilerplate": "网页文字",
    "criteria-declared": "条数不符",
    "lone-surrogate": "残缺字符",
    "mojibake-suspected": "疑似乱码",
    "numbering-gap": "编号缺漏",
    "phase-backwards": "阶段倒置",
    "phases-declared": "阶段数不符",
    "phases-overlap": "阶段重叠",
    "region-ambiguous": "地区不明",
    "region-anachronism": "地名不合年代",
    "region-conflict": "地区矛盾",
    "text-lost": "文字缺失",
    "truncated": "文件截断",
    "undecodable-bytes": "无法解码",
    "true": "是",
    "false": "否",
}
_ENUMERATED = frozenset(
    [
        *(name for table in schema().values() for name, kind in table.polars.items() if isinstance(kind, pl.Enum)),
        *("code", "is_target", "truncated"),
    ]
)
"""Columns whose values are words of the package and not of a text."""

_TEXTS = {
    "app": ("方案原文与证据", "Source and evidence"),
    "skip": ("跳到原文", "Skip to the text"),
    "documents": ("文件", "Documents"),
    "outline": ("目录", "Outline"),
    "source": ("原文", "Text"),
    "tables": ("表格", "Tables"),
    "ledger": ("承接台账", "Ledger"),
    "pairs": ("对照", "Side by side"),
    "failed": ("未能读取", "Could not be read"),
    "filter_documents": ("按地区、年份、标题筛选", "Filter by region, year, title"),
    "no_documents": ("没有符合的文件", "No document fits"),
    "kinds": ("标注类别", "Kinds of marks"),
    "statuses": ("变化类别", "Kinds of change"),
    "search": ("查找原文（按修复后文字）", "Find in the text as repaired"),
    "nothing_found": ("未找到", "Not found"),
    "keys": ("快捷键", "Keys"),
    "close": ("关闭", "Close"),
    "no_outline": ("没有编号的小标题", "No numbered headings"),
    "no_rows": ("没有内容", "Nothing here"),
    "untitled": ("无标题", "Untitled"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "rows": ("第 {0}–{1} 条，共 {2} 条", "{0}–{1} of {2}"),
    "also": ("此处还有", "Also here"),
    "repair": ("修复", "Repair"),
    "removed": ("（删除）", "(removed)"),
    "confidence": ("可信度", "Confidence"),
    "place": ("位置", "Place"),
    "superior": ("上级", "Superior"),
    "subordinate": ("下级", "Subordinate"),
    "clause": ("句", "Clause"),
    "status": ("变化", "Status"),
    "truncated": ("原文截断", "Breaks off"),
    "characters": ("{0} 字", "{0} characters"),
    "repairs_by_kind": ("修复共 {0} 处：{1}", "{0} repairs: {1}"),
    "key_slash": ("查找", "Find"),
    "key_marks": ("下一处、上一处标注（焦点在原文）", "Next, previous mark (in the text)"),
    "key_repairs": ("下一处、上一处修复（焦点在原文）", "Next, previous repair (in the text)"),
    "key_arrows": ("在列表、表格、标签之间移动", "Move in lists, tables, tabs"),
    "key_enter": ("定位到原文；在标注上打开详情", "Go to the text; open what a mark says"),
    "key_escape": ("关闭浮窗，取消选择", "Close what is open, unselect"),
    "key_help": ("显示快捷键", "Show the keys"),
}


def checked(language: str) -> int:
    """Where the words of a language stand in the pairs of this file.

    Raises:
        InvalidArgumentError: There is no such language.
    """
    if language not in LANGUAGES:
        raise InvalidArgumentError(f"language is {language!r}; give one of {', '.join(map(repr, LANGUAGES))}")
    return LANGUAGES.index(language)


def value(column: str, said: str, language: str) -> str:
    """What the page says for a value of a table: its Chinese name where it is a word of the package."""
    if column not in _ENUMERATED:
        return said
    return _VALUES.get(said, said) if language == "zh" else said.replace("_", " ")


def column(table: str, name: str, language: str) -> str:
    """The name of a column."""
    if (table == "plans" and name in _COMPOSED) or name == "quantity":
        return _COMPOSED[name][checked(language)]
    if language == "en":
        return name.replace("_", " ").capitalize()
    return next((known.chinese for known in schema()[table].columns if known.name == name), name)


def words(language: str) -> dict[str, object]:
    """All that the page itself says."""
    at = checked(language)
    pick = {name: pair[at] for name, pair in _TEXTS.items()}
    tables = {name: (schema()[name].chinese, name.capitalize())[at] for name in SHOWN}
    columns = {
        table: {
            name: column(table, name, language)
            for name in dict.fromkeys([*shown, *(known.name for known in schema()[table].columns)])
            if name not in ("plan_id", "source_id", "start", "end")
        }
        for table, shown in SHOWN.items()
    }
    return {
        "texts": pick,
        "tables": tables,
        "kinds": {name: pair[at] for name, pair in _KINDS.items()},
        "statuses": {name: pair[at] for name, pair in STATUSES.items()},
        "columns": columns,
        "shown": {table: list(shown) for table, shown in SHOWN.items()},
    }
