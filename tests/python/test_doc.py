"""Documents of Word 97–2003 and OpenDocument: read through LibreOffice, told from other files without it."""

from __future__ import annotations

import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import fangan as fg
import pytest
from fangan import _doc, _fangan, _office
from fangan._kinds import kind_of
from fangan._limits import Limits
from word import HEADINGS, definition, document, listing, paragraph, run

LIMITS = Limits()
MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
OFFICE = _office.program()
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed; it reads .doc files")
posix = pytest.mark.skipif(os.name != "posix", reason="a program in place of LibreOffice is a shell script")

NOTE = '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>' + run("按户计。") + "</w:p></w:footnote>"
BODY = (
    paragraph("望海市2015年村庄绿化活动实施方案")
    + paragraph("工作目标", (1, 0))
    + f"<w:p>{run('新植树木20万株')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('，用')}"
    f"<w:del w:id='1' w:author='a'><w:r><w:delText>四个月</w:delText></w:r></w:del>{run('六个月完成。')}</w:p>"
    + paragraph("实施步骤", (1, 0))
    + paragraph("宣传发动阶段（2015年3月1日至3月31日）。", (1, 1))
)
RICH = document(BODY, numbering=definition(0, HEADINGS) + listing(1, 0), footnotes=NOTE)
TEXT = (
    "望海市2015年村庄绿化活动实施方案\n一、工作目标\n新植树木20万株[1]，用六个月完成。\n二、实施步骤\n"
    "（一）宣传发动阶段（2015年3月1日至3月31日）。\n[1] 按户计。\n"
)


