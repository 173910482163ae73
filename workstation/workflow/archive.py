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


def with_items(store: Store, story: Story) -> Story:
    """``story`` with the items of those sources that name none, but whose address was captured.

    The address is the source's own or, where it has none, that of a link in the card to an item of the outlet it names.
    """
    sought = dict.fromkeys(address for card in story.signals for address in _addresses(card))
    found = store.items.at_addresses(sought) if sought else {}
    if not found:
        return story
    outlets = {item.id: item.outlet for item in store.items.all_of(found.values()).values()}

    def linked(source: Source, card: SignalCard) -> Source:
        if source.item:
            return source
        if source.url:
            return replace(source, item=found.get(source.url))
        named = (found[link] for link in card.body.links if link in found)
        return replace(source, item=next((id for id in named if outlets.get(id) == source.outlet), None))

    cards = (replace(card, sources=tuple(linked(source, card) for source in card.sources)) for card in story.signals)
    return replace(story, signals=tuple(cards))


def _addresses(card: SignalCard) -> Iterator[str]:
    """The addresses that may lead from a card's sources without an item to one."""
    bare = [source for source in card.sources if not source.item]
    yield from (source.url for source in bare if source.url)
    if any(not source.url for source in bare):
        yield from card.body.links
