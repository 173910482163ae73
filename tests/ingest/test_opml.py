"""Lists of feeds, in and out."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import ReadError
from workstation.ingest.opml import opml, read_opml, write_opml
from workstation.ingest.outlines import FOLDER_SIGN, Outline, outlines_of

MADE = datetime(2026, 3, 2, tzinfo=UTC)
NESTED = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.0"><head><title>Mine</title></head><body>
<outline text="Asia &amp; Pacific"><outline title="Press"><outline type="rss" text="Gazette &lt;1&gt;"
 xmlUrl="https://g.example/feed?a=1&amp;b=2" htmlUrl="https://g.example/"/></outline>
<outline text="Twice" xmlUrl="https://t.example/feed"/></outline>
<outline text="Again" xmlUrl=" https://t.example/feed "/><outline text="By feed scheme" xmlurl="feed://f.example/rss"/>
<outline text="Not an address" type="rss" xmlUrl="javascript:alert(1)"/>
<outline text="Nothing at all" type="rss"/><outline text="Empty folder"/>
</body></opml>"""


def test_nested_outlines_are_folders_doubles_fall_out_and_broken_ones_are_told() -> None:
    found = outlines_of(opml(NESTED, {})[0])
    assert [(one.url, one.title, one.folder, one.home) for one in found.outlines] == [
        ("https://g.example/feed?a=1&b=2", "Gazette <1>", "Asia & Pacific / Press", "https://g.example/"),
        ("https://t.example/feed", "Twice", "Asia & Pacific", None),
        ("https://f.example/rss", "By feed scheme", "", None),
    ]
    assert found.broken == ("Not an address", "Nothing at all")


def test_a_list_with_stray_ampersands_and_another_encoding_is_read_all_the_same() -> None:
    data = '<opml><body><outline text="Café & Hafen" xmlUrl="https://c.example/f?a=1&b=2"/></body></opml>'.encode("cp1252")
    (outline,) = read_opml(data).outlines
    assert (outline.title, outline.url) == ("Café & Hafen", "https://c.example/f?a=1&b=2")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<opml><body>",
        b"<opml version='2.0'><head/></opml>",
        b"<rss><channel/></rss>",
        b'<!DOCTYPE opml [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://x.example"/></body></opml>',
        b'<!DOCTYPE opml [<!ENTITY x SYSTEM "file:///etc/passwd">]><opml><body><outline text="&x;" xmlUrl="https://x.example"/></body></opml>',
    ],
)
def test_what_is_no_list_or_is_built_to_do_harm_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError):
        read_opml(data)


def test_a_list_nested_without_end_ends() -> None:
    deep = "<outline text='a'>" * 3_000 + "<outline text='x' xmlUrl='https://x.example/'/>" + "</outline>" * 3_000
    assert read_opml(f"<opml><body>{deep}</body></opml>".encode()).outlines == ()


_name = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).map(
    lambda text: " ".join(text.replace("/", "").replace("\xad", "").split())
)
_sound = _name.filter(lambda name: bool(name) and name.isprintable())
_outline = st.builds(
    Outline,
    url=st.integers(0, 10**6).map(lambda number: f"https://o.example/{number}?a=1&b=“2”".replace("“", "").replace("”", "")),
    title=_sound,
    home=st.none() | st.just("https://o.example/é?x&y"),
    folder=st.lists(_sound, max_size=3).map(FOLDER_SIGN.join),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_outline, max_size=8, unique_by=lambda one: one.url))
def test_a_list_that_was_written_is_read_back_whole(outlines: list[Outline]) -> None:
    from workstation.ingest.plain import one_line

    plain = [
        Outline(
            url=one.url,
            title=one_line(one.title),
            home=one.home,
            folder=FOLDER_SIGN.join(one_line(part) for part in one.folder.split(FOLDER_SIGN) if part),
        )
        for one in outlines
        if one_line(one.title)
    ]
    back = read_opml(write_opml(plain, "Feeds", MADE))
    assert back.broken == ()
    assert sorted(back.outlines, key=lambda one: one.url) == sorted(plain, key=lambda one: one.url)
