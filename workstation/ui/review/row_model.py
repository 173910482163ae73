"""The rows of the checks as a model that changes no more than what a new review changes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from workstation.ui.review.rows import Row

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """Holds rows by their keys, so that the current row, the focus and the scroll stay while the story is typed."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []

    @property
    def rows(self) -> Sequence[Row]:
        """The rows as they are shown."""
        return self._rows

    def show_rows(self, rows: Sequence[Row]) -> bool:
        """Show these rows; answers whether anything is another than before."""
        if rows == self._rows:
            return False
        self._remove_gone({row.key for row in rows})
        self._arrange(rows)
        self._tell_changed(rows)
        return True

    def _remove_gone(self, staying: set[tuple[str, ...]]) -> None:
        end = len(self._rows)
        while end:
            if self._rows[end - 1].key in staying:
                end -= 1
                continue
            first = end - 1
            while first and self._rows[first - 1].key not in staying:
                first -= 1
            self.beginRemoveRows(QModelIndex(), first, end - 1)
            del self._rows[first:end]
            self.endRemoveRows()
            end = first

    def _arrange(self, wanted: Sequence[Row]) -> None:
        """Put the rows into their order: a known one is moved, new ones are put in."""
        known = {row.key for row in self._rows}
        for at, row in enumerate(wanted):
            if at < len(self._rows) and self._rows[at].key == row.key:
                continue
            if row.key in known:
                old = next(index for index in range(at, len(self._rows)) if self._rows[index].key == row.key)
                self.beginMoveRows(QModelIndex(), old, old, QModelIndex(), at)
                self._rows.insert(at, self._rows.pop(old))
                self.endMoveRows()
            else:
                self._insert(at, self._new_run(wanted[at:], known))

    def _new_run(self, rows: Sequence[Row], known: set[tuple[str, ...]]) -> list[Row]:
        """The rows at the beginning that are all new: they come at once."""
        end = next((index for index, row in enumerate(rows) if row.key in known), len(rows))
        known.update(row.key for row in rows[:end])
        return list(rows[:end])

    def _insert(self, at: int, rows: list[Row]) -> None:
        self.beginInsertRows(QModelIndex(), at, at + len(rows) - 1)
        self._rows[at:at] = rows
        self.endInsertRows()

    def _tell_changed(self, rows: Sequence[Row]) -> None:
        pairs = list(zip(self._rows, rows, strict=True))
        changed = [at for at, (old, new) in enumerate(pairs) if old is not new and old.look != new.look]
        self._rows = [old if old == new else new for old, new in pairs]
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    # --- what Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return row.title if role == Qt.ItemDataRole.DisplayRole else None
