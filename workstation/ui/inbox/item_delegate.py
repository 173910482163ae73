"""How one item of the list is painted: icon, outlet and age, and the headline in two lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from workstation.domain.item import ItemState, ItemSummary
from workstation.ui.inbox.group_chip import chip_width, chip_words, paint_group
from workstation.ui.inbox.item_model import SUMMARY
from workstation.ui.inbox.outlet_icons import SIZE, OutletIcons
from workstation.ui.inbox.row_marks import CHIP_GAP, TagChips, paint_check
from workstation.ui.inbox.wording import age, isolated, meta, title
from workstation.ui.theme import Theme
from workstation.ui.wording import runs_right_to_left

TOP = 10
BOTTOM = 11
GAP = 3
DOT = 7
DOT_AT = 4
ICON_AT = 16
TEXT_AT = 46
END = 11
MARK = 13
MARKS_WIDTH = MARK + 5
TAGS_SHARE = 0.5
"""How much of the headline's second line the tags may take."""


@dataclass(frozen=True, slots=True)
class _Boxes:
    """Where the parts of a row lie, left to right; mirrored when the window runs right to left."""

    icon: QRect
    dot: QRect
    meta: QRect
    age: QRect
    headline: QRect
    marks: QRect
    group: QRect
    group_words: str


