"""The timeline of a story: its versions, what each changed word by word, and the way back to any of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListView,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.story import Story
from workstation.domain.story_diff import compare
from workstation.domain.version import Version, VersionKind
from workstation.domain.word_diff import PartDiff
from workstation.domain.wording import counted
from workstation.errors import WorkstationError
from workstation.ui.dialogs.diff_tools import DiffTools
from workstation.ui.dialogs.history_rows import RowDelegate
from workstation.ui.dialogs.history_text import DiffView

if TYPE_CHECKING:
    from workstation.domain.changes import Changes
    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.versions import Versions
    from workstation.workflow.writing import Writing

BEFORE, NOW, ALONE = range(3)
CHOICES = ("Changes since the version before", "Changes from here to now", "The text alone")
TITLE = Qt.ItemDataRole.DisplayRole
TOLD, STEP, IS_STRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


@dataclass(frozen=True, slots=True)
class Row:
    """One state in the timeline; ``version`` is None for the story on the screen. ``step`` are the words since the row below."""

    version: Version | None
    words: int
    step: int

    @property
    def title(self) -> str:
        if self.version is None:
            return "Now, on the screen"
        titles = {
            VersionKind.AUTOMATIC: "Automatic",
            VersionKind.EXPORT: f"Exported as {self.version.label}",
            VersionKind.NAMED: self.version.label,
            VersionKind.RESTORE: "Before a restore",
        }
        return titles[self.version.kind]

    @property
    def told(self) -> str:
        words = counted(self.words, "word")
        return words if self.version is None else f"{told_time(self.version.made)}  ·  {words}"


def told_time(moment: datetime, now: datetime | None = None) -> str:
    """``Today, 14:05``, ``Yesterday, 14:05`` or ``2 Mar 2026, 14:05`` in this machine's zone."""
    local, today = moment.astimezone(), (now or datetime.now(UTC)).astimezone().date()
    days = {today: "Today", today - timedelta(days=1): "Yesterday"}
    return f"{days.get(local.date(), f'{local.day} {local:%b %Y}')}, {local:%H:%M}"


def rows_of(versions: list[Version], now: Story) -> list[Row]:
    """The timeline, newest first, with the story on the screen on top."""
    words = [version.words for version in versions] + [now.words]
    steps = [0, *(after - before for before, after in pairwise(words))]
    states: list[Version | None] = [*versions, None]
    return [Row(*row) for row in zip(states, words, steps, strict=True)][::-1]


class Timeline(QAbstractListModel):
    """The rows of the timeline."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []

    def replace(self, rows: list[Row]) -> None:
        """Show these rows instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = TITLE) -> object:
        row = self.rows[index.row()]
        is_strong = row.version is None or row.version.kind in (VersionKind.NAMED, VersionKind.EXPORT)
        step = f"{row.step:+,}".replace("-", "−") if row.step else ""
        accessible = f"{row.title}, {row.told}, {step}".rstrip(", ")
        values = {TITLE: row.title, TOLD: row.told, STEP: step, IS_STRONG: is_strong}
        values[Qt.ItemDataRole.AccessibleTextRole] = accessible
        return values.get(role)


