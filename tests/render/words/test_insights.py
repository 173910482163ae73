"""The insights line."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.publication import Labels, Publication
from workstation.domain.story import INSIGHTS_NONE, SignalCard, Source, SourceKind, Story
from workstation.render.words.insights import insights_line

HOUSE = Publication(name="The Lantern")


def story(*names: str) -> Story:
    return Story(slug="a", headline="b", signals=tuple(SignalCard(sources=(Source(name=name),)) for name in names))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ((), None),
        (("Ledger",), "Insights from Ledger"),
        (("Ledger", "Wire"), "Insights from Ledger and Wire"),
        (("Ledger", "Wire", "Ledger", "Post"), "Insights from Ledger, Wire, and Post"),
    ],
)
def test_it_names_each_outlet_of_the_cards_once_in_their_order(names: tuple[str, ...], expected: str | None) -> None:
    assert insights_line(story(*names), HOUSE) == expected


def test_a_person_counts_under_the_outlet() -> None:
    card = SignalCard(sources=(Source(name="Ruben Vey", kind=SourceKind.PERSON, of="Kestrel Wire"), Source(name="Kestrel Wire")))
    assert insights_line(Story(slug="a", headline="b", signals=(card,)), HOUSE) == "Insights from Kestrel Wire"


def test_the_editors_own_words_stand_as_they_are() -> None:
    own = replace(story("Ledger"), insights="Voices from the Wire & the {sources}")
    assert insights_line(own, HOUSE) == "Voices from the Wire & the {sources}"


def test_there_may_be_none() -> None:
    assert insights_line(replace(story("Ledger"), insights=INSIGHTS_NONE), HOUSE) is None


def test_the_list_is_joined_as_the_publications_language_joins_lists() -> None:
    german = replace(HOUSE, language="de", labels=Labels(insights="Mit Stimmen von {sources}"))
    assert insights_line(story("Ledger", "Wire", "Post"), german) == "Mit Stimmen von Ledger, Wire und Post"
