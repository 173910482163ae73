"""The datelines and the embargo agree with each other and with the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from workstation.domain.embargo import told_embargo
from workstation.domain.problem import Place, Problem, Severity
from workstation.review.manuscript import Manuscript

_PLANNED = timedelta(days=1)
"""A story may be dated for the morning on which it is to come out."""


def times(manuscript: Manuscript) -> Iterator[Problem]:
    """Warns of datelines that contradict each other or lie ahead, and of a time zone that nobody knows."""
    story = manuscript.story
    zone = story.time_zone
    if zone and not _is_known(zone):
        message = (
            f"No time zone is called “{zone}”, so the datelines are printed in another one. Choose one, such as Europe/London."
        )
        yield Problem("time-zone", Severity.WARNING, Place("time_zone"), message, zone)
    first, updated, embargo = story.first_published, story.updated, story.embargo
    if first and updated and updated < first:
        message = f"The story was updated before it was first published ({told_embargo(first, zone)}). Correct one of the two."
        yield Problem("dateline", Severity.WARNING, Place("updated"), message, told_embargo(updated, zone))
    if first and embargo and first < embargo:
        message = (
            f"The story was first published before its embargo ends ({told_embargo(embargo, zone)}). Correct one of the two."
        )
        yield Problem("dateline", Severity.WARNING, Place("embargo"), message, told_embargo(first, zone))
    else:
        yield from _ahead(manuscript, "first_published", first)
    if updated != first:
        yield from _ahead(manuscript, "updated", updated)


def _ahead(manuscript: Manuscript, field: str, moment: datetime | None) -> Iterator[Problem]:
    today = manuscript.background.today
    if moment is None or today is None or not _is_later(moment, today) or _clock_is_wrong(manuscript, today):
        return
    told = told_embargo(moment, manuscript.story.time_zone)
    message = f"The dateline lies ahead: {told}. Correct it, unless the story is to come out then."
    yield Problem("dateline", Severity.WARNING, Place(field), message, told)


def _is_later(moment: datetime, today: date) -> bool:
    return moment.date() > today + _PLANNED


def _clock_is_wrong(manuscript: Manuscript, today: date) -> bool:
    """Whether sources were captured after today: then it is the machine whose day is wrong."""
    items = (manuscript.items.get(item) for item in manuscript.story.item_ids)
    return any(item is not None and _is_later(item.captured, today) for item in items)


@lru_cache(maxsize=32)
def _is_known(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        return False
    return True
