"""The page that shows evidence in a real browser: clicks, keys, paper, narrow windows, hostile documents."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
BROWSER = os.environ.get("FANGAN_BROWSER") or next(filter(None, map(shutil.which, _NAMES)), None)
pytestmark = pytest.mark.skipif(
    BROWSER is None, reason=f"no browser: none of {', '.join(_NAMES)} on PATH, and FANGAN_BROWSER is not set"
)

WIDE = "\U00020bb7"
NOISY = f"""某某网首页 > 公文范文😀
望海市衛(wèi)生局關(guān)於(yú)開(kāi)展農(nóng)村改廁(cè)活動(dòng)的實(shí)施方案
各县区卫生局：
根据《{WIDE}村改厕管理办法》（望卫发〔2010〕3号），制定本方案。
一、工作目標(biāo)
到2011年底，{WIDE}縣農(nóng)村衛(wèi)生廁所普及率達(dá)到8 0%以上，建成示范村20個(gè)。
二、方法步驟(zhòu)
第一階(jiē)段：動(dòng)員(yuán)部署（2011年3月）。召開(kāi)會(huì)議(yì)，培训骨干500人。
第二阶段：检查验收（2011年9月1日至9月30日）。逐村检查，合格率达到95%以上{WIDE}。
三、工作要求
成立领导小组，组长由市政府副市长张海生担任。做到“三到位”：认识到位，措施到位，检查到位。
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=BROWSER,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
                  "--disable-sync", "--no-first-run"],
        )  # fmt: skip
        yield started
        started.close()


class Opened:
    """A page in a context of its own; what it asks the network for, its errors and dialogs are kept."""

    def __init__(self, browser: Any, path: Path, *, hash: str = "", **options: Any) -> None:
        options.setdefault("viewport", {"width": 1440, "height": 900})
        self.context = browser.new_context(**options)
        self.requests: list[str] = []
        self.troubles: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", lambda said: self.troubles.append(said.text) if said.type == "error" else None)
        self.page.on("dialog", lambda dialog: (self.troubles.append("dialog"), dialog.dismiss()))
        self.page.goto(path.as_uri() + hash)
        self.page.wait_for_selector("#text [data-s]", state="attached")
        self.page.wait_for_timeout(120)

    def in_view(self, selector: str) -> bool:
        """Whether the first such element can be seen in the pane of the text."""
        return bool(
            self.page.evaluate(
                """(selector) => {
                  const box = document.querySelector(selector).getClientRects()[0];
                  const pane = document.querySelector(selector).closest(".scroller").getBoundingClientRect();
                  return box.top >= pane.top && box.bottom <= pane.bottom && box.left >= 0 && box.right <= innerWidth;
                }""",
                selector,
            )
        )

    def text(self, selector: str) -> str:
        """The letters of all such elements together."""
        said = "nodes => nodes.map(node => node.textContent).join('')"
        return str(self.page.eval_on_selector_all(selector, said))

    def settle(self) -> None:
        self.page.wait_for_timeout(150)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    """Opens pages and, at the end, tells what went wrong in them."""
    pages: list[Opened] = []

    def open_page(html: str | Path, **options: Any) -> Opened:
        path = html if isinstance(html, Path) else tmp_path / f"{len(pages)}.html"
        if isinstance(html, str):
            path.write_text(html, encoding="utf-8")
        pages.append(Opened(browser, path, **options))
        return pages[-1]

    yield open_page
    for each in pages:
        each.context.close()
        assert each.troubles == []
        assert [url for url in each.requests if not url.startswith("file:")] == []
        assert len(each.requests) == 1


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


@pytest.fixture(scope="module")
def noisy() -> fg.Corpus:
    return fg.parse({"s": NOISY})


LUAN = "03_luan2018.txt#1"


# Text and tables


def test_a_row_leads_to_its_place(opened: Any, samples: fg.Corpus) -> None:
    shown = opened(samples.view(LUAN).html)
    for table in ("leaders", "phases", "targets"):
        row = samples.table(table).filter(pl.col("plan_id") == LUAN).row(-1, named=True)
        shown.page.click(f"#tab-{table}")
        shown.page.click("#table-panel tbody tr >> nth=-1")
        assert shown.text("#text .flash") == samples.evidence(row)
        shown.settle()
        assert shown.in_view("#text .chosen")
        assert shown.text("#text .chosen") == samples.evidence(row)
        assert shown.page.get_attribute("#table-panel tbody tr >> nth=-1", "aria-selected") == "true"


