import subprocess
import sys
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.domain.item import item_id
from workstation.errors import ReadError
from workstation.ingest.kinds import SUFFIXES
from workstation.ingest.reading import READERS, pasted, read

CAPTURED = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TEXT = "Ferry line opens\r\n\r\nThe first ferry left the old harbour of Vell at dawn on Monday.\r\n  A second boat will follow.  "
LINES = "Ferry line opens\nThe first ferry left the old harbour of Vell at dawn on Monday.\nA second boat will follow."
PAGE = b"<!doctype html><title>Ferry line opens</title><p>The first ferry left the old harbour of Vell at dawn on Monday.</p>"

PIECES = ["<p>", "</p>", "<div>", "<table>", "<tr><td>", "<script>", "</script>", "<!--", "-->", "<li>", "word", "&amp;", "&#0;"]
PIECES += ["<a href='", '"', "<svg>", "<title>", "</title>", "<h1>", "<br>", "</html>"]

MARKDOWN = """---
title: "Ferry line opens"
author: Mara Lind and Jon Berg
date: 2026-03-01
outlet: Harbour Post
lang: en-IE
country: ie
url: https://harbourpost.example/ferry
password: hidden
---
# Another heading

The *first* ferry left the [old harbour](https://x.example "t") of `Vell` at
dawn on Monday.

- forty **people**
- two goats <b onclick=alert(1)>aboard</b>

| boat | seats |
|---|---|
| first | 40 |

<script>alert(1)</script>
<p>A second boat &amp; a third.</p>
"""


def item(data, **options):
    return read(data, captured=CAPTURED, **options).item


def test_plain_text_becomes_an_item_titled_by_its_first_line():
    found = item(TEXT.encode(), name="ferry.txt")
    assert (found.title, found.text, found.language, found.media_type) == ("Ferry line opens", LINES, "en", "text/plain")


def test_pasted_text_becomes_an_item_that_keeps_what_was_pasted():
    capture = pasted(TEXT, captured=CAPTURED)
    assert (capture.item.title, capture.item.text, capture.original) == ("Ferry line opens", LINES, TEXT.encode())
    assert (capture.item.url, capture.item.outlet, capture.item.author) == (None, "", None)


def test_an_item_knows_its_bytes_and_its_moment():
    found = item(PAGE, url="https://harbourpost.example/ferry")
    assert (found.sha256, found.captured) == (sha256(PAGE).hexdigest(), CAPTURED)
    assert found.id == item_id(PAGE, "https://harbourpost.example/ferry")


def test_markdown_loses_its_marks_and_its_front_matter_is_honoured():
    found = item(MARKDOWN.encode(), name="ferry.md")
    assert found.text.split("\n") == [
        "The first ferry left the old harbour of Vell at dawn on Monday.",
        "forty people",
        "two goats aboard",
        "boat", "seats", "first", "40",
        "A second boat & a third.",
    ]  # fmt: skip
    assert (found.title, found.author, found.published, found.outlet) == (
        "Ferry line opens",
        "Mara Lind, Jon Berg",
        "2026-03-01",
        "Harbour Post",
    )
    assert (found.language, found.country, found.url) == ("en", "IE", "https://harbourpost.example/ferry")
    assert {found.origins[field] for field in ("title", "author", "outlet", "language", "url")} == {"front matter"}


def test_markdown_without_front_matter_is_titled_by_its_heading():
    found = item(b"# Ferry line opens\n\nThe first ferry left the old harbour at dawn.", name="x.md")
    assert (found.title, found.text, found.origins["title"]) == (
        "Ferry line opens",
        "The first ferry left the old harbour at dawn.",
        "heading",
    )


