"""How old the sources of a story are on the day that the story bears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from workstation.domain.item import Item
from workstation.review.grounds.carried import dateline_day
from workstation.review.manuscript import Manuscript

_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30.44, 365.25


@dataclass(frozen=True, slots=True)
class SourceAge:
    """The source at index ``entry`` of the card at index ``card``, published on ``day``: ``days`` old, below 0 it is younger."""

    card: int
    entry: int
    name: str
    day: date
    days: int

    @property
    def told(self) -> str:
        """The age in words."""
        return age_in_words(self.days)


def ages(manuscript: Manuscript) -> tuple[SourceAge, ...]:
    """The sources whose date is known, the youngest first; none where the story has no day."""
    today = dateline_day(manuscript)
    if today is None:
        return ()
    return tuple(sorted(_ages(manuscript, today), key=lambda age: (age.days, age.card, age.entry)))


def _ages(manuscript: Manuscript, today: date) -> Iterator[SourceAge]:
    for card, signal in manuscript.cards:
        for entry, source in enumerate(signal.sources):
            item = manuscript.items.get(source.item or "")
            day = day_of(item) if item else None
            if day:
                yield SourceAge(card, entry, source.name, day, (today - day).days)


def day_of(item: Item) -> date | None:
    """The day on which an item was published, as the source counts days; None where nobody knows."""
    told = (item.published or "").strip()
    try:
        return datetime.fromisoformat(told).date()
    except ValueError:
        return None


def age_in_words(days: int) -> str:
    """How many days, weeks, months or years that is."""
    if days < 2:
        return {0: "of the same day", 1: "one day"}.get(days, "not yet a day")
    if days < 2 * 7:
        return f"{days} days"
    if days < 2 * _DAYS_OF_MONTH:
        return f"{days // 7} weeks"
    if days < 2 * _DAYS_OF_YEAR:
        return f"{round(days / _DAYS_OF_MONTH)} months"
    return f"{round(days / _DAYS_OF_YEAR)} years"
