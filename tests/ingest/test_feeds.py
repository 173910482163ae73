"""Feeds of every kind, as the worker reads them."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workstation.errors import ReadError
from workstation.ingest import feed_text, feeds
from workstation.ingest.feed_dates import feed_date
from workstation.ingest.feed_language import FeedLanguages
from workstation.ingest.feed_look import looks_like_feed
from workstation.ingest.feed_loose import read_loosely
from workstation.ingest.feed_outlet import outlet_named
from workstation.ingest.feed_readings import FeedReading, PageReading, answer_of, reading_of
from workstation.ingest.markup import bounded, parse
from workstation.ingest.plain import paragraphs

DATA = Path(__file__).parents[1] / "data" / "feeds"
CAPTURED = datetime(2026, 3, 3, tzinfo=UTC)
URL = "https://feed.example/rss"
SAMPLES = sorted(path for path in DATA.iterdir() if not path.name.endswith(".expected.json"))


def read(data: bytes | str, url: str | None = URL) -> FeedReading:
    reading = feeds.read(data.encode() if isinstance(data, str) else data, captured=CAPTURED, url=url)
    assert isinstance(reading, FeedReading)
    return reading


def rss(*items: str, head: str = "<title>Harbour Gazette</title>") -> str:
    whole = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0"><channel>{head}{whole}</channel></rss>'


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_feed_is_read_as_its_author_meant_it(path: Path) -> None:
    expected = json.loads((DATA / f"{path.stem}.expected.json").read_text())
    reading = read(path.read_bytes())
    for name in expected.keys() - {"items"}:
        assert getattr(reading, name) == expected[name], name
    if expected["items"] is None:
        return
    assert len(reading.items) == len(expected["items"])
    for item, wanted in zip(reading.items, expected["items"], strict=True):
        found = {name: getattr(item, "language" if name == "lang" else name) for name in wanted}
        assert found == wanted


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_sample_looks_like_a_feed_before_it_is_read(path: Path) -> None:
    assert looks_like_feed(path.read_bytes())


@pytest.mark.parametrize("name", ["rss-2.0-everything.xml", "atom-1.0.xml", "rss-1.0.rdf", "atom-0.3.xml", "arabic.xml"])
def test_the_fast_reader_and_feedparser_agree_to_the_letter(name: str) -> None:
    """So that an entry is not taken for a new one when a feed is broken for a day."""
    data = (DATA / name).read_bytes()
    raw = read_loosely(data, URL, None)
    assert raw is not None
    slow, fast = feeds._reading(raw, URL, CAPTURED), read(data)
    assert slow.title == fast.title
    assert [(one.title, one.url, one.text, one.author, one.published) for one in slow.items] == [
        (one.title, one.url, one.text, one.author, one.published) for one in fast.items
    ]


def test_an_entity_bomb_stays_small_and_reads_no_file() -> None:
    (item,) = read((DATA / "entity-bomb.xml").read_bytes()).items
    assert len(item.title) <= 500
    assert "root:" not in item.title + item.text


def test_the_same_entry_has_the_same_key_and_print_and_changed_words_have_another_print() -> None:
    entry = (
        "<guid>1</guid><title>Low water</title><link>https://o.example/1</link><description>{}</description><pubDate>{}</pubDate>"
    )
    (first,) = read(rss(entry.format("It is low.", "Mon, 02 Mar 2026 09:10:00 GMT"))).items
    (touched,) = read(rss(entry.format("<![CDATA[<p>It is low.</p>]]>", "Tue, 03 Mar 2026 09:10:00 GMT"))).items
    (changed,) = read(rss(entry.format("It is lower.", "Mon, 02 Mar 2026 09:10:00 GMT"))).items
    assert first.key == touched.key == changed.key
    assert first.print == touched.print != changed.print
    assert first.item != changed.item


def test_an_entry_that_stands_twice_in_a_feed_is_read_once() -> None:
    entry = "<guid>1</guid><title>Low water</title><description>{}</description>"
    assert [one.text for one in read(rss(entry.format("Newest."), entry.format("Older."))).items] == ["Newest."]


def test_an_entry_of_neither_words_nor_address_is_nothing() -> None:
    assert read(rss("<guid isPermaLink='false'>1</guid><description> </description>")).items == ()


def test_what_was_read_survives_the_way_from_the_worker() -> None:
    reading = read((DATA / "atom-1.0.xml").read_bytes())
    assert reading_of(json.loads(json.dumps(answer_of(reading)))) == reading


def test_the_original_keeps_the_markup_pictures_and_files_of_an_entry() -> None:
    item = read((DATA / "rss-2.0-everything.xml").read_bytes()).items[0]
    kept = json.loads(item.original)
    assert "<script>alert(1)</script>" in kept["content"]
    assert kept["summary"] == "The short of it."
    assert kept["enclosures"] == [{"url": "https://harbourgazette.example/a.mp3", "type": "audio/mpeg", "length": "5"}]
    assert kept["image"] == "https://harbourgazette.example/t.jpg"


# --- no feeds ------------------------------------------------------------------------------------------------------

PAGE = """<!DOCTYPE html><html><head><title>Harbour Gazette</title><base href="/en/">
<link rel="alternate" type="application/rss+xml" title="Comments feed" href="comments">
<link rel="alternate" type="application/atom+xml" title="World" href="/world.atom">
<link rel="alternate" hreflang="fr" href="/fr"><link rel="alternate" type="application/json+oembed" href="/oembed">
<link rel="alternate" type="application/feed+json" href="feed.json"></head><body><a href="/rss">RSS</a></body></html>"""


def test_a_page_in_the_place_of_a_feed_names_its_feeds_with_the_comments_last() -> None:
    page = feeds.read(PAGE.encode(), captured=CAPTURED, url="https://gazette.example/news/")
    assert isinstance(page, PageReading)
    assert page.title == "Harbour Gazette"
    assert [(offer.url, offer.title, offer.kind) for offer in page.offers] == [
        ("https://gazette.example/world.atom", "World", "Atom"),
        ("https://gazette.example/en/feed.json", "", "JSON Feed"),
        ("https://gazette.example/en/comments", "Comments feed", "RSS"),
    ]


def test_a_page_that_only_links_to_its_feeds_names_them_too() -> None:
    page = "<html><body><a href='/about'>About</a><a href='/news/rss.xml'>All <b>news</b></a><a href='feed:https://o.example/f'>F</a></body>"
    reading = feeds.read(page.encode(), captured=CAPTURED, url="https://gazette.example/")
    assert isinstance(reading, PageReading)
    assert [offer.url for offer in reading.offers] == ["https://gazette.example/news/rss.xml", "https://o.example/f"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "neither RSS"),
        (b"<opml version='2.0'><body/></opml>", "list of feeds"),
        (b'{"items": 4}', "not a JSON Feed"),
        (b"Just some words.", "neither RSS"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "neither RSS"),
    ],
)
def test_what_is_no_feed_is_told_with_its_reason(data: bytes, told: str) -> None:
    with pytest.raises(ReadError) as caught:
        feeds.read(data, captured=CAPTURED)
    assert told in caught.value.detail
    assert not looks_like_feed(data)


def test_an_article_about_feeds_does_not_look_like_one() -> None:
    assert not looks_like_feed(
        b"<!doctype html><html><body><p>Write &lt;rss&gt; so: <code><rss version='2.0'></code></p></body></html>"
    )
    assert not looks_like_feed(b'{"version": "1.0", "items": []}')


def test_a_feed_nested_deeper_than_any_real_one_is_read_or_refused_soon() -> None:
    deep = rss(f"<title>Deep</title><description><![CDATA[{'<div>' * 60_000}words]]></description>")
    (item,) = read(deep).items
    assert item.text in ("words", "")
    nested = f"<rss><channel><title>x</title>{'<item>' * 5_000}</channel></rss>"
    with suppress(ReadError):
        read(nested)


# --- parts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Mon, 02 Mar 2026 09:10:00 GMT", "2026-03-02T09:10:00+00:00"),
        ("Mon, 02 Mar 2026 09:10:00 -0800", "2026-03-02T09:10:00-08:00"),
        ("Monday, 2 March 2026, 9:10 pm PDT", "2026-03-02T21:10:00-07:00"),
        ("02 Mar 26 24:00:00 Z", "2026-03-03T00:00:00+00:00"),
        ("2-Mar-2026 09:10 GMT+2", "2026-03-02T09:10:00+02:00"),
        ("2026-03-02T09:10:00.250Z", "2026-03-02T09:10:00+00:00"),
        ("2026-03-02 09:10:00 +0530", "2026-03-02T09:10:00+05:30"),
        ("2026-03-02T09:10", "2026-03-02T09:10:00+00:00"),
        ("2026-03-02", "2026-03-02"),
        ("02 Mar 2026", "2026-03-02"),
        ("Mon Mar  2 09:10:00 2026", "2026-03-02T09:10:00+00:00"),
        ("2026년 03월 02일 오전 9:10:00", None),
        ("Mon, 02 Mar 2036 09:10:00 GMT", None),
        ("31 Feb 2026 09:10:00 GMT", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_understood_in_the_forms_that_feeds_have_them_in(written: str, meant: str | None) -> None:
    found = feed_date(written, CAPTURED)
    assert found == meant or (meant is None and "2026년" in written and found is not None)


def test_each_entry_has_its_own_language_in_a_feed_of_several() -> None:
    english = "The council met on Thursday and the miller said that nobody would pay for the ice that the gates hold back."
    french = "Le conseil s'est réuni jeudi et le meunier a dit que personne ne paierait pour la glace retenue par les portes."
    languages = FeedLanguages("en")
    assert [languages.of(text) for text in [english] * 8 + [french, english, french]] == ["en"] * 8 + ["fr", "en", "fr"]
    assert FeedLanguages("en").of(french) == "fr"
    assert (
        FeedLanguages("pt").of("El consejo se reunió el jueves y el molinero dijo que nadie pagará por el hielo del río.") == "es"
    )


@pytest.mark.parametrize(
    ("title", "domain", "outlet"),
    [
        ("Harbour Gazette - World", "harbourgazette.example", "Harbour Gazette"),
        ("World news | The Lantern", "thelantern.example", "The Lantern"),
        ("RSS: Harbour Bell", None, "Harbour Bell"),
        ("", "bell.example", "bell.example"),
        ("River-Post", "news.example", "River-Post"),
    ],
)
def test_the_outlet_is_the_part_of_the_title_that_the_domain_spells(title: str, domain: str | None, outlet: str) -> None:
    assert outlet_named(title, domain) == outlet


_pieces = st.sampled_from(
    [
        "<p>", "</p>", "<br>", "<br/>", "<b class='x'>", "</b>", '<a href="https://o.example/?a=1&amp;b=2">', "</a>", "<li>",
        "<h2>", "<img alt='a > b'>", "<!-- <p> -->", "<script>p</script>", "&amp;", "&lt;i&gt;", "&nbsp;", "&#8217;", " words",
        "river\n", "lock", "\t", "é", "<DIV>", "3 < 4", "</div>",
    ]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_pieces, max_size=12))
def test_the_short_way_to_the_words_of_an_entry_gives_the_words_that_the_tree_gives(pieces: list[str]) -> None:
    """Where markup is broken the two may end a paragraph at different places; no letter may differ."""
    markup = "".join(pieces)
    simple = feed_text._simply(markup)
    tree = parse(f"<div>{bounded(markup)}</div>")
    if simple is not None and tree is not None:
        assert "".join(simple.split()) == "".join("".join(feed_text._told(tree)).split())


def test_the_short_way_ends_paragraphs_where_the_tree_does() -> None:
    markup = "<div><p>One <b>bold</b> word.</p>\n<p>Two<br>lines</p><ul><li>a</li><li>b &amp; c</li></ul>tail</div>"
    simple = feed_text._simply(markup)
    assert simple is not None
    assert paragraphs(simple) == "One bold word.\nTwo\nlines\na\nb & c\ntail"
    assert paragraphs("".join(feed_text._told(parse(bounded(markup))))) == paragraphs(simple)


def test_a_json_feed_that_tells_of_a_page_is_no_page() -> None:
    entry = {"id": "1", "title": "How to begin a page: <html><body onload=x>", "content_html": "<p>The ferry left on time.</p>"}
    reading = read(json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "<body>Tides", "items": [entry]}))
    assert len(reading.items) == 1
