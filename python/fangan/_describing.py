"""The part of a corpus that says what is in it, and hands its tables over."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any, Literal

import polars as pl

from fangan import _excel, _summary, _summary_table
from fangan._tables import Tables
from fangan.errors import InvalidArgumentError


class Describing(Tables):
    """Summaries and spreadsheets."""

    def summary(self, *, region: _summary.Level | None = None) -> pl.DataFrame:
        """What is in the corpus, from where and when, and how well it was read.

        Args:
            region: What places are counted by: province, prefecture or county. None (the default) for the highest
                level at which the plans differ. Plans of a level above stand under its name, those of the centre
                under 全国.

        Returns:
            One row a group, all in one long frame. `aspect` says what the groups are formed by: corpus (everything),
            the level of places, year, genre, admin_level, campaign; of sources format, encoding, script, noise,
            coverage, diagnostic, unread. `item` is the group, `severity` that of a diagnostic; then `n_sources`,
            `n_plans`, `share` (of all plans; of all sources for what sources are grouped by), `median_chars`,
            `coverage`, `n_unread`, `n_truncated`, `n_diagnostics`, `n_warnings` and `warnings_per_plan`. Years stand in
            order, other groups with the largest first, and what no plan states last.

        Raises:
            InvalidArgumentError: There is no such level.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> corpus = fg.parse(["日照市2010年植树方案", "莒县2011年植树方案", "六安市2011年植树方案"])
            >>> found = corpus.summary().filter(pl.col("aspect").is_in(["province", "year"]))
            >>> found.select("aspect", "item", "n_plans", pl.col("share").round(2)).rows()
            [('province', '山东省', 2, 0.67), ('province', '安徽省', 1, 0.33),
             ('year', '2010', 1, 0.33), ('year', '2011', 2, 0.67)]
        """
        if region is not None and region not in _summary.LEVELS:
            raise InvalidArgumentError(f"region is {region!r}; give one of {', '.join(_summary.LEVELS)}, or None")
        return _summary.summary(self._tables, region)

    def summary_table(
        self, *, language: Literal["en", "zh"] = "en", region: _summary.Level | None = None, most: int = 10
    ) -> Any:
        """The summary as a table to print, for the appendix of a paper.

        Args:
            language: `"en"` (the default) or `"zh"`.
            region: What places are counted by; see `summary`. None by default.
            most: Groups of each kind that are shown; the others are counted in one row. 10 by default.

        Returns:
            A `great_tables.GT`: it shows itself in Jupyter; `.as_raw_html()`, `.as_latex()` and
            `.write_raw_html(path)` hand it on.

        Raises:
            MissingExtraError: The extra `fangan[tables]` is not installed.
            InvalidArgumentError: There is no such language or level, or `most` is less than 1.

        Examples:
            >>> import fangan as fg
            >>> "语料概况" in fg.parse("日照市2010年植树方案").summary_table(language="zh").as_raw_html()
            True
        """
        if language not in ("en", "zh"):
            raise InvalidArgumentError(f"language is {language!r}; give 'en' or 'zh'")
        if most < 1:
            raise InvalidArgumentError(f"most is {most}; give a number from 1")
        return _summary_table.table(self.summary(region=region), language, most)

    def to_excel(
        self,
        path: str | PathLike[str],
        *,
        language: Literal["en", "zh"] = "en",
        tables: Sequence[str] | None = None,
    ) -> Path:
        """Write the tables as a workbook: one sheet a table, and before them one that explains the columns.

        Text stays text: what begins with `=` is no formula. Excel holds 32,767 characters a cell; what is longer is
        cut, marked, and listed on the first sheet. Parquet (`to_parquet`) keeps everything.

        Args:
            path: The file, which is replaced if it exists; it ends in `.xlsx`.
            language: `"en"` (the default) for the names that code uses; `"zh"` for Chinese heads and values.
            tables: Names of the tables. None (the default) for all.

        Returns:
            The path.

        Raises:
            MissingExtraError: The extra `fangan[tables]` is not installed.
            NotFoundError: There is no such table.
            InvalidArgumentError: There is no such language, the path ends otherwise, no table is named, or one has
                more rows than a sheet can hold.
            ReadError: The file cannot be written.

        Examples:
            >>> import fangan as fg, pathlib, tempfile
            >>> path = pathlib.Path(tempfile.mkdtemp()) / "plans.xlsx"
            >>> fg.parse("日照市2010年植树方案").to_excel(path, language="zh").name
            'plans.xlsx'
        """
        if isinstance(tables, str):
            raise InvalidArgumentError(f"tables is the string {tables!r}; give a list: [{tables!r}]")
        frames = {name: self.table(name) for name in (self._tables if tables is None else tables)}
        return _excel.write(frames, path, language)
