"""The checks beside the writing: a story is reviewed a moment after it changed, off the window's thread."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.ui.session import Session
from workstation.workflow.reviewing import Reviewed, Reviewing

PAUSE_MS = 250


class Checking(QObject):
    """Sends the review of the open story whenever the story or one of its sources changed."""

    reviewed = Signal(object)
    """A :class:`Reviewed` of the open story."""

    def __init__(self, session: Session, reviewing: Reviewing) -> None:
        super().__init__(session)
        self._session = session
        self._reviewing = reviewing
        self._round = 0
        self._timer = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._timer.timeout.connect(self._check)
        session.changed.connect(self._notice)
        session.story_shown.connect(self._turn)

    def _turn(self) -> None:
        """Another story: what is found in the one before is not its business."""
        self._round += 1
        self._timer.start()

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if self._session.story in changes.stories or changes.items:
            self._timer.start()

    def _check(self) -> None:
        story = self._session.story
        if story is None:
            return
        self._round += 1
        this_round = self._round
        self._session.run(lambda _: self._reviewing.review(story), lambda found: self._tell(this_round, found), urgent=True)

    def _tell(self, of_round: int, reviewed: Reviewed) -> None:
        """A review that a newer one has overtaken is dropped."""
        if of_round == self._round:
            self.reviewed.emit(reviewed)
