"""The part of a corpus that shows its evidence: a page for one plan, for two, or for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import polars as pl

from fangan import _page_data as data
from fangan._comparing import Comparing
from fangan._page import Language, Theme, page
from fangan._view import View, written
from fangan.errors import InvalidArgumentError, NotFoundError

_LEAST_HEIGHT = 240


class Viewing(Comparing):
    """Sources with their evidence, to look at."""

    def view(
        self,
        plan: str | Mapping[str, Any],
        *,
        beside: str | None = None,
        language: Language = "zh",
        theme: Theme = "auto",
        height: int = 720,
        embed_font: bool = False,
    ) -> View:
        r"""The source of a plan as it was given, with its evidence marked and its tables beside it.

        Marks are one kind a table: click one and its row is chosen, click a row and the text goes to its place.
        Repairs say what stood there and what was made of it. Boilerplate and what no rule understood are marked too,
        and so are the doubts of `diagnostics`. `?` in the page lists its keys. The page is one text without any
        reference to a network, and nothing that a document holds is run.

        Args:
            plan: `plan_id`, or a row of any table (`frame.row(0, named=True)`): the page opens at its place.
            beside: `plan_id` of a plan that may have copied from it: both stand side by side, with their `ledger`
                (kept, edited, dropped, added clauses). None by default.
            language: Of the labels, `"zh"` (the default) or `"en"`. Diagnostics are in English in both.
            theme: `"light"`, `"dark"`, or `"auto"` (the default): as the reader's system has it.
            height: Of the frame in a notebook, in pixels. 720 by default, 240 at least.
            embed_font: Whether the Chinese font comes with the page, cut down to its characters. False by default,
                since nearly all machines on which Chinese is read have one, and it adds some 300 KB; give True for
                a machine without one (a server that prints PDF). Needs the extra `fangan[plot]`.

        Returns:
            A `View`: a notebook shows it, and `.save(path)` writes it as one HTML file.

        Raises:
            NotFoundError: There is no such plan or source.
            InvalidArgumentError: The row has no place, or an option has no such value.
            MissingExtraError: The font is wanted and not installed.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse({"a": "植樹活動方案\n各縣要落實責任。", "b": "植树活动方案\n各乡镇要落实责任。"})
            >>> corpus.view("a#1")
            <View of a#1: shown in Jupyter; .save("evidence.html") writes it as a file for any browser>
            >>> corpus.view("a#1", beside="b#1", language="en").html.startswith("<!doctype html>")
            True
        """
        if height < _LEAST_HEIGHT:
            raise InvalidArgumentError(f"height is {height}; give {_LEAST_HEIGHT} pixels or more")
        plan_id, place = (plan, None) if isinstance(plan, str) else self._placed(plan)
        names = [plan_id] if beside is None else [plan_id, beside]
        opened: dict[str, Any] = {"document": 0} if beside is None else {"pair": 0}
        if place is not None:
            opened["at"] = place
        html = self._page(
            list(dict.fromkeys(names)),
            [] if beside is None else [(plan_id, beside)],
            opened=opened,
            title=" – ".join(names),
            language=language,
            theme=theme,
            embed_font=embed_font,
            failed=False,
        )
        return View(html, name=" beside ".join(names), height=height)

    def report(
        self,
        path: str | PathLike[str],
        *,
        plans: str | Sequence[str] | pl.Expr | None = None,
        pairs: Sequence[tuple[str, str]] = (),
        title: str | None = None,
        language: Language = "zh",
        theme: Theme = "auto",
        embed_font: bool = False,
    ) -> Path:
        r"""Write one HTML file with the sources of plans and their evidence, to read anywhere and to hand on.

        The file holds what `view` shows, for each plan, with a list to choose from, and the sources that hold no
        plan or could not be read with their error. It asks no network for anything. Only what is looked at is
        unfolded, so that hundreds of plans and long sources open quickly.

        Args:
            path: The file; one that exists is replaced.
            plans: Which plans: an id, several, or a condition on `plans`. None (the default) for all, and for
                sources without one.
            pairs: Plans to set side by side with their `ledger`, the superior's first: `[("city#1", "county#1")]`.
                Both belong to the report whatever `plans` says.
            title: Title of the page. By default it says how many documents there are.
            language: As for `view`.
            theme: As for `view`.
            embed_font: As for `view`; the characters of all documents may take some megabytes.

        Returns:
            The path.

        Raises:
            NotFoundError: There is no such plan, or none fulfils the condition.
            InvalidArgumentError: An option has no such value, or the condition names no column of `plans`.
            ReadError: The file cannot be written.
            MissingExtraError: The font is wanted and not installed.

        Examples:
            >>> import fangan as fg, tempfile
            >>> corpus = fg.parse({"a": "植樹活動方案\n各縣要落實責任。", "b": "植树活动方案\n各乡镇要落实责任。"})
            >>> corpus.report(tempfile.mkdtemp() + "/report.html", pairs=[("a#1", "b#1")]).name
            'report.html'
        """
        names = self._reported(plans)
        if not names and not (plans is None or pairs):
            raise NotFoundError("no plan was named; give ids, a condition, or None for all")
        pairs = [self._both(pair) for pair in pairs]
        names = list(dict.fromkeys([*names, *(name for pair in pairs for name in pair)]))
        counted = {
            "zh": f"方案原文与证据（{len(names)} 份文件）",
            "en": f"Sources and evidence ({len(names)} document{'' if len(names) == 1 else 's'})",
        }
        html = self._page(
            names,
            pairs,
            opened={"document": 0},
            title=counted.get(language, "") if title is None else title,
            language=language,
            theme=theme,
            embed_font=embed_font,
            failed=plans is None,
        )
        return written(path, html)

    def _page(
        self,
        names: Sequence[str],
        pairs: Sequence[tuple[str, str]],
        *,
        opened: Mapping[str, Any],
        title: str,
        language: Language,
        theme: Theme,
        embed_font: bool,
        failed: bool,
    ) -> str:
        without = set(self._without_plan())
        for name in names:
            if name not in without:
                self._chosen(name)
        documents = data.Documents(self._tables, self._texts, language)
        errors = self.sources.filter(pl.col("error").is_not_null()) if failed else self.sources.clear()
        place = {name: at for at, name in enumerate(names)}
        return page(
            [documents.document(name) for name in names],
            entries=[documents.entry(name) for name in names],
            pairs=[
                {"a": place[one], "b": place[other], "rows": data.ledger(self.ledger(one, other))}
                for one, other in pairs
            ],
            failed=errors.select(pl.col("source_id").alias("source"), "error").to_dicts(),
            opened=opened,
            title=title,
            language=language,
            theme=theme,
            embed_font=embed_font,
        )

    def _reported(self, plans: str | Sequence[str] | pl.Expr | None) -> list[str]:
        """The documents of a report: plans, and, where all are wanted, sources that were read and hold none."""
        if plans is None:
            return [*self.plans["plan_id"], *self._without_plan()]
        if isinstance(plans, str | pl.Expr):
            return self._chosen(plans)
        return [name for plan in plans for name in self._chosen(plan)]

    def _without_plan(self) -> list[str]:
        """Sources that were read and hold no plan, which can be looked at all the same."""
        held = self.plans["source_id"].implode()
        return self.sources.filter(pl.col("error").is_null(), ~pl.col("source_id").is_in(held))["source_id"].to_list()

    def _both(self, pair: Sequence[str]) -> tuple[str, str]:
        if isinstance(pair, str) or len(pair) != 2:
            raise InvalidArgumentError(
                f"{pair!r} is no pair; give (plan_id of the superior, plan_id of the subordinate)"
            )
        for plan_id in pair:
            self._chosen(plan_id)
        return pair[0], pair[1]

    def _placed(self, row: Mapping[str, Any]) -> tuple[str, list[int]]:
        """The plan, or source, that a row belongs to, and its place."""
        start, end, source_id = row.get("start"), row.get("end"), row.get("source_id")
        if start is None or end is None or (row.get("plan_id") is None and source_id is None):
            raise InvalidArgumentError("a row needs start, end, and source_id or plan_id to be shown")
        if row.get("plan_id") is not None:
            return str(row["plan_id"]), [start, end]
        of_source = self.plans.filter(pl.col("source_id") == source_id)
        if of_source.is_empty():
            if source_id not in set(self.sources["source_id"]):
                raise NotFoundError(f"no source is called {source_id!r}; corpus.sources lists them")
            return str(source_id), [start, end]
        # What stands between two documents is shown with either; the later one comes close behind it.
        behind = of_source.filter(pl.col("end") > start)
        chosen = of_source.tail(1) if behind.is_empty() else behind
        return chosen["plan_id"][0], [start, end]
