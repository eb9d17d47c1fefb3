"""Documents glued into one page are told apart again."""

from __future__ import annotations

import os
from pathlib import Path

import gluing
import pytest

# F1 of the boundaries: with something between the documents, and with nothing.
SEPARATED, GLUED = 0.97, 0.90
FLOORS = {name: GLUED if name in ("none", "run_on", "mixed") else SEPARATED for name in gluing.SEPARATORS}

WILD = Path(os.environ["FANGAN_CORPUS"]).parent / "corpus_wild" if os.environ.get("FANGAN_CORPUS") else None


@pytest.fixture(scope="module")
def samples() -> dict[str, str]:
    return gluing.single_documents()


@pytest.mark.parametrize("separator", gluing.SEPARATORS)
def test_samples(separator: str, samples: dict[str, str]) -> None:
    result = gluing.measure(gluing.pages(samples, separator, 20))
    assert result.right > 50
    assert result.f1 >= FLOORS[separator], "\n".join(result.errors)


@pytest.mark.skipif(WILD is None or not WILD.is_dir(), reason="no folder corpus_wild beside FANGAN_CORPUS")
@pytest.mark.parametrize("separator", gluing.SEPARATORS)
def test_real_documents(separator: str) -> None:
    result = gluing.measure(gluing.pages(gluing.single_documents(str(WILD)), separator, 20))
    assert result.f1 >= FLOORS[separator], "\n".join(result.errors)
