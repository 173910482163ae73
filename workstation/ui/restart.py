"""What is done to the desk's file once the window has let it go, and the window over what came of it."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog, QWidget

from workstation.errors import WorkstationError
from workstation.ui.boxes import explain

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

    def carry_out(self) -> None:
        """Do what was asked for, which nothing but its end can interrupt, and start again; without a wish nothing happens."""
        if self._work is None:
            return
        try:
            desk = while_waiting(self._work, self._label)
        except WorkstationError as error:
            box = QMessageBox(QMessageBox.Icon.Warning, "Signals Workstation", error.title)
            box.setTextFormat(Qt.TextFormat.PlainText)
            explain(box, error.detail)
            box.exec()
            desk = self._desk
        subprocess.Popen(self._call(desk), start_new_session=True)  # noqa: S603 - this program itself

    def _call(self, desk: Path) -> list[str]:
        safe = ["-P"] if getattr(sys.flags, "safe_path", False) else []
        offline = ["--offline"] if self._offline else []
        return [sys.executable, *safe, "-m", "workstation", "--store", str(desk), *offline]


def while_waiting(work: Callable[[], T], label: str) -> T:
    """Do ``work`` beside the window's thread while a box says what goes on."""
    found: list[T | BaseException] = []

    def do() -> None:
        try:
            found.append(work())
        except BaseException as error:
            found.append(error)

    box = QProgressDialog(label, "", 0, 0)
    box.setWindowTitle("Signals Workstation")
    box.setCancelButton(None)
    box.setMinimumDuration(0)
    box.show()
    thread = threading.Thread(target=do, name="desk-moving")
    thread.start()
    loop = QEventLoop()
    timer = QTimer()
    timer.timeout.connect(lambda: None if thread.is_alive() else loop.quit())
    timer.start(_LOOK_MS)
    loop.exec()
    timer.stop()
    box.close()
    QApplication.processEvents()
    thread.join()
    answer = found[0]
    if isinstance(answer, BaseException):
        raise answer
    return answer
