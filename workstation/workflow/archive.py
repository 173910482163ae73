"""What the archive holds of a story's sources: the items that it names and the other versions of their pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from workstation.domain.item import Item
from workstation.domain.story import SignalCard, Source, Story
from workstation.store import Store


@dataclass(frozen=True, slots=True)
class Archive:
    """Items by their ids; ``versions`` has, for each item that a story names and that has several, all of them, newest first."""

    items: dict[str, Item]
    versions: dict[str, tuple[str, ...]]


def archive_of(store: Store, ids: Iterable[str]) -> Archive:
    """The items of these ids that the store has, with their other versions; a story from elsewhere may name others."""
    wanted = dict.fromkeys(ids)
    several = store.groups.several_versions(wanted)
    every = dict.fromkeys([*wanted, *(version for versions in several.values() for version in versions)])
    return Archive(store.items.all_of(every), several)


def items_beside(store: Store, story: Story) -> tuple[str, ...]:
    """The ids of the items that a story rests on beside its cards' sources: The News links there, or a sentence is tied there."""
    linked = store.items.at_addresses(story.news.links).values() if story.news.links else ()
    claims = (*story.claims, *(claim for card in story.signals for claim in card.claims))
    quotes = store.quotes.all_of(claim.quote for claim in claims) if claims else {}
    return tuple(dict.fromkeys((*linked, *(quote.item for quote in quotes.values()))))


def with_items(store: Store, story: Story) -> Story:
    """``story`` with the items of those sources that name none that is here, but whose address was captured.

    The address is the source's own or, where it has none, that of a link in the card to an item of the outlet it names. A
    story from elsewhere names items that are not here: they are left out.
    """
    here = frozenset(id for id in story.item_ids if store.items.has(id))
    bare = [card for card in story.signals if any(source.item not in here for source in card.sources)]
    if not bare:
        return story
    found = store.items.at_addresses(dict.fromkeys(address for card in bare for address in _addresses(card, here)))
    outlets = {item.id: item.outlet for item in store.items.all_of(found.values()).values()}

    def linked(source: Source, card: SignalCard) -> Source:
        if source.item in here:
            return source
        if source.url:
            return replace(source, item=found.get(source.url))
        named = (found[link] for link in card.body.links if link in found)
        return replace(source, item=next((id for id in named if outlets.get(id) == source.outlet), None))

    cards = (replace(card, sources=tuple(linked(source, card) for source in card.sources)) for card in story.signals)
    return replace(story, signals=tuple(cards))


def _addresses(card: SignalCard, here: frozenset[str]) -> Iterator[str]:
    """The addresses that may lead from a card's sources without an item to one."""
    bare = [source for source in card.sources if source.item not in here]
    yield from (source.url for source in bare if source.url)
    if any(not source.url for source in bare):
        yield from card.body.links
