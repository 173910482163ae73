"""A word on a coloured ground: what became of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

PADDING = (8, 2, 8, 2)


class Badge(QLabel):
    """Hidden while it has nothing to say. One that ``leads`` somewhere can be clicked."""

    clicked = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setContentsMargins(*PADDING)
        theme.on_change(self._dress)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Say ``text`` in the tone ``good``, ``warn``, ``bad`` or ``muted``."""
        self.setText(text)
        if self.property("badge") != tone:
            self.setProperty("badge", tone)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setVisible(bool(text))

    def lead(self, leads: bool) -> None:
        """Say by the mouse's shape whether a click leads somewhere."""
        if leads:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()) and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def _dress(self) -> None:
        self.setFont(self._theme.font("small"))
