"""What stands behind a story: the items that its cards rest on, parked ones too, and the quotes that were cut from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

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
        return self.store.quotes.all_of(story.kept_quote_ids)

    def items(self, story: Story) -> tuple[ArchivedItem, ...]:
        """The items that the cards and quotes rest on, each with its original bytes; those that are not here are left out."""
        wanted = dict.fromkeys([*story.kept_item_ids, *(quote.item for quote in self.quotes(story).values())])
        archived = (self.archived(item) for item in wanted if self.store.items.has(item))
        return tuple(entry for entry in archived if entry.is_sound)

    def archived(self, item: str) -> ArchivedItem:
        """The item as an archive holds it; one that an archive would refuse, since its id cannot be made again, is not sound."""
        entry = ArchivedItem(self.store.items.get(item), self.store.items.original(item)[0])
        if entry.is_sound:
            return entry
        brought = (replace(entry, feed=feed.url) for feed in self.store.feeds.all())
        return next((by_feed for by_feed in brought if by_feed.is_sound), entry)
