"""Files that are no texts, known by how they begin."""

from __future__ import annotations

import io
import lzma
import os
import zipfile
from pathlib import Path

import fangan as fg
import pytest
from fangan._kinds import HEAD, is_tar, kind, unread

TEXT = "望海市2009年植树活动实施方案\n一、目标\n到2012年底植树100棵。\n"
PACKED = io.BytesIO()
with zipfile.ZipFile(PACKED, "w") as archive:
    archive.writestr("a.txt", TEXT)


@pytest.mark.parametrize(
    ("beginning", "said"),
    [
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "picture"),
        (b"GIF89a", "picture"),
        (b"BM\x36\x10\x00\x00\x00\x00\x00\x00\x36\x00\x00\x00\x28\x00\x00\x00", "picture"),
        (b"II*\x00", "picture"),
        (b"MM\x00*", "picture"),
        (b"RIFF\x00\x10\x00\x00WEBP", "picture"),
        (b"\x00\x00\x00\x18ftypheic", "picture"),
        (b"\x00\x00\x00\x18ftypmp42", "film"),
        (b"MZ\x90\x00\x03\x00", "program"),
        (b"\x7fELF\x02", "program"),
        (b"SQLite format 3\x00", "program"),
        (b"\xca\xfe\xba\xbe\x00\x00\x00\x41", "program"),
        (b"\x1f\x9d\x90", "compress"),
        (lzma.compress(TEXT.encode(), format=lzma.FORMAT_ALONE), "LZMA"),
        (b"\x00\x01\x02", "binary file without text"),
    ],
)
def test_what_is_no_document_is_said(tmp_path: Path, beginning: bytes, said: str) -> None:
    noise = os.urandom(200) + bytes(40) + b"x"
    data = beginning if said == "LZMA" else beginning + noise
    assert said in str(unread(data[:HEAD]))
    (tmp_path / "a.txt").write_bytes(data)
    (error,) = fg.read(tmp_path).sources["error"].to_list()
    assert said in error


@pytest.mark.parametrize("at", range(0, 160, 3))
def test_a_damaged_document_is_a_row(tmp_path: Path, at: int) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<x/>")
    data = bytearray(made.getvalue())
    data[at] ^= 0xFF
    (tmp_path / "a.odt").write_bytes(bytes(data))
    (tmp_path / "b.odt").write_bytes(made.getvalue()[:at])
    assert fg.read(tmp_path).sources.height == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "beginning", ["", "BM公司", "MZ", "II*", "GIF", "ID3", "PK", "]", "RIFF", "7z", "一二ftypmp42"]
)
def test_texts_are_texts(encoding: str, beginning: str) -> None:
    text = "關於開展植樹造林的通知,共12個縣。\n" if encoding == "big5hkscs" else TEXT
    head = (beginning + text * 9).encode(encoding, "ignore")
    assert (unread(head), kind(head), is_tar(head)) == (None, None, False)
    # What a full disk leaves.
    if "16" not in encoding:
        assert unread(head + bytes(5_000)) is None
        assert unread(head + b"\0" + head) is None


def test_a_format_with_zeros_is_a_format() -> None:
    for data in (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), PACKED.getvalue() + bytes(500) + b"x"):
        assert kind(data) is not None
        assert unread(data) is None
