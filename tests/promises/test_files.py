"""Files that were made to do harm: archives, pictures, drawings and documents, read for real in the worker."""

from __future__ import annotations

import io
import os
import struct
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QSize

from workstation.domain.story_archive import unpack
from workstation.errors import InputError, ReadError
from workstation.ingest import confined
from workstation.ingest.deliveries import deliveries
from workstation.ingest.picture_jobs import picture_of
from workstation.ingest.worker import ReadingWorker
from workstation.ui.pixels import image_of

from ..ingest.hostile import page, png
from ..ingest.made_files import LINES, pdf, zipped

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
SLOWEST = 60.0
"""Seconds on a busy machine; the worker itself gives up after twenty."""


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        worker.start()
        yield worker


def brought(worker: ReadingWorker, data: bytes, name: str) -> tuple[list[str], list[str]]:
    """The titles of what came, and the notes or the refusal."""
    started = time.monotonic()
    titles: list[str] = []
    notes: list[str] = []
    try:
        for delivery in deliveries(worker, data, captured=CAPTURED, name=name):
            titles += [capture.item.title for capture in delivery.captures]
            notes += delivery.notes
    except ReadError as error:
        assert "fault" not in error.detail
        notes.append(f"{error.title}. {error.detail}")
    assert time.monotonic() - started < SLOWEST
    return titles, notes


# --- archives ------------------------------------------------------------------------------------------------------


