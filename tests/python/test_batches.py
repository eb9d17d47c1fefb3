"""Record batches of texts to record batches of a table: the rows of a corpus, however the texts are cut up."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from functools import partial

import fangan as fg
import polars as pl
import pytest
from fangan import _batches
from fangan._schema import TABLES

pa = pytest.importorskip("pyarrow", reason="without pyarrow there are frames of Polars, which have a test of their own")


@pytest.fixture(scope="module")
def samples() -> fg.Corpus:
    return fg.samples()


@pytest.fixture(scope="module")
def documents(samples: fg.Corpus) -> pl.DataFrame:
    ids = samples.sources["source_id"].to_list()
    return pl.DataFrame({"source_id": ids, "text": [samples.source_text(each) for each in ids]})


@pytest.fixture(scope="module")
def expected(documents: pl.DataFrame) -> fg.Corpus:
    return fg.parse(documents["text"], ids=documents["source_id"])


def _plain(corpus: fg.Corpus, table: str) -> pl.DataFrame:
    """A table as batches have it: codes as strings, references unresolved."""
    if table == "texts":
        ids = corpus.sources["source_id"].to_list()
        return pl.DataFrame({"source_id": ids, "text": [corpus.source_text(each) for each in ids]})
    frame = corpus.table(table).with_columns(pl.selectors.enum().cast(pl.String))
    return frame.with_columns(resolved_plan_id=pl.lit(None, pl.String)) if table == "references" else frame


def _whole(batches: Iterator[pa.RecordBatch], table: str, **options: bool) -> pl.DataFrame:
    return pl.DataFrame(pa.Table.from_batches(batches, fg.arrow_schema(table, **options)))


@pytest.mark.parametrize("table", [*TABLES, "texts"])
def test_batches_have_the_rows_of_a_corpus(documents: pl.DataFrame, expected: fg.Corpus, table: str) -> None:
    made = _whole(fg.parse_batches(documents, table=table), table)
    assert made.equals(_plain(expected, table))
    assert made.schema == pl.Schema({**_plain(expected, table).schema})


@pytest.mark.parametrize("unsigned", [True, False])
def test_all_tables_come_at_once(documents: pl.DataFrame, expected: fg.Corpus, unsigned: bool) -> None:
    named = documents.with_columns(source_id="a#1 " + pl.col("source_id"))  # ids may look like those of plans
    given = pl.concat([named, pl.DataFrame({"source_id": ["none"], "text": [None]}, schema=named.schema)])
    schema = fg.arrow_schema(None, unsigned=unsigned)
    batches = list(fg.parse_batches(given, table=None, unsigned=unsigned))
    assert all(batch.schema == schema for batch in batches)
    whole = pl.DataFrame(pa.Table.from_batches(batches, schema))
    assert whole["source_id"].equals(given["source_id"])
    assert whole.null_count().sum_horizontal().item() == 0
    for table in TABLES:
        rows = whole.select(table).explode(table).drop_nulls().unnest(table)
        assert rows.equals(_whole(fg.parse_batches(given, table=table, unsigned=unsigned), table, unsigned=unsigned))


@pytest.mark.parametrize("rows", [1, 7, 1000])
@pytest.mark.parametrize("portion", [1, 3, 512])
def test_how_texts_are_cut_up_plays_no_part(
    documents: pl.DataFrame, expected: fg.Corpus, monkeypatch: pytest.MonkeyPatch, rows: int, portion: int
) -> None:
    monkeypatch.setattr(_batches, "_TEXTS", portion)
    batches = documents.to_arrow().to_batches(max_chunksize=rows)
    assert _whole(fg.parse_batches(batches, table="phases"), "phases").equals(_plain(expected, "phases"))


def test_a_text_is_parsed_when_its_turn_comes() -> None:
    taken = []

    def batches() -> Iterator[pl.DataFrame]:
        for number in range(3):
            taken.append(number)
            yield pl.DataFrame({"source_id": [str(number)], "text": ["关于开展植树活动的通知"]})

    parsed = fg.parse_batches(batches())
    assert taken == []
    assert next(parsed).column("plan_id").to_pylist() == ["0#1"]
    assert taken == [0]
    assert len(list(parsed)) == 2


def test_a_large_batch_is_given_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_batches, "_BYTES", 100)
    frame = pl.DataFrame({"source_id": list("abcd"), "text": ["植树方案" * 9] * 4})
    assert [batch.num_rows for batch in fg.parse_batches(frame, table="sources")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    "kind", ["string", "large_string", "string_view", "dictionary", "chunked", "polars", "categorical", "reader"]
)
def test_strings_of_every_kind_are_texts(kind: str) -> None:
    ids, texts = ["a", "b", "c"], ["植树方案\n正文。", "关于改厕的通知", "植树方案\n正文。"]
    column = pa.array(texts)
    batch = {
        "large_string": lambda: pa.table({"source_id": ids, "text": column.cast(pa.large_string())}),
        "string_view": lambda: pa.table({"source_id": ids, "text": column.cast(pa.string_view())}),
        "dictionary": lambda: pa.table({"source_id": ids, "text": column.dictionary_encode()}),
        "chunked": lambda: pa.table({"source_id": ids, "text": pa.chunked_array([texts[:1], texts[1:]])}),
        "polars": lambda: pl.DataFrame({"source_id": ids, "text": texts}),
        "categorical": lambda: pl.DataFrame({"source_id": ids, "text": pl.Series(texts, dtype=pl.Categorical)}),
        "string": lambda: pa.table({"source_id": ids, "text": column}),
        "reader": lambda: pa.table({"source_id": ids, "text": column}).to_reader(),
    }[kind]()
    assert _whole(fg.parse_batches(batch), "plans")["title"].to_list() == fg.parse(texts).plans["title"].to_list()


def test_other_columns_are_left_alone() -> None:
    union = pa.UnionArray.from_sparse(pa.array([0], pa.int8()), [pa.array([1])])
    batch = pa.table({"source_id": ["a"], "text": ["关于改厕的通知"], "strange": union})
    assert _whole(fg.parse_batches(batch), "plans")["plan_id"].to_list() == ["a#1"]


def test_a_null_text_is_a_source_with_an_error() -> None:
    frame = pl.DataFrame({"source_id": ["a", "b"], "text": [None, "关于改厕的通知"]})
    sources = _whole(fg.parse_batches(frame, table="sources"), "sources")
    assert sources.select("source_id", "error", "coverage", "n_plans").rows() == [
        ("a", "the text is null", 0.0, 0),
        ("b", None, 1.0, 1),
    ]
    for table in TABLES[1:]:
        made = _whole(fg.parse_batches(frame, table=table), table)
        assert "a" not in made.to_series().str.replace("#.*", "").to_list()
    nothing = frame.with_columns(text=pl.lit(None))
    assert _whole(fg.parse_batches(nothing, table="sources"), "sources")["error"].null_count() == 0


def test_strings_that_are_no_utf8_are_read_and_told_of() -> None:
    broken = pa.array([b"\xe6\xa4\x8d\xe6\xa0\x91\xff\xe6\x96\xb9\xe6\xa1\x88"], pa.binary()).view(pa.string())
    batch = pa.table({"source_id": ["a"], "text": broken})
    assert _whole(fg.parse_batches(batch, table="texts"), "texts").rows() == [("a", "植树\ufffd方案")]
    told = _whole(fg.parse_batches(batch, table="diagnostics"), "diagnostics")
    assert told.filter(code="undecodable-bytes").select("source_id", "start", "end").rows() == [("a", 2, 3)]


def test_numbers_are_signed_where_that_is_asked_for(documents: pl.DataFrame, expected: fg.Corpus) -> None:
    for table in (*TABLES, "texts"):
        signed = fg.arrow_schema(table, unsigned=False)
        assert "uint" not in str(signed)
        made = _whole(fg.parse_batches(documents, table=table, unsigned=False), table, unsigned=False)
        assert made.cast(dict(_plain(expected, table).schema)).equals(_plain(expected, table))


def test_options_are_those_of_a_parse() -> None:
    frame = pl.DataFrame({"source_id": ["a"], "text": ["關於開展植樹活動的通知"]})
    assert _whole(fg.parse_batches(frame, repairs=[]), "plans")["title"].to_list() == ["關於開展植樹活動的通知"]


def test_an_engine_can_send_it_to_its_workers() -> None:
    work = pickle.loads(pickle.dumps(partial(fg.parse_batches, table="sources", id="url")))
    frame = pl.DataFrame({"url": ["a"], "text": ["关于改厕的通知"]})
    assert [batch.num_rows for batch in work(iter([frame]))] == [1]


def test_nothing_gives_nothing() -> None:
    assert list(fg.parse_batches([])) == []
    assert _whole(fg.parse_batches(pl.DataFrame({"source_id": [], "text": []})), "plans").is_empty()


def test_without_pyarrow_there_are_frames(monkeypatch: pytest.MonkeyPatch, documents: pl.DataFrame) -> None:
    expected = pl.concat(map(pl.DataFrame, fg.parse_batches(documents, table="phases", unsigned=False)))
    monkeypatch.setattr(_batches, "_pyarrow", lambda: None)
    frames = list(fg.parse_batches([documents.head(9), documents.tail(-9)], table="phases", unsigned=False))
    assert pl.concat(frames).equals(expected)
    assert frames[0].schema == fg.arrow_schema("phases", unsigned=False)


def test_mistakes_of_callers_are_said() -> None:
    frame = pl.DataFrame({"source_id": ["a", "b"], "text": ["通知", "通知"], "n": [1, 2]})
    double = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"]), pa.array(["c"])], ["source_id", "text", "text"])
    for ask, said in (
        (lambda: fg.parse_batches(frame, table="plan"), "no table is called 'plan'; there are sources, plans"),
        (lambda: fg.arrow_schema("plan"), "no table is called 'plan'"),
        (lambda: fg.parse_batches(frame, id=None), "need some that differ in the whole data set"),
        (lambda: fg.parse_batches(frame, repairs="ocr"), "give a list"),
        (lambda: list(fg.parse_batches(frame, id="url")), "no column called 'url'; they have source_id, text, n"),
        (lambda: list(fg.parse_batches(frame, text="n")), "n is a column of Int64; a column of strings is needed"),
        (lambda: list(fg.parse_batches(double)), "more than one column called 'text'"),
        (lambda: list(fg.parse_batches(frame.with_columns(source_id=pl.lit("a")))), "two texts have the id 'a'"),
        (lambda: list(fg.parse_batches([frame, frame])), "two texts have the id 'a'"),
        (lambda: list(fg.parse_batches(frame.with_columns(source_id=pl.lit(None)))), "source_id has nulls"),
        (lambda: list(fg.parse_batches("text")), "record batches or a table, not str"),
        (lambda: list(fg.parse_batches(frame.lazy())), "record batches or a table, not LazyFrame"),
        (lambda: list(fg.parse_batches(["text"])), "a record batch is needed, not str"),
        (lambda: list(fg.parse_batches(frame, threads=0)), "threads is 0"),
    ):
        with pytest.raises(fg.InvalidArgumentError, match=said):
            ask()
