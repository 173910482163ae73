"""Special characters by group and by name; the chosen one goes where the caret was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.characters import GROUPS, find_characters, name_of, shown
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

RECENT_KEY = "characters/recent"
RECENT, KEPT = "Recent", 24
CELL = QSize(44, 40)


class CharactersDialog(QDialog):
    """A palette: groups at the left, characters at the right, a search over every Unicode name above them."""

    def __init__(self, theme: Theme, settings: QSettings, insert: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme, self._settings, self._insert = theme, settings, insert
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search by name or number: dash, euro, e acute, 2014")
        self._search.setAccessibleName("Search characters")
        self._groups = QListWidget()
        self._groups.setAccessibleName("Groups")
        self._groups.setFixedWidth(96)
        self._groups.addItems([RECENT, *GROUPS] if self._recent() else list(GROUPS))
        self._grid = _grid()
        self._grid.setFont(theme.font("reading", scale=1.15))
        self._name = QLabel()
        self._name.setProperty("muted", True)
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._lay_out()
        self._search.textChanged.connect(lambda _: self._fill())
        self._groups.currentRowChanged.connect(lambda _: self._fill())
        self._grid.currentItemChanged.connect(lambda *_: self._tell())
        self._grid.itemClicked.connect(lambda _: self._choose())
        self.setFocusProxy(self._search)
        self.resize(560, 380)
        self._groups.setCurrentRow(0)

    def showEvent(self, event: QShowEvent) -> None:
        """A pop-up gives the focus to nobody by itself."""
        super().showEvent(event)
        self._search.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrows up and down walk the rows while the search has the focus."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            across = max(1, self._grid.viewport().width() // CELL.width())
            row = self._grid.currentRow() + (across if event.key() == Qt.Key.Key_Down else -across)
            self._grid.setCurrentRow(min(max(0, row), self._grid.count() - 1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        words = self._search.text()
        group = self._groups.currentItem()
        of_group = self._recent() if group is None or group.text() == RECENT else list(GROUPS[group.text()])
        characters = find_characters(words) if words.strip() else of_group
        self._groups.setEnabled(not words.strip())
        self._grid.clear()
        for character in characters:
            item = QListWidgetItem(shown(character))
            item.setData(Qt.ItemDataRole.UserRole, character)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, name_of(character))
            item.setToolTip(plain_tip(name_of(character)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
            item.setSizeHint(CELL)
            if shown(character) != character:
                item.setFont(self._theme.font("overline"))
            self._grid.addItem(item)
        self._grid.setCurrentRow(0)
        self._tell()

    def _tell(self) -> None:
        item = self._grid.currentItem()
        told = "No character has such a name" if self._search.text().strip() else ""
        self._name.setText(name_of(item.data(Qt.ItemDataRole.UserRole)) if item is not None else told)

    def _choose(self) -> None:
        item: QListWidgetItem | None = self._grid.currentItem()
        if item is None:
            return
        character = item.data(Qt.ItemDataRole.UserRole)
        recent = [character, *(other for other in self._recent() if other != character)]
        self._settings.setValue(RECENT_KEY, " ".join(f"{ord(other):x}" for other in recent[:KEPT]))
        self.accept()
        self._insert(character)

    def _recent(self) -> list[str]:
        """What was put in last, the newest first; what the settings hold beside numbers is passed over."""
        made = []
        for number in str(self._settings.value(RECENT_KEY, "")).split():
            try:
                made.append(chr(int(number, 16)))
            except (ValueError, OverflowError):
                continue
        return made

    def _lay_out(self) -> None:
        frame = QFrame()  # a pop-up has no frame of the desktop's around it
        frame.setObjectName("palette")
        frame.setProperty("outlined", True)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(frame)
        row = QHBoxLayout()
        row.addWidget(self._groups)
        row.addWidget(self._grid, 1)
        column = QVBoxLayout(frame)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self._search)
        column.addLayout(row, 1)
        column.addWidget(self._name)


def _grid() -> QListWidget:
    grid = QListWidget()
    grid.setAccessibleName("Characters")
    grid.setViewMode(QListView.ViewMode.IconMode)
    grid.setResizeMode(QListView.ResizeMode.Adjust)
    grid.setMovement(QListView.Movement.Static)
    grid.setUniformItemSizes(True)
    grid.setGridSize(CELL)
    return grid
