"""The signals story: the undisputed facts, then cards that each give one angle with its sources."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from workstation.domain.body import EMPTY, Body
from workstation.domain.claim import Claim
from workstation.domain.correction import Correction
from workstation.domain.file_names import is_device

Extra = Mapping[str, Any]
"""The keys of a document that this program does not know; kept, and written again as they came."""

NO_EXTRA: Extra = MappingProxyType({})


def _no_extra() -> Extra:
    return NO_EXTRA


INSIGHTS_AUTO = "auto"
INSIGHTS_NONE = "none"


class SourceKind(StrEnum):
    """Who says it."""

    OUTLET = "outlet"
    PERSON = "person"
    INSTITUTE = "institute"
    SOCIAL = "social"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who says it, as printed on a card.

    ``of`` is the outlet a person belongs to, ``url`` where the report stands, ``icon`` a picture's file name,
    ``item`` the id of the inbox item that the card rests on.
    """

    name: str
    kind: SourceKind = SourceKind.OUTLET
    of: str | None = None
    url: str | None = None
    icon: str | None = None
    item: str | None = None
    extra: Extra = field(default_factory=_no_extra, hash=False)

    @property
    def outlet(self) -> str:
        """The name that counts towards the insights line: the outlet a person speaks for, else the source itself."""
        return self.of or self.name

    @property
    def printed(self) -> str:
        """The source in the words of the page: a person of an outlet as “Name (Outlet)”, unless the name says the outlet."""
        if not self.of or self.of.casefold() in self.name.casefold():
            return self.name
        return f"{self.name} ({self.of})"

    def is_same(self, other: Source) -> bool:
        """Whether a card that has one of the two needs the other: one item, or one name at one address."""
        if self.item or other.item:
            return self.item == other.item
        return (self.name, self.of, self.url) == (other.name, other.of, other.url)


def _new_key() -> str:
    return uuid4().hex


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalCard:
    """One signal in a story. ``key`` tells cards apart while the program runs; it is not part of the document.

    ``claims`` tie sentences of the body to the passages that carry them.
    """

    headline: str = ""
    sources: tuple[Source, ...] = ()
    body: Body = EMPTY
    claims: tuple[Claim, ...] = ()
    extra: Extra = field(default_factory=_no_extra, hash=False)
    key: str = field(default_factory=_new_key, compare=False)

    @property
    def is_blank(self) -> bool:
        """Whether nobody has put anything into it yet."""
        return not (self.headline.strip() or self.sources or self.body.text.strip())


