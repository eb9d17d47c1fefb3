"""The document in a saved page: pages of all kinds with the lines expected, hostile pages, and any text through five templates."""

import builtins
import logging
import socket
import sys
import time
from datetime import date
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan._html import looks_like_html, page
from fangan._html_fields import read_fields
from hypothesis import given, settings
from hypothesis import strategies as st
from web_pages import TEMPLATES

FOLDER = Path(__file__).parents[1] / "fixtures" / "html"
PAGES = sorted(FOLDER.glob("*.html"))
SENTENCE = "为提高质量，各单位要认真落实，不得有误。"


def stored(name: str) -> bytes:
    """A page as the bytes of its file: `name.gb18030.html` is kept as UTF-8 and encoded here."""
    path = FOLDER / name
    encodings = path.suffixes[:-1]
    return path.read_text(encoding="utf-8").encode(encodings[0][1:] if encodings else "utf-8")


def html(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_pages_have_exactly_these_lines(path: Path) -> None:
    found = page(stored(path.name))
    expected = FOLDER / f"{path.name.split('.')[0]}.txt"
    if expected.exists():
        assert found.text.split("\n") == expected.read_text(encoding="utf-8").rstrip("\n").split("\n")
        assert found.reason is None
    else:
        assert found.text == ""
        assert found.reason is not None


NOT_IN_TEXT = [
    "您现在的位置", "当前位置", "首页 ", "首页>", "字体：", "字号", "打印", "关闭", "分享到", "扫一扫", "相关链接", "相关稿件", "推荐阅读", "最新动态",
    "热点文章", "上一篇", "下一篇", "责任编辑", "点击数", "更新时间", "发布时间", "发布日期", "来源：", "索引号", "索 引 号", "主题分类", "有效性",
    "ICP备", "版权所有", "Copyright", "网站标识码", "网站地图", "技术支持", "政务信息中心", "设为首页", "脚本", "占位", "水印", "盗版", "草稿", "内部审核",
    "不属正文", "关键词", "浏览器", "今天是", "长者模式", "联系站长", "mso-", "font-family", "<", "&nbsp;", "\xa0", "网友A",
]  # fmt: skip


@pytest.mark.parametrize("word", NOT_IN_TEXT)
def test_what_a_site_prints_is_not_in_the_text(word: str) -> None:
    assert any(word in path.read_text(encoding="utf-8") for path in PAGES) or word in ("首页>", "\xa0")
    assert [path.name for path in PAGES if word in page(stored(path.name)).text] == []


@pytest.mark.parametrize(
    ("name", "number", "issuer", "issued"),
    [
        ("council_table.html", "北政办发〔2019〕15号", "北原省人民政府办公厅", date(2019, 4, 2)),
        ("policy_library.html", "青建发〔2021〕27号", "青原市住房和城乡建设局", date(2021, 6, 18)),
        ("definition_list.html", "青农发〔2015〕9号", "青河县农业局", date(2015, 1, 1)),
        ("span_fields.html", "青安委〔2014〕3号", "青河县人民政府安全生产委员会", date(2014, 1, 9)),
        ("own_head_wins.html", "柳教发〔2016〕12号", "柳河市教育局", date(2016, 8, 25)),
        ("title_thrice.html", "青交发〔2011〕5号", "青河县交通运输局", date(2011, 3, 6)),
        ("portal_news.html", None, None, None),
    ],
)
def test_the_pages_own_table_fills_only_what_the_text_lacks(
    name: str, number: str | None, issuer: str | None, issued: date | None
) -> None:
    row = fg.parse(page(stored(name)).text).plans.row(0, named=True)
    assert (row["doc_number"], row["issuer"], row["issued_on"]) == (number, issuer, issued)


BODY = "<h1>关于开展植树活动的通知</h1><div><p>各乡镇：</p><p>为绿化荒山，现就有关事项通知如下。</p><p>一、目标</p><p>造林十万亩，成活率达到90%。</p></div>"


@pytest.mark.parametrize(
    ("table", "number", "issuer"),
    [
        ("文号：临政发〔2012〕8号|发布机构：临水县人民政府", "临政发〔2012〕8号", "临水县人民政府"),
        # Who puts it on the web is not who issued it.
        ("文号：临政办发〔2012〕8号|发布机构：临水县人民政府", "临政办发〔2012〕8号", None),
        ("文号：临政发〔2012〕8号|发布机构：临水县信息中心", "临政发〔2012〕8号", None),
        ("文号：无|发文机关：临水县人民政府", None, "临水县人民政府"),
        ("索引号：1-2|发布机构：临水县人民政府", None, None),
    ],
)
def test_a_publisher_is_the_issuer_only_if_the_number_says_so(
    table: str, number: str | None, issuer: str | None
) -> None:
    cells = "".join(f"<td>{cell}</td>" for cell in table.split("|"))
    row = fg.parse(page(html(f"<table><tr>{cells}</tr></table>{BODY}")).text).plans.row(0, named=True)
    assert (row["title"], row["doc_number"], row["issuer"]) == ("关于开展植树活动的通知", number, issuer)


def test_the_day_of_publication_is_not_that_of_the_document() -> None:
    for head in (
        "<meta name='PubDate' content='2012-04-09 10:00'>",
        "<meta name='ContentSource' content='临水县人民政府'>",
    ):
        row = fg.parse(page(html("<p>索引号：1-2 发布日期：2012-04-09</p>" + BODY, head)).text).plans.row(0, named=True)
        assert (row["issued_on"], row["issuer"]) == (None, None)


def test_one_label_alone_is_a_word_of_the_text() -> None:
    assert (
        "标题：书香临水"
        in page(html(BODY + "<p>标题：书香临水</p><p>各单位要认真落实，不得有误，确保全部完成任务。</p>")).text
    )
    assert read_fields([], {"articletitle": " 甲 "}) == ({"title": "甲"}, set())


def _equal(before: pl.DataFrame, after: pl.DataFrame) -> tuple[int, int]:
    """Cells in all, and those that differ by more than blanks."""

    def bare(value: object) -> object:
        if isinstance(value, list):
            return [bare(each) for each in value]
        return "".join(value.split()) if isinstance(value, str) else value

    names = [name for name in before.columns if name not in ("start", "end", "n_chars")]
    left, right = before.select(names).rows(), after.select(names).rows()
    blank = (None,) * len(names)
    height = max(len(left), len(right))
    left, right = left + [blank] * (height - len(left)), right + [blank] * (height - len(right))
    pairs = [(a, b) for x, y in zip(left, right, strict=True) for a, b in zip(x, y, strict=True)]
    return len(pairs), sum(bare(a) != bare(b) for a, b in pairs)


@pytest.mark.parametrize("template", TEMPLATES)
def test_texts_go_through_pages(template: str) -> None:
    samples = fg.samples()
    texts = {name: samples.source_text(name) for name in samples.sources["source_id"]}
    read = fg.parse({name: page(TEMPLATES[template](text)).text for name, text in texts.items()})
    bare = fg.parse(texts)
    cells = wrong = 0
    for table in ("plans", "phases", "criteria", "targets"):
        more, differ = _equal(getattr(bare, table), getattr(read, table))
        cells, wrong = cells + more, wrong + differ
    assert cells > 5_000
    assert wrong == 0


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"<!DOCTYPE html>\n<html><head><title>x</title></head></html>", "html"),
        (b"\xef\xbb\xbf  <!-- saved from url=(0014)about:internet -->\r\n<HTML><HEAD><TITLE>x</TITLE>", "html"),
        ("<html><body><p>甲</p>".encode("utf-16"), "html"),
        ("<html><body><p>甲</p>".encode("utf-16le"), "html"),
        ("<div class='a'><p>甲</p></div>".encode(), "html"),
        ("<?xml version='1.0' encoding='gbk'?><html xmlns='x'><head></head><body><p>甲".encode("gbk"), "html"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=a\r\n\r\n--a", "mhtml"),
        (b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>", "mhtml"),
        ("关于<p>标签的说明：<p>要与</p>成对。<br>表示换行。".encode(), None),
        ("<html>标签是页面的开头。".encode(), None),
        ("<p>是段落标签。".encode(), None),
        ("<关于开展活动的通知>\n各单位：".encode(), None),
        ("<<通知>> <一> 总则".encode("gbk"), None),
        ("来源: 网络\n内容：MIME-Version: 1.0".encode(), None),
        (b"Subject: x\nhello", None),
        (b"<?xml version='1.0'?><root><item>1</item><item>2</item></root>", None),
        (b"", None),
        (b"\x00\x01\x02", None),
        (b"%PDF-1.4 <html>", None),
    ],
)
def test_pages_are_recognised_by_content(data: bytes, expected: str | None) -> None:
    assert looks_like_html(data) == expected