class ItemDelegate(QStyledItemDelegate):
    """Paints an :class:`ItemSummary`."""

    def __init__(self, theme: Theme, icons: OutletIcons, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icons = icons
        self.is_picking = False
        """Whether the selected rows are picked to be handled together, which is shown by a check mark."""

    def sizeHint(self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Every row is equally high, so that the list need not measure them."""
        small, line = self._metrics("small").height(), self._line_height()
        return QSize(option.rect.width(), TOP + small + GAP + 2 * line + BOTTOM)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        summary = index.data(SUMMARY)
        if summary is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        boxes = self._boxes(option, summary)
        self._paint_ground(painter, option)
        if self.is_picking and option.state & QStyle.StateFlag.State_Selected:
            paint_check(painter, QRectF(boxes.icon), self._theme)
        else:
            self._icons.paint(painter, QRectF(boxes.icon), summary)
        if summary.state is ItemState.UNREAD:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.colour("accent"))
            painter.drawEllipse(boxes.dot)
        self._paint_meta(painter, boxes, summary)
        chips = TagChips(self._theme, summary.tags, boxes.headline.width() * TAGS_SHARE)
        self._paint_headline(painter, boxes.headline, summary, chips.width)
        if chips.width:
            chips.paint(painter, self._chips_box(boxes.headline, summary, chips.width))
        self._paint_marks(painter, boxes.marks, summary)
        if boxes.group.width():
            paint_group(painter, boxes.group, boxes.group_words, self._theme, changed=summary.changed)
        painter.restore()

    def chip(self, option: QStyleOptionViewItem, summary: ItemSummary) -> QRect:
        """Where the row in ``option`` says what stands in it; an empty box where it stands for one item."""
        return self._boxes(option, summary).group

    # --- parts -----------------------------------------------------------------------------------------------------

    def _boxes(self, option: QStyleOptionViewItem, summary: ItemSummary) -> _Boxes:
        rect, small = option.rect, self._metrics("small")
        width = rect.width()
        age_width = small.horizontalAdvance(age(summary.captured, datetime.now(UTC))) + 2
        below = TOP + small.height() + GAP
        text_width = width - TEXT_AT - END
        words = chip_words(summary, small, text_width - age_width)
        chip = chip_width(words, small)

        def box(x: int, y: int, w: int, h: int) -> QRect:
            return QStyle.visualRect(option.direction, rect, QRect(rect.x() + x, rect.y() + y, w, h))

        return _Boxes(
            icon=box(ICON_AT, TOP + 2, SIZE, SIZE),
            dot=box(DOT_AT, TOP + 2 + (SIZE - DOT) // 2, DOT, DOT),
            meta=box(TEXT_AT, TOP, text_width - age_width - 8 - (chip + 6 if chip else 0), small.height()),
            age=box(width - END - age_width, TOP, age_width, small.height()),
            headline=box(TEXT_AT, below, text_width - MARKS_WIDTH, 2 * self._line_height()),
            marks=box(width - END - MARK, below + 2, MARK, 2 * self._line_height()),
            group=box(width - END - age_width - 8 - chip, TOP, chip, small.height()),
            group_words=words,
        )

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        rect = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, self._theme.colour("accent_soft"))
            bar = QStyle.visualRect(option.direction, rect, QRect(rect.x(), rect.y(), 3, rect.height()))
            painter.fillRect(bar, self._theme.colour("accent"))
        else:
            painter.setPen(QPen(self._theme.colour("line"), 1))
            line = QStyle.visualRect(
                option.direction, rect, QRect(rect.x() + TEXT_AT, rect.bottom(), rect.width() - TEXT_AT - END, 1)
            )
            painter.drawLine(QPointF(line.left(), line.top() + 0.5), QPointF(line.right(), line.top() + 0.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._theme.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))

    def _paint_meta(self, painter: QPainter, boxes: _Boxes, summary: ItemSummary) -> None:
        painter.setFont(self._theme.font("small"))
        painter.setPen(self._theme.colour("muted"))
        flags = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        told = self._metrics("small").elidedText(meta(summary), Qt.TextElideMode.ElideRight, boxes.meta.width())
        painter.drawText(boxes.meta, flags, told)
        painter.drawText(
            boxes.age,
            Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine,
            isolated(age(summary.captured, datetime.now(UTC))),
        )

    def _chips_box(self, headline: QRect, summary: ItemSummary, width: int) -> QRectF:
        """At the end of the second line: to the left where the headline runs from the right."""
        x = headline.left() if runs_right_to_left(title(summary)) else headline.right() + 1 - width
        return QRectF(x, headline.top() + self._line_height(), width, self._line_height())

    def _paint_headline(self, painter: QPainter, box: QRect, summary: ItemSummary, taken: int = 0) -> None:
        """``taken`` pixels at the end of the second line are kept free for the tags."""
        font = self._headline_font(bold=summary.state is ItemState.UNREAD)
        painter.setPen(self._theme.colour("ink"))
        text = title(summary)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        right_to_left = runs_right_to_left(text)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft if right_to_left else Qt.LayoutDirection.LeftToRight)
        option.setAlignment(Qt.AlignmentFlag.AlignLeft)
        gap = taken + CHIP_GAP if taken else 0
        for number, line in enumerate(two_lines(text, font, box.width(), option, taken=gap)):
            width = box.width() - gap if number else box.width()
            layout = _laid_out(line, font, width, option)
            x = box.x() + (gap if number and right_to_left else 0)
            layout.draw(painter, QPointF(x, box.y() + number * self._line_height()))

    def _paint_marks(self, painter: QPainter, box: QRect, summary: ItemSummary) -> None:
        """A star for the shortlist, and a link, at the height of the second line, for what a story uses."""
        if summary.state is ItemState.SHORTLISTED:
            square = QRect(box.x(), box.y(), MARK, MARK)
            self._theme.icon("mdi6.star", "warn").paint(painter, square)
        elif summary.state is ItemState.USED:
            square = QRect(box.x(), box.y() + self._line_height(), MARK, MARK)
            self._theme.icon("mdi6.link-variant", "accent").paint(painter, square)
        if summary.notes.strip():
            lines = 0 if summary.state is ItemState.USED else self._line_height()
            self._theme.icon("mdi6.note-text-outline", "muted").paint(painter, QRect(box.x(), box.y() + lines, MARK, MARK))

    def _headline_font(self, *, bold: bool) -> QFont:
        font = self._theme.font("list")
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font

    def _line_height(self) -> int:
        return round(self._metrics("list").height() * 1.02)

    def _metrics(self, role: str) -> QFontMetrics:
        return QFontMetrics(self._theme.font(role))


def two_lines(text: str, font: QFont, width: int, option: QTextOption, *, taken: int = 0) -> list[str]:
    """``text`` as one or two lines of ``width`` pixels, the second ``taken`` pixels shorter; an ellipsis stands for the rest."""
    layout = _laid_out(text, font, width, option)
    units = text.encode("utf-16-le")
    first = layout.lineAt(0).textLength() * 2
    lines = [units[:first].decode("utf-16-le").rstrip()]
    rest = units[first:].decode("utf-16-le")
    if rest:
        is_last = layout.lineCount() <= 2 and layout.lineAt(1).naturalTextWidth() <= width - taken
        lines.append(rest if is_last else QFontMetrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width - taken))
    return lines


def _laid_out(text: str, font: QFont, width: int, option: QTextOption) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    for _ in range(3):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout
