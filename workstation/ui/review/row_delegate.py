"""How a row of the checks is painted. Rows are painted, not built of widgets: a review comes with every key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workstation.ui.review.row_layout import FIX, ICON, PADDING, PLACE, Boxes, Part, RowFonts, boxes_of
from workstation.ui.review.row_model import ROW
from workstation.ui.review.rows import Group, Row
from workstation.ui.theme import Theme
from workstation.ui.wording import runs_right_to_left

RADIUS = 7
BUTTON_RADIUS = 5
HEAD_INSET = 3
MOST_KEPT = 2000
ICONS = {
    Group.BLOCKERS: ("mdi6.close-circle", "bad"),
    Group.WARNINGS: ("mdi6.alert", "warn"),
    Group.TO_WRITE: ("mdi6.circle-outline", "muted"),
    Group.WAIVED: ("mdi6.minus-circle-outline", "muted"),
    Group.PASSED: ("mdi6.check-circle", "good"),
}
LINE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Paints a :class:`Row` and says where its parts are. ``hovered`` is the row and the part under the mouse."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._fonts = RowFonts(theme)
        self._known: dict[tuple[object, int], Boxes] = {}
        self.hovered: tuple[tuple[str, ...] | None, str] = (None, "")

    def dress(self) -> None:
        """The look of the window changed."""
        self._fonts = RowFonts(self._theme)
        self._known.clear()

    def boxes(self, row: Row, width: int) -> Boxes:
        """Where the parts of a row lie in ``width`` pixels; a row is laid out once."""
        key = (row.look, width)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            known = self._known[key] = boxes_of(row, width, self._fonts)
        return known

    def part_at(self, row: Row, width: int, point: QPoint) -> Part | None:
        """The part of a row at ``point``, which is measured from the row's upper left corner."""
        return next((part for part in self.boxes(row, width).parts if part.box.adjusted(-4, -3, 4, 3).contains(point)), None)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        width = option.widget.viewport().width() if option.widget else option.rect.width()  # type: ignore[attr-defined]
        return QSize(1, self.boxes(index.data(ROW), width).height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(ROW)
        boxes = self.boxes(row, option.rect.width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(option.rect.topLeft())
        if row.is_head:
            self._paint_head(painter, option, row)
        else:
            self._paint_frame(painter, option, row, boxes)
            self._paint_words(painter, row, boxes)
            for part in boxes.parts:
                self._paint_part(painter, row, part)
        painter.restore()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _paint_head(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        height = option.rect.height()
        chevron = "mdi6.chevron-right" if row.folded else "mdi6.chevron-down"
        self._theme.icon(chevron, "muted").paint(painter, QRect(HEAD_INSET, (height - 16) // 2, 16, 16))
        painter.setFont(self._fonts.head)
        is_hovered = self.hovered[0] == row.key
        painter.setPen(self._theme.colour("ink" if is_hovered else "muted"))
        painter.drawText(QRect(HEAD_INSET + 18, 0, option.rect.width() - HEAD_INSET - 18, height), LINE, row.title.upper())
        if _has_focus(option):
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.drawRoundedRect(QRectF(0, 3, option.rect.width(), height - 6).adjusted(1, 1, -1, -1), 5, 5)

    def _paint_frame(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, boxes: Boxes) -> None:
        frame = QRectF(0, 0, option.rect.width(), boxes.height - boxes.gap)
        is_current = bool(option.state & QStyle.StateFlag.State_Selected)
        line = "accent" if is_current else "muted" if self.hovered[0] == row.key and row.problem else "line"
        width = 2 if _has_focus(option) else 1
        if row.passed is None or _has_focus(option):
            painter.setPen(QPen(self._theme.colour(line), width))
            painter.setBrush(self._theme.colour("raised"))
            painter.drawRoundedRect(frame.adjusted(width / 2, width / 2, -width / 2, -width / 2), RADIUS, RADIUS)
        name, tone = ICONS[row.group]
        self._theme.icon(name, tone).paint(
            painter, QRect(PADDING, boxes.top + (self._fonts.title_height - ICON) // 2, ICON, ICON)
        )

    def _paint_words(self, painter: QPainter, row: Row, boxes: Boxes) -> None:
        ink = "muted" if row.waiver else "ink"
        self._paint_lines(painter, boxes.title, boxes.title_lines, self._fonts.title_of(row), ink)
        self._paint_lines(painter, boxes.detail, boxes.detail_lines, self._fonts.small, "muted")

    def _paint_lines(self, painter: QPainter, box: QRect, lines: tuple[str, ...], font: QFont, token: str) -> None:
        if not lines:
            return
        painter.setFont(font)
        painter.setPen(self._theme.colour(token))
        right_to_left = runs_right_to_left(" ".join(lines))
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        height = box.height() // len(lines)
        for number, line in enumerate(lines):
            painter.drawText(QRect(box.x(), box.y() + number * height, box.width(), height), LINE, line)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def _paint_part(self, painter: QPainter, row: Row, part: Part) -> None:
        is_hovered = self.hovered == (row.key, part.name)
        if part.name == FIX:
            self._paint_button(painter, part, is_hovered)
            return
        font = QFont(self._fonts.link)
        font.setUnderline(is_hovered or (part.name == PLACE and self.hovered == (row.key, "")))
        painter.setFont(font)
        painter.setPen(self._theme.colour("muted" if row.waiver and part.name == PLACE else "accent"))
        painter.drawText(part.box, LINE, part.label)

    def _paint_button(self, painter: QPainter, part: Part, is_hovered: bool) -> None:
        painter.setPen(QPen(self._theme.colour("accent" if is_hovered else "line"), 1))
        painter.setBrush(self._theme.colour("accent_soft" if is_hovered else "base"))
        painter.drawRoundedRect(QRectF(part.box).adjusted(0.5, 0.5, -0.5, -0.5), BUTTON_RADIUS, BUTTON_RADIUS)
        painter.setFont(self._fonts.button)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(part.box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextSingleLine, part.label)


def _has_focus(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_HasFocus)
