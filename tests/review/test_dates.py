"""Weekdays and dates are read in the languages of the desk."""

from __future__ import annotations

from datetime import date

import pytest

from workstation.review.figures.dates import dates_in, is_month, today_in, weekday_name, weekdays_in, years_near


@pytest.mark.parametrize(
    ("language", "text", "day", "month", "year", "weekday"),
    [
        ("en", "Thursday, January 18, 2024", 18, 1, 2024, 3),
        ("en", "Thu 18 January", 18, 1, None, 3),
        ("en", "Jan. 18th", 18, 1, None, None),
        ("en", "the 3rd of March 2025", 3, 3, 2025, None),
        ("de", "Donnerstag, 18. Januar 2024", 18, 1, 2024, 3),
        ("de", "am 3. März", 3, 3, None, None),
        ("fr", "jeudi 18 janvier 2024", 18, 1, 2024, 3),
        ("fr", "le 1er mars", 1, 3, None, None),
        ("es", "jueves 18 de enero de 2024", 18, 1, 2024, 3),
        ("pt", "quinta-feira, 18 de janeiro de 2024", 18, 1, 2024, 3),
        ("it", "giovedì 18 gennaio 2024", 18, 1, 2024, 3),
    ],
)
def test_a_date_is_read(language: str, text: str, day: int, month: int, year: int | None, weekday: int | None) -> None:
    (written,) = dates_in(text, language)
    assert (written.day, written.month, written.year, written.weekday) == (day, month, year, weekday)


@pytest.mark.parametrize("text", ["he sat 3 rows off", "in May", "may 5 men", "at 4:05", "March of 300", "1999 march"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert dates_in(text) == ()


@pytest.mark.parametrize(
    ("text", "exists"), [("31 November", False), ("February 30", False), ("29 February 2025", False), ("29 February", True)]
)
def test_a_day_exists_or_not(text: str, exists: bool) -> None:
    (written,) = dates_in(text)
    assert written.exists is exists


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [
        ("en", "On Monday and Friday, the Sun sat.", [0, 4]),
        ("en", "Good Friday, The Sunday Times and Fridays", []),
        ("de", "am Mittwoch", [2]),
        ("fr", "lundi et Mardi", [0, 1]),
        ("es", "el miércoles", [2]),
        ("pt", "na quarta-feira, a quinta", [2]),
        ("it", "venerdì", [4]),
        ("zu", "Friday", []),
    ],
)
def test_weekdays_are_found_by_their_full_names(language: str, text: str, days: list[int]) -> None:
    assert [found.day for found in weekdays_in(text, language)] == days


def test_a_date_without_a_year_is_the_nearest_one() -> None:
    (written,) = dates_in("on 28 December")
    assert years_near(written, date(2026, 1, 5)) == (2025,)


def test_the_small_words_of_the_calendar() -> None:
    assert is_month("May", "en") and not is_month("may", "en") and is_month("mars", "fr")
    assert today_in("He said today.", "en") and not today_in("today’s men", "en")
    assert weekday_name(3, "de") == "Donnerstag"
