"""A desk that is only read: what looks as if it could be written says that it cannot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.window import Window

WRITING = {
    *("New story", "Duplicate story", "Save as template…", "Mark as ready", "Back to draft", "Keep a version…"),
    *("Import story document…", "Load sample desk", "Remove sample desk", "Undo", "Redo", "Cut", "Paste", "Paste as plain text"),
    *("Capture a link or text", "Capture files…", "Capture a folder…", "Capture from the browser…", "Drop folder…"),
    *("Fetch waiting links", "Refresh all feeds", "Tags everywhere…", "Keep as translation of the selected passage"),
    *("Add signal", "Move up", "Move down", "Tie sentence to the passage in the reader", "Untie sentence", "Park card"),
    *("Remove card", "Mend the problem at the caret", "Mark as unread", "Shortlist", "Archive", "Spike", "Take the row apart"),
    *("Quote", "Group the selected sources", "Has the source changed?", "Fetch the whole article"),
}
"""Entries of the menus that change the desk, as they are read."""
BUTTONS = {"Add signal", "Choose…", "Replace…", "Crop…", "Remove image", "Now", "Bring back", "Remove", "Draft", "Ready"}
"""Buttons in the story that do."""


class ReadOnly(QObject):
    """Dresses ``window`` for a desk that is only read, for as long as it is open."""

    def __init__(self, window: Window, session: Session) -> None:
        super().__init__(window)
        self._window = window
        window.status_line.show_saved("Read only", "warn")
        window.capture.setEnabled(False)
        for action in window.findChildren(QAction):
            if action.text().replace("&", "").partition("\t")[0] in WRITING:
                action.setEnabled(False)
        for action in window.story.text.actions:
            action.setEnabled(False)
        session.story_shown.connect(lambda _: self._soon())
        window.story.field_made.connect(lambda _: self._soon())
        window.painted.connect(self._soon)

    def _soon(self) -> None:
        QTimer.singleShot(0, self, self._bar)

    def _bar(self) -> None:
        """Fields are read, not written, nothing in them is to be chosen, and what adds and replaces is not to be pressed."""
        for field in self._window.story.findChildren(QWidget):
            if isinstance(field, QLineEdit | QTextEdit | QPlainTextEdit):
                field.setReadOnly(True)
            elif isinstance(field, QComboBox | QAbstractSpinBox | QCheckBox) or _is_a_verb(field):
                field.setEnabled(False)


def _is_a_verb(field: QWidget) -> bool:
    return isinstance(field, QAbstractButton) and field.text().replace("&", "") in BUTTONS
