"""Backups by themselves while the window is open: after the start, and each half hour in which something was written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QMainWindow

from workstation.domain.backup import Backup, BackupReason
from workstation.errors import StoreDamagedError, WorkstationError
from workstation.ui.notices import Notice, Notices

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.ui.theme import Theme
    from workstation.workflow.desk import Desk

FIRST_MS = 5_000
"""The first backup waits until the start is over."""
LOOK_MS = 60_000
WORK_SECONDS = 30 * 60
KEY = "backups"


class DeskBackups(QObject):
    """One backup at a time, beside the window's thread. What went wrong stands above the window until one succeeds."""

    looked = Signal()
    """A look has ended, whether or not a backup was due."""
    restore_requested = Signal(object)
    """All of this :class:`Backup` is to take the place of the desk; from a fresh event, when no dialog is open any more."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        desk: Desk,
        notices: Notices,
        window: QMainWindow,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        super().__init__(window)
        self._session, self._theme, self._desk, self._notices, self._window = session, theme, desk, notices, window
        self._clock = clock
        self._last = clock()
        self._task: Task | None = None
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin a while after the window's first paint; a desk that is only read is not this program's to back up."""
        if not self._session.is_read_only:
            QTimer.singleShot(FIRST_MS, self, self.begin)

    def begin(self) -> None:
        """Back up what the desk is at the start, and look from time to time from now on."""
        self._timer.start()
        self._take(BackupReason.START)

    def look(self) -> None:
        """Back up when half an hour went by since the last time; the clock on the wall is never asked."""
        if self._clock() - self._last >= WORK_SECONDS:
            self._take(BackupReason.WORK)

    def show(self) -> None:
        """Open the list of backups."""
        from workstation.ui.dialogs.backups import BackupsDialog  # noqa: PLC0415 - keeps it off the start

        dialog = BackupsDialog(self._session, self._theme, self._desk.backing_up, self._desk.writing, self._window)
        dialog.restore_requested.connect(self._request)
        dialog.taken.connect(lambda backup: self._tell(backup, None))
        dialog.exec()
        dialog.deleteLater()

    def _request(self, backup: Backup) -> None:
        QTimer.singleShot(0, self, lambda: self.restore_requested.emit(backup))

    # --- taking one ------------------------------------------------------------------------------------------------

    def _take(self, reason: BackupReason) -> None:
        if self._task is not None:
            return
        backing_up = self._desk.backing_up
        self._task = self._session.run(
            lambda task: (backing_up.take_when_due(reason, cancelled=lambda: task.is_cancelled), backing_up.places.second_away),
            lambda taken: self._tell(*taken),
            failed=self._tell_failed,
        )
        self._task.ended.connect(self._end)

    def _end(self) -> None:
        self._task = None
        self._last = self._clock()
        QTimer.singleShot(0, self, self.looked.emit)

    def _tell(self, backup: Backup | None, second_away: Path | None) -> None:
        if backup is not None and not backup.is_good:
            told = f"The newest backup is damaged, as the desk seems to be: {backup.problem} The good ones before it are kept."
            self._warn(told, "bad")
        elif second_away is not None:
            self._warn(
                f"No second copy of the backups is made: {second_away} is not there. Plug it in, or choose another folder."
            )
        else:
            self._notices.take_back(KEY)

    def _tell_failed(self, error: WorkstationError) -> None:
        if isinstance(error, StoreDamagedError):
            self._session.say_error(error)
            self._warn("No backup is made of a damaged desk. The good ones before are kept.")
        else:
            self._warn(f"{error.title}. {error.detail}")

    def _warn(self, told: str, tone: str = "warn") -> None:
        self._notices.tell(KEY, Notice(told, tone, (("Backups…", self.show),), can_close=True))
