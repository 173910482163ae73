"""Shelving: the list of stories, what the editor looks for in it, and where each story stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from workstation.domain.changes import NOTHING, Changes, stories_changed
from workstation.domain.embargo import holds, told_embargo
from workstation.domain.story import Story
from workstation.domain.story_entry import StoryEntry
from workstation.errors import InputError
from workstation.store import Store
from workstation.workflow.gathering import now
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing

DRAFT, READY, EXPORTED, SPIKED = "draft", "ready", "exported", "killed"


class Shelving:
    """The verbs of the list of stories."""

    def __init__(self, store: Store, writing: Writing, clock: Callable[[], datetime] = now) -> None:
        self._store = store
        self._writing = writing
        self._clock = clock

    def entries(self) -> list[StoryEntry]:
        """Every story, spiked ones included, last changed first."""
        return self._store.stories.entries(include_spiked=True)

    def entry(self, number: int) -> StoryEntry:
        """One story's line of the list, with the embargo and notes that are on the screen.

        Raises:
            NotFoundError: there is no such story.
        """
        story = self._writing.story(number)
        entry = self._store.stories.entry(number)
        return replace(entry, embargo=story.embargo, time_zone=story.time_zone, notes=story.notes)

    def found(self, query: str) -> frozenset[int]:
        """The numbers of the stories, spiked ones included, that have every word of ``query`` in headline, slug, text or notes.

        Words that are on the screen but not in the store yet are not found.
        """
        return self._store.stories.found(query)

    def mark_ready(self, number: int) -> Changes:
        """Call a story ready: its writer has no more to do.

        Raises:
            InputError: it is spiked.
        """
        return self._set_status(number, READY)

    def back_to_draft(self, number: int) -> Changes:
        """Call a story a draft again; the ledger keeps what was handed over of it.

        Raises:
            InputError: it is spiked.
        """
        return self._set_status(number, DRAFT)

    def note(self, number: int, notes: str) -> Changes:
        """Put ``notes`` for the desk in the place of those that a story has, and save it."""
        changes = self._writing.change(
            number, lambda story: replace(story, notes=notes.strip()), label="Notes", spot=Spot("notes")
        )
        self._writing.save(number)
        return changes

    def embargo_told(self, story: Story) -> str | None:
        """``Under embargo until …`` while the embargo of a story lies ahead, else None."""
        if story.embargo is None or not holds(story.embargo, self._clock()):
            return None
        return f"Under embargo until {told_embargo(story.embargo, story.time_zone)}"

    def _set_status(self, number: int, status: str) -> Changes:
        before = self._store.stories.entry(number).status
        if before == SPIKED:
            raise InputError("The story is spiked", "Bring it back first; Stories… shows the spiked ones.")
        if before == status:
            return NOTHING
        self._store.stories.set_status(number, status)
        return stories_changed(number)
