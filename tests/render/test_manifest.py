from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.errors import InputError
from workstation.render.manifest import document_hash, manifest
from workstation.render.profiles import PROFILES, render
from workstation.render.rendering import PLAIN, LeadPlace, Terms

Pictures = Mapping[str, Picture]


def told(profile: str, story: Story, publication: Publication, pictures: Pictures, terms: Terms = PLAIN) -> dict[str, Any]:
    rendering = render(profile, story, publication, pictures, terms)
    return json.loads(manifest(rendering, story, publication, terms))


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_it_names_every_file_with_its_length_and_hash(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    terms = Terms(version=3)
    files = render(profile, story, publication, pictures, terms).files
    found = told(profile, story, publication, pictures, terms)
    assert found["files"] == {n: {"bytes": len(d), "sha256": sha256(d).hexdigest()} for n, d in files.items()}
    assert found["main"] in files
    assert (found["format"], found["profile"], found["version"]) == ("workstation-manifest/1", profile, 3)


def test_it_says_which_story_it_was_in_which_house(story: Story, publication: Publication, pictures: Pictures) -> None:
    assert told("text", story, publication, pictures)["story"] == {
        "first_published": "2031-07-03T03:05:00-04:00",
        "headline": "Orrin lock opens again, and two river towns argue over who goes first",
        "language": "en",
        "publication": "The Lantern",
        "sha256": document_hash(story),
        "slug": "orrin-lock",
        "updated": "2031-07-03T07:19:00-04:00",
    }


def test_it_tells_a_cms_what_each_picture_is(story: Story, publication: Publication, pictures: Pictures) -> None:
    lead, icon, house = told("page", story, publication, pictures)["pictures"]
    assert lead == {
        "alternative_text": "Two barges wait below a closed lock gate",
        "bytes": len(pictures["lock gate.png"].data),
        "caption": "Barges wait below the Orrin lock on the morning of its reopening.",
        "credit": "Kestrel Wire/Pia Lund",
        "decorative": False,
        "file": "orrin-lock-files/lock gate.png",
        "height": 800,
        "media_type": "image/png",
        "role": "lead image",
        "sha256": pictures["lock gate.png"].sha256,
        "width": 1200,
    }
    assert (icon["role"], icon["decorative"], house["role"]) == ("source icon", True, "publication")


@pytest.mark.parametrize("profile", sorted(PROFILES))
def test_a_picture_names_a_file_that_was_exported_or_none(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    found = told(profile, story, publication, pictures)
    expected = {None} if profile in ("single", "bundle") else set(found["files"])
    assert {picture["file"] for picture in found["pictures"]} <= expected


@pytest.mark.parametrize(
    ("name", "others", "file"),
    [
        ("lead.gif", (), "lead.gif.png"),
        ("lead", (), "lead.png"),
        ("lead.PNG", (), "lead.PNG"),
        ("lead.gif", ("lead.gif.png",), "lead.gif"),
    ],
)
def test_a_picture_goes_out_with_the_ending_of_what_it_is(
    name: str, others: tuple[str, ...], file: str, publication: Publication, pictures: Pictures
) -> None:
    picture = pictures["lock gate.png"]
    sources = tuple(Source(name=other, icon=other) for other in others)
    story = Story(slug="a", headline="b", lead_image=LeadImage(file=name), signals=(SignalCard(sources=sources),))
    rendering = render("page", story, publication, dict.fromkeys((name, *others), picture))
    assert rendering.files[f"a-files/{file}"] == picture.data
    assert f'src="a-files/{file}"' in rendering.text


def test_a_featured_lead_image_is_named_and_stands_in_no_text(story: Story, publication: Publication, pictures: Pictures) -> None:
    terms = Terms(lead=LeadPlace.FEATURED)
    assert told("fragment", story, publication, pictures, terms)["featured"] == "orrin-lock-files/lock gate.png"
    assert told("fragment", story, publication, pictures)["featured"] is None
    text = render("fragment", story, publication, pictures, terms).text
    assert "<img" not in text
    assert "<figcaption" not in text
    assert "orrin-lock-files/lock gate.png" in render("fragment", story, publication, pictures, terms).files


def test_the_same_story_gives_the_same_manifest(story: Story, publication: Publication, pictures: Pictures) -> None:
    rendering = render("page", story, publication, pictures)
    assert manifest(rendering, story, publication, PLAIN) == manifest(rendering, replace(story), publication, PLAIN)


def test_a_file_of_its_name_stops_the_export(story: Story, publication: Publication, pictures: Pictures) -> None:
    rendering = replace(render("text", story, publication, pictures), files={"manifest.json": b"", "orrin-lock.txt": b""})
    with pytest.raises(InputError, match=r"manifest\.json"):
        manifest(rendering, story, publication, PLAIN)


def test_a_missing_lead_image_is_told(story: Story, publication: Publication) -> None:
    bare = replace(story, lead_image=LeadImage(file="gone.png"), signals=())
    assert told("fragment", bare, publication, {})["missing"] == ["gone.png"]
