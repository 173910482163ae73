"""The feed of one story: well-formed, valid by the rules of RSS 2.0, and read by feedparser and by our own reader of feeds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree

from tests.render.held import addresses, links_of, lost, phrases
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import misread, text_only
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.ingest import feeds
from workstation.ingest.feed_readings import FeedReading
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, LeadPlace, Terms
from workstation.render.words.characters import one_line

CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
ATOM = "{http://www.w3.org/2005/Atom}"
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} [\d:]{8} [+-]\d{4}"
)
CHANNEL = {"title", "link", "description", "language", "lastBuildDate", f"{ATOM}link", "item"}
ONCE = {"title", "link", "description", "guid", "pubDate", "enclosure", CONTENT}
BODY = Terms(lead=LeadPlace.BODY)

Pictures = Mapping[str, Picture]


@pytest.fixture
def house(publication: Publication) -> Publication:
    return replace(publication, address="https://lantern.example/{year}/{slug}")


def feed(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> Any:
    """The root of the feed, after it was held against the rules."""
    root = etree.fromstring(render("rss", story, publication, pictures, terms).text.encode())
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    (channel,) = root
    (item,) = channel.findall("item")
    names = [child.tag for child in channel]
    assert set(names) <= CHANNEL
    assert len(names) == len(set(names))
    assert {"title", "link", "description"} <= set(names)
    own = [child.tag for child in item if child.tag in ONCE]
    assert len(own) == len(set(own))
    assert item.findtext("title") or item.findtext("description")
    for element in root.iter():
        if element.tag in ("link", "enclosure", f"{MEDIA}content", f"{ATOM}link"):
            address = element.get("url") or element.get("href") or element.text
            assert address.isascii()
            assert urlsplit(address).scheme in ("http", "https", "urn")
        if element.tag in ("pubDate", "lastBuildDate"):
            assert RFC_822.fullmatch(element.text)
        if element.tag in ("enclosure", f"{MEDIA}content"):
            assert element.get("type").startswith("image/")
            assert int(element.get("length") or element.get("fileSize")) > 0
    guid = item.find("guid")
    assert guid.get("isPermaLink") == ("true" if guid.text.startswith("http") else "false")
    return root


@pytest.mark.parametrize("terms", [PLAIN, BODY])
@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_a_valid_feed_that_holds_every_word_and_address(
    name: str, terms: Terms, publication: Publication, house: Publication
) -> None:
    story = odd_story(name)
    for printed_in in (publication, house):
        html = feed(story, printed_in, odd_pictures(name), terms).findtext(f"channel/item/{CONTENT}") or ""
        assert misread(text_only(html), phrases(story, publication)) == []
        assert lost(links_of(html), addresses(story)) == []
        assert 'src="https://' in html or "<img" not in html


@pytest.mark.parametrize("name", NAMES)
def test_feedparser_finds_nothing_to_complain_of(name: str, house: Publication) -> None:
    story = odd_story(name)
    read = feedparser.parse(render("rss", story, house, odd_pictures(name)).files[f"{story.slug}.rss.xml"])
    assert not read.bozo, read.get("bozo_exception")
    (entry,) = read.entries
    if story.first_published:
        assert entry.link == entry.id == f"https://lantern.example/{story.first_published.year}/{story.slug}"
        assert len(entry.enclosures) == (story.lead_image is not None and story.lead_image.file in odd_pictures(name))
    else:
        assert entry.id.startswith("urn:uuid:")


@pytest.mark.parametrize("name", NAMES)
def test_our_own_reader_reads_the_same_words_back(name: str, house: Publication) -> None:
    story = odd_story(name)
    data = render("rss", story, house, odd_pictures(name)).files[f"{story.slug}.rss.xml"]
    reading = feeds.read(data, captured=datetime(2031, 3, 3, tzinfo=UTC), url="https://lantern.example/feed")
    assert isinstance(reading, FeedReading)
    (item,) = reading.items
    words = [phrase.replace("\ufeff", "") for phrase in phrases(story, house)]  # the reader takes byte order marks out of texts
    assert misread(item.text, words) == []
    assert misread(item.title, [re.split("[<&]", one_line(story.headline)[:400])[0]]) == []
    if story.first_published:
        assert item.published
        assert datetime.fromisoformat(item.published) == story.first_published


def test_times_carry_the_storys_own_offset(story: Story, publication: Publication) -> None:
    item = feed(story, publication, {}).find("channel/item")
    assert item.findtext("pubDate") == "Thu, 03 Jul 2031 03:05:00 -0400"
    assert parsedate_to_datetime(item.findtext("pubDate")) == story.first_published
    assert item.findtext(f"{ATOM}updated") == "2031-07-03T07:19:00-04:00"


def test_the_lead_image_is_enclosed_with_its_words_where_its_address_is_known(
    story: Story, publication: Publication, house: Publication, pictures: Pictures
) -> None:
    item = feed(story, house, pictures).find("channel/item")
    address = "https://lantern.example/2031/orrin-lock-files/lock%20gate.png"
    data = pictures["lock gate.png"].data
    assert dict(item.find("enclosure").attrib) == {"url": address, "length": str(len(data)), "type": "image/png"}
    media = item.find(f"{MEDIA}content")
    assert (media.get("url"), media.get("width"), media.get("height")) == (address, "1200", "800")
    assert media.findtext(f"{MEDIA}credit") == "Kestrel Wire/Pia Lund"
    assert media.findtext(f"{MEDIA}description") == "Two barges wait below a closed lock gate"
    within = feed(story, house, pictures, BODY).find("channel/item")
    assert within.find("enclosure") is None
    assert f'<img src="{address}"' in within.findtext(CONTENT)
    assert feed(story, publication, pictures).find("channel/item/enclosure") is None


def test_a_description_is_html_as_readers_of_feeds_take_it(publication: Publication) -> None:
    item = feed(odd_story("quotes-in-attributes"), publication, {}).find("channel/item")
    assert item.findtext("title") == odd_story("quotes-in-attributes").headline
    assert item.findtext("description").startswith("&#34;She said &#39;no&#39; &amp; left")


def test_a_house_without_any_address_still_has_a_valid_channel(story: Story, publication: Publication) -> None:
    bare = replace(publication, editions=(), name="", rubric="", tagline="")
    channel = feed(story, bare, {}).find("channel")
    assert channel.findtext("link").startswith("urn:uuid:")
    assert channel.findtext("title") == "orrin-lock.rss.xml"


def test_no_plain_text_opens_a_tag_in_a_reader_that_prints_it_as_html(
    story: Story, house: Publication, pictures: Pictures
) -> None:
    attack = "A <svg onload=run()> <3"
    told = replace(story, headline=attack, bylines=(attack,), contributors=(attack,), verticals=(attack,), region=attack)
    root = feed(told, replace(house, name=attack, rubric=attack), pictures)
    assert root.findtext("channel/item/title") == "A < svg onload=run()> <3"
    plain = [element.text or "" for element in root.iter() if element.tag not in {CONTENT, "description"}]
    assert [text for text in plain if "<svg" in text] == []
