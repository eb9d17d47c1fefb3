"""The region of documents by fangan, cpca and JioNLP, on the literal cases of tests/cases/regions.toml.

    python benches/compare_places.py [--peer-python PYTHON] [--cases FILE]

The peer Python is one with `cpca` and `jionlp` installed. cpca and JioNLP read addresses, so each is given the
first line of the document, and where that gives no province the whole of it, as an analyst would. An answer is
*right* if province, prefecture and county are those of the case; *of another year* if they are the same unit as of the
last year; *refused* if it names nothing where there is something, or less; *wrong* otherwise. Where the case says that
nothing is known, naming anything is wrong.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

Place = tuple[str, str, str]
CASES = Path(__file__).parents[1] / "tests" / "cases" / "regions.toml"
KINDS = ("right", "right, nothing to find", "of another year", "refused", "wrong")

PEER = r"""
import json, sys, warnings
warnings.filterwarnings("ignore")
import cpca, jionlp
MUNICIPALITY = ("北京市", "天津市", "上海市", "重庆市")

def clean(province, city, county):
    none = (None, province, "市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
    city = "" if city in none else city
    return [province or "", city, county or ""]

def by_cpca(text):
    row = cpca.transform([text]).iloc[0]
    return clean(row["省"], row["市"], row["区"])

def by_jionlp(text):
    try:
        row = jionlp.parse_location(text)
    except Exception:
        return ["", "", ""]
    return clean(row["province"], row["city"], row["county"])

out = {}
texts = json.load(sys.stdin)
for name, read in (("cpca", by_cpca), ("JioNLP", by_jionlp)):
    rows = []
    for text in texts:
        place = read(text.strip().splitlines()[0])
        rows.append(place if place[0] else read(text))
    out[name] = rows
json.dump(out, sys.stdout)
"""


def fangan_places(texts: list[str]) -> list[Place]:
    import fangan as fg

    corpus = fg.parse({str(at): text for at, text in enumerate(texts)}, progress=False)
    out: list[Place] = [("", "", "")] * len(texts)
    for row in corpus.plans.to_dicts():
        at = int(row["plan_id"].split("#")[0])
        out[at] = (row["province"] or "", row["prefecture"] or "", row["county"] or "")
    return out


def present(places: list[Place], codes: list[str | None], years: list[int | None]) -> list[Place | None]:
    """The same units as of the last year, where one unit took over."""
    import polars as pl
    from fangan._regions import LAST_YEAR, as_of

    frame = as_of(
        pl.DataFrame({"adcode": codes, "year": years}, schema={"adcode": pl.String, "year": pl.Int32}), LAST_YEAR
    )
    return [
        (row["as_of_province"] or "", row["as_of_prefecture"] or "", row["as_of_county"] or "")
        if row["as_of_adcode"]
        else None
        for row in frame.to_dicts()
    ]


def judge(found: Place, wanted: Place, now: Place | None) -> str:
    if found == wanted:
        return "right" if any(wanted) else "right, nothing to find"
    if now is not None and any(wanted) and found == now:
        return "of another year"
    if all(not a or a == b for a, b in zip(found, wanted, strict=True)):
        return "refused"
    return "wrong"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--peer-python", metavar="PYTHON")
    options.add_argument("--cases", type=Path, default=CASES)
    options = options.parse_args()
    cases = [
        case
        for case in tomllib.loads(options.cases.read_text(encoding="utf-8"))["case"]
        if {"province", "prefecture", "county"} <= case["expect"][0].keys()
    ]
    rows = [case["expect"][0] for case in cases]
    wanted: list[Place] = [(row["province"], row["prefecture"], row["county"]) for row in rows]
    now = present(wanted, [row.get("adcode") or None for row in rows], [row.get("year") or None for row in rows])
    texts = [case["text"] for case in cases]
    answers = {"fangan": fangan_places(texts)}
    if options.peer_python:
        done = subprocess.run(
            [options.peer_python, "-c", PEER], input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        answers |= {
            name: [tuple(row) for row in rows]
            for name, rows in json.loads(done.stdout[done.stdout.index("{") :]).items()
        }
    print(f"{len(cases)} documents, {sum(any(place) for place in wanted)} of them with a region\n")
    print(f"{'':10}" + "".join(f"{kind:>24}" for kind in KINDS))
    for name, places in answers.items():
        counts = Counter(map(judge, places, wanted, now))
        print(f"{name:10}" + "".join(f"{counts[kind]:>17} ({counts[kind] / len(cases):4.0%})" for kind in KINDS))
        if name == "fangan":
            for place, want, case in zip(places, wanted, cases, strict=True):
                if judge(place, want, None) == "wrong":
                    print("  wrong:", case["form"], place, want, file=sys.stderr)


if __name__ == "__main__":
    main()