def stacked(kernel: bytes, count: int) -> bytes:
    """An archive whose directory names the same packed bytes again and again: a small file that unpacks to gigabytes."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(kernel) + packer.flush()
    crc, sizes = zlib.crc32(kernel), (len(packed), len(kernel))
    name = b"0000.html"
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 8, 0, 33, crc, *sizes, len(name), 0) + name + packed
    entries = b"".join(
        struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, 0, 8, 0, 33, crc, *sizes, len(name), 0, 0, 0, 0, 0, 0)
        + b"%04d.html" % number
        for number in range(count)
    )
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count, count, len(entries), len(local), 0)
    return local + entries + end


def test_an_archive_whose_files_lie_in_each_other_is_not_unpacked_without_end(worker) -> None:
    titles, notes = brought(worker, stacked(page() + b" " * (20 << 20), 4_000), "a.zip")
    assert len(titles) <= 60
    assert notes


def test_a_story_archive_whose_files_lie_in_each_other_is_refused(worker) -> None:
    with pytest.raises(InputError):
        unpack(stacked(b" " * (20 << 20), 1_500))


NAMES = ("../../a.html", "/etc/a.html", "C:\\a.html", "..\\..\\a.html", "a.html\0.exe", "con.html", "a\u202elmth.html",
         "./a.html", "a/../b.html", "~/a.html", "-rf.html", "a" * 60_000 + ".html", "A.html", "a.html ",
         "\ufeffa.html", "//host/share/a.html")  # fmt: skip


def test_names_in_an_archive_lead_nowhere_and_only_become_words(worker, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in NAMES:
            archive.writestr(name, page())
        link = zipfile.ZipInfo("link.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
        device = zipfile.ZipInfo("device.html")
        device.create_system, device.external_attr = 3, 0o020666 << 16
        archive.writestr(device, b"")
    titles, notes = brought(worker, out.getvalue(), "a.zip")
    assert titles
    assert not any("root:" in title for title in titles)
    assert not list(tmp_path.iterdir())
    assert all(len(note) < 1_000 for note in notes)


@pytest.mark.parametrize("name", [*NAMES[:5], "./a.html", "a/../b.html", "//host/a"])
def test_a_story_archive_with_a_name_outside_is_refused(name: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("story.json", b"{}")
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        archive.writestr(entry, b"x")
    data = out.getvalue()
    try:
        files = unpack(data).files
    except InputError:
        return
    assert name == "a.html\0.exe"
    assert set(files) == {"a.html"}, "what stands behind a NUL is no part of the name"


def test_archives_that_are_encrypted_nested_or_of_too_many_files_bring_a_reason(worker) -> None:
    plain = bytearray(zipped({"a.html": page()}))
    for sign, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        plain[plain.index(sign) + at] |= 1
    assert brought(worker, bytes(plain), "a.zip")[1]
    nest = zipped({"a.html": page()})
    for _ in range(40):
        nest = zipped({"a.zip": nest})
    assert brought(worker, nest, "a.zip")[1]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(20_100):
            archive.writestr(f"{number}.txt", b"")
    assert "more than 20,000" in brought(worker, out.getvalue(), "a.zip")[1][0]


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.wacz"])
def test_a_document_that_unpacks_to_gigabytes_is_refused(worker, name: str) -> None:
    inner = {"a.docx": "word/document.xml", "a.odt": "content.xml", "a.wacz": "archive/a.warc"}[name]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml" if name == "a.docx" else "datapackage.json", b"{}")
        with archive.open(inner, "w", force_zip64=True) as member:
            for _ in range(140 if name == "a.wacz" else 50):
                member.write(bytes(1 << 20))
    titles, notes = brought(worker, out.getvalue(), name)
    assert not titles
    assert notes


# --- pictures ------------------------------------------------------------------------------------------------------


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


RED = Image.new("RGB", (40, 30), (200, 20, 20))
SCRIPT = b"<script>alert(1)</script>"


@pytest.mark.parametrize(
    "data",
    [
        saved(RED, "JPEG") + SCRIPT,
        saved(RED, "JPEG") + zipped({"a.txt": "x"}),
        saved(RED, "PNG") + SCRIPT,
        saved(RED, "JPEG", comment=SCRIPT),
        saved(RED, "WEBP", exif=b"Exif\0\0" + SCRIPT),
        saved(RED, "GIF") + SCRIPT,
        saved(RED, "TIFF", description=SCRIPT.decode()),
        saved(RED, "BMP") + SCRIPT,
    ],
)
def test_what_hides_in_a_picture_does_not_come_out_of_it(worker, data: bytes) -> None:
    picture = picture_of(worker, data)
    assert (picture.width, picture.height) == (40, 30)
    assert b"script" not in picture.data
    assert b"PK\3\4" not in picture.data


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_a_film_of_ten_thousand_frames_costs_no_more_than_a_picture(worker, form: str) -> None:
    frames = [Image.new("L", (8, 8), shade % 256) for shade in range(600)]
    data = saved(frames[0], form, save_all=True, append_images=frames[1:], duration=10)
    started = time.monotonic()
    assert picture_of(worker, data).width == 8
    assert time.monotonic() - started < SLOWEST


def claiming(width: int, height: int) -> bytes:
    """A PNG of one pixel whose head claims another size."""
    data = bytearray(png(1))
    data[16:24] = struct.pack("!II", width, height)
    data[29:33] = struct.pack("!I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


@pytest.mark.parametrize("size", [(60_000, 60_000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (0, 0), (8_000, 8_000)])
def test_a_picture_that_claims_to_be_enormous_is_refused_unread(worker, size: tuple[int, int]) -> None:
    with pytest.raises(InputError):
        picture_of(worker, claiming(*size))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
def test_a_picture_that_is_cut_off_anywhere_is_a_picture_or_refused(worker, form: str, rounds) -> None:
    data = saved(RED, form)
    for at in range(1, len(data), max(1, len(data) // rounds(6, 200))):
        try:
            picture_of(worker, data[:at])
        except InputError as error:
            assert "fault" not in error.detail


DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>"


@pytest.mark.parametrize("data", [DRAWING, b"<?xml version='1.0'?>" + DRAWING, b"\xef\xbb\xbf" + DRAWING, zlib.compress(DRAWING),
                                  b"%PDF-1.7", b"",
                                  b"/* XPM */ static char*x[]={\"1 1 1 1\",\"a c red\",\"a\"};"])  # fmt: skip
def test_no_drawing_is_ever_a_lead_image_nor_given_to_qt(worker, qapp, data: bytes) -> None:
    with pytest.raises(InputError):
        picture_of(worker, data)
    assert image_of(data).isNull()


def test_qt_draws_the_pictures_that_the_store_keeps(qapp) -> None:
    for form in ("PNG", "JPEG", "WEBP"):
        assert image_of(saved(RED, form)).width() == 40
    assert image_of(saved(RED, "JPEG"), QSize(20, 20), fills=True).height() == 20
    assert image_of(saved(RED, "BMP")).isNull()


def test_no_part_of_the_window_lets_qt_guess_what_foreign_bytes_are() -> None:
    root = Path(confined.__file__).parents[1] / "ui"
    guesses = ("QImage.fromData(", "QSvgRenderer", "QtSvg", "QImageReader(", "loadFromData(data)", "QPdfDocument", "QMovie(")
    found = {path.relative_to(root).as_posix() for path in root.rglob("*.py") if any(one in path.read_text() for one in guesses)}
    assert found <= {"pixels.py"}, found


def test_no_file_of_cells_is_ever_written() -> None:
    """What cannot be opened as a table of cells cannot run as a formula; who adds one guards = + - @, tabs and returns first."""
    root = Path(confined.__file__).parents[1]
    writers = ("csv.writer", "DictWriter", "to_csv", "openpyxl", "xlsxwriter")
    found = {path.name for path in root.rglob("*.py") if any(writer in path.read_text() for writer in writers)}
    assert not found


# --- documents -----------------------------------------------------------------------------------------------------


def with_catalogue(added: bytes) -> bytes:
    return pdf([[(50.0, 500.0, 10.0, line)] for line in LINES]).replace(b"<</Type/Catalog", b"<</Type/Catalog" + added)


@pytest.mark.parametrize(
    "added",
    [
        b"/OpenAction<</S/JavaScript/JS(app.launchURL\\('http://a.example/'\\))>>",
        b"/OpenAction<</S/Launch/F(/bin/sh)>>",
        b"/AA<</WC<</S/URI/URI(http://a.example/)>>>>",
        b"/Names<</EmbeddedFiles<</Names[(a.exe)<</Type/Filespec/EF<</F 4 0 R>>>>]>>>>",
        b"/AcroForm<</XFA(<xfa/>)/Fields[]>>",
        b"/Pages 1 0 R",
        b"/Version/9.9",
    ],
)
def test_a_pdf_gives_its_words_and_does_nothing_else(worker, added: bytes) -> None:
    titles, notes = brought(worker, with_catalogue(added), "a.pdf")
    assert titles or notes


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_nothing_that_is_read_leaves_a_process_or_a_file_behind(worker, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(os.listdir("/tmp"))  # noqa: PTH208
    worker.start()
    process = worker._process
    assert process is not None
    for data, name in ((with_catalogue(b""), "a.pdf"), (page(), "a.html"), (zipped({"a.html": page()}), "a.zip")):
        brought(worker, data, name)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    assert not children.strip()
    assert not list(tmp_path.iterdir())
    assert not [name for name in set(os.listdir("/tmp")) - before if name.endswith((".npz", ".pdf", ".html"))]  # noqa: PTH208
