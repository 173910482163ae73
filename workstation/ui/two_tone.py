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
        painter.setLayoutDirection(whole.direction)
        taken = self._words(painter, whole, box, name, QPalette.ColorRole.Text) + GAP
        mirrored = whole.direction == Qt.LayoutDirection.RightToLeft
        rest = box.adjusted(0, 0, -taken, 0) if mirrored else box.adjusted(taken, 0, 0, 0)
        self._words(painter, whole, rest, detail, QPalette.ColorRole.PlaceholderText)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Rows of every script are equally high and as wide as the list; long words end in an ellipsis."""
        return QSize(0, option.fontMetrics.height() + 2 * ROOM)

    @staticmethod
    def _words(painter: QPainter, option: QStyleOptionViewItem, box: QRect, words: str, role: QPalette.ColorRole) -> int:
        """Paint words at the head of ``box``, shortened to fit; answers with the pixels that they take."""
        if not words or box.width() <= 0:
            return 0
        fitting = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        painter.setPen(option.palette.color(role))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(box, flags, fitting)
        return option.fontMetrics.horizontalAdvance(fitting)
