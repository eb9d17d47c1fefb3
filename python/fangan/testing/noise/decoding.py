"""Bytes read in the wrong encoding, or out of step."""

from __future__ import annotations

import re
from random import Random

from fangan.errors import InvalidArgumentError
from fangan.testing.noise._common import check_choice, is_han, some_lines

PAGES = ("latin-1", "cp1252")
"""Code pages that `latin1` and `gbk_as_latin1` read bytes as."""

LONGEST_RUN = 12
"""Most characters of a run that `misaligned_gbk` damages, the sentence mark included."""

_BRACKET = re.compile("）[0-9]")


def _check_runs(runs: int) -> None:
    if runs < 0:
        raise InvalidArgumentError(f"runs is {runs}; give a number from 0")


def _some(text: str, possible: list[tuple[int, int, str]], runs: int, seed: int) -> str:
    """Put the readings of some stretches, given as start, end and reading, in their places."""
    for start, end, reading in sorted(Random(seed).sample(possible, min(runs, len(possible))), reverse=True):
        text = text[:start] + reading + text[end:]
    return text


def _read_off(text: str, start: int) -> tuple[int, str] | None:
    """The end of the run that begins with the mark at `start`, and its reading without the mark's first byte."""
    lost = b""
    for end in range(start, min(start + LONGEST_RUN, len(text))):
        sign = text[end]
        if end > start and not is_han(sign):
            return None
        try:
            encoded = sign.encode("gbk")
        except UnicodeEncodeError:
            return None
        if len(encoded) != 2:
            return None
        lost += encoded[1:] if end == start else encoded
        # Every lead byte so far was read as a second byte, so this second byte is the next to be read first.
        if encoded[1] < 0x80:
            try:
                return end + 1, lost.decode("gbk")
            except UnicodeDecodeError:
                return None
    return None


def misaligned_gbk(text: str, *, runs: int = 3, seed: int = 0) -> str:
    """Lose the first byte of some sentence marks in GBK, so that what follows is read one byte off.

    `。基層黨組織達` becomes `；鶎狱h組織達`: conversions of encodings and cuts at fixed numbers of bytes do this.
    The reading is in step again at a character whose second byte is below 0x80, which is read alone. Simplified
    characters hardly ever have one, so this is damage of traditional texts. Chosen are runs of at most 12 characters,
    mark included, of nothing but Chinese characters behind 。，；： that give no replacement character.

    Args:
        text: The text.
        runs: Runs that are damaged, fewer if the text has no more. 3 by default.
        seed: Seed of the choice. 0 by default.

    Returns:
        The text with damaged runs, which do not overlap; the rest is untouched.

    Raises:
        InvalidArgumentError: The number of runs is negative.

    Examples:
        >>> misaligned_gbk("目標。基層黨組織達到五個好")
        '目標；鶎狱h組織達到五個好'
    """
    _check_runs(runs)
    possible = []
    for start, sign in enumerate(text):
        if sign in "。，；：" and (found := _read_off(text, start)):
            possible.append((start, *found))
    return _some(text, possible, runs, seed)


def lost_bytes(text: str, *, runs: int = 3, seed: int = 0) -> str:
    """Lose a byte before `）` and a digit, and read the GBK bytes on: `省）2024年` becomes `?。?024年`.

    The lead byte of the character before the bracket becomes `?`; its second byte and the bracket's first one are read
    together; the bracket's second byte and the digit are no valid pair and become `?` together. Only places where those
    two bytes are a character are chosen. What is lost is not to be had back from the text.

    Args:
        text: The text.
        runs: Places that are damaged, fewer if the text has no more. 3 by default.
        seed: Seed of the choice. 0 by default.

    Returns:
        The damaged text.

    Raises:
        InvalidArgumentError: The number of runs is negative.

    Examples:
        >>> lost_bytes("（四川省）2024年")
        '（四川?。?024年'
    """
    _check_runs(runs)
    possible = []
    for found in _BRACKET.finditer(text):
        before = text[max(found.start() - 1, 0) : found.start()].encode("gbk", "ignore")
        if len(before) == 2:
            try:
                middle = (before[1:] + "）".encode("gbk")[:1]).decode("gbk")
            except UnicodeDecodeError:
                continue
            if len(middle) == 1:
                possible.append((found.start() - 1, found.end(), f"?{middle}?"))
    return _some(text, possible, runs, seed)


