"""What every part of a corpus works on: its tables, its texts, and what it was parsed with."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl
import polars.selectors as cs

from fangan import _fangan, _words
from fangan._schema import TABLES
from fangan.errors import InvalidArgumentError, NotFoundError

BY_PLAN = ("sections", "phases", "criteria", "targets", "leaders", "references", "slogans")
"""Tables whose rows belong to one plan each."""

Progress = bool | Callable[[int, int], object] | None


@dataclass(frozen=True)
class Settings:
    """What the corpus was parsed with, which `verify` needs to clean the sources again."""

    repairs: tuple[str, ...] | None = None
    lexicon: str | None = None


class Tables:
    """The tables of a corpus, one property each."""

    def __init__(
        self, tables: Mapping[str, pl.DataFrame], texts: pl.DataFrame, settings: Settings | None = None
    ) -> None:
        self._tables = {name: tables[name] for name in TABLES}
        self._texts = texts
        self._settings = settings or Settings()

    # Tables

    @property
    def sources(self) -> pl.DataFrame:
        """The files or texts that were given, one a row."""
        return self._tables["sources"]

    @property
    def plans(self) -> pl.DataFrame:
        """The documents found in the sources."""
        return self._tables["plans"]

    @property
    def sections(self) -> pl.DataFrame:
        """The headings of the plans, each with the text under it."""
        return self._tables["sections"]

    @property
    def phases(self) -> pl.DataFrame:
        """The phases and steps of the plans."""
        return self._tables["phases"]

    @property
    def criteria(self) -> pl.DataFrame:
        """The items of the frameworks of criteria (五个好)."""
        return self._tables["criteria"]

    @property
    def targets(self) -> pl.DataFrame:
        """The quantities that the plans aim at."""
        return self._tables["targets"]

    @property
    def leaders(self) -> pl.DataFrame:
        """The people in charge."""
        return self._tables["leaders"]

    @property
    def references(self) -> pl.DataFrame:
        """The other documents that the plans name."""
        return self._tables["references"]

    @property
    def slogans(self) -> pl.DataFrame:
        """Numeral formulas that are no criteria (三个代表)."""
        return self._tables["slogans"]

    @property
    def repairs(self) -> pl.DataFrame:
        """The repairs of the source texts."""
        return self._tables["repairs"]

    @property
    def unparsed(self) -> pl.DataFrame:
        """The text that no rule understood."""
        return self._tables["unparsed"]

    @property
    def diagnostics(self) -> pl.DataFrame:
        """What is doubtful in the sources, or in the parse of them."""
        return self._tables["diagnostics"]

    def table(self, name: str) -> pl.DataFrame:
        """A table by name.

        Args:
            name: Its name, one of the properties.

        Returns:
            The frame.

        Raises:
            NotFoundError: There is no such table.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("通知").table("plans").height
            1
        """
        if name not in self._tables:
            raise NotFoundError(f"no table is called {name!r}; there are {', '.join(TABLES)}")
        return self._tables[name]

    def _fulfilling(self, *predicates: pl.Expr) -> pl.DataFrame:
        """The plans that fulfil conditions."""
        try:
            return self.plans.filter(*predicates)
        except pl.exceptions.ColumnNotFoundError as error:
            known = ", ".join(self.plans.columns)
            raise InvalidArgumentError(f"plans has no such column: {error}; its columns are {known}") from error
        except (pl.exceptions.PolarsError, TypeError) as error:
            said = ", ".join(map(str, predicates))
            raise InvalidArgumentError(f"{said} is no condition on plans: {error}") from error

    def _read(
        self,
        rows: Callable[..., _fangan.ArrowTable],
        *given: object,
        threads: int | None,
        progress: Progress,
    ) -> pl.DataFrame:
        sources = _words.sources(self.plans, self._texts)
        return _words.read(rows, sources, *given, settings=self._settings, threads=threads, progress=progress)

    def _exported(self, *names: str, plan_ids: Sequence[str] | None = None) -> dict[str, pl.DataFrame]:
        """`plans` and other tables by plan as the core reads them, of some plans or all: Enum columns as text."""
        frames = {name: self._tables[name] for name in ("plans", *names)}
        if plan_ids is not None:
            wanted = pl.col("plan_id").is_in(plan_ids)
            frames = {name: frame.filter(wanted) for name, frame in frames.items()}
        return {name: frame.with_columns(cs.enum().cast(pl.String)) for name, frame in frames.items()}

    def _in_order(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows by plan in the order of `plans`, which sources read one after the other need not have."""
        order = self.plans.select("plan_id").with_row_index("_order")
        return rows.join(order, on="plan_id", maintain_order="left").sort("_order", maintain_order=True).drop("_order")
