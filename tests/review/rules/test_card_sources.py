"""A card names its sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import Story
from workstation.review import check

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def told(story: Story) -> list[tuple[str, Severity, str]]:
    return [(problem.rule, problem.severity, str(problem.place)) for problem in check(story, {}).problems]


def with_card(story: Story, **changes: Any) -> Story:
    return replace(story, signals=(replace(story.signals[0], **changes), *story.signals[1:]))


def test_a_card_without_sources_is_warned_of(sound: Story) -> None:
    assert ("card-sources", WARNING, "signals[0].sources") in told(with_card(sound, sources=()))
