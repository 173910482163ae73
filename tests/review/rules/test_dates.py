"""Days are in the calendar, on the weekday beside them, on the source's weekday, and named."""

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
from workstation.review.rules.dates_in_calendar import dates_in_calendar
from workstation.review.rules.relative_days import relative_days
from workstation.review.rules.weekdays_of_sources import weekdays_of_sources

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


# --- the source's weekday ------------------------------------------------------------------------------------------

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


# --- yesterday -----------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("rule", [dates_in_calendar, weekdays_of_sources, relative_days])
def test_clean_stories_have_no_alarm(clean: Any, rule: Any) -> None:
    background = Background(today=date(2026, 11, 26))
    assert list(rule(manuscript_of(clean.story, clean.items, background))) == []
