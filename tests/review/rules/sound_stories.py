"""What the rules of the furniture are asked of a sound story, and of one whose first card is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import Story
from workstation.review import check


def told(story: Story) -> list[tuple[str, Severity, str]]:
    """Rule, severity and place of each problem."""
    return [(problem.rule, problem.severity, str(problem.place)) for problem in check(story, {}).problems]


def with_card(story: Story, **changes: Any) -> Story:
    """The story with its first card changed."""
    return replace(story, signals=(replace(story.signals[0], **changes), *story.signals[1:]))
