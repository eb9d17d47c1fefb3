"""Damage must not change the tables: the cells of the samples that survive each kind of it, and each pair of kinds."""

from __future__ import annotations

import fangan as fg
import metamorphic
import pytest
from fangan.testing import noise

# Shares of the cells of plans, phases and criteria together.
SCRIPT_FLOOR, KIND_FLOOR, PAIR_FLOOR = 0.99, 0.97, 0.95
# Below the default: what is lost today, on samples whose pinyin was broken by the wraps, or whose lines had run together before,
# or where the damage took the colon before a list or the letters of its items.
FLOORS = {
    "pinyin+hard_wraps": 0.93,
    "plain_pinyin+hard_wraps": 0.94,
    "ocr_confusions+merged_lines": 0.94,
    "merged_lines+misaligned_gbk": 0.94,
    "full_width+gbk_as_latin1": 0.93,
}


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    texts = metamorphic.texts_to_damage()
    assert len(texts) >= 25
    return texts


@pytest.fixture(scope="module")
def clean(texts: dict[str, str]) -> fg.Corpus:
    return fg.parse(texts, progress=False)


def floor(name: str) -> float:
    if name in FLOORS:
        return FLOORS[name]
    if "+" in name:
        return PAIR_FLOOR
    return SCRIPT_FLOOR if name in metamorphic.SCRIPT else KIND_FLOOR


def test_every_kind_has_its_place() -> None:
    placed = [kind for group in metamorphic.ORDER for kind in group]
    assert sorted(placed) == sorted(noise.KINDS)
    assert set(FLOORS) <= set(noise.KINDS) | set(metamorphic.pairs())


@pytest.mark.parametrize("name", [*noise.KINDS, *metamorphic.pairs()])
def test_cells_survive(name: str, texts: dict[str, str], clean: fg.Corpus) -> None:
    damage = noise.compose(*(noise.KINDS[part] for part in name.split("+")))
    result = metamorphic.total(metamorphic.measure(texts, damage, clean))
    losses = "\n".join(f"{s} {t}.{c}: {str(a)[:60]!r} → {str(b)[:60]!r}" for s, t, c, a, b in result.losses[:20])
    assert result.share >= floor(name), f"{result.share:.4f} of {result.cells} cells\n{losses}"


def test_damaged_texts_are_verified(texts: dict[str, str]) -> None:
    """Every row of a damaged text agrees with its source too."""
    damaged = {f"{name} {kind}": damage(text) for kind, damage in noise.KINDS.items() for name, text in texts.items()}
    result = fg.parse(damaged, progress=False).verify()
    assert result.checked > 10_000
    assert result.ok, result.failures


def test_undone_decodings_are_right(texts: dict[str, str]) -> None:
    """What is put in the place of a run that was read one byte off stands in the text that was damaged."""
    right, wrong, runs = 0, [], 0
    for seed in range(3):
        before = {name: noise.traditional(text) for name, text in texts.items()}
        damaged = {name: noise.misaligned_gbk(text, runs=8, seed=seed) for name, text in before.items()}
        runs += sum(damaged[name] != before[name] for name in texts)
        repairs = fg.parse(damaged, progress=False).repairs.filter(kind="mojibake")
        for name, reading, confidence in repairs.select("source_id", "after", "confidence").iter_rows():
            assert confidence >= 0.95
            if reading in before[name]:
                right += 1
            else:
                wrong.append((name, reading))
    assert right > 4 * runs, f"{right} of {runs} texts with up to eight runs each"
    assert not wrong
