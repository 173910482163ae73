"""The list of stories as a table that is searched, filtered by status and sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from workstation.domain.story_entry import StoryEntry
from workstation.ui.story_words import STATUS_NAMES, embargo_words, is_held_back
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NEVER = datetime.min.replace(tzinfo=UTC)

_COLUMNS: tuple[tuple[str, Callable[[StoryEntry], str], Callable[[StoryEntry], Any]], ...] = (
    ("Headline", lambda entry: entry.headline or "Untitled story", lambda entry: entry.headline.casefold()),
    ("Status", lambda entry: STATUS_NAMES.get(entry.status, entry.status), lambda entry: list(STATUS_NAMES).index(entry.status)),
    ("Embargo", embargo_words, lambda entry: entry.embargo or _NEVER),
    ("Notes", lambda entry: " ".join(entry.notes.split()), lambda entry: entry.notes.casefold()),
    ("Changed", lambda entry: _moment(entry.changed), lambda entry: (entry.place, entry.changed)),
    ("Exported", lambda entry: _moment(entry.exported), lambda entry: entry.exported or _NEVER),
    ("Slug", lambda entry: entry.slug, lambda entry: entry.slug),
)
COLUMNS = tuple(name for name, _, _ in _COLUMNS)
NOTES, CHANGED, SLUG = (COLUMNS.index(name) for name in ("Notes", "Changed", "Slug"))
_EMBARGO = COLUMNS.index("Embargo")


class StoryTable(QAbstractTableModel):
    """Holds every story and shows those that match."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._all: list[StoryEntry] = []
        self._statuses: frozenset[str] = frozenset()
        self._query: tuple[str, ...] = ()
        self._found: frozenset[int] = frozenset()
        self._column, self._descends = CHANGED, True
        self.entries: list[StoryEntry] = []

    def replace(self, entries: Iterable[StoryEntry]) -> None:
        """Show these stories instead."""
        self._all = list(entries)
        self._show()

    def filter(self, statuses: frozenset[str]) -> None:
        """Show the stories of these statuses only."""
        self._statuses = statuses
        self._show()

    def find(self, query: str, found: frozenset[int] = frozenset()) -> None:
        """Show the stories whose headline, slug or notes have every word of ``query``, and those ``found`` by their texts."""
        self._query, self._found = tuple(query.casefold().split()), found
        self._show()

    def row_of(self, story: int | None) -> int | None:
        """The row of a story, or None where it is not shown."""
        return next((row for row, entry in enumerate(self.entries) if entry.id == story), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            self._column, self._descends = column, order is Qt.SortOrder.DescendingOrder
            self._show()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        entry, column = self.entries[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[column][1](entry)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(entry.notes if column == NOTES else _tip(entry, _COLUMNS[column][1](entry), column))
        if role == Qt.ItemDataRole.ForegroundRole and column == _EMBARGO and entry.embargo:
            return self._theme.colour("warn" if is_held_back(entry) else "muted")
        return None

    def _show(self) -> None:
        shown = [entry for entry in self._all if entry.status in self._statuses and self._matches(entry)]
        shown.sort(key=_COLUMNS[self._column][2], reverse=self._descends)
        self.beginResetModel()
        self.entries = shown
        self.endResetModel()

    def _matches(self, entry: StoryEntry) -> bool:
        if not self._query or entry.id in self._found:
            return True
        text = f"{entry.headline}\n{entry.slug}\n{entry.notes}".casefold()
        return all(word in text for word in self._query)


def _tip(entry: StoryEntry, told: str, column: int) -> str:
    if column != _EMBARGO or not told:
        return told
    return f"Under embargo until {told}" if is_held_back(entry) else f"The embargo has passed: {told}"


def _moment(moment: datetime | None) -> str:
    """``25 Nov, 21:23`` on this machine's clock, with the year where it is not this one."""
    if moment is None:
        return ""
    local = moment.astimezone()
    year = "" if local.year == datetime.now(UTC).astimezone().year else f" {local.year}"
    return f"{local.day} {local:%b}{year}, {local:%H:%M}"
