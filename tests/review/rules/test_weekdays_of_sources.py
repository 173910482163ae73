"""A thing happens on the weekday on which its source has it happen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workstation.domain.claim import Claim
from workstation.domain.mending import mended
from workstation.domain.problem import Problem
from workstation.domain.quote import Quote
from workstation.review.background import Background
from workstation.review.manuscript import manuscript_of
from workstation.review.rules.weekdays_of_sources import weekdays_of_sources

Make = Callable[..., Any]
JANUARY = datetime(2024, 1, 20, 12, tzinfo=UTC)


SOURCE = "Fighters of the northern front shelled the harbour of Salalah on Thursday, killing four dockers."


def of_sources(story: Make, card: Make, source: Any, text: str, **changes: Any) -> tuple[Any, list[Problem]]:
    whole = story(card(f"<p>{text}</p>", source), updated=JANUARY, **changes)
    return whole, list(weekdays_of_sources(manuscript_of(whole, {source.id: source}, Background())))


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the northern front shelled the harbour of Salalah on Friday.",
        "On Wednesday fighters shelled the harbour of Salalah and killed four dockers.",
        "The harbour of Salalah was shelled by northern fighters on Friday.",
    ],
)
def test_another_weekday_than_the_source_is_told_and_mended(story: Make, card: Make, item: Make, text: str) -> None:
    source = replace(item("one", SOURCE), published="2024-01-18")
    whole, (problem,) = of_sources(story, card, source, text)
    assert (problem.rule, problem.fix and problem.fix.new) == ("weekday-source", "Thursday")
    better = mended(whole, problem.place, problem.fix)
    assert list(weekdays_of_sources(manuscript_of(better, {"one": source}, Background()))) == []


def test_today_is_the_day_on_which_the_source_was_published(story: Make, card: Make, item: Make) -> None:
    text = SOURCE.replace("on Thursday", "today")
    source = replace(item("one", text), published="2024-01-18T09:00:00+00:00")
    _, (problem,) = of_sources(story, card, source, "Fighters shelled the harbour of Salalah on Friday, killing four dockers.")
    assert problem.fix and problem.fix.new == "Thursday"


@pytest.mark.parametrize(
    ("published", "more", "text"),
    [
        ("2024-01-18", "", "Fighters of the northern front shelled the harbour of Salalah on Thursday."),
        ("2024-01-19", "", "Fighters of the northern front shelled the harbour of Salalah, he said on Friday."),
        ("2024-01-18", " On Friday it was quiet.", "Fighters of the northern front shelled the harbour of Salalah on Friday."),
        ("2024-01-18", "", "The harbour opened on Monday."),
        ("2024-01-18", "", "“Fighters of the northern front shelled the harbour of Salalah on Friday,” he said."),
    ],
)
def test_other_days_are_left_alone(story: Make, card: Make, item: Make, published: str, more: str, text: str) -> None:
    source = replace(item("one", SOURCE + more), published=published)
    assert of_sources(story, card, source, text)[1] == []


def test_a_tied_sentence_has_the_day_of_its_passage(story: Make, card: Make, item: Make) -> None:
    source = replace(item("one", "Am Donnerstag wurde der Hafen beschossen."), language="de")
    quote = Quote(id="q", item="one", start=0, end=len(source.text), exact=source.text)
    for sentence, speaks in (("The harbour was shelled on Friday.", True), ("The harbour was shelled on Thursday.", False)):
        one = replace(card(f"<p>{sentence}</p>", source), claims=(Claim(sentence, "q"),))
        background = Background(quotes={"q": quote})
        assert bool(list(weekdays_of_sources(manuscript_of(story(one), {"one": source}, background)))) is speaks


def test_clean_stories_have_no_alarm(clean: Any) -> None:
    background = Background(today=date(2026, 11, 26))
    assert list(weekdays_of_sources(manuscript_of(clean.story, clean.items, background))) == []
