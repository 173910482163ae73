"""Boxes whose words are never taken for markup: headlines and file names come from anywhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from workstation.errors import WorkstationError


def box(parent: QWidget | None, icon: QMessageBox.Icon, title: str, text: str) -> QMessageBox:
    """A box that is not shown yet, over ``parent`` or, where no window stands, alone."""
    made = QMessageBox(parent) if parent is not None else QMessageBox()
    made.setIcon(icon)
    made.setWindowTitle(title)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return made


def explain(made: QMessageBox, text: str) -> None:
    """Put ``text`` beneath what a box says, word for word; Qt takes it for words or for markup, as its version will have it."""
    made.setInformativeText(text)
    label = made.findChild(QLabel, "qt_msgbox_informativelabel")
    if label is not None:
        label.setTextFormat(Qt.TextFormat.PlainText)


def inform(parent: QWidget, title: str, text: str) -> None:
    """Tell something that has to be read before the work goes on."""
    box(parent, QMessageBox.Icon.Information, title, text).exec()


def warn(parent: QWidget, error: WorkstationError) -> None:
    """Tell what failed, why, and what mends it."""
    box(parent, QMessageBox.Icon.Warning, error.title, f"{error.title}.\n\n{error.detail}").exec()


def alone(icon: QMessageBox.Icon, text: str, detail: str) -> QMessageBox:
    """A box of the program itself, before its window stands or after it is gone, that is not shown yet."""
    made = box(None, icon, "Signals Workstation", text)
    explain(made, detail)
    return made


def warn_alone(error: WorkstationError) -> None:
    """As :func:`warn`, where no window stands."""
    alone(QMessageBox.Icon.Warning, error.title, error.detail).exec()
