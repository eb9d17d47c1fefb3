"""Other scripts, and pinyin beside the characters."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any, cast

from fangan.testing.noise._common import check_choice, check_share, is_han

VARIANTS = ("s2t", "s2hk", "s2tw")
"""Scripts that `traditional` writes: OpenCC's own standard, that of Hong Kong, that of Taiwan."""


_CONVERTERS: dict[str, Callable[[str], str]] = {}


def _convert(text: str, config: str) -> str:
    """A text converted by OpenCC; converters are kept, as making one takes longer than most texts."""
    if config not in _CONVERTERS:
        try:
            from opencc import OpenCC
        except ImportError as error:
            raise ImportError("changing the script needs OpenCC: pip install 'fangan[testing]'") from error
        _CONVERTERS[config] = OpenCC(config).convert
    return str(_CONVERTERS[config](text))


def traditional(text: str, *, variant: str = "s2t") -> str:
    """Write a simplified text in traditional characters, as mirrors of mainland sites do.

    OpenCC chooses by the words around a character; the words themselves stay those of the mainland.

    Args:
        text: The text.
        variant: `s2t` (the default), `s2hk` for the forms of Hong Kong, `s2tw` for those of Taiwan.

    Returns:
        The text with other characters, punctuation untouched.

    Raises:
        ImportError: OpenCC is not installed.
        InvalidArgumentError: There is no such variant.

    Examples:
        >>> traditional("卫生信息网络里的干部")
        '衛生信息網絡裏的幹部'
        >>> traditional("卫生信息网络里的干部", variant="s2tw")
        '衛生信息網絡裡的幹部'
    """
    check_choice("variant", variant, VARIANTS)
    return _convert(text, variant)


def taiwan(text: str) -> str:
    """Write a simplified text in the characters and the vocabulary of Taiwan, as machine-converted mirrors do.

    Such sites exchange words too: 信息 becomes 資訊, 网络 becomes 網路, now and then against the sense. Names of people
    and places can be hit like any other word.

    Args:
        text: The text.

    Returns:
        The text with other characters and words; its length can change.

    Raises:
        ImportError: OpenCC is not installed.

    Examples:
        >>> taiwan("卫生信息网络里的干部")
        '衛生資訊網路裡的幹部'
    """
    return _convert(text, "s2twp")


def pinyin(text: str, *, rate: float = 0.1, toned: bool = True, full_width: bool = False, seed: int = 0) -> str:
    """Put pinyin in brackets behind some characters: `衛(wèi)生`.

    Sites that annotate characters with their reading leave it in the text when the markup goes. Readings are those in
    the words of the whole text, so that characters with several have the right one. The script stays as it is; real
    pages of this kind are traditional, which `compose(traditional, pinyin)` gives. Characters without a known reading
    get none, and whole words (`衛生(wèi shēng)`) are not annotated.

    Args:
        text: The text, in either script.
        rate: Share of the Chinese characters that get pinyin, from 0 to 1. 0.1 by default.
        toned: Write tone marks (the default), or plain letters (`wei`).
        full_width: Write （ ） instead of ( ). False by default.
        seed: Seed of the draw. 0 by default.

    Returns:
        The text with the brackets; without them it is the same as before.

    Raises:
        ImportError: pypinyin or OpenCC is not installed.
        InvalidArgumentError: The rate is not a share.

    Examples:
        >>> pinyin("银行行长", rate=1.0)
        '银(yín)行(háng)行(háng)长(zhǎng)'
        >>> pinyin("銀行", rate=1.0, toned=False, full_width=True)
        '銀（yin）行（hang）'
    """
    check_share("rate", rate)
    try:
        from pypinyin import Style, lazy_pinyin
    except ImportError as error:
        raise ImportError("pinyin needs pypinyin: pip install 'fangan[testing]'") from error
    # The dictionary of words that tells readings apart is a simplified one.
    simplified = _convert(text, "t2s")
    words = simplified if len(simplified) == len(text) else text
    style = Style.TONE if toned else Style.NORMAL
    readings = lazy_pinyin(words, style=style, v_to_u=True, errors=cast(Any, list))
    open_, close = "（）" if full_width else "()"
    draw = Random(seed)
    damaged = []
    for sign, word, reading in zip(text, words, readings, strict=True):
        damaged.append(sign)
        if is_han(sign) and draw.random() < rate and reading != word:
            damaged.append(f"{open_}{reading}{close}")
    return "".join(damaged)
