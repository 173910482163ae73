"""Dates as pages write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from workstation.ingest.written_dates import spelled_day

_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)")
_BASIC_OFFSET = re.compile(r"\s*([+-]\d{2})(\d{2})$")
_SHORT_OFFSET = re.compile(r"(\d)\s*([+-]\d{2})$")
_FRACTION = re.compile(r"\.\d+")
_SECONDS = re.compile(r"(1\d{9})(?:\d{3})?")
_EARLIEST = 1900
_LINE = 200


def iso_date(value: str, *, captured: datetime) -> str | None:
    """``value`` as an ISO 8601 time, or as a day where it holds no readable time; None when it is no date.

    A day later than the day after ``captured`` is no publication date.
    """
    text = value.strip()[:_LINE]
    moment = _time(text)
    if moment is not None:
        return moment.isoformat(timespec="seconds") if _likely(moment, captured) else None
    return _day(text, captured) or written_date(text, captured=captured)


def written_date(line: str, *, captured: datetime) -> str | None:
    """The day that is written in a line of any language ("۱۱ اسفند ۱۴۰۴"), as ISO 8601; None when there is none."""
    day = spelled_day(line[:_LINE])
    return day.isoformat() if day and _likely(day, captured) else None


def _time(text: str) -> datetime | None:
    if _SECONDS.fullmatch(text):
        return datetime.fromtimestamp(int(text[:10]), tz=UTC)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) or not re.search(r"\d[:h]\d|T\d", text):
        return None
    tidy = _FRACTION.sub("", text.replace(" UTC", "Z").replace(" GMT", "Z") if text[:4].isdigit() else text)
    try:
        return datetime.fromisoformat(_SHORT_OFFSET.sub(r"\1\2:00", _BASIC_OFFSET.sub(r"\1:\2", tidy)))
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _day(text: str, captured: datetime) -> str | None:
    found = _DAY.match(text)
    if not found:
        return None
    try:
        moment = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
    return moment.date().isoformat() if _likely(moment, captured) else None


def _likely(moment: date, captured: datetime) -> bool:
    day = moment.date() if isinstance(moment, datetime) else moment
    return day.year >= _EARLIEST and day <= captured.date() + timedelta(days=1)
