"""Dates as feeds write them, in every odd form, as ISO 8601."""

from __future__ import annotations

import re
from calendar import timegm
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from itertools import pairwise

from workstation.ingest.dates import iso_date

_LONGEST = 80
_EARLIEST = "1900"
_ENGLISH = re.compile(
    r"(?:[A-Za-z]{2,9}\.?,?\s+)?(\d{1,2})[\s-]+([A-Za-z]{3})[A-Za-z]*\.?,?[\s-]+(\d{4}|\d{2}),?"
    r"(?:\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,]\d+)?)?\s*([AaPp]\.?[Mm]\.?)?)?\s*(.*)"
)
_MONTH_NAMES = """
jan feb mar apr may jun jul aug sep oct nov dec
"""
_MONTHS = {name: number for number, name in enumerate(_MONTH_NAMES.split(), start=1)}
_OFFSET = re.compile(r"(?:GMT|UTC|UT)?\s*([+-])(\d{1,2}):?(\d{2})?(?:\s*\(.*\))?$")
_HOURS = """
z 0 ut 0 gmt 0 utc 0 wet 0 west 1 bst 1 cet 1 cest 2 mez 1 mesz 2 eet 2 eest 3 msk 3 ist 5.5 jst 9 kst 9 ast -4 adt -3
est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 nzst 12 nzdt 13 aest 10 aedt 11
"""
_ZONES = {"": 0.0, **{name: float(hours) for name, hours in pairwise(_HOURS.split()) if name.isalpha()}}


def feed_date(written: str, captured: datetime) -> str | None:
    """``written`` as an ISO 8601 time (or day) with the offset that it gives; a time without one is taken for UTC.

    None for what is no date and for a day later than the day after ``captured``.
    """
    text = " ".join(written.split())[:_LONGEST]
    if not text:
        return None
    moment = _moment(text)
    if moment is not None:
        return moment if _EARLIEST <= moment[:10] <= (captured + timedelta(days=1)).date().isoformat() else None
    return _in_utc(iso_date(text, captured=captured)) or iso_date(_foreign(text) or "", captured=captured)


def _in_utc(found: str | None) -> str | None:
    return f"{found}+00:00" if found and "T" in found and not re.search(r"[+-]\d\d:\d\d$", found) else found


def _moment(text: str) -> str | None:
    return _english(text) if not text[:4].isdigit() else _w3c(text)


def _w3c(text: str) -> str | None:
    """``2026-03-02T09:10:00Z`` and its relatives."""
    if len(text) < 16 or text[4] != "-":
        return None
    tidy = re.sub(r"\s*(?:GMT|UTC|Z)$", "+00:00", re.sub(r"[.,]\d+", "", text), flags=re.IGNORECASE)
    try:
        moment = datetime.fromisoformat(tidy)
    except ValueError:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).isoformat()


def _english(text: str) -> str | None:
    """``Mon, 02 Mar 2026 09:10:00 EST``, with whatever is missing or too much."""
    found = _ENGLISH.fullmatch(text)
    month = _MONTHS.get(found.group(2).lower()) if found else None
    if found is None or month is None:
        return None
    day, year = int(found.group(1)), _full_year(found.group(3))
    zone = _zone(found.group(8))
    try:
        if found.group(4) is None:
            return datetime(year, month, day, tzinfo=UTC).date().isoformat()
        hour, minute, second = (int(found.group(part) or 0) for part in (4, 5, 6))
        start = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        return None
    if hour > 24 or minute > 59 or second > 60:
        return None
    hour = hour % 12 + 12 * (found.group(7)[0].lower() == "p") if found.group(7) else hour
    return (start + timedelta(hours=hour, minutes=minute, seconds=min(second, 59))).isoformat()


def _full_year(digits: str) -> int:
    year = int(digits)
    return year if len(digits) == 4 else year + (2000 if year < 70 else 1900)


def _zone(text: str) -> timezone:
    name = text.strip().lower()
    if name in _ZONES:
        return timezone(timedelta(hours=_ZONES[name]))
    found = _OFFSET.match(text.strip())
    if not found:
        return UTC
    minutes = int(found.group(2)) * 60 + int(found.group(3) or 0)
    return timezone(timedelta(minutes=minutes if found.group(1) == "+" else -minutes)) if minutes < 24 * 60 else UTC


@lru_cache(maxsize=256)
def _foreign(text: str) -> str | None:
    """What feedparser makes of forms that only it knows: Korean, Greek, Hungarian, week dates, Perforce."""
    from feedparser.datetimes import _parse_date  # noqa: PLC0415 - loads feedparser, for odd feeds alone

    try:
        parts = _parse_date(text)
        return datetime.fromtimestamp(timegm(parts), UTC).isoformat() if parts else None
    except Exception:  # its parsers were not written for hostile text
        return None
