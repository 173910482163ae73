"""The search of the inbox: it completes filters, and Down shows the last searches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView

from workstation.domain.inbox_filter import FILTERS, InboxFilter
from workstation.ui.inbox.query_values import query_values
from workstation.ui.two_tone import DIVIDE, TwoToneDelegate

OFFERED_WIDTH = 540
TO_PUT_IN = Qt.ItemDataRole.UserRole
MOST_OFFERED = 20
_LAST_WORD = re.compile(r'(?:^|\s)-?([^\s":-][^\s":]*)$')
_LAST_VALUE = re.compile(r'(?:^|\s)-?(\w+):([^\s":]*)$')


class SearchField(QLineEdit):
    """A line for a query, which completes the filters that there are."""

    list_wanted = Signal()
    """The editor has searched and turns to what was found."""
    left = Signal()
    """Esc, while nothing is offered."""
    entered = Signal()
    """The keyboard has come here."""

    def __init__(self) -> None:
        super().__init__()
        self._searches: list[str] = []
        self._tags: list[str] = []
        self._begun = 0
        self._model = QStandardItemModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setWidget(self)
        self._completer.setMaxVisibleItems(20)
        self._popup = QListView()
        self._popup.setProperty("popup", True)
        self._popup.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._popup.setAccessibleName("What the search offers")
        self._completer.setPopup(self._popup)
        self._popup.setItemDelegate(TwoToneDelegate(self._popup))  # the completer brings one of its own
        self._completer.activated[QModelIndex].connect(self._put_in)  # type: ignore[index]  # the stub knows one
        self.setPlaceholderText("Search, or outlet:… lang:ar")
        self.setAccessibleName("Search sources")
        self.setClearButtonEnabled(True)
        self.setAcceptDrops(False)
        self.textEdited.connect(self._offer_filters)

    def show_searches(self, searches: Sequence[str]) -> None:
        """The last searches, newest first."""
        self._searches = list(searches)

    def show_tags(self, tags: Iterable[str]) -> None:
        """The tags there are."""
        self._tags = list(tags)

    @property
    def offered(self) -> list[str]:
        """What is offered now; empty while nothing is."""
        rows = range(self._model.rowCount()) if self._popup.isVisible() else range(0)
        return [str(self._model.item(row).data(TO_PUT_IN)) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._offer_searches()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._leave(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _leave(self, event: QKeyEvent) -> None:
        """Enter is the popup's own while something in it is chosen."""
        if self._popup.isVisible() and self._popup.currentIndex().isValid():
            event.ignore()
            return
        self._popup.hide()
        self.list_wanted.emit()

    def _escape(self) -> None:
        if self._popup.isVisible():
            self._popup.hide()
        else:
            self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()

    def _offer_searches(self) -> None:
        """The last searches; where there are none yet, the filters."""
        offers = [(search, search) for search in self._searches if search != self.text().strip()]
        self._begun = 0 if offers else len(self.text())
        self._offer(offers or [(_told(known), f"{known.name}:") for known in FILTERS])

    def _offer_filters(self, _text: str) -> None:
        """The filters that begin like the word under the caret, from its second letter on, or the values of the one before it."""
        before = self.text()[: self.cursorPosition()]
        word, value = _LAST_WORD.search(before), _LAST_VALUE.search(before)
        offers: list[tuple[str, str]] = []
        if self.cursorPosition() == len(self.text()) and value:
            self._begun = value.start(2)
            known = self._tags if value[1].lower() == "tag" else query_values(value[1])
            offers = [(own, _quoted(own)) for own in known if own.casefold().startswith(value[2].casefold())]
        elif self.cursorPosition() == len(self.text()) and word and len(word[1]) > 1:
            self._begun = word.start(1)
            begun = word[1].lower()
            offers = [(_told(known), f"{known.name}:") for known in FILTERS if known.name.startswith(begun)]
        is_whole = len(offers) == 1 and offers[0][1] == before[self._begun :]
        self._offer([] if is_whole else offers[:MOST_OFFERED])

    def _offer(self, offers: Sequence[tuple[str, str]]) -> None:
        self._model.clear()
        for told, put in offers:
            entry = QStandardItem(told)
            entry.setData(put, TO_PUT_IN)
            entry.setEditable(False)
            self._model.appendRow(entry)
        if not offers:
            self._popup.hide()
            return
        self._completer.complete(QRect(0, 0, max(self.width(), OFFERED_WIDTH), self.height()))
        self._popup.setCurrentIndex(QModelIndex())

    def _put_in(self, index: QModelIndex) -> None:
        """What was chosen takes the place of the word that was begun; the popup would put its own words in the field."""
        words = str(index.data(TO_PUT_IN))
        self.setText(self.text()[: self._begun] + words)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        if words.endswith(":"):
            self._offer_filters("")


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value


def _told(known: InboxFilter) -> str:
    return f"{known.example}{DIVIDE}{known.meaning}"
