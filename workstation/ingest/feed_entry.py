"""What a feed says: itself, and its entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

MOST_ENTRIES = 5_000
"""Entries that are read of one feed, from its top; no feed of an outlet comes near it."""


class Words(NamedTuple):
    """A passage as it arrived, and whether it is markup (else every letter of it is meant as it stands)."""

    value: str
    is_markup: bool

    def __bool__(self) -> bool:
        return bool(self.value.strip())


NO_WORDS = Words("", False)


@dataclass(slots=True, kw_only=True)
class Entry:
    """One entry as the feed has it: nothing is cleaned yet but the addresses, which are absolute web addresses.

    ``published`` and ``updated`` are as they were written.
    """

    id: str = ""
    url: str | None = None
    title: Words = NO_WORDS
    author: str = ""
    published: str = ""
    updated: str = ""
    language: str | None = None
    content: Words = NO_WORDS
    summary: Words = NO_WORDS
    image: str | None = None
    enclosures: list[dict[str, str]] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class RawFeed:
    """A feed and its entries, in the order of the feed; ``minutes`` is how long it asks to be left alone."""

    format: str
    title: Words = NO_WORDS
    home: str | None = None
    language: str | None = None
    icon: str | None = None
    minutes: int | None = None
    itself: str | None = None
    author: str = ""
    entries: list[Entry] = field(default_factory=list)
