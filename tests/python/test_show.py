from __future__ import annotations

import datetime
import re

import fangan as fg
import polars as pl
import pytest
from fangan import _terminal
from fangan._terminal import display_width


def html(frame: pl.DataFrame, **options: object) -> str:
    return fg.show(frame, **options)._repr_html_()  # type: ignore[arg-type]


FRAME = pl.DataFrame(
    {
        "name": ["动员部署", None, "a\nb"],
        "items": [["讲正气", "促和谐"], [], None],
        "start_on": [datetime.date(2010, 5, 1), None, None],
        "share": [0.0625, None, 1.0],
        "n_chars": [12345, 1, None],
        "year": [2010, None, 2011],
        "value": [0.5, None, 2.0],
        "truncated": [True, False, None],
    }
)


def test_at_the_prompt() -> None:
    assert str(fg.show(FRAME)) == (
        "name      items           start_on     share  n_chars  year  value  truncated\n"
        "--------  --------------  ----------  ------  -------  ----  -----  ---------\n"
        "动员部署  讲正气、促和谐  2010-05-01    6.2%   12,345  2010    0.5  yes\n"
        "                                                    1               no\n"
        "a b                                   100.0%           2011    2.0\n"
        "3 rows"
    )


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 200])
@pytest.mark.parametrize("table", ["plans", "sections", "phases", "targets", "repairs"])
def test_no_line_is_wider_than_the_terminal(table: str, width: int) -> None:
    corpus = fg.samples()
    for language in ("en", "zh"):
        lines = str(fg.show(corpus.table(table), language=language, width=width)).splitlines()  # type: ignore[arg-type]
        assert max(map(display_width, lines)) <= width
        assert len({display_width(line.rstrip()) for line in lines[1:2]}) == 1


def test_columns_stand_straight() -> None:
    lines = str(fg.show(fg.samples().plans.select("title", "genre", "region"), rows=8, width=80)).splitlines()
    edges = [at for at, sign in enumerate(lines[1]) if sign == " "]
    for line in lines[2:10]:
        # What stands at the gap between two columns is blank, counted in columns of the terminal.
        place = "".join(sign + ("\0" if display_width(sign) == 2 else "") for sign in line).ljust(90)
        assert {place[at] for at in edges} == {" "}


def test_what_does_not_fit_is_named() -> None:
    told = str(fg.show(fg.samples().plans, rows=2, width=80))
    assert "32 rows, the first 2 shown" in told
    for name in fg.schema()["plans"].polars:
        assert name in told


def test_ids_keep_their_ends() -> None:
    frame = pl.DataFrame({"plan_id": [f"a/very/long/path/to/a/source.txt#{n}" for n in (1, 2)]})
    assert "…" in str(fg.show(frame, widest=12))
    assert "#1" in str(fg.show(frame, widest=12))
    assert "#2" in str(fg.show(frame, widest=12))


def test_in_a_notebook() -> None:
    page = html(FRAME)
    assert "<td>动员部署</td>" in page
    assert "a<br>b" in page
    assert '<td class="number">12,345</td>' in page
    assert ">null<" not in page
    assert "3 rows" in page
    assert page.count("<tr>") == 4, "no row of types"
    assert "mathjax_ignore" in page


def test_html_is_escaped() -> None:
    frame = pl.DataFrame({"<i>": ["<script>alert(1)</script>", '"' * 100 + "<"]})
    page = html(frame)
    assert "<script>" not in page
    assert "<i>" not in page
    assert '"""' not in page


def test_long_text_has_the_whole_in_the_tooltip() -> None:
    page = html(pl.DataFrame({"text": ["整治" * 100, "整治" * 5000]}), widest=20)
    assert f'title="{"整治" * 100}"' in page
    assert "整治" * 9 + "整…</td>" in page
    assert len(page) < 12_000, "a notebook keeps what it shows"


def test_heads_say_what_they_mean() -> None:
    page = html(fg.samples().phases, language="zh", rows=1)
    assert 'title="stage · 规范的阶段类别 · Enum"' in page
    assert ">规范阶段</th>" in page
    assert 'title="Canonical kind of phase · Enum"' in html(fg.samples().phases, rows=1)
    assert "共 129 行，显示前 1 行" in page
    assert 'lang="zh-CN"' in page


def test_chinese_heads_and_values() -> None:
    told = str(fg.show(fg.samples().phases.select("kind", "stage").head(1), language="zh"))
    assert told.splitlines()[0].split() == ["类别", "规范阶段"]
    assert told.splitlines()[2].split() == ["步骤", "动员部署"]


@pytest.mark.parametrize("frame", [pl.DataFrame(), pl.DataFrame({"a": []}), pl.DataFrame({"a": [None]})])
def test_empty_frames(frame: pl.DataFrame) -> None:
    assert f"{frame.height} row" in str(fg.show(frame))
    assert "<table>" in html(frame)


def test_every_table_and_result_shows() -> None:
    corpus = fg.samples()
    frames = [*corpus._tables.values(), corpus.summary(), corpus.scores, corpus.score("pmc"), corpus.diffusion()]
    for frame in frames:
        for language in ("en", "zh"):
            shown = fg.show(frame, language=language, rows=3)  # type: ignore[arg-type]
            assert shown.frame is frame
            assert re.search(r"\d+ (rows|行)", str(shown))
            assert shown._repr_html_().count("<tr>") == min(frame.height, 3) + 1


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"language": "fr"}, "'en' or 'zh'"),
        ({"rows": 0}, "rows is 0"),
        ({"widest": 0}, "widest is 0"),
        ({"width": -1}, "width is -1"),
    ],
)
def test_arguments(options: dict[str, object], message: str) -> None:
    with pytest.raises(fg.InvalidArgumentError, match=message):
        fg.show(FRAME, **options)  # type: ignore[arg-type]
    with pytest.raises(fg.InvalidArgumentError, match="not list"):
        fg.show([1])  # type: ignore[arg-type]
    with pytest.raises(fg.NotFoundError, match="no table is called"):
        fg.show(FRAME, table="nothing")


def test_the_font_for_other_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    assert fg.plot.font_file().is_file()
    monkeypatch.setattr("fangan._fonts.file", lambda: None)
    with pytest.raises(fg.plot.MissingExtraError, match=r"fangan\[plot\]"):
        fg.plot.font_file()


# Texts in a terminal


@pytest.mark.parametrize(
    ("text", "width"), [("abc", 3), ("动员", 4), ("（一）", 6), ("é", 1), ("e\u0301", 1), ("\u200b", 0), ("𠮷", 2)]
)
def test_widths(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize("width", range(2, 12))
@pytest.mark.parametrize("text", ["动员部署和a部署", "召开会议 and more words", "abcdefghijklmnop", ""])
def test_wrapping_loses_nothing_and_keeps_the_width(text: str, width: int) -> None:
    lines = _terminal.wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert max(map(display_width, lines)) <= width
    assert display_width(_terminal.clip(text, width)) <= width
    assert display_width(_terminal.clip(text, width, keep_end=True)) <= width
