"""What goes into the page that shows evidence; what it does in a browser is in `test_browser.py`."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import fangan as fg
import polars as pl
import pytest
from fangan import _page_data as data
from fangan import _page_labels as labels
from fangan._page_places import Reading
from fangan.errors import MissingExtraError

HOSTILE = (
    "关于开展<script>window.ran=1</script>“植树”活动的通知\n"
    "</script><script>window.ran=1</script><!-- <img src=x onerror=alert(1)> -->\u2028\u2029\n"
    "一、目标\n到2012年底，\U00020bb7家村绿化率达到80%以上😀。<a href=\"javascript:window.ran=1\">'点'</a>\n"
)


class Blocks(HTMLParser):
    """The elements of a page as a browser's parser sees them, and its blocks of data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag if tag != "script" else dict(attrs).get("id") or "program"

    def handle_data(self, text: str) -> None:
        self.texts[self._inside] = self.texts.get(self._inside, "") + text

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def json(self, name: str) -> Any:
        return json.loads(self.texts[name])


def _documents(corpus: fg.Corpus, language: str = "zh") -> data.Documents:
    return data.Documents(corpus._tables, corpus._texts, language)


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


# Places


def test_every_row_of_a_plan_is_in_its_page_with_its_place(samples: fg.Corpus) -> None:
    documents = _documents(samples)
    for plan_id in samples.plans["plan_id"]:
        document = documents.document(plan_id)
        source = samples.source_text(document["source"])
        low = document["base"]
        assert document["text"] == source[low : low + len(document["text"])]
        for table in ("sections", "phases", "criteria", "targets", "leaders", "references", "slogans"):
            rows = samples.table(table).filter(pl.col("plan_id") == plan_id)
            assert [row["at"] for row in document["tables"][table]] == [
                list(r) for r in rows.select("start", "end").rows()
            ]
            for row in document["tables"][table]:
                start, end = row["at"]
                assert document["text"][start - low : end - low] == source[start:end]


def test_titles_and_headings_are_found_in_noise(samples: fg.Corpus) -> None:
    documents = _documents(samples)
    for plan in samples.plans.iter_rows(named=True):
        document = documents.document(plan["plan_id"])
        heads = [row for row in document["tables"]["plans"] if row.get("kind") == "head"]
        assert heads[0]["at"] is not None, plan["plan_id"]
        for row in document["tables"]["sections"]:
            assert row["extent"][0] == row["at"][0]
            assert row["extent"][1] - row["extent"][0] < 160


def test_reading_finds_what_was_repaired_and_broken() -> None:
    text = "序　衛(wèi)生\n方案 x"
    repairs = [(2, 3, "script", "卫"), (3, 8, "pinyin", "")]
    reading = Reading(text, 0, len(text), repairs)
    assert reading.find("卫生方案", 0, len(text)) == [2, 12]
    assert text[2:12] == "衛(wèi)生\n方案"
    assert reading.find("卫生方案", 0, 10) is None
    assert reading.find("卫生方案", 3, len(text)) is None
    assert reading.find("", 0, len(text)) is None


@pytest.mark.parametrize(
    ("text", "marker", "heading", "extent"),
    [
        ("一、目 标\n正文", "一、", "目标", "一、目 标"),
        ("一、\n正文正文", "一、", "", "一、"),
        ("一、别的\n正文", "一、", "目标", "一、别的\n正文"),
    ],
)
def test_headings_end_where_their_words_do(text: str, marker: str, heading: str, extent: str) -> None:
    start, end = Reading(text, 0, len(text), []).heading([0, len(text)], marker, heading)
    assert text[start:end] == extent


def test_each_document_has_what_stands_around_it() -> None:
    glued = "".join(
        f"某某网首页 > 公文范文\n关于开展{name}活动的通知\n各单位：\n一、目标\n到2012年底，覆盖率达到80%以上。\n二、要求\n加强领导，落实责任。\n2012年3月1日\n"
        for name in ("植树", "改厕")
    )
    corpus = fg.parse({"s": glued})
    assert len(corpus) == 2
    documents = _documents(corpus)
    first, second = (documents.document(name) for name in corpus.plans["plan_id"])
    assert first["base"] == 0
    assert first["text"] == glued[: corpus.plans["start"][1]]
    assert second["text"] == glued[corpus.plans["end"][0] :]
    # One plan alone has all of the source around it.
    alone = corpus.filter(pl.col("plan_id") == "s#2")
    assert _documents(alone).document("s#2")["text"] == glued


def test_doubts_about_a_whole_document_are_a_sign_and_no_mark(samples: fg.Corpus) -> None:
    doubts = _documents(samples).document("06_tangjiahui2018.txt#1")["tables"]["diagnostics"]
    assert doubts[0]["at"] == [0, 842]
    assert doubts[0]["extent"] == [0, 0]
    assert doubts[0]["cells"]["code"] == "地区有歧义"