def _page(page: str) -> dict[int, str]:
    """What the code page shows for a byte where it differs from Latin-1; undefined bytes are C1 controls."""
    check_choice("page", page, PAGES)
    shown = {byte: bytes([byte]).decode(page, "ignore") for byte in range(0x80, 0xA0)}
    return {byte: sign for byte, sign in shown.items() if sign}


def latin1(text: str, *, share: float = 1.0, seed: int = 0, page: str = "latin-1") -> str:
    r"""Read UTF-8 bytes as Latin-1 or Windows-1252: `通知` becomes `é\x80\x9aç\x9f¥`.

    Servers that state the wrong encoding, or none, make this of whole pages; lines pasted together from several pages
    make it of parts. Nothing is lost: the same bytes are still there.

    Args:
        text: The text.
        share: Share of the lines with more than ASCII that are damaged, from 0 to 1. 1.0 (all) by default.
        seed: Seed of the choice of lines. 0 by default.
        page: `latin-1` (the default), or `cp1252` for Windows-1252, whose five undefined bytes become C1 controls.

    Returns:
        The damaged text.

    Raises:
        InvalidArgumentError: The share is none, or there is no such page.

    Examples:
        >>> latin1("通知")
        'é\x80\x9aç\x9f¥'
        >>> latin1("通知", page="cp1252")
        'é€šçŸ¥'
        >>> latin1("通知").encode("latin-1").decode()
        '通知'
    """
    shown = _page(page)
    return some_lines(text, lambda line: line.encode().decode("latin-1").translate(shown), share=share, seed=seed)


def gbk_as_latin1(text: str, *, share: float = 1.0, seed: int = 0, page: str = "latin-1") -> str:
    """Read GBK bytes as Latin-1 or Windows-1252: `通知` becomes `Í¨Öª`.

    The fate of mainland pages that state no encoding. Characters outside GBK are written in the four bytes of GB18030.
    Nothing is lost.

    Args:
        text: The text.
        share: Share of the lines with more than ASCII that are damaged, from 0 to 1. 1.0 (all) by default.
        seed: Seed of the choice of lines. 0 by default.
        page: `latin-1` (the default), or `cp1252` for Windows-1252, whose five undefined bytes become C1 controls.

    Returns:
        The damaged text.

    Raises:
        InvalidArgumentError: The share is none, or there is no such page.

    Examples:
        >>> gbk_as_latin1("通知")
        'Í¨Öª'
    """
    shown = _page(page)
    return some_lines(
        text, lambda line: line.encode("gb18030").decode("latin-1").translate(shown), share=share, seed=seed
    )


def _as_gbk(line: str) -> str | None:
    """The reading of a line's UTF-8 bytes as GBK, if they can be had back from it."""
    encoded = line.encode()
    try:
        reading = encoded.decode("gb18030")
        return reading if reading.encode("gb18030") == encoded else None
    except UnicodeError:
        return None


def utf8_as_gbk(text: str, *, share: float = 1.0, seed: int = 0) -> str:
    r"""Read lines of UTF-8 as GBK (GB18030): `通知` becomes `閫氱煡`.

    Pages whose parts come from sources of different encodings have such lines. Most lines cannot be read so without
    replacement characters; only those are chosen whose bytes can be had back exactly.

    Args:
        text: The text.
        share: Share of these lines that are damaged, from 0 to 1. 1.0 (all) by default.
        seed: Seed of the choice of lines. 0 by default.

    Returns:
        The damaged text; the same text if no line allows it.

    Raises:
        InvalidArgumentError: The share is none.

    Examples:
        >>> utf8_as_gbk("通知\n通知：")
        '閫氱煡\n通知：'
    """
    return some_lines(text, _as_gbk, share=share, seed=seed)
