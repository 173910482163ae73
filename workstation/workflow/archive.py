"""What the archive holds of a story's sources: the items that it names and the other versions of their pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workstation.domain.item import Item
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
