"""Two numbers for one thing are found where one of them must be a slip."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.problem import Problem
from workstation.domain.story import Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.figures_of_story import figures_of_story

Make = Callable[..., Any]


def found(story: Story, items: dict[str, Any] | None = None) -> list[Problem]:
    return list(figures_of_story(manuscript_of(story, items or {}, Background())))


def told(story: Make, card: Make, one: str, other: str) -> list[Problem]:
    return found(story(card(f"<p>{one}</p>", headline="One"), card(f"<p>{other}</p>", headline="Two")))


@pytest.mark.parametrize(
    ("one", "other", "excerpt"),
    [
        ("By Friday 212 ships were waiting at the strait.", "The 221 ships cannot pass.", "221"),
        ("By Friday 212 ships were waiting at the strait.", "At the strait 214 ships were waiting.", "214"),
        ("Divers found 1,480 crates.", "The 1,840 crates are dry.", "1,840"),
        ("The court freed 34 prisoners of the revolt.", "All 43 prisoners of the revolt went home.", "43"),
        ("The storm killed 118 villagers.", "Of the 181 villagers most drowned.", "181"),
        ("The strike idled 2,600 dockers.", "The 2,060 dockers went home.", "2,060"),
    ],
)
def test_turned_digits_and_small_differences_are_told_at_the_second(
    story: Make, card: Make, one: str, other: str, excerpt: str
) -> None:
    (problem,) = told(story, card, one, other)
    assert (problem.rule, problem.excerpt, str(problem.place)) == ("figure-story", excerpt, "signals[1].body")
    assert "Card 1" in problem.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Friday 212 ships were waiting.", "More than 200 ships were waiting."),
        ("On Thursday 212 ships were waiting.", "On Friday 221 ships were waiting."),
        ("By Friday 212 ships were waiting.", "Only 12 ships passed."),
        ("The court freed 34 prisoners.", "A storm drowned 43 sheep."),
        ("The court freed 34 prisoners.", "In Peru 43 prisoners fled."),
        ("The count rose from 212 ships to 221 ships.", "It is quiet."),
        ("She is 47 years old.", "He has ruled for 74 years."),
        ("“By Friday 212 ships were waiting,” he said.", "The 221 ships cannot pass."),
    ],
)
def test_other_numbers_are_left_alone(story: Make, card: Make, one: str, other: str) -> None:
    assert told(story, card, one, other) == []


def test_two_numbers_that_the_sources_have_are_two_facts(story: Make, card: Make, item: Make) -> None:
    source = item("one", "In the west 212 ships wait. In the east 221 ships wait.")
    whole = story(card("<p>By Friday 212 ships were waiting.</p>", source), card("<p>The 221 ships cannot pass.</p>", source))
    assert found(whole, {"one": source}) == []


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    assert found(clean.story, dict(clean.items)) == []
