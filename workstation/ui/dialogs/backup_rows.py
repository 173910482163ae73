"""How backups and the stories in one are told in a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from workstation.domain.backup import BackedUpStory, Backup, BackupReason
from workstation.domain.wording import counted
from workstation.ui.dialogs.history import told_time
from workstation.ui.story_words import STATUS_NAMES
from workstation.ui.wording import plain_tip

TITLE = Qt.ItemDataRole.DisplayRole
TOLD, STEP, IS_STRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
T = TypeVar("T")

WHY = {
    BackupReason.START: "at the start",
    BackupReason.WORK: "while you worked",
    BackupReason.HAND: "by hand",
    BackupReason.UPDATE: "before an update",
    BackupReason.RESTORE: "before a restore",
}
_AGES = ((60, "minute"), (24, "hour"), (7, "day"), (52, "week"))


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A value and its two lines; ``step`` stands at the end of the first, in the colour of what is wrong."""

    value: T
    title: str
    told: str
    step: str = ""
    is_strong: bool = False


class ToldRows(QAbstractListModel, Generic[T]):
    """Values as rows of a list."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Told[T]] = ()

    def replace(self, rows: Sequence[Told[T]]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = TITLE) -> object:
        row = self.rows[index.row()]
        values = {TITLE: row.title, TOLD: row.told, STEP: row.step, IS_STRONG: row.is_strong}
        accessible = ", ".join(part for part in (row.title, row.told, row.step) if part)
        values[Qt.ItemDataRole.AccessibleTextRole] = accessible
        values[Qt.ItemDataRole.ToolTipRole] = plain_tip(row.told) if row.step else ""
        return values.get(role)


def told_backup(backup: Backup, now: datetime) -> Told[Backup]:
    """A backup as a row; what the clock said is only told, it orders nothing."""
    parts = [age(backup.made, now), WHY[backup.reason], told_size(backup.size)]
    is_strong = backup.reason in (BackupReason.HAND, BackupReason.UPDATE, BackupReason.RESTORE)
    told = "  ·  ".join(part for part in parts if part)
    return Told(backup, told_time(backup.made), told, "" if backup.is_good else "damaged", is_strong)


def told_story(line: BackedUpStory) -> Told[BackedUpStory]:
    """A story of a backup as a row."""
    return Told(line, line.headline.strip() or "Untitled story", f"{STATUS_NAMES[line.status]}  ·  {told_time(line.changed)}")


def told_contents(backup: Backup) -> str:
    """``3 stories, 1,500 items``; empty where nobody counted them."""
    if backup.stories is None or backup.items is None:
        return ""
    return f"{counted(backup.stories, 'story', 'stories')}, {counted(backup.items, 'source')}"


def told_size(size: int) -> str:
    """``17 MB`` or ``1.2 GB``."""
    return f"{size / 1000**3:.1f} GB" if size >= 1000**3 else f"{max(round(size / 1000**2), 1)} MB"


def age(made: datetime, now: datetime | None = None) -> str:
    """``26 minutes ago``; empty for a time that lies ahead, since one of the two clocks was wrong."""
    seconds = ((now or datetime.now(UTC)) - made).total_seconds()
    if seconds < 0:
        return ""
    past = int(seconds // 60)
    if past == 0:
        return "just now"
    for many, name in _AGES:
        if past < many:
            return f"{counted(past, name)} ago"
        past //= many
    return f"{counted(past, 'year')} ago"
