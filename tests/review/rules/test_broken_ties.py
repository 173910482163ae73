"""A sentence that was tied to a passage still has one behind it, in a source that its card names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.claim import Claim
from workstation.domain.item import Item
from workstation.domain.quote import Quote
from workstation.review import Background, check

Make = Callable[..., Any]
SOURCE = "Engineers counted 212 ships at the two mouths of the strait by Friday evening."


@pytest.fixture
def dam(item: Make) -> Item:
    made: Item = item("dam", SOURCE)
    return made


def test_a_lost_tie_is_a_warning_at_its_sentence(story: Make, card: Make, dam: Item) -> None:
    made = replace(card("<p>Dry. It rains in the valley.</p>", dam), claims=(Claim("It rains in the valley.", "q"),))
    (problem,) = [problem for problem in check(story(made), {"dam": dam}).problems if problem.rule == "broken-tie"]
    assert (problem.excerpt, problem.place.at, problem.severity.value) == ("It rains in the valley.", 5, "warning")


def test_a_tie_to_an_item_that_its_card_does_not_name_is_a_warning(story: Make, card: Make, dam: Item, item: Make) -> None:
    other = item("other", "It rains.", "Delta Radio")
    made = replace(card("<p>It rains in the valley.</p>", other), claims=(Claim("It rains in the valley.", "q"),))
    background = Background(quotes={"q": Quote(id="q", item="dam", start=18, end=27, exact="212 ships")})
    items = {"dam": dam, "other": other}
    (problem,) = [problem for problem in check(story(made), items, background).problems if problem.rule == "broken-tie"]
    assert "tied to Harbour Post, which card 1 does not name" in problem.message
    versions = replace(background, versions={"other": ("dam", "other")})
    assert [problem for problem in check(story(made), items, versions).problems if problem.rule == "broken-tie"] == []
