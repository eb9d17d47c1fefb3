"""Which plan of a corpus a reference names."""

from __future__ import annotations

import polars as pl

SHORTEST = 6
"""Shorter titles (实施方案) are borne by too many documents to say which one is meant."""

KEYS = {"plan_id": pl.String, "key": pl.String}


def resolved(references: pl.DataFrame, plans: pl.DataFrame) -> pl.DataFrame:
    """Fill `resolved_plan_id`: the one other plan of the corpus that has the number, or else the title, named.

    By number: one plan alone has it. By title: one plan alone has it, punctuation, blanks and a final （试行） aside,
    with its issuer before it or without; 《…关于印发〈某方案〉的通知》 names 某方案. A title is not enough where both
    have a number and the numbers differ, where the other plan was issued later, or where it has fewer than six
    characters.
    Where two plans fit, none is taken.
    """
    if references.is_empty():
        return references
    rows = references.with_row_index("row")
    by_number = _matched(_numbers(rows), _numbers(plans.filter(pl.col("doc_number").is_not_null())), plans, check=False)
    by_title = _matched(_cited(rows), _titled(plans), plans, check=True)
    found = (
        rows.select("row").join(by_number, on="row", how="left").join(by_title, on="row", how="left", suffix="_title")
    )
    plan = pl.coalesce("found", "found_title")
    return references.with_columns(found.sort("row").select(plan.alias("resolved_plan_id")).to_series())


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """The numbers of each row; one cell may hold several."""
    return frame.with_columns(pl.col("doc_number").str.split("、").alias("key")).explode("key").drop_nulls("key")


def _folded(column: pl.Expr) -> pl.Expr:
    """A title as it is compared."""
    letters = column.str.replace_all(r"[^\p{L}\p{N}]", "")
    return letters.str.replace(r"^中华人民共和国", "").str.replace(r"(试行|暂行)$", "")


def _long(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("key").str.len_chars() >= SHORTEST)


def _titled(plans: pl.DataFrame) -> pl.DataFrame:
    """The titles of plans, also with their issuers."""
    titles = plans.filter(pl.col("title").is_not_null())
    alone = titles.with_columns(_folded(pl.col("title")).alias("key"))
    issued = titles.filter(pl.col("issuer").is_not_null() & ~pl.col("title").str.starts_with(pl.col("issuer")))
    whole = issued.with_columns(_folded(pl.col("issuer") + pl.col("title")).alias("key"))
    return _long(pl.concat([alone, whole])).unique(["plan_id", "key"])


def _cited(rows: pl.DataFrame) -> pl.DataFrame:
    """The titles that references name, also those inside of 关于印发〈…〉的通知."""
    titles = rows.filter(pl.col("title").is_not_null())
    alone = titles.with_columns(_folded(pl.col("title")).alias("key"))
    inner = pl.col("title").str.extract(r"印发[〈《<](.+)[〉》>]的通知$")
    passed = titles.with_columns(_folded(inner).alias("key")).drop_nulls("key")
    return _long(pl.concat([alone, passed])).unique(["row", "key"])


def _matched(named: pl.DataFrame, known: pl.DataFrame, plans: pl.DataFrame, *, check: bool) -> pl.DataFrame:
    """For each row that is certain, the plan whose key it names."""
    other = known.select("key", pl.col("plan_id").alias("found"))
    pairs = named.join(other, on="key").unique(["row", "found"])
    alone = pl.col("found").n_unique().over("row") == 1
    pairs = pairs.filter(alone & (pl.col("found") != pl.col("plan_id")))
    if check:
        facts = plans.select(pl.col("plan_id"), pl.col("doc_number").alias("number"), pl.col("issued_on").alias("on"))
        pairs = pairs.join(facts.rename({"plan_id": "found"}), on="found", how="left")
        pairs = pairs.join(facts.select("plan_id", pl.col("on").alias("citing_on")), on="plan_id", how="left")
        differs = (pl.col("number") != pl.col("doc_number")).fill_null(value=False)
        later = (pl.col("on") > pl.col("citing_on")).fill_null(value=False)
        pairs = pairs.filter(~differs & ~later)
    return pairs.select("row", "found")
