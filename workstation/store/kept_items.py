"""Items that were read whole: they never change, so that none is read and proved again for each review."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from workstation.domain.item import Item

MOST_CHARACTERS = 16_000_000
"""Of all texts that are kept."""


class KeptItems:
    """The items asked for last, by id, as many as their texts have room for. Any thread may ask."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        self._most = most_characters
        self._items: OrderedDict[str, Item] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def of(self, ids: Iterable[str]) -> dict[str, Item]:
        """Those of ``ids`` that are kept."""
        with self._lock:
            found = {id: self._items[id] for id in ids if id in self._items}
            for id in found:
                self._items.move_to_end(id)
        return found

    def keep(self, items: Iterable[Item]) -> None:
        """Keep ``items``; those that were asked for longest ago go where there is no room."""
        with self._lock:
            for item in items:
                if item.id not in self._items:
                    self._items[item.id] = item
                    self._characters += len(item.text)
            while self._characters > self._most:
                _, gone = self._items.popitem(last=False)
                self._characters -= len(gone.text)
