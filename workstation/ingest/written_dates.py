"""A day written in words or figures, in the languages and calendars that news is dated in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

from workstation.ingest.month_names import MONTHS, PERSIAN_MONTHS

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "民國": 1911, "民国": 1911}
_ERA = re.compile(r"(令和|平成|昭和|大正|民國|民国)\s*(\d{1,3}|元)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_CJK = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR_FIRST = re.compile(r"(?<![\d./-])(\d{4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|[./-]\d)")
_DAY_FIRST = re.compile(r"(?<![\d./-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4})(?!\d|[./-]\d)")
_NAMED_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|°|\.|-(?:го|е))?[\s.,-]*(?:de |d[’'])?([^\W\d_][^\s\d,]{1,24}?)[.,]?[\s,-]*"
    r"(?:de[l]? |г\.? |พ\.ศ\. ?|، ?)?(\d{4})(?!\d)"
)
_NAMED_MONTH_FIRST = re.compile(r"(?<![^\W\d_])([^\W\d_][^\s\d,]{1,24}?)[.,]?\s+(\d{1,2})(?:st|nd|rd|th)?\.?,?\s+(\d{4})(?!\d)")
_NAMED_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[.,]?\s+(?:m\.\s+)?([^\W\d_][^\s\d,]{1,24}?)[.,]?\s+(\d{1,2})(?!\d)")
_HEBREW_PREFIX = re.compile("^ב-?")
_BUDDHIST = 543
_PERSIAN_YEARS = range(1300, 1500)
_BUDDHIST_YEARS = range(2443, 2700)


def spelled_day(line: str) -> date | None:
    """The first day that is written in ``line``; None when there is none, or when it could be two ("3/4/2026")."""
    text = _plain(line)
    return next((day for reader in _READERS if (day := reader(text))), None)


def _plain(line: str) -> str:
    """``line`` folded: the digits of every script as 0 to 9, no marks of direction, one form of the Arabic yeh and kaf."""
    text = unicodedata.normalize("NFKC", line).casefold().translate(_FOLDED)
    return "".join(str(unicodedata.digit(letter)) if letter.isdigit() and not letter.isascii() else letter for letter in text)


def _day(year: int, month: int, day: int) -> date | None:
    """The day in the common calendar; years that no newspaper prints in it are taken for Persian or Buddhist ones."""
    if year in _PERSIAN_YEARS:
        return _from_persian(year, month, day)
    if year in _BUDDHIST_YEARS:
        year -= _BUDDHIST
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _from_persian(year: int, month: int, day: int) -> date | None:
    """A day of the solar Hijri calendar (the usual arithmetic of 33-year cycles, right from 1178 to 1633)."""
    if not (1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    past = year - 979
    days = 365 * past + past // 33 * 8 + (past % 33 + 3) // 4
    days += sum(31 if number < 7 else 30 for number in range(1, month)) + day - 1
    return date(1600, 3, 20) + timedelta(days=days)


def _era_day(text: str) -> date | None:
    found = _ERA.search(text)
    if not found:
        return None
    year = 1 if found.group(2) == "元" else int(found.group(2))
    return _day(_ERAS[found.group(1)] + year, int(found.group(3)), int(found.group(4)))


def _cjk_day(text: str) -> date | None:
    found = _CJK.search(text)
    return _day(int(found.group(1)), int(found.group(2)), int(found.group(3))) if found else None


def _year_first(text: str) -> date | None:
    found = _YEAR_FIRST.search(text)
    return _day(int(found.group(1)), int(found.group(3)), int(found.group(4))) if found else None


def _day_first(text: str) -> date | None:
    """Figures with the year last: points are only used day first; with other marks only one order may be possible."""
    found = _DAY_FIRST.search(text)
    if not found:
        return None
    first, mark, second, year = int(found.group(1)), found.group(2), int(found.group(3)), int(found.group(4))
    if mark == "." or first > 12 or first == second or year in _PERSIAN_YEARS or year in _BUDDHIST_YEARS:
        return _day(year, second, first)
    return _day(year, first, second) if second > 12 else None


def _named_day_first(text: str) -> date | None:
    days = (_named(found.group(3), found.group(2), found.group(1)) for found in _NAMED_DAY_FIRST.finditer(text))
    return next(filter(None, days), None)


def _named_month_first(text: str) -> date | None:
    days = (_named(found.group(3), found.group(1), found.group(2)) for found in _NAMED_MONTH_FIRST.finditer(text))
    return next(filter(None, days), None)


def _named_year_first(text: str) -> date | None:
    days = (_named(found.group(1), found.group(2), found.group(3)) for found in _NAMED_YEAR_FIRST.finditer(text))
    return next(filter(None, days), None)


def _named(year: str, name: str, day: str) -> date | None:
    word = name.strip(".,-")
    persian = _PERSIAN.get(word)
    if persian and int(year) in _PERSIAN_YEARS:
        return _from_persian(int(year), persian, int(day))
    number = _MONTHS.get(word) or _MONTHS.get(_HEBREW_PREFIX.sub("", word))
    return _day(int(year), number, int(day)) if number else None


_FOLDED = {
    0x200E: None,
    0x200F: None,
    0x202A: None,
    0x202B: None,
    0x202C: None,
    0x2067: None,
    0x2069: None,
    0x64A: 0x6CC,
    0x643: 0x6A9,
}
_MONTHS = {name.translate(_FOLDED): number for name, number in MONTHS.items()}
_PERSIAN = {name.translate(_FOLDED): number for name, number in PERSIAN_MONTHS.items()}
_READERS: tuple[Callable[[str], date | None], ...] = (
    _era_day, _cjk_day, _named_day_first, _named_month_first, _year_first, _day_first, _named_year_first,
)  # fmt: skip