@pytest.mark.parametrize("sample", range(5))
def test_no_text_of_the_samples_looks_like_a_page(sample: int) -> None:
    corpus = fg.samples()
    for name in corpus.sources["source_id"].to_list()[sample::5]:
        assert looks_like_html(corpus.source_text(name).encode()) is None


@pytest.mark.parametrize("said", ["utf-8", "gb2312", "gbk", "big5", "iso-8859-1", "nonsense", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "big5", "utf-16", "utf-8-sig"])
def test_the_encoding_is_found_whatever_is_said(said: str, encoding: str) -> None:
    line = "一、工作目的：在全部公共安全事故的防治工作中，做到不出一次大事故。"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={said}">' if said else ""
    found = page(
        f"<html><head>{meta}<title>甲</title></head><body><p>{line}</p><p>二、人民生活水平。</p></body></html>".encode(
            encoding
        )
    )
    assert found.text.split("\n")[0] == line
    assert found.encoding == {"utf-8-sig": "utf-8", "utf-16": "utf-16le"}.get(encoding, encoding)
    families = {"gb2312": "gb18030", "gbk": "gb18030", "utf-8": "utf-8", "big5": "big5"}
    marked = encoding in ("utf-16", "utf-8-sig")
    assert bool(found.notes) == (bool(said) and families.get(said) != encoding and not marked)


