"""A tab that keeps its width when it is chosen and its words turn bold."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton


class Tab(QPushButton):
    """One of several; the chosen one is bold. It has the room of the bold words always: none is cut off, none moves."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setProperty("tab", True)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        bold = QFont(self.font())
        bold.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(bold).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(self.text())
        return super().sizeHint() + QSize(max(0, more), 0)
