"""The News and the cards have words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from workstation.domain.problem import Severity
from workstation.domain.story import Story

from .sound_stories import told, with_card

Make = Callable[..., Any]
BLOCKER, WARNING = Severity.BLOCKER, Severity.WARNING


def test_an_empty_the_news_is_blocked(sound: Story) -> None:
    assert told(replace(sound, news=type(sound.news)())) == [("empty-text", BLOCKER, "news")]


def test_an_empty_card_is_blocked(sound: Story) -> None:
    assert told(with_card(sound, body=type(sound.news)())) == [("empty-text", BLOCKER, "signals[0].body")]
