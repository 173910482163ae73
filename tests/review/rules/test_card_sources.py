"""A card names its sources."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import Story

from .sound_stories import told, with_card

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def test_a_card_without_sources_is_warned_of(sound: Story) -> None:
    assert ("card-sources", WARNING, "signals[0].sources") in told(with_card(sound, sources=()))
