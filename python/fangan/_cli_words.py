"""What the command line says, in English and in Chinese, and which of the two it speaks."""

from __future__ import annotations

import locale
import os
import re
from collections.abc import Mapping, Sequence
from typing import Literal

Language = Literal["en", "zh"]

VARIABLE = "FANGAN_LANGUAGE"

_WORDS: Mapping[str, tuple[str, str]] = {
    # The parser
    "about": (
        "Chinese policy documents (实施方案, 指导意见, 通知 …) as tables, each cell with its place in the source.",
        "把政策文件（实施方案、指导意见、通知等）解析为数据表，每个单元格均可追溯到原文位置。",
    ),
    "epilog": (
        "exit codes: 0 fine; 1 something to look at; 2 wrong usage; 3 could not read, write or find a package; "
        "4 a mistake in fangan itself; 130 stopped by Ctrl-C; 141 the reader of the output has gone. "
        "The language is that of --language, else of {}, else of the system.",
        "退出码：0 正常；1 有待查看的问题；2 用法有误；3 无法读写或缺少软件包；4 fangan 自身出错；130 被 Ctrl-C 中断；"
        "141 输出已被接收方关闭。界面语言依次取自 --language、环境变量 {}、系统区域设置。",
    ),
    "usage": ("usage: ", "用法："),
    "options": ("options", "选项"),
    "arguments": ("what to give", "参数"),
    "commands": ("commands", "命令"),
    "help": ("show this help and stop", "显示本帮助后退出"),
    "version": ("show the version and stop", "显示版本号后退出"),
    "language": ("language of help and messages: en or zh", "帮助和提示的语言：en 或 zh"),
    "quiet": ("no progress bar", "不显示进度条"),
    "error": ("fangan: error: {}", "fangan：错误：{}"),
    "see": ("Try: {} --help", "查看用法：{} --help"),
    # The commands
    "read": ("parse documents and write their tables", "解析文件并导出数据表"),
    "read more": (
        "Parse documents and write their tables: plans, phases, criteria, targets … Parquet is written a shard at a "
        "time: what was stopped goes on when it is called again, and fangan.Corpus.from_parquet reads it back. A "
        "workbook opens in Excel. Exit code 1 says that a file could not be read.",
        "解析文件并导出数据表：方案、阶段、标准、指标等。Parquet 分片写入，中断后重新运行即可继续，"
        "可用 fangan.Corpus.from_parquet 读回；xlsx 可用 Excel 打开。有文件未能读取时退出码为 1。",
    ),
    "compare": ("set two documents, or two folders of them, side by side", "对照两份文件或两个文件夹"),
    "compare more": (
        "Set two documents side by side, or two folders of documents as two groups: how many sections, phases, "
        "criteria and targets were kept, edited, moved, added and dropped, and which. Exit code 0 whether they differ "
        "or not.",
        "对照两份文件；给出两个文件夹时按两组对照：章节、阶段、标准、指标各有多少保留、修改、移动、新增、删除，分别是哪些。"
        "无论是否有差异，退出码均为 0。",
    ),
    "report": ("write an HTML page of documents with their evidence marked", "生成标注原文依据的网页"),
    "report more": (
        "Write one HTML page that shows the sources with what was found in them marked; it needs no network.",
        "生成一个网页，在原文中标出各项解析结果的出处，可离线查看。",
    ),
    "check": ("say how well documents were read, and what to look at", "检查解析质量，列出待查看的问题"),
    "check more": (
        "Say how well documents were read: files that could not be read, text that no rule understood, documents that "
        "are cut short, warnings and what they mean; and prove each row against its source. Exit code 1 says that "
        "there is something to look at.",
        "检查解析质量：未能读取的文件、未能理解的文字、中途断开的文件、各类警告及其含义，并逐行核对原文。"
        "有待查看的问题时退出码为 1。",
    ),
    "path": (
        "a document or archive, a folder (with its subfolders) or a pattern; several may be given",
        "文件、压缩包、文件夹（含子文件夹）或通配符，可给多个",
    ),
    "A": ("a document or a folder", "文件或文件夹"),
    "B": ("what it is compared with", "与之对照的文件或文件夹"),
    "read out": (
        "folder for Parquet and CSV files, or a workbook that ends in .xlsx",
        "Parquet、CSV 的输出文件夹，或以 .xlsx 结尾的工作簿",
    ),
    "compare out": (
        "write the comparison to a file: .csv, .xlsx, or .html (two documents only)",
        "把对照结果写入文件：.csv、.xlsx，或 .html（仅限两份文件）",
    ),
    "report out": ("the HTML page to write", "要生成的网页文件"),
    "format": (
        "parquet, csv or xlsx; by default xlsx for an output that ends so, else parquet",
        "parquet、csv 或 xlsx；默认按输出名：以 .xlsx 结尾为 xlsx，否则为 parquet",
    ),
    "heads": (
        "heads and values of CSV and workbooks: en or zh; by default the language of messages",
        "CSV 和工作簿的列名与取值用 en 还是 zh；默认同界面语言",
    ),
    "text": (
        "read tables too (CSV, JSON lines, Parquet): the column that holds the texts",
        "同时读取表格（CSV、JSONL、Parquet）：正文所在的列",
    ),
    "id": ("the column of tables that holds the ids", "表格中编号所在的列"),
    "rows": ("rows of each kind to show, 0 for all; 5 by default", "每类显示多少条，0 为全部；默认 5"),
    # What goes wrong
    "missing": ("{} does not exist", "{} 不存在"),
    "empty": ("{} holds no document; files end in {}", "{} 中没有文档（扩展名为 {}）"),
    "unwritable": ("{} cannot be written: {}", "无法写入 {}：{}"),
    "goes on": (
        "{}; what is finished stays, and the same command goes on from there",
        "{}；已完成的部分保留，重新运行同一命令即可继续",
    ),
    "package": (
        "a package is missing: {}",
        "缺少软件包：{}",
    ),
    "itself": (
        "{} is one of the documents that are read; give another name behind -o",
        "{} 是要读取的文件之一，请在 -o 后换一个名称",
    ),
    "no output": ("there is no name behind -o", "-o 后没有名称"),
    "folder": (
        "{} looks like one file; tables are written into a folder: --format {} -o {}",
        "{} 像是单个文件；各表写入一个文件夹：--format {} -o {}",
    ),
    "ending": ("{} must end in {}", "{} 应以 {} 结尾"),
    "clash": ("{} does not go with --format {}", "{} 与 --format {} 不符"),
    "negative": ("--rows is {}; give 0 or more", "--rows 为 {}，应不小于 0"),
    "no document": ("{} holds no document: {}", "{} 中没有可对照的文件：{}"),
    "nothing in it": ("it is empty", "内容为空"),
    "two only": (
        "an HTML page sets two documents side by side; {} holds {}",
        "网页只能对照两份文件，而 {} 中有 {} 份",
    ),
    "stopped": ("stopped", "已中断"),
    "bug": ("this should not have happened; please report it", "程序内部出错，请反馈"),
    # What is told
    "found": ("{} read, {} found", "读取{}，得到{}"),
    "sources": ("{:,} sources", "来源 {:,} 个"),
    "source": ("{:,} source", "来源 {:,} 个"),
    "documents": ("{:,} documents", "文件 {:,} 篇"),
    "document": ("{:,} document", "文件 {:,} 篇"),
    "wrote": ("wrote {}", "已写入 {}"),
    "unread": ("could not be read", "未能读取"),
    "quality": ("quality", "解析质量"),
    "read row": ("read", "读取"),
    "of sources": ("{:,} of {:,} sources", "来源 {:,}/{:,} 个"),
    "years": ("years", "年份"),
    "regions": ("regions", "地区"),
    "genres": ("genres", "文种"),
    "none stated": ("none stated", "未注明"),
    "more": ("{} more", "其余 {} 项"),
    "coverage": ("coverage", "覆盖率"),
    "of characters": ("{} of {:,} characters understood", "{}（共 {:,} 字符）"),
    "truncated": ("cut short", "截断"),
    "warnings": ("warnings", "警告"),
    "verified": ("verified", "核对"),
    "rows hold": ("{:,} rows, all as the source says", "{:,} 行，均与原文一致"),
    "rows fail": ("{1:,} of {0:,} rows do not say what the source says", "{0:,} 行中有 {1:,} 行与原文不一致"),
    "infos": ("also noted", "其他提示"),
    "fine": ("Nothing to look at.", "没有需要查看的问题。"),
    "look": ("To look at: {}.", "需要查看：{}。"),
    "not understood": ("text that was not understood", "有未能理解的文字"),
    "aspect": ("aspect", "方面"),
    "only a": ("only in A", "仅见于甲"),
    "only b": ("only in B", "仅见于乙"),
    "edited": ("edited, A left and B right", "有修改（左甲右乙）"),
    "moved": ("moved", "位置移动"),
    "kept": ("the same", "相同"),
    "side a": ("A", "甲"),
    "side b": ("B", "乙"),
    "same all": ("A and B are the same in all of this.", "两者在上述各方面完全相同。"),
    "nothing to compare": (
        "Neither has sections, phases, criteria or targets to compare.",
        "两者均没有可对照的章节、阶段、标准或指标。",
    ),
    "shown": ("… {} more; --rows 0 shows all", "……另有 {} 条，--rows 0 显示全部"),
}

