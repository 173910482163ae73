"""The hand-overs of a story as a list, the latest on top."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.ui.dialogs.history import told_time
from workstation.ui.wording import plain_tip

TITLE = Qt.ItemDataRole.DisplayRole
TOLD, STEP, IS_STRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))
Index = QModelIndex | QPersistentModelIndex
KINDS = {
    ChangeKind.FIRST: "First",
    ChangeKind.CORRECTION: "Correction",
    ChangeKind.UPDATE: "Update",
    ChangeKind.SILENT: "Silent",
}
_ROOT = QModelIndex()


class HandOverList(QAbstractListModel):
    """Each entry with what it was to the reader, where it went, when, in which form and which version of the text it was."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[LedgerEntry] = []

    def replace(self, entries: list[LedgerEntry]) -> None:
        """Show these entries, given oldest first, instead."""
        self.beginResetModel()
        self.entries = entries[::-1]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = TITLE) -> object:
        entry = self.entries[index.row()]
        title = f"{KINDS[entry.change]}: {place_told(entry)}"
        told = "  ·  ".join([told_time(entry.exported), entry.profile, *([f"version {entry.version}"] if entry.version else [])])
        is_strong = entry.change is not ChangeKind.SILENT
        values = {TITLE: title, TOLD: told, STEP: "", IS_STRONG: is_strong}
        values[Qt.ItemDataRole.AccessibleTextRole] = f"{title}, {told}"
        values[Qt.ItemDataRole.ToolTipRole] = plain_tip(entry.place)
        return values.get(role)


def place_told(entry: LedgerEntry) -> str:
    """Where an entry went, in a word: the content system, the last name of the folder, or the clipboard."""
    return entry.destination or PurePath(entry.folder).name or entry.place
