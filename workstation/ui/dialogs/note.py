"""A note of any length: on a source, or on a mark in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget


class NoteDialog(QDialog):
    """Asks for a note; ``answer`` gets it, without the white space around it, when it was changed. Ctrl+Enter keeps it."""

    def __init__(self, parent: QWidget, heading: str, note: str, answer: Callable[[str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Note")
        self._before, self._answer = note, answer
        label = QLabel(heading)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        self.field = QPlainTextEdit(note)
        self.field.setProperty("field", True)
        self.field.setAccessibleName("Note")
        self.field.setTabChangesFocus(True)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Save).setToolTip("Ctrl+Enter")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for chord in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(chord), self).activated.connect(self.accept)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.field, 1)
        column.addWidget(buttons)
        self.resize(460, 260)
        self.field.setFocus()

    def accept(self) -> None:
        super().accept()
        note = self.field.toPlainText().strip()
        if note != self._before.strip():
            self._answer(note)
