"""What the site lists from the package itself, in both languages: tables with their columns, rubrics with their items."""

from __future__ import annotations

import tomllib
from typing import Any

import fangan as fg
import polars as pl
from build_docs import NAMES
from fangan import _meanings
from fangan._schema import RESULTS

HEADS = {
    "en": ("column", "in reports", "type", "meaning"),
    "zh": ("列", "中文名", "类型", "含义"),
}
RUBRIC_HEADS = {
    "en": ("dimension", "item", "asks (value)", "asked of"),
    "zh": ("维度", "条目", "内容（英文）与取值", "适用文种"),
}
PARTS = {"en": ("Tables of a corpus", "Results of analyses"), "zh": ("语料库的表", "分析结果")}


def dtype(column: fg.Column) -> str:
    """The type as a reader wants it, with the values of an Enum."""
    if isinstance(column.dtype, pl.Enum):
        return "Enum: " + ", ".join(f"`{category}`" for category in column.dtype.categories)
    return NAMES.get(column.dtype, str(column.dtype))


def row(table: fg.Table, column: fg.Column, language: str) -> str:
    """A line of a table's list of columns. Results whose meaning nobody has put into Chinese have it in English."""
    maybe = {"en": ", may be null", "zh": "，可为空"}[language] if column.nullable else ""
    chinese = _meanings.column(table.name, column.name) if language == "zh" else None
    meaning = (chinese or column.meaning).replace("|", "\\|")
    return f"| `{column.name}` | {column.chinese} | {dtype(column)}{maybe} | {meaning} |"


def section(table: fg.Table, language: str) -> str:
    """A table with its columns."""
    if language == "en":
        told = f"{table.chinese}. {table.meaning}."
    else:
        told = f"**{table.chinese}**。{_meanings.ROWS.get(table.name, table.meaning)}。"
    head = "| " + " | ".join(HEADS[language]) + " |\n| --- | --- | --- | --- |"
    lines = "\n".join(row(table, column, language) for column in table.columns)
    return f"### {table.name}\n\n{told}\n\n{head}\n{lines}\n"


def dictionary(language: str) -> str:
    """All of it, as Markdown."""
    known = {name: table for name, table in fg.schema().items() if name != "texts"}
    tables = [section(table, language) for name, table in known.items() if name not in RESULTS]
    results = [section(table, language) for name, table in known.items() if name in RESULTS]
    first, second = PARTS[language]
    return "\n".join([f"## {first}\n", *tables, f"## {second}\n", *results])


def rubric(name: str, language: str) -> str:
    """A rubric with its items: what is asked, how it counts, and of which kinds of documents."""
    told = tomllib.loads(fg.rubric(name))
    head = "| " + " | ".join(RUBRIC_HEADS[language]) + " |\n| --- | --- | --- | --- |"
    weight, everything = {"en": ("weight", "all kinds"), "zh": ("权重", "所有文种")}[language]

    def weighed(part: dict[str, Any]) -> str:
        return f", {weight} {part['weight']:g}" if part.get("weight", 1) != 1 else ""

    lines = []
    for dimension in told["dimension"]:
        for item in dimension["item"]:
            kinds = "、".join(item.get("genres", ())) or everything
            asked = f"{item['meaning']} (`{item['value']}`{weighed(item)})"
            lines.append(
                f"| {dimension['name']} {dimension['chinese']}{weighed(dimension)} | `{item['name']}` | {asked} | {kinds} |"
            )
    source = {"en": "Source", "zh": "出处"}[language]
    title = f"### {name} ({told['chinese']})" if language == "en" else f"### {name}（{told['chinese']}）"
    return "\n".join([f"{title}\n\n{told['meaning']}.\n\n{source}: {told['source']}.\n\n{head}", *lines]) + "\n"


def rubrics(language: str) -> str:
    """All rubrics that come with the package, as Markdown."""
    return "\n".join(rubric(name, language) for name in fg.rubrics())
