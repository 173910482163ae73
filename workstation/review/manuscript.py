"""A story with everything that the rules look at: its items, its quotes, and its quotations, compared once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workstation.domain.item import Item
from workstation.domain.problem import Place
from workstation.domain.quote import Quote
from workstation.domain.story import SignalCard, Story
from workstation.review.attribution import Attribution, attribute
from workstation.review.findings import TRUE_TO_SOURCE
from workstation.review.quotations import Quotation, Quoting, quoting_in, quoting_of

Versions = Mapping[str, tuple[str, ...]]
"""For an item whose page has several versions the ids of all of them, newest first."""
NO_VERSIONS: Versions = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the story that can quote, and the ids of the items whose words it may quote."""

    place: Place
    quoting: Quoting
    item_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ComparedQuotation:
    """A quotation of the story with what the archive says about it."""

    passage: Passage
    quotation: Quotation
    attribution: Attribution

    @property
    def place(self) -> Place:
        """Where in the story it stands."""
        return self.passage.place

    @property
    def printed(self) -> str:
        """Its words, without the marks around them."""
        return self.quotation.printed(self.passage.quoting.text)


@dataclass(frozen=True, slots=True)
class Manuscript:
    """What a rule judges. ``items`` and ``quotes`` are by id and may hold more than the story needs."""

    story: Story
    items: Mapping[str, Item]
    quotes: Mapping[str, Quote]
    passages: tuple[Passage, ...]
    quotations: tuple[ComparedQuotation, ...]
    versions: Versions

    def newest(self, item: str) -> Item | None:
        """The newest version of an item's page; None where there is one version only, or none is known."""
        every = next((ids for ids in self.versions.values() if item in ids), ())
        return self.items.get(every[0]) if every else None

    @property
    def cards(self) -> Iterator[tuple[int, SignalCard]]:
        """The cards with their indices."""
        return enumerate(self.story.signals)


def manuscript_of(
    story: Story, items: Mapping[str, Item], quotes: Mapping[str, Quote], versions: Versions = NO_VERSIONS
) -> Manuscript:
    """The manuscript of ``story``, with its quotations found and compared."""
    passages = tuple(_passages(story))
    quotations = tuple(
        ComparedQuotation(passage, quotation, _attribute(passage, quotation, items, quotes, versions))
        for passage in passages
        for quotation in passage.quoting.quotations
    )
    return Manuscript(story, items, quotes, passages, quotations, versions)


def _passages(story: Story) -> Iterator[Passage]:
    """The headline, The News, and each card's headline and body; only a card answers to its own sources."""
    everything = story.item_ids
    yield Passage(Place("headline"), quoting_in(story.headline), everything)
    yield Passage(Place("news"), quoting_of(story.news), everything)
    for index, card in enumerate(story.signals):
        own = tuple(dict.fromkeys(source.item for source in card.sources if source.item))
        yield Passage(Place("headline", index), quoting_in(card.headline), own)
        yield Passage(Place("body", index), quoting_of(card.body), own)


def _attribute(
    passage: Passage, quotation: Quotation, items: Mapping[str, Item], quotes: Mapping[str, Quote], versions: Versions
) -> Attribution:
    """Where the words stand: in the items that are named, else in other versions of their pages, which are the same source."""
    own = [items[item_id] for item_id in passage.item_ids if item_id in items]
    tie = quotes.get(quotation.quote) if quotation.quote else None
    printed = quotation.printed(passage.quoting.text)
    found = attribute(printed, own, items, tie)
    if found.verdict in TRUE_TO_SOURCE and not found.elsewhere:
        return found
    ids = dict.fromkeys(version for item_id in passage.item_ids for version in versions.get(item_id, ()))
    others = [items[version] for version in ids if version in items and version not in passage.item_ids]
    wider = attribute(printed, [*own, *others], items, tie) if others else found
    return wider if wider.verdict in TRUE_TO_SOURCE else found
