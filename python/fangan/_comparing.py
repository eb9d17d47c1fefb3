"""The part of a corpus that sets plans side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import polars as pl

from fangan import _duplicates, _fangan, _groups, _words
from fangan._scoring import Scoring
from fangan._tables import Progress
from fangan._vocabulary import load
from fangan.errors import InvalidArgumentError, NotFoundError

_COMPARED = {"structure": ("sections",), "phases": ("phases",), "criteria": ("criteria",)}
"""Tables that tell how alike plans are; the other kinds of similarity are told by the texts."""
_LEAST_CHARS = 5
"""Letters of the shortest run that the core looks for."""


class Comparing(Scoring):
    """Plans side by side."""

    def compare(self, a: str | pl.Expr, b: str | pl.Expr) -> pl.DataFrame:
        """Two plans, or two groups of plans, side by side: what was kept, edited, moved, added and dropped.

        Sections are aligned by tree and content, phases by canonical stage, name and days, criteria by framework and
        item, targets by what they measure; similarity is the Dice coefficient of the texts' character bigrams. Rows
        that keep their order in every longest common order are kept or edited, the others moved. The rows of a group
        are pooled first: what several of its plans have, under the same heading, stage and name, framework and item or
        indicator, is one row, shown as the first of them has it. Rows of groups may be paired more than once, so that
        what is added or dropped has no counterpart at all, and nothing is moved, since order across plans says nothing.
        Sections that are the same standard part are paired even with a similarity near 0: the part is there, in other
        words. `compare(b, a)` gives the same pairs with added and dropped exchanged.

        Args:
            a: `plan_id` of the one, or an expression on `plans` that chooses a group
                (`pl.col("prefecture") == "日照市"`).
            b: The other.

        Returns:
            One row for each section, phase, criterion and target of either: aspect, status, similarity (0 to 1), and
            for both sides id, text and offsets into their own sources, then `a_plan` and `b_plan` (whose row it is),
            `a_plans` and `b_plans` (how many plans of the side have it). Aspects follow each other; within one, the
            order is that of b, then what a alone has.

        Raises:
            NotFoundError: There is no such plan, or no plan fulfils the condition.
            InvalidArgumentError: An expression names a column that `plans` does not have.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> corpus = fg.parse({"a": "关于开展植树活动的通知", "b": "关于开展植树活动的意见"})
            >>> corpus.compare("a#1", "b#1").columns[:3]
            ['aspect', 'status', 'similarity']
            >>> corpus.compare("a#1", pl.col("genre") == "意见").height
            0
        """
        left, right = self._chosen(a), self._chosen(b)
        return pl.DataFrame(
            _fangan.compare_rows(
                self._exported("sections", "phases", "criteria", "targets", plan_ids=[*left, *right]), left, right
            )
        )

    def compare_groups(self, by: str | Sequence[str]) -> pl.DataFrame:
        r"""What groups of plans are like: their parts, stages, frameworks, scores, and how long their phases are.

        Counts and intervals stand beside every number, so that small groups are not over-read: 2 of 2 is a share of
        1.0 with a 95 % interval from 0.34 (Wilson 1927). Plans that break off are left out of shares, since what they
        lack may have been lost; plans without a group belong to none.

        Args:
            by: Columns of `plans` that make the groups (`"prefecture"`, `["province", "year"]`).

        Returns:
            One row a group, measure and item: the columns of `by`, `measure` (component, stage, framework, score,
            phase_days), `item` (`组织领导`, `mobilise`, `五个好`, a column of `scores`, a canonical stage), `n_plans`,
            `n` (plans that have it; for phase_days phases), `value` (a share; for scores and phase_days the median),
            `low` and `high` (Wilson's interval; for scores and phase_days the quartiles). Each part, stage and
            framework that any group has stands in all of them.

        Raises:
            InvalidArgumentError: `by` is no such column.

        References:
            E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
            Statistical Association 22, 1927.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> texts = [
            ...     "日照市2011年植树工作实施方案\n一、组织领导\n各区县成立领导小组，落实责任。",
            ...     "日照市2012年植树工作实施方案\n一、宣传发动\n各乡镇张贴标语，出动宣传车。",
            ... ]
            >>> corpus = fg.parse(texts)
            >>> found = corpus.compare_groups("prefecture").filter(pl.col("measure") == "component")
            >>> found.select("item", "n_plans", "n", "value", pl.col("low").round(3)).rows()
            [('宣传', 2, 1, 0.5, 0.095), ('组织领导', 2, 1, 0.5, 0.095)]
        """
        return _groups.profiles(self._tables, self.scores, by)

    def _chosen(self, which: str | pl.Expr) -> list[str]:
        """The plans that an id or a condition chooses."""
        if not isinstance(which, str | pl.Expr):
            raise InvalidArgumentError(f"{which!r} is neither the id of a plan nor an expression on plans")
        condition = pl.col("plan_id") == which if isinstance(which, str) else which
        ids = self._fulfilling(condition)["plan_id"].to_list()
        if not ids:
            said = f"is called {which!r}" if isinstance(which, str) else f"fulfils {which}"
            raise NotFoundError(f"no plan {said}; corpus.plans lists them")
        return ids

    # Similarity

    def similarity(
        self,
        on: Literal["text", "characters", "structure", "phases", "criteria"] = "text",
        *,
        least: float = 0.0,
        nearest: int | None = None,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        r"""How alike plans are, pair by pair.

        *text*: cosine of their words (`tokens` without stop words), weighted by TF-IDF. *characters*: the same of
        pairs of characters, which needs no division into words. *structure*: edit distance of the trees of headings
        (Zhang and Shasha 1989), where sections that are the same standard part are the same, and others as alike as
        their headings are; 1 less the distance over the number of sections. *phases*: longest common subsequence of
        the canonical stages, twice its length over the number of stages. *criteria*: weighted Jaccard index of
        frameworks and their items, rare ones weighing more.

        An inverted index finds the pairs that are at least so much alike without looking at all of them, exactly for
        text, characters and criteria (Bayardo et al. 2007). Trees are compared whose headings are alike: of generated
        plans at least 99 % of the pairs of 0.5 and more were found; for `least` 0, and for the nearest ones of up to
        two thousand plans, all are compared.

        Args:
            on: What is compared. `"text"` by default.
            least: Least similarity of a pair. 0.0 (the default) for all pairs; for thousands of plans give more, as
                the number of all pairs is the square of that of the plans.
            nearest: Give each plan's nearest ones, at most so many, instead of pairs; those that have nothing in common
                with it are never near. None by default.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a pair in the order of the corpus (`plan_a` stands before `plan_b`), or, with `nearest`, one row a
            plan (`plan_a`) and neighbour, the most alike first: `on`, `similarity` (0 to 1; null where a plan has no
            words, headings, stages or criteria). TF-IDF and the weights of criteria depend on the whole corpus:
            similarities of different corpora are not to be compared.

        Raises:
            InvalidArgumentError: `on` is none of these, `least` is not between 0 and 1, or `nearest` less than 1.

        References:
            G. Salton and C. Buckley, Term-weighting approaches in automatic text retrieval, 1988. K. Zhang and D.
            Shasha, Simple fast algorithms for the editing distance between trees and related problems, 1989. R. J.
            Bayardo, Y. Ma and R. Srikant, Scaling up all pairs similarity search, WWW 2007.

        Examples:
            >>> import fangan as fg
            >>> plan = "莒县植树工作实施方案\n一、组织领导\n县里成立领导小组。\n二、宣传发动\n各乡镇张贴标语。"
            >>> corpus = fg.parse({"a": plan, "b": plan.replace("组织领导", "加强领导")})
            >>> corpus.similarity("structure").select("plan_a", "plan_b", "similarity").rows()
            [('a#1', 'b#1', 1.0)]
        """
        if not 0 <= least <= 1:
            raise InvalidArgumentError(f"least is {least}; give a similarity from 0 to 1")
        if nearest is not None and nearest < 1:
            raise InvalidArgumentError(f"nearest is {nearest}; give 1 or more, or None for pairs")
        given = (self._exported(*_COMPARED.get(on, ())), on, least, nearest or 0)
        return self._read(_fangan.similarity_rows, *given, threads=threads, progress=progress)

    # Duplicates

    def duplicates(
        self, least: float = _duplicates.LEAST, *, threads: int | None = None, progress: Progress = None
    ) -> pl.DataFrame:
        r"""Plans that are an earlier one again: the same document, under another name, on another page.

        Letters and digits of the repaired texts are compared, so that script, pinyin, punctuation and line ends play
        no part. A plan is the *same* as an earlier one if all of them are, in the same order. It is *near* if the runs
        of five letters of both have a Jaccard index of at least `least`: with 0.9, one letter in a hundred may be
        misread. Two plans of which the place, the year, the document number or the issuer is known and differs are
        never near: a template that two counties filled in is two documents. Plans of fewer than 100 letters are the
        same or not; so little text differs by more than that with every letter.

        Plans are compared with those that are no duplicates themselves, of which the most alike is named. So no
        duplicate has a duplicate, and the plans without the duplicates have none. What begins, or ends, as another
        plan does and is cut off or longer is no duplicate: half a document has an index of 0.5 with the whole.
        `reuse` finds it.

        Pairs are found by MinHash signatures (Broder 1997) without looking at all, of those that are just alike enough
        99 % at least, and compared exactly.

        Args:
            least: Least Jaccard index of near ones, from 0.5 to 1. 0.9 by default.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a plan that is an earlier one again, in the order of the corpus: `plan_id`, `duplicate_of` (the
            earlier plan), `kind` (same or near), `similarity` (1.0 for the same, else the Jaccard index). The other
            plans are no duplicates.

        Raises:
            InvalidArgumentError: `least` is not between 0.5 and 1.

        References:
            A. Z. Broder, On the resemblance and containment of documents, SEQUENCES 1997. S. Dahlgaard, M. B. T.
            Knudsen and M. Thorup, Fast similarity sketching, FOCS 2017. P. Li and A. C. König, b-bit minwise hashing,
            WWW 2010.

        Examples:
            >>> import fangan as fg, polars as pl
            >>> corpus = fg.parse({"a": "关于开展植树活动的通知。", "b": "關於開展植樹活動的\n通知"})
            >>> found = corpus.duplicates()
            >>> found.rows()
            [('b#1', 'a#1', 'same', 1.0)]
            >>> len(corpus.filter(~pl.col("plan_id").is_in(found["plan_id"].implode())))
            1
        """
        given = (_duplicates.plans_with_facts(self.plans), _duplicates.checked(least))
        return self._read(_fangan.duplicate_rows, *given, threads=threads, progress=progress)

    # Text reuse

    def reuse(
        self,
        *,
        min_chars: int = 30,
        boilerplate_regions: int = 5,
        exhaustive: bool = False,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        r"""Passages that plans share, whatever was edited in them.

        Letters and digits of the repaired texts are compared, so that script, pinyin, punctuation and line ends play
        no part. Runs of five letters or more that two plans share are found by greedy string tiling (Wise 1993), in
        any order, and joined into a passage where no more than a clause stands between them that has no partner and
        half of the passage is the same. Plans are compared that share a fingerprint of eight letters (winnowing,
        Schleimer et al. 2003), as any two do that share a run of eleven. A passage said in other words throughout is
        not found.

        Args:
            min_chars: Letters and digits of a passage that have to be the same. 30 by default, about a sentence.
            boilerplate_regions: In the plans of how many prefectures (of a province itself: provinces) a passage has
                to stand to be boilerplate. 5 by default. A corpus of fewer regions has none.
            exhaustive: Whether every pair of plans is compared, which takes time for the square of their number. False
                by default.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a passage and pair of plans, in the order of the corpus (`plan_a` stands before `plan_b`): the
            places in both sources, `n_chars` (letters and digits that are the same), `similarity` (twice those over
            the letters of both sides), `boilerplate`, `n_regions` (regions in whose plans at least half of it
            stands), `longest` (letters of the longest run without an edit).

        Raises:
            InvalidArgumentError: `min_chars` is less than 5, or `boilerplate_regions` less than 1.

        References:
            M. J. Wise, String similarity via greedy string tiling and running Karp-Rabin matching, 1993. S. Schleimer,
            D. S. Wilkerson and A. Aiken, Winnowing: local algorithms for document fingerprinting, SIGMOD 2003.

        Examples:
            >>> import fangan as fg
            >>> a = "甲县植树方案\n各乡镇要落实责任，抓好苗木供应，确保四月底前完成植树任务。"
            >>> b = "乙县植樹方案\n各鄉鎮要抓好苗木供應、落實責任，確保三月底前完成植樹任務。"
            >>> fg.parse([a, b]).reuse(min_chars=15).select("a_start", "a_end", "n_chars").row(0)
            (1, 35, 24)
        """
        terms = _terms(min_chars, boilerplate_regions, exhaustive)
        return self._read(_fangan.reuse_rows, self._order(), terms, threads=threads, progress=progress)

    def diffusion(
        self,
        *,
        least: float = 0.1,
        min_chars: int = 30,
        boilerplate_regions: int = 5,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        r"""For each plan its likely sources in the corpus.

        Two plans that share passages (`reuse`) are put in order by the first of these that decides: one cites the
        other; one was issued on an earlier day; one belongs to an earlier year; one is the other's superior. Pairs of
        which nothing tells which came first are left out: `reuse` has them. A source need not have been copied from:
        both can have copied from a third that is not in the corpus.

        Args:
            least: Least share of the target's letters and digits that stand in shared passages. 0.1 by default.
            min_chars: As for `reuse`.
            boilerplate_regions: As for `reuse`.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a plan and source, by target in the order of the corpus, the likeliest first: `source_plan`,
            `target_plan`, `share`, `n_chars`, `same_campaign` (null where a campaign is unknown), `cites`, `days`
            (between the two days of issue), `direction` (what tells which is the source), `rank` (cited ones first,
            then by what is no boilerplate), `own_share` (without boilerplate), `n_passages`, `superior`, `new_share`
            (what sources of a better rank do not have already: near 0 for a sibling that copied from the same source).

        Raises:
            InvalidArgumentError: `least` is not between 0 and 1, or as for `reuse`.

        Examples:
            >>> import fangan as fg
            >>> city = "日照市2010年植树方案\n各乡镇要落实责任，抓好苗木供应，确保四月底前完成植树任务。"
            >>> county = "莒县2010年植树方案\n各乡镇要落实责任，抓好苗木供应，确保三月底前完成植树任务。"
            >>> found = fg.parse({"city": city, "county": county}).diffusion(min_chars=15)
            >>> found.select("source_plan", "target_plan", "direction").rows()
            [('city#1', 'county#1', 'level')]
        """
        if not 0 <= least <= 1:
            raise InvalidArgumentError(f"least is {least}; give a share from 0 to 1")
        terms = _terms(min_chars, boilerplate_regions, False)
        cited = self.references.select("plan_id", "resolved_plan_id").drop_nulls().unique(maintain_order=True).rows()
        given = (self._order(), terms, self._exported(), cited, least)
        return self._read(_fangan.diffusion_rows, *given, threads=threads, progress=progress)

    def ledger(self, superior: str, subordinate: str) -> pl.DataFrame:
        r"""What a subordinate's plan made of its superior's, clause by clause.

        Clauses end with 。！？； or a line. Those with the same letters and digits are kept; those whose character
        bigrams have a Dice coefficient of at least a half are edited; the others were dropped or added. A marker at
        the beginning (一、) does not count, and clauses may change places.

        Args:
            superior: `plan_id` of the plan that may have been copied.
            subordinate: `plan_id` of the plan that may have copied.

        Returns:
            One row a clause, in the order of the subordinate, dropped ones behind what they stood behind: `clause`
            (from 1), `status` (kept, edited, dropped, added), the text and place on both sides, `similarity`, and
            `edit`, for edited clauses: `全[-市-]{+县+}范围`.

        Raises:
            NotFoundError: There is no such plan.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse(["全市植树方案\n各县要落实责任。", "全县植树方案\n各乡镇要落实责任。"])
            >>> corpus.ledger(*corpus.plans["plan_id"]).select("status", "edit").rows()
            [('edited', '全[-市-]{+县+}植树方案'), ('edited', '各[-县-]{+乡镇+}要落实责任。')]
        """
        for plan_id in (superior, subordinate):
            self._chosen(plan_id)
        two = self.plans.filter(pl.col("plan_id").is_in([superior, subordinate]))
        rows = _fangan.ledger_rows(
            _words.sources(two, self._texts),
            superior,
            subordinate,
            lexicon=load(self._settings.lexicon),
            repairs=self._settings.repairs,
        )
        return pl.DataFrame(rows)

    def _order(self) -> list[tuple[str, int | None]]:
        """All plans, each with the number of its region."""
        return list(zip(self.plans["plan_id"].to_list(), _region_numbers(self.plans), strict=True))


def _terms(min_chars: int, boilerplate_regions: int, exhaustive: bool) -> tuple[int, int, bool]:
    """What counts as a passage."""
    if min_chars < _LEAST_CHARS:
        raise InvalidArgumentError(f"min_chars is {min_chars}; give {_LEAST_CHARS} or more letters")
    if boilerplate_regions < 1:
        raise InvalidArgumentError(f"boilerplate_regions is {boilerplate_regions}; give 1 or more")
    return min_chars, boilerplate_regions, exhaustive


def _region_numbers(plans: pl.DataFrame) -> list[int | None]:
    """The prefecture of each plan as a number, or the province where it has none."""
    codes = plans["adcode"].str.slice(0, 4).to_list()
    return [None if code is None else int(code) for code in codes]
