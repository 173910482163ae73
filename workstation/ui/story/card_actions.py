"""What can be done with the cards beside writing in them: moving, parking, folding, and taking in what is dropped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QMimeData, QObject, QPoint, Qt
from PySide6.QtGui import QDrag, QPixmap
from PySide6.QtWidgets import QApplication, QMenu, QScrollArea, QWidget

from workstation.domain.changes import NOTHING, Changes
from workstation.errors import WorkstationError
from workstation.ui.mime import CarriedPassage, CarriedSource, carrying_card, carrying_source
from workstation.ui.story.card import CardFrame
from workstation.ui.story.card_list import CardList
from workstation.ui.story.drop_mark import DropMark
from workstation.ui.story.drops import Drops
from workstation.ui.story.parked import ParkedSection
from workstation.workflow.source_moves import SourcePlace

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.ui.story.pane import StoryPane
    from workstation.ui.theme import Theme
    from workstation.workflow.quoting import Quoted, Quoting
    from workstation.workflow.writing import Writing


class CardActions(QObject):
    """The verbs of the cards of the open story. It is a part of the story pane, which shows what comes of them."""

    def __init__(
        self, pane: StoryPane, session: Session, theme: Theme, writing: Writing, quoting: Quoting, cards: CardList
    ) -> None:
        super().__init__(pane)
        self._pane, self._session, self._writing, self._quoting = pane, session, writing, quoting
        self._theme = theme
        self._cards = cards
        self.parked = ParkedSection(theme)
        self.parked.back_wanted.connect(self.bring_back)
        self.parked.removal_wanted.connect(self._remove_parked)
        self.parked.drag_wanted.connect(self._drag_card, Qt.ConnectionType.QueuedConnection)

    def watch(self, scroll: QScrollArea, area: QWidget) -> None:
        """Take in what is dropped on ``area``, the story that ``scroll`` shows."""
        drops = Drops(scroll, area, self._cards, self.parked, DropMark(self._theme, area))
        drops.card_to_gap.connect(self._put_card)
        drops.card_parked.connect(self.park)
        drops.items_to_card.connect(self._put_items_on_card)
        drops.items_to_gap.connect(self._put_items_in_gap)
        drops.passage_to_card.connect(self._quote_in_card)
        drops.passage_to_gap.connect(self._quote_in_gap)
        drops.source_to_card.connect(self._put_source)

    def serve(self, frame: CardFrame) -> None:
        """Serve a new card. What is dragged may end with the death of its widget, so a drag begins outside its events."""
        frame.drag_wanted.connect(self._drag_card, Qt.ConnectionType.QueuedConnection)
        frame.sources.drag_wanted.connect(self._drag_source, Qt.ConnectionType.QueuedConnection)
        frame.menu_wanted.connect(self._ask_card)

    # --- folding ---------------------------------------------------------------------------------------------------

    def fold(self, key: str | None = None) -> None:
        """Collapse or expand a card, the current one by default."""
        which = key or self._session.card
        if which and self._cards.frame(which) is not None:
            self._cards.fold(which)
        else:
            self._session.say("Put the caret into a card first.")

    def fold_all(self, folded: bool) -> None:
        """Collapse or expand every card."""
        self._cards.fold_all(folded)

    # --- parking ---------------------------------------------------------------------------------------------------

    def park(self, key: str | None = None) -> None:
        """Take a card (the current one by default) out of the story and keep it at its foot."""
        which = key or self._session.card
        frame, focus = self._cards.frame(which or ""), QApplication.focusWidget()
        if which is None or frame is None:
            self._session.say("Put the caret into a card first.")
            return
        was_current, was_inside = self._session.card == which, frame.isAncestorOf(focus) if focus is not None else False
        if self._pane.carry_out(lambda number: self._writing.park_card(number, which)):
            self.parked.open_rows(True)
            if was_inside or not self._has_focus:
                self.parked.head.setFocus()
            if was_current:
                self._pane.leave_card()
            self._session.say("The card is parked below the story. Ctrl+Z brings it back.")

    def bring_back(self, key: str, at: int | None = None) -> None:
        """Put a parked card into the story, at its end by default."""
        if self._pane.carry_out(lambda number: self._writing.bring_back_card(number, key, at)):
            self._pane.go_to_card(key)

    def _remove_parked(self, key: str) -> None:
        if self._pane.carry_out(lambda number: self._writing.remove_parked_card(number, key)):
            if not self._has_focus:
                self.parked.head.setFocus()
            self._session.say("The parked card is removed. Ctrl+Z brings it back.")

    # --- what is dropped -------------------------------------------------------------------------------------------

    def _put_card(self, key: str, gap: int) -> None:
        if self.parked.holds(key):
            self.bring_back(key, gap)
            return
        position = self._pane.story.position(key) if self._pane.story is not None else None
        if position is not None:
            self._pane.move_card_to(key, gap - 1 if gap > position else gap)
            if not self._has_focus:
                self._pane.go_to_card(key)

    def _put_items_on_card(self, items: list[str], key: str) -> None:
        for item in items:
            self._pane.add_source(key, item)

    def _put_items_in_gap(self, items: list[str], gap: int) -> None:
        for offset, item in enumerate(items):
            self._pane.add_card_of(item, gap + offset)

    def _put_source(self, source: CarriedSource, key: str, index: int, copies: bool) -> None:
        place, to = SourcePlace(source.card, source.index), SourcePlace(key, index)
        self._pane.carry_out(lambda number: self._writing.move_source(number, place, to, copy=copies))
        frame = self._cards.frame(key)
        if frame is not None:
            frame.sources.focus_chip(index)

    def _quote_in_card(self, passage: CarriedPassage, key: str, at: int | None) -> None:
        p = passage
        self._quote(lambda number: self._quoting.quote_in_card(p.item, p.start, p.end, number, key, at=at))

    def _quote_in_gap(self, passage: CarriedPassage, gap: int) -> None:
        p = passage
        self._quote(lambda number: self._quoting.quote_in_new_card(p.item, p.start, p.end, number, gap))

    def _quote(self, verb: Callable[[int], Quoted]) -> None:
        made: list[Quoted] = []

        def quote(number: int) -> Changes:
            try:
                made.append(verb(number))
            except WorkstationError as error:
                self._session.say_error(error)
                return NOTHING
            return made[0].changes

        if self._pane.carry_out(quote):
            key = made[0].card
            self._cards.fold(key, False)
            self._pane.go_to_text(key, made[0].end)
            number = self._pane.number_of(key)
            self._session.say(f"Quoted in card {number}." if number else "Quoted in a card.", "good")

    @property
    def _has_focus(self) -> bool:
        """Whether the keyboard is with the story, so that its undo takes back what is done."""
        focus = QApplication.focusWidget()
        return focus is not None and self._pane.isAncestorOf(focus)

    # --- dragging --------------------------------------------------------------------------------------------------

    def _drag_card(self, key: str) -> None:
        """Carry a card, in the story or parked, until it is dropped; it is dimmed meanwhile."""
        frame = self._cards.frame(key)
        row = self.parked.row_of(key)
        shown = frame or row
        if shown is None:
            return
        picture = frame.drag_picture() if frame is not None else row.grab() if row is not None else QPixmap()
        if frame is not None:
            frame.show_dragged(True)
            self.parked.offer(True)
        self._carry(carrying_card(key), picture, Qt.DropAction.MoveAction)
        self.parked.offer(False)
        if frame is not None and shiboken6.isValid(frame):
            frame.show_dragged(False)

    def _drag_source(self, source: CarriedSource) -> None:
        frame = self._cards.frame(source.card)
        if frame is not None and source.index < len(frame.card.sources):
            printed = frame.card.sources[source.index].printed
            picture = frame.sources.chip_picture(source.index)
            both = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
            self._carry(carrying_source(source, printed), picture, both)

    def _carry(self, data: QMimeData, picture: QPixmap, actions: Qt.DropAction) -> None:
        drag = QDrag(self._pane)
        drag.setMimeData(data)
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(12, 12))
        drag.exec(actions, Qt.DropAction.MoveAction)

    # --- the menu of a card ----------------------------------------------------------------------------------------

    def _ask_card(self, key: str, at: QPoint) -> None:
        self.card_menu(key).popup(at)

    def card_menu(self, key: str) -> QMenu:
        """What can be done with the card with ``key``."""
        pane, frame = self._pane, self._cards.frame(key)
        position, count = self._cards.position(key), len(self._cards.frames())
        menu = QMenu(pane)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Move up\tAlt+Shift+Up", lambda: pane.move_card(-1, key)).setEnabled(position > 0)
        menu.addAction("Move down\tAlt+Shift+Down", lambda: pane.move_card(1, key)).setEnabled(position < count - 1)
        menu.addAction("New card below", lambda: pane.add_card(self._cards.position(key) + 1))
        menu.addSeparator()
        menu.addAction("Expand card\tCtrl+." if frame and frame.is_folded else "Collapse card\tCtrl+.", lambda: self.fold(key))
        menu.addAction("Collapse all cards", lambda: self.fold_all(True))
        menu.addAction("Expand all cards", lambda: self.fold_all(False))
        menu.addSeparator()
        menu.addAction(pane.trace)
        menu.addSeparator()
        menu.addAction("Park card\tCtrl+Shift+K", lambda: self.park(key))
        menu.addAction("Remove card\tCtrl+Shift+Backspace", lambda: pane.remove_card(key))
        return menu
