"""How one state of the timeline is painted: its title, when it was, its words and how many came or went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

PADDING = 10
GAP = 3


class RowDelegate(QStyledItemDelegate):
    """Paints the row of a model with a title and the given roles for the line below, the words and the strength."""

    def __init__(self, theme: Theme, told: int, step: int, is_strong: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told, self._step, self._is_strong = told, step, is_strong

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        lines = sum(QFontMetrics(self._theme.font(role)).height() for role in ("ui", "small"))
        return QSize(120, lines + GAP + 2 * (PADDING - 3))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        painter.save()
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected:
            painter.fillRect(option.rect, self._theme.colour("accent_soft"))
            painter.fillRect(QRect(option.rect.topLeft(), QSize(3, option.rect.height())), self._theme.colour("accent"))
        inside = option.rect.adjusted(PADDING, PADDING - 3, -PADDING, 3 - PADDING)
        step = str(index.data(self._step))
        width = self._paint_step(painter, inside, step) if step else 0
        font = self._theme.font("ui")
        if index.data(self._is_strong):
            font.setWeight(QFont.Weight.DemiBold)
        self._line(painter, inside.adjusted(0, 0, -width, 0), font, str(index.data()), "ink", Qt.AlignmentFlag.AlignTop)
        below = Qt.AlignmentFlag.AlignBottom
        tone = "ink" if is_selected else "muted"
        self._line(painter, inside, self._theme.font("small"), str(index.data(self._told)), tone, below)
        painter.restore()

    def _paint_step(self, painter: QPainter, inside: QRect, step: str) -> int:
        """The words that came or went, at the end of the first line; answers with the room they take."""
        font = self._theme.font("ui")
        painter.setFont(font)
        painter.setPen(self._theme.colour("good" if step.startswith("+") else "bad"))
        painter.drawText(inside, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignTop, step)
        return QFontMetrics(font).horizontalAdvance(step) + PADDING

    def _line(self, painter: QPainter, inside: QRect, font: QFont, text: str, tone: str, edge: Qt.AlignmentFlag) -> None:
        painter.setFont(font)
        painter.setPen(self._theme.colour(tone))
        shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, Qt.AlignmentFlag.AlignLeading | edge, shown)
