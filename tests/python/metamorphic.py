"""How much of the tables survives damage: the cells of a damaged text against those of the clean one.

    python tests/python/metamorphic.py [KIND | KIND+KIND ...] [--pairs] [--show N] [--folder FOLDER]

Rows are paired in order, the most alike first; a cell is kept when both say the same, apart from white space and the width
of characters. Columns of places and lengths (`start`, `end`, `n_chars`) do not count. The share kept is that of the cells
which either side has.
"""

from __future__ import annotations

import argparse
import difflib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import fangan as fg
import polars as pl
from fangan.testing import noise

TABLES = ("plans", "phases", "criteria")
SKIPPED = {"source_id", "plan_id", "phase_id", "criterion_id", "parent_id", "start", "end", "n_chars"}


SCRIPT = ("traditional", "hong_kong", "taiwan", "pinyin", "plain_pinyin")
"""Kinds that touch the script and no words, in which nearly nothing may be lost."""
SIGNS = ("full_width", "half_width_punctuation", "kangxi", "invisible", "entities")
OCR = ("ocr_spaces", "ocr_confusions")
LINES = ("hard_wraps", "merged_lines")
PAGE = ("watermarks", "boilerplate")
DECODING = ("misaligned_gbk", "latin1", "gbk_as_latin1", "utf8_as_gbk")
ORDER = (SCRIPT[:3], SCRIPT[3:], OCR, LINES, SIGNS, PAGE, DECODING)
IMPOSSIBLE = {(sign, "gbk_as_latin1") for sign in ("kangxi", "invisible")}
"""Groups in the order in which damage befalls a text; of two kinds of one group, one shuts the other out, but for signs
and pages; of what GBK has no bytes for, none can be wrong."""


def pairs() -> list[str]:
    """Every pair of kinds that can befall one text, as `KIND+KIND`."""
    out = []
    for place, group in enumerate(ORDER):
        later = [kind for other in ORDER[place + 1 :] for kind in other]
        for at, kind in enumerate(group):
            same = group[at + 1 :] if group in (SIGNS, PAGE, OCR) else ()
            out += [f"{kind}+{other}" for other in (*same, *later) if (kind, other) not in IMPOSSIBLE]
    return out


def texts_to_damage(folder: str | None = None) -> dict[str, str]:
    """The texts of a folder, by default the bundled samples, but for those with mojibake: they are decoded wrongly already.

    A text with other noise is compared with itself, more damaged.
    """
    corpus = fg.read(folder, progress=False) if folder else fg.samples()
    names = corpus.sources.filter(~pl.col("noise").list.contains("mojibake"))["source_id"]
    return {name: corpus.source_text(name) for name in names}


def folded(value: Any) -> Any:
    """A cell without white space, in one width."""
    if isinstance(value, str):
        return "".join(unicodedata.normalize("NFKC", value).replace("○", "〇").split())
    if isinstance(value, list):
        return [folded(each) for each in value]
    return value


@dataclass
class Kept:
    """Cells kept and cells in all, by table, and what was lost."""

    kept: int = 0
    cells: int = 0
    losses: list[tuple[str, str, str, Any, Any]] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.kept / self.cells if self.cells else 1.0


def rows(corpus: fg.Corpus, table: str, source: str) -> list[dict[str, Any]]:
    frame: pl.DataFrame = getattr(corpus, table)
    key = "source_id" if "source_id" in frame.columns else "plan_id"
    own = frame.filter(pl.col(key).str.split("#").list.first() == source)
    return [{k: folded(v) for k, v in row.items() if k not in SKIPPED} for row in own.iter_rows(named=True)]


def alike(a: dict[str, Any], b: dict[str, Any]) -> float:
    same = sum(a[key] == b[key] for key in a) / len(a)
    return same + difflib.SequenceMatcher(None, str(a), str(b), autojunk=False).quick_ratio()


def compare(clean: fg.Corpus, damaged: fg.Corpus, sources: Iterable[str]) -> dict[str, Kept]:
    """The cells kept, by table."""
    out = {table: Kept() for table in TABLES}
    for source in sources:
        for table, kept in out.items():
            a, b = rows(clean, table, source), rows(damaged, table, source)
            pairs = align(a, b)
            for x, y in pairs:
                names = [
                    name
                    for name in (x or y or {})
                    if (x or {}).get(name) is not None or (y or {}).get(name) is not None
                ]
                kept.cells += len(names)
                for name in names:
                    before, after = (x or {}).get(name), (y or {}).get(name)
                    if before == after:
                        kept.kept += 1
                    else:
                        kept.losses.append((source, table, name, before, after))
    return out


def align(
    a: list[dict[str, Any]], b: list[dict[str, Any]]
) -> list[tuple[dict[str, Any] | None, dict[str, Any] | None]]:
    """Rows of two tables, in pairs; a row without a partner stands alone."""
    if a == b:
        return list(zip(a, b, strict=True))
    ranked = sorted(
        ((-alike(x, y), abs(i - j), i, j) for i, x in enumerate(a) for j, y in enumerate(b)), key=lambda r: r[:2]
    )
    left, right, pairs = set(range(len(a))), set(range(len(b))), []
    for score, _, i, j in ranked:
        if i in left and j in right and -score > 1:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j))
    out: list[tuple[dict[str, Any] | None, dict[str, Any] | None]] = [(a[i], b[j]) for i, j in sorted(pairs)]
    return out + [(a[i], None) for i in sorted(left)] + [(None, b[j]) for j in sorted(right)]


def measure(texts: Mapping[str, str], damage: Callable[[str], str], clean: fg.Corpus | None = None) -> dict[str, Kept]:
    """The cells that texts keep under a kind of damage."""
    clean = clean or fg.parse(texts, progress=False)
    return compare(clean, fg.parse({name: damage(text) for name, text in texts.items()}, progress=False), texts)


def total(result: Mapping[str, Kept]) -> Kept:
    """All tables together."""
    tables = result.values()
    losses = [loss for table in tables for loss in table.losses]
    return Kept(sum(table.kept for table in tables), sum(table.cells for table in tables), losses)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("kinds", nargs="*", default=list(noise.KINDS))
    parser.add_argument("--pairs", action="store_true", help="every pair of kinds")
    parser.add_argument("--folder", help="folder of texts; the bundled samples by default")
    parser.add_argument("--show", type=int, default=0, help="losses to show, for each kind")
    arguments = parser.parse_args()
    texts = texts_to_damage(arguments.folder)
    clean = fg.parse(texts, progress=False)
    print(f"{len(texts)} texts\n{'kind':<48}" + "".join(f"{table:>10}" for table in TABLES) + f"{'all':>10}")
    for name in pairs() if arguments.pairs else arguments.kinds:
        damage = noise.compose(*(noise.KINDS[part] for part in name.split("+")))
        result = measure(texts, damage, clean)
        whole = total(result)
        print(f"{name:<48}" + "".join(f"{result[table].share:>10.4f}" for table in TABLES) + f"{whole.share:>10.4f}")
        for source, table, column, before, after in whole.losses[: arguments.show]:
            print(f"    {source} {table}.{column}: {str(before)[:70]!r} → {str(after)[:70]!r}")


if __name__ == "__main__":
    main()
