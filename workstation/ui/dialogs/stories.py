"""The stories of the desk: open, new, duplicate, rename, spike and bring back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QInputDialog,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.changes import Changes
from workstation.domain.story_entry import StoryEntry
from workstation.errors import WorkstationError
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.writing import Writing

COLUMNS = ("Headline", "Status", "Changed", "Slug")
_STATUS = {"draft": "Draft", "ready": "Ready", "exported": "Exported", "killed": "Spiked"}
T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class StoryTable(QAbstractTableModel):
    """The list of stories as a table."""

    def __init__(self, entries: list[StoryEntry]) -> None:
        super().__init__()
        self.entries = entries

    def replace(self, entries: list[StoryEntry]) -> None:
        """Show these stories instead."""
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry = self.entries[index.row()]
        changed = f"{entry.changed.astimezone():%d %b %Y, %H:%M}"
        row = (entry.headline or "Untitled story", _STATUS.get(entry.status, entry.status), changed, entry.slug)
        told = row[index.column()]
        return plain_tip(told) if role == Qt.ItemDataRole.ToolTipRole else told


class StoriesDialog(QDialog):
    """Chooses a story; the session turns to it."""

    def __init__(self, session: Session, writing: Writing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Stories")
        self._session = session
        self._writing = writing
        self._attempt(writing.save_all)
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search headlines and slugs")
        self._search.setAccessibleName("Search stories")
        self._search.setClearButtonEnabled(True)
        self._spiked = QCheckBox("Show spiked stories")
        self._table = StoryTable(writing.entries())
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self._table)
        self._sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._sorted.setFilterKeyColumn(-1)
        self._view = QTableView()
        self._view.setModel(self._sorted)
        self._view.setAccessibleName("Stories")
        self._view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._view.setShowGrid(False)
        self._view.setTabKeyNavigation(False)
        self._view.verticalHeader().hide()
        header = self._view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        self._lay_out()
        self._search.textChanged.connect(self._find)
        self._spiked.toggled.connect(self._reread)
        self._view.doubleClicked.connect(self._open)
        self._view.selectionModel().selectionChanged.connect(self._enable)
        self._select(session.story)
        self.resize(760, 440)

    def _lay_out(self) -> None:
        self._buttons = {
            "Open": self._open,
            "New": self._new,
            "Duplicate": self._duplicate,
            "Rename slug…": self._rename,
            "Spike": self._spike,
        }
        row = QHBoxLayout()
        self._made: dict[str, QPushButton] = {}
        for label, slot in self._buttons.items():
            button = QPushButton(label)
            button.clicked.connect(slot)
            self._made[label] = button
            row.addWidget(button)
        self._made["Open"].setDefault(True)
        self._made["Open"].setProperty("primary", True)
        row.addStretch(1)
        row.addWidget(self._spiked)
        column = QVBoxLayout(self)
        column.addWidget(self._search)
        column.addWidget(self._view, 1)
        column.addLayout(row)

    def _current(self) -> StoryEntry | None:
        index = self._view.currentIndex()
        return self._table.entries[self._sorted.mapToSource(index).row()] if index.isValid() else None

    def _find(self, text: str) -> None:
        self._sorted.setFilterFixedString(text)
        if not self._view.currentIndex().isValid():
            self._view.selectRow(0)
        self._enable()

    def _select(self, story: int | None) -> None:
        rows = [row for row, entry in enumerate(self._table.entries) if entry.id == story] or [0]
        if self._table.entries:
            self._view.selectRow(self._sorted.mapFromSource(self._table.index(rows[0], 0)).row())
        self._enable()

    def _reread(self) -> None:
        current = self._current()
        self._table.replace(self._writing.entries(include_spiked=self._spiked.isChecked()))
        self._select(current.id if current else None)

    def _enable(self) -> None:
        current = self._current()
        for label in ("Open", "Duplicate", "Rename slug…", "Spike"):
            self._made[label].setEnabled(current is not None)
        self._made["Spike"].setText("Bring back" if current and current.status == "killed" else "Spike")

    def _open(self) -> None:
        current = self._current()
        if current is not None:
            self._session.show_story(current.id)
            self.accept()

    def _new(self) -> None:
        self._open_made(self._writing.new)

    def _duplicate(self) -> None:
        current = self._current()
        if current is not None:
            self._open_made(lambda: self._writing.duplicate(current.id))

    def _rename(self) -> None:
        current = self._current()
        if current is None:
            return
        slug, answered = QInputDialog.getText(self, "Rename", "Slug", QLineEdit.EchoMode.Normal, current.slug)
        if answered:
            self._change(lambda: self._writing.rename(current.id, slug))

    def _spike(self) -> None:
        current = self._current()
        if current is None:
            return
        if current.status == "killed":
            self._change(lambda: self._writing.bring_back(current.id))
        else:
            self._change(lambda: self._writing.spike(current.id))

    def _open_made(self, make: Callable[[], int]) -> None:
        """Turn to the story that a verb makes; when it cannot be made that is said."""
        made = self._attempt(make)
        if made is not None:
            self._session.show_story(made)
            self.accept()

    def _change(self, verb: Callable[[], Changes]) -> None:
        changes = self._attempt(verb)
        if changes is not None and self._attempt(self._writing.save_all) is not None:
            self._session.publish(changes, self)
            self._reread()

    def _attempt(self, verb: Callable[[], T]) -> T | None:
        try:
            return verb()
        except WorkstationError as error:
            self._session.say_error(error)
            return None
