"""What a story is held against: the archived texts that it rests on, its own language, and the day that it bears."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workstation.domain.item import Item
from workstation.domain.language_tag import language_in
from workstation.review.manuscript import Manuscript, Passage


def own_language(manuscript: Manuscript) -> str:
    """The ISO 639 code of the language that the story is written in."""
    return language_in(manuscript.story.language or manuscript.background.language)


def dateline_day(manuscript: Manuscript) -> date | None:
    """The day that the story bears: of its last change, else of its publication, in its own zone; else the day of the review."""
    story = manuscript.story
    moment = story.updated or story.first_published
    return _day_in(moment, story.time_zone) if moment else manuscript.background.today


def _day_in(moment: datetime, time_zone: str | None) -> date:
    try:
        return moment.astimezone(ZoneInfo(time_zone)).date() if time_zone else moment.date()
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):  # the first and the last year end in some zones
        return moment.date()


def texts_in_its_language(manuscript: Manuscript, passage: Passage) -> Iterator[Item]:
    """The items that a text rests on, as far as they are archived and in the story's language."""
    language = own_language(manuscript)
    return (item for item in archived(manuscript, passage) if language_of(item, language) == language)


def archived(manuscript: Manuscript, passage: Passage) -> Iterator[Item]:
    """The items that a text rests on, as far as their text is archived."""
    every = (manuscript.items.get(item_id) for item_id in passage.item_ids)
    return (item for item in every if item and item.text)


def language_of(item: Item, default: str) -> str:
    """The ISO 639 code of the language that an item is written in; ``default`` where nobody knows."""
    return language_in(item.language or default)
