"""What is done to the desk's file once the window has let it go, and the program begun anew on the desk that came of it.

One process does it all, so that nothing of the old desk is left in its memory, and whoever started the program still has it.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from PySide6.QtWidgets import QMessageBox, QProgressDialog, QWidget

from workstation.domain.backup import Backup
from workstation.errors import StoreDamagedError, WorkstationError
from workstation.ui.boxes import alone, warn_alone
from workstation.workflow.putting_back import put_back, put_back_what_is_whole

_LOOK_MS = 50
T = TypeVar("T")


class Restart:
    """Closes the window for work that needs the desk closed, and starts the program anew on the desk that came of it."""

    def __init__(self, desk: Path, *, offline: bool) -> None:
        self._desk, self._offline = desk, offline
        self._work: Callable[[], Path] | None = None
        self._what_is_whole: Callable[[], Path] | None = None
        self._label = ""

    def after_closing(self, window: QWidget, work: Callable[[], Path], label: str) -> None:
        """Close ``window``; when the editor does not keep it open, ``work`` is done as soon as the desk is closed."""
        self._work, self._label = work, label
        if not window.close():
            self._work = None

    def put_back(self, window: QWidget, backup: Backup) -> None:
        """As :meth:`after_closing`: put all of ``backup`` in the place of the desk, or what is whole in a damaged one."""
        self._what_is_whole = partial(self._put, put_back_what_is_whole, backup)
        self.after_closing(window, partial(self._put, put_back, backup), "Putting the backup back…")

    def _put(self, put: Callable[[Path, Path], object], backup: Backup) -> Path:
        put(backup.path, self._desk)
        return self._desk

    def carry_out(self) -> None:
        """Do what was asked for, which nothing but its end can interrupt, and begin anew; without a wish nothing happens."""
        if self._work is None:
            return
        QCoreApplication.removePostedEvents(None)  # type: ignore[arg-type]  # what cancelled work would still tell a window that is gone
        try:
            desk = self._done(self._work)
        except WorkstationError as error:
            warn_alone(error)
            desk = self._desk
        sys.stdout.flush()
        sys.stderr.flush()
        os.execv(sys.executable, self._call(desk))  # noqa: S606 - this program itself

    def _done(self, work: Callable[[], Path]) -> Path:
        try:
            return while_waiting(work, self._label)
        except StoreDamagedError as error:
            if self._what_is_whole is None:
                raise
            if not _takes_what_is_whole(error):
                return self._desk
        return while_waiting(self._what_is_whole, self._label)

    def _call(self, desk: Path) -> list[str]:
        safe = ["-P"] if getattr(sys.flags, "safe_path", False) else []
        offline = ["--offline"] if self._offline else []
        return [sys.executable, *safe, "-m", "workstation", "--store", str(desk), *offline]


def _takes_what_is_whole(error: StoreDamagedError) -> bool:
    cause = error.detail.partition(" Use another backup")[0]
    asked = alone(
        QMessageBox.Icon.Warning,
        "The backup is damaged",
        f"{cause}\n\nWhat is whole in it can be put back; what is not is taken from the newest good backup before it, or left "
        "in a folder beside the desk. The desk as it is now becomes a backup in either case.",
    )
    take = asked.addButton("Put back what is whole", QMessageBox.ButtonRole.AcceptRole)
    asked.setDefaultButton(asked.addButton("Keep the desk as it is", QMessageBox.ButtonRole.RejectRole))
    asked.exec()
    return asked.clickedButton() is take


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