def test_broken_bytes_are_noted_and_cost_no_more_than_themselves() -> None:
    data = ("<html><meta charset=gbk><body><p>" + SENTENCE * 5).encode("gb18030")
    found = page(data + b"\xff" + SENTENCE.encode("gb18030"))
    assert found.text.count(SENTENCE) == 6
    assert found.notes == ["bytes that are no gb18030 were read as U+FFFD"]


def archive(parts: list[tuple[str, bytes]], kind: str = "multipart/related") -> bytes:
    """Parts of an .mhtml: headers and content."""
    head = f'MIME-Version: 1.0\r\nContent-Type: {kind}; type="text/html"; boundary="b"\r\n\r\n'.encode()
    return (
        head
        + b"".join(b"--b\r\n" + said.encode() + b"\r\n\r\n" + body + b"\r\n" for said, body in parts)
        + b"--b--\r\n"
    )


def test_an_archive_with_frames_in_base64() -> None:
    import base64

    top = base64.encodebytes(
        "<html><head><meta charset=gb2312><title>公告</title></head><body><iframe src='cid:f@x'></iframe></body>".encode(
            "gbk"
        )
    )
    inner = f"<html><body><h1>关于停水的公告</h1><p>{SENTENCE}</p></body></html>".encode("gbk")
    data = archive(
        [
            ("Content-Type: image/png\r\nContent-Transfer-Encoding: base64", b"iVBORw0KGgo="),
            (
                "Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\nContent-Location: http://a.invalid/",
                top,
            ),
            ("Content-Type: text/html; charset=gb2312\r\nContent-ID: <f@x>\r\nContent-Transfer-Encoding: 8bit", inner),
        ]
    )
    found = page(data)
    assert (found.format, found.encoding, found.text) == ("mhtml", "gb18030", f"关于停水的公告\n{SENTENCE}")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (archive([("Content-Type: image/png", b"x")]), "the file has no part that is a page"),
        (archive([]), "the file has no part that is a page"),
        (
            stored("scripted.html"),
            "the page has no text of its own; what it shows may be loaded by a program or stand in frames",
        ),
        (b"", "the page has no text of its own; what it shows may be loaded by a program or stand in frames"),
    ],
)
def test_there_is_a_reason_where_there_is_no_text(data: bytes, reason: str) -> None:
    found = page(data)
    assert (found.text, found.reason) == ("", reason)


def test_frames_that_are_missing_are_named() -> None:
    assert page(stored("frameset.html")).notes == ["frames that were not saved with the page: top.htm, main.htm"]


