"""The form that Arc imports, against a schema and the words of its story."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.render.held import addresses, links_of, lost, phrases
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import misread, text_only
from workstation.domain.body import Block, Marks, Run, canonical
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.quote import Quote
from workstation.domain.story import SignalCard, Source, Story
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, LeadPlace, Terms

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "schemas" / "ans-0.10.9.json").read_text(encoding="utf-8"))
BODY = Terms(lead=LeadPlace.BODY)

Pictures = Mapping[str, Picture]


def ans(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    values = json.loads(render("ans", story, publication, pictures, terms).text)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(values)
    return values


def html_of(elements: list[dict[str, Any]]) -> Iterator[str]:
    """The words of content elements, an HTML paragraph each, in order."""
    for element in elements:
        yield from html_of(element.get("content_elements", []) + element.get("items", []))
        yield f"<p>{element.get('content') or element.get('text') or ''}</p>"


@pytest.mark.parametrize("terms", [PLAIN, BODY])
@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_valid_and_holds_every_word_and_address(name: str, terms: Terms, publication: Publication) -> None:
    story = odd_story(name)
    values = ans(story, publication, odd_pictures(name), terms)
    html = "\n".join(html_of(values["content_elements"]))
    assert misread(text_only(html), phrases(story, publication)) == []
    assert lost(links_of(html), addresses(story)) == []


def test_the_rich_story_is_valid(story: Story, publication: Publication, pictures: Pictures) -> None:
    values = ans(story, publication, pictures)
    assert values["headlines"] == {"basic": story.headline}
    assert values["subheadlines"]["basic"].startswith("Insights from The Harbour Ledger, ")
    assert [author["name"] for author in values["credits"]["by"]] == ["Ilse Marrow", "Teodor Anselm"]
    assert [section["name"] for section in values["taxonomy"]["sections"]] == ["Trade", "Climate"]
    assert values["display_date"] == "2031-07-03T07:19:00-04:00"
    assert values["owner"] == {"name": "The Lantern", "sponsored": True}


def test_the_sources_stand_right_below_the_headline_of_their_card(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    elements = ans(story, publication, pictures)["content_elements"]
    at = elements.index({"type": "header", "level": 2, "content": "Upstream, the talk is of grain"})
    link = '<a href="https://ledger.example/lock?day=9&amp;part=%5Bb%5D">The Harbour Ledger</a>'
    assert elements[at + 1] == {"type": "text", "content": f"Source: {link}"}
    assert elements[at + 3]["type"] == "quote"


def test_the_lead_image_is_promoted_or_in_the_text_but_never_both(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    promoted, in_text = ans(story, publication, pictures), ans(story, publication, pictures, BODY)
    (image,) = [element for element in in_text["content_elements"] if element["type"] == "image"]
    assert promoted["promo_items"]["basic"] == image
    assert image["url"] == "orrin-lock-files/lock%20gate.png"
    assert image["caption"] == "File photo · Barges wait below the Orrin lock on the morning of its reopening."
    assert image["credits"]["by"][0]["name"] == "Kestrel Wire/Pia Lund"
    assert "promo_items" not in in_text
    assert all(element["type"] != "image" for element in promoted["content_elements"])


def test_a_block_quote_that_was_cut_from_a_source_names_its_speaker(story: Story, publication: Publication) -> None:
    marks = Marks(quote="q")
    said = canonical([Block((Run("Open at last.", marks),), quoted=True), Block((Run("And so on."),))])
    quote = Quote(id="q", item="i", start=0, end=13, exact="Open at last.", speaker="Ines Vale")
    values = ans(replace(story, news=said), publication, {}, Terms(quotes={"q": quote}))
    (told,) = [element for element in values["content_elements"] if element.get("citation")]
    assert told["citation"] == {"type": "text", "content": "Ines Vale"}


def test_no_plain_text_opens_a_tag_where_arc_prints_it_as_html(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    attack, marks = "A <svg onload=run()> & </b> <!-- <3 x", Marks(quote="q")
    assert story.lead_image is not None
    lead = replace(story.lead_image, caption=attack, credit=attack, alt=attack)
    said = canonical([Block((Run("Open at last.", marks),), quoted=True)])
    source = Source(name=attack, of=attack)
    card = SignalCard(headline=attack, sources=(source,), body=said)
    attacked = replace(
        story, headline=attack, insights=attack, region=attack, bylines=(attack,), verticals=(attack,), contributors=(attack,)
    )
    quote = Quote(id="q", item="i", start=0, end=13, exact="Open at last.", speaker=attack)
    for lead_place in LeadPlace:
        terms = Terms(quotes={"q": quote}, lead=lead_place)
        values = ans(replace(attacked, lead_image=lead, news=said, signals=(card,)), publication, pictures, terms)
        assert values["headlines"]["basic"] == "A < svg onload=run()> & < /b> < !-- <3 x"
        words = json.dumps(values)
        assert "onload" in words
        assert not re.search("<(svg|/b|!)", words)


def test_the_next_hand_over_bears_the_same_name_and_the_path_on_the_site(story: Story, publication: Publication) -> None:
    house = replace(publication, address="https://lantern.example/{year}/{slug}")
    first, again = ans(story, publication, {}), ans(replace(story, headline="Another"), house, {}, Terms(version=2))
    assert first["_id"] == again["_id"]
    assert again["canonical_url"] == "/2031/orrin-lock"
    assert "canonical_url" not in first


def test_an_embargo_is_told_to_the_system(publication: Publication) -> None:
    values = ans(odd_story("corrections"), publication, {})
    assert values["content_restrictions"]["embargo"] == {"active": True, "end_time": "2031-03-02T09:00:00+00:00"}
    assert [element["type"] for element in values["content_elements"]].count("correction") == 3
