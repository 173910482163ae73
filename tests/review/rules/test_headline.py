"""A story has a headline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from workstation.domain.problem import Severity
from workstation.domain.story import Story

from .sound_stories import told

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


@pytest.mark.parametrize("headline", ["", "  "])
def test_a_story_without_headline_is_blocked(sound: Story, headline: str) -> None:
    assert told(replace(sound, headline=headline)) == [("headline", BLOCKER, "headline")]
