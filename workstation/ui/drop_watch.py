"""Watches the drop folder while the window is open; what is captured out of it is shown like everything else."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal

from workstation.workflow.drop_folder import STILL_SECONDS, DropFolder

if TYPE_CHECKING:
    from workstation.errors import WorkstationError
    from workstation.ui.session import Session, Task
    from workstation.workflow.desk import Desk
    from workstation.workflow.gathering import Captured

FIRST_MS = 1_800
"""The first look waits until the start is over."""
PAUSE_MS = 200
"""Files come in several steps."""
POLL_MS = 5_000
"""Folders of the network and some disks tell nothing by themselves."""

REST_MS = 30_000
"""The same, while what was found could not be kept."""


class DropWatch(QObject):
    """Looks when the system says that something changed, now and then anyway, and soon again while a file may still grow."""

    looked = Signal()
    """A look is over: for the dialog, which shows whether the folder is watched."""

    def __init__(self, session: Session, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.drop = DropFolder(desk.store, desk.gathering)
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.directoryChanged.connect(lambda _: self._soon.start(PAUSE_MS))
        self._poll = QTimer(self, interval=POLL_MS)
        self._poll.timeout.connect(self.look)
        self._is_busy = False
        self._told = ""

    def start(self) -> None:
        """Look for the first time a while after the window's first paint."""
        if not self._session.is_read_only:
            self._soon.start(FIRST_MS)

    def look(self) -> None:
        """Look at the folder beside the window's thread, unless a look goes on."""
        if self._is_busy:
            self._soon.start(PAUSE_MS)
            return
        self._is_busy = True
        self._session.run(self._look, self._show, failed=self._fail).ended.connect(self._end)

    def watch(self, folder: Path, *, with_present: bool) -> None:
        """Watch another folder, or this one again."""
        self._session.run(lambda _: self.drop.watch(folder, with_present=with_present), lambda _: self.look(), urgent=True)

    def stop(self) -> None:
        """Watch it no more."""
        self._session.run(lambda _: self.drop.stop(), lambda _: self.look(), urgent=True)

    def _look(self, task: Task) -> Captured | None:
        return self.drop.look(cancelled=lambda: task.is_cancelled)

    def _fail(self, error: WorkstationError) -> None:
        """What lies in the folder cannot be kept now: it is looked for again, less often, and told once until it goes well."""
        self._poll.setInterval(REST_MS)
        if str(error) != self._told:
            self._told = str(error)
            self._session.say_error(error)

    def _show(self, captured: Captured | None) -> None:
        self._poll.setInterval(POLL_MS)
        self._told = ""
        if captured is not None:
            self._session.publish(captured.changes, self)
            self._session.say(captured.message, captured.tone)

    def _end(self) -> None:
        self._is_busy = False
        self._follow()
        if self.drop.is_on and self.drop.is_waiting and not self._told:
            self._soon.start(int(STILL_SECONDS * 1000) + PAUSE_MS)
        self.looked.emit()

    def _follow(self) -> None:
        """Let the system tell of the folder that is watched now; where it cannot, the poll looks."""
        wanted = {str(self.drop.folder)} if self.drop.is_on else set()
        watched = set(self._watcher.directories())
        if watched - wanted:
            self._watcher.removePaths(sorted(watched - wanted))
        if wanted - watched and Path(*wanted).is_dir():
            self._watcher.addPaths(sorted(wanted - watched))
        if wanted:
            self._poll.start()
        else:
            self._poll.stop()