def test_a_place_leads_to_its_row(opened: Any, samples: fg.Corpus) -> None:
    shown = opened(samples.view(LUAN).html)
    shown.page.click("#text .k-leaders")
    assert shown.page.get_attribute("#tab-leaders", "aria-selected") == "true"
    row = samples.leaders.filter(pl.col("plan_id") == LUAN).row(0, named=True)
    assert row["name"] in shown.text("tr[aria-selected=true]")
    assert shown.text("#text .chosen") == samples.evidence(row)
    assert row["name"] in shown.text(".card")
    assert shown.page.eval_on_selector("tr[aria-selected=true]", "row => row.getBoundingClientRect().top >= 0")


def test_the_innermost_is_chosen_and_leads_to_the_others(opened: Any, samples: fg.Corpus) -> None:
    shown = opened(samples.view(LUAN).html)
    # A target in a phase in a section.
    target = samples.targets.filter(pl.col("plan_id") == LUAN).row(-1, named=True)
    leaf = f'#text [data-rows~="targets:{target["target_id"] - 1}"]'
    shown.page.click(leaf)
    assert shown.text("#text .chosen") == samples.evidence(target)
    others = shown.page.locator(".card .other")
    assert others.count() == 2
    assert "阶段" in others.nth(0).inner_text()
    others.nth(0).click()
    assert shown.page.get_attribute("#tab-phases", "aria-selected") == "true"
    phase = samples.phases.filter(pl.col("plan_id") == LUAN).row(1, named=True)
    assert shown.text("#text .chosen") == samples.evidence(phase)
    shown.page.keyboard.press("Escape")
    # Without targets the same click picks the phase.
    shown.page.uncheck(".boxes input[value=targets]")
    assert shown.page.locator("#text .k-targets").count() == 0
    unit = samples.plans.filter(pl.col("plan_id") == LUAN)["start"][0] + target["start"]
    shown.page.click(f'#text .k-phases:has-text("{samples.evidence(target)[:6]}")')
    assert unit >= phase["start"]
    assert shown.page.get_attribute("#tab-phases", "aria-selected") == "true"
    assert shown.text("#text .chosen") == samples.evidence(phase)


def test_kinds_are_switched_with_their_counts(opened: Any, samples: fg.Corpus) -> None:
    shown = opened(samples.view(LUAN).html)
    box = shown.page.locator(".boxes label", has=shown.page.locator("input[value=targets]"))
    assert box.locator(".count").inner_text() == str(samples.targets.filter(pl.col("plan_id") == LUAN).height)
    before = shown.text("#text .text")
    box.click()
    assert shown.page.locator("#text .k-targets").count() == 0
    assert shown.text("#text .text") == before
    box.click()
    assert shown.page.locator("#text .k-targets").count() > 0


def test_every_row_marks_exactly_its_evidence(opened: Any, samples: fg.Corpus, noisy: fg.Corpus) -> None:
    """Every row of several documents, noise and characters beyond the BMP among them: selected from the table."""
    glued = samples.filter(pl.col("source_id") == "09_two_plans2009.txt")
    heavy = samples.repairs["source_id"].value_counts(sort=True)["source_id"][0]
    chosen = [(noisy, name) for name in noisy.plans["plan_id"]]
    chosen += [(glued, name) for name in glued.plans["plan_id"]]
    chosen += [(samples, name) for name in samples.plans.filter(pl.col("source_id") == heavy)["plan_id"]]
    for corpus, plan_id in chosen:
        shown = opened(corpus.view(plan_id).html)
        shown.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        shown.page.evaluate("dispatchEvent(new Event('afterprint'))")
        found = shown.page.evaluate(
            """() => {
              const found = {};
              for (const tab of document.querySelectorAll("[role=tab]")) {
                tab.click();
                const rows = [...document.querySelectorAll("#table-panel tbody tr.placed")];
                found[tab.dataset.table] = rows.slice(0, tab.dataset.table === "repairs" ? 20 : Infinity).map((row) => {
                  row.click();
                  return [...document.querySelectorAll("#text .chosen")].map((leaf) => leaf.textContent).join("");
                });
              }
              return found;
            }"""
        )
        for table in ("sections", "phases", "criteria", "targets", "leaders", "references", "slogans"):
            rows = corpus.table(table).filter(pl.col("plan_id") == plan_id).iter_rows(named=True)
            assert found.get(table, []) == [corpus.evidence(row) for row in rows], (plan_id, table)
        assert found["plans"]
        for table in ("diagnostics", "unparsed"):
            known = {corpus.evidence(row) for row in corpus.table(table).iter_rows(named=True)}
            assert set(found.get(table, [])) <= known
        source_id = plan_id.rpartition("#")[0]
        repairs = corpus.repairs.filter(pl.col("source_id") == source_id)["before"].to_list()
        assert set(found.get("repairs", [])) <= set(repairs)
        assert shown.text("#text .text") in corpus.source_text(source_id)


