"""The part of a corpus that scores its plans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import polars as pl

from fangan import _fangan, _rubrics, _words
from fangan._progress import reporter
from fangan._rubrics import Rubric
from fangan._schema import schema
from fangan._tables import BY_PLAN, Progress, Tables
from fangan._vocabulary import load
from fangan.errors import InvalidArgumentError, NotFoundError


class Scoring(Tables):
    """Scores of plans by rubrics."""

    def score(
        self,
        rubric: Rubric | Sequence[Rubric] | None = None,
        *,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        """How complete, concrete, canonical and consistent each plan is: one number an item, with its evidence.

        Five rubrics come with the package. *completeness*: are the head (GB/T 9704-2012) and the standard parts of
        a document of its kind there. *specificity*: dated phases, quantified targets with deadlines (the three-part
        test of aim, quantity and deadline, after Climate Policy Radar), named bodies and persons. *criteria*: the
        canonical frameworks of its campaign, items found against declared, nearness to the canonical wording.
        *consistency*: the document's own contradictions, from its diagnostics. *pmc*: the Policy Modeling
        Consistency index; see `input_output` and `surface`. They are data: `fangan.rubric(name)` is the text of one,
        to be copied, changed and given back as a file.

        Args:
            rubric: A name, a TOML file or a TOML text, or several. None (the default) for all that come with the
                package.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a plan, rubric, dimension and item: `value` (null where the document does not decide it, and
            then `note` says why), `max` (null where there is none, as of densities), `weight`, `evidence` (a list of
            start and end in the source). Items that are not asked of a plan's genre have no row.

        Raises:
            NotFoundError: There is no such rubric.
            InvalidArgumentError: A rubric does not make sense; the message says where.
            ReadError: A file cannot be read.

        References:
            GB/T 9704-2012, 党政机关公文格式. M. A. Ruiz Estrada, S. F. Yap and S. Nagaraj, Beyond the ceteris paribus
            assumption: modeling demand and supply assuming omnia mobilis, International Journal of Economic Research
            5(2), 2008. M. A. Ruiz Estrada, Policy modeling: definition, classification and evaluation, Journal of
            Policy Modeling 33(4), 2011.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> scores = fg.parse("关于开展植树活动的通知").score("completeness")
            >>> scores.filter(pl.col("item") == "title").select("value", "max", "weight").row(0)
            (1.0, 1.0, 1.0)
        """
        return self._scored(rubric, threads, progress)[0]

    def score_totals(
        self,
        rubric: Rubric | Sequence[Rubric] | None = None,
        *,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        """The dimensions and totals of `score`.

        A dimension is the weighted mean of its items' values over their maxima, a total the weighted mean of the
        dimensions, times the scale of the rubric (10 for pmc, else 1). What is undecided is left out; `low` and
        `high` say what the number would be if all of it were 0, or full.

        Args:
            rubric: As for `score`.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a plan, rubric and dimension, and one for the rubric as a whole (`dimension` null): `value`,
            `low`, `high`, `max`, `decided` and `items` (how many items have a value, and count), `band` (the range
            that the value lies in, where the rubric names ranges).

        Raises:
            NotFoundError: There is no such rubric.
            InvalidArgumentError: A rubric does not make sense.
            ReadError: A file cannot be read.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于开展植树活动的通知").score_totals("consistency")["dimension"].to_list()
            ['numbering', 'phases', 'criteria', 'place', 'text', None]
        """
        return self._scored(rubric, threads, progress)[1]

    @cached_property
    def scores(self) -> pl.DataFrame:
        """One row a plan: the totals of the rubrics that come with the package, then their dimensions.

        Each rubric has a column with its name (0 to 1, `pmc` 0 to 10) and one for each dimension
        (`specificity_targets`); `pmc_low` and `pmc_high` are what the index would be if its undecided variables were
        all 0, or 1, and `pmc_band` its grade. Null where nothing is decided.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于倡导植树的通知").scores.select("plan_id", "consistency").row(0)
            ('text#1', 1.0)
        """
        table = wide(self.plans, self.score_totals())
        known = schema()["scores"].polars
        # Without plans there are no totals to make columns of. Of ranges and bounds only those of the index stay.
        absent = [pl.lit(None, dtype=dtype).alias(name) for name, dtype in known.items() if name not in table.columns]
        return table.with_columns(absent).select(known.names())

    def input_output(self, rubric: Rubric = "pmc") -> pl.DataFrame:
        """The items of a rubric side by side: the multi-input-output table of a PMC study.

        Args:
            rubric: A rubric; `"pmc"` by default.

        Returns:
            One row a plan: `plan_id` and one column an item, named by dimension and item (`X1 预测`); null where it
            is undecided or not asked.

        Raises:
            NotFoundError: There is no such rubric.
            InvalidArgumentError: The rubric does not make sense.
            ReadError: The file cannot be read.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于倡导植树的通知").input_output().select("X1 预测", "X1 建议").row(0)
            (0.0, 1.0)
        """
        (text,) = _rubrics.texts(rubric)
        rows = self.score(text).with_columns(pl.concat_str("dimension", "item", separator=" ").alias("name"))
        dimensions = _rubrics.read(text)["dimension"]
        names = [f"{dimension['name']} {item['name']}" for dimension in dimensions for item in dimension["item"]]
        table = self.plans.select("plan_id")
        if rows.height:
            found = rows.pivot(on="name", index="plan_id", values="value", maintain_order=True)
            table = table.join(found, on="plan_id", how="left", maintain_order="left")
        absent = [pl.lit(None, dtype=pl.Float64).alias(name) for name in names if name not in table.columns]
        return table.with_columns(absent).select("plan_id", *names)

    def surface(self, plan_id: str, *, rubric: Rubric = "pmc") -> pl.DataFrame:
        """The matrix of a plan's dimensions whose surface PMC studies draw.

        The PMC surface has the first nine variables in three rows of three; the tenth is left out so that the
        matrix is square.

        Args:
            plan_id: The plan.
            rubric: A rubric with a `surface`; `"pmc"` by default.

        Returns:
            One row a row of the matrix: `row` (from 1) and `column_1`, `column_2` …; null where a variable is
            undecided.

        Raises:
            NotFoundError: There is no such plan or rubric.
            InvalidArgumentError: The rubric has no surface.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于倡导植树的通知").surface("text#1").select("row", "column_1").rows()
            [(1, 0.2), (2, 0.2), (3, 0.0)]
        """
        (text,) = _rubrics.texts(rubric)
        plan = self.plans.filter(pl.col("plan_id") == plan_id)
        if plan.is_empty():
            raise NotFoundError(f"no plan is called {plan_id!r}; corpus.plans lists them")
        _, totals = self._scored(text, None, None, plan)
        rows = _rubrics.read(text).get("surface", [])
        if not rows:
            raise InvalidArgumentError("the rubric has no surface; give one with the line surface = [[…], …]")
        values = dict(totals.select("dimension", "value").iter_rows())
        columns = max(len(row) for row in rows)
        matrix = [[values.get(name) for name in row] + [None] * (columns - len(row)) for row in rows]
        names = {f"column_{at}": pl.Float64 for at in range(1, columns + 1)}
        return pl.DataFrame(matrix, schema=names, orient="row").with_row_index("row", offset=1)

    def _scored(
        self,
        rubric: Rubric | Sequence[Rubric] | None,
        threads: int | None,
        progress: Progress,
        plans: pl.DataFrame | None = None,
    ) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Scores and totals of some plans, or of all."""
        sources = _words.sources(self.plans if plans is None else plans, self._texts)
        with reporter(progress) as report:
            rows, totals = _fangan.score_rows(
                sources,
                self._exported(*BY_PLAN, "diagnostics"),
                _rubrics.texts(rubric),
                lexicon=load(self._settings.lexicon),
                repairs=self._settings.repairs,
                threads=threads,
                progress=report,
            )
        return self._in_order(pl.DataFrame(rows)), self._in_order(pl.DataFrame(totals))


def wide(plans: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """See `Scoring.scores`."""
    table = plans.select("plan_id")
    for (rubric,), rows in totals.group_by("rubric", maintain_order=True):
        whole = rows.filter(pl.col("dimension").is_null())
        columns = [pl.col("value").alias(str(rubric))]
        columns += [pl.col(name).alias(f"{rubric}_{name}") for name in ("band", "low", "high")]
        parts = rows.filter(pl.col("dimension").is_not_null()).pivot(
            on="dimension", index="plan_id", values="value", maintain_order=True
        )
        named = parts.rename({name: f"{rubric}_{name}" for name in parts.columns[1:]})
        table = table.join(whole.select("plan_id", *columns), on="plan_id", how="left", maintain_order="left")
        table = table.join(named, on="plan_id", how="left", maintain_order="left")
    return table
