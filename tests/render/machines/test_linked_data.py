"""The NewsArticle that a story is for machines: complete, and of the types that schema.org and its readers know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from workstation.domain.correction import Correction
from workstation.domain.picture import Picture
from workstation.domain.publication import Labels, Publication
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.render.profiles import render
from workstation.render.rendering import PLAIN, Terms
from workstation.render.words.characters import composed, one_line

Pictures = Mapping[str, Picture]

ADDRESS = "https://lantern.example/2031/07/orrin-lock"
AT_HOME = Terms(address=ADDRESS)
KNOWN = {
    "NewsArticle": "@context articleBody articleSection author citation contentLocation contributor correction dateModified"
    " datePublished description headline image inLanguage isAccessibleForFree keywords"
    " mainEntityOfPage publisher sponsor url wordCount",
    "CorrectionComment": "datePublished text",
    "CreativeWork": "author name publisher url",
    "ImageObject": "caption contentUrl creditText height url width",
    "NewsMediaOrganization": "logo name url",
    "Organization": "name",
    "Person": "name",
    "Place": "name",
    "WebPage": "@id",
}
"""The properties that schema.org has for each type, as far as they are used."""


def data(story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(render("jsonld", story, publication, pictures, terms).text)
    return found


def check(thing: object) -> None:
    """Every thing has a known type and nothing but its properties, and nothing in it is empty."""
    if isinstance(thing, list):
        assert thing
        for entry in thing:
            check(entry)
    elif isinstance(thing, dict):
        assert set(thing) - {"@type"} <= set(KNOWN[thing["@type"]].split())
        for value in thing.values():
            check(value)
    else:
        assert thing


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("terms", [PLAIN, AT_HOME])
def test_odd_stories_have_known_types_and_nothing_empty(name: str, terms: Terms, publication: Publication) -> None:
    found = data(odd_story(name), publication, odd_pictures(name), terms)
    if not odd_story(name).words:
        assert found.pop("wordCount", 0) == 0
    check(found)


def test_a_story_with_an_address_is_complete(story: Story, publication: Publication, pictures: Pictures) -> None:
    house = replace(publication, logo="mark.png")
    found = data(story, house, pictures, AT_HOME)
    base = "https://lantern.example/2031/07/orrin-lock-files"
    assert found["url"] == ADDRESS
    assert found["mainEntityOfPage"] == {"@id": ADDRESS, "@type": "WebPage"}
    assert found["image"]["url"] == found["image"]["contentUrl"] == f"{base}/lock%20gate.png"
    assert (found["image"]["width"], found["image"]["height"]) == (1200, 800)
    assert found["image"]["creditText"] == "Kestrel Wire/Pia Lund"
    assert found["publisher"]["url"] == "https://lantern.example/"
    assert found["publisher"]["logo"] == {
        "@type": "ImageObject",
        "contentUrl": f"{base}/publication-mark.png",
        "height": 48,
        "url": f"{base}/publication-mark.png",
        "width": 48,
    }
    assert (found["datePublished"], found["dateModified"]) == ("2031-07-03T03:05:00-04:00", "2031-07-03T07:19:00-04:00")
    assert found["articleSection"] == ["Trade", "Climate"]
    assert found["keywords"] == ["Trade", "Climate", "Lower Orrin"]
    assert (found["inLanguage"], found["wordCount"]) == ("en", story.words)


def test_authors_are_names_without_the_word_before_them(story: Story, publication: Publication) -> None:
    assert [author["name"] for author in data(story, publication, {})["author"]] == ["Ilse Marrow", "Teodor Anselm"]
    german = replace(publication, labels=Labels(byline="Von"))
    assert data(replace(story, bylines=("Von Ilse Marrow",)), german, {})["author"][0]["name"] == "Ilse Marrow"
    assert data(replace(story, bylines=()), publication, {})["author"] == [data(story, publication, {})["publisher"]]


def test_every_source_is_cited_with_who_says_it(publication: Publication) -> None:
    sources = (
        Source(name="The Harbour Ledger", url="https://ledger.example/lock"),
        Source(name="Ruben Vey", kind=SourceKind.PERSON, of="Kestrel Wire", url="https://wire.example/v"),
        Source(name="Ada Holm", kind=SourceKind.PERSON, of="Kestrel Wire", url="https://wire.example/v"),
        Source(name="Institute for Tides", kind=SourceKind.INSTITUTE),
        Source(name="@lock", kind=SourceKind.SOCIAL, url="javascript:alert(1)"),
        Source(name=" "),
    )
    again = SignalCard(sources=(sources[0],))
    found = data(Story(slug="a", headline="b", signals=(SignalCard(sources=sources), again)), publication, {})["citation"]
    told = [
        (one["name"], one.get("author", {}).get("name"), one.get("publisher", {}).get("name"), one.get("url")) for one in found
    ]
    assert told == [
        ("The Harbour Ledger", None, "The Harbour Ledger", "https://ledger.example/lock"),
        ("Ruben Vey (Kestrel Wire)", "Ruben Vey", "Kestrel Wire", "https://wire.example/v"),
        ("Ada Holm (Kestrel Wire)", "Ada Holm", "Kestrel Wire", "https://wire.example/v"),
        ("Institute for Tides", None, "Institute for Tides", None),
        ("@lock", "@lock", None, None),
    ]


def test_corrections_are_told_with_their_times(story: Story, publication: Publication) -> None:
    made = datetime.fromisoformat("2031-07-03T18:00:00+02:00")
    found = data(replace(story, corrections=(Correction(made, "It was 61."),)), publication, {})
    assert found["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2031-07-03T12:00:00-04:00", "text": "It was 61."}
    ]


@pytest.mark.parametrize("name", NAMES)
def test_the_file_is_the_data_of_the_page_and_has_the_words_besides(name: str, publication: Publication) -> None:
    story, pictures = odd_story(name), odd_pictures(name)
    alone = render("jsonld", story, publication, pictures, AT_HOME)
    assert alone.main == f"{story.slug}.jsonld"
    assert alone.text.endswith("}\n")
    page = render("page", story, publication, pictures, AT_HOME).text
    found = json.loads(alone.text)
    body = found.pop("articleBody", "")
    assert json.loads(page.partition('<script type="application/ld+json">\n')[2].partition("</script>")[0]) == found
    printed = render("text", story, publication, pictures).text
    at = 0
    for paragraph in filter(None, body.split("\n")):
        at = printed.index(paragraph, at)
    assert all(composed(one_line(card.headline)) in body for card in story.signals)


def test_the_keys_are_in_order(story: Story, publication: Publication, pictures: Pictures) -> None:
    def in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        assert [key for key, _ in pairs] == sorted(key for key, _ in pairs)
        return dict(pairs)

    json.loads(render("jsonld", story, publication, pictures).text, object_pairs_hook=in_order)


def test_the_pictures_that_the_data_name_lie_beside_them(story: Story, publication: Publication, pictures: Pictures) -> None:
    rendering = render("jsonld", story, publication, pictures)
    assert sorted(rendering.files) == ["orrin-lock-files/lock gate.png", "orrin-lock.jsonld"]
