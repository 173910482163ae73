from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workstation.domain.item import Item
from workstation.domain.problem import Severity
from workstation.domain.story import Story
from workstation.review import check
from workstation.review.background import Background

Make = Callable[..., Any]
TODAY = date(2026, 3, 3)
MORNING, NOON = datetime(2026, 3, 3, 9, tzinfo=UTC), datetime(2026, 3, 3, 12, tzinfo=UTC)
NEXT_YEAR = datetime(2027, 3, 3, 9, tzinfo=UTC)


def told(story: Story, items: dict[str, Item] | None = None, today: date | None = TODAY) -> list[tuple[str, str]]:
    problems = check(story, items or {}, Background(today=today)).problems
    found = [problem for problem in problems if problem.rule in ("dateline", "time-zone")]
    assert all(problem.severity is Severity.WARNING for problem in found)
    return [(problem.rule, str(problem.place)) for problem in found]


@pytest.mark.parametrize(
    ("times", "place"),
    [
        ({"first_published": NOON, "updated": MORNING}, "updated"),
        ({"first_published": MORNING, "embargo": NOON}, "embargo"),
        ({"first_published": NEXT_YEAR}, "first_published"),
        ({"first_published": MORNING, "updated": NEXT_YEAR}, "updated"),
        ({"first_published": NEXT_YEAR, "updated": NEXT_YEAR}, "first_published"),
    ],
)
def test_times_that_contradict_each_other_or_the_calendar_are_a_warning(story: Make, times: dict[str, Any], place: str) -> None:
    assert told(story(**times)) == [("dateline", place)]


@pytest.mark.parametrize(
    "times",
    [
        {},
        {"first_published": MORNING, "updated": MORNING},
        {"first_published": MORNING, "updated": NOON},
        {"first_published": NOON, "embargo": MORNING},
        {"embargo": NEXT_YEAR},
        {"first_published": MORNING.replace(day=4)},
    ],
)
def test_times_that_agree_are_fine(story: Make, times: dict[str, Any]) -> None:
    assert told(story(**times)) == []


def test_nothing_lies_ahead_for_a_review_that_does_not_know_the_day(story: Make) -> None:
    assert told(story(first_published=NEXT_YEAR), today=None) == []


def test_nothing_lies_ahead_where_the_machines_clock_is_behind_its_own_sources(story: Make, card: Make, item: Make) -> None:
    source = item("one", "The dam is grey.")
    whole = story(card("<p>The dam is grey.</p>", source), first_published=NEXT_YEAR)
    assert told(whole, {"one": source}) == [("dateline", "first_published")]
    assert told(whole, {"one": replace(source, captured=NEXT_YEAR)}) == []


def test_a_time_zone_that_nobody_knows_is_a_warning(story: Make) -> None:
    assert told(story(time_zone="Mars/Norr")) == [("time-zone", "time_zone")]
    assert told(story(time_zone="../etc/passwd")) == [("time-zone", "time_zone")]
    assert told(story(time_zone="Europe/London")) == []
