"""Build the documentation as a site, in English (site/) and Chinese (site/zh/), from the pages in docs/.

    python tools/build_site.py

`make site` runs it. Pages are laid out in out/pages/, then Zensical builds them; warnings, broken links and anchors, missing
pictures and anything that a page would fetch from elsewhere are errors.

A page is a file of docs/ (docs/zh/ in Chinese), a notebook with the outputs that it was saved with, or a document of the
root. Links lead from file to file, as they do in the repository; here they are led from page to page. `<!-- dictionary -->`
and `<!-- rubrics -->` stand for lists that the package itself tells.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

from site_dictionary import dictionary, rubrics
from site_outputs import notebook, page

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "out" / "pages"
SITE = ROOT / "site"
CONFIGURATIONS = {"en": "zensical.toml", "zh": "zensical.zh.toml"}
SHARED = {
    "docs/metrics.md": "metrics.md",
    "CHANGELOG.md": "project/changelog.md",
    "CONTRIBUTING.md": "project/contributing.md",
    "ARCHITECTURE.md": "project/architecture.md",
    "python/fangan/samples/README.md": "project/samples.md",
}
"""Files in English that are pages in both languages."""

ENGLISH_ONLY = '!!! note ""\n    本页只有英文版。\n\n'
LISTS = {"<!-- dictionary -->\n": dictionary, "<!-- rubrics -->\n": rubrics}
LINK = re.compile(r"(!?)\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s]+)\)")
WIDE = "\u3001-\u303f\u4e00-\u9fff\uff01-\uff65“”‘’…—"
JOINT = re.compile(rf"(?<=[{WIDE}])\n(?=[{WIDE}])|(?<=[，。；：、）])\n(?=[^\s|#>:-]|\*\*)(?!\d+\. )")
"""Ends of lines inside a Chinese sentence, which a browser would show as a space."""

FENCE = re.compile(r"(^```.*?^```\n)", re.DOTALL | re.MULTILINE)


def places(language: str) -> dict[str, str]:
    """Where each file of the repository stands in the site of a language."""
    folder = ROOT / "docs" if language == "en" else ROOT / "docs" / "zh"
    known = {
        str(path.relative_to(ROOT)): str(path.relative_to(folder))
        for path in sorted(folder.rglob("*.md"))
        if language != "en" or ROOT / "docs" / "zh" not in path.parents
    }
    known |= SHARED
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        known[f"notebooks/{path.name}"] = f"tutorials/{path.stem}.md"
    for path in sorted((ROOT / "docs" / "images").rglob("*.*")):
        place = str(path.relative_to(ROOT / "docs"))
        known[f"docs/{place}"] = place
    return known | {"README.md": "index.md", "README.zh.md": "index.md"}


def linked(text: str, source: str, known: dict[str, str]) -> str:
    """A page whose links lead to pages of the site; to what has no page there, only its name in the repository is left."""
    here = known[source]

    def lead(match: re.Match[str]) -> str:
        picture, words, link = match.groups()
        path, _, anchor = link.partition("#")
        if not path or re.match(r"[a-z]+:", link):
            return match[0]
        target = os.path.normpath(os.path.join(os.path.dirname(source), path))
        if target in known:
            way = os.path.relpath(known[target], os.path.dirname(here) or ".")
            return f"{picture}[{words}]({way}{'#' + anchor if anchor else ''})"
        if picture or not (ROOT / target).exists():
            raise SystemExit(f"{source} links to {link}, which does not exist")
        return f"{words} (`{target}`)"

    parts = FENCE.split(text)
    return "".join(part if part.startswith("```") else LINK.sub(lead, part) for part in parts)


def joined(text: str) -> str:
    """A page in Chinese without the spaces that ends of lines would leave."""
    parts = FENCE.split(text)
    return "".join(part if part.startswith("```") else JOINT.sub("", part) for part in parts)


def lay_out(language: str) -> Path:
    """Write the pages of a language into a folder; returns it."""
    folder = PAGES / language
    shutil.rmtree(folder, ignore_errors=True)
    known = places(language)
    for source, place in known.items():
        if source.startswith("README"):
            continue
        target = folder / place
        target.parent.mkdir(parents=True, exist_ok=True)
        path = ROOT / source
        if path.suffix == ".ipynb":
            text = notebook(path, target.with_suffix(""), partial(linked, source=source, known=known))
        elif path.name == "SUMMARY.md":  # names pages by their places in the site
            text = path.read_text(encoding="utf-8")
        elif path.suffix == ".md":
            text = linked(path.read_text(encoding="utf-8"), source, known)
            text = page(joined(text) if language == "zh" else text)
            for place_held, listed in LISTS.items():
                if place_held in text:
                    text = text.replace(place_held, listed(language))
        else:
            shutil.copy(path, target)
            continue
        if language == "zh" and (source in SHARED or path.suffix == ".ipynb"):
            title, _, rest = text.partition("\n")
            text = f"{title}\n\n{ENGLISH_ONLY}{rest}"
        target.write_text(text, encoding="utf-8")
    return folder


def foreign(site: Path) -> list[str]:
    """What pages would fetch from elsewhere. Links that a reader may follow are not fetched."""
    fetched = re.compile(r"<(?:script|img|link|iframe|source)\b[^>]*?\b(?:src|href)=\"?(?:https?:)?//[^\s>\"]+")
    return [
        f"{path.relative_to(site)}: {match[0]}"
        for path in sorted(site.rglob("*.html"))
        for match in fetched.finditer(path.read_text(encoding="utf-8"))
        if 'rel="canonical"' not in match[0]
    ]


def missing(site: Path) -> list[str]:
    """Links, pictures, styles and scripts of pages that lead to no file."""
    found = []
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":  # it is shown in place of any page, so it has no place that links could start from
            continue
        for link in set(re.findall(r"\b(?:src|href)=\"([^\"#?:]+)[\"#?]", path.read_text(encoding="utf-8"))):
            if not (path.parent / link).exists():
                found.append(f"{path.relative_to(site)}: {link}")
    return found


def main() -> int:
    """Build both, and check what was built."""
    shutil.rmtree(SITE, ignore_errors=True)
    for language, configuration in CONFIGURATIONS.items():
        lay_out(language)
        run = subprocess.run(
            [sys.executable, "-m", "zensical", "build", "--clean", "--strict", "-f", configuration],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        said = re.sub(r"\x1b\[[\d;]*m", "", run.stdout + run.stderr)
        if run.returncode or "Warning" in said:
            print(said, file=sys.stderr)
            return 1
    problems = foreign(SITE) + missing(SITE)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(list(SITE.rglob('*.html')))} pages in {SITE.relative_to(ROOT)}/")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
