"""What stands behind a story: the items that its cards rest on, and the quotes that were cut from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from workstation.domain.quote import Quote
from workstation.domain.story import Story
from workstation.domain.story_archive import ArchivedItem
from workstation.store import Store


@dataclass(frozen=True, slots=True)
class Backing:
    """Reads it from the store."""

    store: Store

    def quotes(self, story: Story) -> Mapping[str, Quote]:
        """The quotes that words or sentences of the story are tied to, by their ids."""
        return self.store.quotes.all_of(story.quote_ids)

    def items(self, story: Story) -> tuple[ArchivedItem, ...]:
        """The items that the cards and quotes rest on, each with its original bytes; those that are not here are left out."""
        wanted = dict.fromkeys([*story.item_ids, *(quote.item for quote in self.quotes(story).values())])
        known = [item for item in wanted if self.store.items.has(item)]
        return tuple(ArchivedItem(self.store.items.get(item), self.store.items.original(item)[0]) for item in known)
