"""Where in the story something goes that is dragged over it: on a card, between two cards, or among the parked ones.

The story's fields, cards and chips refuse what belongs to the desk, so that it comes to the one area that holds them all. There
it is decided what a drop would mean, and shown before it is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from workstation.ui.mime import CarriedPassage, CarriedSource, card_in, is_own, items_in, passage_in, source_in
from workstation.ui.story.card import CardFrame
from workstation.ui.story.card_list import CardList
from workstation.ui.story.drag_scroll import DragScroll
from workstation.ui.story.drop_mark import DropMark
from workstation.ui.story.parked import ParkedSection
from workstation.ui.story.text_place import TextPlace, place_in_text

EDGE = 16
"""How much of a card's upper and lower end still means the gap beside it, in pixels."""
HEAD = 46
"""How far above the first card the gap above it begins, in pixels."""


@dataclass(frozen=True, slots=True)
class Aim:
    """What a drop would mean: a gap between the cards, or the card with a key and a place in it, or the parked cards."""

    gap: int | None = None
    card: str | None = None
    at: TextPlace | None = None
    chip: int | None = None
    parks: bool = False


class Drops(QObject):
    """Watches the area under the whole story and tells what was dropped where."""

    card_to_gap = Signal(str, int)
    """Put the card with this key, or the parked one, at this gap between the cards as they are now."""
    card_parked = Signal(str)
    items_to_card = Signal(list, str)
    items_to_gap = Signal(list, int)
    passage_to_card = Signal(object, str, object)
    """Quote this :class:`CarriedPassage` in the card with this key, at this code point of its text or, None, below it."""
    passage_to_gap = Signal(object, int)
    source_to_card = Signal(object, str, int, bool)
    """Put this :class:`CarriedSource` before the source at this index of a card; True leaves it where it was as well."""

    def __init__(self, scroll: QScrollArea, area: QWidget, cards: CardList, parked: ParkedSection, mark: DropMark) -> None:
        super().__init__(scroll)
        self._area = area
        self._cards, self._parked, self._mark = cards, parked, mark
        self._scroll = DragScroll(scroll)
        self._scroll.scrolled.connect(self._aim_again)
        self._last: tuple[QPoint, _Load] | None = None
        self._area.setAcceptDrops(True)
        self._area.installEventFilter(self)
        for line in area.findChildren(QLineEdit):
            line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop) and isinstance(event, QDropEvent):
            return self._take(event) if watched is self._area else self._pass_on(event)
        if kind == QEvent.Type.DragLeave and watched is self._area:
            self._forget()
            return True
        return super().eventFilter(watched, event)

    # --- following -------------------------------------------------------------------------------------------------

    def _take(self, event: QDropEvent) -> bool:
        if not is_own(event.mimeData()):
            return False
        load, at = _load_of(event), event.position().toPoint()
        aim = self._aim(at, load)
        if event.type() == QEvent.Type.Drop:
            self._forget()
            if aim is not None:
                self._drop(load, aim)
        else:
            pointer = self._area.mapToGlobal(at)
            self._last = (pointer, load)
            self._show(aim)
            self._scroll.follow(pointer)
        if aim is not None:
            event.acceptProposedAction()
        elif event.type() == QEvent.Type.DragMove:
            event.ignore()
        else:
            event.accept()  # nothing to drop on here, but the way to the cards leads across
        return True

    def _pass_on(self, event: QDropEvent) -> bool:
        """A line of the details would take the words that other programs get; refused, the event goes to the area."""
        if is_own(event.mimeData()):
            event.ignore()
            return True
        return False

    def _aim_again(self) -> None:
        if self._last is not None:
            pointer, load = self._last
            self._show(self._aim(self._area.mapFromGlobal(pointer), load))

    def _forget(self) -> None:
        self._last = None
        self._scroll.stop()
        self._show(None)

    # --- aiming ----------------------------------------------------------------------------------------------------

    def _aim(self, at: QPoint, load: _Load) -> Aim | None:
        """What a drop at this place of the area means; None for nothing."""
        if self._parked.isVisible() and at.y() >= self._parked.mapTo(self._area, QPoint(0, 0)).y():
            return Aim(parks=True) if load.card and not self._parked.holds(load.card) else None
        inside = self._cards.mapFrom(self._area, at)
        if load.card:
            return Aim(gap=self._cards.gap_at(inside)) if self._knows(load.card) else None
        frame = self._frame_at(inside, edge=0 if load.source else EDGE)
        if frame is not None:
            return self._aim_at_card(frame, frame.mapFrom(self._cards, inside), load)
        is_gap = not load.source and inside.y() >= -HEAD
        return Aim(gap=self._cards.gap_at(inside)) if is_gap else None

    def _knows(self, key: str) -> bool:
        return self._cards.frame(key) is not None or self._parked.holds(key)

    def _frame_at(self, at: QPoint, edge: int) -> CardFrame | None:
        for frame in self._cards.frames():
            box = frame.geometry()
            margin = min(edge, box.height() // 4)
            if box.top() + margin <= at.y() <= box.bottom() - margin:
                return frame
        return None

    def _aim_at_card(self, frame: CardFrame, at: QPoint, load: _Load) -> Aim:
        if load.source is not None:
            return Aim(card=frame.key, chip=frame.sources.index_at(frame.sources.mapFrom(frame, at)))
        over_text = load.passage is not None and frame.body.isVisible()
        return Aim(card=frame.key, at=place_in_text(frame.body, frame, at, frame.card.body.text) if over_text else None)

    # --- showing ---------------------------------------------------------------------------------------------------

    def _show(self, aim: Aim | None) -> None:
        self._cards.show_aimed(aim.card if aim else None)
        self._parked.show_aimed(aim is not None and aim.parks)
        self._mark.show_line(self._line(aim) if aim else None)

    def _line(self, aim: Aim) -> QRect | None:
        if aim.gap is not None:
            return self._in_area(self._cards, self._cards.gap_line(aim.gap))
        frame = self._cards.frame(aim.card or "")
        if frame is None:
            return None
        if aim.chip is not None:
            return self._in_area(frame.sources, frame.sources.gap_line(aim.chip)) if frame.sources.isVisible() else None
        return self._in_area(frame.body.viewport(), aim.at.line) if aim.at is not None else None

    def _in_area(self, widget: QWidget, box: QRect) -> QRect:
        return QRect(widget.mapTo(self._area, box.topLeft()), box.size())

    # --- dropping --------------------------------------------------------------------------------------------------

    def _drop(self, load: _Load, aim: Aim) -> None:
        if aim.parks:
            self.card_parked.emit(load.card)
        elif aim.gap is not None:
            self._drop_in_gap(load, aim.gap)
        elif aim.card is not None:
            self._drop_on_card(load, aim, aim.card)

    def _drop_in_gap(self, load: _Load, gap: int) -> None:
        if load.card:
            self.card_to_gap.emit(load.card, gap)
        elif load.passage is not None:
            self.passage_to_gap.emit(load.passage, gap)
        else:
            self.items_to_gap.emit(load.items, gap)

    def _drop_on_card(self, load: _Load, aim: Aim, key: str) -> None:
        if load.source is not None:
            self.source_to_card.emit(load.source, key, aim.chip or 0, load.copies)
        elif load.passage is not None:
            self.passage_to_card.emit(load.passage, key, aim.at.point if aim.at else None)
        else:
            self.items_to_card.emit(load.items, key)


@dataclass(frozen=True, slots=True)
class _Load:
    """What is carried; just one of them."""

    card: str
    items: list[str]
    source: CarriedSource | None
    passage: CarriedPassage | None
    copies: bool


def _load_of(event: QDropEvent) -> _Load:
    data = event.mimeData()
    copies = event.proposedAction() == Qt.DropAction.CopyAction
    return _Load(card_in(data), items_in(data), source_in(data), passage_in(data), copies)
