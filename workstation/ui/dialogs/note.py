"""A note of any length: on a source, or on a mark in it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
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
        save = buttons.button(QDialogButtonBox.StandardButton.Save)
        save.setToolTip("Ctrl+Enter")
        save.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.field.installEventFilter(self)
        column = QVBoxLayout(self)
        column.addWidget(label)
        column.addWidget(self.field, 1)
        column.addWidget(buttons)
        self.resize(460, 260)
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter in the field keeps the note: the field would take it for the end of a paragraph."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def accept(self) -> None:
        super().accept()
        note = self.field.toPlainText().strip()
        if note != self._before.strip():
            self._answer(note)
