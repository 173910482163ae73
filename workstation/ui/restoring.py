"""A backup in the place of the whole desk: the window closes, the file is put back, the program begins anew.

One process does it all, so nobody can open the desk in between, and nothing of the old one is left in its memory.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QProgressDialog

from workstation.errors import StoreDamagedError, StoreError, WorkstationError
from workstation.workflow.putting_back import put_back, put_back_what_is_whole

_WANTED = "wantedBackup"
LOOK_MS = 50


def _application() -> QCoreApplication:
    application = QApplication.instance()
    assert application is not None  # noqa: S101 - there is a window
    return application


def want(backup: Path | None) -> None:
    """When the window is closed, ``backup`` is to take the place of the desk; None: nothing is."""
    _application().setProperty(_WANTED, str(backup or ""))


def wanted() -> Path | None:
    """The backup that is to take the place of the desk."""
    name = str(_application().property(_WANTED) or "")
    return Path(name) if name else None


def begin_again_when_wanted(store: Path) -> None:
    """After the desk is closed: put the wanted backup back, tell when that failed, and begin anew; else return."""
    backup = wanted()
    if backup is None:
        return
    QCoreApplication.removePostedEvents(None)  # type: ignore[arg-type]  # what cancelled work would still tell a window that is gone
    error = put_back_in_sight(backup, store)
    if isinstance(error, StoreDamagedError) and _takes_what_is_whole(error):
        error = put_back_in_sight(backup, store, put_back_what_is_whole)
    elif isinstance(error, StoreDamagedError):
        error = None
    if error is not None:
        _told(error.title, error.detail).exec()
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, [sys.executable, *sys.orig_argv[1:]])  # noqa: S606 - this program itself, with its own arguments


def _takes_what_is_whole(error: StoreDamagedError) -> bool:
    cause = error.detail.partition(" Use another backup")[0]
    box = _told(
        "The backup is damaged",
        f"{cause}\n\nWhat is whole in it can be put back; what is not is taken from the newest good backup before it, or left "
        "in a folder beside the desk. The desk as it is now becomes a backup in either case.",
    )
    take = box.addButton("Put back what is whole", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton("Keep the desk as it is", QMessageBox.ButtonRole.RejectRole))
    box.exec()
    return box.clickedButton() is take


def _told(title: str, detail: str) -> QMessageBox:
    box = QMessageBox(QMessageBox.Icon.Warning, title, title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(detail)
    return box


def put_back_in_sight(backup: Path, store: Path, put: Callable[[Path, Path], object] = put_back) -> WorkstationError | None:
    """Put a backup back beside the window's thread, with a box that says so; answers with what went wrong."""
    threads = ThreadPoolExecutor(1, thread_name_prefix="restoring")
    work = threads.submit(put, backup, store)
    box = QProgressDialog("Putting the backup back…", "", 0, 0)
    box.setCancelButton(None)
    box.setWindowTitle("Signals Workstation")
    box.setMinimumDuration(0)
    box.show()
    loop = QEventLoop()
    look = QTimer(interval=LOOK_MS)
    look.timeout.connect(lambda: loop.quit() if work.done() else None)
    look.start()
    loop.exec()
    threads.shutdown()
    box.close()
    error = work.exception()
    if error is None or isinstance(error, WorkstationError):
        return error
    return StoreError("Nothing was restored", f"It broke down ({error!r}). The desk is as it was.")
