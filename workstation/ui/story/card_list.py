"""The cards of a story in their order, folded or whole, and the gaps between them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from workstation.domain.publication import Limits
from workstation.domain.story import SignalCard
from workstation.ui.story.card import CardFrame

GAP = 10
LINE = 3


class CardList(QWidget):
    """Keeps one frame a card, by the card's key, so that carets and scroll stay when cards move."""

    def __init__(self, make_frame: Callable[[SignalCard], CardFrame], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make_frame = make_frame
        self._frames: dict[str, CardFrame] = {}
        self._order: list[str] = []
        self._folded: set[str] = set()
        self._limits = Limits()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, GAP // 2, 0, GAP // 2)
        self._column.setSpacing(GAP)

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
                self._frames[card.key] = self._new_frame(card)
        if keys != self._order:
            for index, key in enumerate(keys):
                self._column.insertWidget(index, self._frames[key])
            self._order = keys
        for number, key in enumerate(keys, start=1):
            self._frames[key].show_number(number)

    def show_limits(self, limits: Limits) -> None:
        """Say from now on what is longer than these limits."""
        self._limits = limits
        for frame in self._frames.values():
            frame.show_limits(limits)

    def _new_frame(self, card: SignalCard) -> CardFrame:
        frame = self._make_frame(card)
        frame.show_limits(self._limits)
        frame.show_folded(card.key in self._folded)
        frame.fold_wanted.connect(self.fold)
        return frame

    def frame(self, key: str) -> CardFrame | None:
        """The frame of the card with ``key``."""
        return self._frames.get(key)

    def position(self, key: str) -> int:
        """The index of the card with ``key`` among those that are shown."""
        return self._order.index(key)

    def frames(self) -> list[CardFrame]:
        """The frames in the order of the cards."""
        return [self._frames[key] for key in self._order]

    # --- folding ---------------------------------------------------------------------------------------------------

    def fold(self, key: str, folded: bool | None = None) -> None:
        """Show a card in two lines or whole; the other way round by default. It stays so while the program runs."""
        frame = self._frames.get(key)
        if frame is not None:
            self._set_folded(frame, not frame.is_folded if folded is None else folded)

    def fold_all(self, folded: bool) -> None:
        """Show every card in two lines, or whole."""
        for frame in self.frames():
            self._set_folded(frame, folded)

    def _set_folded(self, frame: CardFrame, folded: bool) -> None:
        if folded and frame.isAncestorOf(QApplication.focusWidget() or self):
            frame.headline.setFocus()
        frame.show_folded(folded)
        if folded:
            self._folded.add(frame.key)
        else:
            self._folded.discard(frame.key)

    # --- dropping --------------------------------------------------------------------------------------------------

    def gap_at(self, point: QPoint) -> int:
        """The index between the cards that ``point`` is closest to."""
        middles = [frame.geometry().center().y() for frame in self.frames()]
        return sum(point.y() > middle for middle in middles)

    def gap_line(self, gap: int) -> QRect:
        """The line that shows a gap."""
        frames = self.frames()
        if not frames:
            return QRect(0, 0, self.width(), LINE)
        y = frames[gap].geometry().top() - GAP // 2 if gap < len(frames) else frames[-1].geometry().bottom() + 1 + GAP // 2
        return QRect(0, min(max(0, y - LINE // 2), self.height() - LINE), self.width(), LINE)

    def show_aimed(self, key: str | None) -> None:
        """Say on which card what is dragged would go."""
        for frame in self.frames():
            frame.show_aimed(frame.key == key)
