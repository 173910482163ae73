"""The page passed through what strips it: who said what, and in which order, still reads right."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from tests.render.strippers import MARKUP, attributed, misread, reader_mode, text_only
from workstation.domain.picture import Picture
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.profiles import render

Pictures = Mapping[str, Picture]
PAGES = ("page",)


@pytest.mark.parametrize("profile", PAGES)
@pytest.mark.parametrize("strip", MARKUP, ids=lambda strip: str(strip.__name__))
def test_attribution_and_order_read_right_after_each_stripper(
    profile: str, strip: Callable[[str], str], story: Story, publication: Publication, pictures: Pictures
) -> None:
    stripped = strip(render(profile, story, publication, pictures).text)
    assert misread(text_only(stripped), [story.headline, *attributed(story, publication)]) == []


@pytest.mark.parametrize("profile", PAGES)
def test_everything_is_read_after_all_strippers_at_once(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    stripped = render(profile, story, publication, pictures).text
    for strip in MARKUP:
        stripped = strip(stripped)
    assert misread(text_only(stripped), [story.headline, *attributed(story, publication), *story.contributors]) == []


@pytest.mark.parametrize("profile", PAGES)
def test_a_program_that_looks_for_the_article_finds_its_words_in_order(
    profile: str, story: Story, publication: Publication, pictures: Pictures
) -> None:
    found = reader_mode(render(profile, story, publication, pictures).text)
    assert misread(found, attributed(story, publication)) == []


def test_a_stripper_takes_away_what_it_says(story: Story, publication: Publication, pictures: Pictures) -> None:
    page = render("page", story, publication, pictures).text
    kept = {strip.__name__: strip(page) for strip in MARKUP}
    assert "class=" not in kept["without_classes"]
    assert "<style" not in kept["without_classes"]
    assert "<img" not in kept["without_images"]
    assert kept["without_icons"].count("<img") == 1
    assert "<nav" not in kept["aggregator"]
    assert "Quay" not in text_only(kept["aggregator"])


def test_what_is_gone_or_out_of_order_is_told() -> None:
    assert misread("First. Source: The Ledger. Last.", ["First.", "Source: The Ledger", "Last."]) == []
    assert misread("Source: The Ledger. First.", ["First.", "Source: The Ledger"]) == ["Source: The Ledger"]
