import gzip
import json
import plistlib
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from workstation.errors import ReadError
from workstation.ingest import unpacking
from workstation.ingest.arrival import Arrival
from workstation.ingest.deliveries import deliveries
from workstation.ingest.delivery import Delivery
from workstation.ingest.unpacking import delivery_of
from workstation.ingest.worker import ReadingWorker, StoppedError

from .made_files import LINES, page, pdf, warc_record, zipped

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with ReadingWorker() as worker:
        yield worker


def delivered(worker: ReadingWorker, data: bytes, name: str) -> Delivery:
    (delivery,) = deliveries(worker, data, captured=CAPTURED, name=name)
    return delivery


def mail(subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "Jon Berg <jon@post.example>", subject, "<1@post.example>"
    message.set_content("\n\n".join(LINES))
    return message


def test_a_mails_documents_are_items_of_their_own_and_what_nobody_reads_is_named(worker):
    message = mail("With papers")
    message.add_attachment(pdf([[(50.0, 500.0, 10.0, LINES[0])]]), maintype="application", subtype="pdf", filename="قرار.pdf")
    message.add_attachment(b"\x00\x01" * 90, maintype="application", subtype="octet-stream", filename="table.xls")
    found = delivered(worker, message.as_bytes(), "a.eml")
    assert [capture.item.title for capture in found.captures] == ["With papers", "قرار"]
    assert found.captures[0].original == message.as_bytes()
    assert found.captures[1].original.startswith(b"%PDF")
    assert found.notes == ("Attached to it and left out: table.xls.",)


def test_every_mail_of_a_mailbox_is_an_item(worker):
    box = b"".join(b"From - Thu Mar  5 10:00:00 2026\n" + mail(f"Mail {number}").as_bytes() + b"\n" for number in range(3))
    assert [capture.item.title for capture in delivered(worker, box, "box").captures] == ["Mail 0", "Mail 1", "Mail 2"]


def test_a_web_archives_pages_are_items_with_their_address_and_moment(worker):
    records = [warc_record(f"https://gazette.example/{number}", page(f"Page {number}")) for number in range(2)]
    records.append(warc_record("https://gazette.example/gone", page(), status="404 Not Found"))
    records.append(warc_record("https://gazette.example/x.png", bytes(900), kind="image/png"))
    found = delivered(worker, b"".join(map(gzip.compress, records)), "a.warc.gz")
    assert [capture.item.url for capture in found.captures] == ["https://gazette.example/0", "https://gazette.example/1"]
    assert {capture.item.origins["saved"] for capture in found.captures} == {"2026-03-05T09:00:00+00:00"}
    assert found.captures[0].original == page("Page 0")
    listed = json.dumps({"url": "https://gazette.example/1"})
    wacz = zipped({"datapackage.json": "{}", "archive/a.warc": b"".join(records), "pages/pages.jsonl": listed})
    assert [capture.item.url for capture in delivered(worker, wacz, "a.wacz").captures] == ["https://gazette.example/1"]


def test_a_broken_file_in_an_archive_keeps_no_other_out(worker):
    found = delivered(
        worker, zipped({"a.html": page("A"), "b.pdf": b"%PDF-1.7 no", "c.txt": "Words.", "d_files/x.html": page()}), "a.zip"
    )
    assert [capture.item.title for capture in found.captures] == ["A", "Words."]
    assert len(found.notes) == 1
    assert found.notes[0].startswith("b.pdf could not be read.")


@pytest.mark.parametrize(
    ("data", "links"),
    [
        (b"[InternetShortcut]\r\nURL=https://gazette.example/a\r\n", [("https://gazette.example/a", "x")]),
        (plistlib.dumps({"URL": "https://gazette.example/a"}), [("https://gazette.example/a", "x")]),
        (b"[Desktop Entry]\nType=Link\nName=Lock\nURL=https://gazette.example/a\n", [("https://gazette.example/a", "Lock")]),
        (
            b'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p><DT><A HREF="https://gazette.example/?a=1&amp;copy=2">A &amp; B</A>\n'
            b'<DT><A HREF="javascript:x()">no</A><DT><A HREF="https://gazette.example/?a=1&amp;copy=2">again</A>',
            [("https://gazette.example/?a=1&copy=2", "A & B")],
        ),
        (
            json.dumps(
                {"roots": {"bookmark_bar": {"children": [{"name": "水門", "url": "https://gazette.example/c"}]}}}
            ).encode(),
            [("https://gazette.example/c", "水門")],
        ),
        (
            json.dumps(
                {"type": "text/x-moz-place-container", "children": [{"title": "F", "uri": "https://gazette.example/f"}]}
            ).encode(),
            [("https://gazette.example/f", "F")],
        ),
        (
            plistlib.dumps(
                {
                    "WebBookmarkType": "List",
                    "Children": [{"URLString": "https://gazette.example/s", "URIDictionary": {"title": "S"}}],
                }
            ),
            [("https://gazette.example/s", "S")],
        ),
    ],
)
def test_link_files_and_bookmarks_bring_addresses(worker, data, links):
    found = delivered(worker, data, "x")
    assert [(link.url, link.title) for link in found.links] == links
    assert found.captures == ()


def test_a_large_file_comes_in_batches_that_leave_nothing_out_and_double_nothing(monkeypatch):
    monkeypatch.setattr(unpacking, "BATCH_BYTES", 1_000)
    data = zipped({f"{number:02}.txt": f"Title {number}\n\n{LINES[0]}" for number in range(20)})
    titles, start, rounds = [], 0, 0
    while start is not None:
        delivery = delivery_of(Arrival(data=data, captured=CAPTURED, name="a.zip"), start)
        titles += [capture.item.title for capture in delivery.captures]
        start, rounds = delivery.after, rounds + 1
    assert titles == [f"Title {number}" for number in range(20)]
    assert rounds > 3


class _Hanging(ReadingWorker):
    """A worker whose part 7 hangs: whatever asks for it is stopped."""

    def ask(self, job, data, known, **options):
        if known["start"] <= 7 < known["start"] + known["most"]:
            raise StoppedError("This page could not be read", "It was not done within 20 seconds.")
        return super().ask(job, data, known, **options)


def test_a_part_that_hangs_costs_only_itself():
    data = zipped({f"{number:02}.txt": f"Title {number}\n\n{LINES[0]}" for number in range(20)})
    with _Hanging() as worker:
        found = list(deliveries(worker, data, captured=CAPTURED, name="a.zip"))
    titles = [capture.item.title for delivery in found for capture in delivery.captures]
    assert titles == [f"Title {number}" for number in range(20) if number != 7]
    assert [note for delivery in found for note in delivery.notes] == [
        "Part 8 of a.zip could not be read. It was not done within 20 seconds."
    ]


def test_a_link_file_to_no_page_says_where_it_leads(worker):
    with pytest.raises(ReadError, match="javascript:"):
        delivered(worker, b"[InternetShortcut]\r\nURL=javascript:alert(1)\r\n", "x.url")


def test_a_packed_page_is_unpacked_and_one_that_was_cut_off_gives_its_beginning(worker):
    packed = gzip.compress(page(lines=[f"{number}. {LINES[number % 3]}" for number in range(300)]))
    whole = delivered(worker, packed, "lock.html.gz")
    assert [capture.item.title for capture in whole.captures] == ["A lock opens"]
    assert whole.notes == ()
    for name in ("lock.html.gz", "lock.html"):
        cut = delivered(worker, packed[: len(packed) // 2], name)
        assert "1. “We waited for two harvests”" in cut.captures[0].item.text
        assert "299." not in cut.captures[0].item.text
        assert "only its beginning could be read" in cut.notes[0]


def test_a_packed_bomb_and_packed_rubbish_are_refused_with_the_cause(worker):
    bomb = gzip.compress(b"<p>a</p>" * (8 * 1024 * 1024))
    with pytest.raises(ReadError, match="unpacks to more than 48 MB"):
        delivered(worker, bomb, "bomb.html.gz")
    with pytest.raises(ReadError, match="damaged or cut off"):
        delivered(worker, b"\x1f\x8b\x08\x00rubbish", "page.html.gz")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "words in pictures are not read"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as .docx"),
    ],
    ids=["picture", "old office file"],
)
def test_what_cannot_be_read_is_told_with_the_way_out(worker, data, told):
    with pytest.raises(ReadError, match=told):
        delivered(worker, data, "strange")
