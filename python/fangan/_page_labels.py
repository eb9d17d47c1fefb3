"""Words of the page that shows evidence: its own, and names for the values of tables, in two languages."""

from __future__ import annotations

from fangan import _labels
from fangan._schema import schema
from fangan.errors import InvalidArgumentError

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

_BOOLEANS = {"true": "是", "false": "否"}
_STATUSES = ("kept", "edited", "dropped", "added")

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


def value(table: str, column: str, said: str, language: str) -> str:
    """What the page says for a value of a table: its Chinese name where it is a code of the package."""
    codes = _labels.of(table, column) or _BOOLEANS
    if said not in codes:
        return said
    return codes[said] if language == "zh" else said.replace("_", " ")


def status(code: str, language: str) -> str:
    """The name of what became of a clause."""
    return value("ledger", "status", code, language).capitalize()


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
        "statuses": {name: status(name, language) for name in _STATUSES},
        "columns": columns,
        "shown": {table: list(shown) for table, shown in SHOWN.items()},
    }
