"""What is done to the desk's file once the window has let it go, and the program begun anew on the desk that came of it.

One process does it all, so that nothing of the old desk is left in its memory, and whoever started the program still has it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QProgressDialog, QWidget

from workstation.domain.backup import Backup
from workstation.errors import WorkstationError
from workstation.ui.boxes import warn_alone
from workstation.workflow.putting_back import put_back

_LOOK_MS = 50
T = TypeVar("T")


class Restart:
    """Closes the window for work that needs the desk closed, and starts the program anew on the desk that came of it."""

    def __init__(self, desk: Path, *, offline: bool) -> None:
        self._desk, self._offline = desk, offline
        self._work: Callable[[], Path] | None = None
        self._label = ""

    def after_closing(self, window: QWidget, work: Callable[[], Path], label: str) -> None:
        """Close ``window``; when the editor does not keep it open, ``work`` is done as soon as the desk is closed."""
        self._work, self._label = work, label
        if not window.close():
            self._work = None

    def put_back(self, window: QWidget, backup: Backup) -> None:
        """As :meth:`after_closing`: put all of ``backup`` in the place of the desk."""

        def work() -> Path:
            put_back(backup.path, self._desk)
            return self._desk

        self.after_closing(window, work, "Putting the backup back…")

    def carry_out(self) -> None:
        """Do what was asked for, which nothing but its end can interrupt, and begin anew; without a wish nothing happens."""
        if self._work is None:
            return
        QCoreApplication.removePostedEvents(None)  # type: ignore[arg-type]  # what cancelled work would still tell a window that is gone
        try:
            desk = while_waiting(self._work, self._label)
        except WorkstationError as error:
            warn_alone(error)
            desk = self._desk
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, self._call(desk))  # noqa: S606 - this program itself

    def _call(self, desk: Path) -> list[str]:
        safe = ["-P"] if getattr(sys.flags, "safe_path", False) else []
        offline = ["--offline"] if self._offline else []
        return [sys.executable, *safe, "-m", "workstation", "--store", str(desk), *offline]


def while_waiting(work: Callable[[], T], label: str) -> T:
    """Do ``work`` beside the window's thread while a box says what goes on; answers with its result or raises its error."""
    found: list[T | BaseException] = []

    def do() -> None:
        try:
            found.append(work())
        except BaseException as error:
            found.append(error)

    shown = QProgressDialog(label, "", 0, 0)
    shown.setWindowTitle("Signals Workstation")
    shown.setCancelButton(None)
    shown.setMinimumDuration(0)
    shown.show()
    thread = threading.Thread(target=do, name="desk-closed")
    thread.start()
    loop = QEventLoop()
    look = QTimer(interval=_LOOK_MS)
    look.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    look.start()
    loop.exec()
    look.stop()
    shown.close()
    QCoreApplication.processEvents()
    thread.join()
    answer = found[0]
    if isinstance(answer, BaseException):
        raise answer
    return answer
