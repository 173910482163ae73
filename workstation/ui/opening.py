"""Opening the desk for the window: what stands in the way is told, and where there is a choice the editor is asked."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from workstation.errors import StoreBusyError, WorkstationError
from workstation.ui.wording import plain_tip
from workstation.workflow.desk import Desk


def open_desk(store: Path, *, offline: bool) -> Desk | None:
    """The desk over ``store``; None when it was told why there is none."""
    try:
        return Desk.open(store, offline=offline)
    except WorkstationError as error:
        _tell(error)
        return None


def _tell(error: WorkstationError) -> None:
    box = QMessageBox(QMessageBox.Icon.Information, "Signals Workstation", error.title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    if not isinstance(error, StoreBusyError):
        box.setIcon(QMessageBox.Icon.Warning)
    box.setInformativeText(plain_tip(error.detail))
    box.exec()
