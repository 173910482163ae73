"""Every command of the window by its name: type a few letters, press Enter."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

ROOM = 12
"""Pixels above and below the words of a row, together."""
COMMAND = "command"
"""The property of an action that says more here than its words in the menu do."""


class CommandsDialog(QDialog):
    """A palette of the actions that can be carried out now."""

    def __init__(self, actions: Iterable[QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._actions = [action for action in actions if action.isEnabled() and action.text() and not action.menu()]
        self._search = QLineEdit()
        self._search.setPlaceholderText("Type a command")
        self._search.setAccessibleName("Search commands")
        self._list = QListWidget()
        self._list.setProperty("bare", True)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("Commands")
        frame = QFrame()  # a pop-up has no frame of the desktop's around it
        frame.setObjectName("palette")
        frame.setProperty("outlined", True)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(frame)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._search)
        column.addWidget(self._list)
        self._search.textChanged.connect(self._fill)
        self._search.returnPressed.connect(self._choose)
        self._list.itemActivated.connect(lambda _: self._choose())
        self._list.itemClicked.connect(lambda _: self._choose())
        self.setFocusProxy(self._search)
        self.resize(520, 380)
        self._fill("")

    def showEvent(self, event: QShowEvent) -> None:
        """A pop-up gives the focus to nobody by itself."""
        super().showEvent(event)
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % max(1, self._list.count()))
            return
        super().keyPressEvent(event)

    def _fill(self, text: str) -> None:
        words = text.casefold().split()
        self._list.clear()
        for index, action in enumerate(self._actions):
            name = action.property(COMMAND) or action.text().replace("&", "")
            if all(word in name.casefold() for word in words):
                self._add(index, action, name)
        self._list.setCurrentRow(0)

    def _add(self, index: int, action: QAction, name: str) -> None:
        item = QListWidgetItem()
        item.setData(Qt.ItemDataRole.UserRole, index)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, name)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(8, 4, 8, 4)
        words = QLabel(name.removesuffix("…"))
        words.setTextFormat(Qt.TextFormat.PlainText)  # the names of views are the editor's own
        line.addWidget(words, 1)
        keys = QLabel(action.shortcut().toString(QKeySequence.SequenceFormat.NativeText))
        keys.setProperty("muted", True)
        line.addWidget(keys)
        item.setSizeHint(QSize(row.sizeHint().width(), self.fontMetrics().height() + ROOM))
        self._list.addItem(item)
        self._list.setItemWidget(item, row)

    def _choose(self) -> None:
        item = self._list.currentItem()
        self.accept()
        if item is not None:
            self._actions[item.data(Qt.ItemDataRole.UserRole)].trigger()
