"""Tables with a column of texts, as crawlers and spreadsheets leave them."""

from __future__ import annotations

import gzip
import io
import json
import pickle
import zipfile
from pathlib import Path

import fangan as fg
import polars as pl
import pytest
from fangan._limits import Limits
from fangan._physical import Physical
from fangan._tabular import Columns, NoColumnError, Row, Table, TableKind, table_kind

TEXTS = ["望海市2009年植树活动实施方案\n一、目标\n植树100棵。", "临水县关于开展环境卫生整治的通知"]
FRAME = pl.DataFrame(
    {
        "url": ["a.gov.cn/1", "a.gov.cn/2"],
        "title": ["植树", "整治"],
        "content": TEXTS,
        "year_crawled": [2020, 2021],
    }
)


def write(path: Path) -> None:
    kind = path.name.split(".", 1)[1]
    if kind == "parquet":
        FRAME.write_parquet(path)
    elif kind == "jsonl":
        FRAME.write_ndjson(path)
    elif kind == "jsonl.gz":
        held = io.BytesIO()
        FRAME.write_ndjson(held)
        path.write_bytes(gzip.compress(held.getvalue()))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("一/表.csv", FRAME.write_csv())
            held = io.BytesIO()
            FRAME.with_columns(pl.col("url") + "b").write_parquet(held)
            archive.writestr("b.parquet", held.getvalue())
    else:
        separator = "\t" if kind == "tsv" else ";" if kind == "semicolons.csv" else ","
        written = FRAME.write_csv(separator=separator)
        encoding = {"gbk.csv": "gb18030", "utf16.csv": "utf-16", "bom.csv": "utf-8-sig"}.get(kind, "utf-8")
        path.write_text("sep=,\n" + written if kind == "sep.csv" else written, encoding=encoding)


FILES = ["a.csv", "a.tsv", "a.gbk.csv", "a.utf16.csv", "a.bom.csv", "a.sep.csv", "a.semicolons.csv", "a.jsonl"]
FILES += ["a.jsonl.gz", "a.parquet", "a.zip"]


