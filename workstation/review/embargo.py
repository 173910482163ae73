"""The embargo of a story that is about to leave. No rule among the others, because it needs to know what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from workstation.domain.embargo import holds, told_embargo
from workstation.domain.problem import Place, Problem, Severity
from workstation.domain.story import Story

RULE = "embargo"


def embargo(story: Story, now: datetime, time_zone: str | None = None) -> Iterator[Problem]:
    """Warns while the embargo lies ahead of ``now``; it is told in the story's zone, else in ``time_zone``."""
    if story.embargo is not None and holds(story.embargo, now):
        until = told_embargo(story.embargo, story.time_zone or time_zone)
        message = f"Under embargo until {until}. Whoever gets the story has to be told; nothing may be published before."
        yield Problem(RULE, Severity.WARNING, Place("embargo"), message, until)
