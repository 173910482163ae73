"""How one highlight of the list is painted: its colour, its kind and where it is from, the passage, the note."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workstation.domain.marked_passage import MarkedPassage
from workstation.ui.reader.kinds import NAMES
from workstation.ui.theme import Theme
from workstation.ui.wording import runs_right_to_left

PASSAGE = Qt.ItemDataRole.UserRole
"""The role of the whole :class:`MarkedPassage`."""
TOP = 9
GAP = 3
SIDE = 14
BAR = 6
DESCENT = 4


class HighlightDelegate(QStyledItemDelegate):
    """Paints a :class:`MarkedPassage` in four lines: where it is from, two of the passage, the note."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        small = self._metrics("small").height()
        return QSize(option.rect.width(), 2 * TOP + 2 * small + self._two_lines() + 2 * GAP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        row: MarkedPassage | None = index.data(PASSAGE)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect = option.rect
        painter.setLayoutDirection(option.direction)
        self._paint_ground(painter, option)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.setBrush(self._theme.colour(row.highlight.kind.value))
        bar = _mirrored(option, QRect(rect.x() + 4, rect.y() + TOP, BAR + 1, rect.height() - 2 * TOP))
        painter.drawRoundedRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5), 2.5, 2.5)
        small = self._metrics("small").height()
        box = _mirrored(option, QRect(rect.x() + SIDE + BAR, rect.y() + TOP, rect.width() - 2 * SIDE - BAR, small))
        self._paint_origin(painter, box, row)
        box = QRect(box.x(), box.bottom() + 1 + GAP, box.width(), self._two_lines())
        self._paint_words(painter, box, row.words)
        box = QRect(box.x(), box.bottom() + 1 + GAP, box.width(), small)
        self._line(painter, box, " ".join(row.highlight.note.split()), "small", "accent")
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
        else:
            painter.setPen(QPen(self._theme.colour("line"), 1))
            painter.drawLine(QLineF(rect.left(), rect.bottom() + 0.5, rect.right(), rect.bottom() + 0.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))

    def _paint_origin(self, painter: QPainter, box: QRect, row: MarkedPassage) -> None:
        kind = NAMES[row.highlight.kind]
        font = self._theme.font("small")
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, kind)
        taken = QFontMetrics(font).horizontalAdvance(kind) + 8
        origin = "  ·  ".join(f"\u2068{' '.join(part.split())}\u2069" for part in (row.outlet, row.title) if part)
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        rest = box.adjusted(0, 0, -taken, 0) if mirrored else box.adjusted(taken, 0, 0, 0)
        self._line(painter, rest, origin, "small", "muted")

    def _line(self, painter: QPainter, box: QRect, text: str, role: str, tone: str) -> None:
        painter.setFont(self._theme.font(role))
        painter.setPen(self._theme.colour(tone))
        told = self._metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, told)

    def _paint_words(self, painter: QPainter, box: QRect, words: str) -> None:
        """Two lines, from the side that the passage is read from."""
        text = " ".join(words.split())
        painter.setFont(self._theme.font("list"))
        painter.setPen(self._theme.colour("ink"))
        before, right_to_left = painter.layoutDirection(), runs_right_to_left(text)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        text = self._metrics("list").elidedText(text, Qt.TextElideMode.ElideRight, round(box.width() * 1.85))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        painter.drawText(box, flags, text)
        painter.setLayoutDirection(before)

    def _two_lines(self) -> int:
        """Pixels of two lines; scripts that another font writes reach lower than this one's own."""
        return 2 * self._metrics("list").lineSpacing() + DESCENT

    def _metrics(self, role: str) -> QFontMetrics:
        return QFontMetrics(self._theme.font(role))


def _mirrored(option: QStyleOptionViewItem, box: QRect) -> QRect:
    """``box`` where the window runs from right to left, too."""
    return QStyle.visualRect(option.direction, option.rect, box)
