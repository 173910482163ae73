"""A backup: a whole copy of the desk that was made, and proven, at one moment. Which of many are worth their room."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

NEWEST_KEPT = 5
"""So many of the newest good ones stay, however little room there is."""
BAD_KEPT = 2
BY_HAND_KEPT = 3
ROOM = 2 * 1024**3
"""Bytes that backups may take together; a large desk may take more, see :data:`ROOM_IN_DESKS`."""
ROOM_IN_DESKS = 8
PLANS = ((24, 14, 26), (12, 10, 12), (6, 7, 8), (3, 4, 4), (1, 2, 2), (0, 1, 1), (0, 0, 0))
"""Hours, days and weeks of which the last backup is kept; the next plan where the one before takes too much room."""


class BackupReason(StrEnum):
    """Why a backup was made."""

    START = "start"
    WORK = "work"
    HAND = "hand"
    UPDATE = "update"
    RESTORE = "restore"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup and the file that is it.

    ``number`` counts the backups of a desk from 1 and is what orders them; ``made`` is what the clock said and only a label.
    ``size`` is in bytes. ``stories`` and ``items`` are None where nobody counted them. ``problem`` tells why it is a bad one.
    ``stamp`` marks the state of the store's files that it was made from, ``sha256`` the bytes of the backup itself.
    """

    number: int
    made: datetime
    reason: BackupReason
    path: Path
    size: int
    stories: int | None = None
    items: int | None = None
    problem: str = ""
    stamp: str = ""
    sha256: str = ""

    @property
    def is_good(self) -> bool:
        """Whether it was whole when it was made."""
        return not self.problem


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUpStory:
    """A line of a backup's list of stories. ``id`` and ``created`` tell which story of today it is."""

    id: int
    slug: str
    headline: str
    status: str
    created: datetime
    changed: datetime


def newest_good(backups: Iterable[Backup]) -> Backup | None:
    """The good backup with the highest number."""
    return max((backup for backup in backups if backup.is_good), key=lambda backup: backup.number, default=None)


def superfluous(backups: Sequence[Backup], room: int = ROOM) -> list[Backup]:
    """The backups that may go, in any order; ``room`` is in bytes.

    What is kept follows from the order and from what the clock said of each beside the others, never from what it says now: a
    clock that runs wrong makes none of them old. Of the good ones stay the newest, the last before an update, all from before a
    restore, the last few by hand, and the last of each of so many hours, days and weeks. While the newest is bad no good one
    goes.
    """
    ordered = sorted(backups, key=lambda backup: backup.number, reverse=True)
    bad = [backup for backup in ordered if not backup.is_good]
    good = [backup for backup in ordered if backup.is_good]
    always = {backup.number for backup in _last(ordered, BackupReason.UPDATE, 1)}
    going = [backup for backup in bad[BAD_KEPT:] if backup.number not in always]
    if not good or not ordered[0].is_good:
        return going
    always |= _never_dropped(good)
    limit = max(room, ROOM_IN_DESKS * good[0].size)
    kept = next(
        kept for plan in PLANS if (kept := always | _planned(good, plan)) and (_fits(good, kept, limit) or plan == PLANS[-1])
    )
    return [*going, *(backup for backup in good if backup.number not in kept)]


def _never_dropped(good: Sequence[Backup]) -> set[int]:
    kept = [*good[:NEWEST_KEPT], *_last(good, BackupReason.UPDATE, 1), *_last(good, BackupReason.HAND, BY_HAND_KEPT)]
    return {backup.number for backup in (*kept, *_last(good, BackupReason.RESTORE, len(good)))}


def _last(ordered: Sequence[Backup], reason: BackupReason, most: int) -> Sequence[Backup]:
    return [backup for backup in ordered if backup.reason is reason][:most]


def _fits(good: Sequence[Backup], kept: set[int], limit: int) -> bool:
    return sum(backup.size for backup in good if backup.number in kept) <= limit


def _planned(good: Sequence[Backup], plan: tuple[int, int, int]) -> set[int]:
    """The last of each hour, day and week, newest first; one whose time does not fit between the others is kept, too."""
    if plan == PLANS[-1]:
        return set()
    known = _in_order_of_time(good)
    kept = {backup.number for backup in good if backup.number not in known}
    for most, period in zip(plan, _PERIODS, strict=True):
        seen: dict[object, int] = {}
        for backup in good:
            if backup.number in known and len(seen) < most:
                seen.setdefault(period(backup.made), backup.number)
        kept.update(seen.values())
    return kept


_PERIODS: Sequence[Callable[[datetime], object]] = (
    lambda made: (made.date(), made.hour),
    lambda made: made.date(),
    lambda made: made.isocalendar()[:2],
)


def _in_order_of_time(good: Sequence[Backup]) -> set[int]:
    """The numbers of the most backups whose times rise with their numbers: the others were made while the clock was wrong."""
    ends: list[datetime] = []
    chains: list[tuple[int, ...]] = []
    for backup in reversed(good):
        at = bisect_right(ends, backup.made)
        chain = (*(chains[at - 1] if at else ()), backup.number)
        ends[at : at + 1], chains[at : at + 1] = [backup.made], [chain]
    return set(chains[-1] if chains else ())