def test_limits() -> None:
    assert page(html(SENTENCE), most_bytes=20).reason == f"the page has {len(html(SENTENCE))} bytes, 20 are the most"
    assert "characters of markup, 30 are the most" in str(page(html(SENTENCE), most_markup=30).reason)
    cut_off = page(html(f"<p>{SENTENCE}</p>" * 50), most_tags=20)
    assert 0 < cut_off.text.count(SENTENCE) < 20
    assert cut_off.notes == ["the page was left off after 20 tags"]


HOSTILE = {
    "a million open tags": b"<html><body>" + b"<div>" * 1_000_000 + SENTENCE.encode(),
    "fonts never closed": b"<html><body>" + b"<font>a" * 300_000 + SENTENCE.encode(),
    "tables in tables": ("<table><tr><td>" * 5_000 + SENTENCE).encode(),
    "tables in tables that are closed": ("<table><tr><td>" * 80 + SENTENCE + "</td></tr></table>" * 80).encode(),
    "entities": b"<!DOCTYPE html [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY x SYSTEM 'file:///etc/passwd'>]><html><body><p>&b;&x;&#0;&#55296;</p><p>"
    + SENTENCE.encode(),
    "attributes": b"<html><body><div " + b" ".join(b"a%d=1" % n for n in range(100_000)) + b">" + SENTENCE.encode(),
    "bare attributes": b"<html><body><div " + b" ".join(b"a%d" % n for n in range(100_000)) + b">" + SENTENCE.encode(),
    "a long class": b"<html><body><div class='" + b"nav " * 1_000_000 + b"'>" + SENTENCE.encode(),
    "labels": ("<html><body>" + "<p>索引号：索引号：文号：</p>" * 20_000 + SENTENCE).encode(),
    "brackets": b"<html><body>" + SENTENCE.encode() + b"<" * 2_000_000,
    "an embedded picture": b"<html><body><img src='data:image/png;base64,"
    + b"A" * 12_000_000
    + b"'><p>"
    + SENTENCE.encode(),
    "frames in frames": b"<html><body>"
    + b"<iframe srcdoc='&lt;iframe srcdoc=&quot;x&quot;&gt;'></iframe>" * 5_000
    + b"<p>"
    + SENTENCE.encode(),
    "ten megabytes": ("<html><body>" + f"<p>{SENTENCE}" * 150_000).encode(),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_take_seconds_and_keep_their_sentence(name: str) -> None:
    begun = time.perf_counter()
    found = page(HOSTILE[name])
    assert time.perf_counter() - begun < 30
    assert SENTENCE in found.text
    assert "root:" not in found.text


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page asked for the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    link = "<link rel=stylesheet href='http://a.invalid/a.css'><base href='http://a.invalid/'>"
    body = f"<iframe src='http://a.invalid/f.html'></iframe><img src='http://a.invalid/i.png'><p>{SENTENCE * 20}</p>"
    assert SENTENCE in page(html(body, link)).text
    assert SENTENCE in page(b"<?xml version='1.0'?><!DOCTYPE html SYSTEM 'http://a.invalid/x.dtd'>" + html(body)).text


def test_nothing_is_written_to_the_log_of_others(capsys: pytest.CaptureFixture[str]) -> None:
    page(html("<p>甲</p>"))
    assert logging.getLogger("trafilatura").handlers
    assert capsys.readouterr().err == ""


def test_a_missing_library_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: object) -> object:
        if name == "trafilatura":
            raise ImportError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(fg.MissingExtraError, match=r"pip install 'fangan\[html\]'"):
        page(html(SENTENCE))
    assert looks_like_html(html(SENTENCE)) == "html"


@given(st.binary(max_size=3_000))
@settings(max_examples=200, deadline=None)
def test_random_bytes_never_raise(data: bytes) -> None:
    looks_like_html(data)
    found = page(data)
    assert isinstance(found.text, str)
    assert (found.text == "") == (found.reason is not None)


