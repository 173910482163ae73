"""The undo history of one story: whole stories before and after each step, cheap because their parts are shared."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from workstation.domain.story import Story

LIMIT = 1000
MERGE_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a step happened, so that undo can lead the editor there.

    ``card`` is the key of a card, or None for a field of the story. ``caret`` is a code point in the field's plain text.
    """

    field: str
    card: str | None = None
    caret: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the story before and after it, what to call it, and where it happened."""

    before: Story
    after: Story
    label: str
    spot: Spot
    merge: Hashable | None
    at: float


class History:
    """Steps that can be undone and redone. Typing in one field goes into one step until a word ends or a pause."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def add(self, step: Step) -> None:
        """Remember a step; it joins the last one when both bear the same ``merge`` and little time has passed."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if last and step.merge is not None and last.merge == step.merge and step.at - last.at < MERGE_SECONDS:
            self._done[-1] = replace(step, before=last.before)
            return
        self._done.append(step)
        del self._done[:-LIMIT]

    def undo(self) -> Step | None:
        """Take the last step back; its ``before`` is the story now."""
        if not self._done:
            return None
        step = self._done.pop()
        self._undone.append(step)
        return step

    def redo(self) -> Step | None:
        """Do the last undone step again; its ``after`` is the story now."""
        if not self._undone:
            return None
        step = self._undone.pop()
        self._done.append(replace(step, merge=None))
        return step

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self._done[-1].label if self._done else None

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None."""
        return self._undone[-1].label if self._undone else None