def test_marks_in_the_text_are_the_rows_that_cover_it(opened: Any, noisy: fg.Corpus) -> None:
    shown = opened(noisy.view("s#1").html)
    for table in ("phases", "criteria", "targets", "leaders", "references"):
        assert noisy.table(table).height > 0, table
        for number, row in enumerate(noisy.table(table).iter_rows(named=True)):
            assert shown.text(f'#text [data-rows~="{table}:{number}"]') == noisy.evidence(row)


# Repairs


def test_a_repair_tells_before_and_after(opened: Any, noisy: fg.Corpus) -> None:
    shown = opened(noisy.view("s#1").html)
    shown.page.hover("#text .repaired:has-text('衛')")
    tip = shown.page.locator(".card[role=tooltip]")
    assert tip.locator("del").inner_text() == "衛(wèi)"
    assert tip.locator("ins").inner_text() == "卫"
    shown.page.mouse.move(5, 5)
    shown.page.hover("#text .k-leaders >> nth=-1")
    assert shown.page.locator(".card:visible").count() == 0
    shown.page.focus("#text")
    shown.page.keyboard.press("r")
    shown.settle()
    dialog = shown.page.locator(".card[role=dialog]")
    assert dialog.locator("del").inner_text() == "衛(wèi)"
    assert shown.page.get_attribute("#tab-repairs", "aria-selected") == "true"
    assert "衛" in shown.text("tr[aria-selected=true]")
    assert "卫" in shown.text(".live")
    shown.page.keyboard.press("Escape")
    assert shown.page.locator(".card:visible").count() == 0


def test_words_are_found_behind_the_noise(opened: Any, noisy: fg.Corpus) -> None:
    shown = opened(noisy.view("s#1").html)
    shown.page.keyboard.press("/")
    shown.page.keyboard.type("动员部署")
    shown.page.keyboard.press("Enter")
    shown.settle()
    assert shown.text("#text .chosen") == "動(dòng)員(yuán)部署"
    assert shown.in_view("#text .chosen")
    assert shown.text("#hits") == "1/1"
    shown.page.fill("#search", "無")
    shown.page.keyboard.press("Enter")
    assert shown.text("#hits") == "未找到"


# Doubts, boilerplate, what is not understood


def test_what_is_no_evidence_is_seen_too(opened: Any, made: fg.Corpus) -> None:
    schema = fg.schema()
    row = dict(source_id="x", plan_id="x#1", text="检查验收", start=14, end=18)
    doubts = [
        dict(source_id="x", plan_id=None, code="boilerplate", severity="info", message="navigation", start=0, end=4),
        dict(source_id="x", plan_id="x#1", code="numbering-gap", severity="warning", message="2", start=19, end=22),
    ]
    tables = {name: made.table(name) for name in made._tables}
    tables["unparsed"] = pl.DataFrame([row], schema=schema["unparsed"].polars)
    tables["diagnostics"] = pl.DataFrame(doubts, schema=schema["diagnostics"].polars)
    tables["phases"] = tables["phases"].clear()
    tables["criteria"] = tables["criteria"].clear()
    shown = opened(fg.Corpus(tables, made._texts).view("x#1").html)
    assert shown.text("#text .k-unparsed") == "检查验收"
    assert "repeating-linear-gradient" in shown.page.eval_on_selector(
        "#text .k-unparsed", "node => getComputedStyle(node).backgroundImage"
    )
    assert shown.text("#text .k-boilerplate") == "动员部署"
    assert shown.text("#text .doubtful") == "班子好"
    shown.page.click("#tab-diagnostics")
    shown.page.click("#table-panel tbody tr.warning")
    assert shown.text("#text .chosen") == "班子好"


