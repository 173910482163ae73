"""Dragging words out of the reader: the selection, or the mark that the mouse was pressed on.

A selection is dragged at once, as everywhere. A mark must not get in the way of selecting words inside it, so it is taken along
only when the mouse leaves the text sideways, towards the story.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from workstation.domain.wording import shortened
from workstation.ui.mime import CarriedPassage, carrying_passage
from workstation.ui.reader.article_view import ArticleView
from workstation.ui.reader.passages import Passage
from workstation.ui.theme import Theme

PICTURE_WIDTH = 260
PADDING = 8
SHOWN = 110
"""So many letters of the passage hang at the pointer."""


class PassageDrag(QObject):
    """Watches the mouse over ``view``. ``item`` tells the id of the item that is read, ``words`` the words of a passage."""

    def __init__(self, view: ArticleView, theme: Theme, item: Callable[[], str | None], words: Callable[[Passage], str]) -> None:
        super().__init__(view)
        self._view, self._theme, self._item, self._words = view, theme, item, words
        self._pressed: QPoint | None = None
        self._selected: Passage | None = None
        self._marked: Passage | None = None
        self._doubled_at = -10_000
        view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseButtonPress:
                return self._press(event)
            if event.type() == QEvent.Type.MouseMove and event.buttons() & Qt.MouseButton.LeftButton:
                return self._move(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonRelease:
                return self._release(event.position().toPoint())
            if event.type() == QEvent.Type.MouseButtonDblClick:
                self._doubled_at = event.timestamp()
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> bool:
        """Remember what lies under the mouse; a press in the selection is kept from the text edit, which would drop it."""
        self._pressed = self._selected = self._marked = None
        is_third = event.timestamp() - self._doubled_at < QApplication.doubleClickInterval()
        if event.button() != Qt.MouseButton.LeftButton or event.modifiers() & Qt.KeyboardModifier.ShiftModifier or is_third:
            return False
        self._pressed = event.position().toPoint()
        at = self._view.point_at(self._pressed)
        selected = self._view.passage
        if selected is not None and at is not None and selected.start <= at <= selected.end:
            self._selected = selected
        elif at is not None:
            self._marked = self._view.mark_at(at)
        return self._selected is not None

    def _move(self, at: QPoint) -> bool:
        """Begin a drag when the mouse has gone far enough; answers whether the event is used up."""
        if self._pressed is None:
            return False
        if self._selected is not None:
            if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._carry(self._selected)
            return True
        is_beside = at.x() < 0 or at.x() >= self._view.viewport().width()
        if self._marked is not None and is_beside:
            self._carry_mark(self._marked)
            return True
        return False

    def _release(self, at: QPoint) -> bool:
        """A click in the selection that became no drag puts the caret there."""
        is_click = self._pressed is not None and self._selected is not None
        self._pressed = self._selected = None
        if is_click:
            self._view.setTextCursor(self._view.cursorForPosition(at))
        return is_click

    def _carry_mark(self, passage: Passage) -> None:
        """What Qt selected on the way out is no selection, unless the mark was dropped nowhere."""
        cursor, scroll = self._view.textCursor(), self._view.verticalScrollBar().value()
        self._end_selecting()
        self._view.setTextCursor(cursor)
        self._view.verticalScrollBar().setValue(scroll)
        if self._carry(passage):
            self._view.reveal(Passage(passage.start, passage.start))

    def _carry(self, passage: Passage) -> bool:
        """Carry a passage until it is dropped; answers whether somebody took it."""
        self._pressed = None
        item = self._item()
        if item is None:
            return False
        words = self._words(passage)
        drag = QDrag(self._view)
        drag.setMimeData(carrying_passage(CarriedPassage(item, passage.start, passage.end), words))
        drag.setPixmap(self._picture(words))
        drag.setHotSpot(QPoint(-6, 10))
        return drag.exec(Qt.DropAction.CopyAction) != Qt.DropAction.IgnoreAction

    def _end_selecting(self) -> None:
        """Let the text edit forget that the button is down: it will not see it go up. Beside the text there is no link."""
        beside = QPointF(-1, -1)
        up = QMouseEvent(
            QEvent.Type.MouseButtonRelease,
            beside,
            self._view.viewport().mapToGlobal(beside),
            Qt.MouseButton.LeftButton,
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self._view.viewport(), up)

    def _picture(self, words: str) -> QPixmap:
        """The first words on a slip of paper."""
        font = self._theme.font("list")
        ratio = self._view.devicePixelRatioF()
        short = shortened(words, SHOWN)
        flags = Qt.TextFlag.TextWordWrap
        box = QFontMetrics(font).boundingRect(QRect(PADDING, PADDING, PICTURE_WIDTH - 2 * PADDING, 1000), flags, short)
        pixmap = QPixmap(round(PICTURE_WIDTH * ratio), round((box.height() + 2 * PADDING) * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(self._theme.colour("quote"))
        painter = QPainter(pixmap)
        painter.setFont(font)
        painter.setPen(self._theme.colour("ink"))
        painter.drawText(box, flags, short)
        painter.end()
        return pixmap
