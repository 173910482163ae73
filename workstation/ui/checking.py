"""The checks beside the writing: a story is reviewed a moment after it changed, off the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.ui.session import Session
from workstation.workflow.reviewing import Reviewed, Reviewing

PAUSE_MS = 120
"""A review waits so long after a change: half a word is not judged while the other half is typed."""
LONGEST_WAIT_MS = 500
"""Who types without a pause is told all the same."""
REST = 8
"""A review that took long rests so many times as long before the next one, so that typing in a very long story stays smooth."""


class Checking(QObject):
    """Sends the review of the open story whenever the story or one of its sources changed; one review at a time."""

    reviewed = Signal(object)
    """A :class:`Reviewed` of the open story."""

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__(session)
        self._session = session
        self._reviewing = reviewing
        self._round = 0
        self._busy = False
        self._again = False
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._check)
        self._waiting = QElapsedTimer()
        self._running = QElapsedTimer()
        self._took = 0
        session.changed.connect(self._notice)
        session.story_shown.connect(self._turn)

    def _turn(self) -> None:
        """Another story: what is found in the one before is not its business."""
        self._round += 1
        self._took = 0
        self._wait()

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories or changes.items:
            self._wait()

    def _wait(self) -> None:
        pause, longest = max(PAUSE_MS, 2 * self._took), max(LONGEST_WAIT_MS, REST * self._took)
        if not self._timer.isActive():
            self._waiting.start()
        if self._waiting.elapsed() < longest - pause or not self._timer.isActive():
            self._timer.start(pause)

    def _check(self) -> None:
        """Review the story as it stands; while a review goes on another one waits for its end, and more than one is one."""
        story = self._session.story
        if story is None:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._running.start()
        self._round += 1
        this_round = self._round
        work = self._session.run(
            lambda _: self._reviewing.review(story), lambda found: self._tell(this_round, found), urgent=True
        )
        work.ended.connect(self._end)
        if work.is_cancelled:  # a session that is closing begins nothing
            self._end()

    def _tell(self, of_round: int, reviewed: Reviewed) -> None:
        """A review of a story that is shown no more is dropped."""
        if of_round == self._round:
            self.reviewed.emit(reviewed)

    def _end(self) -> None:
        self._busy = False
        self._took = self._running.elapsed()
        if self._again:
            self._again = False
            self._wait()