# Side by side


def test_a_clause_moves_both_texts(opened: Any, samples: fg.Corpus) -> None:
    pair = LUAN, "04_huoshan2018.txt#1"
    ledger = samples.ledger(*pair)
    shown = opened(samples.view(pair[0], beside=pair[1]).html)
    number = ledger.with_row_index("at").filter(pl.col("status") == "edited")["at"][-1]
    row = ledger.row(number, named=True)
    shown.page.click(f".clause[data-number='{number}']")
    for side, source in (("a", "superior"), ("b", "subordinate")):
        plan = pair[0] if side == "a" else pair[1]
        evidence = samples.quote(plan, row[f"{side}_start"], row[f"{side}_end"])
        assert shown.text(f"[data-pane={source}] .flash") == evidence
    shown.settle()
    assert shown.in_view("[data-pane=superior] .chosen")
    assert shown.in_view("[data-pane=subordinate] .chosen")
    pieces = re.findall(r"\[-(.*?)-\]", row["edit"])
    assert shown.page.locator(f".clause[data-number='{number}'] del").all_inner_texts() == pieces
    # A click in one text moves the other and the list.
    shown.page.click("[data-pane=superior] .k-kept >> nth=0")
    kept = ledger.with_row_index("at").filter(pl.col("status") == "kept").sort("a_start").row(0, named=True)
    assert shown.page.get_attribute("[aria-selected=true].clause", "data-number") == str(kept["at"])
    shown.settle()
    assert shown.text("[data-pane=subordinate] .chosen") == samples.quote(pair[1], kept["b_start"], kept["b_end"])
    assert shown.in_view("[data-pane=subordinate] .chosen")
    # Signs that are no colours, and boxes.
    signs = "nodes => nodes.map(node => getComputedStyle(node, '::before').content)"
    assert set(shown.page.eval_on_selector_all("[data-pane=superior] .begins.k-dropped", signs)) == {'"−"'}
    shown.page.uncheck(".boxes input[value=kept]")
    assert shown.page.locator(".clause:visible").count() == ledger.filter(pl.col("status") != "kept").height


# A report


