"""A feed that the editor follows, and when it is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

SHORTEST, USUAL, LONGEST = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
"""How often a feed is asked: never more often than the first, by itself as the second, never less often than the last."""

QUIET = (
    (timedelta(days=30), timedelta(hours=12)),
    (timedelta(days=7), timedelta(hours=4)),
    (timedelta(days=2), timedelta(hours=2)),
)
"""A feed that brought nothing for so long is asked only so often, unless the editor said how often."""

CHOICES = (15, 30, 60, 180, 720, 1440)
"""Minutes that an editor may choose from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A followed feed.

    ``name`` is what the editor calls it, ``title`` what it calls itself; ``folder`` is ``""`` or a path such as ``Asia / Press``.
    ``every`` is the editor's word on how many minutes lie between two requests, None leaves it to the program; ``least`` are the
    minutes that the feed asks to be left alone. ``asked``, ``changed`` and ``due`` are when it was asked last, when it last
    brought something new, and when it is asked again. ``failures`` counts those in a row, ``error`` says what the last was.
    """

    id: int
    url: str
    title: str = ""
    name: str = ""
    home: str | None = None
    folder: str = ""
    language: str | None = None
    icon: str | None = None
    etag: str | None = None
    modified: str | None = None
    every: int | None = None
    least: int | None = None
    added: datetime
    asked: datetime | None = None
    changed: datetime | None = None
    due: datetime
    failures: int = 0
    error: str = ""
    paused: bool = False
    unread: int = 0
    items: int = 0

    @property
    def label(self) -> str:
        """What the feed is called in lists."""
        return self.name or self.title or self.url


def next_due(feed: Feed, now: datetime, *, wait: timedelta | None = None) -> datetime:
    """When ``feed``, just asked, is asked again: always the same for the same feed and moment.

    After failures twice as long each time. ``wait`` is what the server asked for (``Retry-After``, ``max-age``).
    """
    usual = timedelta(minutes=feed.every) if feed.every else _by_itself(feed, now)
    least = max(timedelta(minutes=feed.least or 0), wait or timedelta())
    backed_off: timedelta = usual * (1 << min(feed.failures, 10))
    return now + min(max(backed_off, least, SHORTEST), LONGEST)


def _by_itself(feed: Feed, now: datetime) -> timedelta:
    since = now - (feed.changed or feed.added)
    return next((every for quiet, every in QUIET if since >= quiet), USUAL)
