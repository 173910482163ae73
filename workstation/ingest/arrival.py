"""What a reader is handed, and what it hands back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workstation.domain.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Bytes as they arrived, with all that is known about them from outside: nothing in here is trusted."""

    data: bytes
    captured: datetime
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    saved: str | None = None
    """The ISO 8601 time at which somebody saved or archived it, where that is known from outside."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A plain-text value and the word for where it was found ("json-ld", "open graph", "meta", "page", ...)."""

    value: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reader found. Every value is plain text on one line, but for ``text``: one line a paragraph.

    ``language`` is only a hint, a language tag as the source declares it. ``published`` is an ISO 8601 date or time,
    ``country`` an upper-case ISO 3166 code. ``text`` may be empty; then ``text_origin`` says why ("no text: ..."). ``saved``
    is the ISO 8601 time at which somebody saved the page, where the file tells it.
    """

    text: str
    text_origin: str
    title: Finding | None = None
    outlet: Finding | None = None
    author: Finding | None = None
    published: Finding | None = None
    language: Finding | None = None
    country: Finding | None = None
    url: Finding | None = None
    icon: Picture | None = None
    saved: str | None = None
    picture: Finding | None = None
    """The address of the picture that stands for the page."""
