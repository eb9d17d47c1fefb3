"""The summary of a corpus as a table to print: what a paper has in its appendix."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import polars as pl

from fangan import _cells, _fangan, _fonts, _labels
from fangan._summary import BY_SOURCE
from fangan.errors import MissingExtraError

Language = Literal["en", "zh"]

_ID = "fangan-summary"
"""Of the table in its page: the same in each run, so that a page made anew differs only where the corpus does."""
_BAR = 10
"""Signs that the bar of a whole takes."""

_ASPECTS = {
    "corpus": "Corpus",
    "province": "Province",
    "prefecture": "Prefecture",
    "county": "County",
    "year": "Year",
    "genre": "Genre",
    "admin_level": "Level of the issuer",
    "campaign": "Campaign",
    "format": "Format of the file",
    "encoding": "Encoding",
    "script": "Script",
    "noise": "Noise",
    "coverage": "Coverage",
    "diagnostic": "Diagnostics",
    "unread": "Could not be read",
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("What is in the corpus", "语料概况"),
    "all": ("All", "全部"),
    "unstated": ("not stated", "未注明"),
    "no noise": ("none met", "无"),
    "more": ("{} more", "其余 {} 组"),
    "n_sources": ("Sources", "来源"),
    "n_plans": ("Plans", "方案"),
    "bar": ("", ""),
    "share": ("Share", "占比"),
    "median_chars": ("Median length", "字数中位数"),
    "coverage": ("Coverage", "覆盖率"),
    "n_truncated": ("Cut short", "截断"),
    "n_diagnostics": ("Diagnostics", "疑点"),
    "warnings_per_plan": ("Warnings a plan", "篇均警告"),
    "size": ("Size", "规模"),
    "quality": ("How well it was read", "解析质量"),
    "note": (
        "Share: of all plans; of all sources for {}. Length: characters of a plan. Coverage: characters in a plan, or "
        "in named text of the web page. Plans of a diagnostic are those that it concerns. fangan {}.",
        "占比：占全部方案的比例；{}各组为占全部来源的比例。字数：方案的字符数。覆盖率：归入方案或已识别网页文字的字符比例。"
        "疑点各组的方案数为所涉及的方案数。fangan {}。",
    ),
}


def table(summary: pl.DataFrame, language: Language, most: int) -> Any:
    """The summary as a `great_tables.GT`; see `Corpus.summary_table`."""
    try:
        import great_tables as gt
    except ImportError as error:
        raise MissingExtraError("the table needs great_tables: pip install 'fangan[tables]'") from error

    def word(name: str) -> str:
        return _WORDS[name][language == "zh"]

    rows = _rows(summary, language, most)
    named = _named(language)
    aspects = summary["aspect"].cast(pl.String).unique().to_list()
    shown = [named[aspect] for aspect in BY_SOURCE if aspect in aspects]
    listed = "、".join(shown) if language == "zh" else ", ".join(shown).lower()
    note = word("note").format(listed, _fangan.__version__)
    subtitle = _subtitle(summary, language)
    size = ["n_sources", "n_plans", "bar", "share", "median_chars"]
    quality = ["coverage", "n_truncated", "n_diagnostics", "warnings_per_plan"]
    rows = rows.with_columns(
        pl.col("share", "coverage").map_elements(_cells.not_all, return_dtype=pl.Float64, skip_nulls=True)
    )
    made = (
        gt.GT(rows, rowname_col="item", groupname_col="aspect", locale="zh-Hans" if language == "zh" else "en", id=_ID)
        .tab_header(title=word("title"), subtitle=subtitle)
        .cols_label({name: word(name) for name in [*size, *quality]})
        .tab_spanner(word("size"), columns=size)
        .tab_spanner(word("quality"), columns=quality)
        .fmt_integer(["n_sources", "n_plans", "n_truncated", "n_diagnostics", "median_chars"])
        .fmt_percent(["share", "coverage"], decimals=1)
        .fmt_number("warnings_per_plan", decimals=2)
        .sub_missing(missing_text="")
        .cols_align("left", columns="bar")
        .tab_source_note(note)
    )
    # The signs of a bar overlap a little, or gaps would show between them.
    bars = [gt.style.text(color="#4c78a8", size="9px"), gt.style.css("letter-spacing:-.5px")]
    made = made.tab_style(bars, gt.loc.body(columns="bar"))
    made = made.tab_style(gt.style.text(weight="bold"), gt.loc.row_groups())
    made = made.tab_options(
        table_font_size="13px",
        data_row_padding="3px",
        row_group_padding="5px",
        row_group_background_color="#f4f4f4",
        table_font_names=[name.strip() for name in _fonts.STACK.split(",")],
        source_notes_font_size="11px",
        heading_align="left",
        table_border_top_style="solid",
    )
    signs = [note, subtitle, *named.values(), *(both[language == "zh"] for both in _WORDS.values())]
    return made.opt_css(_fonts.face(_signs([*signs, *rows["item"], *rows["bar"].drop_nulls(), "0123456789.,%–"])))


def _named(language: Language) -> Mapping[str, str]:
    return {**_labels.CHINESE["summary.aspect"], "corpus": "语料"} if language == "zh" else _ASPECTS


def _signs(texts: list[str]) -> str:
    """All signs that the table may show."""
    return "".join(sorted(set("".join(texts))))


def _bar(share: float | None) -> str | None:
    if share is None:
        return None
    eighths = round(share * _BAR * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + ("▏▎▍▌▋▊▉"[rest - 1] if rest else "")


def _subtitle(summary: pl.DataFrame, language: Language) -> str:
    whole = summary.row(0, named=True)
    years = summary.filter(pl.col("aspect") == "year")["item"].drop_nulls().to_list()
    when = "–".join(dict.fromkeys([years[0], years[-1]])) if years else ""
    if language == "zh":
        facts = [
            f"{whole['n_sources']:,} 个来源，{whole['n_plans']:,} 篇文件",
            *([f"{when} 年"] if when else []),
            *([f"{whole['n_truncated']:,} 篇截断"] if whole["n_truncated"] else []),
            *([f"{whole['n_unread']:,} 个来源未能读取"] if whole["n_unread"] else []),
        ]
        return "，".join(facts)
    facts = [_counted(whole["n_sources"], "source"), _counted(whole["n_plans"], "document")]
    facts += [when] if when else []
    if whole["n_truncated"]:
        facts.append(f"{_counted(whole['n_truncated'], 'document')} cut short")
    if whole["n_unread"]:
        facts.append(f"{_counted(whole['n_unread'], 'source')} could not be read")
    return ", ".join(facts)


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _rows(summary: pl.DataFrame, language: Language, most: int) -> pl.DataFrame:
    """The rows to print: so many of each aspect, and what is left in one row."""
    chinese = language == "zh"
    named = _named(language)
    columns = ["n_sources", "n_plans", "share", "median_chars", "coverage", "n_truncated", "n_diagnostics"]
    columns.append("warnings_per_plan")
    told: list[dict[str, object]] = []
    for aspect in summary["aspect"].cast(pl.String).unique(maintain_order=True):
        rows = summary.filter(pl.col("aspect") == aspect)
        # A year that is left out would break the row of years.
        few = rows.height if aspect in ("corpus", "year") or rows.height <= most + 1 else most
        for row in rows.head(few).iter_rows(named=True):
            head = {"aspect": named[aspect], "item": _item(aspect, row["item"], chinese)}
            told.append(head | {name: row[name] for name in columns})
        rest = rows.tail(rows.height - few)
        if rest.height:
            left: dict[str, object] = {"aspect": named[aspect], "item": _WORDS["more"][chinese].format(rest.height)}
            # Plans are in one group each; sources may be in several.
            if aspect not in BY_SOURCE:
                left |= {"n_plans": rest["n_plans"].sum(), "share": rest["share"].sum()}
            told.append(dict.fromkeys(columns) | left)
    shape = {"aspect": pl.String, "item": pl.String} | {name: summary.schema[name] for name in columns}
    frame = pl.DataFrame(told, schema=shape)
    bars = pl.Series("bar", [_bar(share) for share in frame["share"]], dtype=pl.String)
    return frame.insert_column(4, bars)


def _item(aspect: str, item: str | None, chinese: bool) -> str:
    if aspect == "corpus":
        return _WORDS["all"][chinese]
    if item is None:
        return _WORDS["no noise" if aspect == "noise" else "unstated"][chinese]
    coded = aspect in ("admin_level", "script", "noise", "diagnostic")
    if chinese:
        return _labels.CHINESE["summary.item"].get(item, item) if coded else item
    return item.replace("_", " ") if coded else item
