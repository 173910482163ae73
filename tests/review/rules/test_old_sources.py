"""The age of a source is told where the card does not tell it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workstation.domain.problem import Place, Problem
from workstation.review.background import Background
from workstation.review.figures.ages import age_in_words, ages
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.old_sources import old_sources

Make = Callable[..., Any]
MARCH = datetime(2026, 3, 2, 12, tzinfo=UTC)


def found(
    story: Make, card: Make, item: Make, published: str | None, text: str = "It is quiet.", **changes: Any
) -> list[Problem]:
    source = replace(item("one", "It is quiet."), published=published)
    whole = story(card(f"<p>{text}</p>", source), **{"updated": MARCH, **changes})
    return list(old_sources(manuscript_of(whole, {"one": source}, Background(today=date(2026, 3, 2)))))


@pytest.mark.parametrize(
    ("published", "age"),
    [
        ("2026-01-20", "5 weeks"),
        ("2025-11-02T10:00:00+00:00", "4 months"),
        ("2025-08-12", "7 months"),
        ("2019-03-02", "7 years"),
    ],
)
def test_an_old_source_is_told_with_its_age(story: Make, card: Make, item: Make, published: str, age: str) -> None:
    (problem,) = found(story, card, item, published)
    assert (problem.rule, problem.place) == ("old-source", Place("sources", 0, entry=0))
    assert age in problem.message


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2026-02-20", "It is quiet."),
        ("2026-01-31", "It is quiet."),
        (None, "It is quiet."),
        ("not long ago", "It is quiet."),
        ("2025-08-12", "It was quiet, it wrote in August."),
        ("2019-03-02", "It was quiet, it wrote in 2019."),
        ("2023-03-02", "It was quiet, it reported three years ago."),
        ("2025-03-02", "It was quiet last year."),
    ],
)
def test_a_new_source_one_without_date_and_one_whose_age_is_said_are_left_alone(
    story: Make, card: Make, item: Make, published: str | None, text: str
) -> None:
    assert found(story, card, item, published, text) == []


def test_a_source_younger_than_the_story_s_last_change_is_told(story: Make, card: Make, item: Make) -> None:
    assert [problem.rule for problem in found(story, card, item, "2026-03-09")] == ["young-source"]
    assert found(story, card, item, "2026-03-03") == []
    assert found(story, card, item, "2026-03-09", updated=None) == []


def test_without_a_dateline_the_day_of_the_review_counts(story: Make, card: Make, item: Make) -> None:
    assert [problem.rule for problem in found(story, card, item, "2025-11-02", updated=None)] == ["old-source"]


def test_the_ages_come_youngest_first(story: Make, card: Make, item: Make) -> None:
    old, new = replace(item("one", "A."), published="2026-01-02"), replace(item("two", "B."), published="2026-03-01")
    whole = story(card("<p>A.</p>", old, new, item("three", "C.")), updated=MARCH)
    manuscript = manuscript_of(whole, {each.id: each for each in (old, new)}, Background())
    assert [(age.entry, age.days, age.told) for age in ages(manuscript)] == [(1, 1, "one day"), (0, 59, "8 weeks")]
    assert ages(manuscript_of(replace(whole, updated=None), {"one": old}, Background())) == ()


def test_ages_are_told_in_words() -> None:
    assert [age_in_words(days) for days in (0, 1, 9, 20, 45, 90, 400, 800)] == [
        "of the same day", "one day", "9 days", "2 weeks", "6 weeks", "3 months", "13 months", "2 years",
    ]  # fmt: skip


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    assert list(old_sources(manuscript_of(clean.story, clean.items, Background(today=date(2026, 11, 26))))) == []
