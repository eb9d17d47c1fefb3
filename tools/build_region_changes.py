"""Build src/lexicon/data/region_changes.tsv: what became of each administrative unit that ended, from regions.tsv.

One row a unit and year in which its code, name or prefecture ended (`year`: the first year, as a state at its end, without
it): its `code`, the `kind` of change, and `to`, the codes that took over at the end of `year`, separated by `|`.

    recoded    the same unit under another code (滁州 moved up with its prefecture)
    renamed    another name of the same class (襄樊市, 襄阳市)
    upgraded   another class: 县 to 市 or 区, 地区 to 市, 市 to 区
    moved      to another prefecture or province
    merged     into a unit that was there before, or together with others
    split      into several
    abolished  no rule and no erratum tells its successor

Units pair off, within a province, by what is surer first:

1.  the same name, where one unit with it ends and one begins (郊区 and the like: in the same city);
2.  the same code under another name, where neither name lives on under another code;
3.  the same name without its class word (沾化县, 沾化区);
4.  the only county or city that ends under a prefecture, and the only new district or city there (鄞县, 鄞州区). Two districts
    are not paired so: 新芜区 ended in the year in which 三山区 began, and became a part of 镜湖区.

A prefecture that ends without a pair went where its counties went; one that pairs by name but three quarters of whose
counties do not follow was split (绵阳地区, 1985). Territory that a unit loses while it lives on is not told. What the rules
get wrong or leave open is in `region_changes_errata.tsv`.

    python tools/build_region_changes.py [--check OTHER.csv] [--open YEAR]

`--check` compares with a second table (columns 代码, 变更/弃用时间, 新代码); nothing of it enters the table. `--open` lists
what has no successor since a year.
"""

import argparse
import collections
import csv
import pathlib

from build_regions import DATA, LAST_YEAR, mechanical_short

TOOLS = pathlib.Path(__file__).parent
TARGET = DATA / "region_changes.tsv"
FIRST_YEAR = 1980
# Provinces made from a part of another.
PARENT_PROVINCE = {"46": "44", "50": "51"}
# Names that say nothing outside their city.
GENERIC = {"郊区", "市郊区", "城区", "矿区", "新区", "市中区", "市区", "东区", "西区", "南区", "北区", "中区", "工农区"}
Unit = collections.namedtuple("Unit", "code name first after parent")


def units():
    """The rows of regions.tsv."""
    with (DATA / "regions.tsv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t", restval=""):
            yield Unit(row["key"], row["name"], int(row["from"]), int(row["to"] or 9999), row["parent"])


def level(code):
    """1 province, 2 prefecture, 3 county."""
    return 1 if code.endswith("0000") else 2 if code.endswith("00") else 3


def holder(unit):
    """Code of the prefecture, or of what the first four digits say."""
    return unit.parent or unit.code[:4] + "00"


def province(code):
    """The first two digits of the province that the unit lay in before any province was made from another."""
    return PARENT_PROVINCE.get(code[:2], code[:2])


def class_word(name):
    """县 of 沾化县."""
    return name[len(mechanical_short(name)) :] or name[-1:]


def errata():
    """{(year, code): (kind, [codes])}"""
    with (TOOLS / "region_changes_errata.tsv").open(encoding="utf-8") as lines:
        rows = csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t")
        return {(int(row["year"]), row["code"]): (row["kind"], row["to"].split("|")) for row in rows}


def only(groups, key):
    """The single member of a group, or nothing."""
    found = groups.get(key, [])
    return found[0] if len(found) == 1 else None


def grouped(rows, key):
    """Rows by key."""
    out = collections.defaultdict(list)
    for row in rows:
        out[key(row)].append(row)
    return out


def pairs_by(ending, beginning, key):
    """Pairs of what ends and begins where each is the only one with its key."""
    old, new = grouped(ending, key), grouped(beginning, key)
    return {a: only(new, k) for k in old if (a := only(old, k)) and only(new, k)}


def pair(before, after, told):
    """{unit that ends: unit that takes over}, by the rules 1 to 3, for the units of one level; not for those `told`."""
    stays = {code for code, unit in before.items() if code in after and after[code].name == unit.name}
    ending = [unit for code, unit in before.items() if code not in stays]
    beginning = [unit for code, unit in after.items() if code not in stays]
    found = {}
    place = lambda unit: unit.code[:4] if unit.name in GENERIC else province(unit.code)
    for key in (
        lambda unit: (place(unit), unit.name),
        lambda unit: unit.code,
        lambda unit: (place(unit), mechanical_short(unit.name)),
    ):
        taken = set(found.values())
        left = [unit for unit in ending if unit not in found and unit.code not in told]
        free = [unit for unit in beginning if unit not in taken]
        found |= pairs_by(left, free, key)
    return found, ending, beginning


def pair_alone(left, free, found):
    """Rule 4: the only county or city left under a prefecture, and the only new district or city there."""
    follows = {code: to[0] for code, (_, to) in found.items() if to}
    old, new = grouped(left, lambda unit: follows.get(holder(unit), holder(unit))), grouped(free, holder)
    both = [(only(old, place), only(new, place)) for place in old]
    is_county = lambda unit: class_word(unit.name) in ("县", "市", "特区", "自治县")
    return {a.code: (a, [b.code]) for a, b in both if a and b and is_county(a) and b.name[-1] in "区市"}