Crop = tuple[float, float, float, float]
"""Left, top, width and height of a part of a picture, as fractions of its sides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadImage:
    """The picture above The News; ``file`` is a picture's file name beside the document.

    A cropped picture keeps the one it was cut from in ``original``, and in ``crop`` which part of it is shown: left, top,
    width and height as fractions of the original's sides.
    """

    file: str
    alt: str = ""
    decorative: bool = False
    caption: str = ""
    credit: str = ""
    file_photo: bool = False
    original: str | None = None
    crop: Crop | None = None
    extra: Extra = field(default_factory=_no_extra, hash=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A signals story.

    ``insights`` is ``"auto"`` (made from the cards), ``"none"``, or the line itself. Times carry their offset;
    ``time_zone`` is the IANA name of the zone they are printed in, ``language`` the BCP 47 tag of the language it is written
    in (the publication's where one is missing). ``publication`` names the house it is printed in (the desk's choice where it
    is missing). ``corrections`` are the dated notes that are printed, oldest first. ``claims`` tie sentences of The News to
    the passages that carry them. ``parked`` are cards that wait outside the story, ``notes`` are the desk's own: neither is ever
    printed.
    """

    slug: str
    headline: str
    insights: str = INSIGHTS_AUTO
    verticals: tuple[str, ...] = ()
    region: str | None = None
    first_published: datetime | None = None
    updated: datetime | None = None
    time_zone: str | None = None
    language: str | None = None
    publication: str | None = None
    embargo: datetime | None = None
    bylines: tuple[str, ...] = ()
    contributors: tuple[str, ...] = ()
    sponsor: str | None = None
    corrections: tuple[Correction, ...] = ()
    lead_image: LeadImage | None = None
    news: Body = EMPTY
    claims: tuple[Claim, ...] = ()
    signals: tuple[SignalCard, ...] = ()
    parked: tuple[SignalCard, ...] = ()
    notes: str = ""
    extra: Extra = field(default_factory=_no_extra, hash=False)

    @property
    def words(self) -> int:
        """The words of The News and of every card's body."""
        return self.news.words + sum(card.body.words for card in self.signals)

    @property
    def outlets(self) -> tuple[str, ...]:
        """The names that the cards' sources count under, each once, in the order of the cards."""
        names = (source.outlet for card in self.signals for source in card.sources)
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def item_ids(self) -> tuple[str, ...]:
        """The ids of the inbox items that the cards rest on, each once, in the order of the cards."""
        return tuple(dict.fromkeys(_items(self.signals)))

    @property
    def kept_item_ids(self) -> tuple[str, ...]:
        """The ids of the items that the story names, each once: those its cards rest on, then those of the parked ones."""
        return tuple(dict.fromkeys([*self.item_ids, *_items(self.parked)]))

    @property
    def quote_ids(self) -> tuple[str, ...]:
        """The ids of the quotes that words or sentences of the story are tied to, each once."""
        bodies = [self.news, *(card.body for card in self.signals)]
        claims = [*self.claims, *(claim for card in self.signals for claim in card.claims)]
        return tuple(dict.fromkeys(_quotes(bodies, claims)))

    @property
    def kept_quote_ids(self) -> tuple[str, ...]:
        """The ids of the quotes that the story names, each once: those it is tied to, then those of the parked cards."""
        claims = [claim for card in self.parked for claim in card.claims]
        return tuple(dict.fromkeys([*self.quote_ids, *_quotes([card.body for card in self.parked], claims)]))

    @property
    def files(self) -> tuple[str, ...]:
        """The picture files that the story prints, each once: the lead image, then the sources' icons."""
        lead = [self.lead_image.file] if self.lead_image else []
        return tuple(dict.fromkeys([*lead, *_icons(self.signals)]))

    @property
    def kept_files(self) -> tuple[str, ...]:
        """The picture files that the story names, each once: those it prints, then an uncropped lead image and parked icons."""
        original = [self.lead_image.original] if self.lead_image and self.lead_image.original else []
        return tuple(dict.fromkeys([*self.files, *original, *_icons(self.parked)]))

    def position(self, key: str) -> int | None:
        """The index of the card with ``key``, or None."""
        return next((index for index, card in enumerate(self.signals) if card.key == key), None)

    def with_card(self, card: SignalCard, at: int | None = None) -> Story:
        """The story with ``card`` put in at index ``at`` (at the end by default)."""
        index = len(self.signals) if at is None else at
        return replace(self, signals=(*self.signals[:index], card, *self.signals[index:]))

    def without_card(self, key: str) -> Story:
        """The story without the card with ``key``."""
        return replace(self, signals=tuple(card for card in self.signals if card.key != key))

    def with_changed_card(self, card: SignalCard) -> Story:
        """The story with ``card`` in the place of the one with the same key."""
        return replace(self, signals=tuple(card if old.key == card.key else old for old in self.signals))

    def with_moved_card(self, key: str, to: int) -> Story:
        """The story with the card with ``key`` at index ``to`` among the others."""
        index = self.position(key)
        if index is None:
            return self
        return self.without_card(key).with_card(self.signals[index], to)

    def parked_card(self, key: str) -> SignalCard | None:
        """The parked card with ``key``, or None."""
        return next((card for card in self.parked if card.key == key), None)

    def with_parked_card(self, key: str) -> Story:
        """The story with the card with ``key`` behind the parked ones instead of among the signals; it keeps its key."""
        index = self.position(key)
        if index is None:
            return self
        return replace(self.without_card(key), parked=(*self.parked, self.signals[index]))

    def without_parked_card(self, key: str) -> Story:
        """The story without the parked card with ``key``."""
        return replace(self, parked=tuple(card for card in self.parked if card.key != key))

    def with_card_back(self, key: str, at: int | None = None) -> Story:
        """The story with the parked card with ``key`` among the signals again, at index ``at`` (at the end by default)."""
        card = self.parked_card(key)
        return self if card is None else self.without_parked_card(key).with_card(card, at)


def _items(cards: tuple[SignalCard, ...]) -> list[str]:
    return [source.item for card in cards for source in card.sources if source.item]


def _quotes(bodies: list[Body], claims: list[Claim]) -> list[str]:
    return [quote for body in bodies for quote in body.quotes] + [claim.quote for claim in claims]


def _icons(cards: tuple[SignalCard, ...]) -> list[str]:
    return [source.icon for card in cards for source in card.sources if source.icon]


_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 60


def slug_from(headline: str) -> str:
    """A slug made of ``headline``: lower-case ASCII letters, digits and hyphens, at most 60, never empty."""
    plain = unicodedata.normalize("NFKD", headline).encode("ascii", "ignore").decode().lower()
    slug = _NOT_IN_A_SLUG.sub("-", plain).strip("-")
    if len(slug) > SLUG_LENGTH:
        slug = slug[: SLUG_LENGTH + 1].rpartition("-")[0] or slug[:SLUG_LENGTH]
    return f"{slug}-story" if is_device(slug) else slug or "story"
