"""The reader follows the list: what the keyboard rests on is shown, and what was looked at counts as read."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from workstation.domain.item import ItemState
from workstation.ui.inbox.item_list import ItemList
from workstation.ui.session import Session

SHOW_MS = 120
"""Who holds J down does not read: only where they stop something is shown."""
READ_MS = 1_000


class Following(QObject):
    """Shows the row that the keyboard went to after a moment; after another second there it is read."""

    def __init__(self, items: ItemList, session: Session, mark_read: Callable[[str], object], parent: QObject) -> None:
        super().__init__(parent)
        self._list, self._session, self._mark_read = items, session, mark_read
        self._show = QTimer(self, singleShot=True, interval=SHOW_MS)
        self._read = QTimer(self, singleShot=True, interval=READ_MS)
        self._show.timeout.connect(self._show_current)
        self._read.timeout.connect(self._count_as_read)
        items.moved.connect(self.follow)
        items.led_back.connect(self._show_quietly)

    def follow(self) -> None:
        """Show the current row after a moment."""
        self._read.stop()
        self._show.start()

    def rest(self) -> None:
        """Show nothing by itself and count nothing as read until the keyboard moves on."""
        self._show.stop()
        self._read.stop()

    def _show_quietly(self) -> None:
        """What undo leads back to is shown, but an undo that brings back “unread” must not be undone by looking."""
        self.rest()
        if self.is_behind and self._list.current is not None and self._session.item is not None:
            self._session.show_item(self._list.current.id)

    @property
    def is_behind(self) -> bool:
        """Whether the reader shows something else than the current row."""
        current = self._list.current
        return current is not None and self._session.item != current.id

    def _show_current(self) -> None:
        current = self._list.current
        if current is None:
            return
        if self._session.item != current.id:
            self._session.show_item(current.id)
        if current.state is ItemState.UNREAD:
            self._read.start()

    def _count_as_read(self) -> None:
        current = self._list.current
        if current is not None and current.id == self._session.item and current.state is ItemState.UNREAD:
            self._mark_read(current.id)