def changes():
    """The rows of the table: (year, code, kind, [codes])."""
    everything = list(units())
    slips = errata()
    out = []
    for at in range(FIRST_YEAR + 1, LAST_YEAR + 1):
        before = {unit.code: unit for unit in everything if unit.first <= at - 1 < unit.after}
        after = {unit.code: unit for unit in everything if unit.first <= at < unit.after}
        found = {}
        for wanted in (2, 3):
            of_level = lambda state, wanted=wanted: {code: u for code, u in state.items() if level(code) == wanted}
            paired, ending, beginning = pair(
                of_level(before), of_level(after), {code for year, code in slips if year == at}
            )
            found |= {old.code: (old, [new.code]) for old, new in paired.items()}
            if wanted == 3:
                left = [unit for unit in ending if unit.code not in found]
                found |= pair_alone(left, set(beginning) - set(paired.values()), found)
            for unit in ending:
                found.setdefault(unit.code, (unit, []))
        # Units that stay but in another prefecture.
        for code, unit in before.items():
            if level(code) == 3 and code not in found and code in after and holder(after[code]) != holder(unit):
                found[code] = (unit, [code])
        where_counties_go(found, before, after)
        ended = {}
        for code, (unit, to) in found.items():
            ended[code] = slips.get((at, code)) or (kind_of(unit, to, before, after, found), to)
        for (year, code), change in slips.items():
            if year == at:
                ended[code] = change
        for code, (kind, to) in ended.items():
            assert code in before, (at, code)
            assert all(new in after for new in to if new), (at, code, to)
            # A prefecture that took over under its own code and name is no change of the county.
            if kind == "moved" and to == [code] and before[code].name == after[code].name:
                old, new = holder(before[code]), holder(after[code])
                if old in found and found[old][1] == [new]:
                    continue
            out.append((at, code, kind, [new for new in to if new]))
    return sorted(out)


def where_counties_go(found, before, after):
    """Give each prefecture that ends the prefectures of its counties' successors."""
    for code, (unit, to) in list(found.items()):
        if level(code) != 2:
            continue
        inside = [county for county in before.values() if level(county.code) == 3 and holder(county) == code]
        goes = collections.Counter()
        for county in inside:
            for new in found.get(county.code, (county, [county.code]))[1]:
                place = holder(after[new]) if new in after else ""
                if place in after:
                    goes[place] += 1
        total = sum(goes.values())
        if to and (not total or goes[to[0]] >= 0.75 * total or unit.code == to[0]):
            continue
        if goes and not (to and goes[to[0]] >= 0.75 * total):
            found[code] = (unit, sorted(goes))


def kind_of(unit, to, before, after, found):
    """What happened to a unit that became `to`."""
    if not to:
        return "abolished"
    if len(to) > 1:
        return "split"
    new = after[to[0]]
    there_before = new.code in before and before[new.code].name == new.name and new.code != unit.code
    together = sum(other == to and code != unit.code for code, (_, other) in found.items())
    if there_before or (together and mechanical_short(unit.name) != mechanical_short(new.name)):
        return "merged"
    if class_word(unit.name) != class_word(new.name) or level(unit.code) != level(new.code):
        return "upgraded"
    if unit.name != new.name:
        return "renamed"
    if level(unit.code) == 3:
        old, place = holder(unit), holder(new)
        follows = found.get(old, (None, [old]))[1]
        # The prefecture's own change is none of the county's, unless it went into one that was there before. Without a
        # prefecture, before or after, only the province counts.
        joined = old != place and place in before and before[place].name == after[place].name
        if (follows != [place] or joined) and (old in before or place in after):
            return "moved"
    if unit.code[:2] != new.code[:2]:
        return "moved"
    return "recoded"


def check(rows, path):
    """Print where another table names other successors."""
    names = {}
    for unit in units():
        for year in range(unit.first, min(unit.after, LAST_YEAR + 1)):
            names[unit.code, year] = unit.name
    # The other table follows codes that this one does not (1983-1995): a successor is the same by its name too.
    theirs, named = {}, {}
    with open(path, encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            for year in range(int(row["启用时间"]), int(row["变更/弃用时间"] or LAST_YEAR + 1)):
                named[row["代码"], year] = row["名称"]
            if row["变更/弃用时间"] and row["新代码"]:
                codes = [code for code in row["新代码"].split(";") if "[" not in code]
                theirs[int(row["变更/弃用时间"]), row["代码"]] = codes
    counts, shown = collections.Counter(), []
    for year, code, kind, to in rows:
        other = theirs.get((year, code))
        if other is None:
            counts["not there"] += 1
            continue
        mine, other = {names[code, year] for code in to}, {named.get((code, year), code) for code in other}
        if mine == other:
            counts["same"] += 1
        elif mine and mine < other:
            counts["the first of several"] += 1
        elif not to:
            counts["open here"] += 1
        else:
            counts["other"] += 1
            shown.append((year, code, names[code, year - 1], kind, mine, other))
    print(dict(counts), *shown, sep="\n  ")


def main():
    """Write the table."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--check", metavar="CSV")
    options.add_argument("--open", type=int, metavar="YEAR")
    options = options.parse_args()
    rows = changes()
    lines = ["year\tcode\tkind\tto"]
    lines += ["\t".join((str(year), code, kind, "|".join(to))).rstrip("\t") for year, code, kind, to in rows]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} rows, {TARGET.stat().st_size} bytes", collections.Counter(row[2] for row in rows))
    if options.open:
        names = {(unit.code, year): unit.name for unit in units() for year in range(unit.first, min(unit.after, 2030))}
        for year, code, _, to in rows:
            if year >= options.open and not to:
                print(year, code, names[code, year - 1])
    if options.check:
        check(rows, options.check)


if __name__ == "__main__":
    main()
