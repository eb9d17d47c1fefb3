"""Folders of shards, as `fangan.convert` writes them."""

from __future__ import annotations

from pathlib import Path

FILES = "files.json"
"""The last file of a shard to be written: which files it holds, as they were."""


def shards(folder: Path) -> list[Path]:
    """The finished shards of a folder, in order."""
    return sorted(path.parent for path in folder.glob(f"shard-*/{FILES}"))
