"""Items of the inbox that have words which no source of a story has: who quotes the wrong source is told the right one."""

from __future__ import annotations

from collections.abc import Iterable
from time import monotonic

from workstation.domain.body import count_words
from workstation.domain.item import Item
from workstation.errors import Cancelled
from workstation.store import Store

SECONDS = 0.05
"""The longest that one review looks for witnesses; what is not found until then is told as absent."""
MOST = 2
FEWEST_WORDS = 4
FEWEST_LETTERS = 6
"""Fewer words than these, or fewer letters of a script without spaces, stand in many texts by chance."""
REMEMBERED = 256


class Witnesses:
    """Looks through the inbox for words. What was looked for is remembered until something arrives."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, list[str]] = {}
        self._newest: int | None = None

    def of(self, quotations: Iterable[str]) -> dict[str, Item]:
        """The items that have the words of any of the ``quotations``, by id."""
        newest = self._store.items.newest_row()
        if newest != self._newest:
            self._newest, self._known = newest, {}
        end = monotonic() + SECONDS
        sought = [words for words in quotations if _tell(words)]
        found = [id for words in sought for id in self._found(words, end)]
        return self._store.items.all_of(found) if found else {}

    def _found(self, words: str, end: float) -> list[str]:
        if words not in self._known:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            try:
                self._known[words] = self._store.items.with_words(words, MOST, lambda: monotonic() > end)
            except Cancelled:
                self._known[words] = []
        return self._known[words]


def _tell(words: str) -> bool:
    """Whether there are enough words to say something of a text that has them."""
    return len(words.split()) >= FEWEST_WORDS or count_words(words) >= FEWEST_LETTERS
