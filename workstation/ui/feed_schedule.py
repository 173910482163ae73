"""Asks the feeds while the window is open: when their time comes, and when the editor wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.errors import FetchError, WorkstationError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from workstation.ui.session import Session, Task
    from workstation.workflow.desk import Desk
    from workstation.workflow.following import Following, Refreshed

FIRST_MS = 4_000
"""The first look waits until the start is over."""
EVERY_MS = 30_000
SOON_MS = 400
REST_SECONDS = 300.0
"""How long feeds are left alone when what they brought could not be kept, as on a full disk."""


class FeedSchedule(QObject):
    """One refresh at a time, beside the window's thread. What came before a refresh was cancelled is kept and shown."""

    progressed = Signal(int, int)
    """The feeds that were asked, and how many there are to ask."""
    busy_changed = Signal(bool)
    """A refresh began or ended."""
    _arrived = Signal(object, bool)

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._desk = session, desk
        self._task: Task | None = None
        self._not_before = 0.0
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(self._look)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._look)
        self._arrived.connect(self._tell)
        session.changed.connect(self._notice)

    def start(self) -> None:
        """Begin to look whose time has come, a while after the window's first paint; never without the network."""
        QTimer.singleShot(FIRST_MS, self, self._begin)

    def _begin(self) -> None:
        if not self._session.is_read_only and not self._following.is_offline:
            self._timer.start()
            self._look()

    @property
    def _following(self) -> Following:
        """Loaded when it is first asked for, which is after the window's first paint."""
        return self._desk.following

    @property
    def is_busy(self) -> bool:
        """Whether feeds are being asked."""
        return self._task is not None

    def refresh_all(self) -> None:
        """Ask every feed but the paused ones."""
        self._refresh(self._following.refresh_all, asked_for=True)

    def refresh(self, ids: Sequence[int]) -> None:
        """Ask these feeds."""
        self._refresh(partial(self._following.refresh, tuple(ids)), asked_for=True)

    def cancel(self) -> None:
        """Stop asking; what came stays."""
        if self._task is not None:
            self._task.cancel()

    # --- by itself -------------------------------------------------------------------------------------------------

    def _notice(self, changes: Changes, initiator: object) -> None:
        """A feed that was just followed or woken is asked soon."""
        if changes.feeds and initiator is not self and self._timer.isActive():
            self._soon.start()

    def _look(self) -> None:
        if not self.is_busy:
            self._session.run(lambda _: self._following.next_due(), self._ask_when_due)

    def _ask_when_due(self, due: datetime | None) -> None:
        if due is not None and due <= datetime.now(UTC) and not self.is_busy and monotonic() >= self._not_before:
            self._refresh(self._following.refresh_due, asked_for=False)

    # --- asking ----------------------------------------------------------------------------------------------------

    def _refresh(self, verb: Callable[..., Refreshed], *, asked_for: bool) -> None:
        if self.is_busy:
            self._session.say("The feeds are being refreshed already.")
            return
        if self._following.is_offline:
            self._session.say_error(FetchError("The feeds were not refreshed", "The network is switched off (--offline)."))
            return
        self._task = self._session.run(partial(self._asked, verb, asked_for), failed=self._fail, label="Refreshing feeds")
        self._task.progressed.connect(self.progressed)
        self._task.ended.connect(self._end)
        self.busy_changed.emit(True)

    def _asked(self, verb: Callable[..., Refreshed], asked_for: bool, task: Task) -> None:
        self._arrived.emit(verb(cancelled=lambda: task.is_cancelled, progress=task.report), asked_for)

    def _fail(self, error: WorkstationError) -> None:
        """What came cannot be kept, or not all of it: by itself nobody is asked again for a while, and it is told once."""
        self._not_before = monotonic() + REST_SECONDS
        self._session.say_error(error)

    def _end(self) -> None:
        self._task = None
        self.busy_changed.emit(False)

    def _tell(self, refreshed: Refreshed, asked_for: bool) -> None:
        """By themselves feeds only speak up when they bring something; what is wrong with one stands in the list of feeds."""
        self._session.publish(refreshed.changes, self)
        if asked_for or refreshed.items:
            self._session.say(refreshed.message, refreshed.tone if asked_for else "good")


def told(error: WorkstationError) -> str:
    """A failure as one line."""
    return f"{error.title}. {error.detail}" if error.detail else error.title
