"""Items that share one row of the inbox, and what a capture of something known comes to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Tie(StrEnum):
    """Why an item is listed under another one."""

    VERSION = "version"
    """It is another version of the same address."""
    COPY = "copy"
    """Another outlet printed the same story."""
    MERGED = "merged"
    """The editor put it there."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item is listed: under the item ``head`` for the reason ``tie``, or in a row of its own (both None)."""

    head: str | None = None
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a capture: ``id`` is the item that stands for it now, ``is_new`` whether it made that item.

    ``former`` is the version that was the newest one before, where the capture brought other words from a known address.
    """

    id: str
    is_new: bool
    former: str | None = None


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One dated state of a page. ``seen`` is when it was last found unchanged; ``is_newest`` that none came after it."""

    id: str
    captured: datetime
    title: str
    words: int
    seen: datetime | None
    is_newest: bool
