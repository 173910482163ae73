"""The undo history of one story: whole stories before and after each step, cheap because their parts are shared."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from workstation.domain.story import Story

LIMIT = 500
"""Steps of one story in memory: of a long text in one paragraph each takes as much as that text."""
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
    place: int = 0
    """What orders the steps of a story; the history gives it."""


class Older(Protocol):
    """The steps from before this start of the program, beyond those in memory."""

    last_place: int

    @property
    def undo_label(self) -> str | None: ...  # noqa: D102

    @property
    def redo_label(self) -> str | None: ...  # noqa: D102

    def undo(self, now: Story) -> Step | None: ...  # noqa: D102

    def redo(self, now: Story) -> Step | None: ...  # noqa: D102

    def forget_undone(self) -> None: ...  # noqa: D102

    def forget_done(self) -> None: ...  # noqa: D102


class History:
    """Steps that can be undone and redone. Typing in one field goes into one step until a word ends or a pause."""

    def __init__(self, older: Older) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []
        self._older = older
        self._place = older.last_place

    @property
    def done(self) -> Sequence[Step]:
        """The steps in memory that can be undone, the next one last."""
        return self._done

    @property
    def undone(self) -> Sequence[Step]:
        """The steps in memory that can be redone, the next one last."""
        return self._undone

    def add(self, step: Step) -> None:
        """Remember a step; it joins the last one when both bear the same ``merge`` and little time has passed."""
        self._undone.clear()
        self._older.forget_undone()
        last = self._done[-1] if self._done else None
        if last and step.merge is not None and last.merge == step.merge and step.at - last.at < MERGE_SECONDS:
            self._done[-1] = replace(step, before=last.before, place=last.place)
            return
        self._place += 1
        self._done.append(replace(step, place=self._place))
        if len(self._done) > LIMIT:
            del self._done[:-LIMIT]
            self._older.forget_done()

    def undo(self, now: Story) -> Step | None:
        """Take the last step back, which led to ``now``; its ``before`` is the story from here on."""
        step = self._done.pop() if self._done else self._older.undo(now)
        if step is not None:
            self._undone.append(step)
        return step

    def redo(self, now: Story) -> Step | None:
        """Do the last undone step again, which leads on from ``now``; its ``after`` is the story from here on."""
        step = self._undone.pop() if self._undone else self._older.redo(now)
        if step is not None:
            self._done.append(replace(step, merge=None))
        return step

    @property
    def undo_label(self) -> str | None:
        """What undo would take back, or None."""
        return self._done[-1].label if self._done else self._older.undo_label

    @property
    def redo_label(self) -> str | None:
        """What redo would do again, or None."""
        return self._undone[-1].label if self._undone else self._older.redo_label
