"""`fangan compare`: two documents, or two folders, side by side in a terminal or a file."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from fangan import _excel, _labels, _read
from fangan._cli_codes import FINE, USAGE, Failure
from fangan._cli_commands import given, listed, reason, writable, write_csv, write_report
from fangan._cli_words import Words
from fangan._terminal import columns, padded, wrapped
from fangan.errors import ReadError

if TYPE_CHECKING:
    from fangan.corpus import Corpus

ENDINGS = (".csv", ".xlsx", ".html", ".htm")
STATUSES = ("kept", "edited", "moved", "added", "dropped")
_LINES = 3
"""Lines that a text may take."""
_BEFORE = 8
"""Characters that are shown of what two texts begin with alike."""


def compare(options: argparse.Namespace, words: Words) -> int:
    """Set two documents, or two groups, side by side."""
    if options.rows < 0:
        raise Failure(words("negative", options.rows), USAGE)
    target = None if options.output is None else given(options.output, words)
    if target is not None:
        if target.suffix.lower() not in ENDINGS:
            raise Failure(words("ending", target, " ".join(ENDINGS[:3])), USAGE)
        writable(target, words, folder=False, inputs=[options.a, options.b])
    files = [[str(file) for file in listed(path, words)] for path in (options.a, options.b)]
    corpus = _read.read([options.a, options.b], progress=False if options.quiet else None)
    sides = [_plans(corpus, chosen, path, words) for chosen, path in zip(files, (options.a, options.b), strict=True)]
    one = all(side.height == 1 for side in sides)
    # Between two documents order counts, between groups it does not.
    chosen = [side["plan_id"][0] if one else pl.col("plan_id").is_in(side["plan_id"].to_list()) for side in sides]
    rows = corpus.compare(*chosen)
    if target is not None:
        _write(corpus, rows, sides, one, target, options, words)
    _print(rows, sides, options, words)
    if target is not None:
        print(f"\n{words('wrote', target)}")
    return FINE


def _plans(corpus: Corpus, files: list[str], path: str, words: Words) -> pl.DataFrame:
    sources = corpus.sources.filter(pl.col("path").is_in(files))
    plans = corpus.plans.join(sources.select("source_id"), on="source_id", how="semi", maintain_order="left")
    if plans.is_empty():
        why = sources["error"].drop_nulls()
        raise Failure(words("no document", path, why[0] if why.len() else words("nothing in it")))
    return plans


def _write(
    corpus: Corpus,
    rows: pl.DataFrame,
    sides: list[pl.DataFrame],
    one: bool,
    target: Path,
    options: argparse.Namespace,
    words: Words,
) -> None:
    heads = options.heads or words.language
    ending = target.suffix.lower()
    pair = (sides[0]["plan_id"][0], sides[1]["plan_id"][0])
    if ending in (".html", ".htm"):
        if not one:
            path, plans = next((p, s) for p, s in zip((options.a, options.b), sides, strict=True) if s.height > 1)
            raise Failure(words("two only", path, plans.height), USAGE)
        write_report(corpus, target, words, pair)
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if ending == ".csv":
            write_csv(rows, target, "compare", heads)
        else:
            ledger = {"ledger": corpus.ledger(*pair)} if one else {}
            _excel.write({"compare": rows, **ledger}, target, heads)
    except (ReadError, OSError) as error:
        raise Failure(words("unwritable", target, reason(error))) from error


def _print(rows: pl.DataFrame, sides: list[pl.DataFrame], options: argparse.Namespace, words: Words) -> None:
    for name, side, path in zip(("side a", "side b"), sides, (options.a, options.b), strict=True):
        print(f"{words(name)}  {_named(side, path, words)}")
    print()
    if rows.is_empty():
        print(words("nothing to compare"))
        return
    chinese = words.language == "zh"
    statuses = _labels.of("compare", "status") if chinese else {}
    aspects = _labels.of("compare", "aspect") if chinese else {}
    counts = {key: len(found) for key, found in rows.rows_by_key(["aspect", "status"]).items()}
    table = [
        [aspects.get(aspect, aspect), *(str(counts.get((aspect, status), 0)) for status in STATUSES)]
        for aspect in rows["aspect"].cast(pl.String).unique(maintain_order=True)
    ]
    head = [words("aspect"), *(statuses.get(status, status) for status in STATUSES)]
    print("\n".join(columns(head, table, [False, *[True] * len(STATUSES)])))
    if set(rows["status"].cast(pl.String)) == {"kept"}:
        print(f"\n{words('same all')}")
        return
    width = max(40, shutil.get_terminal_size((100, 24)).columns)
    for aspect in rows["aspect"].cast(pl.String).unique(maintain_order=True):
        part = rows.filter(pl.col("aspect") == aspect)
        title = aspects.get(aspect, aspect)
        for status, told in (("edited", "edited"), ("moved", "moved"), ("dropped", "only a"), ("added", "only b")):
            found = part.filter(pl.col("status") == status).rows(named=True)
            if found:
                print(f"\n{title}：{words(told)}" if chinese else f"\n{title}: {words(told)}")
                _rows(found, status, width, options.rows, words)


def _named(plans: pl.DataFrame, path: str, words: Words) -> str:
    if plans.height > 1:
        return f"{path} ({words.counted(plans.height, 'document')})"
    row = plans.row(0, named=True)
    facts = [fact for fact in (row["title"], row["issuer"], row["doc_number"], row["issued_on"]) if fact]
    told = ("，" if words.language == "zh" else ", ").join(map(str, facts))
    return f"{row['plan_id']}  {told}".rstrip()


def _rows(found: list[dict[str, Any]], status: str, width: int, most: int, words: Words) -> None:
    shown, more = (found, 0) if most == 0 else (found[:most], max(0, len(found) - most))
    if status in ("edited", "moved"):
        half = (width - 13) // 2
        for row in shown:
            a, b = _different(_flat(row["a_text"]), _flat(row["b_text"]))
            left, right = _block(a, half), _block(b, half)
            for at in range(max(len(left), len(right))):
                score = f"{row['similarity']:.2f}" if at == 0 else ""
                one = left[at] if at < len(left) else ""
                other = right[at] if at < len(right) else ""
                print(f"  {score:4}  {padded(one, half)} │ {other}".rstrip())
    else:
        side = "a" if status == "dropped" else "b"
        for row in shown:
            for at, line in enumerate(_block(_flat(row[f"{side}_text"]), width - 4)):
                print(f"  {'-' if side == 'a' else '+'} {line}" if at == 0 else f"    {line}")
    if more:
        print("  " + words("shown", more))


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


def _different(a: str, b: str) -> tuple[str, str]:
    """Two texts from shortly before the place where they begin to differ, if that is not near their beginnings."""
    alike = next((at for at, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))
    if a == b or alike <= _BEFORE * 3:
        return a, b
    head = a[:_BEFORE]
    return f"{head}…{a[alike - _BEFORE :]}", f"{head}…{b[alike - _BEFORE :]}"


def _block(text: str, width: int) -> list[str]:
    lines = wrapped(text, width)
    if len(lines) <= _LINES:
        return lines
    last = wrapped(lines[_LINES - 1] + lines[_LINES], width - 1)[0]
    return [*lines[: _LINES - 1], last + "…"]
