"""Versions: every state of a story that is kept for good, to be looked at, named, compared and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workstation.domain.changes import Changes
from workstation.domain.correction import Correction
from workstation.domain.story import SignalCard, Story
from workstation.domain.story_diff import match_cards
from workstation.domain.version import Version, VersionKind
from workstation.errors import InputError, WorkstationError
from workstation.store import Store
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing

RESTORE_LABEL = "Restore of a version"


class Versions:
    """The verbs of the timeline. Stories are named by their number in the store, versions by theirs in the story."""

    def __init__(self, store: Store, writing: Writing) -> None:
        self._store = store
        self._writing = writing

    def all_of(self, number: int) -> list[Version]:
        """The versions of a story, oldest first."""
        return self._store.versions.all_of(number)

    def read(self, number: int, version: int) -> Story:
        """The story as a version has it.

        Raises:
            NotFoundError: there is no such version.
            StoreError: it is damaged.
        """
        return self._store.versions.read(number, version)

    def keep(self, number: int, name: str) -> int:
        """Keep the story on the screen as a version with a name; answers with the version's number.

        Raises:
            InputError: the name is empty.
        """
        if not name.strip():
            raise InputError("No version was kept", "Give it a name, such as “Before the cuts”.")
        kept = self._keep(number, VersionKind.NAMED, name.strip(), only_if_new=False)
        assert kept is not None  # noqa: S101 - only what must be new may be left out
        return kept

    def name(self, number: int, version: int, name: str) -> None:
        """Give a version a name; an empty one takes it away. An export is called by its profile and keeps that."""
        self._store.versions.name(number, version, name.strip())

    def leave(self, number: int) -> int | None:
        """The editor turns away from a story: what is new since its last version is kept; answers with its number."""
        if not self._writing.is_new_since_version(number):
            return None
        return self._keep(number, VersionKind.AUTOMATIC, "", only_if_new=True)

    def leave_all(self) -> None:
        """The program ends: as :meth:`leave`, for every story that was written. One that fails does not keep the others out.

        Raises:
            WorkstationError: at the end, when one could not be kept; its words are in the store all the same.
        """
        failed: WorkstationError | None = None
        for number in self._writing.opened():
            try:
                self.leave(number)
            except WorkstationError as error:
                failed = failed or error
        if failed is not None:
            raise failed

    def restore(self, number: int, version: int) -> Changes:
        """Put a version back in the place of the story on the screen, as one step; what stood there is a version before.

        The slug stays, and cards that the story still has keep their places on the screen. What readers were told of a story
        that was handed over is not unsaid: its corrections stay, and it was not updated earlier than it was.

        Raises:
            NotFoundError: there is no such version.
            StoreError: it is damaged; nothing was changed.
        """
        return self.put_back(number, self.read(number, version), RESTORE_LABEL)

    def put_back(self, number: int, wanted: Story, label: str) -> Changes:
        """Put ``wanted``, a state that the story had, in the place of the one on the screen, as :meth:`restore` does.

        Raises:
            StoreError: what stands there could not be kept as a version; nothing was changed.
        """
        self._keep(number, VersionKind.RESTORE, "", only_if_new=True)
        now = self._writing.story(number)
        cards = _with_known_keys(now.signals, wanted.signals)
        restored = replace(wanted, signals=cards, parked=_with_known_keys(now.parked, wanted.parked))
        is_known = bool(self._store.ledger.entries(number))

        def put_back(story: Story) -> Story:
            return replace(_with_what_was_told(story, restored) if is_known else restored, slug=story.slug)

        return self._writing.change(number, put_back, label=label, spot=Spot("headline"))

    def _keep(self, number: int, kind: VersionKind, label: str, *, only_if_new: bool) -> int | None:
        """Save the story on the screen and keep it as a version."""
        self._writing.save(number)
        story = self._writing.story(number)
        kept = self._store.versions.add(number, story, kind, label, only_if_new=only_if_new)
        self._writing.version_kept(number, story)
        return kept


def _with_what_was_told(now: Story, restored: Story) -> Story:
    """``restored`` with the corrections of both (as they are worded now), the later update and a first publication.

    They stay in the order in which they were made, which their times need not tell; two may bear the same.
    """
    ours, theirs = _numbered(now.corrections), _numbered(restored.corrections)
    corrections = tuple((theirs | ours).values())
    updates = [moment for moment in (now.updated, restored.updated) if moment is not None]
    first = restored.first_published or now.first_published
    return replace(restored, corrections=corrections, updated=max(updates, default=None), first_published=first)


def _numbered(notes: tuple[Correction, ...]) -> dict[tuple[datetime, int], Correction]:
    """Notes by their time and how many of that time come before them."""
    times = [note.made for note in notes]
    return {(note.made, times[:at].count(note.made)): note for at, note in enumerate(notes)}


def _with_known_keys(old: tuple[SignalCard, ...], new: tuple[SignalCard, ...]) -> tuple[SignalCard, ...]:
    """``new`` with the keys of the cards of ``old`` that they were, or became."""
    keys = {after: old[before].key for before, after in match_cards(old, new) if before is not None and after is not None}
    return tuple(replace(card, key=keys.get(at, card.key)) for at, card in enumerate(new))
