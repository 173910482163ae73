"""A story as the list of stories shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

STATUSES = ("draft", "ready", "exported", "killed")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryEntry:
    """One line of the list of stories: all but the document.

    ``place`` orders the stories by when they were changed, whatever the clock said; those from before it was kept have 0.
    ``status`` is ``draft``, ``ready``, ``exported`` or ``killed``; ``exported`` is when the hand-over ledger last says it was
    handed over, or None. ``embargo``, ``time_zone`` (an IANA name) and ``notes`` are the story's own.
    """

    id: int
    slug: str
    headline: str
    status: str
    created: datetime
    changed: datetime
    place: int = 0
    exported: datetime | None = None
    sample: bool = False
    embargo: datetime | None = None
    time_zone: str | None = None
    notes: str = ""
