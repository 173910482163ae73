"""Days are in the calendar, on the weekday beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workstation.domain.mending import mended
from workstation.domain.problem import Problem
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.dates_in_calendar import dates_in_calendar

Make = Callable[..., Any]
JANUARY = datetime(2024, 1, 20, 12, tzinfo=UTC)


def in_calendar(story: Make, card: Make, text: str, **changes: Any) -> list[Problem]:
    whole = story(card(f"<p>{text}</p>"), **{"updated": JANUARY, **changes})
    return list(dates_in_calendar(manuscript_of(whole, {}, Background())))


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("en", "It came on Friday, January 18, 2024.", "Thursday"),
        ("en", "It came on Friday, January 18.", "Thursday"),
        ("en", "It came on Monday 15 December.", "Friday"),
        ("de", "Es kam am Freitag, 18. Januar 2024.", "Donnerstag"),
        ("fr", "Il vint vendredi 18 janvier 2024.", "jeudi"),
        ("es", "Vino el viernes 18 de enero de 2024.", "jueves"),
        ("pt", "Veio na sexta-feira, 18 de janeiro de 2024.", "quinta-feira"),
        ("it", "Venne venerdì 18 gennaio 2024.", "giovedì"),
    ],
)
def test_a_wrong_weekday_beside_a_date_is_told_and_mended(story: Make, card: Make, language: str, text: str, right: str) -> None:
    whole = story(card(f"<p>{text}</p>"), updated=JANUARY, language=language)
    (problem,) = dates_in_calendar(manuscript_of(whole, {}, Background()))
    assert problem.rule == "date"
    assert problem.fix and problem.fix.new == right
    better = mended(whole, problem.place, problem.fix)
    assert list(dates_in_calendar(manuscript_of(better, {}, Background()))) == []


@pytest.mark.parametrize("text", ["on 31 November", "on February 30", "on 29 February 2025", "on April 31, 2024", "on 31 June"])
def test_a_day_that_does_not_exist_is_told(story: Make, card: Make, text: str) -> None:
    (problem,) = in_calendar(story, card, f"It came {text}.")
    assert problem.rule == "date"
    assert problem.excerpt in text


@pytest.mark.parametrize(
    "text",
    [
        "It came on Thursday, January 18, 2024.",
        "It came on Thursday, January 18.",
        "It came on Friday.",
        "It came on 29 February.",
        "“It came on Friday, January 18,” he said.",
        "He sat 18 January out.",
        "It comes on Sunday 31 December.",
    ],
)
def test_right_dates_are_left_alone(story: Make, card: Make, text: str) -> None:
    assert in_calendar(story, card, text) == []


def test_without_a_dateline_a_date_without_a_year_is_not_judged(story: Make, card: Make) -> None:
    assert in_calendar(story, card, "It came on Friday, January 18.", updated=None) == []


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    background = Background(today=date(2026, 11, 26))
    assert list(dates_in_calendar(manuscript_of(clean.story, clean.items, background))) == []
