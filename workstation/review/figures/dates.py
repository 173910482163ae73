"""Days and dates as a text writes them: weekdays, months, and whether such a day is in the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from workstation.domain.language_tag import language_in

_LANGUAGES = ("en", "de", "fr", "es", "pt", "it", "nl")
_WITH_CAPITALS = ("en", "de")
_LEAP_YEAR = 2000


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A date at code points ``start`` to ``end`` of a text: its weekday (Monday is 0) and year where they are written.

    ``weekday_at`` is the place of the weekday.
    """

    start: int
    end: int
    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    weekday_at: tuple[int, int] = (0, 0)

    @property
    def exists(self) -> bool:
        """Whether the calendar has such a day, in its year or in any."""
        return _day_of(self.year or _LEAP_YEAR, self.month, self.day) is not None

    def in_year(self, year: int) -> date | None:
        """The day in that year; None where that year has no such day."""
        return _day_of(year, self.month, self.day)


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Weekday:
    """The name of a weekday (Monday is 0) at code points ``start`` to ``end`` of a text."""

    start: int
    end: int
    day: int


@dataclass(frozen=True, slots=True)
class _Calendar:
    """The names of one language, in small letters; ``weekdays`` are the full ones, ``short_weekdays`` stand before dates only."""

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    short_weekdays: Mapping[str, int]
    names: tuple[str, ...]


def _known(language: str) -> str:
    short = language_in(language)
    return short if short in _LANGUAGES else ""


@cache
def _calendar(language: str) -> _Calendar:
    from babel import Locale  # noqa: PLC0415 - heavy, and only needed when a story is checked

    locale = Locale.parse(language)
    wide = {name.lower(): index for index, name in locale.days["format"]["wide"].items()}
    short = {name.lower().rstrip("."): index for index, name in locale.days["format"]["abbreviated"].items()}
    short |= {name.removesuffix("-feira"): index for name, index in wide.items()}
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            months |= {name.lower().rstrip("."): index for index, name in locale.months[context][width].items()}
    if language == "en":
        months["sept"] = 9
    names = tuple(str(locale.days["format"]["wide"][index]) for index in range(7))
    return _Calendar(months, wide, {**short, **wide}, names)


def is_month(word: str, language: str) -> bool:
    """Whether ``word`` names a month in ``language``; "may" without its capital is none."""
    known = _known(language)
    return (
        bool(known) and word.lower().rstrip(".") in _calendar(known).months and (known not in _WITH_CAPITALS or word[0].isupper())
    )


def is_weekday(word: str, language: str) -> bool:
    """Whether ``word`` is a weekday's full name."""
    known = _known(language)
    return bool(known) and word.lower() in _calendar(known).weekdays


def weekday_name(day: int, language: str) -> str:
    """What a weekday (Monday is 0) is called; in English where the language is not known here."""
    return _calendar(_known(language) or "en").names[day]


def month_names(month: int, language: str) -> tuple[str, ...]:
    """What a month (January is 1) is called, in full and in short."""
    months = _calendar(_known(language) or "en").months
    return tuple(variant for word, index in months.items() if index == month for variant in (word.capitalize(), word))


_TODAY = {"en": "today", "de": "heute", "fr": "aujourd’hui", "es": "hoy", "pt": "hoje", "it": "oggi", "nl": "vandaag"}


def today_in(text: str, language: str) -> bool:
    """Whether ``text`` says today."""
    word = _TODAY.get(_known(language))
    return bool(word) and re.search(rf"(?<!\w){word}(?![\w’'])", text.replace("'", "’"), re.IGNORECASE) is not None


@lru_cache(maxsize=512)
def weekdays_in(text: str, language: str = "en") -> tuple[Weekday, ...]:
    """The full names of weekdays in ``text``."""
    known = _known(language)
    if not known:
        return ()
    calendar = _calendar(known)
    found = _weekday_pattern(known).finditer(text)
    return tuple(Weekday(match.start(), match.end(), calendar.weekdays[match.group().lower()]) for match in found)


@cache
def _weekday_pattern(language: str) -> re.Pattern[str]:
    """In English and German a weekday has its capital: sat, sun and mon are other words."""
    weekdays = _calendar(language).weekdays
    if language in _WITH_CAPITALS:
        names = _any({word.capitalize(): 0 for word in weekdays})
        return re.compile(rf"(?<![\w-]){_NO_FEAST}(?:{names})(?![\w-]|\s(?:Times|Telegraph|Mail|Express|Mirror|Post|Night))")
    return re.compile(rf"(?<![\w-])(?:{_any(weekdays)})(?![\w-])", re.IGNORECASE)


_NO_FEAST = "".join(f"(?<!{feast} )" for feast in ("Good", "Black", "Bloody", "Super", "Easter", "Ash", "Palm", "Holy", "Cyber"))
"""Good Friday is a day of its own."""


@lru_cache(maxsize=512)
def dates_in(text: str, language: str = "en") -> tuple[WrittenDate, ...]:
    """The dates of ``text`` that name their month."""
    known = _known(language)
    return tuple(_dates(text, known)) if known else ()


def _dates(text: str, language: str) -> Iterator[WrittenDate]:
    calendar = _calendar(language)
    for match in _date_pattern(language).finditer(text):
        month = match.group("month") or match.group("month_before")
        weekday = match.group("weekday")
        if language in _WITH_CAPITALS and not all(word[0].isupper() for word in (month, weekday) if word):
            continue
        day = "day" if match.group("day") else "day_behind"
        year = match.group("year") or match.group("year_behind")
        yield WrittenDate(
            match.start(),
            match.end(),
            int(match.group(day)),
            calendar.months[month.lower().rstrip(".")],
            int(year) if year else None,
            calendar.short_weekdays[weekday.lower()] if weekday else None,
            match.span("weekday"),
        )


@cache
def _date_pattern(language: str) -> re.Pattern[str]:
    """[Thursday,] 18[th] [of] January [2024], or January 18[th][, 2024]."""
    calendar = _calendar(language)
    months, weekdays = _any(calendar.months), _any(calendar.short_weekdays)
    lead = rf"(?:(?P<weekday>{weekdays})\.?,?\s(?:(?:the|den|dem|le|el|il|dia)\s)?)?"
    forward = (
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|º|°|\.)?\s(?:of\s|de\s)?(?P<month>{months})(?![\w-])"
        rf"(?:\.?,?\s(?:de\s|del\s)?(?P<year>\d{{4}})(?!\d))?"
    )
    backward = (
        rf"(?P<month_before>{months})\.?\s(?P<day_behind>\d{{1,2}})(?:st|nd|rd|th)?(?![\w:.]?\d|\w|\s?%)"
        r"(?:,?\s(?P<year_behind>\d{4})(?!\d))?"
    )
    never = r"(?!)(?P<month_before>)(?P<day_behind>)(?P<year_behind>)"
    either = f"(?:{forward}|{backward if language == 'en' else never})"
    return re.compile(rf"(?<![\w.,:/-]){lead}{either}", re.IGNORECASE)


def _any(words: Mapping[str, int]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def years_near(written: WrittenDate, day: date) -> tuple[int, ...]:
    """The years that a date without one may mean, told on ``day``: those in which it is at most half a year away."""
    near = timedelta(days=190)
    every = ((year, written.in_year(year)) for year in (day.year - 1, day.year, day.year + 1))
    return tuple(year for year, there in every if there and abs(there - day) <= near)
