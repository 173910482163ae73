"""The credit of a lead image stands where its publication wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from html import unescape

import pytest

from workstation.domain.picture import Picture
from workstation.domain.publication import CreditPlace, Publication
from workstation.domain.story import LeadImage, Story
from workstation.render.pictures.credit import with_credit
from workstation.render.profiles import render

Pictures = Mapping[str, Picture]
CREDIT, ALT = "Kestrel Wire/Pia Lund", "Two barges wait below a closed lock gate"
FILE = "orrin-lock-files/lock gate.png"


def wanting(publication: Publication, *places: CreditPlace) -> Publication:
    return replace(publication, picture_credit=places)


@pytest.mark.parametrize("profile", ["page", "single", "fragment"])
def test_it_ends_the_alternative_text_of_a_house_that_wants_it_there(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    rendering = render(profile, story, wanting(publication, CreditPlace.CAPTION, CreditPlace.ALT), pictures)
    assert f'alt="{ALT}. {CREDIT}"' in rendering.text
    assert next(note for note in rendering.pictures if note.role == "lead image").alternative_text.endswith(CREDIT)
    assert f'alt="{ALT}"' in render(profile, story, publication, pictures).text


@pytest.mark.parametrize("profile", ["page", "single", "fragment"])
def test_it_is_below_the_picture_unless_the_house_has_it_elsewhere(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    def caption(house: Publication) -> str:
        return unescape(render(profile, story, house, pictures).text.partition("<figcaption")[2].partition("</figcaption>")[0])

    assert CREDIT in caption(publication)
    assert CREDIT not in caption(wanting(publication, CreditPlace.ALT))
    assert CREDIT not in caption(wanting(publication, CreditPlace.IPTC))


def test_it_is_inside_of_the_file_of_a_house_that_wants_it_there(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    house = wanting(publication, CreditPlace.CAPTION, CreditPlace.IPTC)
    for profile in ("page", "fragment"):
        files = render(profile, story, house, pictures).files
        assert f"<photoshop:Credit>{CREDIT}</photoshop:Credit>".encode() in files[FILE]
        assert ALT.encode() in files[FILE]
        assert files["orrin-lock-files/icons/ledger.png"] == pictures["icons/ledger.png"].data if profile == "page" else True
    assert render("page", story, publication, pictures).files[FILE] == pictures["lock gate.png"].data
    assert render("bundle", story, house, pictures) == render("bundle", story, publication, pictures)


@pytest.mark.parametrize(
    "lead",
    [
        LeadImage(file="a.png", alt="A gate", decorative=True, credit=CREDIT),
        LeadImage(file="a.png", alt="", credit=CREDIT),
        LeadImage(file="a.png", alt=f"A gate, {CREDIT}", credit=CREDIT),
        LeadImage(file="a.png", alt="A gate"),
    ],
)
def test_an_alternative_text_stays_where_there_is_nothing_to_add(lead: LeadImage, publication: Publication) -> None:
    story = Story(slug="a", headline="b", lead_image=lead)
    assert with_credit(story, wanting(publication, CreditPlace.ALT)) == story


def test_a_sentence_is_not_ended_twice(publication: Publication) -> None:
    story = Story(slug="a", headline="b", lead_image=LeadImage(file="a.png", alt="Is it a gate?", credit=CREDIT))
    lead = with_credit(story, wanting(publication, CreditPlace.ALT)).lead_image
    assert lead is not None
    assert lead.alt == f"Is it a gate? {CREDIT}"
