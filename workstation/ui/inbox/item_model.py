"""The items of the list, as Qt's views read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from html import escape

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt, QUrl, Signal

from workstation.domain.item import ItemState, ItemSummary
from workstation.ui.inbox.wording import spoken, title
from workstation.ui.mime import ITEM_TYPE

SUMMARY = Qt.ItemDataRole.UserRole
"""The role of the whole :class:`ItemSummary`."""

Index = QModelIndex | QPersistentModelIndex
NO_PARENT = QModelIndex()


class ItemModel(QAbstractListModel):
    """A list of :class:`ItemSummary` that can be dragged out."""

    more_wanted = Signal()
    """The list was scrolled to its end, and there may be more."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[ItemSummary, ...] = ()
        self._places: dict[str, int] | None = None
        self._has_more = False

    @property
    def rows(self) -> tuple[ItemSummary, ...]:
        return self._rows

    @property
    def has_more(self) -> bool:
        """Whether more can be read when the list is scrolled to its end."""
        return self._has_more

    def row_of(self, item: str) -> int | None:
        """The row of the item with this id."""
        if self._places is None:
            self._places = {summary.id: row for row, summary in enumerate(self._rows)}
        return self._places.get(item)

    def show(self, rows: Sequence[ItemSummary], *, has_more: bool = False) -> bool:
        """Show these rows; answers whether they stand in another order, so that selection and scroll have to be set again."""
        self._has_more = has_more
        old, new = self._rows, tuple(rows)
        if len(old) == len(new) and all(before.id == after.id for before, after in zip(old, new, strict=True)):
            self._rows = new
            for row, (before, after) in enumerate(zip(old, new, strict=True)):
                if before is not after and before != after:
                    self.dataChanged.emit(self.index(row), self.index(row))
            return False
        self.beginResetModel()
        self._rows, self._places = new, None
        self.endResetModel()
        return True

    def append(self, rows: Sequence[ItemSummary], *, has_more: bool) -> None:
        """Show more rows below; nothing above moves."""
        self._has_more = has_more
        if not rows:
            return
        first = len(self._rows)
        self.beginInsertRows(NO_PARENT, first, first + len(rows) - 1)
        self._rows += tuple(rows)
        if self._places is not None:
            self._places.update((summary.id, row) for row, summary in enumerate(rows, start=first))
        self.endInsertRows()

    def set_state(self, ids: Collection[str], state: ItemState, *, leave: bool) -> None:
        """Show the items in another state at once, before the store has answered; ``leave`` takes them out of the list."""
        if leave:
            self.show([row for row in self._rows if row.id not in ids], has_more=self._has_more)
        else:
            self.show(
                [replace(row, state=state) if row.id in ids else row for row in self._rows],
                has_more=self._has_more,
            )

    # --- what Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        summary = self._rows[index.row()]
        if role == SUMMARY:
            return summary
        if role == Qt.ItemDataRole.DisplayRole:
            return title(summary)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _tip(summary)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(summary, datetime.now(UTC))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled | Qt.ItemFlag.ItemNeverHasChildren

    def canFetchMore(self, parent: Index) -> bool:
        return self._has_more and not parent.isValid()

    def fetchMore(self, _parent: Index) -> None:
        self._has_more = False
        self.more_wanted.emit()

    def mimeTypes(self) -> list[str]:
        return [ITEM_TYPE, "text/uri-list", "text/plain"]

    def mimeData(self, indexes: Sequence[Index]) -> QMimeData:
        """The ids of the items, one a line, with headline and address as text for other programs."""
        rows = [self._rows[row] for row in sorted({index.row() for index in indexes})]
        mime = QMimeData()
        mime.setData(ITEM_TYPE, "\n".join(row.id for row in rows).encode())
        mime.setText("\n".join(f"{title(row)}\n{row.url}" if row.url else title(row) for row in rows))
        urls = [QUrl(row.url) for row in rows if row.url]
        if urls:
            mime.setUrls(urls)
        return mime


def _tip(summary: ItemSummary) -> str:
    """Foreign words in a tool tip are escaped: Qt takes anything that looks like HTML for HTML."""
    captured = summary.captured.astimezone()
    lines = [title(summary), f"Captured {captured:%Y-%m-%d %H:%M} · {summary.words} words"]
    lines += [f"Tags: {', '.join(summary.tags)}"] if summary.tags else []
    lines += [f"Note: {summary.notes}"] if summary.notes else []
    lines += [summary.url] if summary.url else []
    return "<br>".join(escape(line) for line in lines)
