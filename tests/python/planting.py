"""Corpora in which it is known who copied what: plans made of sentences of a bank, with passages planted from one into another.

The bank is `tests/fixtures/planting/sentences.txt`: under `# campaign | campaign`, the sentences of a subject, with places
such as {县} left open. Half of the sentences of a subject make the source of a passage, the other half its target; no
sentence is in two documents but for what was planted, so what else two documents share is stock words. Each document
has a county of its own (`places.tsv`). The same seed gives the same background and the same passages for every kind, so
that kinds differ in nothing but the edit; all choices are drawn from `random.Random(seed)`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from fangan.testing import noise
from pan import Reuse, Stretch

KINDS = ("copy", "places", "reorder", "shuffle", "paraphrase", "script", "pinyin")
"""`copy`: word for word. `places`: the names of the target's places instead of the source's. `reorder`: the clauses of each
sentence in another order. `shuffle`: the sentences in another order too, so that neighbours may stand far apart.
`paraphrase`: synonyms, and adverbs put in and left out. `script`: the target is in traditional characters. `pinyin`: the
target has pinyin in brackets behind some characters."""
SHORTEST, LONGEST = 80, 300
"""Characters of a planted passage, before the edit."""

FOLDER = Path(__file__).parent.parent / "fixtures" / "planting"
_ADVERBS: tuple[str, ...] = (
    *("认真", "切实", "积极", "努力", "坚决", "逐步", "充分", "进一步"),
    *("着力", "深入", "扎实", "主动", "迅速", "及时", "不断", "统一"),
)
_HEADINGS = (("一、目标任务", "二、工作措施"), ("一、主要内容", "二、工作要求"), ("一、整治重点", "二、保障办法"))
_OPEN_PLACE = re.compile(r"\{(.)\}")
_CLAUSE = re.compile("[，；]")


@dataclass(frozen=True)
class Subject:
    """What plans may be about: the campaigns' names and the sentences."""

    campaigns: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """A corpus: texts by source, what was planted, and the sources that neither gave nor took anything."""

    texts: dict[str, str]
    cases: list[Reuse]
    clean: frozenset[str]


@dataclass
class _Document:
    """A document in pieces, each with the places filled in or not yet; `planted` is the piece that the case is about."""

    title: str
    places: dict[str, str]
    sections: list[list[str]]
    headings: tuple[str, ...]
    planted: tuple[int, int, int] | None = None
    """Section, first sentence, sentence behind the last one."""

    def text(self) -> tuple[str, int, int]:
        """The text, and where the planted stretch begins and ends in it, its final punctuation left out."""
        out, start, end = self.title, 0, 0
        for number, (heading, sentences) in enumerate(zip(self.headings, self.sections, strict=True)):
            out += f"\n{heading}\n"
            for at, sentence in enumerate(sentences):
                if self.planted and self.planted[:2] == (number, at):
                    start = len(out)
                out += sentence.format_map(self.places)
                if self.planted and self.planted[0] == number and at < self.planted[2]:
                    end = len(out)
        return out + "\n", start, len(out[:end].rstrip("。"))


