"""Saving by itself: what was typed is in the store a moment later, and the window does not close over unsaved words."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.errors import WorkstationError
from workstation.ui.session import Session
from workstation.workflow.writing import Writing

PAUSE_MS = 120
RETRY_MS = 2_000


def save_within(writing: Writing, seconds: float) -> bool:
    """Save everything beside this thread and wait so long for it; answers whether nothing is unsaved any more."""

    def save() -> None:
        with suppress(Exception):
            writing.save_all()

    saving = threading.Thread(target=save, name="desk-saving-first", daemon=True)
    saving.start()
    saving.join(seconds)
    return not saving.is_alive() and not writing.has_unsaved


class Saving(QObject):
    """Writes changed stories at most 120 ms after a change, also while the typing goes on, off the window's thread."""

    told = Signal(str, str)
    """What to say of the saving, and its tone."""

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session = session
        self._writing = writing
        self._going_on = False
        self._is_told = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._save)
        session.changed.connect(self._notice)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if changes.stories and not self._timer.isActive():
            self._timer.start(PAUSE_MS)

    def _save(self) -> None:
        if self._going_on:
            self._timer.start(PAUSE_MS)
            return
        self._going_on = True
        self._is_told = False
        task = self._session.run(lambda _: self._writing.save_all(), self._saved, failed=self._not_saved, saving=True)
        task.ended.connect(self._end)

    def _end(self) -> None:
        """However a saving ended, the next one can begin; what became of this one is told right after."""
        self._going_on = False
        QTimer.singleShot(0, self, self._tell_unforeseen)

    def _tell_unforeseen(self) -> None:
        """A saving that told nothing broke down over a bug, which the session raises: the words are tried again."""
        if not self._is_told and self._writing.has_unsaved:
            self.told.emit("Not saved: the saving broke down. It is tried again; save a copy when this stays.", "bad")
            self._timer.start(RETRY_MS)

    def _saved(self, stories: list[int]) -> None:
        self._is_told = True
        if stories:
            self.told.emit(f"Saved {datetime.now():%H:%M}", "")
        if self._writing.has_unsaved:
            self._timer.start(PAUSE_MS)

    def _not_saved(self, error: WorkstationError) -> None:
        """The words stay on the screen and are tried again."""
        self._is_told = True
        self.told.emit(error.detail or f"Not saved: {error.title}", "bad")
        self._timer.start(RETRY_MS)
