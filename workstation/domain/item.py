"""What arrives in the inbox, and what the editor does with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from types import MappingProxyType

from workstation.domain.picture import Picture

PART_OF_PAGE = "copied passage"
"""The origin of a text that is only a part of the page at its address, and so no version of it."""
FEED_ENTRY = "application/x-feed-entry+json"
"""The media type of what a feed tells of an article: all of it, its beginning, or a summary in other words."""


class ItemState(StrEnum):
    """What the editor did with an item. Nothing is deleted: it is spiked."""

    UNREAD = "unread"
    READ = "read"
    SHORTLISTED = "shortlisted"
    USED = "used"
    ARCHIVED = "archived"
    SPIKED = "spiked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    r"""One thing that arrived. It never changes.

    ``text`` is the readable article: NFC, one line a paragraph, single ``"\\n"`` between them, no empty lines.
    Every offset into an item (highlights, quotes) counts Unicode code points of ``text``. ``published`` is an ISO 8601
    date or time as the source gave it, ``language`` a lower-case ISO 639 code, ``country`` an upper-case ISO 3166 code.
    ``sha256`` is of the original bytes. ``origins`` says for each field where it was found ("json-ld", "meta", "text", ...).
    """

    id: str
    url: str | None
    title: str
    outlet: str
    author: str | None
    published: str | None
    language: str | None
    country: str | None
    text: str
    words: int
    captured: datetime
    media_type: str
    sha256: str
    origins: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def __hash__(self) -> int:
        """By the id, which tells items apart."""
        return hash(self.id)

    @property
    def source_name(self) -> str:
        """Who says it, as a card names its source: the outlet, else the title."""
        return self.outlet or self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """An item as it comes in: with its original bytes and, where the page has one, the outlet's icon."""

    item: Item
    original: bytes
    icon: Picture | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemSummary:
    """An item as the inbox lists it: all but its text, with what the editor did with it."""

    id: str
    url: str | None
    title: str
    outlet: str
    author: str | None
    published: str | None
    language: str | None
    country: str | None
    words: int
    captured: datetime
    state: ItemState
    tags: tuple[str, ...] = ()
    notes: str = ""
    icon: str | None = None
    """The SHA-256 of the outlet's icon in the store's pictures."""
    beneath: int = 0
    """How many items are listed under this one: older versions, copies by other outlets, what the editor put there."""
    versions: int = 1
    """How many versions of its address there are, this one included, as far as they stand in one row."""
    place: int = 0
    """What orders the items: a later one arrived later. It tells no time."""
    changed: bool = False
    """Whether the source has changed since it was captured and the editor has not looked at the new version yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An address that could not be fetched yet and is kept to be fetched later."""

    url: str
    since: datetime
    reason: str


def item_id(original: bytes, url: str | None) -> str:
    """The id of what arrived: the same bytes from the same address are the same item."""
    digest = sha256((url or "").encode())
    digest.update(b"\0")
    digest.update(original)
    return digest.hexdigest()[:12]
