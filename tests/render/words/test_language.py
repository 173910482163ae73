"""The language of a page: what the story says, what its letters tell, what its publication is written in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.body import body_from_text
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.render.words.language import direction_of, language_of, locale_name

HOUSE = Publication(name="The Lantern", language="en-GB")
ARABIC = Story(slug="a", headline="القفل يفتح أبوابه من جديد", news=body_from_text("فتح القفل صباح الأحد بعد تسع سنوات."))


def test_a_story_that_says_no_language_has_the_one_that_its_letters_tell() -> None:
    assert language_of(ARABIC, HOUSE) == "ar"
    assert direction_of(language_of(ARABIC, HOUSE)) == "rtl"


def test_what_a_story_says_of_its_language_counts_most() -> None:
    assert language_of(replace(ARABIC, language="fa-AF"), HOUSE) == "fa-AF"


def test_a_story_in_latin_letters_has_its_publications_language() -> None:
    assert language_of(Story(slug="a", headline="Der Fluss ist wieder eine Straße"), HOUSE) == "en-GB"
    assert language_of(ARABIC, replace(HOUSE, language="ar-EG")) == "ar-EG"


@pytest.mark.parametrize(
    ("tag", "name"),
    [("en-GB", "en_GB"), ("en", "en_US"), ("ar", "ar_EG"), ("zh-Hant", "zh_TW"), ("pt-BR", "pt_BR"), ("xx", "en_US")],
)
def test_a_locale_has_a_territory(tag: str, name: str) -> None:
    assert locale_name(tag) == name
