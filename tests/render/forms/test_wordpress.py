"""The profile wordpress: blocks that hold the whole story, and the fields of the post."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.render.any_story import links_in, seen, stories, unread, words_in
from tests.render.conftest import png
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, Story
from workstation.render.profiles import render
from workstation.render.rendering import LeadPlace, Terms

Pictures = Mapping[str, Picture]
HOUSE = Publication(name="The Lantern")
LEAD = {"lock gate.png": png(12, 8, "#47636b")}
_DELIMITER = re.compile(r"<!-- (/?)wp:([a-z-]+)( \{[^<>]*?\})? -->")


def blocks(markup: str) -> list[tuple[str, dict[str, Any]]]:
    """The blocks of a text with their attributes; fails where one is not closed or something stands between two."""
    made, opened, at = [], [], 0
    for found in _DELIMITER.finditer(markup):
        between = markup[at : found.start()]
        assert opened or not between.strip(), between
        if found[1]:
            assert opened.pop() == found[2]
        else:
            opened.append(found[2])
            made.append((found[2], json.loads(found[3] or "{}")))
        at = found.end()
    assert not opened
    assert not markup[at:].strip()
    assert markup.count("<!--") == len(_DELIMITER.findall(markup))
    return made


def fields(story: Story, publication: Publication, pictures: Pictures, terms: Terms | None = None) -> dict[str, Any]:
    files = render("wordpress", story, publication, pictures, terms or Terms()).files
    return dict(json.loads(files[f"{story.slug}.wordpress.json"]))


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(story=stories)
def test_any_story_becomes_blocks_with_every_word_and_link_in_order(story: Story) -> None:
    text = render("wordpress", story, HOUSE, LEAD, Terms(lead=LeadPlace.BODY)).text
    blocks(text)
    assert unread(text, story, HOUSE) == []
    assert not re.search(r"[\[\]]", text)


@pytest.mark.parametrize("name", NAMES)
def test_without_its_comments_and_classes_it_is_the_flat_fragment(name: str) -> None:
    story, pictures, terms = odd_story(name), odd_pictures(name), Terms(lead=LeadPlace.BODY)
    text = re.sub(r"<!--.*?-->", "", render("wordpress", story, HOUSE, pictures, terms).text)
    flat = render("fragment", story, HOUSE, pictures, terms).text
    assert _bare(text) == _bare(flat)


def _bare(html: str) -> str:
    """The elements and words of flat HTML, with addresses and alternative texts; no spans, no white space between."""
    without = re.sub(r"</?span[^>]*>|\s(lang|dir|class|width|height)=\"[^\"]*\"|/(?=>)", "", html)
    return unescape(re.sub(r"\s*(</?(p|h2|ul|ol|li|blockquote|figure|figcaption)>)\s*", r"\1", without)).strip()


def test_the_lead_image_is_featured_or_a_block_and_never_both(story: Story, publication: Publication, pictures: Pictures) -> None:
    file = "orrin-lock-files/lock gate.png"
    beside = render("wordpress", story, publication, pictures)
    assert beside.featured == file
    assert "<img" not in beside.text
    assert file in beside.files
    inside = render("wordpress", story, publication, pictures, Terms(lead=LeadPlace.BODY))
    assert inside.featured is None
    assert inside.text.count('src="orrin-lock-files/lock%20gate.png"') == 1
    assert ("image", {"sizeSlug": "full", "linkDestination": "none"}) in blocks(inside.text)
    assert [note.file for note in inside.pictures] == [file]


def test_the_fields_are_what_a_post_takes(story: Story, publication: Publication, pictures: Pictures) -> None:
    told = fields(replace(story, headline='5 < 6 & "more" [gallery]'), publication, pictures)
    assert told["title"] == '5 &lt; 6 &amp; "more" &#91;gallery&#93;'
    assert (told["slug"], told["status"]) == ("orrin-lock", "draft")
    assert told["content"] == render("wordpress", story, publication, pictures).text
    assert told["excerpt"].startswith("The lock at Orrin opened on Thursday after nine years, with a queue of 61 barges")
    assert told["terms"] == {"categories": ["Trade", "Climate"], "tags": ["Lower Orrin"]}
    assert told["bylines"] == ["Ilse Marrow", "Teodor Anselm"]
    assert told["media"] == [
        {
            "address": None,
            "alt_text": "Two barges wait below a closed lock gate",
            "caption": "File photo · Barges wait below the Orrin lock on the morning of its reopening. · Kestrel Wire/Pia Lund",
            "featured": True,
            "file": "orrin-lock-files/lock gate.png",
        }
    ]
    assert "date" not in told


def test_the_address_of_a_picture_in_the_fields_is_the_one_in_the_content(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    told = fields(story, publication, pictures, Terms(lead=LeadPlace.BODY))
    assert told["content"].count(f'src="{told["media"][0]["address"]}"') == 1


def test_a_picture_that_is_missing_leaves_no_trace_but_in_the_list_of_what_is_missing(
    story: Story, publication: Publication
) -> None:
    rendering = render("wordpress", story, publication, {}, Terms(lead=LeadPlace.BODY))
    assert rendering.missing == ("lock gate.png",)
    assert "<img" not in rendering.text
    assert json.loads(rendering.files["orrin-lock.wordpress.json"])["media"] == []


def test_a_block_in_another_direction_than_the_site_says_so(story: Story, publication: Publication, pictures: Pictures) -> None:
    text = render("wordpress", story, publication, pictures).text
    assert '<!-- wp:paragraph {"direction":"rtl"} -->\n<p dir="rtl"><span lang="ar">\u2067وقال رئيس' in text
    assert '<h2 class="wp-block-heading"><span lang="ar" dir="rtl">\u2067المدينة السفلى' in text
    site = render("wordpress", replace(story, language="ar"), replace(publication, language="ar"), pictures).text
    assert "<p>\u2067وقال رئيس" in site
    assert '<!-- wp:paragraph {"direction":"ltr"} -->\n<p dir="ltr">The lock at' in site


def test_marks_of_blocks_among_the_words_stay_words() -> None:
    words = '<!-- wp:html --> <!-- /wp:paragraph {"a":"--"} --> --> <!--more-->'
    lead = LeadImage(file="lock gate.png", alt=words, caption=words)
    story = Story(slug="a", headline=words, insights=words, sponsor=words, lead_image=lead)
    text = render("wordpress", story, HOUSE, LEAD, Terms(lead=LeadPlace.BODY)).text
    assert [name for name, _ in blocks(text)] == ["paragraph", "paragraph", "image"]
    assert words_in(text).count(seen(words)) == 3


def test_an_empty_story_is_an_empty_text_and_still_a_post() -> None:
    told = fields(Story(slug="a", headline=""), HOUSE, {})
    assert (told["content"], told["title"], told["excerpt"]) == ("", "", "")


def test_links_lead_where_the_page_leads(story: Story, publication: Publication, pictures: Pictures) -> None:
    assert links_in(render("wordpress", story, publication, pictures).text) == [
        "https://orrin.example/notice",
        "https://orrin.example/timetable",
        "https://ledger.example/lock?day=9&part=%5Bb%5D",
        "https://manara.example/اخبار",
    ]