def test_a_report_is_walked_by_keys(opened: Any, samples: fg.Corpus, tmp_path: Path) -> None:
    shown = opened(samples.report(tmp_path / "report.html", title="样本 <b>"))
    page = shown.page
    assert page.title() == "样本 <b>"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Tab")
    page.keyboard.type("金寨")
    assert page.locator(".documents li:visible").count() == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    shown.settle()
    assert "金寨县" in page.inner_text("h1")
    assert page.locator("#text").count() == 1
    # Skip to the text, go from mark to mark, open what one says, close it.
    page.evaluate("document.activeElement.blur()")
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("j")
    shown.settle()
    first = shown.text("#text .chosen")
    page.keyboard.press("j")
    shown.settle()
    assert shown.text("#text .chosen") not in ("", first)
    assert page.locator(".card[role=dialog]:visible").count() == 1
    page.keyboard.press("k")
    shown.settle()
    assert shown.text("#text .chosen") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card') !== null")
    page.keyboard.press("Escape")
    assert page.locator(".card:visible").count() == 0
    assert page.evaluate("document.activeElement.closest('#text') !== null")
    page.keyboard.press("Escape")
    assert shown.text("#text .chosen") == ""
    # Tabs and rows by arrows.
    page.focus("[role=tab][aria-selected=true]")
    before = page.evaluate("document.activeElement.id")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") != before
    page.focus("#table-panel tr[tabindex='0']")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.get_attribute("#table-panel tbody tr >> nth=1", "aria-selected") == "true"
    assert shown.text("#text .chosen") != ""
    ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert ring == "solid"
    page.keyboard.press("?")
    assert page.locator("dialog[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0


def test_a_report_opens_at_an_address(opened: Any, samples: fg.Corpus, tmp_path: Path) -> None:
    row = samples.targets.row(5, named=True)
    pair = ("03_luan2018.txt#1", "04_huoshan2018.txt#1")
    path = samples.report(tmp_path / "report.html", pairs=[pair])
    address = f"#plan={row['plan_id'].replace('#', '%23')}&at={row['start']}-{row['end']}"
    shown = opened(path, hash=address)
    assert shown.text("#text .chosen") == samples.evidence(row)
    assert shown.in_view("#text .chosen")
    assert row["quote"][:4] in shown.text("tr[aria-selected=true]")
    shown = opened(path, hash="#pair=1")
    assert shown.page.locator(".side").count() == 2


def test_what_could_not_be_read_is_listed(opened: Any, folder: Path, tmp_path: Path) -> None:
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    corpus = fg.read([folder / "a.txt", folder / "empty.txt", folder / "gone.txt"])
    shown = opened(corpus.report(tmp_path / "report.html"))
    assert "gone.txt" in shown.page.inner_text(".failed")
    assert corpus.sources["error"].drop_nulls()[0] in shown.page.inner_text(".failed")
    shown.page.click(".documents li >> nth=1")
    shown.page.keyboard.press("j")
    assert "empty.txt" in shown.page.inner_text(".about")
    assert shown.text("#text") == ""


# Windows, paper, looks


def test_a_narrow_window_shows_one_pane_at_a_time(opened: Any, samples: fg.Corpus, tmp_path: Path) -> None:
    pair = (LUAN, "04_huoshan2018.txt#1")
    path = samples.report(tmp_path / "report.html", plans=list(pair), pairs=[pair])
    shown = opened(path, viewport={"width": 360, "height": 740})
    page = shown.page

    def fits() -> None:
        assert page.evaluate("document.documentElement.scrollWidth") <= 360

    fits()
    for name in page.eval_on_selector_all(".panes button", "nodes => nodes.map(node => node.dataset.to)"):
        page.click(f".panes [data-to={name}]")
        panes = page.eval_on_selector_all(
            "[data-pane]", "nodes => nodes.filter(node => node.offsetParent).map(node => node.dataset.pane)"
        )
        assert panes == [name]
        fits()
    page.click(".panes [data-to=tables]")
    page.click("#table-panel tbody tr >> nth=-1")
    assert page.is_visible("#text")
    page.click("#text .k-targets")
    fits()
    card = page.locator(".card").bounding_box()
    assert card is not None
    assert card["x"] >= 0
    assert card["width"] <= 360
    page.keyboard.press("Escape")
    page.click(".panes [data-to=documents]")
    page.click(".documents li >> nth=0")
    page.click(".clause.s-edited >> nth=-1")
    for name in ("ledger", "superior", "subordinate"):
        page.click(f".panes [data-to={name}]")
        shown.settle()
        fits()
        assert name == "ledger" or shown.in_view(f"[data-pane={name}] .chosen")


def test_paper_has_the_text_with_marks_and_all_tables(opened: Any, samples: fg.Corpus) -> None:
    shown = opened(samples.view(LUAN).html, color_scheme="dark")
    page = shown.page
    page.emulate_media(media="print")
    shown.settle()
    for selector in (".tools", ".tabs", ".outline", ".keys", ".card"):
        assert not page.is_visible(selector), selector
    source = samples.source_text("03_luan2018.txt")
    assert shown.text("#text .text") == source
    targets = samples.targets.filter(pl.col("plan_id") == LUAN)
    for quote in targets["quote"]:
        assert quote in shown.text(".printed")
    assert page.eval_on_selector("body", "node => getComputedStyle(node).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("document.querySelector('#text').scrollHeight <= document.querySelector('#text').clientHeight")
    page.emulate_media(media="screen")
    shown.settle()
    assert page.locator(".printed").count() == 0
    assert len(page.pdf()) > 10_000


def test_light_and_dark(opened: Any, samples: fg.Corpus) -> None:
    def paper(theme: str, scheme: str) -> str:
        shown = opened(samples.view(LUAN, theme=theme).html, color_scheme=scheme)  # type: ignore[arg-type]
        return str(shown.page.eval_on_selector("body", "node => getComputedStyle(node).backgroundColor"))

    light, dark = paper("auto", "light"), paper("auto", "dark")
    assert light != dark
    assert paper("dark", "light") == dark
    assert paper("light", "dark") == light


# Hostile and large documents


def test_nothing_in_a_document_is_run(opened: Any) -> None:
    hostile = (
        '关于开展<script>window.ran=1</script>“植树”活动的通知<img src=x onerror="window.ran=1">\n'
        "</script><script>window.ran=1</script><!--<script>\u2028\u2029\r老行\r\n"
        "一、<svg onload=window.ran=1>目标\n到2012年底，绿化率达到80%以上，<a href='javascript:window.ran=1'>见</a>。\n"
        "{{constructor.constructor('window.ran=1')()}} ${window.ran=1} [-删-]{+<b>增</b>+}\n\u202e倒\n"
    )
    corpus = fg.parse({'"><script>window.ran=1</script>': hostile, "b": hostile.replace("80", "90")})
    first, second = corpus.plans["plan_id"]
    shown = opened(corpus.view(first, language="en").html)
    page = shown.page
    assert page.get_attribute("html", "lang") == "en"
    assert shown.text("#text .text") == hostile
    assert page.locator("#app script, #app img, #app svg, #app a[href^=javascript]").count() == 0
    for tab in page.query_selector_all("[role=tab]"):
        tab.click()
        for row in page.query_selector_all("#table-panel tbody tr.placed"):
            row.click()
    page.click("#text .k-targets")
    assert page.evaluate("window.ran") is None
    beside = opened(corpus.view(first, beside=second).html)
    beside.page.click(".clause >> nth=0")
    assert beside.page.evaluate("window.ran") is None
    assert beside.page.locator("#app script, #app img, #app svg, #app b").count() == 0


def test_the_frame_of_a_notebook_works_on_its_own(
    opened: Any, browser: Any, samples: fg.Corpus, tmp_path: Path
) -> None:
    notebook = tmp_path / "notebook.html"
    view = samples.view(LUAN, height=600)
    notebook.write_text(
        f"<meta charset=utf-8><p style='height:50px'>1</p>{view._repr_html_()}<p style='height:2000px'>2</p>", "utf-8"
    )
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("#tab-leaders").click()
    frame.locator("#table-panel tbody tr >> nth=-1").click()
    page.wait_for_timeout(150)
    row = samples.leaders.filter(pl.col("plan_id") == LUAN).row(-1, named=True)
    assert "".join(frame.locator("#text .chosen").all_text_contents()) == samples.evidence(row)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.querySelector('iframe').contentDocument") is None
    assert troubles == []
    context.close()


def test_two_hundred_pages_open_and_scroll(opened: Any) -> None:
    text = "".join(NOISY.replace("望海", f"望{number % 9}海") for number in range(600))
    corpus = fg.parse({"s": text})
    first = corpus.filter(pl.col("plan_id") == corpus.plans["plan_id"][0])
    shown = opened(first.view(first.plans["plan_id"][0]).html)
    page = shown.page
    assert len(shown.text("#text .text")) > 190_000
    assert page.locator("#text [data-s]").count() < 20_000
    page.keyboard.press("/")
    page.keyboard.type("检查验收")
    page.keyboard.press("Shift+Enter")
    page.wait_for_timeout(400)
    assert shown.text("#hits").split("/")[0] == shown.text("#hits").split("/")[1]
    assert shown.text("#text .chosen") == "检查验收"
    assert shown.in_view("#text .chosen")
    assert page.eval_on_selector("#text", "node => node.scrollTop / node.scrollHeight") > 0.9


def test_long_lines_and_long_tables(opened: Any) -> None:
    line = "醫院" * 15_000
    corpus = fg.parse({"s": "关于开展植树活动的通知\n" + line + "\n完。"})
    shown = opened(corpus.view("s#1").html)
    page = shown.page
    assert shown.text("#text .text") == "关于开展植树活动的通知\n" + line + "\n完。"
    page.click("#tab-repairs")
    rows = page.locator("#table-panel tbody tr")
    assert rows.count() == 200
    page.click(".pager button >> nth=1")
    rows.nth(0).click()
    shown.settle()
    repair = corpus.repairs.row(200, named=True)
    assert shown.text("#text .chosen") == repair["before"]
    assert page.evaluate("document.querySelector('#text .chosen').dataset.s") == str(repair["start"])
    assert shown.in_view("#text .chosen")