def test_the_sites_own_text_is_a_kind_of_its_own(samples: fg.Corpus) -> None:
    rows = _documents(samples).document("09_two_plans2009.txt#1")["tables"]["diagnostics"]
    assert {row["kind"] for row in rows} == {"boilerplate"}


def test_repairs_are_those_of_the_table(samples: fg.Corpus) -> None:
    documents = _documents(samples)
    source_id = samples.repairs["source_id"][0]
    plan_id = samples.plans.filter(pl.col("source_id") == source_id)["plan_id"][0]
    document = documents.document(plan_id)
    repairs = document["repairs"]
    source = samples.source_text(source_id)
    found = {
        (start, end, source[start:end], after)
        for start, end, after in zip(repairs["start"], repairs["end"], repairs["after"], strict=True)
    }
    low, high = document["base"], document["base"] + len(document["text"])
    rows = samples.repairs.filter(pl.col("source_id") == source_id, pl.col("start") < high, pl.col("end") > low)
    assert found == set(rows.select("start", "end", "before", "after").rows())


def test_cells_speak_the_language_of_the_page() -> None:
    corpus = fg.parse("莒县2012年植树方案\n一、目标\n到2012年底，绿化率达到80%以上。")
    chinese, english = (_documents(corpus, language).document("text#1") for language in labels.LANGUAGES)
    assert chinese["tables"]["targets"][0]["cells"]["deadline_basis"] == "明示"
    assert english["tables"]["targets"][0]["cells"]["deadline_basis"] == "stated"
    assert chinese["tables"]["targets"][0]["cells"]["quantity"] == "≥ 80 %"
    for language in labels.LANGUAGES:
        words = labels.words(language)
        for table, shown in words["shown"].items():  # type: ignore[attr-defined]
            assert set(shown) <= set(words["columns"][table])  # type: ignore[index]


def test_values_of_the_tables_have_chinese_names() -> None:
    for name in labels.SHOWN:
        for column in fg.schema()[name].columns:
            if isinstance(column.dtype, pl.Enum):
                for value in column.dtype.categories:
                    said = labels.value(name, column.name, value, "zh")
                    assert not re.search("[a-z]", said), (name, column.name, value)


# The page


def test_what_a_document_holds_is_data_and_nothing_else() -> None:
    corpus = fg.parse({"</script>&": HOSTILE})
    page = corpus.view("</script>&#1").html
    parsed = Blocks(page)
    assert [tag for tag, _ in parsed.tags] == [
        "html", "head", "meta", "meta", "meta", "meta", "title", "style", "body", "div", "noscript",
        "script", "script", "script",
    ]  # fmt: skip
    assert parsed.json("document-0")["text"] == HOSTILE
    assert parsed.texts["title"] == "</script>&#1"
    inside = page[page.index('id="page">') : page.rindex("<script>")]
    assert not re.search("<(?!/?script)", inside)
    assert "\u2028" not in page


def test_the_page_allows_itself_and_no_network() -> None:
    page = fg.parse("关于开展植树活动的通知").view("text#1").html
    policy = next(
        attributes["content"]
        for tag, attributes in Blocks(page).tags
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    assert policy.startswith("default-src 'none';")
    for tag, text in (("script", page[page.rindex("<script>") + 8 : page.rindex("</script>")]),
                      ("style", page[page.index("<style>") + 7 : page.index("</style>")])):  # fmt: skip
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"(https?:)?//[a-z]", re.sub(r"//.*\n", "", page[page.index("<style>") :]))
    assert "unsafe" not in policy


def test_the_same_corpus_gives_the_same_page(samples: fg.Corpus, tmp_path: Path) -> None:
    first = samples.report(tmp_path / "a.html").read_bytes()
    assert fg.samples().report(tmp_path / "b.html").read_bytes() == first


def test_a_notebook_gets_a_frame_that_reaches_nothing() -> None:
    view = fg.parse("关于开展“植树”活动的通知").view("text#1", height=500)
    (tag, attributes), *others = Blocks(view._repr_html_()).tags
    assert (tag, others) == ("iframe", [])
    assert attributes["srcdoc"] == view.html
    assert attributes["sandbox"] == "allow-scripts"
    assert "height:500px" in str(attributes["style"])
    assert "text#1" in repr(view)


def test_rows_open_at_their_place(corpus: fg.Corpus) -> None:
    row = corpus.phases.row(0, named=True)
    page = Blocks(corpus.view(row).html).json("page")
    assert page["open"] == {"document": 0, "at": [row["start"], row["end"]]}
    assert page["documents"][0]["id"] == row["plan_id"]
    empty = fg.parse({"c": "某某网 版权所有"})
    of_source = {"source_id": "c", "plan_id": None, "start": 0, "end": 3}
    assert Blocks(empty.view(of_source).html).json("page")["documents"][0]["id"] in {"c", "c#1"}


