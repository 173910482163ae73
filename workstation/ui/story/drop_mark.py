"""The line that shows where something would be dropped, above whatever lies there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from workstation.ui.theme import Theme


class DropMark(QWidget):
    """A line of the accent's colour; a lying one has a dot at its beginning, as outliners draw it."""

    def __init__(self, theme: Theme, area: QWidget) -> None:
        super().__init__(area)
        self._theme = theme
        self._line = QRect()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    @property
    def line(self) -> QRect | None:
        """The line that is shown, in the coordinates of the area."""
        return self._line if self.isVisible() else None

    def show_line(self, line: QRect | None) -> None:
        """Draw this line of the area, or none."""
        if line is None:
            self.hide()
            return
        self._line = line
        self.setGeometry(line.adjusted(-4, -4, 4, 4))
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        box = self.rect().adjusted(4, 4, -4, -4)
        painter.drawRoundedRect(box, 1, 1)
        if box.width() > box.height():
            painter.drawEllipse(box.left() - 3, box.center().y() - 4, 9, 9)
