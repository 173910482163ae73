"""A feed as it was read, on its way from the worker to the desk; light, since the desk parses nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that may be followed: its address, its title and its kind as the page tells them."""

    url: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """An entry made plain; ``text`` holds one line a paragraph, ``original`` is the entry as it arrived, as JSON.

    ``key`` names the entry within its feed whatever becomes of its words, ``print`` its words: an entry whose print is known
    under its key holds nothing new.
    """

    key: str
    print: str
    title: str
    url: str | None
    author: str | None
    published: str | None
    updated: str | None
    text: str
    language: str | None
    outlet: str
    country: str | None
    words: int
    item: str
    sha256: str
    original: str
    origins: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedReading:
    """A feed as it was read: ``itself`` is the address that it gives itself, ``minutes`` how long it asks to be left alone."""

    format: str
    title: str
    home: str | None
    language: str | None
    icon: str | None
    minutes: int | None
    itself: str | None
    items: tuple[FeedItem, ...]


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page came in the place of a feed; ``offers`` are the feeds that it names."""

    title: str
    offers: tuple[Offer, ...]


_ITEM_FIELDS = tuple(field.name for field in fields(FeedItem))
_FEED_FIELDS = tuple(field.name for field in fields(FeedReading) if field.name != "items")


def answer_of(reading: FeedReading | PageReading) -> dict[str, Any]:
    """What was read, as JSON."""
    if isinstance(reading, PageReading):
        return {"page": {"title": reading.title, "offers": [asdict(offer) for offer in reading.offers]}}
    items = [{name: getattr(one, name) for name in _ITEM_FIELDS} for one in reading.items]
    return {"feed": {name: getattr(reading, name) for name in _FEED_FIELDS}, "items": items}


def reading_of(answer: Mapping[str, Any]) -> FeedReading | PageReading:
    """What :func:`answer_of` wrote."""
    if "page" in answer:
        page = answer["page"]
        return PageReading(page["title"], tuple(Offer(**offer) for offer in page["offers"]))
    return FeedReading(**answer["feed"], items=tuple(FeedItem(**one) for one in answer["items"]))
