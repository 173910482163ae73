"""A date that the story names is in the calendar, and falls on the weekday that stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workstation.domain.problem import Fix, Problem, Severity
from workstation.review.figures.dates import WrittenDate, dates_in, weekday_name, years_near
from workstation.review.grounds.carried import dateline_day, own_language
from workstation.review.manuscript import Manuscript, Passage

_FULL = 4
"""Letters from which a weekday is written out: an abbreviated one is not put right by its full name."""


def dates_in_calendar(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of a day that does not exist and of a weekday that is another in that year."""
    language, today = own_language(manuscript), dateline_day(manuscript)
    for passage in manuscript.passages:
        for written in dates_in(passage.text, language):
            if passage.quotes_at(written.start, written.end):
                continue
            if not written.exists:
                yield _no_such_day(passage, written)
            elif written.weekday is not None and (day := _other_weekday(written, today)):
                yield _wrong_weekday(passage, written, day, language)


def _other_weekday(written: WrittenDate, today: date | None) -> date | None:
    """The day that is meant, where its weekday is another; None where a year in question has the one that is written."""
    years = (written.year,) if written.year else years_near(written, today) if today else ()
    days = [day for year in years if (day := written.in_year(year))]
    if any(day.weekday() == written.weekday for day in days):
        return None
    return days[0] if len(days) == 1 else None


def _no_such_day(passage: Passage, written: WrittenDate) -> Problem:
    words = passage.text[written.start : written.end]
    message = f"There is no {words} in the calendar. Look up the day."
    return Problem("date", Severity.WARNING, passage.place_of(written.start, written.end), message, words)


def _wrong_weekday(passage: Passage, written: WrittenDate, day: date, language: str) -> Problem:
    words = passage.text[written.start : written.end]
    start, end = written.weekday_at
    printed, right = passage.text[start:end], weekday_name(day.weekday(), language)
    right = right.capitalize() if printed[0].isupper() else right
    message = f"“{words}”: that day of {day.year} is a {right}. Mend the weekday or the date."
    fix = Fix(f"Write {right}", printed, right, start) if len(printed) >= _FULL else None
    place = passage.place_of(written.start, written.end)
    return Problem("date", Severity.WARNING, place, message, words, fix, about=right)
