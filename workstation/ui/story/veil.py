"""A veil over a widget that is dragged away: it stays to be seen, dimmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

OPACITY = 170


class Veil(QWidget):
    """Covers its parent for as long as it lives."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self._theme.colour("window")
        colour.setAlpha(OPACITY)
        QPainter(self).fillRect(self.rect(), colour)
