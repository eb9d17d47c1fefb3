"""Archives as analysts get them, and as nobody should make them."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO, cast

import fangan as fg
import polars as pl
import pytest
from fangan import _archives

TEXT = "望海市植树活动实施方案\n一、目标\n到2012年底植树100棵。\n"
MEMBERS = {"通知/方案.txt": TEXT.encode("gb18030"), "讲话.txt": TEXT.encode("utf-16")}


def zipped(members: dict[str, bytes], path: Path | None = None, **options: int) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", **({"compression": zipfile.ZIP_DEFLATED} | options)) as archive:  # type: ignore[arg-type]
        for name, content in members.items():
            archive.writestr(name, content)
    if path is not None:
        path.write_bytes(held.getvalue())
    return held.getvalue()


def tarred(members: dict[str, bytes], encoding: str = "utf-8", **options: int) -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w", encoding=encoding, **options) as archive:  # type: ignore[call-overload]
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return held.getvalue()


def with_names_in(data: bytes, encoding: str) -> bytes:
    """A ZIP as Windows in China writes it: names in GBK, and no flag that says so."""
    held = bytearray(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
    for name in names:
        utf8, other = name.encode(), name.encode(encoding)
        assert len(utf8) >= len(other)
        # The same length keeps all offsets: a blank path segment would not, so the extension is stretched.
        other += b"t" * (len(utf8) - len(other))
        held = bytearray(bytes(held).replace(utf8, other))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        found = held.find(signature)
        while found >= 0:
            flags = struct.unpack_from("<H", held, found + at)[0]
            struct.pack_into("<H", held, found + at, flags & ~0x800)
            found = held.find(signature, found + 4)
    return bytes(held)


PACKINGS = {
    "a.zip": zipped(MEMBERS),
    "a.tar": tarred(MEMBERS),
    "a.tar.gz": gzip.compress(tarred(MEMBERS)),
    "a.tgz": gzip.compress(tarred(MEMBERS, "gb18030", format=tarfile.GNU_FORMAT)),
    "a.tar.bz2": bz2.compress(tarred(MEMBERS)),
    "a.tar.xz": lzma.compress(tarred(MEMBERS)),
}


@pytest.mark.parametrize("name", PACKINGS)
def test_documents_in_archives_are_read(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PACKINGS[name])
    corpus = fg.read(tmp_path)
    assert corpus.sources.select("source_id", "path", "format", "encoding", "error").rows() == [
        (f"{name}/通知/方案.txt", f"{tmp_path / name}/通知/方案.txt", "txt", "gb18030", None),
        (f"{name}/讲话.txt", f"{tmp_path / name}/讲话.txt", "txt", "utf-16le", None),
    ]
    assert corpus.source_text(f"{name}/通知/方案.txt") == TEXT
    assert corpus.targets.height == 2
    assert corpus.verify().ok
    assert fg.scan(tmp_path, table="targets").collect().equals(corpus.targets)
    assert fg.Corpus.from_parquet(fg.convert(tmp_path, tmp_path / "out").folder).equals(corpus)


@pytest.mark.parametrize(("packed", "ending"), [(gzip.compress, "gz"), (bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_a_compressed_document_is_read(tmp_path: Path, packed: object, ending: str) -> None:
    (tmp_path / f"方案.txt.{ending}").write_bytes(packed(TEXT.encode("gb18030")))  # type: ignore[operator]
    corpus = fg.read(tmp_path)
    assert corpus.sources.select("source_id", "encoding").rows() == [(f"方案.txt.{ending}/方案.txt", "gb18030")]
    assert corpus.targets.height == 1


def test_an_archive_is_known_by_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "download").write_bytes(PACKINGS["a.tgz"])
    assert fg.read(tmp_path / "download").sources["source_id"].to_list() == [
        "download/通知/方案.txt",
        "download/讲话.txt",
    ]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_are_read_as_they_were_meant(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "a.zip").write_bytes(with_names_in(zipped({"乡镇/整治方案.txt": TEXT.encode()}), encoding))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        (found,) = _archives.zip_names(archive.infolist())
    assert found.startswith("乡镇/整治方案.txt")


def test_names_of_windows_have_slashes(tmp_path: Path) -> None:
    zipped({"通知\\方案.txt": TEXT.encode()}, tmp_path / "a.zip")
    # The library itself turns the separator of the system that it runs on.
    held = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(held.replace("通知/方案".encode(), "通知\\方案".encode()))
    assert fg.read(tmp_path).sources["source_id"].to_list() == ["a.zip/通知/方案.txt"]


def test_archives_inside_archives(tmp_path: Path) -> None:
    inner = zipped({"内.txt": TEXT.encode()})
    outer = tarred({"一/内.zip": inner, "外.txt.gz": gzip.compress(TEXT.encode())})
    (tmp_path / "a.tar").write_bytes(outer)
    assert fg.read(tmp_path).sources["source_id"].to_list() == ["a.tar/一/内.zip/内.txt", "a.tar/外.txt.gz/外.txt"]
    corpus = fg.read(tmp_path, limits=fg.Limits(depth=1))
    assert ["limits.depth is 1" in error for error in corpus.sources["error"]] == [True, True]
    assert corpus.sources["source_id"].to_list() == ["a.tar/一/内.zip", "a.tar/外.txt.gz"]


def test_what_is_not_a_document_is_passed_over(tmp_path: Path) -> None:
    zipped(
        {"__MACOSX/._a.txt": b"x", ".b.txt": b"x", "~$c.docx": b"x", "d.jpg": b"x", "e.txt": b"x"}, tmp_path / "a.zip"
    )
    assert fg.read(tmp_path).sources["source_id"].to_list() == ["a.zip/e.txt"]
    zipped({"d.jpg": b"x"}, tmp_path / "a.zip")
    assert fg.read(tmp_path).sources["error"].to_list() == [f"{tmp_path / 'a.zip'}: the archive holds no document"]


def test_members_of_the_same_name_are_all_there(tmp_path: Path) -> None:
    # The library refuses to write such a one without a warning.
    zipped({"a.txt": "甲".encode(), "b.txt": "乙".encode()}, tmp_path / "a.zip")
    (tmp_path / "a.zip").write_bytes((tmp_path / "a.zip").read_bytes().replace(b"b.txt", b"a.txt"))
    corpus = fg.read(tmp_path)
    assert [corpus.source_text(name) for name in ("a.zip/a.txt", "a.zip/a.txt (2)")] == ["甲", "乙"]
    assert corpus.diagnostics.filter(code="id-repeated")["source_id"].to_list() == ["a.zip/a.txt (2)"]
    assert fg.Corpus.from_parquet(fg.convert(tmp_path, tmp_path / "out", shard_bytes=1).folder).equals(corpus)


def test_other_archives_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.7z").write_bytes(b"7z\xbc\xaf\x27\x1c" + bytes(100))
    (tmp_path / "b.rar").write_bytes(b"Rar!\x1a\x07\x01\x00" + bytes(100))
    zipped({"OFD.xml": b"<ofd/>", "Doc_0/Document.xml": b"<x/>"}, tmp_path / "c.ofd")
    errors = fg.read(tmp_path).sources["error"].to_list()
    assert ["7z archive" in errors[0], "RAR archive" in errors[1], "OFD" in errors[2]] == [True, True, True]


def test_folders_named_as_those_of_programs_are_folders(tmp_path: Path) -> None:
    for name in ("word/方案.txt", "xl/方案.txt", "ppt/方案.txt", "OFD.xml", "[Content_Types].xml"):
        zipped({name: b"<x/>", "一.txt": TEXT.encode()}, tmp_path / "a.zip")
        assert "a.zip/一.txt" in fg.read(tmp_path).sources["source_id"].to_list()


def test_a_part_of_a_split_archive_that_is_whole_is_read(tmp_path: Path) -> None:
    for mark in (b"PK\x07\x08", b"PK00"):
        (tmp_path / "a.zip").write_bytes(mark + zipped({"一.txt": TEXT.encode()}))
        assert fg.read(tmp_path).sources.select("source_id", "error").rows() == [("a.zip/一.txt", None)]


def test_each_name_is_read_by_itself(tmp_path: Path) -> None:
    raw = [*(name.encode(each) for name in ("通知.txt", "实施方案.txt") for each in ("gbk", "utf-8")), b"\xff\xfe.txt"]
    infos = [zipfile.ZipInfo(name.decode("cp437")) for name in raw]
    assert _archives.zip_names(infos)[:4] == ["通知.txt", "通知.txt", "实施方案.txt", "实施方案.txt"]
    assert _archives.zip_names(infos)[4].endswith(".txt")


def test_old_tars_are_known(tmp_path: Path) -> None:
    held = bytearray(tarred(MEMBERS, format=tarfile.USTAR_FORMAT))
    at = 0
    for content in MEMBERS.values():
        # The seventh Unix had nothing behind the name of a link.
        held[at + 257 : at + 512] = bytes(255)
        held[at + 148 : at + 156] = b" " * 8
        held[at + 148 : at + 156] = f"{sum(held[at : at + 512]):06o}\0 ".encode()
        at += 512 + -(-len(content) // 512) * 512
    (tmp_path / "a.tar").write_bytes(bytes(held))
    (tmp_path / "b.tar.gz").write_bytes(gzip.compress(bytes(held)))
    (tmp_path / "c.txt").write_bytes(b"a" * 257 + b"ustar" + TEXT.encode())
    sources = fg.read(tmp_path).sources
    assert sources["source_id"].to_list() == [
        *(f"{name}/{member}" for name in ("a.tar", "b.tar.gz") for member in MEMBERS), "c.txt"
    ]  # fmt: skip
    assert sources["error"].is_null().all()


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_what_follows_a_compressed_file_is_not_of_it(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    long = TEXT * 20_000
    for name, content in (("a.txt.gz", long.encode()), ("b.tgz", tarred({"a.txt": long.encode()}))):
        (tmp_path / name).write_bytes(pack(content) + b"garbage")
    corpus = fg.read(tmp_path)
    assert [corpus.source_text(name) for name in ("a.txt.gz/a.txt", "b.tgz/a.txt")] == [long, long]
    assert corpus.sources["error"].is_null().all()


def test_a_sum_that_is_wrong_is_damage(tmp_path: Path) -> None:
    held = bytearray(gzip.compress(TEXT.encode()))
    held[-8] ^= 0xFF
    (tmp_path / "a.txt.gz").write_bytes(bytes(held) + b"garbage")
    assert "CRC" in str(fg.read(tmp_path).sources["error"][0])


@pytest.mark.parametrize(
    ("name", "inner"),
    [
        ("方案2.0.gz", "方案2.0"),
        ("方案.TXT.GZ", "方案.TXT"),
        ("方案.Gz", "方案"),
        ("a.jpg.gz", None),
        ("._a.txt.gz", None),
    ],
)
def test_names_of_compressed_files(tmp_path: Path, name: str, inner: str | None) -> None:
    (tmp_path / name).write_bytes(gzip.compress(TEXT.encode()))
    sources = fg.read(tmp_path / name).sources
    assert sources["source_id"].to_list() == [name if inner is None else f"{name}/{inner}"]
    assert sources["error"].is_null().to_list() == [inner is not None]


# Damage


def test_what_reading_raises_is_in_one_place() -> None:
    budget = _archives.Budget(10)
    over = next(iter(_archives.members(io.BytesIO(PACKINGS["a.tar.gz"]), "gzip", "a", bool, fg.Limits(), budget)))
    assert "limits.unpacked_bytes" in str(over.error)
    short = gzip.compress(os.urandom(5_000))[:2_000]
    for data, left, said in ((gzip.compress(bytes(5_000)), 10, "limits"), (short, 9_999, "cannot be unpacked")):
        archive = io.BytesIO(data)
        limits = fg.Limits(unpacked_bytes=left)
        member = _archives.Member(
            "a",
            cast(BinaryIO, _archives._Bounded(gzip.GzipFile(fileobj=archive), None, limits, _archives.Budget(left))),
        )
        assert member.stream is not None
        with pytest.raises(_archives.FAILURES) as raised:
            member.stream.read(5_000)
        assert said in _archives.reason(raised.value)


def test_damage_ends_a_member_or_an_archive_and_no_more(tmp_path: Path) -> None:
    many = {f"{number}.txt": os.urandom(50).hex().encode() + TEXT.encode() for number in range(5)}
    stored = bytearray(zipped(many, compression=zipfile.ZIP_STORED))
    at = bytes(stored).find(TEXT.encode())
    stored[at] ^= 0xFF
    (tmp_path / "a.zip").write_bytes(bytes(stored))
    packed = gzip.compress(tarred(many))
    (tmp_path / "b.tar.gz").write_bytes(packed[: len(packed) // 2])
    (tmp_path / "c.zip").write_bytes(zipped(many)[:-30])
    (tmp_path / "d.txt").write_text(TEXT, encoding="utf-8")
    sources = fg.read(tmp_path).sources
    failed = dict(sources.filter(sources["error"].is_not_null()).select("source_id", "error").rows())
    assert "CRC" in failed["a.zip/0.txt"]
    assert "b.tar.gz" in failed or any(name.startswith("b.tar.gz/") for name in failed)
    assert "cannot be opened" in failed["c.zip"]
    whole = set(sources["source_id"]) - set(failed)
    assert {"a.zip/1.txt", "a.zip/4.txt", "d.txt"} <= whole


def test_a_member_with_a_password_is_a_row(tmp_path: Path) -> None:
    held = bytearray(zipped({"a.txt": TEXT.encode(), "b.txt": TEXT.encode()}))
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", held, bytes(held).find(signature) + at, 1)
    (tmp_path / "a.zip").write_bytes(bytes(held))
    errors = fg.read(tmp_path).sources["error"].to_list()
    assert "password" in errors[0]
    assert errors[1] is None


@pytest.mark.parametrize("seed", range(200))
def test_no_bytes_break_the_reader(tmp_path: Path, seed: int) -> None:
    from random import Random

    draw = Random(seed)
    data = bytearray(draw.choice(list(PACKINGS.values())))
    for _ in range(draw.randint(1, 20)):
        data[draw.randrange(len(data))] = draw.randrange(256)
    if draw.random() < 0.3:
        data = data[: draw.randrange(len(data))]
    (tmp_path / "a.zip").write_bytes(bytes(data))
    sources = fg.read(tmp_path, threads=1).sources
    assert sources.height >= 1


# Harm


def test_nothing_is_written_outside(tmp_path: Path) -> None:
    inside, out = tmp_path / "inside", tmp_path / "out"
    inside.mkdir()
    zipped({"../../evil.txt": TEXT.encode(), "/etc/evil.txt": TEXT.encode(), "C:\\evil.txt": b"x"}, inside / "a.zip")
    (inside / "b.tar").write_bytes(tarred({"../evil.txt": TEXT.encode()}))
    before = set(tmp_path.rglob("*"))
    done = fg.convert(inside, out)
    assert done.n_sources == 4
    assert done.errors.is_empty()
    names = pl.scan_parquet(out / "shard-*" / "sources.parquet").collect()["source_id"].to_list()
    assert sorted(names) == ["a.zip/etc/evil.txt", "a.zip/evil.txt", "a.zip/evil.txt (2)", "b.tar/evil.txt"]
    assert {path for path in tmp_path.rglob("*") if out not in (path, *path.parents)} == before
    assert not Path("/etc/evil.txt").exists()


def test_links_in_archives_lead_nowhere(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as packed:
        packed.writestr(link, "/etc/passwd")
        packed.writestr("b.txt", TEXT)
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "a.txt"), (tarfile.CHRTYPE, "")):
            info = tarfile.TarInfo("link.txt")
            info.type, info.linkname = kind, target
            archive.addfile(info)
        info = tarfile.TarInfo("a.txt")
        info.size = 3
        archive.addfile(info, io.BytesIO("甲".encode()))
    (tmp_path / "a.tar").write_bytes(held.getvalue())
    assert fg.read(tmp_path).sources["source_id"].to_list() == ["a.tar/a.txt", "b.zip/b.txt"]


def test_bombs_are_rows(tmp_path: Path) -> None:
    zeros = bytes(40 << 20)
    zipped({"a.txt": zeros, "b.txt": TEXT.encode()}, tmp_path / "a.zip")
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(zeros, 9))
    (tmp_path / "c.tar.gz").write_bytes(gzip.compress(tarred({"a.txt": zeros}), 9))
    inner = zipped({"0.txt": zeros})
    zipped({f"{number}.zip": inner for number in range(5)}, tmp_path / "d.zip")
    sources = fg.read(tmp_path).sources
    errors = dict(sources.filter(sources["error"].is_not_null()).select("source_id", "error").rows())
    assert all("limits.ratio" in error for error in errors.values())
    assert set(errors) == {"a.zip/a.txt", "b.txt.gz/b.txt", "c.tar.gz/a.txt", "c.tar.gz"} | {
        f"d.zip/{number}.zip/0.txt" for number in range(5)
    }
    assert "a.zip/b.txt" in sources["source_id"].to_list()


def test_an_archive_that_says_it_is_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    held = bytearray(zipped({f"{number}.txt": TEXT.encode() for number in range(3)}))
    at = bytes(held).find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", held, at + 24, 0xFFFF_FF00)
        at = bytes(held).find(b"PK\x01\x02", at + 4)
    (tmp_path / "a.zip").write_bytes(bytes(held))
    (error,) = fg.read(tmp_path).sources["error"].to_list()
    assert "limits.ratio is 300" in error


def test_limits_are_options(tmp_path: Path) -> None:
    members = {f"{number}.txt": TEXT.encode() for number in range(4)}
    zipped(members, tmp_path / "a.zip")
    (tmp_path / "b.tar").write_bytes(tarred(members))

    def errors(**limits: int) -> list[str | None]:
        return fg.read(tmp_path, limits=fg.Limits(**limits)).sources["error"].to_list()

    assert errors() == [None] * 8
    assert sum(error is not None and "limits.members" in error for error in errors(members=3)) == 2
    assert all(error and "limits.file_bytes" in error for error in errors(file_bytes=50))
    assert all(error and "limits.text_bytes" in error for error in errors(text_bytes=50))
    assert "limits.unpacked_bytes" in str(errors(unpacked_bytes=200))
    with pytest.raises(fg.InvalidArgumentError, match=r"Limits\.depth is 0; give a whole number from 1"):
        fg.Limits(depth=0)
    with pytest.raises(fg.InvalidArgumentError, match=r"limits are fangan\.Limits, not dict"):
        fg.read(tmp_path, limits={"depth": 1})  # type: ignore[arg-type]


def test_a_job_goes_on_in_the_middle_of_an_archive(tmp_path: Path) -> None:
    inputs, out = tmp_path / "in", tmp_path / "out"
    inputs.mkdir()
    members = {f"{number}.txt": f"第{number}号\n{TEXT}".encode() for number in range(9)}
    zipped(members, inputs / "a.zip")
    (inputs / "b.txt").write_text(TEXT, encoding="utf-8")
    fg.convert(inputs, out, shard_bytes=200)
    assert fg.convert(inputs, out, shard_bytes=200).n_parsed == 0
    shards = sorted(out.glob("shard-*"))
    assert len(shards) >= 4
    whole = fg.Corpus.from_parquet(out)
    for path in shards[1].iterdir():
        path.unlink()
    shards[1].rmdir()
    lost = 10 - fg.Corpus.from_parquet(out).sources.height
    assert fg.convert(inputs, out, shard_bytes=200).n_parsed == lost
    again = fg.Corpus.from_parquet(out)
    assert sorted(again.sources["source_id"]) == sorted(whole.sources["source_id"])
    zipped(members | {"9.txt": TEXT.encode()}, inputs / "a.zip")
    assert fg.convert(inputs, out).n_sources == 11
    assert fg.Corpus.from_parquet(out).sources["source_id"].is_unique().all()
