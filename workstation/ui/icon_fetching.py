"""Icons of outlets are looked for while the editor works: after items arrived, and once after the window opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from workstation.domain.changes import Changes
from workstation.ui.session import Session, Task
from workstation.workflow.outlets import Outlets

SOON_MS = 1_500
"""Captures come in bursts; the icons wait for their end."""


class IconFetching(QObject):
    """One run at a time beside the window's thread; each icon is shown as it comes."""

    _found = Signal(object)

    def __init__(self, session: Session, outlets: Outlets, parent: QObject) -> None:
        super().__init__(parent)
        self._session, self._outlets = session, outlets
        self._is_running = self._is_wanted = False
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._run)
        self._found.connect(lambda changes: session.publish(changes, self))
        session.changed.connect(self._notice)

    def start(self) -> None:
        """Look for the icons that are due."""
        if not self._session.is_read_only:
            self._soon.start()

    def _notice(self, changes: Changes, initiator: object) -> None:
        if changes.items and initiator is not self:
            self._soon.start()

    def _run(self) -> None:
        if self._is_running:
            self._is_wanted = True
            return
        self._is_running, self._is_wanted = True, False
        self._session.run(self._look).ended.connect(self._end)

    def _look(self, task: Task) -> None:
        self._outlets.icons.look(cancelled=lambda: task.is_cancelled, found=self._found.emit)

    def _end(self) -> None:
        self._is_running = False
        if self._is_wanted:
            self._soon.start()
