"""Files that were made to do harm, and broken ones: an item or a clear reason, within the worker's limits."""

import gzip
import io
import time
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from workstation.errors import ReadError
from workstation.ingest.deliveries import deliveries
from workstation.ingest.worker import ReadingWorker

from .made_files import LINES, docx, mhtml, page, pdf, warc_record, webarchive, zipped

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY {after} "{f"&{before};" * 10}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True)
)
LAUGHING = f'{LAUGHS}]><w:document xmlns:w="w"><w:body><w:p><w:r><w:t>&j;</w:t></w:r></w:p></w:body></w:document>'


def bomb(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w", force_zip64=True) as member:
        for _ in range(300):
            member.write(b" " * 1_000_000)
    return out.getvalue()


def nested_mail(depth: int) -> bytes:
    head = b"From: a@b.example\r\nMessage-ID: <1>\r\nSubject: deep\r\nMIME-Version: 1.0\r\n"
    inside = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{level}"\r\n\r\n--b{level}\r\n'.encode() for level in range(depth)
    )
    return head + inside + b"Content-Type: text/plain\r\n\r\nWords at the bottom.\r\n"


def many_parts(count: int) -> bytes:
    head = b"From: a@b.example\r\nMessage-ID: <1>\r\nSubject: many\r\nMIME-Version: 1.0\r\n"
    head += b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    return head + b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n" * count + b"--b--\r\n"


def plist_bomb() -> bytes:
    return (LAUGHS + "]><plist><dict><key>WebMainResource</key><string>&j;</string></dict></plist>").encode()


WARC = gzip.compress(warc_record("https://gazette.example/a", page())) + gzip.compress(
    warc_record("https://gazette.example/b", page("B"))
)
FILES = {
    "laughs.docx": zipped({"[Content_Types].xml": "", "word/document.xml": LAUGHING}),
    "bomb.docx": bomb("word/document.xml"),
    "cut.docx": docx("<w:p/>")[:-120],
    "empty.docx": docx(""),
    "bomb.zip": bomb("a.html"),
    "nested.zip": zipped({"1.zip": zipped({"2.zip": zipped({"3.zip": zipped({"4.zip": zipped({"a.txt": "words"})})})})}),
    "bomb.odt": bomb("content.xml"),
    "laughs.webarchive": plist_bomb(),
    "cut.webarchive": webarchive(page())[:-200],
    "no boundary.mhtml": mhtml([("Content-Type: text/html", page())]).replace(b'boundary="b1"', b"x=y"),
    "cut.mhtml": mhtml([("Content-Type: text/html", page())])[:900],
    "deep.eml": nested_mail(100),
    "abyss.eml": nested_mail(3_000),
    "many.eml": many_parts(10_000),
    "nothing.eml": b"From: a@b.example\r\nMessage-ID: <1>\r\nMIME-Version: 1.0\r\n\r\n",
    "cut.warc.gz": WARC[:-90],
    "noise.warc": b"WARC/1.0\r\n" + bytes(range(256)) * 40,
    "noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 4_000,
    "zeros.pdf": b"%PDF-1.7\n" + bytes(3_000_000),
    "loop.pdf": pdf([[(50.0, 500.0, 10.0, LINES[0])]]).replace(b"/Kids[", b"/Kids[2 0 R 2 0 R "),
    "giant count.pdf": pdf([[(50.0, 500.0, 10.0, LINES[0])]]).replace(b"/Count 1", b"/Count 99999999"),
    "deep.rtf": b"{\\rtf1 " + b"{" * 200_000 + b"words" + b"}" * 200_000,
    "nul.txt": b"Words\x00 of\x00 the council" * 5,
    "deep.json": b'{"roots": {"bookmark_bar": ' + b'{"children": [' * 50_000,
    "endless.url": b"[InternetShortcut]\r\n" + b"URL=" * 500_000,
    "script.url": b"[InternetShortcut]\r\nURL=javascript:alert(1)\r\n",
    "local.desktop": b"[Desktop Entry]\nType=Link\nURL=file:///etc/passwd\n",
    "big.html": b"<p>" + b"word " * 9_000_000,
}


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        worker.start()
        yield worker


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_brings_items_or_a_clear_reason_in_time(worker, name):
    started = time.monotonic()
    try:
        found = list(deliveries(worker, FILES[name], captured=CAPTURED, name=name))
    except ReadError as error:
        assert error.title
        assert error.detail.endswith(".")
        assert "fault" not in error.detail
    else:
        assert any(delivery.captures or delivery.links for delivery in found)
        assert not any("ha" * 1_000 in capture.item.text for delivery in found for capture in delivery.captures)
    assert time.monotonic() - started < 25


def test_what_stands_before_the_damage_is_read(worker):
    (delivery,) = deliveries(worker, FILES["cut.warc.gz"], captured=CAPTURED, name="cut.warc.gz")
    assert [capture.item.url for capture in delivery.captures] == ["https://gazette.example/a"]
    assert delivery.notes == ("https://gazette.example/b is cut off in the archive and was left out.",)


def test_a_mail_of_many_parts_keeps_its_subject(worker):
    (delivery,) = deliveries(worker, FILES["many.eml"], captured=CAPTURED, name="many.eml")
    assert delivery.captures[0].item.title == "many"


def test_a_file_that_unpacks_to_too_much_does_not_keep_the_others_out(worker):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.html", page())
        archive.writestr("b.html", bytes(33 * 1024 * 1024))
    found = list(deliveries(worker, made.getvalue(), captured=datetime(2026, 3, 2, tzinfo=UTC), name="pages.zip"))
    assert sum(len(delivery.captures) for delivery in found) == 1
    assert [note for delivery in found for note in delivery.notes] == ["b.html unpacks to more than 32 MB and was left out."]