@pytest.mark.parametrize("name", FILES)
def test_rows_are_sources(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    options = {"text": "content", "id": "url"}
    corpus = fg.read(tmp_path, **options)  # type: ignore[arg-type]
    expected = FRAME if name != "a.zip" else pl.concat([FRAME, FRAME.with_columns(pl.col("url") + "b")])
    assert corpus.sources["source_id"].to_list() == expected["url"].to_list()
    assert corpus.sources["error"].is_null().all()
    assert [corpus.source_text(url) for url in expected["url"]] == expected["content"].to_list()
    dtype = pl.Int64 if name == "a.parquet" else pl.String
    for own, given in (("title", "given_title"), ("year_crawled", "year_crawled")):
        assert corpus.plans[given].to_list() == expected[own].cast(dtype if own != "title" else pl.String).to_list()
    assert corpus.plans["title"][0] == "望海市2009年植树活动实施方案"
    assert corpus.verify().ok
    for table in ("plans", "targets", "sources"):
        assert fg.scan(tmp_path, table=table, **options).collect().equals(corpus.table(table))  # type: ignore[arg-type]
    found = fg.scan(tmp_path, **options).filter(pl.col("given_title") == "整治").select("plan_id").collect()  # type: ignore[arg-type]
    assert found["plan_id"].to_list() == [f"{url}#1" for url in expected["url"] if url.startswith("a.gov.cn/2")]
    done = fg.convert(tmp_path, tmp_path / "out", shard_bytes=1, **options)  # type: ignore[arg-type]
    stored = fg.Corpus.from_parquet(done.folder)
    assert stored.equals(corpus)
    assert fg.convert(tmp_path, tmp_path / "out", **options).n_parsed == 0  # type: ignore[arg-type]


def test_columns_of_tables_stay_with_their_plans(tmp_path: Path) -> None:
    write(tmp_path / "a.parquet")
    corpus = fg.read(tmp_path, text="content", id="url")
    some = corpus.filter(pl.col("year_crawled") > 2020)
    assert some.plans["given_title"].to_list() == ["整治"]
    assert fg.Corpus.from_parquet(some.to_parquet(tmp_path / "out")).equals(some)
    assert "year_crawled" in fg.to_zh(corpus.plans).columns
    assert corpus.panel(values=pl.col("year_crawled"))["value"].drop_nulls().len() > 0
    assert corpus.compare(pl.col("given_title") == "植树", pl.col("given_title") == "整治").height > 0
    corpus.to_excel(tmp_path / "a.xlsx")
    assert "植树" in corpus.report(tmp_path / "a.html").read_text(encoding="utf-8")


def test_several_tables_have_the_columns_of_all(tmp_path: Path) -> None:
    FRAME.select("content", count=pl.lit(3)).write_parquet(tmp_path / "a.parquet")
    FRAME.select("content", agency=pl.lit("林业局"), count=pl.lit("三")).write_ndjson(tmp_path / "b.jsonl")
    (tmp_path / "c.txt").write_text(TEXTS[0], encoding="utf-8")
    corpus = fg.read(tmp_path, text="content")
    assert corpus.sources["source_id"].to_list() == ["a.parquet/1", "a.parquet/2", "b.jsonl/1", "b.jsonl/2", "c.txt"]
    assert corpus.plans.select("count", "agency").rows() == [
        ("3", None), ("3", None), ("三", "林业局"), ("三", "林业局"), (None, None)
    ]  # fmt: skip
    assert fg.scan(tmp_path, text="content").collect().equals(corpus.plans)


def test_cells_may_be_pages_or_files(tmp_path: Path) -> None:
    page = (
        "<html><head><title>通知</title></head><body><p>关于开展植树活动的通知</p><p>一、植树100棵。</p></body></html>"
    )
    pl.DataFrame({"content": [page, TEXTS[1], "<1>不是网页"]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({"content": [TEXTS[0].encode("gb18030"), page.encode(), None]}).write_parquet(tmp_path / "b.parquet")
    corpus = fg.read(tmp_path, text="content")
    assert corpus.sources.select("format", "encoding").rows() == [
        ("html", "utf-8"), ("parquet", "utf-8"), ("parquet", "utf-8"), ("txt", "gb18030"), ("html", "utf-8"), ("parquet", "utf-8"),
    ]  # fmt: skip
    assert corpus.source_text("a.parquet/1").startswith("关于开展植树活动的通知\n")
    assert corpus.sources["error"].to_list()[-1] == f"{tmp_path / 'b.parquet'}: the row has no text"


def test_bad_rows_are_rows(tmp_path: Path) -> None:
    lines = ['{"content": "通知"}', "{broken", "[1]", '{"content": 5}', '{"other": "x"}', "", '{"content": null}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (tmp_path / "b.csv").write_text('content,url\n通知,1\n通知\n"通知",2,3\n通知,1\n', encoding="utf-8")
    (tmp_path / "c.csv").write_text("content\n", encoding="utf-8")
    (tmp_path / "d.csv").write_text("other\n1\n", encoding="utf-8")
    (tmp_path / "e.parquet").write_bytes(b"PAR1 and no more")
    (tmp_path / "f.csv").write_bytes(b"content\n" + b"\x80\xff\xfe" * 9 + "通知".encode("gb18030"))
    sources = fg.read(tmp_path, text="content").sources
    failed = dict(sources.filter(sources["error"].is_not_null()).select("source_id", "error").rows())
    wanted = {
        "a.jsonl/2": "no JSON object", "a.jsonl/3": "not list", "a.jsonl/4": "not a number", "a.jsonl/5": "the row has other",
        "a.jsonl/6": "not nothing", "b.csv/2": "1 cells", "b.csv/3": "3 cells", "c.csv": "no rows",
        "d.csv": "no column is called 'content'; there are other", "e.parquet": "cannot be read",
    }  # fmt: skip
    assert failed.keys() == wanted.keys()
    assert all(said in failed[name] for name, said in wanted.items()), failed
    assert {"a.jsonl/1", "b.csv/1", "b.csv/4", "f.csv/1"} <= set(sources["source_id"])


def test_ids_that_stand_twice_get_a_number(tmp_path: Path) -> None:
    pl.DataFrame({"t": ["甲", "乙", "丙"], "n": [1, 1, None]}).write_parquet(tmp_path / "a.parquet")
    corpus = fg.read(tmp_path, text="t", id="n")
    assert corpus.sources["source_id"].to_list() == ["1", "1 (2)", "a.parquet/3"]
    assert corpus.diagnostics.filter(code="id-repeated").height == 1


def test_mistakes_are_said(tmp_path: Path) -> None:
    write(tmp_path / "a.csv")
    (tmp_path / "b.txt").write_text(TEXTS[0], encoding="utf-8")
    with pytest.raises(fg.InvalidArgumentError, match="say which of its columns holds the texts"):
        fg.read(tmp_path / "a.csv")
    with pytest.raises(fg.InvalidArgumentError, match="no column is called 'text'; there are url, title, content"):
        fg.read(tmp_path / "a.csv", text="text")
    with pytest.raises(fg.InvalidArgumentError, match="no column is called 'x'"):
        fg.read(tmp_path / "a.csv", text="content", id="x")
    with pytest.raises(fg.InvalidArgumentError, match="id is a column of tables"):
        fg.read(tmp_path, id="url")
    with pytest.raises(fg.InvalidArgumentError, match="text is the name of a column, not int"):
        fg.read(tmp_path, text=3)  # type: ignore[arg-type]
    pl.DataFrame({"t": [1.5]}).write_parquet(tmp_path / "c.parquet")
    assert "a column of Float64" in str(fg.read([tmp_path / "c.parquet"], text="t").sources["error"].to_list())
    # Tables in folders are read where it is said how; a text is a text.
    assert fg.read(tmp_path).sources["source_id"].to_list() == ["b.txt"]
    (error,) = fg.read([tmp_path / "a.csv", tmp_path / "b.txt"]).sources["error"].drop_nulls()
    assert "say which of its columns" in error


def test_a_text_with_a_brace_is_a_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("{通知}\n关于植树的通知", encoding="utf-8")
    (tmp_path / "b.txt").write_text(json.dumps({"content": TEXTS[0]}, ensure_ascii=False), encoding="utf-8")
    corpus = fg.read(tmp_path, text="content")
    assert corpus.sources.select("source_id", "format").rows() == [("a.txt", "txt"), ("b.txt/1", "jsonl")]


# What files hold that nobody meant


def rows(path: Path, content: bytes | str, *, id: str | None = None, **limits: int) -> list[Row]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    kind = table_kind(path.name, path.read_bytes(), Columns("c", id))
    assert kind is not None
    return list(Table(kind, path, Columns("c", id), Limits(**limits)).rows())


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_an_encoding_is_recognised_behind_much_ascii(tmp_path: Path, encoding: str, kind: TableKind) -> None:
    text = "临水县关于开展环境卫生整治的通知，请遵照执行。" * 900
    line = json.dumps({"u": "a" * 70_000, "c": text}, ensure_ascii=False) + "\n"
    table = f"u,c\n{'a' * 70_000},{text}\nb,{text}\n" if kind == "csv" else line * 2
    path = tmp_path / f"a.{kind}"
    path.write_bytes(table.encode(encoding))
    for source in (path, io.BytesIO(path.read_bytes())):
        found = list(Table(kind, source, Columns("c"), Limits()).rows())
        assert [(row.content, row.lossy) for row in found] == [(text, False)] * 2


def test_only_bytes_that_are_no_characters_are_a_loss(tmp_path: Path) -> None:
    chinese = "关于开展植树活动的通知" * 900
    table = f"c,d\n{chinese},\ufffd\n".encode() + "实施方案,x\n".encode("gb18030") + f"{chinese},x\n".encode()
    found = rows(tmp_path / "a.csv", table)
    assert [row.lossy for row in found] == [False, True, False]
    assert found[0].given["d"] == "\ufffd"
    assert "\ufffd" in str(found[1].content)


def test_an_open_quotation_mark_is_said(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.csv", 'c,d\n"通知\n一",1\n"未完,2\n丙,3\n丁,4\n')
    assert [(row.content, row.error is None) for row in found] == [("通知\n一", True), (None, False)]
    assert "begins on line 4" in str(found[1].error)
    closed_by_another = rows(tmp_path / "a.csv", 'c,d\n"未完,2\n丙,3\n"丁",4\n')
    assert [row.content for row in closed_by_another] == [None]
    # What is wrong in one line costs no other.
    found = rows(tmp_path / "a.csv", 'c,d\n"甲"方,1\n乙,2\n')
    assert [row.content for row in found] == [None, "乙"]
    assert "line 2" in str(found[0].error)


def test_quotation_marks_between_tabs_may_be_text(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.tsv", 'c\td\n"甲\n一"\t1\n"乙\t2\n丙\t3\n"丁"方\t4\n')
    assert [(row.content, row.given.get("d")) for row in found] == [
        ("甲\n一", "1"), ('"乙', "2"), ("丙", "3"), ('"丁"方', "4")
    ]  # fmt: skip


def test_names_of_columns_differ(tmp_path: Path) -> None:
    (row,) = rows(tmp_path / "a.csv", "\n\na_3,a,a,c,a_3_\n1,2,3,通知,4\n")
    assert sorted(row.given.values()) == ["1", "2", "3", "4"]
    assert row.content == "通知"


def test_numbers_of_json_stay_as_written(tmp_path: Path) -> None:
    written = ["1.10", "12345678901234567.891", "1e400", "-0", "9" * 5000, "NaN"]
    lines = [f'{{"c": "通知", "i": {number}, "n": {number}, "l": [{number}, {{"k": "甲"}}]}}' for number in written]
    found = rows(tmp_path / "a.jsonl", "\n".join(lines), id="i")
    assert [(row.id, row.given["n"]) for row in found] == [(number, number) for number in written]
    assert [row.given["l"] for row in found] == [f'[{number}, {{"k": "甲"}}]' for number in written]


def test_half_pairs_in_json_are_no_characters(tmp_path: Path) -> None:
    line = r'{"c": "a\ud800", "i": "\udfff", "k\ud800": ["\udc80"], "\ud83d\ude00": "\ud83d\ude00"}'
    (row,) = rows(tmp_path / "a.jsonl", line, id="i")
    assert row == Row("a\ufffd", "\ufffd", {"k\ufffd": '["\ufffd"]', "\U0001f600": "\U0001f600"}, None, True)
    corpus = fg.read(tmp_path / "a.jsonl", text="c")
    assert corpus.source_text("a.jsonl/1") == "a\ufffd"


def test_times_of_parquet_lose_nothing(tmp_path: Path) -> None:
    kinds = [
        pl.Date(),
        pl.Datetime("ns"),
        pl.Datetime("us", "Asia/Shanghai"),
        pl.Duration("ns"),
        pl.Duration("ms"),
        pl.Time(),
    ]
    values = [[4, 2**31 - 1], [1_000_000_001, 2**62], [5, 2**62], [7, 2**62], [9, 2**62], [11, 86_399_999_999_999]]
    frame = pl.DataFrame(
        [pl.Series(f"d{at}", value).cast(pl.Int32 if at == 0 else pl.Int64).cast(kind)
         for at, (value, kind) in enumerate(zip(values, kinds, strict=True))]
    ).with_columns(c=pl.lit("通知"))  # fmt: skip
    frame.write_parquet(tmp_path / "a.parquet")
    corpus = fg.read(tmp_path / "a.parquet", text="c")
    assert corpus.plans.select(frame.drop("c").columns).equals(frame.drop("c"))
    assert str(Physical(2**31 - 1, pl.Date)) == "2147483647 (Date)"
    assert str(Physical(4, pl.Date)) == "1970-01-05"


def test_times_inside_cells_lose_nothing(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        [
            pl.Series("a", [[1], None]).cast(pl.List(pl.Datetime("ns"))),
            pl.Series("b", [[2**30, None], []]).cast(pl.List(pl.Date)),
            pl.Series("s", [{"t": 1, "n": [2]}, {"t": None, "n": None}]).cast(
                pl.Struct({"t": pl.Time, "n": pl.List(pl.Int8)})
            ),
            pl.Series("c", ["通知", "方案"]),
        ]
    )
    frame.write_parquet(tmp_path / "a.parquet")
    plans = fg.read(tmp_path / "a.parquet", text="c").plans
    for name in ("a", "b", "s"):
        assert plans.schema[name] == frame.schema[name]
        assert plans.select(pl.col(name).to_physical()).equals(frame.select(pl.col(name).to_physical()))
    (row, _) = Table("parquet", tmp_path / "a.parquet", Columns("c"), Limits()).rows()
    assert str(row.given["a"]) == "[1970-01-01 00:00:00.000000001]"
    assert pickle.loads(pickle.dumps(row)) == row


def test_cells_that_are_nested_without_end_are_said(tmp_path: Path) -> None:
    lines = [f'{{"c": "通知", "n": {"[" * depth}{"]" * depth}}}' for depth in (3, 960, 100_000)]
    first, *others = rows(tmp_path / "a.jsonl", "\n".join(lines))
    assert first.given["n"] == "[[[]]]"
    assert [row.error is not None for row in others] == [True, True]


def test_columns_that_cannot_be_ids_are_said(tmp_path: Path) -> None:
    pl.DataFrame({"c": ["甲"], "b": [b"a"], "l": [[1]], "d": ["2010-01-02"]}).with_columns(
        pl.col("d").str.to_date()
    ).write_parquet(tmp_path / "a.parquet")
    for name in ("b", "l"):
        with pytest.raises(NoColumnError, match="ids must be strings or numbers"):
            list(Table("parquet", tmp_path / "a.parquet", Columns("c", name), Limits()).rows())
    (row,) = Table("parquet", tmp_path / "a.parquet", Columns("c", "d"), Limits()).rows()
    assert row.id == "2010-01-02"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.jsonl", '{\n  "c": "通知"\n}\n', "JSON lines have one object a line"),
        ("a.jsonl", '[{"c": "通知"}]', "an object is needed, not list"),
        ("a.jsonl", json.dumps({"c": "通" * 300}, ensure_ascii=False), "limits.text_bytes"),
        ("a.jsonl", "", "the table is empty"),
        ("a.csv", "\n\n", "the table is empty"),
        ("a.csv", "d,e\n1,2\n", "no column is called 'c'; there are d, e"),
    ],
)
def test_what_is_wrong_with_a_table_is_said(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(fg.InvalidArgumentError, match=said):
        fg.read(tmp_path / name, text="c", limits=fg.Limits(text_bytes=200))
    with pytest.raises(fg.InvalidArgumentError, match="text and id are the same column"):
        fg.read(tmp_path / name, text="c", id="c")


def test_a_long_line_costs_no_other(tmp_path: Path) -> None:
    found = rows(tmp_path / "a.jsonl", '{"c": "' + "a" * 500 + '"}\n{"c": "通知"}\n', text_bytes=200)
    assert [row.content for row in found] == [None, "通知"]
    for name, content in (("a.jsonl", '{"c": "通知"}'), ("a.csv", "c,d\n通知,1\n")):
        assert rows(tmp_path / name, content, text_bytes=2**60)[0].content == "通知"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16", "utf-8-sig"])
def test_a_table_is_known_by_its_first_line(encoding: str) -> None:
    columns = Columns("正文", "网址")
    for first in ("网址,标题,正文", '\r\n"网址"\t"正文"\r', "网址;正文", "正文|网址"):
        assert table_kind("a.txt", f"{first}\n甲,乙,丙\n".encode(encoding), columns) == "csv"
        assert table_kind("a.md", first.encode(encoding), columns) is None
        assert table_kind("a.txt", first.encode(encoding), None) is None
    for first in ("正文", "网址,标题", "网址和正文,标题", "正文\n网址,正文", "|网址|正文|", "标题,正文"):
        assert table_kind("a.txt", f"{first}\n甲,乙,丙\n".encode(encoding), columns) is None
