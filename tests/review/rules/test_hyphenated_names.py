"""A name has its hyphen everywhere or nowhere."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem
from workstation.domain.story import Story
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.hyphenated_names import hyphenated_names

Make = Callable[..., Any]


def found(story: Story, items: dict[str, Any] | None = None) -> list[Problem]:
    return list(hyphenated_names(manuscript_of(story, items or {}, Background())))


@pytest.mark.parametrize(
    ("one", "other", "mended_name"),
    [
        ("Fighters of al-Qaeda came.", "The flag of al Qaeda fell.", "al-Qaeda"),
        ("Fighters of al-Shabaab came.", "Then Al Shabaab left.", "Al-Shabaab"),
        ("The letter of Kim Jong-un came.", "The train of Kim Jong Un left.", "Jong-Un"),
        ("Bashar al-Assad fell.", "The guards of Bashar al Assad left.", "al-Assad"),
    ],
)
def test_a_name_with_and_without_its_hyphen_is_told(story: Make, card: Make, one: str, other: str, mended_name: str) -> None:
    whole = story(card(f"<p>{one}</p>", headline="One"), card(f"<p>{other}</p>", headline="Two"))
    (problem,) = found(whole)
    assert problem.fix and problem.fix.new == mended_name
    assert found(mended(whole, problem.place, problem.fix)) == []


@pytest.mark.parametrize(
    "text",
    [
        "The Asia-Pacific region is wide; Asia Pacific Foods is a shop.",
        "The US-Israel ties and the Iran-Iraq war. Iran, Iraq and others.",
        "A post-war treaty and a post war. The vice-president and Vice President Ode.",
        "He came by the al-Hadba field. Al went home; Al Gore did not.",
        "“The flag of al Qaeda,” he said, and al-Qaeda fell.",
    ],
)
def test_other_hyphens_are_left_alone(story: Make, card: Make, text: str) -> None:
    assert found(story(card(f"<p>{text}</p>"))) == []


def test_the_name_of_an_outlet_is_left_alone(story: Make, card: Make, item: Make) -> None:
    source = item("one", "A text.", "Al Sariya")
    assert found(story(card("<p>Ships wait, Al Sariya reported. The al-Sariya quay is full.</p>", source))) == []


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    assert found(clean.story, dict(clean.items)) == []
