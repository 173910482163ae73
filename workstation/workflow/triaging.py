"""Triage: what the editor does with items, many at once, and with the highlights of all of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from workstation.domain.changes import Changes, items_changed
from workstation.domain.item import ItemState
from workstation.domain.marked_passage import MarkedPassage
from workstation.domain.quote import Highlight, HighlightKind
from workstation.errors import InputError
from workstation.store import Store

TagsOf = Mapping[str, tuple[str, ...]]
"""Tags by the id of the item that bears them."""


class Triaging:
    """The verbs of triage. Each that writes takes a value for each item, so that taking it back brings exactly that."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- items -----------------------------------------------------------------------------------------------------

    def put(self, states: Mapping[str, ItemState]) -> Changes:
        """Put each item into its state."""
        self._store.triage.set_states(states)
        return self._changed(states)

    def tag(self, tags: Mapping[str, Sequence[str]]) -> Changes:
        """Give each item its tags, in the place of those it had."""
        self._store.triage.set_tags(tags)
        return self._changed(tags)

    def note(self, notes: Mapping[str, str], before: Mapping[str, str] | None = None) -> Changes:
        """Give each item its note in the place of the one ``before``; a note that came to its row otherwise is not lost."""
        self._store.triage.set_notes(notes, before)
        return self._changed(notes)

    def mark_read(self, item: str) -> Changes:
        """Say that an item was read; one that the editor has done more with stays as it is."""
        self._store.triage.mark_read(item)
        return items_changed(item)

    def _changed(self, ids: Collection[str]) -> Changes:
        """These items, and those whose rows they stand in."""
        heads = (self._store.groups.place(id).head for id in ids)
        return items_changed(*ids, *filter(None, heads))

    # --- tags everywhere -------------------------------------------------------------------------------------------

    def tags(self) -> dict[str, int]:
        """Every tag with the number of items that bear it."""
        return self._store.triage.tags()

    def tagged(self, tag: str) -> TagsOf:
        """The items that bear a tag, each with all its tags."""
        return self._store.triage.tagged(tag)

    def rename_tag(self, tag: str, name: str) -> tuple[Changes, TagsOf]:
        """Call a tag otherwise on every item, or take it away where ``name`` is empty; answers also with the tags before.

        An item that bears ``name`` already keeps it once: so two tags become one.

        Raises:
            InputError: the name holds a comma, which divides tags.
        """
        name = name.strip()
        if "," in name:
            raise InputError("The tag was not renamed", "A comma divides tags. Leave it out of the name.")
        with self._store.together():
            before = self._store.triage.tagged(tag)
            after = {item: _renamed(tags, tag, name) for item, tags in before.items()}
            self._store.triage.set_tags(after)
        return items_changed(*before), before

    # --- highlights ------------------------------------------------------------------------------------------------

    def highlights(self, query: str = "", kind: HighlightKind | None = None, limit: int = 500) -> list[MarkedPassage]:
        """The marked passages of all items that hold every word of ``query``, newest first."""
        return self._store.highlights.all(query, kind, limit)

    def highlight_counts(self) -> dict[HighlightKind, int]:
        """How many highlights there are of each kind."""
        return self._store.highlights.counts()

    def keep_highlight(self, highlight: Highlight) -> Changes:
        """Keep a highlight as it is given, in the place of the one with its id."""
        self._store.items.add_highlight(highlight)
        return items_changed(highlight.item)

    def remove_highlight(self, highlight: Highlight) -> Changes:
        """Unmark a passage."""
        self._store.items.remove_highlight(highlight.id)
        return items_changed(highlight.item)


def _renamed(tags: Sequence[str], tag: str, name: str) -> tuple[str, ...]:
    named = [name if own.casefold() == tag.casefold() else own for own in tags]
    once: dict[str, str] = {}
    for own in named:
        if own:
            once.setdefault(own.casefold(), own)
    return tuple(once.values())
