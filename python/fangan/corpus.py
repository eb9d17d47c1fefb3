"""A corpus: the tables of parsed sources, with their texts as evidence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal, Self

import polars as pl

from fangan import _fangan, _panel, _regions
from fangan._describing import Describing
from fangan._intake import all_plans
from fangan._reading import Reading
from fangan._resolve import resolved
from fangan._schema import TABLES, schema
from fangan._shards import shards
from fangan._show import html, text_summary
from fangan._tables import BY_PLAN, Settings
from fangan._verify import Verification, verify
from fangan._viewing import Viewing
from fangan.errors import InvalidArgumentError, NotFoundError, ReadError

__all__ = ["Corpus", "Verification"]

_MANIFEST = "corpus.json"


class Corpus(Viewing, Reading, Describing):
    """Parsed sources as tables: one property a table, each a `polars.DataFrame`.

    Make one with `fangan.read`, `fangan.parse` or `fangan.samples`. A corpus does not change; `filter` makes a
    smaller one. Its length is the number of its plans.

    Examples:
        >>> import fangan as fg
        >>> corpus = fg.parse("关于开展环境卫生整治的通知")
        >>> corpus.plans.height, len(corpus)
        (1, 1)
    """

    @classmethod
    def _from_frames(
        cls, frames: dict[str, pl.DataFrame], *, repairs: Sequence[str] | None, lexicon: str | None
    ) -> Self:
        texts = frames.pop("texts")
        frames["references"] = resolved(frames["references"], frames["plans"])
        return cls(frames, texts, Settings(None if repairs is None else tuple(repairs), lexicon))

    # Parts

    def filter(self, *predicates: pl.Expr) -> Self:
        """The part of the corpus whose plans fulfil a condition; every table follows.

        Sources without a remaining plan go, and with them their repairs and diagnostics. Facts of a source as a
        whole (`n_plans`, `coverage`, repairs) stay as they were.

        Args:
            *predicates: Expressions on `plans`, all of which must be true; null counts as false.

        Returns:
            The smaller corpus.

        Raises:
            InvalidArgumentError: An expression names a column that `plans` does not have, or is no condition.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> corpus = fg.parse({"a": "关于开展环境卫生整治的通知", "b": "关于开展植树活动的通知"})
            >>> corpus.filter(pl.col("source_id") == "b").sources["source_id"].to_list()
            ['b']
        """
        plans = self._fulfilling(*predicates)
        ids = plans.select("plan_id")
        kept = plans.select("source_id").unique()
        tables = {
            name: self._tables[name].join(ids, on="plan_id", how="semi", maintain_order="left") for name in BY_PLAN
        }
        tables["plans"] = plans
        for name in ("sources", "repairs"):
            tables[name] = self._tables[name].join(kept, on="source_id", how="semi", maintain_order="left")
        wanted = ids["plan_id"].implode()
        for name in ("unparsed", "diagnostics"):
            of_source = self._tables[name].join(kept, on="source_id", how="semi", maintain_order="left")
            tables[name] = of_source.filter(pl.col("plan_id").is_null() | pl.col("plan_id").is_in(wanted))
        texts = self._texts.join(kept, on="source_id", how="semi", maintain_order="left")
        return type(self)(tables, texts, self._settings)

    # Evidence

    def source_text(self, source_id: str) -> str:
        """The text of a source as it was given: what every `start` and `end` counts in.

        Args:
            source_id: The source.

        Returns:
            The text after decoding, before any repair; empty for a file that could not be read.

        Raises:
            NotFoundError: There is no such source.

        Examples:
            >>> import fangan as fg
            >>> fg.parse({"a": "植樹活動"}).source_text("a")
            '植樹活動'
        """
        found = self._texts.filter(pl.col("source_id") == source_id)["text"]
        if found.is_empty():
            raise NotFoundError(f"no source is called {source_id!r}; corpus.sources lists them")
        return str(found[0])

    def quote(self, source_id: str, start: int, end: int) -> str:
        """A stretch of a source, noise included.

        Args:
            source_id: The source, or a plan of it (`plan_id`).
            start: First character.
            end: Character after the last one.

        Returns:
            `source_text(source_id)[start:end]`.

        Raises:
            NotFoundError: There is no such source.
            InvalidArgumentError: The stretch does not lie in the source.

        Examples:
            >>> import fangan as fg
            >>> fg.parse({"a": "植樹活動"}).quote("a", 0, 2)
            '植樹'
        """
        known = (self._texts["source_id"] == source_id).any()
        text = self.source_text(source_id if known else source_id.rpartition("#")[0] or source_id)
        if not 0 <= start <= end <= len(text):
            raise InvalidArgumentError(f"{start}:{end} is no part of {source_id!r}, which has {len(text)} characters")
        return text[start:end]

    def evidence(self, row: Mapping[str, Any]) -> str:
        """What the source says behind a row of any table.

        Args:
            row: A row as a mapping (`frame.row(0, named=True)`), with `start`, `end`, and `source_id` or `plan_id`.

        Returns:
            The stretch of the source, noise included.

        Raises:
            InvalidArgumentError: The row lacks one of these.
            NotFoundError: Its source is not in this corpus.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse("关于开展植樹活動的通知")
            >>> corpus.evidence(corpus.plans.row(0, named=True))
            '关于开展植樹活動的通知'
        """
        source_id = row.get("source_id")
        if source_id is None and row.get("plan_id") is not None:
            source_id = str(row["plan_id"]).rpartition("#")[0]
        start, end = row.get("start"), row.get("end")
        if source_id is None or start is None or end is None:
            raise InvalidArgumentError("a row needs start, end, and source_id or plan_id to have evidence")
        return self.quote(source_id, start, end)

    def verify(self, *, threads: int | None = None) -> Verification:
        """Prove that every row is grounded: clean the sources again and compare each row with its own evidence.

        The sources are cleaned from the texts that the corpus keeps; each row's `start` and `end` are followed
        forward through the new source map, and what stands there is compared with what the row says.

        Args:
            threads: Number of threads. None (the default) for as many as there are cores.

        Returns:
            A `Verification`: `.ok`, the number of rows checked and failed for each table, and the failing rows.

        Raises:
            LexiconError: The lexicon that the corpus was parsed with cannot be used any more.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于开展植樹活動的通知").verify().ok
            True
        """
        settings = self._settings
        return verify(self._tables, self._texts, repairs=settings.repairs, lexicon=settings.lexicon, threads=threads)

    # Regions and years

    def plans_as_of(self, year: int = _regions.LAST_YEAR) -> pl.DataFrame:
        """The plans, with the units that their regions are in one year, so that years can be compared and joined.

        A plan of 沾化县 (2009) and one of 沾化区 (2016) both get 沾化区 and its code as of 2024; one of 巢湖市
        (2009), which was split in 2011, gets the three cities that took over, and null where one code is asked for.

        Args:
            year: The year whose map the plans are to fit, 1980 to 2026. The last by default. A year before the
                plan's leads back to what its unit came from.

        Returns:
            `plans` with more columns: `as_of_relation` (same, recoded, renamed, upgraded, moved: one unit took over;
            merged: it went into that unit with others; split: into several; abolished, created: what took over, or
            what it came from, is not known), `as_of_adcode`, `as_of_province`, `as_of_province_code`,
            `as_of_prefecture`, `as_of_prefecture_code`, `as_of_county` (null where several units took over that do
            not share it), `as_of_codes`, `as_of_names` (all of them), and `as_of_changes` (what
            happened in between).

        Raises:
            InvalidArgumentError: The gazetteer does not reach that year.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse("沾化县2009年冬枣产业发展实施方案")
            >>> corpus.plans_as_of(2024).select("county", "as_of_relation", "as_of_county", "as_of_adcode").row(0)
            ('沾化县', 'upgraded', '沾化区', '371603')
            >>> corpus.plans_as_of(2024)["as_of_changes"].to_list()
            [['2014: 371624 沾化县 upgraded to 371603 沾化区']]
        """
        return _regions.as_of(self.plans, year)

    def panel(
        self,
        *,
        index: Literal["province", "prefecture", "county"] = "prefecture",
        by: str | None = "year",
        values: str | pl.Expr | pl.DataFrame = "plans",
        aggregate: Literal["mean", "median", "sum", "min", "max"] = "mean",
        as_of: int = _regions.LAST_YEAR,
        complete: bool = False,
        wide: bool = False,
    ) -> pl.DataFrame:
        """A table of regions by years: counts or values, empty cells included.

        Regions are lined up by `plans_as_of`: all plans of a region stand in one row under its code of one year,
        whatever it was called. Plans of a county count for its prefecture; those of a municipality (北京市) stand
        under the municipality, and counties that a province governs itself (仙桃市) beside its prefectures. Plans
        whose region is unknown, above the level of the table, or split over several units stand in rows without a
        code, so that counts add up to those of the corpus.

        Args:
            index: What a row is: province, prefecture (the default) or county.
            by: A column of `plans` for the columns of the table; `year` by default. Of years, those between the
                first and the last are all there. None takes all plans of a region together, whatever their year.
            values: What is counted or measured: a table of the corpus (`"plans"`, the default, `"phases"`,
                `"targets"` …: rows are counted), a column of `plans` or an expression on it, a frame with `plan_id`
                and `value` (scores), or one with `plan_id` alone, whose rows are counted (`corpus.kwic("植树")`).
            aggregate: How the values of a cell's plans become one; of no effect on counts. The mean by default.
            as_of: The year whose units the rows are. The last of the gazetteer by default.
            complete: Whether all units of the provinces that occur are rows, and not only those with a plan. False
                by default.
            wide: Whether `by` becomes columns (as text; `?` where a plan has none), which reads well, instead of
                rows, which charts need. False by default.

        Returns:
            One row a region and year: `code`, `region`, the column `by` (if any), `n_plans` and `value` (0 where
            rows are counted, else null where there is none); or, wide, one row a region: `code`, `region`, and a
            column of values for each year.

        Raises:
            InvalidArgumentError: `by` is no such column, `values` gives no numbers, or the gazetteer does not reach
                `as_of`.

        Examples:
            >>> import fangan as fg
            >>> texts = ["襄樊市2009年植树活动实施方案", "襄阳市2011年植树活动实施方案"]
            >>> fg.parse(texts).panel(as_of=2024).rows()
            [('420600', '襄阳市', 2009, 1, 1.0), ('420600', '襄阳市', 2010, 0, 0.0),
             ('420600', '襄阳市', 2011, 1, 1.0)]
        """
        return _panel.panel(
            self._tables,
            index=index,
            by=by,
            values=values,
            aggregate=aggregate,
            as_of=as_of,
            complete=complete,
            wide=wide,
        )

    # Storage

    def to_parquet(self, folder: str | PathLike[str]) -> Path:
        """Write every table, and the source texts, as Parquet files.

        Args:
            folder: Where to; it is made if it does not exist, and files of the same names are replaced.

        Returns:
            The folder.

        Raises:
            ReadError: The folder cannot be written.

        Examples:
            >>> import fangan as fg, tempfile
            >>> folder = fg.parse("通知").to_parquet(tempfile.mkdtemp())
            >>> (folder / "plans.parquet").exists()
            True
        """
        target = Path(folder)
        try:
            target.mkdir(parents=True, exist_ok=True)
            for name, frame in self._tables.items():
                frame.write_parquet(target / f"{name}.parquet")
            self._texts.write_parquet(target / "texts.parquet")
            manifest = {
                "fangan": _fangan.__version__,
                "repairs": self._settings.repairs,
                "lexicon": self._settings.lexicon,
            }
            (target / _MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise ReadError(f"{target} cannot be written: {error}") from error
        return target

    @classmethod
    def from_parquet(cls, folder: str | PathLike[str]) -> Self:
        """Read a corpus that `to_parquet` or `fangan.convert` wrote.

        Args:
            folder: Where it was written.

        Returns:
            The same corpus, source texts included.

        Raises:
            ReadError: The folder does not hold a corpus.

        Examples:
            >>> import fangan as fg, tempfile
            >>> corpus = fg.parse("通知")
            >>> fg.Corpus.from_parquet(corpus.to_parquet(tempfile.mkdtemp())).equals(corpus)
            True
        """
        target = Path(folder)
        parts = shards(target) or [target]
        try:
            manifest = json.loads((parts[0] / _MANIFEST).read_text(encoding="utf-8"))
            frames = {
                # Tables of documents may have added columns of their own to the plans of some shards.
                name: (all_plans if name == "plans" else pl.concat)(
                    [pl.read_parquet(part / f"{name}.parquet") for part in parts]
                )
                for name in (*TABLES, "texts")
            }
        except (OSError, ValueError, pl.exceptions.PolarsError) as error:
            raise ReadError(
                f"{target} holds no corpus that Corpus.to_parquet or fangan.convert wrote: {error}"
            ) from error
        if parts != [target]:
            # A document may name one of another shard.
            frames["references"] = resolved(frames["references"], frames["plans"])
        for name in TABLES:
            frames[name] = frames[name].cast(dict(schema()[name].polars))  # type: ignore[arg-type]
        repairs = manifest.get("repairs")
        settings = Settings(None if repairs is None else tuple(repairs), manifest.get("lexicon"))
        return cls(frames, frames.pop("texts"), settings)

    def equals(self, other: Corpus) -> bool:
        """Whether all tables and source texts are the same.

        Args:
            other: The corpus to compare with.

        Returns:
            Whether they are.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("通知").equals(fg.parse("通知"))
            True
        """
        same = all(frame.equals(other.table(name)) for name, frame in self._tables.items())
        return same and self._texts.equals(other._texts)

    # Showing

    def __len__(self) -> int:
        return self.plans.height

    def __repr__(self) -> str:
        return text_summary(self._tables)

    def _repr_html_(self) -> str:
        return html(self._tables)
