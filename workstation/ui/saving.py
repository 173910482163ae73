"""Saving by itself: what was typed is in the store a moment later, and the window does not close over unsaved words."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import datetime
from functools import partial
from time import monotonic

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.errors import StoreError, WorkstationError
from workstation.ui.session import Session
from workstation.workflow.writing import Writing

LEAST_PAUSE_MS, PAUSE_MS = 40, 120
"""So long after a change it is saved: twice as long as the last saving took, within these."""
RETRY_MS = 2_000
PATIENCE_MS = 1_200
"""How long a saving may take before it is told: a slow disk needs a tenth of it."""
CALM_MS = 400
"""So long after the last change it is said that all is saved: a word that came and went with every key would be a flicker."""
SAVING, BAD = "Saving…", "bad"


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
    """Writes changed stories 40 to 120 ms after a change, also while the typing goes on, off the window's thread.

    What it tells is true at every moment: "Saved" stands only while every word on the screen is on the disk, and a failure
    until every word is.
    """

    told = Signal(str, str)
    """What to say of the saving, and its tone."""
    failed = Signal(object)
    """Words on the screen are not in the store, over this :class:`WorkstationError`; they are tried again."""
    kept = Signal()
    """A saving is over and the store has all words that are on the screen."""

    def __init__(self, session: Session, writing: Writing) -> None:
        super().__init__(session)
        self._session = session
        self._writing = writing
        self._going_on = False
        self._is_wanted_again = False
        self._number = self._told_of = 0
        self._pause, self._begun = LEAST_PAUSE_MS, 0.0
        self._words = self._tone = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._save)
        self._calm = QTimer(self, singleShot=True, interval=CALM_MS)
        self._calm.timeout.connect(self._tell_saved)
        session.changed.connect(self._notice)
        session.keeping.connect(self._notice_keeping)
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._tell_slow)

    def try_now(self) -> None:
        """Save what is unsaved without waiting for the next time."""
        self._timer.start(0)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if not changes.stories:
            return
        if not self._timer.isActive():
            self._timer.start(self._pause)
        if self._words == SAVING or (self._tone != BAD and self._writing.has_unsaved):
            self._tell_saving()

    def _notice_keeping(self, goes_on: bool) -> None:
        """What is done in the inbox goes to the disk beside the words of stories; its failures are told where it was done."""
        if self._tone == BAD:
            return
        if goes_on:
            self._tell_saving()
        else:
            self._tell_rest()

    def _save(self) -> None:
        if self._going_on:
            self._is_wanted_again = True
            return
        if not self._writing.has_unsaved:
            self._tell_rest()
            return
        self._going_on, self._is_wanted_again, self._begun = True, False, monotonic()
        self._number += 1
        self._patience.start()
        save = self._writing.save_all
        task = self._session.run(lambda _: save(), self._saved, failed=self._not_saved, saving=True, quietly=True)
        task.ended.connect(self._end)

    def _end(self) -> None:
        """However a saving ended, the next one can begin; what became of this one is told right after."""
        self._going_on = False
        self._patience.stop()
        QTimer.singleShot(0, self, partial(self._tell_unforeseen, self._number))

    def _tell_unforeseen(self, number: int) -> None:
        """A saving that told nothing broke down over a bug, which the session raises: the words are tried again."""
        if self._told_of < number and self._writing.has_unsaved:
            self._tell("Not saved: the saving broke down. It is tried again; save a copy when this stays.", BAD)
            self._timer.start(RETRY_MS)
            self.failed.emit(WorkstationError("The saving broke down", "It is a fault of the program."))

    def _tell_slow(self) -> None:
        """A disk that does not answer is no failure yet; the words go to a second place all the same."""
        self._tell("Not saved yet: the disk does not answer.", BAD)
        self.failed.emit(StoreError("The disk does not answer", "It was told to save and has not answered yet."))

    def _saved(self, _stories: list[int]) -> None:
        self._told_of = self._number
        self._pause = min(PAUSE_MS, max(LEAST_PAUSE_MS, int(2_000 * (monotonic() - self._begun))))
        if self._writing.has_unsaved:
            if self._is_wanted_again or not self._timer.isActive():
                self._timer.start(0 if self._is_wanted_again else self._pause)
            self._tell_saving()
        else:
            self._tell_rest()

    def _tell_rest(self) -> None:
        """Nothing is left to be saved: said at once, unless the editor is just going on."""
        if not self._writing.has_unsaved:
            self.kept.emit()
        if not self._calm.isActive():
            self._tell_saved()

    def _tell_saving(self) -> None:
        self._tell(SAVING)
        self._calm.start()

    def _tell_saved(self) -> None:
        """The editor rests, and perhaps everything is on the disk; else what is on its way there tells it."""
        if (self._words == SAVING or self._tone == BAD) and not (self._writing.has_unsaved or self._session.is_keeping):
            self._tell(f"Saved {datetime.now():%H:%M}")

    def _not_saved(self, error: WorkstationError) -> None:
        """The words stay on the screen and are tried again."""
        self._told_of = self._number
        self._tell(error.detail or f"Not saved: {error.title}", BAD)
        self._timer.start(RETRY_MS)
        self.failed.emit(error)

    def _tell(self, words: str, tone: str = "") -> None:
        self._calm.stop()
        if (words, tone) != (self._words, self._tone):
            self._words, self._tone = words, tone
            self.told.emit(words, tone)