def test_two_plans_have_their_ledger(samples: fg.Corpus) -> None:
    plans = "03_luan2018.txt#1", "04_huoshan2018.txt#1"
    parsed = Blocks(samples.view(plans[0], beside=plans[1]).html)
    ledger = samples.ledger(*plans)
    rows = parsed.json("pair-0")
    assert [row[0] for row in rows] == ledger["status"].to_list()
    assert [row[1:5] for row in rows] == [list(r) for r in ledger.select("a_start", "a_end", "b_start", "b_end").rows()]
    edited = ledger.filter(pl.col("edit").is_not_null())["edit"][0]
    assert edited in [row[6] for row in rows]
    assert parsed.json("page")["pairs"] == [{"a": 0, "b": 1}]


# Reports


def test_a_report_holds_all_and_what_could_not_be_read(folder: Path, tmp_path: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    bad = folder / "gone.txt"
    bad.symlink_to(folder / "nowhere.txt")
    corpus = fg.read([folder / "a.txt", folder / "inner" / "b.md", folder / "empty.txt", bad])
    page = Blocks(corpus.report(tmp_path / "report.html").read_text(encoding="utf-8")).json("page")
    without = corpus.sources.filter(pl.col("error").is_null(), pl.col("n_plans") == 0)["source_id"].to_list()
    assert [entry["id"] for entry in page["documents"]] == [*corpus.plans["plan_id"], *without]
    errors = corpus.sources.filter(pl.col("error").is_not_null())["error"].to_list()
    assert errors
    assert [entry["error"] for entry in page["failed"]] == errors


def test_a_report_of_some_plans(samples: fg.Corpus, tmp_path: Path) -> None:
    def ids(**options: Any) -> list[str]:
        written = samples.report(tmp_path / "some.html", **options).read_text(encoding="utf-8")
        return [entry["id"] for entry in Blocks(written).json("page")["documents"]]

    assert ids(plans="03_luan2018.txt#1") == ["03_luan2018.txt#1"]
    assert ids(plans=["04_huoshan2018.txt#1", "03_luan2018.txt#1"]) == ["04_huoshan2018.txt#1", "03_luan2018.txt#1"]
    assert ids(plans=pl.col("prefecture") == "日照市") == (
        samples.plans.filter(pl.col("prefecture") == "日照市")["plan_id"].to_list()
    )
    pair = ("03_luan2018.txt#1", "04_huoshan2018.txt#1")
    assert ids(plans=pair[0], pairs=[pair]) == list(pair)


def test_an_empty_corpus_has_a_report(samples: fg.Corpus, tmp_path: Path) -> None:
    nothing = samples.filter(pl.lit(False))
    assert Blocks(nothing.report(tmp_path / "none.html").read_text(encoding="utf-8")).json("page")["documents"] == []


# Mistakes


def test_mistakes_are_told(corpus: fg.Corpus, tmp_path: Path) -> None:
    with pytest.raises(fg.NotFoundError, match="no plan is called 'z#1'"):
        corpus.view("z#1")
    with pytest.raises(fg.NotFoundError, match="no plan is called 'a'"):
        corpus.view("a")
    with pytest.raises(fg.NotFoundError, match="z#1"):
        corpus.view("a#1", beside="z#1")
    with pytest.raises(fg.NotFoundError, match="z#1"):
        corpus.report(tmp_path / "x.html", plans=["z#1"])
    with pytest.raises(fg.NotFoundError, match="no source is called 'z'"):
        corpus.view({"source_id": "z", "start": 0, "end": 1})
    with pytest.raises(fg.InvalidArgumentError, match="a row needs start"):
        corpus.view({"plan_id": "a#1"})
    with pytest.raises(fg.InvalidArgumentError, match="theme is 'blue'"):
        corpus.view("a#1", theme="blue")  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="language is 'fr'"):
        corpus.view("a#1", language="fr")  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="height is 10"):
        corpus.view("a#1", height=10)
    with pytest.raises(fg.InvalidArgumentError, match="no pair"):
        corpus.report(tmp_path / "x.html", pairs=["a#1"])  # type: ignore[list-item]
    with pytest.raises(fg.ReadError, match="cannot be written"):
        corpus.report(tmp_path / "missing" / "x.html")
    with pytest.raises(fg.ReadError, match="cannot be written"):
        corpus.view("a#1").save(tmp_path)


def test_the_font_comes_with_the_page_or_is_missed(corpus: fg.Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    from fangan import _fonts

    monkeypatch.setattr(_fonts, "face", lambda text: "@font-face{}" if "植" not in text and "厕" in text else "")
    assert "<style>@font-face{}\n" in corpus.view("a#1", embed_font=True).html
    assert "@font-face" not in corpus.view("a#1").html
    monkeypatch.setattr(_fonts, "face", lambda text: "")
    with pytest.raises(MissingExtraError, match=r"fangan\[plot\]"):
        corpus.view("a#1", embed_font=True)
