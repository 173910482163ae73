"""The cards of a story in their order, and the dropping of cards and sources between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Signal
from PySide6.QtGui import QColor, QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from workstation.domain.story import SignalCard
from workstation.ui.mime import CARD_TYPE, ITEM_TYPE, card_in, items_in
from workstation.ui.story.card import CardFrame

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

GAP = 10
LINE = 3


class CardList(QWidget):
    """Keeps one frame a card, by the card's key, so that carets and scroll stay when cards move."""

    card_moved = Signal(str, int)
    """Put the card with this key at this index among the others."""
    item_dropped = Signal(str, int)
    """Make a new card at this index of this inbox item."""

    def __init__(self, theme: Theme, make_frame: Callable[[SignalCard], CardFrame], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._make_frame = make_frame
        self._frames: dict[str, CardFrame] = {}
        self._order: list[str] = []
        self._drop_at: int | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP // 2, 0, GAP // 2)
        self._column.setSpacing(GAP)
        self.setAcceptDrops(True)

    def show_cards(self, cards: tuple[SignalCard, ...]) -> None:
        """Show these cards in this order."""
        keys = [card.key for card in cards]
        self._order = [key for key in self._order if key in keys]
        for key in [key for key in self._frames if key not in keys]:
            frame = self._frames.pop(key)
            self._column.removeWidget(frame)
            frame.hide()
            frame.deleteLater()
        for card in cards:
            if card.key in self._frames:
                self._frames[card.key].show_card(card)
            else:
                self._frames[card.key] = self._make_frame(card)
        if keys != self._order:
            for index, key in enumerate(keys):
                self._column.insertWidget(index, self._frames[key])
            self._order = keys
        for number, key in enumerate(keys, start=1):
            self._frames[key].show_number(number)

    def frame(self, key: str) -> CardFrame | None:
        """The frame of the card with ``key``."""
        return self._frames.get(key)

    def frames(self) -> list[CardFrame]:
        """The frames in the order of the cards."""
        return [self._frames[key] for key in self._order]

    # --- dropping --------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(CARD_TYPE) or event.mimeData().hasFormat(ITEM_TYPE):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        self._show_line(self._gap_at(event.position().toPoint()))
        event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        self._show_line(None)

    def dropEvent(self, event: QDropEvent) -> None:
        gap = self._gap_at(event.position().toPoint())
        self._show_line(None)
        key = card_in(event.mimeData())
        if key in self._order:
            at = self._order.index(key)
            self.card_moved.emit(key, gap - 1 if gap > at else gap)
        else:
            for offset, item in enumerate(items_in(event.mimeData())):
                self.item_dropped.emit(item, gap + offset)
        event.acceptProposedAction()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ChildRemoved:
            self._drop_at = None
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._drop_at is not None:
            painter = QPainter(self)
            painter.fillRect(self._line_rect(self._drop_at), QColor(self._theme.tokens.accent))

    def _gap_at(self, point: QPoint) -> int:
        """The index between the cards that a drop at ``point`` means."""
        middles = [frame.geometry().center().y() for frame in self.frames()]
        return sum(point.y() > middle for middle in middles)

    def _show_line(self, gap: int | None) -> None:
        if gap != self._drop_at:
            self._drop_at = gap
            self.update()

    def _line_rect(self, gap: int) -> QRect:
        frames = self.frames()
        if not frames:
            return QRect(0, 0, self.width(), LINE)
        y = frames[gap].geometry().top() - GAP // 2 if gap < len(frames) else frames[-1].geometry().bottom() + GAP // 2
        return QRect(0, max(0, y - LINE // 2), self.width(), LINE)