_ERRORS: Sequence[tuple[str, str]] = (
    (r"the following arguments are required: (.*)", "缺少参数：{}"),
    (r"unrecognized arguments: (.*)", "无法识别的参数：{}"),
    (r"argument (.*?): invalid choice: (.*?) \(choose from (.*)\)", "{}：没有 {} 这个选项，可选 {}"),
    (r"argument (.*?): invalid int value: (.*)", "{}：应为整数，而不是 {}"),
    (r"argument (.*?): expected one argument", "{}：缺少取值"),
    (r"argument (.*?): expected at least one argument", "{}：至少给出一个取值"),
    (r"argument (.*?): ignored explicit argument (.*)", "{}：不接受取值 {}"),
    (r"ambiguous option: (.*?) could match (.*)", "选项 {} 有歧义，可能是 {}"),
)
"""What argparse says is wrong, and how that is put in Chinese."""


class Words:
    """What is said, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, name: str, *values: object) -> str:
        told = _WORDS[name][self.language == "zh"]
        return told.format(*values) if values else told

    def counted(self, number: int, one: str) -> str:
        """A number of things, in the singular for one."""
        return self(one if number == 1 else f"{one}s", number)

    def mistake(self, message: str) -> str:
        """What argparse says is wrong."""
        if self.language == "zh":
            for pattern, told in _ERRORS:
                found = re.fullmatch(pattern, message, re.DOTALL)
                if found:
                    return told.format(*found.groups())
        return message


def language(arguments: Sequence[str]) -> Language:
    """The language to speak: what `--language` says, else the variable, else the system's.

    It has to be known before the arguments are parsed, because help and mistakes are in it.
    """
    asked: str | None = None
    for at, argument in enumerate(arguments):
        if argument == "--language" and at + 1 < len(arguments):
            asked = arguments[at + 1]
        elif argument.startswith("--language="):
            asked = argument.partition("=")[2]
    for told in (asked, os.environ.get(VARIABLE)):
        if told is not None and (known := told.strip().lower().partition("_")[0].partition("-")[0]) in ("en", "zh"):
            return "zh" if known == "zh" else "en"
    # The order in which systems look themselves.
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if told := os.environ.get(name):
            return _of_system(told)
    try:
        return _of_system(locale.getlocale()[0] or "")
    except ValueError:
        return "en"


def _of_system(name: str) -> Language:
    """zh_CN.UTF-8, zh-Hans, and on Windows Chinese (Simplified)_China.936."""
    return "zh" if name.lower().startswith(("zh", "chinese")) else "en"
