"""Whose voices a story has: counts, never a verdict."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.domain.item import ItemSummary
from workstation.domain.outlet import OutletKind


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCount:
    """A country (ISO 3166) with the sources that are from there, and how often the story's texts name it.

    ``through_capital`` of the ``named`` times its capital or seat of government stood for it ("Tehran", "the Kremlin").
    """

    code: str
    sources: int = 0
    named: int = 0
    through_capital: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletShare:
    """A source as it counts: an outlet, or a person or institute that belongs to none.

    ``words`` are those of the cards that rest on it; a card of several sources is shared evenly among them. ``quotations`` and
    ``quoted_words`` are of the quotations whose words it has, by the archive or because no other source is on the card.
    """

    name: str
    country: str | None = None
    language: str | None = None
    kind: OutletKind | None = None
    words: int = 0
    quotations: int = 0
    quoted_words: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerShare:
    """Somebody whose words are quoted; ``name`` "" stands for the quotations of which it is not certain who says them."""

    name: str
    quotations: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Perspective:
    """Whose voices a story has, each list with the most frequent first.

    ``languages`` and ``kinds`` pair a value with a number of sources; "" and None stand for what is not known. ``areas`` pair a
    part of the world with its sources and with how often its countries are named.
    """

    outlets: tuple[OutletShare, ...] = ()
    speakers: tuple[SpeakerShare, ...] = ()
    countries: tuple[CountryCount, ...] = ()
    languages: tuple[tuple[str, int], ...] = ()
    kinds: tuple[tuple[OutletKind | None, int], ...] = ()
    areas: tuple[tuple[str, int, int], ...] = ()
    nowhere: int = 0
    """Sources of which no country is known."""

    @property
    def sourced(self) -> tuple[CountryCount, ...]:
        """The countries that sources are from."""
        return tuple(country for country in self.countries if country.sources)

    @property
    def unsourced(self) -> tuple[CountryCount, ...]:
        """The countries that are named and that no source is from."""
        return tuple(country for country in self.countries if not country.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedItem:
    """An unread item on a story's topic, and why it is taken for one.

    ``shared`` are words that it has in common with the story, the most telling first; ``likeness`` is that of the two meanings,
    from -1 to 1, or None where they were not compared.
    """

    summary: ItemSummary
    shared: tuple[str, ...] = ()
    likeness: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Unread items on a story's topic from places that no source of it is from, the nearest first.

    ``by_meaning`` tells whether meanings were compared, ``waiting`` how many items have not been read for theirs yet.
    """

    items: tuple[RelatedItem, ...] = ()
    by_meaning: bool = False
    waiting: int = 0

    @property
    def query(self) -> str:
        """What shows exactly these items in the inbox."""
        return f"id:{','.join(found.summary.id for found in self.items)}" if self.items else ""
