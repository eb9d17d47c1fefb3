"""`fangan check`: how well documents were read, and what to look at."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

import polars as pl

from fangan import _labels
from fangan._cli_codes import FINE, LOOK, USAGE, Failure
from fangan._cli_commands import errors, parsed, said, some
from fangan._cli_words import Words
from fangan._summary import level
from fangan._terminal import clip, display_width, padded

if TYPE_CHECKING:
    from fangan._verify import Verification
    from fangan.corpus import Corpus


def check(options: argparse.Namespace, words: Words) -> int:
    """Say how well documents were read."""
    if options.rows < 0:
        raise Failure(words("negative", options.rows), USAGE)
    corpus = parsed(options.paths, words, quiet=options.quiet)
    verification = corpus.verify()
    print(said(corpus, words))
    _pairs(_contents(corpus, words))
    print(f"\n{words('quality')}")
    _pairs(_quality(corpus, verification, words))
    looked = _unread(corpus, words, options.rows) + _truncated(corpus, words, options.rows)
    looked += _warnings(corpus, words, options.rows)
    if verification.failures.height:
        looked.append(words("rows fail", verification.checked, int(verification.counts["failed"].sum())))
    if (corpus.sources["coverage"].filter(corpus.sources["error"].is_null()) < 1).any():
        looked.append(words("not understood"))
    print()
    print(words("look", ("；" if words.language == "zh" else "; ").join(looked)) if looked else words("fine"))
    return LOOK if looked else FINE


def _pairs(rows: list[tuple[str, str]]) -> None:
    wide = max(display_width(name) for name, _ in rows)
    for name, told in rows:
        print(f"  {padded(name, wide)}  {told}")


def _contents(corpus: Corpus, words: Words) -> list[tuple[str, str]]:
    plans = corpus.plans
    years = plans["year"].drop_nulls().unique().sort()
    when = "–".join(dict.fromkeys([str(years[0]), str(years[-1])])) if years.len() else words("none stated")
    return [
        (words("years"), when),
        (words("regions"), _common(plans[level(plans)], words)),
        (words("genres"), _common(plans["genre"], words)),
    ]


def _common(values: pl.Series, words: Words) -> str:
    counts = values.drop_nulls().cast(pl.String).value_counts().sort(["count", values.name], descending=[True, False])
    shown, more = some([f"{name} {count}" for name, count in counts.iter_rows()], 6)
    listed = shown + ([words("more", more)] if more else [])
    return ("，" if words.language == "zh" else ", ").join(listed) or words("none stated")


def _quality(corpus: Corpus, verification: Verification, words: Words) -> list[tuple[str, str]]:
    whole = corpus.summary().row(0, named=True)
    chars = int(corpus.sources["n_chars"].cast(pl.UInt64).sum())
    # 99.97 % must not be shown as everything.
    share = "–" if whole["coverage"] is None else f"{int(whole['coverage'] * 1000) / 10:.1f}%"
    held = (verification.checked, int(verification.counts["failed"].sum()))
    return [
        (words("read row"), words("of sources", whole["n_sources"] - whole["n_unread"], whole["n_sources"])),
        (words("coverage"), words("of characters", share, chars)),
        (words("truncated"), f"{whole['n_truncated']:,}"),
        (words("warnings"), f"{whole['n_warnings']:,}"),
        (words("verified"), words("rows fail" if held[1] else "rows hold", *held)),
    ]


def _unread(corpus: Corpus, words: Words, most: int) -> list[str]:
    failed = errors(corpus.sources)
    if not failed:
        return []
    print(f"\n{words('unread')}")
    shown, more = some([f"{name}: {why}" for name, why in failed], most)
    _listed(shown, more, words)
    return [f"{words('unread')} {len(failed)}"]


def _truncated(corpus: Corpus, words: Words, most: int) -> list[str]:
    cut = corpus.plans.filter("truncated").select("plan_id", "title").rows()
    if not cut:
        return []
    print(f"\n{words('truncated')}")
    shown, more = some([f"{plan} {title or ''}".rstrip() for plan, title in cut], most)
    _listed(shown, more, words)
    return [f"{words('truncated')} {len(cut)}"]


def _warnings(corpus: Corpus, words: Words, most: int) -> list[str]:
    chinese = words.language == "zh"
    names = _labels.of("diagnostics", "code") if chinese else {}
    counts = (
        corpus.diagnostics.group_by("severity", "code", maintain_order=True)
        .agg(pl.len().alias("n"), pl.coalesce("plan_id", "source_id").alias("where"), pl.col("message"))
        .sort("n", "code", descending=[True, False])
    )
    looked, noted = [], []
    for row in counts.iter_rows(named=True):
        code = row["code"]
        name = names.get(code, code)
        if row["severity"] == "info":
            noted.append(f"{name} {row['n']}")
        elif code != "truncated":
            looked.append(f"{name} {row['n']}")
            print(f"\n{name} {row['n']}：{_labels.CODE_MEANINGS[code][1]}" if chinese else "", end="")
            print("" if chinese else f"\n{name} {row['n']}: {_labels.CODE_MEANINGS[code][0]}")
            told = [f"{where}: {message}" for where, message in zip(row["where"], row["message"], strict=True)]
            _listed(*some(told, most), words)
    if noted:
        print(f"\n{words('infos')}")
        print("  " + ("，" if chinese else ", ").join(noted))
    return looked


def _listed(shown: list[str], more: int, words: Words) -> None:
    room = shutil.get_terminal_size((100, 24)).columns - 2
    for line in shown:
        print("  " + clip(" ".join(line.split()), max(room, 40)))
    if more:
        print("  " + words("shown", more))
