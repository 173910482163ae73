"""News in JSON: ninjs 3.0 against a schema, and the document beside it as Superdesk reads it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.render.held import addresses, links_of, lost, phrases
from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import misread, text_only
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, LeadPlace, Terms

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SCHEMA = json.loads((Path(__file__).parents[2] / "data" / "schemas" / "ninjs-3.0.json").read_text(encoding="utf-8"))
BODY = Terms(lead=LeadPlace.BODY)

Pictures = Mapping[str, Picture]


def ninjs(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    values = json.loads(render("ninjs", story, publication, pictures, terms).text)
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(values)
    return values


def superdesk(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    return json.loads(render("ninjs", story, publication, pictures, terms).files[f"{story.slug}.superdesk.json"])


@pytest.fixture
def house(publication: Publication) -> Publication:
    return replace(publication, address="https://lantern.example/{year}/{slug}")


@pytest.mark.parametrize("terms", [PLAIN, BODY])
@pytest.mark.parametrize("name", NAMES)
def test_an_odd_story_is_valid_and_holds_every_word_and_address(
    name: str, terms: Terms, publication: Publication, house: Publication
) -> None:
    story = odd_story(name)
    for printed_in in (publication, house):
        values = ninjs(story, printed_in, odd_pictures(name), terms)
        html, plain = (body["value"] for body in values["bodies"])
        assert superdesk(story, printed_in, odd_pictures(name), terms)["body_html"] == html
        assert misread(text_only(html), phrases(story, publication)) == []
        assert misread(plain, phrases(story, publication)) == []
        assert lost(links_of(html), addresses(story)) == []


def test_every_source_is_told_with_its_address_and_its_kind(story: Story, publication: Publication) -> None:
    values = ninjs(story, publication, {})
    assert values["infoSources"] == [
        {"name": "The Harbour Ledger", "role": "outlet", "uri": "https://ledger.example/lock?day=9&part=%5Bb%5D"},
        {"name": "المنارة اليوم", "role": "outlet", "uri": "https://manara.example/%D8%A7%D8%AE%D8%A8%D8%A7%D8%B1"},
        {"name": "Ruben Vey (Kestrel Wire)", "role": "person"},
        {"name": "Institute for Tidal Studies", "role": "institute"},
    ]
    assert values["people"] == [{"name": "Ruben Vey", "rel": "mentions"}]
    assert {"name": "Kestrel Wire", "rel": "mentions"} in values["organisations"]


def test_the_lead_image_is_associated_or_in_the_text_but_never_both(story: Story, house: Publication, pictures: Pictures) -> None:
    beside, within = ninjs(story, house, pictures), ninjs(story, house, pictures, BODY)
    (picture,) = beside["associations"]
    (rendition,) = picture["renditions"]
    assert rendition["href"] == "https://lantern.example/2031/orrin-lock-files/lock%20gate.png"
    assert (rendition["width"], rendition["height"], rendition["contentType"]) == (1200, 800, "image/png")
    assert picture["by"] == "Kestrel Wire/Pia Lund"
    assert "<img" not in beside["bodies"][0]["value"]
    assert "associations" not in within
    assert '<img src="orrin-lock-files/lock%20gate.png"' in within["bodies"][0]["value"]


def test_without_an_address_the_story_has_a_name_that_stays(story: Story, publication: Publication, pictures: Pictures) -> None:
    values = ninjs(story, publication, pictures)
    assert values["uri"].startswith("urn:uuid:")
    assert values["uri"] == ninjs(replace(story, headline="Another"), publication, {}, Terms(version=3))["uri"]
    assert values["uri"] != ninjs(replace(story, slug="other"), publication, {})["uri"]
    assert "href" not in values["associations"][0]["renditions"][0]
    assert values["associations"][0]["renditions"][0]["title"] == "orrin-lock-files/lock gate.png"


@pytest.mark.parametrize("name", [*NAMES])
def test_superdesk_can_read_the_times_names_and_picture_of_the_document_beside(name: str, publication: Publication) -> None:
    values = superdesk(odd_story(name), publication, odd_pictures(name))
    assert {"guid", "type", "headline", "body_html", "version", "pubstatus", "language", "slugline", "profile"} <= values.keys()
    assert all(isinstance(values[key], int) for key in ("urgency", "priority", "wordcount", "charcount"))
    for key in ("versioncreated", "firstcreated", "embargoed"):
        if key in values:
            datetime.strptime(values[key], "%Y-%m-%dT%H:%M:%S+00:00")
    assert all(set(entry) == {"name", "code"} for key in ("subject", "place", "genre") for entry in values.get(key, []))
    if "associations" in values:
        picture = values["associations"]["featuremedia"]
        assert picture["type"] == "picture"
        assert picture["renditions"]["original"]["href"].startswith(f"{odd_story(name).slug}-files/")


def test_no_plain_text_opens_a_tag_in_what_superdesk_reads(story: Story, house: Publication, pictures: Pictures) -> None:
    attack = "A <svg onload=run()> <3"
    told = replace(story, headline=attack, insights=attack, bylines=(attack,), verticals=(attack,), region=attack, sponsor=attack)
    document = superdesk(told, house, pictures)
    assert document["headline"] == "A < svg onload=run()> <3"
    assert "<p>" in document["body_html"]
    assert "<svg" not in json.dumps(document)


def test_superdesks_picture_has_its_words(story: Story, publication: Publication, pictures: Pictures) -> None:
    picture = superdesk(story, publication, pictures)["associations"]["featuremedia"]
    assert story.lead_image
    assert picture["body_text"] == story.lead_image.alt
    assert picture["byline"] == story.lead_image.credit
    assert story.lead_image.caption in picture["description_text"]
