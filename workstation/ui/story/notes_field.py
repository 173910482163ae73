"""Notes for the desk: several lines of plain text that are never printed."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from workstation.domain.common_ends import change_end
from workstation.ui.story.text_field import GrowingEdit

HINT = "Notes for the desk, never printed"


class NotesEdit(GrowingEdit):
    """Plain text that grows with its lines and leaves undo to the story."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAcceptRichText(False)
        self.setPlaceholderText(HINT)
        self.setAccessibleName(HINT)

    def show_text(self, text: str) -> None:
        """Show ``text``; when it differs from what is shown, the caret stands where the change ends."""
        shown = self.toPlainText()
        if text in (shown, self.text()):
            return
        self._showing = True
        self.setPlainText(text)
        self._showing = False
        self.place_caret(change_end(shown, text))

    def text(self) -> str:
        """The notes without empty lines around them."""
        return self.toPlainText().strip()

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.insertPlainText(source.text())


def framed(edit: NotesEdit) -> QFrame:
    """The notes in the frame of a field."""
    frame = QFrame()
    frame.setProperty("notes", True)
    row = QVBoxLayout(frame)
    row.setContentsMargins(8, 5, 8, 5)
    row.addWidget(edit)
    return frame
