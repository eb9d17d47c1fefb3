"""Fill in what the READMEs and the notebooks show: outputs of examples, lists of columns, scores, the picture.

Everything that a reader sees as output is made here by running what stands above it, so nothing is copied by hand:

    python tools/build_docs.py            # write
    python tools/build_docs.py --check    # say what differs, and fail if anything does

`make docs` runs the notebooks, then this.

A ```python block is run, all blocks of a file in one namespace; the ```text block behind it, if there is one, is what it
prints. Between `<!-- tables -->` and `<!-- /tables -->` stands what `MARKED` makes for that name.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import fangan as fg
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
READMES = (ROOT / "README.md", ROOT / "README.zh.md")
PAGES = tuple(sorted((ROOT / "docs").rglob("*.md")))
PICTURE = ROOT / "docs" / "images" / "timeline.png"
SAMPLES = ROOT / "python" / "fangan" / "samples"
sys.path.insert(0, str(ROOT / "tests" / "python"))

NAMES: dict[pl.DataType, str] = {
    pl.List(pl.String): "List[Str]",
    pl.List(pl.Struct({"start": pl.UInt32, "end": pl.UInt32})): "List[Struct(start, end)]",
    pl.String(): "Str",
    pl.Boolean(): "Bool",
}
EXAMPLE = re.compile(r"```python\n(.*?)```\n(\s*```text\n)?(?(2)(.*?)(```\n))", re.DOTALL)
TABLE_WIDTH = 110


def run(text: str) -> str:
    """The text with the outputs of its examples."""
    namespace: dict[str, object] = {}

    def replace(match: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed), pl.Config(tbl_width_chars=TABLE_WIDTH, fmt_str_lengths=30):
            exec(compile(match[1], "README", "exec"), namespace)
        lines = [line.rstrip() for line in printed.getvalue().rstrip().splitlines()]
        if match[2] is None:
            assert not lines, f"this example prints, but shows nothing of it:\n{match[1]}"
            return match[0]
        return f"```python\n{match[1]}```\n{match[2]}" + "\n".join(lines) + "\n```\n"

    return EXAMPLE.sub(replace, text)


def tables(chinese: bool) -> str:
    """The list of tables and their columns, as a Markdown table."""

    def column(known: fg.Column) -> str:
        dtype = known.dtype
        told = f"Enum({', '.join(dtype.categories)})" if isinstance(dtype, pl.Enum) else NAMES.get(dtype, str(dtype))
        label = f" {known.chinese}" if chinese else ""
        return f"`{known.name}{'?' if known.nullable else ''}`{label} {told}"

    def row(table: fg.Table) -> str:
        told = table.chinese if chinese else table.meaning
        return f"| `{table.name}` | {told} | {'; '.join(map(column, table.columns))} |"

    head = "| 表 | 名称 | 列 |" if chinese else "| table | a row is | columns |"
    known = [table for name, table in fg.schema().items() if name != "texts"]
    return "\n".join([head, "| --- | --- | --- |", *map(row, known)])


def scores(chinese: bool) -> str:
    """Precision, recall and F1 on the bundled samples, as a Markdown table."""
    from prediction import predict
    from scoring import FIELDS, load_gold, load_texts, score_all

    golds = load_gold(SAMPLES / "gold")
    score = score_all(golds, predict(fg.samples()), load_texts(golds, [SAMPLES / "texts"]))

    def row(name: str) -> str:
        count = score[name]
        known = ["–" if x is None else f"{x:.2f}" for x in (count.precision, count.recall, count.f1)]
        return f"| {name} | {count.tp + count.fn} | {' | '.join(known)} |"

    head = (
        "| 字段 | 标准答案条数 | 精确率 | 召回率 | F1 |"
        if chinese
        else "| field | in the gold | precision | recall | F1 |"
    )
    mean = "平均 F1" if chinese else "mean F1"
    rows = [row(name) for name in FIELDS if score[name].tp + score[name].fn + score[name].fp]
    return "\n".join(
        [head, "| --- | ---: | ---: | ---: | ---: |", *rows, f"| **{mean}** | | | | **{score.mean():.2f}** |"]
    )


MARKED: dict[str, Callable[[bool], str]] = {"tables": tables, "scores": scores}


def rendered(path: Path, marked: Iterable[str] = MARKED) -> str:
    """A README as it should stand, with these of its marked parts made anew."""
    text = run(path.read_text(encoding="utf-8"))
    for name in marked:
        make = MARKED[name]
        begin, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
        before, found, rest = text.partition(begin)
        assert found, f"{path.name} has no place for {name}"
        text = f"{before}{begin}{make('.zh.' in path.name)}\n{end}{rest.partition(end)[2]}"
    return text


def draw() -> None:
    """The picture of the READMEs: one campaign in the calendar."""
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    corpus = fg.samples().filter(pl.col("campaign") == "创先争优")
    fg.plot.timeline(corpus, width=420).save(str(PICTURE), scale_factor=1.5)


def _joined(outputs: list[dict]) -> list[dict]:
    """What was printed in one go comes from the kernel in one piece or in several, as it happens."""
    kept: list[dict] = []
    for shown in outputs:
        if kept and shown["output_type"] == kept[-1]["output_type"] == "stream" and shown["name"] == kept[-1]["name"]:
            kept[-1]["text"] = [*kept[-1]["text"], *shown["text"]]
        else:
            kept.append(shown)
    return kept


def tidy(path: Path) -> None:
    """Take out of a notebook what differs from run to run, or from machine to machine: times and versions."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"].pop("execution", None)
        if "outputs" in cell:
            cell["outputs"] = _joined(cell["outputs"])
    notebook["metadata"] = {key: notebook["metadata"][key] for key in ("kernelspec",)}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def main() -> int:
    """Write, or check."""
    stale = []
    for path in (*READMES, *PAGES):
        text = rendered(path, MARKED if path in READMES else ())
        if text != path.read_text(encoding="utf-8"):
            stale.append(path.name)
            if "--check" not in sys.argv:
                path.write_text(text, encoding="utf-8")
    if "--check" not in sys.argv:
        draw()
        for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
            tidy(path)
    print("out of date: " + ", ".join(stale) if stale else "up to date")
    return int(bool(stale) and "--check" in sys.argv)


if __name__ == "__main__":
    sys.exit(main())
