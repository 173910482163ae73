"""The post for Ghost: within the limits of its fields, and native cards when Ghost's own converter has read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.render import ghost_cards
from tests.render.held import addresses, links_of, lost, phrases
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import misread, text_only
from workstation.domain.body import Block, Run, canonical
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, Story
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, LeadPlace, Terms
from workstation.render.words.characters import one_line

BODY = Terms(lead=LeadPlace.BODY)
LIMITS = {
    "title": 255,
    "slug": 191,
    "custom_excerpt": 300,
    "meta_title": 300,
    "og_title": 300,
    "twitter_title": 300,
    "meta_description": 500,
    "og_description": 500,
    "twitter_description": 500,
    "feature_image_alt": 191,
    "feature_image": 2000,
    "canonical_url": 2000,
    "feature_image_caption": 65_535,
    "codeinjection_head": 65_535,
    "locale": 6,
}
"""Characters of each field that Ghost takes."""
NATIVE = frozenset(
    "root paragraph extended-text extended-heading extended-quote list listitem link linebreak image".split()  # noqa: SIM905
)
"""What Ghost's editor makes by itself; an ``html`` card is none that an editor can write in."""

Pictures = Mapping[str, Picture]


def post(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    rendering = render("ghost", story, publication, pictures, terms)
    (only,) = json.loads(rendering.files[f"{story.slug}.ghost.json"])["posts"]
    assert only["html"] == rendering.text
    return only


@pytest.mark.parametrize("terms", [PLAIN, BODY])
@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_keeps_the_limits_and_every_word_and_address(name: str, terms: Terms, publication: Publication) -> None:
    story = odd_story(name)
    fields = post(story, publication, odd_pictures(name), terms)
    assert {key for key, limit in LIMITS.items() if len(fields.get(key) or "") > limit} == set()
    assert fields["status"] == "draft"
    assert all(0 < len(tag["name"]) <= 191 and not tag["name"].startswith((",", "#")) for tag in fields["tags"])
    assert misread(text_only(fields["html"]), phrases(story, publication)) == []
    assert lost(links_of(fields["html"]), addresses(story)) == []
    assert story.headline in (fields["title"], text_only(fields["html"]).split("\n")[0]) or len(story.headline) <= 255


def test_the_lead_image_is_featured_or_a_card_but_never_both(story: Story, publication: Publication, pictures: Pictures) -> None:
    featured, within = post(story, publication, pictures), post(story, publication, pictures, BODY)
    assert featured["feature_image"] == "orrin-lock-files/lock%20gate.png"
    assert featured["feature_image_alt"] == "Two barges wait below a closed lock gate"
    assert featured["feature_image_caption"].endswith(" · Kestrel Wire/Pia Lund")
    assert "<" not in post(odd_story("closing-marks"), publication, odd_pictures("closing-marks"))["feature_image_caption"]
    assert "<img" not in featured["html"]
    assert '<figure class="kg-card kg-image-card kg-card-hascaption"><img src="orrin-lock-files/' in within["html"]
    assert not {"feature_image", "feature_image_alt", "feature_image_caption"} & within.keys()


def test_what_is_too_long_is_cut_at_a_word_and_a_headline_stands_whole_in_the_text(publication: Publication) -> None:
    story = odd_story("long-headline")
    fields = post(story, publication, odd_pictures("long-headline"))
    assert fields["title"].endswith("…")
    assert story.headline.startswith(fields["title"][:-1])
    assert fields["html"].startswith(f'<p lang="en" dir="ltr">{story.headline}</p>\n')
    assert isinstance(story.lead_image, LeadImage)
    assert story.lead_image.alt.startswith(fields["feature_image_alt"][:-1])
    remarks = render("ghost", story, publication, odd_pictures("long-headline")).remarks
    assert len(remarks) == 2
    assert "255" in remarks[0]
    assert "191" in remarks[1]
    assert render("ghost", odd_story("arabic"), publication, odd_pictures("arabic")).remarks == ()


def test_the_excerpt_opens_no_tag_in_themes_that_print_it_as_html(story: Story, publication: Publication) -> None:
    attacked = replace(story, news=canonical([Block((Run("Open at <svg onload=run()> 3 < 4."),))]))
    assert post(attacked, publication, {})["custom_excerpt"] == "Open at < svg onload=run()> 3 < 4."


def test_what_machines_are_told_cannot_close_its_element(publication: Publication) -> None:
    injected = post(odd_story("closing-marks"), publication, odd_pictures("closing-marks"))["codeinjection_head"]
    assert injected.startswith('<script type="application/ld+json">\n')
    assert injected.count("<") == 2
    told = json.loads(injected.partition("\n")[2].rpartition("\n")[0])
    assert told["headline"] == odd_story("closing-marks").headline


@pytest.mark.parametrize(("tag", "locale"), [("zh-Hans", "zh"), ("en-GB", "en-GB"), ("sr-Latn-RS", "sr")])
def test_a_language_is_told_as_far_as_the_field_goes(story: Story, publication: Publication, tag: str, locale: str) -> None:
    assert post(replace(story, language=tag), publication, {})["locale"] == locale


@pytest.mark.parametrize("terms", [PLAIN, BODY], ids=["featured", "in the text"])
def test_ghosts_own_parts_take_the_posts_and_make_native_cards_that_hold_every_word_and_link(
    terms: Terms, story: Story, publication: Publication, pictures: Pictures
) -> None:
    told = [(story, pictures), *((odd_story(name), odd_pictures(name)) for name in NAMES)]
    posts = [post(one, publication, held, terms) for one, held in told]
    for (one, _), sent, judgement in zip(told, posts, ghost_cards.judged(posts), strict=True):
        root = judgement["root"]
        assert judgement["problems"] == [], one.slug
        assert {node["type"] for node in ghost_cards.nodes(root)} <= NATIVE, one.slug
        assert misread(ghost_cards.words(root), phrases(one, publication)) == [], one.slug
        assert lost(ghost_cards.links(root), addresses(one)) == [], one.slug
        images = [card for card in root["children"] if card["type"] == "image"]
        assert len(images) == sent["html"].count("<img")
        assert all(one.lead_image and image["alt"] == one_line(one.lead_image.alt) for image in images)


def test_a_quotation_of_several_passages_keeps_them_in_lines_of_their_own(publication: Publication) -> None:
    html = post(odd_story("block-quotes"), publication, odd_pictures("block-quotes"))["html"]
    assert "The story opens with a quotation.<br><br>It has two paragraphs.</blockquote>" in html
    assert "We asked for three things:<br>light,<br>air, and<br>quiet<br><br>and got " in html
