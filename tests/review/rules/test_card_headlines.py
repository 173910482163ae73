"""Each card has a headline of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import Story

from .sound_stories import told, with_card

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def test_a_card_without_headline_is_a_warning_since_the_form_allows_it(sound: Story) -> None:
    assert told(with_card(sound, headline="")) == [("card-headline", WARNING, "signals[0].headline")]


def test_a_headline_used_twice_is_a_warning_at_the_second_card(sound: Story) -> None:
    assert told(with_card(sound, headline="two ")) == [("card-headline", WARNING, "signals[1].headline")]
