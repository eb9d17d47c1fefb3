"""Damage for clean texts, as Chinese documents on the web are damaged: text in, text out.

The functions draw from `random.Random(seed)` alone: the same text, options and seed give the same damage. `KINDS` names
those that a parser should see through, `compose` puts several behind each other.

Examples:
    >>> from fangan.testing import noise
    >>> damage = noise.compose(noise.half_width_punctuation, noise.ocr_spaces)
    >>> damage("会议于2010年6月召开，共3天。")
    '会议于 2010 年 6 月召开,共 3 天。'
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce

from fangan.testing.noise.decoding import gbk_as_latin1, latin1, lost_bytes, misaligned_gbk, utf8_as_gbk
from fangan.testing.noise.joining import Glued, glue
from fangan.testing.noise.ocr import ocr_confusions, ocr_spaces
from fangan.testing.noise.page import boilerplate, hard_wraps, merged_lines, truncate, watermarks
from fangan.testing.noise.script import pinyin, taiwan, traditional
from fangan.testing.noise.signs import entities, full_width, half_width_punctuation, invisible, kangxi

__all__ = [
    "KINDS",
    "Glued",
    "boilerplate",
    "compose",
    "entities",
    "full_width",
    "gbk_as_latin1",
    "glue",
    "half_width_punctuation",
    "hard_wraps",
    "invisible",
    "kangxi",
    "latin1",
    "lost_bytes",
    "merged_lines",
    "misaligned_gbk",
    "ocr_confusions",
    "ocr_spaces",
    "pinyin",
    "taiwan",
    "traditional",
    "truncate",
    "utf8_as_gbk",
    "watermarks",
]


def compose(*steps: Callable[[str], str]) -> Callable[[str], str]:
    r"""Several kinds of damage as one.

    Args:
        *steps: Functions from text to text, applied in this order. Options go in with `functools.partial` or a lambda.

    Returns:
        The function that applies them all; without steps, one that changes nothing.

    Examples:
        >>> compose(full_width, lambda text: hard_wraps(text, width=4))("2010年6月")
        '２０１０\n年６月'
    """
    return lambda text: reduce(lambda damaged, step: step(damaged), steps, text)


KINDS: dict[str, Callable[[str], str]] = {
    "traditional": traditional,
    "hong_kong": partial(traditional, variant="s2hk"),
    "taiwan": taiwan,
    "pinyin": pinyin,
    "plain_pinyin": partial(pinyin, toned=False),
    # Only characters beyond GB2312, such as traditional ones, bring the reading back in step.
    "misaligned_gbk": compose(traditional, misaligned_gbk),
    "latin1": latin1,
    "gbk_as_latin1": gbk_as_latin1,
    "utf8_as_gbk": utf8_as_gbk,
    "ocr_spaces": ocr_spaces,
    "ocr_confusions": ocr_confusions,
    "full_width": full_width,
    "half_width_punctuation": half_width_punctuation,
    "kangxi": kangxi,
    "invisible": invisible,
    "entities": entities,
    "hard_wraps": hard_wraps,
    "merged_lines": merged_lines,
    "watermarks": watermarks,
    "boilerplate": boilerplate,
}
"""The kinds of damage by name, with their defaults. Each leaves what a document says in place; `truncate` and
`lost_bytes`, which lose some of it, and `glue`, which takes several texts, are not among them."""
