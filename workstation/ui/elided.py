"""One line of words that are shortened where they do not fit; their tool tip has them whole."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QStyle, QStyleOption

from workstation.ui.wording import plain_tip, runs_right_to_left


class Elided(QLabel):
    """A label that takes the room there is and never asks for more."""

    def __init__(self, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> None:
        super().__init__()
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)

    def say(self, text: str, tone: str = "") -> None:
        """Say ``text`` in the tone ``good``, ``bad``, ``warn`` or none."""
        self.setText(" ".join(text.split()))
        self.setToolTip("")
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        option = QStyleOption()
        option.initFrom(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), self._mode, room.width())
        self.setToolTip(plain_tip(self.text()) if shown != self.text() else "")
        painter.setPen(option.palette.color(self.foregroundRole()))
        if runs_right_to_left(self.text()):
            painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the ellipsis comes where the words end
        side = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(room, flags, shown)
