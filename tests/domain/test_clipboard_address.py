from __future__ import annotations

import plistlib

import pytest

from workstation.domain.clipboard_address import clipboard_address, is_whole_page

URL = "https://harbourgazette.example/lock?a=b"
WINDOWS = f"Version:0.9\r\nStartHTML:0000000141\r\nSourceURL:{URL}\r\n<html><body><!--StartFragment-->words<!--EndFragment-->"
ARCHIVE = {"WebMainResource": {"WebResourceURL": URL, "WebResourceData": b"<p>words"}}


def address(formats: dict[str, bytes], html: str = "<p>words") -> str | None:
    return clipboard_address(list(formats), formats.__getitem__, html)


@pytest.mark.parametrize(
    "formats",
    [
        {"text/plain": b"words", "chromium/x-source-url": URL.encode()},
        {'application/x-qt-windows-mime;value="HTML Format"': WINDOWS.encode()},
        {"text/x-moz-url-priv": URL.encode("utf-16-le")},
        {"text/x-moz-url-priv": b"\xff\xfe" + f"{URL}\n".encode("utf-16-le")},
        {"text/x-moz-url-priv": b"about:reader?url=https%3A%2F%2Fharbourgazette.example%2Flock%3Fa%3Db&id=1"},
        {"com.trolltech.anymime.org.chromium.source-url": URL.encode()},
        {"com.trolltech.anymime.com.apple.webarchive": plistlib.dumps(ARCHIVE, fmt=plistlib.FMT_BINARY)},
    ],
)
def test_every_browser_says_where_the_words_come_from(formats):
    assert address(formats) == URL


@pytest.mark.parametrize(
    "html",
    [
        WINDOWS,
        f"<!-- saved from url=(0039){URL} --><p>words",
        f'<html><head><base target=_blank href="{URL}"></head><body>words',
        "<base href='https://harbourgazette.example/lock?a&#61;b'>words",
    ],
)
def test_the_html_says_it_too(html):
    assert address({}, html) == URL


@pytest.mark.parametrize(
    "foreign",
    [
        b"file:///home/editor/notes.html",
        b"javascript:alert(1)",
        b"https://editor:secret@a.example/",
        b"https://[",
        b"",
        b"\xff" * 50,
    ],
)
def test_what_is_no_address_of_the_web_is_not_taken(foreign):
    assert address({"chromium/x-source-url": foreign, "com.apple.webarchive": foreign}) is None


def test_a_page_that_quotes_a_header_does_not_name_its_source():
    assert address({}, f"<p>words\nSourceURL:{URL}\n</p>") is None


def test_a_whole_page_is_told_from_a_passage():
    assert is_whole_page(f"<!-- saved from url=(0039){URL} --><html><head></head><body><p>words")
    assert not is_whole_page(WINDOWS)
