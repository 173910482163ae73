"""Days are named: nobody knows on which day a story is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.relative_days import relative_days

Make = Callable[..., Any]
JANUARY = datetime(2024, 1, 20, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Ships passed yesterday.", ["yesterday"]),
        ("en", "Ships may pass, the harbour said today. Today few do.", ["said today"]),
        ("en", "Last night ships passed; later today they stop.", ["Last night", "later today"]),
        ("en", "They meet tomorrow morning.", ["tomorrow morning"]),
        ("de", "Gestern fuhren Schiffe.", ["Gestern"]),
        ("fr", "Hier, des navires passaient.", ["Hier"]),
        ("es", "Ayer pasaron barcos.", ["Ayer"]),
        ("en", "“They passed yesterday,” he said.", []),
        ("en", "Yesterday’s men, the leaders of yesterday, share the tolls today and the line tomorrow.", []),
        ("en", "Earlier this week and earlier this month; this week’s talks; the Last Night.", []),
        ("en", "She plays in Yesterday and on the Tonight Show.", []),
        ("de", "Hier fuhren Schiffe.", []),
    ],
)
def test_a_day_named_by_the_day_of_reading_is_told(story: Make, card: Make, language: str, text: str, words: list[str]) -> None:
    found = relative_days(manuscript_of(story(card(f"<p>{text}</p>"), language=language), {}, Background()))
    assert [problem.excerpt for problem in found] == words


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    background = Background(today=date(2026, 11, 26))
    assert list(relative_days(manuscript_of(clean.story, clean.items, background))) == []
