"""The followed feeds as a table that is sorted by any column."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from workstation.domain.feed import Feed
from workstation.domain.shown_host import shown_address
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NEVER = datetime.min.replace(tzinfo=UTC)


def state_words(feed: Feed) -> str:
    """How a feed does, in one or two words."""
    if feed.paused:
        return "Paused: gone" if feed.error else "Paused"
    if feed.error:
        return "Failed" if feed.failures < 2 else f"Failed {feed.failures} times"
    return "In order" if feed.asked else "Not asked yet"


def _count(number: int) -> str:
    return f"{number:,}" if number else ""


_COLUMNS: tuple[tuple[str, Callable[[Feed], str], Callable[[Feed], Any]], ...] = (
    ("Feed", lambda feed: feed.label, lambda feed: feed.label.casefold()),
    ("Folder", lambda feed: feed.folder, lambda feed: (feed.folder.casefold(), feed.label.casefold())),
    ("Unread", lambda feed: _count(feed.unread), lambda feed: feed.unread),
    ("Sources", lambda feed: _count(feed.items), lambda feed: feed.items),
    ("Refreshed", lambda feed: told_moment(feed.asked), lambda feed: feed.asked or _NEVER),
    ("State", state_words, lambda feed: (not feed.error, not feed.paused, state_words(feed))),
)
COLUMNS = tuple(name for name, _, _ in _COLUMNS)
FOLDER, UNREAD, SOURCES, STATE = (COLUMNS.index(name) for name in ("Folder", "Unread", "Sources", "State"))


class FeedTable(QAbstractTableModel):
    """Holds every feed; those in folders stand together."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column, self._descends = FOLDER, False
        self.feeds: list[Feed] = []

    def replace(self, feeds: Iterable[Feed]) -> None:
        """Show these feeds instead."""
        self.beginResetModel()
        self.feeds = sorted(feeds, key=_COLUMNS[self._column][2], reverse=self._descends)
        self.endResetModel()

    def row_of(self, feed: int) -> int | None:
        """The row of a feed, or None where it is not shown."""
        return next((row for row, shown in enumerate(self.feeds) if shown.id == feed), None)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if column >= 0:
            self._column, self._descends = column, order is Qt.SortOrder.DescendingOrder
            self.replace(self.feeds)

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.feeds)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (UNREAD, SOURCES):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        feed, column = self.feeds[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return _COLUMNS[column][1](feed)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(
                feed.error or shown_address(feed.url) if column == STATE else f"{feed.label}\n{shown_address(feed.url)}"
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (UNREAD, SOURCES):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._colour(feed, column)
        return None

    def _colour(self, feed: Feed, column: int) -> object:
        if column == STATE and feed.error:
            return self._theme.colour("bad")
        return self._theme.colour("muted") if feed.paused or column == STATE else None


def told_moment(moment: datetime | None) -> str:
    """``14:05`` of today, ``25 Nov, 21:23`` of another day, on this machine's clock."""
    if moment is None:
        return ""
    local, today = moment.astimezone(), datetime.now(UTC).astimezone().date()
    return f"{local:%H:%M}" if local.date() == today else f"{local.day} {local:%b}, {local:%H:%M}"
