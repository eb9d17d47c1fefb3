"""Tables with a column of texts, as crawlers and spreadsheets leave them."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import fangan as fg
import polars as pl
import pytest

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
        "a.jsonl/2": "no JSON object", "a.jsonl/3": "not list", "a.jsonl/4": "not int", "a.jsonl/5": "the row has other",
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
