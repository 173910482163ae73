"""A revision: what a hand-over is to the reader, and what it writes into the story for that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workstation.domain.correction import Correction
from workstation.domain.ledger import ChangeKind
from workstation.domain.story import Story


@dataclass(frozen=True, slots=True)
class Revision:
    """``note`` is the correction that the page prints, or for the other kinds why the story went out: the ledger's own.

    ``moment`` is when it was put right, in whole seconds with the offset of the story's zone; ``before`` is when the story was
    updated before that.
    """

    kind: ChangeKind
    note: str
    moment: datetime
    before: datetime | None

    @property
    def label(self) -> str:
        """What undo calls it."""
        return "Correction" if self.kind is ChangeKind.CORRECTION else "Update"

    @property
    def field(self) -> str:
        """The field of the story that it writes."""
        return "corrections" if self.kind is ChangeKind.CORRECTION else "updated"

    def put_into(self, story: Story) -> Story:
        """The story with the note, or the time of the update; a story that has it already stays as it is."""
        if self.kind is ChangeKind.CORRECTION and self._correction not in story.corrections:
            return replace(story, corrections=(*story.corrections, self._correction))
        return replace(story, updated=self.moment) if self.kind is ChangeKind.UPDATE else story

    def take_out_of(self, story: Story) -> Story:
        """The story without what :meth:`put_into` wrote."""
        if self.kind is ChangeKind.CORRECTION:
            return replace(story, corrections=tuple(note for note in story.corrections if note != self._correction))
        is_ours = self.kind is ChangeKind.UPDATE and story.updated == self.moment
        return replace(story, updated=self.before) if is_ours else story

    @property
    def _correction(self) -> Correction:
        return Correction(self.moment, self.note)
