"""Handed over: what the readers and the content systems have of a story, and what has changed since."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from workstation.domain.ledger import LedgerEntry
from workstation.domain.story import Story
from workstation.domain.story_diff import StoryChanges, printed_changes
from workstation.domain.version import VersionKind
from workstation.errors import NotFoundError, StoreError
from workstation.store import Store
from workstation.workflow.writing import Writing

AT_ONCE = timedelta(seconds=5)
"""An entry from before it named its version and that version were written within one transaction."""
MOST_TEXTS = 32


@dataclass(frozen=True, slots=True)
class Standing:
    """What one destination has: its name, the last entry for it, and whether a newer text went elsewhere since."""

    place: str
    entry: LedgerEntry
    is_behind: bool


class HandedOver:
    """The verbs of the ledger. Stories are named by their number in the store; any thread may ask."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing
        self._texts: dict[tuple[int, int], Story] = {}
        self._lock = threading.Lock()

    def entries(self, number: int) -> list[LedgerEntry]:
        """What was handed over of a story, oldest first."""
        return self._store.ledger.entries(number)

    def last(self, number: int) -> LedgerEntry | None:
        """The last hand-over of a story, wherever it went."""
        return self._store.ledger.last(number)

    def text(self, entry: LedgerEntry) -> Story | None:
        """The story as it was handed over; None where it was not kept or cannot be read any more."""
        kept = entry.kept if entry.kept is not None else self._kept_then(entry)
        if kept is None:
            return None
        with self._lock:
            known = self._texts.get((entry.story, kept))
        if known is None:
            try:
                known = self._store.versions.read(entry.story, kept)
            except (NotFoundError, StoreError):
                return None
            self._remember((entry.story, kept), known)
        return known

    def what_changed(self, number: int, since: LedgerEntry | None = None) -> StoryChanges | None:
        """What readers of the story on the screen get otherwise than those of the last hand-over, or of the one ``since``.

        None where nothing was handed over, or its text was not kept.
        """
        return self.compared(self._writing.story(number), since or self.last(number))

    def compared(self, story: Story, since: LedgerEntry | None) -> StoryChanges | None:
        """As :meth:`what_changed`, for a story that is at hand."""
        text = None if since is None else self.text(since)
        return None if text is None else printed_changes(text, story)

    def standings(self, number: int) -> list[Standing]:
        """What each destination has of a story, the one that was served last first."""
        entries = self.entries(number)
        newest = max((entry.version for entry in entries), default=0)
        last: Mapping[str, LedgerEntry] = {entry.place: entry for entry in entries}
        standings = [Standing(place, entry, entry.version < newest) for place, entry in last.items()]
        return sorted(standings, key=lambda standing: entries.index(standing.entry), reverse=True)

    def version(self, story: Story, document: str, entries: list[LedgerEntry]) -> int:
        """The number of this text among those that were handed over: the last one's while a reader would see no change."""
        if not entries:
            return 1
        last = entries[-1]
        changes = None if last.document == document else self.compared(story, last)
        is_same = last.document == document or (changes is not None and not changes)
        return max(last.version, 1) if is_same else max(max(entry.version, 1) for entry in entries) + 1

    def _kept_then(self, entry: LedgerEntry) -> int | None:
        """The version that was kept beside an entry that does not name it."""
        apart = {
            version.number: abs(version.made - entry.exported)
            for version in self._store.versions.all_of(entry.story)
            if version.kind is VersionKind.EXPORT and version.label == entry.profile
        }
        nearest = min(apart, key=lambda number: apart[number], default=None)
        return nearest if nearest is not None and apart[nearest] <= AT_ONCE else None

    def _remember(self, key: tuple[int, int], text: Story) -> None:
        """Versions never change: the latest read ones are kept at hand, for they are asked for after each pause in typing."""
        with self._lock:
            self._texts[key] = text
            while len(self._texts) > MOST_TEXTS:
                del self._texts[next(iter(self._texts))]