class HistoryDialog(QDialog):
    """Looks at the versions of the open story, compares any two, names them, and puts one back."""

    def __init__(
        self, session: Session, theme: Theme, versions: Versions, writing: Writing, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._versions, self._writing = session, versions, writing
        self._story = session.story or 0
        self._asked = 0
        self._is_busy = False
        self.setWindowTitle("History")
        self._timeline = Timeline()
        self._list = QListView()
        self._list.setModel(self._timeline)
        self._list.setItemDelegate(RowDelegate(theme, TOLD, STEP, IS_STRONG, self._list))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setUniformItemSizes(True)
        self._list.setAccessibleName("Versions")
        self._list.setMinimumWidth(250)
        self._heading = QLabel()
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setFont(theme.font("ui", scale=1.15))
        self._view = DiffView(theme)
        self._tools = DiffTools(theme, self._view, CHOICES)
        self._choice, self._only_changes = self._tools.choice, self._tools.only_changes
        self._lay_out(theme)
        self._list.selectionModel().selectionChanged.connect(self._choose)
        self._choice.currentIndexChanged.connect(self._choose)
        self.resize(QSize(1060, 680).boundedTo(parent.size() if parent else QSize(1060, 680)))
        self._read()

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self, theme: Theme) -> None:
        hint = QLabel("Select two versions with Ctrl to compare them.")
        hint.setProperty("muted", True)
        hint.setWordWrap(True)
        hint.setFont(theme.font("small"))
        left = QWidget()
        timeline = QVBoxLayout(left)
        timeline.setContentsMargins(0, 0, 6, 0)
        timeline.addWidget(self._list, 1)
        timeline.addWidget(hint)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(6, 0, 0, 0)
        column.addWidget(self._heading)
        column.addWidget(self._tools)
        column.addWidget(self._view, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(right)
        split.setSizes([290, 750])
        split.setStretchFactor(1, 1)
        self._restore = QPushButton("Restore")
        self._restore.setProperty("primary", True)
        self._restore.setToolTip("Put this version back; Ctrl+Z takes that back")
        self._name = QPushButton("Name…")
        self._close = QPushButton("Close")
        foot = QHBoxLayout()
        for button, slot in ((self._restore, self._put_back), (self._name, self._ask_name)):
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self._close)
        self._close.clicked.connect(self.reject)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addWidget(split, 1)
        whole.addLayout(foot)

    # --- the timeline ----------------------------------------------------------------------------------------------

    def _read(self, select: int | None = None) -> None:
        """Read the timeline beside the window's thread, then turn to a version, or to the latest state that is a new one."""
        story = self._writing.story(self._story)
        self._session.run(
            lambda _: rows_of(self._versions.all_of(self._story), story),
            lambda rows: self._show_rows(rows, select),
            urgent=True,
        )

    def _show_rows(self, rows: list[Row], select: int | None) -> None:
        if not isValid(self):
            return
        self._timeline.replace(rows)
        found = [at for at, row in enumerate(rows) if row.version is not None and row.version.number == select]
        is_new = rows[0].step or self._writing.is_new_since_version(self._story)
        latest = 0 if len(rows) == 1 or is_new else 1
        self._list.setCurrentIndex(self._timeline.index(found[0] if found else latest))
        self._choose()

    def _chosen(self) -> list[Row]:
        """The selected rows, newest first."""
        return [self._timeline.rows[at] for at in sorted(index.row() for index in self._list.selectionModel().selectedRows())]

    def _row_before(self, row: Row) -> Row | None:
        at = self._timeline.rows.index(row) + 1
        return self._timeline.rows[at] if at < len(self._timeline.rows) else None

    def _pair(self, chosen: list[Row]) -> tuple[Row | None, Row]:
        """What to compare: the older state (None for the text alone) and the newer one."""
        if len(chosen) > 1:
            return chosen[-1], chosen[0]
        row = chosen[0]
        if self._choice.currentIndex() == BEFORE:
            return self._row_before(row), row
        if self._choice.currentIndex() == NOW and row.version is not None:
            return row, self._timeline.rows[0]
        return None, row

    # --- showing ---------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        """Read and compare what is selected, beside the window's thread; only the last answer is shown."""
        chosen = self._chosen()
        self._enable()
        if not chosen:
            return
        old, new = self._pair(chosen)
        is_pair = old is not None and (len(chosen) > 1 or new is not chosen[0])
        heading = f"{old.title}  →  {new.title}" if old and is_pair else new.title
        self._asked += 1
        asked = self._asked
        self._session.run(
            lambda _: self._compared(old, new),
            lambda parts: self._show(asked, heading, parts, old is not None),
            failed=lambda error: self._show_error(asked, heading, error),
            urgent=True,
        )

    def _compared(self, old: Row | None, new: Row) -> tuple[PartDiff, ...]:
        return compare(None if old is None else self._text(old), self._text(new))

    def _text(self, row: Row) -> Story:
        if row.version is None:
            return self._writing.story(self._story)
        return self._versions.read(self._story, row.version.number)

    def _show(self, asked: int, heading: str, parts: tuple[PartDiff, ...], compared: bool) -> None:
        if isValid(self) and asked == self._asked:
            self._heading.setText(heading)
            self._view.show_parts(parts, compared=compared)
            self._enable()

    def _show_error(self, asked: int, heading: str, error: WorkstationError) -> None:
        if isValid(self) and asked == self._asked:
            self._heading.setText(heading)
            self._view.show_words(f"{error.title}. {error.detail}")
            self._enable()

    def _enable(self) -> None:
        chosen = self._chosen()
        version = chosen[0].version if len(chosen) == 1 else None
        self._tools.enable(can_choose=len(chosen) == 1)
        self._restore.setEnabled(version is not None and not self._is_busy)
        is_open = len(chosen) == 1 and (version is None or version.kind is not VersionKind.EXPORT)
        self._name.setEnabled(is_open and not self._is_busy)

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _put_back(self) -> None:
        (row,) = self._chosen()
        if row.version is None:
            return
        self._begin()
        number = row.version.number
        task = self._session.run(lambda _: self._versions.restore(self._story, number), self._tell_restored, label="Restoring")
        task.ended.connect(self._end)

    def _tell_restored(self, changes: Changes) -> None:
        self._session.publish(changes, self)
        self._session.say("The version is restored. Ctrl+Z brings back what stood there.", "good")
        if isValid(self):
            self.accept()

    def _ask_name(self) -> None:
        """Name a version; for the story on the screen, keep one under a name."""
        (row,) = self._chosen()
        known = row.version.label if row.version and row.version.kind is VersionKind.NAMED else ""
        name, answered = QInputDialog.getText(self, "Name of the version", "Name", QLineEdit.EchoMode.Normal, known)
        if not answered or (row.version is None and not name.strip()):
            return
        self._begin()
        version = row.version
        task = self._session.run(
            lambda _: self._named(version, name), lambda number: self._read(number) if isValid(self) else None, urgent=True
        )
        task.ended.connect(self._end)

    def _named(self, version: Version | None, name: str) -> int:
        if version is None:
            return self._versions.keep(self._story, name)
        self._versions.name(self._story, version.number, name)
        return version.number

    def _begin(self) -> None:
        self._is_busy = True
        self._enable()

    def _end(self) -> None:
        if isValid(self):
            self._is_busy = False
            self._enable()
