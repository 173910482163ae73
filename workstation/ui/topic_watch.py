"""Whose voices the open story has and whose it could have, counted and looked for beside the writing."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.domain.perspective import Perspective, Related
from workstation.errors import WorkstationError

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.workflow.perspectives import Perspectives, Topic

AFTER_CHANGE_MS = 900
"""The perspective is counted when the writing rests."""
AFTER_COUNT_MS = 2_500
"""The inbox is asked, which is much more work, when it goes on resting and has another topic than before."""
AFTER_START_MS = 6_000
AFTER_ARRIVAL_MS = 5_000
BETWEEN_MS = 400
SLICE = 2.0
"""Seconds for which items are read for their meaning in one go: a thread of the desk is never kept longer."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was found last; ``inbox`` and ``topic`` are those that the related items were sought with.

    ``is_old`` says that the story has another topic by now.
    """

    story: int
    inbox: int
    topic: Topic
    perspective: Perspective
    related: Related
    is_old: bool = False


class TopicWatch(QObject):
    """Counts the open story's perspective, finds what is related, and reads what new items are about, a little at a time."""

    seen = Signal(object, object)
    """A :class:`Perspective` of the open story, and what is :class:`Related` to it."""

    def __init__(self, session: Session, perspectives: Perspectives, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._perspectives = session, perspectives
        self._looking: Task | None = None
        self._reading: Task | None = None
        self._is_told = False
        self._pause = QTimer(self, singleShot=True, interval=AFTER_CHANGE_MS)
        self._pause.timeout.connect(self._look)
        self._rest = QTimer(self, singleShot=True, interval=AFTER_COUNT_MS)
        self._rest.timeout.connect(self._look_anew)
        self._last: _Seen | None = None
        self._inbox = 0
        self._wait = QTimer(self, singleShot=True)
        self._wait.timeout.connect(self._read)
        session.story_shown.connect(lambda _: self._pause.start())
        session.changed.connect(self._notice)

    def start(self) -> None:
        """Some seconds after the first paint, read what was not read yet."""
        if not self._session.is_read_only:
            self._wait.start(AFTER_START_MS)

    def _notice(self, changes: Changes, _initiator: object) -> None:
        if changes.items:
            self._inbox += 1
        if self._session.story in changes.stories or changes.items:
            self._rest.stop()
            self._pause.start()
        if changes.items and not self._wait.isActive():
            self._wait.start(AFTER_ARRIVAL_MS)

    # --- the open story --------------------------------------------------------------------------------------------

    def _look(self) -> None:
        number = self._session.story
        if number is None:
            return
        if self._looking is not None:
            self._looking.cancel()
        inbox, last = self._inbox, self._last
        if last is not None and (last.story, last.inbox) != (number, inbox):
            last = None

        def look(task: Task) -> _Seen:
            found = self._perspectives.of(number)
            topic = self._perspectives.topic(number, found)
            if last is not None:
                return replace(last, perspective=found, is_old=topic != last.topic)
            return _Seen(number, inbox, topic, found, self._perspectives.related(number, cancelled=lambda: task.is_cancelled))

        task = self._looking = self._session.run(look, self._tell)
        task.ended.connect(lambda: self._forget(task))

    def _look_anew(self) -> None:
        self._last = None
        self._look()

    def _forget(self, task: Task) -> None:
        if self._looking is task:
            self._looking = None

    def _tell(self, found: _Seen) -> None:
        if found.story != self._session.story:
            return
        self._last = found
        if found.is_old:
            self._rest.start()
        self.seen.emit(found.perspective, found.related)

    # --- what items are about --------------------------------------------------------------------------------------

    def _read(self) -> None:
        if self._reading is None:
            task = self._reading = self._session.run(self._read_some, self._read_more, failed=self._tell_once)
            task.ended.connect(self._end_reading)

    def _read_some(self, task: Task) -> tuple[int, int]:
        """How many items were read, and how many are left."""
        end = time.monotonic() + SLICE
        meanings = self._perspectives.meanings
        read = meanings.read_all(cancelled=lambda: task.is_cancelled or time.monotonic() > end)
        return read, meanings.waiting()

    def _tell_once(self, error: WorkstationError) -> None:
        """A library that is broken is told once; whatever arrives is tried again, and found by its words meanwhile."""
        if not self._is_told:
            self._is_told = True
            self._session.say_error(error)

    def _end_reading(self) -> None:
        self._reading = None

    def _read_more(self, done: tuple[int, int]) -> None:
        read, left = done
        if read and left:
            self._wait.start(BETWEEN_MS)
        elif read:
            self._inbox += 1
            self._pause.start()