def field(instruction: str, result: str) -> str:
    """A field of Word."""
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
    return f"{kinds[0]}{code}{kinds[1]}{run(result)}{kinds[2]}"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Files that LibreOffice writes, by name."""
    if OFFICE is None:
        pytest.skip("LibreOffice (soffice) is not installed; it writes the .doc files of this test")
    folder = tmp_path_factory.mktemp("doc")
    (folder / "rich.docx").write_bytes(RICH)
    (folder / "empty.docx").write_bytes(document(paragraph("")))
    dates = field(r"DATE \@ &quot;yyyy年MM月dd日&quot;", "x") + run("，共") + field("NUMPAGES", "9") + run("页")
    (folder / "dates.docx").write_bytes(document(f"<w:p>{run('制定于')}{dates}</w:p>"))
    samples = fg.samples()
    for name in samples.sources["source_id"]:
        lines = samples.source_text(name).split("\n")
        (folder / f"{name}.docx").write_bytes(document("".join(map(paragraph, lines))))
    for ending, names in (("doc", "*.docx"), ("odt", "rich.docx"), ("fodt", "rich.docx")):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        files = [str(file) for file in folder.glob(names)]
        order = [OFFICE, profile, "--headless", "--convert-to", ending, "--outdir", str(folder), *files]
        subprocess.run(order, check=True, capture_output=True, timeout=300)
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.suffix in (".doc", ".odt", ".fodt")}


def container(streams: dict[str, bytes], *, root: bytes = bytes(16)) -> bytes:
    """An OLE file with these streams, each at least as long as makes it no small one."""
    size = 512
    names = list(streams)
    contents = [content.ljust(4096, b"\0") for content in streams.values()]
    starts, at = [], 2
    table = [0xFFFFFFFD, 0xFFFFFFFE]
    directory_sectors = -(-(len(names) + 1) * 128 // size)
    if directory_sectors > 1:
        table[1] = at
        table += [*range(at + 1, at + directory_sectors - 1), 0xFFFFFFFE]
        at += directory_sectors - 1
    for content in contents:
        starts.append(at)
        count = -(-len(content) // size)
        table += [*range(at + 1, at + count), 0xFFFFFFFE]
        at += count

    def entry(name: str, kind: int, start: int, length: int, of: bytes = bytes(16)) -> bytes:
        written = (name + "\0").encode("utf-16-le")
        return struct.pack("<64sHBB12s16s20sIQ", written, len(written), kind, 1, b"\xff" * 12, of, b"", start, length)

    directory = entry("Root Entry", 5, 0xFFFFFFFE, 0, root)
    for name, start, content in zip(names, starts, contents, strict=True):
        directory += entry(name, 2, start, len(content))
    directory = directory.ljust(directory_sectors * size, b"\0")
    head = MAGIC + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(10)
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    head += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    packed = struct.pack("<128I", *table, *[0xFFFFFFFF] * (128 - len(table)))
    return (
        head
        + packed
        + directory[:size]
        + directory[size:]
        + b"".join(c.ljust(-(-len(c) // size) * size, b"\0") for c in contents)
    )


def fib(begins: int = 0xA5EC, version: int = 0xC1, flags: int = 0x0200) -> bytes:
    """The beginning of a document."""
    return struct.pack("<HHHHHH", begins, version, 0, 0, 0, flags)


def test_files_that_are_no_documents_are_told_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_office, "program", lambda: pytest.fail("LibreOffice is not needed for this"))
    cases = [
        (container({"Workbook": b""}), "xls", "Excel"),
        (container({"PowerPoint Document": b""}), "ppt", "PowerPoint"),
        (container({"EncryptedPackage": b"", "EncryptionInfo": b""}), "docx", "password"),
        (container({"\u4840\u3b3f": b""}, root=bytes.fromhex("84100c0000000000c000000000000046")), "msi", "installer"),
        (container({"__properties_version1.0": b""}), "msg", "Outlook"),
        (container({"other": b""}), "ole", "without a document"),
        (container({"WordDocument": fib(flags=0x0300), "1Table": b""}), "doc", "password"),
        (container({"WordDocument": b"no document"}), "doc", "does not begin"),
        (container({"WordDocument": fib(), "0Table": b""}), "doc", "is missing"),
        (container({"1Table": b"", "WordDocument": fib()})[:-3000], "doc", "breaks off"),
        (MAGIC, "ole", "breaks off"),
        (MAGIC + bytes(5000), "ole", "damaged"),
        (zipped({"mimetype": ODT, "META-INF/manifest.xml": b"<encryption-data/>"}), "odt", "password"),
        (b"", "", "neither"),
    ]
    for data, form, reason in cases:
        opened = _doc.read(data, LIMITS)
        assert (opened.text, opened.format, opened.notes) == ("", form, ()), opened
        assert reason in (opened.reason or ""), opened
    packed = zipped({"mimetype": ODT, "content.xml": bytes(90_000)})
    assert "unpacks to" in (_doc.read(packed, Limits(file_bytes=5_000)).reason or "")


ODT = b"application/vnd.oasis.opendocument.text"


def zipped(files: dict[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return made.getvalue()


def test_formats_are_known_by_their_bytes() -> None:
    assert kind_of(MAGIC + b"x") == "ole"
    for form in (b"", b"-template", b"-master"):
        assert kind_of(zipped({"mimetype": ODT + form})) == "odt"
    assert kind_of(b'<?xml version="1.0"?>\n<office:document office:mimetype="' + ODT + b'">') == "odt"
    others = (zipped({"mimetype": b"application/epub+zip"}), RICH, b"<office:document>", b"")
    assert [kind_of(data) for data in others] == ["zip", "docx", None, None]


def test_without_libreoffice_the_reason_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_office, "program", lambda: None)
    old, opened = _doc.read_many(
        [
            container({"WordDocument": fib(), "1Table": b""}),
            zipped({"mimetype": ODT, "META-INF/manifest.xml": b"", "content.xml": b""}),
        ],
        LIMITS,
    )
    assert (
        old.reason
        == "a document of Word 97–2003 (.doc), which needs LibreOffice; install it, or save the file as .docx"
    )
    assert "(.odt), which needs LibreOffice" in (opened.reason or "")
    assert (old.text, opened.text) == ("", "")


@posix
def test_a_program_that_hangs_or_fails_takes_no_other_file_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # In place of LibreOffice: gives back each file as it is, dies of those that say so, and sleeps on others.
    good = container({"WordDocument": fib() + b"good", "1Table": b""})
    dies = container({"WordDocument": fib() + b"dies", "1Table": b""})
    hangs = container({"WordDocument": fib() + b"hangs", "1Table": b""})
    script = tmp_path / "soffice"
    (tmp_path / "good.docx").write_bytes(RICH)
    script.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nout=$2; shift 2\nfor file; do\n'
        f'if grep -q dies "$file"; then kill -SEGV $$; fi\n'
        f"if grep -q hangs \"$file\"; then sleep 987 & echo $! > '{tmp_path}/child'; wait; fi\n"
        f'cp \'{tmp_path}/good.docx\' "$out/$(basename "$file" .doc).docx"\ndone\n'
    )
    script.chmod(0o755)
    monkeypatch.setattr(_office, "program", lambda: str(script))
    started = time.monotonic()
    opened = _doc.read_many([good, dies, good, hangs, good], Limits(seconds=1))
    assert time.monotonic() - started < 20
    assert [each.text == TEXT for each in opened] == [True, False, True, False, True]
    assert "failed on it" in (opened[1].reason or "")
    assert "within 1 seconds" in (opened[3].reason or "")
    child = int((tmp_path / "child").read_text())
    until = time.monotonic() + 5
    while _lives(child) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _lives(child)
    script.chmod(0o644)
    assert "cannot be started" in (_doc.read(good, LIMITS).reason or "")


def _lives(process: int) -> bool:
    """Whether a process runs; one that ended and that nobody asked about does not."""
    state = Path(f"/proc/{process}/stat")
    if state.exists():
        return state.read_text().rpartition(")")[2].split()[0] != "Z"
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@needs_office
def test_documents_are_read_as_a_reader_sees_them(made: dict[str, bytes]) -> None:
    for name, form in (("rich.doc", "doc"), ("rich.odt", "odt"), ("rich.fodt", "odt")):
        opened = _doc.read(made[name], LIMITS)
        assert (opened.text, opened.format, opened.reason, opened.notes) == (TEXT, form, None, ()), name
    assert _doc.read(made["empty.doc"], LIMITS).reason == "the document has no text"


@needs_office
def test_samples_come_through_as_they_are_in_one_go(made: dict[str, bytes]) -> None:
    samples = fg.samples()
    names = samples.sources["source_id"].to_list()
    damaged = made["rich.doc"][:3000]
    *opened, last = _doc.read_many([*(made[f"{name}.doc"] for name in names), damaged], LIMITS)
    assert last.reason is not None
    # LibreOffice leaves out soft hyphens, which wrong decodings hold.
    texts = {name: each.text for name, each in zip(names, opened, strict=True)}
    for name in names:
        lines = samples.source_text(name).split("\n")
        from_word, _ = _fangan.docx_text(document("".join(map(paragraph, lines))))
        assert texts[name] == (from_word or "").replace("\u00ad", ""), name
    again = fg.parse({name: texts[name] for name in names if "\u00ad" not in samples.source_text(name)})
    for table in ("phases", "criteria", "targets", "sections"):
        rows = getattr(samples.filter(fg_source_is(again)), table).drop("plan_id")
        assert getattr(again, table).drop("plan_id").equals(rows), table


def fg_source_is(corpus: fg.Corpus) -> object:
    import polars as pl

    return pl.col("source_id").is_in(corpus.sources["source_id"].to_list())


@needs_office
def test_fields_show_what_they_showed_when_they_were_saved(made: dict[str, bytes]) -> None:
    data = made["dates.doc"]
    today = time.strftime("%Y年%m月%d日").encode("utf-16-le")
    assert today in data
    data = data.replace(today, "2011年03月05日".encode("utf-16-le"))
    assert _doc.read(data, LIMITS).text == "制定于2011年03月05日，共1页\n"
    flat = made["rich.fodt"].replace("按户计".encode(), b'<text:date text:date-value="2011-03-05">2011</text:date>')
    assert "[1] 2011。" in _doc.read(flat, LIMITS).text


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """The address of a server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as serving:
        threading.Thread(target=serving.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{serving.server_port}", asked
        serving.shutdown()


@needs_office
def test_nothing_is_fetched(server: tuple[str, list[str]], made: dict[str, bytes], tmp_path: Path) -> None:
    address, asked = server
    image = (
        f'<draw:frame text:anchor-type="as-char" svg:width="2cm" svg:height="2cm"><draw:image xlink:href="{address}/a.png" '
        'xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame>按户计'
    )
    flat = made["rich.fodt"].replace("按户计".encode(), image.encode())
    (tmp_path / "a.fodt").write_bytes(flat)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    order = [
        str(OFFICE),
        profile,
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.fodt"),
    ]
    subprocess.run(order, check=True, capture_output=True, timeout=120)
    if not asked:
        pytest.skip("this LibreOffice fetches no pictures whatever its settings, so that there is nothing to compare")
    asked.clear()
    for opened in _doc.read_many([flat, (tmp_path / "a.doc").read_bytes()], LIMITS):
        assert "按户计" in opened.text
    assert asked == []


@needs_office
def test_limits_hold_and_nothing_is_left_behind(
    made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert _doc.read(made["rich.doc"], LIMITS).text == TEXT
    opened = _doc.read(made["rich.doc"], Limits(seconds=0.1))
    assert "within 0.1 seconds" in (opened.reason or "")
    assert list(tmp_path.iterdir()) == []
    if sys.platform == "linux":
        assert _doc.read(made["rich.doc"], Limits(memory_bytes=50 << 20)).reason is not None


def test_damaged_files_never_raise(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_office, "program", lambda: None)
    whole = container({"WordDocument": fib().ljust(4000, b"\x01"), "1Table": b"\x13\x1f" * 2000, "Data": b"x" * 5000})
    flat = zipped({"mimetype": ODT, "META-INF/manifest.xml": b"", "content.xml": b"<text:date>"})
    chance = random.Random(9)
    for _ in range(3_000):
        data = bytearray(chance.choice([whole, whole, flat]))
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        for _ in range(chance.randrange(1, 20)):
            if data:
                data[chance.randrange(min(len(data), chance.choice([600, 3000, 20_000])))] = chance.randrange(256)
        opened = _doc.read(bytes(data), LIMITS)
        assert opened.text == ""
        assert opened.reason is not None


@needs_office
def test_damaged_documents_give_no_rubbish(made: dict[str, bytes]) -> None:
    chance = random.Random(3)
    whole = made["rich.doc"]
    files = []
    for _ in range(12):
        data = bytearray(whole)
        for _ in range(30):
            data[chance.randrange(len(data))] = chance.randrange(256)
        files.append(bytes(data))
    files += [whole[: chance.randrange(600, len(whole))] for _ in range(6)]
    for opened in _doc.read_many(files, LIMITS):
        assert opened.reason is not None or "\u00cf\u00e0" not in opened.text
        assert len(opened.text) < 10 * len(TEXT)


@needs_office
@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not on the path")
def test_the_program_is_found_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    if sys.platform == "linux":
        assert _office.program() is None
    other = tmp_path / "libreoffice"
    other.write_text("#!/bin/sh\n")
    other.chmod(0o755)
    assert _office.program() is not None
