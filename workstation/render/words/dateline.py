"""Times as a publication prints them: a subset of the CLDR date-time patterns over the system's time zones.

Babel's own time patterns are not used: they put U+202F before PM and name London's summer ``+0100``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from workstation.domain.locales import locale_of
from workstation.domain.publication import Publication
from workstation.domain.story import Story
from workstation.errors import InputError
from workstation.render.words.characters import one_line

if TYPE_CHECKING:
    from babel import Locale

_TOKEN = re.compile(r"''|'((?:[^']|'')*)'|([A-Za-z])\2*|.", re.DOTALL)
_LETTERS_ONLY = re.compile(r"[A-Za-z]{2,}")

Field = Callable[[datetime, "Locale"], str]


def time_zone(name: str) -> ZoneInfo:
    """The zone with this IANA name.

    Raises:
        InputError: there is none.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        detail = f"“{name}” is not the name of a time zone; write one like “America/New_York” or “Asia/Riyadh”."
        raise InputError("The dateline cannot be printed", detail) from error


def local_time(moment: datetime, story: Story, publication: Publication) -> datetime:
    """``moment`` in the story's time zone, else the publication's."""
    zone = time_zone(story.time_zone or publication.time_zone)
    try:
        return moment.astimezone(zone)
    except (OverflowError, ValueError) as error:
        raise InputError("The dateline cannot be printed", f"The time {moment.isoformat()} is out of range.") from error


def format_time(moment: datetime, pattern: str, language: str) -> str:
    """``moment`` (already in its zone) by a CLDR pattern, in the words of ``language``.

    Known are ``y yy yyyy M MM MMM MMMM d dd E..EEEE h hh H HH m mm s ss a z zzzz`` and quoted text. Zones print as the
    letters that people know (EST, BST), else as ``GMT+3``.

    Raises:
        InputError: the pattern has another letter, or a quotation mark without its pair.
    """
    locale = locale_of(language)
    return "".join(_token(match, moment, locale, pattern) for match in _TOKEN.finditer(pattern))


def machine_time(moment: datetime) -> str:
    """``moment`` for the ``datetime`` attribute: always with its offset, in whole seconds."""
    offset = moment.utcoffset() or timedelta()
    if offset.total_seconds() % 60:  # the local mean times of long ago; HTML knows no seconds in an offset
        moment = moment.astimezone(ZoneInfo("UTC"))
    return moment.isoformat(timespec="seconds")


def told_time(moment: datetime | None, story: Story, publication: Publication) -> str | None:
    """``moment`` for machines in the story's time zone, else the publication's; None where there is none."""
    return machine_time(local_time(moment, story, publication)) if moment else None


def _token(match: re.Match[str], moment: datetime, locale: Locale, pattern: str) -> str:
    token, quoted, letter = match.group(), match.group(1), match.group(2)
    if token == "''":  # noqa: S105 - an escaped quotation mark
        return "'"
    if quoted is not None:
        return quoted.replace("''", "'")
    if letter is None and token != "'":  # noqa: S105 - a quotation mark without its pair
        return token
    field = _FIELDS.get(token)
    if field is None:
        known = " ".join(_FIELDS)
        detail = f"The date pattern “{pattern}” has “{token}”. Known are {known}, and text between ' marks."
        raise InputError("The dateline cannot be printed", detail)
    return field(moment, locale)


def _half_day(moment: datetime, locale: Locale) -> str:
    names = locale.day_periods["format"]["abbreviated"]
    name = str(names["am" if moment.hour < 12 else "pm"])
    return name.lower() if locale.language == "en" else name


def _zone_name(moment: datetime, _: Locale) -> str:
    name = moment.tzname() or ""
    if _LETTERS_ONLY.fullmatch(name):
        return name
    minutes = round((moment.utcoffset() or timedelta()).total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "-" if minutes < 0 else "+"
    return "GMT" if not minutes else f"GMT{sign}{hours}" + (f":{rest:02}" if rest else "")


def _month(width: str) -> Field:
    def name(moment: datetime, locale: Locale) -> str:
        return str(locale.months["format"][width][moment.month])

    return name


def _weekday(width: str) -> Field:
    def name(moment: datetime, locale: Locale) -> str:
        return str(locale.days["format"][width][moment.weekday()])

    return name


_FIELDS: Mapping[str, Field] = MappingProxyType(
    {
        "y": lambda moment, _: str(moment.year),
        "yy": lambda moment, _: f"{moment.year % 100:02}",
        "yyyy": lambda moment, _: f"{moment.year:04}",
        "M": lambda moment, _: str(moment.month),
        "MM": lambda moment, _: f"{moment.month:02}",
        "MMM": _month("abbreviated"),
        "MMMM": _month("wide"),
        "d": lambda moment, _: str(moment.day),
        "dd": lambda moment, _: f"{moment.day:02}",
        "E": _weekday("abbreviated"),
        "EE": _weekday("abbreviated"),
        "EEE": _weekday("abbreviated"),
        "EEEE": _weekday("wide"),
        "h": lambda moment, _: str(moment.hour % 12 or 12),
        "hh": lambda moment, _: f"{moment.hour % 12 or 12:02}",
        "H": lambda moment, _: str(moment.hour),
        "HH": lambda moment, _: f"{moment.hour:02}",
        "m": lambda moment, _: str(moment.minute),
        "mm": lambda moment, _: f"{moment.minute:02}",
        "s": lambda moment, _: str(moment.second),
        "ss": lambda moment, _: f"{moment.second:02}",
        "a": _half_day,
        "z": _zone_name,
        "zzzz": _zone_name,
    }
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """The dateline as people read it, and its time for machines."""

    text: str
    machine: str


def dateline(story: Story, publication: Publication) -> Dateline | None:
    """“Updated {time}” when the story was updated, else the time of its first publication alone; None without either."""
    moment = story.updated or story.first_published
    if moment is None:
        return None
    local = local_time(moment, story, publication)
    shown = format_time(local, publication.dateline_format, publication.language)
    before, _, after = publication.labels.updated.partition("{time}") if story.updated else ("", "", "")
    return Dateline(one_line(f"{before.rstrip()} {shown} {after.lstrip()}"), machine_time(local))
