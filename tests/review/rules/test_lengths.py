from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.publication import Limits
from workstation.domain.story import Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]


def told(story: Story, limits: Limits) -> list[tuple[str, str]]:
    problems = [p for p in check(story, {}, Background(limits=limits)).problems if p.rule == "too-long"]
    assert all(problem.severity is Severity.WARNING for problem in problems)
    return [(str(problem.place), problem.message) for problem in problems]


def test_each_part_over_its_limit_is_told_with_how_much(story: Make, card: Make) -> None:
    whole = story(card("<p>One two three four.</p>", headline="Tolls rise"), card("<p>One.</p>", headline="Dam"))
    limits = Limits(headline_characters=20, news_words=5, cards=1, card_headline_characters=8, card_words=3)
    assert told(whole, limits) == [
        ("headline", "The headline has 25 characters, 5 more than the 20 that the publication wants. Shorten it."),
        ("news", "The News has 10 words, 5 more than the 5 that the publication wants. Shorten it."),
        ("signals", "The story has 2 cards, 1 more than the 1 that the publication wants. Take a card out."),
        (
            "signals[0].headline",
            "The headline of card 1 has 10 characters, 2 more than the 8 that the publication wants. Shorten it.",
        ),
        ("signals[0].body", "Card 1 has 4 words, 1 more than the 3 that the publication wants. Shorten it."),
    ]


def test_what_just_keeps_to_its_limit_is_fine(story: Make, card: Make) -> None:
    whole = story(card("<p>One two three four.</p>", headline="Tolls rise"))
    limits = Limits(headline_characters=25, news_words=10, cards=1, card_headline_characters=10, card_words=4)
    assert told(whole, limits) == []


def test_a_publication_without_limits_wants_none(story: Make, card: Make) -> None:
    assert told(story(card(f"<p>{'word ' * 3000}</p>", headline="long " * 100)), Limits()) == []
