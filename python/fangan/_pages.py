"""Saved web pages among the files: read in Python before the core parses their text, and told of in the tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

import polars as pl

from fangan import _html
from fangan.errors import MissingExtraError

Source = tuple[str, str | None, str | None]
"""The id of a source, and its text or where to read it."""

_HEAD = 16_384
"""Bytes by which a page is known."""
_CODE = "web-page"


@dataclass(frozen=True)
class Origin:
    """Where the text of a page comes from, as `sources` tells it."""

    path: str
    format: str
    encoding: str
    error: str | None
    notes: tuple[str, ...]


def opened(sources: Iterable[Source]) -> tuple[list[Source], dict[str, Origin]]:
    """The sources with the text of pages in place of their paths, and where these texts come from.

    A file that is no page, or cannot be opened, is left to the core.
    """
    found: list[Source] = []
    origins: dict[str, Origin] = {}
    for source_id, text, path in sources:
        page = None if path is None else _read(path)
        if path is None or page is None:
            found.append((source_id, text, path))
            continue
        found.append((source_id, page.text, None))
        error = None if page.reason is None else f"{path}: {page.reason}"
        origins[source_id] = Origin(path, page.format, page.encoding, error, tuple(page.notes))
    return found, origins


def _read(path: str) -> _html.Page | None:
    with suppress(OSError), open(path, "rb") as file:
        head = file.read(_HEAD)
        kind = _html.looks_like_html(head)
        if kind is None:
            return None
        try:
            return _html.page(head + file.read())
        except MissingExtraError as error:
            reason = str(error)
        except Exception as error:  # as the core takes its own mistakes: one source, not the whole job
            reason = f"the reader of pages failed, which is a mistake in fangan; please report it: {error!r}"
        return _html.Page("", "", "mhtml" if kind == "mhtml" else "html", reason=reason)
    return None


def told(table: str, frame: pl.DataFrame, sources: Iterable[Source], origins: Mapping[str, Origin]) -> pl.DataFrame:
    """A table that says of pages what the core cannot know: `sources` their origin, `diagnostics` their notes."""
    if not origins or "source_id" not in frame.columns:
        return frame
    if table == "sources":
        return _sources(frame, origins)
    if table == "diagnostics":
        return _diagnostics(frame, [source_id for source_id, _, _ in sources], origins)
    return frame


def _sources(frame: pl.DataFrame, origins: Mapping[str, Origin]) -> pl.DataFrame:
    known = pl.DataFrame(
        [(name, origin.path, origin.format, origin.encoding, origin.error) for name, origin in origins.items()],
        schema=dict.fromkeys(["source_id", "_path", "_format", "_encoding", "_error"], pl.String),
        orient="row",
    )
    joined = frame.join(known, on="source_id", how="left", maintain_order="left")
    page = pl.col("_path").is_not_null()
    changed = {name: pl.when(page).then(f"_{name}").otherwise(name) for name in ("path", "format", "encoding", "error")}
    # What could not be read is not understood either.
    changed["coverage"] = pl.when(pl.col("_error").is_not_null()).then(0.0).otherwise("coverage")
    wanted = {name: expression for name, expression in changed.items() if name in frame.columns}
    return joined.with_columns(**wanted).select(frame.columns)


def _diagnostics(frame: pl.DataFrame, order: list[str], origins: Mapping[str, Origin]) -> pl.DataFrame:
    rows = [
        {"source_id": source_id, "code": _CODE, "severity": "info", "message": note, "start": 0, "end": 0}
        for source_id, origin in origins.items()
        for note in origin.notes
    ]
    if not rows:
        return frame
    notes = pl.DataFrame(rows)
    shaped = [
        (pl.col(name) if name in notes.columns else pl.lit(None)).cast(dtype).alias(name)
        for name, dtype in frame.schema.items()
    ]
    places = pl.DataFrame({"source_id": order, "_at": range(len(order))}, schema_overrides={"_at": pl.Int64})
    # The notes of a page stand with its other doubts, however the work is cut up.
    both = pl.concat([frame, notes.select(shaped)]).join(places, on="source_id", how="left", maintain_order="left")
    return both.sort("_at", maintain_order=True).drop("_at")
