"""The page in one file: the same page, with everything that it needs inside of it."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace

import pytest

from tests.render.odd_stories import NAMES, odd_pictures, odd_story
from tests.render.strippers import text_only
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import SignalCard, Source, Story
from workstation.errors import InputError
from workstation.render.house.harmless import check_page
from workstation.render.profiles import render
from workstation.render.rendering import Terms

Pictures = Mapping[str, Picture]
INSIDE = re.compile(r"data:(image/[a-z]+);base64,([A-Za-z0-9+/=]*)")


def test_everything_is_in_one_file(story: Story, publication: Publication, pictures: Pictures) -> None:
    rendering = render("single", story, replace(publication, logo="mark.png"), pictures)
    assert list(rendering.files) == ["orrin-lock.single.html"]
    assert "orrin-lock-files" not in rendering.text
    inside = {b64decode(data) for _, data in INSIDE.findall(rendering.text)}
    assert inside == {picture.data for picture in (*pictures.values(), publication.files["mark.png"])}
    assert next(note.file for note in rendering.pictures) == "orrin-lock-files/lock gate.png"


@pytest.mark.parametrize("name", NAMES)
def test_it_says_what_the_page_says(name: str, publication: Publication) -> None:
    story, pictures = odd_story(name), odd_pictures(name)
    page, single = (render(profile, story, publication, pictures).text for profile in ("page", "single"))
    assert text_only(single) == text_only(page)
    assert single.count("<script") == page.count("<script") == 1
    style = single.partition("<style>")[2].partition("</style>")[0]
    assert not re.search(r"url\((?!\"data:image/)|@import", style)
    assert not re.search(r"<[a-z]+ [^<>]*(src|srcset|poster)=\"(?!data:image/)", single)


def test_an_icon_beside_forty_sources_is_in_it_once(publication: Publication, pictures: Pictures) -> None:
    source = Source(name="The Harbour Ledger", icon="icons/ledger.png")
    told = Story(slug="a", headline="b", signals=tuple(SignalCard(headline=str(n), sources=(source,)) for n in range(40)))
    text = render("single", told, publication, pictures).text
    assert text.count('<span class="picture picture-1" aria-hidden="true"></span>') == 40
    data = [data for _, data in INSIDE.findall(text)]
    assert sum(b64decode(each) == pictures["icons/ledger.png"].data for each in data) == 1


def test_what_is_said_of_pictures_outside_is_left_out_because_there_are_none(
    story: Story, publication: Publication, pictures: Pictures
) -> None:
    text = render("single", story, publication, pictures, Terms(address="https://lantern.example/a")).text
    assert "og:image" not in text
    assert "ImageObject" not in text
    assert '<meta name="twitter:card" content="summary">' in text


def test_an_own_template_of_the_page_is_that_of_the_file_too(story: Story, publication: Publication, pictures: Pictures) -> None:
    own = '{% extends "page.html" %}{% block foot %}<p class="imprint">{{ name }}</p>{% endblock %}'
    house = replace(publication, templates={"page.html": own}, layouts={"page": "page.html"})
    text = render("single", story, house, pictures).text
    assert '<p class="imprint">The Lantern</p>' in text
    assert (
        text.replace('<p class="imprint">The Lantern</p>', "").split()
        == render("single", story, publication, pictures).text.split()
    )


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64,PHN2Zz4=",
        "data:text/html;base64,PHN2Zz4=",
        "data:image/png;base64,AA==,https://x.example",
        "data:image/png,<svg",
        "https://x.example/a.png",
    ],
)
def test_an_own_template_may_show_no_other_addresses(address: str, story: Story, publication: Publication) -> None:
    assert check_page(f'<img src="{address}" alt="">')
    own = f'<img src="{address}" alt="">'
    house = replace(publication, templates={"page.html": own}, layouts={"page": "page.html"})
    with pytest.raises(InputError, match="not harmless"):
        render("single", story, house, {})


def test_a_picture_inside_of_a_page_is_harmless_in_its_place_only() -> None:
    inside = "data:image/png;base64,iVBORw0KGgo="
    assert not check_page(f'<img src="{inside}" alt="">')
    assert not check_page(f'<link rel="icon" href="{inside}">')
    assert check_page(f'<a href="{inside}">x</a>')
    assert check_page(f'<img srcset="{inside} 2x" alt="">')