@pytest.mark.parametrize(
    ("options", "media_type"),
    [
        ({"name": "a.html"}, "text/html"),
        ({"name": "a.HTM"}, "text/html"),
        ({"name": "a.md"}, "text/markdown"),
        ({"name": "a.txt"}, "text/plain"),
        ({"media_type": "text/html; charset=utf-8"}, "text/html"),
        ({"media_type": "application/octet-stream"}, "text/html"),
        ({"media_type": "text/plain", "url": "https://x.example/notes.md"}, "text/markdown"),
        ({"url": "https://x.example/a"}, "text/html"),
        ({}, "text/html"),
    ],
)
def test_the_reader_is_chosen_by_declaration_then_name_then_look(options, media_type):
    assert item(PAGE, **options).media_type == media_type


@pytest.mark.parametrize(
    ("data", "options"),
    [
        (b"", {"name": "a.html"}),
        (b" \n ", {"name": "a.txt"}),
        (b"-- ** --", {"name": "a.txt"}),
        (b"word " * 900_000, {"name": "a.txt"}),
        (b"word " * 900_000, {"name": "a.md"}),
        (b"# \n\n***", {"name": "a.md"}),
        (b"%PDF-1.7 ...", {"name": "a.html"}),
        (b"\x89PNG\r\n\x1a\n....", {}),
        (bytes(range(256)) * 20, {"name": "a.html"}),
        (b"\x00" * 5000, {"name": "a.txt"}),
        (PAGE, {"media_type": "image/png"}),
        (PAGE, {"media_type": "application/pdf"}),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_cause_and_a_mend(data, options):
    with pytest.raises(ReadError) as refused:
        read(data, captured=CAPTURED, **options)
    assert refused.value.title
    assert refused.value.detail.endswith(".")


def test_every_reader_has_endings_and_media_types_and_can_be_loaded():
    assert {".html", ".htm", ".txt", ".md"} <= set(SUFFIXES)
    for reader in READERS.values():
        assert callable(reader.load())
        assert reader.media_type


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.html", "a.txt", "a.md", ""]))
def test_any_bytes_become_an_item_or_a_refusal(data, name):
    try:
        found = item(data, name=name)
    except ReadError:
        return
    assert found.title or found.text
    assert found.sha256 == sha256(data).hexdigest()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<div>",
                "<table>",
                "<tr><td>",
                "<script>",
                "</script>",
                "<!--",
                "-->",
                "<li>",
                "word",
                "&amp;",
                "&#0;",
                "<a",
                "href='",
                '"',
                "<svg>",
                "<title>",
                "</title>",
                "<h1>",
            ]
        ),
        max_size=40,
    )
)
def test_any_markup_becomes_an_item_or_a_refusal(pieces):
    try:
        found = item(" ".join(pieces).encode(), name="a.html")
    except ReadError:
        return
    assert "<p>" not in found.title


def test_the_package_starts_without_its_heavy_libraries():
    heavy = {
        "trafilatura",
        "bs4",
        "lxml",
        "requests",
        "urllib3",
        "numpy",
        "py3langid",
        "PIL",
        "nh3",
        "markdown_it",
        "charset_normalizer",
        "pypdfium2",
        "warcio",
        "striprtf",
        "PySide6",
    }
    modules = "reading, fetch, worker, icons, arrival, deliveries, kinds"
    code = f"import sys; from workstation.ingest import {modules}; print(*sys.modules)"
    loaded = set(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split())
    assert not loaded & heavy


def test_a_page_is_kept_under_the_address_it_calls_itself_only_where_that_names_the_same_article() -> None:
    fetched = "https://gazette.example/p/81234567?session=9"
    for declared, kept in (
        ("https://www.gazette.example/world/river-81234567", "https://www.gazette.example/world/river-81234567"),
        ("https://gazette.example/world", fetched),
        ("https://other.example/p/81234567", fetched),
    ):
        head = f'<title>A river</title><link rel="canonical" href="{declared}">'
        data = f"<html><head>{head}</head><body><article><p>{'The river rose again. ' * 20}</p></article></body></html>"
        assert read(data.encode(), captured=CAPTURED, media_type="text/html", url=fetched).item.url == kept
