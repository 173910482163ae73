"""Bytes that the fuzzer found, each of which brought out something else than an item or a reason in our own words."""

from datetime import UTC, datetime

import pytest

from workstation.ingest.arrival import Arrival
from workstation.ingest.dates import iso_date
from workstation.ingest.fetch import _wait
from workstation.ingest.icons import decode
from workstation.ingest.mail import header_text
from workstation.ingest.reading import read
from workstation.ingest.unpacking import items

CAPTURED = datetime(2026, 3, 9, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize("value", ["=?iso-8\u0192859-1?q?Caf=E9?=", "=?utf-\u00e1?b?QQ==?="])
def test_a_charset_that_no_name_can_be_leaves_the_header_as_it_is(value):
    assert header_text(value) == value


def test_a_charset_with_a_nul_in_it_is_none():
    head = b'From: a@b.example\r\nSubject: Locks\r\nContent-Type: text/plain; charset="a\0b"\r\n\r\n'
    item = read(head + b"The first ferry left at dawn.\r\n", captured=CAPTURED, name="a.eml").item
    assert item.title == "Locks"


def test_a_mailbox_without_a_line_between_its_mails_is_one_mail():
    mail = b"From a Thu\r\nFrom: a@b.example\r\nSubject: Locks\r\n\r\nThe first ferry left at dawn.\r\n"
    answer, _ = items(mail, {"captured": CAPTURED.isoformat(), "name": "a.mbox"})
    assert len(answer["captures"]) == 1


@pytest.mark.parametrize(
    "written",
    ["Thu, 05 Mar 99999999999 10:00:00 +0100", "Thu, 5 Mar 2026 99999999999:00:00", "5 Mar 2026 10:00:00 +9999999999"],
)
def test_a_number_beyond_all_in_a_date_is_passed_over(written):
    assert iso_date(written, captured=CAPTURED) in (None, "2026-03-05")
    assert _wait(written) is None


def test_a_damaged_avif_is_no_icon():
    avif = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + b"\0\0\0\x10meta" + bytes(40)
    assert decode(avif) is None
    assert Arrival(data=avif, captured=CAPTURED).name == ""
