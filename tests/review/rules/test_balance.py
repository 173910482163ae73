"""A story has cards, and more than one outlet speaks in them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import SignalCard, Source, SourceKind, Story

from .sound_stories import told

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def test_a_story_without_cards_is_blocked(sound: Story) -> None:
    assert told(replace(sound, signals=())) == [("balance", BLOCKER, "signals")]


def test_a_story_that_rests_on_one_outlet_is_a_warning(sound: Story) -> None:
    one = sound.signals[0].sources
    again = SignalCard(
        headline="Other", sources=(Source(name="Ada", kind=SourceKind.PERSON, of="Harbour Post", url="https://x.example"),)
    )
    whole = replace(sound, signals=(sound.signals[0], replace(again, body=sound.signals[0].body)))
    assert one[0].name == "Harbour Post"
    assert told(whole) == [("balance", WARNING, "signals")]