TAGS = [
    "html",
    "head",
    "body",
    "div",
    "p",
    "span",
    "font",
    "table",
    "tr",
    "td",
    "th",
    "tbody",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "br",
    "hr",
    "a",
    "h1",
    "iframe",
    "frame",
    "frameset",
    "pre",
    "script",
    "style",
    "o:p",
    "v:shape",
    "select",
    "title",
    "meta",
    "form",
    "b",
]
PIECES = st.one_of(
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from([
        "<td rowspan=3>", "<td colspan=0>", "<ol start=x>", "<li value=9>", "<div class='TRS_Editor'>", "<div id=zoom style='display:none'>", "<a href=a.doc>",
        "<iframe srcdoc='&lt;p&gt;甲。'>", "<!--", "-->", "<![if x]>", "<![endif]>", "&nbsp;", "&#0;", "&zz;", "索引号：1", "文号：临政发〔2012〕8号", "成文日期：2012-02-30",
        "首页 > 正文", SENTENCE, "一、目标", "\x00", "\ufffe", "\ud800", "]]>", "<?x ?>", "<!DOCTYPE html>",
    ]),
    st.text(max_size=12),
)  # fmt: skip


@given(st.lists(PIECES, max_size=60), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
@settings(max_examples=400, deadline=None)
def test_random_tags_never_raise(pieces: list[str], encoding: str) -> None:
    found = page(("<html>" + "".join(pieces)).encode(encoding, "replace"))
    assert (found.text == "") == (found.reason is not None)
    assert all(line == line.strip(" \t") or "\t" in line for line in found.text.split("\n"))
    fg.parse(found.text)


def test_pages_are_read_among_other_files(tmp_path: Path) -> None:
    text = "临水县植树活动实施方案\n一、目标\n到2012年底植树100棵。\n"
    body = "".join(f"<p>{line}</p>" for line in text.splitlines())
    saved = f"<html><head><meta charset=gb2312></head><body><div class=TRS_Editor>{body}</div></body></html>"
    (tmp_path / "a.html").write_bytes(saved.encode("gb18030"))
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    (tmp_path / "c.html").write_text("<html><body><script>load()</script></body></html>", encoding="utf-8")
    (tmp_path / "d.html").write_text(text, encoding="utf-8")
    corpus = fg.read(tmp_path)
    assert corpus.sources.select("source_id", "format", "encoding").rows() == [
        ("a.html", "html", "gb18030"), ("b.txt", "txt", "utf-8"), ("c.html", "html", "utf-8"), ("d.html", "txt", "utf-8")
    ]  # fmt: skip
    assert corpus.sources["path"].to_list() == [str(path) for path in sorted(tmp_path.iterdir())]
    assert corpus.sources["error"].is_null().to_list() == [True, True, False, True]
    assert corpus.source_text("a.html") == text.strip()
    for table in ("phases", "targets", "sections"):
        named = pl.col("plan_id").str.replace("a.html", "b.txt", literal=True)
        page, plain = (corpus.table(table).filter(pl.col("plan_id") == f"{name}#1") for name in ("a.html", "b.txt"))
        assert page.with_columns(named).equals(plain), table
    assert corpus.verify().ok
    for table in ("sources", "plans", "diagnostics", "texts"):
        known = corpus._texts if table == "texts" else corpus.table(table)
        assert fg.scan(tmp_path, table=table).collect().equals(known), table
    assert fg.scan(tmp_path, table="sources").select("format").collect()["format"].to_list()[0] == "html"
    assert fg.Corpus.from_parquet(fg.convert(tmp_path, tmp_path / "out").folder).equals(corpus)


def test_without_the_extra_a_page_is_a_row_with_a_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>关于植树的通知</p></body></html>", encoding="utf-8")
    monkeypatch.setattr("fangan._workers._Worker._started", lambda worker: None)
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    sources = fg.read(tmp_path).sources
    assert sources["error"].to_list() == [
        f"{tmp_path / 'a.html'}: web pages need trafilatura: pip install 'fangan[html]'"
    ]
    assert sources["coverage"].to_list() == [0.0]


def test_a_mistake_of_ours_is_the_row_of_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.html").write_text("<html><body><p>关于植树的通知</p></body></html>", encoding="utf-8")
    (tmp_path / "b.txt").write_text("关于植树的通知", encoding="utf-8")

    def fails(data: bytes) -> None:
        raise RuntimeError("out of luck")

    monkeypatch.setattr("fangan._workers._Worker._started", lambda worker: None)
    monkeypatch.setattr("fangan._html.page", fails)
    sources = fg.read(tmp_path).sources
    assert "mistake in fangan" in sources["error"][0]
    assert sources["error"][1] is None
