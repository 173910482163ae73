"""Rows of a list that say a name and, more quietly, something about it."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

DIVIDE = "   "
"""What stands between the two in the row's words, which assistive technology reads as they are."""
GAP = 10
ROOM = 5
"""Pixels above and below the words."""


class TwoToneDelegate(QStyledItemDelegate):
    """Paints what stands before the first :data:`DIVIDE` in ink, and the rest muted. The name keeps its room."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        name, _, detail = whole.text.partition(DIVIDE)
        style = whole.widget.style() if whole.widget else QApplication.style()
        box = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, whole, whole.widget)
        whole.text = ""
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        painter.save()
        painter.setFont(whole.font)
        taken = self._words(painter, whole, box, name, QPalette.ColorRole.Text)
        self._words(painter, whole, box.adjusted(taken + GAP, 0, 0, 0), detail, QPalette.ColorRole.PlaceholderText)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of every script are equally high; the style's hint leaves descenders no room before it is polished."""
        return QSize(super().sizeHint(option, index).width() + GAP, option.fontMetrics.height() + 2 * ROOM)

    @staticmethod
    def _words(painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str, role: QPalette.ColorRole) -> int:
        """Paint words at the head of ``box``, shortened to fit; answers with the pixels that they take."""
        if not words or box.width() <= 0:
            return 0
        fitting = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        at = QStyle.visualRect(option.direction, option.rect, box)
        painter.setPen(option.palette.color(role))
        style = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        side = Qt.AlignmentFlag.AlignLeft if option.direction == Qt.LayoutDirection.LeftToRight else Qt.AlignmentFlag.AlignRight
        painter.drawText(at, int(style | side | Qt.TextFlag.TextSingleLine), fitting)
        return option.fontMetrics.horizontalAdvance(fitting)
