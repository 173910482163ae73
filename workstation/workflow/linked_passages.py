"""The passages that links with a text fragment lead to: found at the capture, selected when the source is opened."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from workstation.domain.text_fragment import TextFragment, find_passage
from workstation.store import Store

if TYPE_CHECKING:
    from workstation.workflow.gathering import Captured

NOTE = "passage/"
NOT_THERE = "The words that were named with it are not in its text."


class LinkedPassages:
    """Remembers for an item which of its words a link named."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def led(self, captured: Captured, fragments: tuple[TextFragment, ...]) -> Captured:
        """``captured`` with the passage that the first of ``fragments`` names in its item, kept for later openings too."""
        if not fragments or len(captured.items) != 1:
            return captured
        (item,) = captured.items
        found = find_passage(self._store.items.get(item).text, fragments)
        if found is None:
            return replace(captured, message=f"{captured.message} {NOT_THERE}")
        self._store.notes.set(NOTE + item, json.dumps(found))
        return replace(captured, passage=found)

    def of(self, item: str) -> tuple[int, int] | None:
        """Code points ``start`` to ``end`` of the item's text that the last link to it named."""
        kept = self._store.notes.get(NOTE + item)
        if not kept:
            return None
        start, end = json.loads(kept)
        return int(start), int(end)