def _rows(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


@cache
def subjects() -> tuple[Subject, ...]:
    """The bank of sentences."""
    out: list[tuple[tuple[str, ...], list[str]]] = []
    for row in _rows("sentences.txt"):
        if row.startswith("# "):
            out.append((tuple(row[2:].split(" | ")), []))
        else:
            out[-1][1].append(row)
    return tuple(Subject(campaigns, tuple(sentences)) for campaigns, sentences in out)


@cache
def all_places() -> tuple[dict[str, str], ...]:
    """Prefecture, county, town, township, river and village, for each county."""
    head, *rows = _rows("places.tsv")
    return tuple(dict(zip(head[2:].split("\t"), row.split("\t"), strict=True)) for row in rows)


@cache
def synonyms() -> dict[str, tuple[str, ...]]:
    """What may stand for a word; the table is read in both directions."""
    out: dict[str, tuple[str, ...]] = {}
    for row in _rows("synonyms.tsv")[1:]:
        one, other = row.split("\t")
        out[one] = (*out.get(one, ()), other)
        out[other] = (*out.get(other, ()), one)
    return out


@cache
def _words() -> re.Pattern[str]:
    """Words with synonyms, and adverbs; the longest that fits is taken."""
    return re.compile("|".join(sorted({*synonyms(), *_ADVERBS}, key=lambda word: (-len(word), word))))


def paraphrased(text: str, rate: float, draw: Random) -> str:
    """A text in other words.

    Of the words, counted as two characters each, a share of `rate` is changed: a word of the table gives way to a synonym,
    an adverb is left out or exchanged, or one is put before a clause. Every second word or so has a place for that, so
    that rates above 0.6 change no more. Names stay.
    """
    sites = [(clause.start(), clause.start(), _ADVERBS) for clause in re.finditer("[^，；。]+", text)]
    for found in _words().finditer(text):
        others = synonyms().get(found.group(), ()) + (("",) if found.group() in _ADVERBS else ())
        sites.append((*found.span(), others))
    wanted = round(rate * sum(sign.isalnum() for sign in text) / 2)
    out, done = "", 0
    for start, end, others in sorted(draw.sample(sites, min(wanted, len(sites)))):
        out += text[done:start] + draw.choice(others)
        done = end
    return out + text[done:]


def reordered(sentences: list[str], draw: Random, *, whole: bool) -> list[str]:
    """Sentences with the clauses of each in another order, and with `whole` the sentences too; never as they were."""
    moved = list(sentences)
    while moved == sentences:
        moved = []
        for sentence in draw.sample(sentences, len(sentences)) if whole else sentences:
            clauses = _CLAUSE.split(sentence.rstrip("。"))
            moved.append("，".join(draw.sample(clauses, len(clauses))) + "。")
    return moved


def _runs(document: _Document) -> list[tuple[int, int, int]]:
    """The runs of sentences that are long enough for a passage, not too long, and name two places at least."""
    out = []
    for number, sentences in enumerate(document.sections):
        for first in range(len(sentences)):
            for behind in range(first + 1, len(sentences) + 1):
                run = "".join(sentences[first:behind])
                long_enough = SHORTEST <= len(run.format_map(document.places)) <= LONGEST
                if long_enough and len(set(_OPEN_PLACE.findall(run))) >= 2:
                    out.append((number, first, behind))
    return out


def _document(subject: Subject, campaign: int, sentences: list[str], places: dict[str, str], draw: Random) -> _Document:
    cut = draw.randint(3, len(sentences) - 3)
    title = f"{places['县']}{draw.randint(2006, 2019)}年{subject.campaigns[campaign]}实施方案"
    return _Document(title, places, [sentences[:cut], sentences[cut:]], draw.choice(_HEADINGS))


def _two(subject: Subject, places: list[dict[str, str]], draw: Random) -> tuple[_Document, _Document]:
    """Two documents on one subject that share no sentence; the first has a run for a passage."""
    while True:
        sentences = draw.sample(subject.sentences, len(subject.sentences))
        half = len(sentences) // 2
        first = _document(subject, 0, sentences[:half], places[0], draw)
        second = _document(subject, 1, sentences[half:], places[1], draw)
        if _runs(first):
            return first, second


def _plant(kind: str, rate: float, source: _Document, target: _Document, place: Random, edit: Random) -> None:
    """Put a passage of the source into the target, with sentences of the target's own on both sides."""
    source.planted = place.choice(_runs(source))
    section, first, behind = source.planted
    passage = source.sections[section][first:behind]
    if kind != "places":
        passage = [sentence.format_map(source.places) for sentence in passage]
    if kind in ("reorder", "shuffle"):
        passage = reordered(passage, edit, whole=kind == "shuffle")
    elif kind == "paraphrase":
        passage = [paraphrased(sentence, rate, edit) for sentence in passage]
    number = place.randrange(len(target.sections))
    at = place.randrange(1, len(target.sections[number]))
    target.sections[number][at:at] = passage
    target.planted = (number, at, at + len(passage))


def _with_pinyin(text: str, seed: int) -> tuple[str, Callable[[int], int]]:
    """A text with pinyin, and where its characters went; the text itself has no ASCII brackets to take for it."""
    damaged = noise.pinyin(text, seed=seed)
    kept = [at for part in re.finditer(r"[^()]+(?=\(|$)", damaged) for at in range(part.start(), part.end())]
    if "".join(damaged[at] for at in kept) != text:
        raise ValueError("the text has brackets of its own")
    return damaged, kept.__getitem__


def plant(kind: str, *, seed: int, n_pairs: int = 8, n_clean: int = 4, rate: float = 0.3) -> Planted:
    """Make a corpus with passages planted into it.

    Args:
        kind: One of `KINDS`, or `none` for a corpus of the same size in which nothing is planted.
        seed: Seed of all draws.
        n_pairs: Pairs of a source and a target, each pair with a passage; all on different subjects.
        n_clean: Documents without reuse, two to a subject.
        rate: How much `paraphrase` changes, from 0 to 1; see `paraphrased`.

    Returns:
        The texts, in an order that says nothing about who copied, and the cases in code points of these texts.
    """
    draw, edit = Random(seed), Random(seed + 1)
    chosen = draw.sample(subjects(), n_pairs + (n_clean + 1) // 2)
    places = draw.sample(all_places(), 2 * len(chosen))
    twos = [_two(subject, places[2 * at : 2 * at + 2], draw) for at, subject in enumerate(chosen)]
    if kind != "none":
        for source, target in twos[:n_pairs]:
            _plant(kind, rate, source, target, draw, edit)
    documents = [document for two in twos for document in two][: 2 * n_pairs + n_clean]
    names = [f"{number:02}" for number in draw.sample(range(len(documents)), len(documents))]
    texts, stretches = {}, []
    for at, (name, document) in enumerate(zip(names, documents, strict=True)):
        text, start, end = document.text()
        if document.planted and at % 2 and kind == "script":
            text = noise.traditional(text)
        elif document.planted and at % 2 and kind == "pinyin":
            text, moved = _with_pinyin(text, seed + at)
            start, end = moved(start), moved(end - 1) + 1
        texts[name] = text
        stretches.append(Stretch(name, start, end))
    cases = [Reuse(target, source) for source, target in zip(stretches[::2], stretches[1::2], strict=True)]
    planted = [] if kind == "none" else cases[:n_pairs]
    given = {stretch.document for case in planted for stretch in case}
    return Planted({name: texts[name] for name in sorted(texts)}, planted, frozenset(texts.keys() - given))
