"""Chinese and English names of the values that tables hold as codes: one list for reports, charts and spreadsheets.

Categories that are Chinese already (genres, standard parts) stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

STAGES = {
    "mobilise": "动员部署",
    "study": "学习调研",
    "examine": "分析检查",
    "implement": "组织实施",
    "rectify": "整改落实",
    "consolidate": "巩固提高",
    "review": "检查验收",
    "commend": "评选表彰",
}
"""Chinese names of the canonical stages."""

_PRECISIONS = {
    "day": "日",
    "ten_days": "旬",
    "month": "月",
    "quarter": "季度",
    "half_year": "半年",
    "year": "年",
}
_LEVELS = {
    "national": "国家级",
    "province": "省级",
    "prefecture": "地市级",
    "county": "县级",
    "township": "乡镇级",
    "unit": "单位",
}
_BASES = {
    "title": "标题",
    "issuer": "发文机关",
    "doc_number": "发文字号",
    "addressee": "主送机关",
    "body": "正文",
    "date": "成文日期",
    "window": "活动起止时间",
    "text": "正文",
}
_STATUSES = {"kept": "保留", "edited": "修改", "moved": "移动", "added": "新增", "dropped": "删除"}
_CHANGES = {
    "same": "未变",
    "recoded": "代码变更",
    "renamed": "更名",
    "upgraded": "升格",
    "moved": "改隶",
    "merged": "合并",
    "split": "拆分",
    "abolished": "撤销",
    "created": "新设",
}
_NOISE = {
    "pinyin": "夹注拼音",
    "script": "繁简转换",
    "taiwan_vocabulary": "台湾用语",
    "mojibake": "乱码",
    "ocr": "识别错误",
    "width": "全半角",
    "watermark": "水印",
    "line": "断行",
    "traditional": "繁体",
    "lone_surrogate": "非法字符",
    "boilerplate": "网页文字",
    "truncated": "截断",
    "concatenated": "多篇合一",
    "merged_lines": "换行丢失",
}
_CODES = {
    "boilerplate": "网页文字",
    "criteria-declared": "标准条数不符",
    "file-partial": "文件未读全",
    "id-repeated": "编号重复",
    "lone-surrogate": "非法字符",
    "mojibake-suspected": "疑似乱码",
    "numbering-gap": "编号缺漏",
    "phase-backwards": "阶段起止颠倒",
    "phases-declared": "阶段数不符",
    "phases-overlap": "阶段时间重叠",
    "region-ambiguous": "地区有歧义",
    "region-anachronism": "地名与年代不符",
    "region-conflict": "地区互相矛盾",
    "text-lost": "文字缺失",
    "truncated": "截断",
    "undecodable-bytes": "无法解码",
    "web-page": "网页说明",
}
"""Diagnostics."""

CODE_MEANINGS: Mapping[str, tuple[str, str]] = {
    "boilerplate": ("text of the web page, not of a document", "网页自身的文字，不属于任何文件"),
    "criteria-declared": (
        "a formula such as 五个好 declares another number of items than was found",
        "“五个好”一类提法所称条数与实有条数不符",
    ),
    "file-partial": (
        "a part of a Word document could not be read, or not as Word shows it",
        "Word 文件有一部分未能读出，或与 Word 所示不同",
    ),
    "id-repeated": (
        "two rows of tables, or members of an archive, have the same id; the second one's has a number",
        "表格中有两行（或压缩包中有两个文件）编号相同，后者的编号后加了序号",
    ),
    "lone-surrogate": ("a character that is no character stands in the text", "文中有非法字符"),
    "mojibake-suspected": ("a wrong decoding that could not be undone with certainty", "疑似乱码，无法可靠还原"),
    "numbering-gap": ("numbers of headings leave one out (一、三、四)", "小标题编号有缺漏（一、三、四）"),
    "phase-backwards": ("a phase ends before it begins", "阶段的结束早于开始"),
    "phases-declared": ("the plan declares another number of phases than was found", "所称阶段数与实有阶段数不符"),
    "phases-overlap": ("a phase begins before the one ahead of it ends", "后一阶段在前一阶段结束之前开始"),
    "region-ambiguous": (
        "a name that several places bear; the region is left empty",
        "多地同名，无法确定，地区留空",
    ),
    "region-anachronism": ("a name that the place did not bear in the plan's year", "该地名在文件所属年份并不存在"),
    "region-conflict": (
        "title, issuer and addressees point to different places",
        "标题、发文机关等所指地区不一",
    ),
    "text-lost": ("characters were lost before the text came here", "来源文本已有文字丢失"),
    "truncated": ("the document breaks off", "文件不完整，中途断开"),
    "undecodable-bytes": ("bytes that no encoding explains", "有无法解码的字节"),
    "web-page": ("what was found out about a saved web page", "关于网页来源的说明"),
}
"""What a diagnostic says, in English and in Chinese."""

_ASPECTS = {
    "corpus": "全部",
    "province": "省",
    "prefecture": "市",
    "county": "县",
    "year": "年份",
    "genre": "文种",
    "admin_level": "行政层级",
    "campaign": "活动",
    "format": "格式",
    "encoding": "编码",
    "script": "字体",
    "noise": "噪声",
    "coverage": "覆盖率",
    "diagnostic": "疑点",
    "unread": "未能读取",
}

_SCRIPTS = {"hans": "简体", "hant": "繁体", "mixed": "简繁混用"}

CHINESE: Mapping[str, Mapping[str, str]] = {
    "script": _SCRIPTS,
    "noise": _NOISE,
    "admin_level": _LEVELS,
    "level": _LEVELS,
    "region_basis": _BASES,
    "year_basis": _BASES,
    "issued_precision": _PRECISIONS,
    "window_start_precision": _PRECISIONS,
    "window_end_precision": _PRECISIONS,
    "start_precision": _PRECISIONS,
    "end_precision": _PRECISIONS,
    "deadline_precision": _PRECISIONS,
    "precision": _PRECISIONS,
    "phases.kind": {"stage": "阶段", "step": "步骤"},
    "stage": STAGES,
    "criteria.kind": {"standard": "标准", "requirement": "要求", "action": "行动"},
    "comparator": {"=": "等于", ">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "~": "约"},
    "deadline_basis": {"stated": "明示", "inherited": "沿用上文"},
    "references.relation": {"basis": "依据", "forwards": "转发", "cites": "引用"},
    "repairs.kind": _NOISE,
    "diagnostics.code": _CODES,
    "severity": {"info": "提示", "warning": "警告"},
    "compare.aspect": {"section": "章节", "phase": "阶段", "criterion": "标准", "target": "指标"},
    "status": _STATUSES,
    "measure": {
        "component": "组成部分",
        "stage": "规范阶段",
        "framework": "标准体系",
        "score": "评分",
        "phase_days": "阶段天数",
    },
    "on": {"text": "文本", "characters": "字符", "structure": "结构", "phases": "阶段", "criteria": "标准"},
    "duplicates.kind": {"same": "相同", "near": "相近"},
    "direction": {"cites": "引用", "date": "日期", "year": "年份", "level": "层级"},
    "dates.kind": _PRECISIONS | {"range": "起止", "duration": "时长", "recurring": "周期", "relative": "相对时间"},
    "dates.basis": {"stated": "明示", "context": "上下文", "year": "所给年份", "issued_on": "发文日期"},
    "places.relation": {"own": "本地", "inside": "下辖", "superior": "上级", "elsewhere": "外地"},
    "residue.kind": {"place": "地名", "body": "机构"},
    "origin": _CHANGES,
    "change": _CHANGES,
    "as_of_relation": _CHANGES,
    "pmc_band": {"low": "不良", "acceptable": "可接受", "good": "优秀", "perfect": "完美"},
    "summary.aspect": _ASPECTS,
    "summary.item": _LEVELS | _SCRIPTS | _NOISE | _CODES,
    "compare_groups.item": STAGES,
}
"""Chinese names by column, or by table and column where tables use one name for different things."""


def of(table: str, column: str) -> Mapping[str, str]:
    """The Chinese names of the values of a column; empty where it holds no codes."""
    return CHINESE.get(f"{table}.{column}") or CHINESE.get(column) or {}


def in_chinese(frame: pl.DataFrame, tables: Mapping[str, str]) -> pl.DataFrame:
    """The frame with the codes of its columns in Chinese, and 是 and 否; values that are no codes stay.

    An Enum column stays one, so that it sorts as before.

    Args:
        frame: The frame.
        tables: For each column the table that it comes from.
    """
    changed = []
    for name, dtype in frame.schema.items():
        names = of(tables.get(name, ""), name)
        if dtype == pl.Boolean:
            changed.append(pl.when(name).then(pl.lit("是")).when(~pl.col(name)).then(pl.lit("否")).alias(name))
        elif isinstance(dtype, pl.Enum) and names:
            told = pl.Enum([names.get(code, code) for code in dtype.categories])
            changed.append(pl.col(name).cast(pl.String).replace(names).cast(told))
        elif dtype == pl.List(pl.String) and names:
            changed.append(pl.col(name).list.eval(pl.element().replace(names)))
        elif dtype == pl.String and names:
            changed.append(pl.col(name).replace(names))
    return frame.with_columns(changed)
