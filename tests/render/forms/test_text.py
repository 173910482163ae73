"""The profile text: the words alone, whole and in order, with every address."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import datetime

import pytest

from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import misread
from workstation.domain.body import Body, read_html
from workstation.domain.correction import Correction
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.render.profiles import render
from workstation.render.words.addresses import address
from workstation.render.words.plain import text_below_headline
from workstation.render.words.running_order import running_order

HOUSE = Publication(name="The Lantern", time_zone="Europe/Lisbon")


def text_of(html: str) -> str:
    """The text of a story whose news is this, without the two lines above it."""
    story = Story(slug="a", headline="b", news=read_html(html).body)
    return render("text", story, HOUSE, {}).text.removeprefix("b\n\nThe News\n\n").removesuffix("\n")


def test_neighbouring_paragraphs_of_a_quotation_stay_one_quotation() -> None:
    html = "<p>x</p><blockquote><p>One.</p><p>Two<br>lines.</p><ul><li>a</li><li>b</li></ul></blockquote><p>y</p>"
    assert text_of(html) == "x\n\n> One.\n>\n> Two\n> lines.\n>\n> • a\n> • b\n\ny"


def test_two_lists_stay_two_lists_and_a_broken_item_hangs() -> None:
    html = "<ul><li>a<br>b</li><li>c</li></ul><ol><li>d</li><li>e<br>f</li></ol>"
    assert text_of(html) == "• a\n  b\n• c\n\n1. d\n2. e\n   f"


def test_a_long_paragraph_is_one_line() -> None:
    assert text_of(f"<p>{'word ' * 400}</p>").count("\n") == 0


def test_the_words_stay_whole_and_where_they_lead_stands_below() -> None:
    html = (
        '<p>He “left <a href="https://a.example/x">the <strong>gate</strong></a> open”.</p>'
        '<p><a href="https://a.example/x">Again</a>, and <a href="https://b.example/">https://b.example/</a></p>'
    )
    assert text_of(html) == ("He “left the gate open”.\n\nAgain, and https://b.example/\n\n→ the gate: https://a.example/x")


def test_an_address_of_the_sources_is_not_told_twice() -> None:
    body = read_html('<p><a href="https://a.example/">It</a> said <a href="https://b.example/">so</a>.</p>').body
    card = SignalCard(headline="c", sources=(Source(name="A", url="https://a.example/"),), body=body)
    text = render("text", Story(slug="a", headline="b", signals=(card,)), HOUSE, {}).text
    assert text.endswith("c\n\nSource: A (https://a.example/)\n\nIt said so.\n\n→ so: https://b.example/\n")


def test_corrections_stand_below_the_story_with_their_time() -> None:
    made = datetime.fromisoformat("2031-07-04T10:00:00+01:00")
    corrections = (Correction(made, "The toll is 40 crowns,\nnot 14."), Correction(made, " "))
    story = Story(slug="a", headline="b", corrections=corrections, contributors=("Nadia Quill",))
    assert render("text", story, HOUSE, {}).text.endswith(
        "\n\nCorrection, Jul 4, 2031, 10:00am WEST: The toll is 40 crowns, not 14.\n\nContributors: Nadia Quill\n"
    )


def test_what_goes_below_a_headline_begins_with_the_sponsor_and_the_insights_line(story: Story, publication: Publication) -> None:
    sponsor, insights, news, opening = text_below_headline(running_order(story, publication)).split("\n\n")[:4]
    assert sponsor == "Sponsored by Orrin Savings & Loan"
    assert insights.startswith("Insights from The Harbour Ledger, ")
    assert (news, opening[:17]) == ("The News", "The lock at Orrin")


@pytest.mark.parametrize("form", ["text", "email"])
def test_a_byline_says_by_once(form: str, story: Story, publication: Publication) -> None:
    house = replace(publication, labels=Labels(byline="By"))
    for text in render(form, story, house, {}).files.values():
        assert b"By By" not in text


@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_read_whole_and_in_order(name: str, publication: Publication) -> None:
    story = odd_story(name)
    text = render("text", story, publication, odd_pictures(name)).text
    assert text == unicodedata.normalize("NFC", text)
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    told = [story.headline, *_lines(story.news)]
    for card in story.signals:
        told += [card.headline, *(source.printed for source in card.sources if source.name.strip()), *_lines(card.body)]
    assert misread(text, [unicodedata.normalize("NFC", phrase) for phrase in told]) == []
    links = [link for body in (story.news, *(card.body for card in story.signals)) for link in body.links]
    links += [source.url for card in story.signals for source in card.sources if source.url and source.name.strip()]
    assert [link for link in map(address, links) if link and link not in text] == []


def _lines(body: Body) -> list[str]:
    return [line for block in body.blocks for line in block.text.split("\n")]
