"""A story's form as text: the source of its HTML, or its words alone."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from workstation.domain.common_ends import common_head, common_tail
from workstation.ui.theme import Theme


class TextView(QPlainTextEdit):
    """Shows a text that changes while it is looked at: only what changed is put in, so that scroll and selection stay."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)  # the page stays behind it, and would show through beside the scroll bar
        self.setAccessibleName("The story as text")
        self.document().setDocumentMargin(14)
        self.setProperty("pane", True)
        theme.on_change(self._dress)

    def show_text(self, text: str) -> None:
        """Show ``text`` in the place of the text before."""
        head = common_head(self._text, text)
        tail = common_tail(self._text, text, min(len(self._text), len(text)) - head)
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self._text[:head]))
        cursor.setPosition(_units(self._text[: len(self._text) - tail]), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text[head : len(text) - tail])
        self._text = text

    def _dress(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self._theme.font("small").pointSizeF() * 1.1)
        self.setFont(font)


def _units(text: str) -> int:
    """How many of Qt's UTF-16 units ``text`` takes."""
    return len(text.encode("utf-16-le")) // 2
