"""The part of a corpus that reads in its texts: places, patterns and words."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from fangan import _fangan, _words
from fangan._tables import Progress, Tables


class Reading(Tables):
    """Places, patterns and words of the texts."""

    def places(self, *, threads: int | None = None, progress: Progress = None) -> pl.DataFrame:
        r"""Every place that the plans name, and how it lies to the plan's own.

        Args:
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a mention, in order: `plan_id`, `text`, `level`, `name`, `code`, `confidence` (as
            `fangan.locate` gives them, as of the plan's year), `relation` (own, inside, superior, elsewhere; null
            where the plan's region or the place is not known), `cited` (why a place elsewhere is expected: an
            example, an event, a border, a list …), `body` (the name of the body that begins with it), `start`,
            `end`.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse("莒县绿化方案\n2012年按照日照市林业局部署，赴昆山市学习经验。")
            >>> corpus.places().select("text", "relation", "cited").rows()
            [('莒县', 'own', None), ('日照市', 'superior', None), ('昆山市', 'elsewhere', 'an example')]
        """
        return self._read(_fangan.place_rows, _words.own_places(self.plans), False, threads=threads, progress=progress)

    def residue(self, *, threads: int | None = None, progress: Progress = None) -> pl.DataFrame:
        r"""Names that belong to another place's document: the sign of a plan copied and not read through.

        A name is left over if it is the full name of one place that neither holds the plan's region nor lies in it,
        and nothing in its sentence cites it (as an example, an event, a partner, a border, a road, an origin, in a
        title or a quotation) or lists it with others. Plans without a region have none. Read each with its
        evidence: a place can be meant for reasons that no word shows.

        Args:
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a name: `plan_id`, `name` (the place, or the body with its place), `kind` (place, body),
            `reason`, `start`, `end`.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse("莒县绿化方案\n2012年各单位要认真落实，办公室设在沂水县林业局。")
            >>> corpus.residue().select("name", "kind").rows()
            [('沂水县林业局', 'body')]
        """
        return self._read(_fangan.place_rows, _words.own_places(self.plans), True, threads=threads, progress=progress)

    # Words

    def kwic(
        self,
        pattern: str,
        *,
        window: int = 20,
        regex: bool = True,
        threads: int | None = None,
        progress: Progress = None,
    ) -> pl.DataFrame:
        """Every place where a word or pattern occurs, with what stands around it (keyword in context).

        The repaired texts are searched, so 創先爭優 and 创先争(zhēng)优 are found as 创先争优; `start` and `end`
        lead to the source as it was given.

        Args:
            pattern: A regular expression (of Rust: no look-around, linear time); a plain word is one.
            window: Characters of the plan on either side. 20 by default.
            regex: False to search for the pattern as it is, signs included. True by default.
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row an occurrence, by plan and place: `plan_id`, `left`, `match`, `right`, `start`, `end`. To count
            by region and year, hand it to `panel(values=…)`.

        Raises:
            InvalidArgumentError: The pattern is empty or no regular expression, or `window` is negative.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse("关于开展植樹活動的通知")
            >>> corpus.kwic("植树", window=2).rows()
            [('text#1', '开展', '植树', '活动', 4, 6)]
        """
        found = _words.expression(pattern, window, regex)
        return self._read(_fangan.kwic_rows, found, window, threads=threads, progress=progress)

    def tokens(self, *, threads: int | None = None, progress: Progress = None) -> pl.DataFrame:
        """The words of all plans, in order.

        jieba (Sun Junyi; its Rust port) divides the repaired texts, its dictionary widened by the names of
        campaigns, frameworks, phases, bodies and zones of the lexicon and by the table `words`; stop words are the
        table `stop_words`. Both can be laid over by `lexicon=` when the corpus is read. The dictionary takes a
        tenth of a second to load, once.

        Args:
            threads: Number of threads. None (the default) for as many as there are cores.
            progress: Show a bar; see `read`. None by default.

        Returns:
            One row a word: `plan_id`, `word`, `tag` (part of speech: n noun, v verb, a adjective, nz name …),
            `stop`, `run` (words of one run have no punctuation between them), `start`, `end`.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("关于深入开展创先争优活动的通知").tokens()["word"].to_list()
            ['关于', '深入开展', '创先争优', '活动', '的', '通知']
        """
        return self._read(_fangan.token_rows, threads=threads, progress=progress)

    def ngrams(
        self,
        n: int = 2,
        *,
        by: str | Sequence[str] | None = None,
        stop: bool = False,
        min_count: int = 2,
    ) -> pl.DataFrame:
        """How often words, and sequences of words, occur.

        Sequences do not reach over punctuation.

        Args:
            n: Number of words; 1 for single words. 2 by default.
            by: Columns of `plans` to count by (`["prefecture", "year"]`). None (the default) for the corpus as a
                whole.
            stop: Whether sequences with stop words count. False by default.
            min_count: Least number of occurrences. 2 by default.

        Returns:
            One row a sequence (and group), the most frequent first: the columns of `by`, `ngram` (words with blanks
            between), `n` (occurrences), `n_plans` (plans in which it occurs).

        Raises:
            InvalidArgumentError: `n` is less than 1, or `by` is no such column.

        Examples:
            >>> import fangan as fg
            >>> fg.parse("加强领导，加强领导，加强宣传。").ngrams().rows()
            [('加强 领导', 2, 1)]
        """
        return _words.ngrams(self.tokens(), self.plans, n, by=by, stop=stop, min_count=min_count)

    def keyness(self, by: str | Sequence[str], *, stop: bool = False, min_count: int = 5) -> pl.DataFrame:
        """The words that one group of plans uses more than the others.

        Each group is set against all other plans that belong to a group. Log-likelihood (G²; Dunning 1993, in the
        form of Rayson and Garside 2000) says how sure the difference is: above 15.13 with p < 0.0001 for one word,
        which is no licence to read thousands of words that way; log ratio (Hardie 2014) says how large it is: 1 is
        twice as often, 2 four times. `n_plans` tells whether it is a habit of the group or of one document.

        Args:
            by: Columns of `plans` that make the groups (`"prefecture"`, `["province", "year"]`).
            stop: Whether stop words count. False by default.
            min_count: Least number of occurrences in the group. 5 by default.

        Returns:
            One row a group and word that it uses more, the surest first: the columns of `by`, `word`, `n`, `n_rest`
            (occurrences in the group and elsewhere), `n_plans`, `per_million`, `per_million_rest`,
            `log_likelihood`, `log_ratio`.

        Raises:
            InvalidArgumentError: `by` is no such column.

        References:
            T. Dunning, Accurate methods for the statistics of surprise and coincidence, Computational Linguistics
            19(1), 1993. P. Rayson and R. Garside, Comparing corpora using frequency profiling, 2000. A. Hardie, Log
            Ratio: an informal introduction, 2014.

        Examples:
            >>> import fangan as fg
            >>> corpus = fg.parse({"a": "植树造林方案。" + "植树造林。" * 6, "b": "改厕方案。" + "农村改厕。" * 6})
            >>> corpus.keyness("source_id").select("source_id", "word", "n", "n_rest").rows()[:2]
            [('a', '植树造林', 7, 0), ('b', '改厕', 7, 0)]
        """
        return _words.keyness(self.tokens(), self.plans, by, stop=stop, min_count=min_count)
