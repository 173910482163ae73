"""The versions of a captured page: what changed from one to another, word by word."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.grouping import ItemVersion
from workstation.domain.word_diff import PartDiff
from workstation.ui.dialogs.history import told_time
from workstation.ui.dialogs.history_rows import RowDelegate
from workstation.ui.dialogs.history_text import DiffView

if TYPE_CHECKING:
    from collections.abc import Callable

    from workstation.ui.session import Session
    from workstation.ui.theme import Theme
    from workstation.workflow.revisiting import Revisiting

TITLE = Qt.ItemDataRole.DisplayRole
TOLD, STEP, IS_STRONG = (Qt.ItemDataRole.UserRole + n for n in range(3))
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class VersionList(QAbstractListModel):
    """The versions, newest first."""

    def __init__(self) -> None:
        super().__init__()
        self.versions: list[ItemVersion] = []
        self._steps: list[int] = []

    def replace(self, versions: list[ItemVersion]) -> None:
        """Show these versions instead."""
        self.beginResetModel()
        self.versions = versions
        self._steps = [new.words - old.words for new, old in pairwise(versions)] + [0]
        self.endResetModel()

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.versions)

    def data(self, index: Index, role: int = TITLE) -> object:
        version = self.versions[index.row()]
        step = self._steps[index.row()]
        seen = f"  ·  unchanged {told_time(version.seen)}" if version.seen else ""
        told = f"{version.words:,} words{seen}"
        title = f"{told_time(version.captured)}{', newest' if version.is_newest else ''}"
        values = {TITLE: title, TOLD: told, STEP: f"{step:+,}".replace("-", "−") if step else "", IS_STRONG: version.is_newest}
        values[Qt.ItemDataRole.AccessibleTextRole] = f"{title}, {told}"
        return values.get(role)


class ItemVersionsDialog(QDialog):
    """Compares a version with the one before it, or any two that are selected."""

    def __init__(
        self,
        session: Session,
        theme: Theme,
        revisiting: Revisiting,
        item: str,
        ask: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._revisiting, self._item = session, revisiting, item
        self._asked = 0
        self.setWindowTitle("Versions of the source")
        self._model = VersionList()
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setItemDelegate(RowDelegate(theme, TOLD, STEP, IS_STRONG, self._list))
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._list.setAccessibleName("Versions")
        self._list.setFixedWidth(280)
        self._heading = QLabel()
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        self._heading.setWordWrap(True)
        self._only = QCheckBox("Only parts that changed")
        self._only.setChecked(True)
        self._view = DiffView(theme)
        self._only.toggled.connect(self._view.show_only_changes)
        self._lay_out(theme, ask)
        self._list.selectionModel().selectionChanged.connect(self._choose)
        self._list.doubleClicked.connect(self._read_chosen)
        session.changed.connect(self._take_changes)
        self.resize(QSize(1000, 640).boundedTo(parent.size() if parent else QSize(1000, 640)))
        self._read()

    def _lay_out(self, theme: Theme, ask: Callable[[str], object]) -> None:
        hint = QLabel("Select two versions with Ctrl to compare them.")
        hint.setProperty("muted", True)
        hint.setFont(theme.font("small"))
        left = QVBoxLayout()
        left.addWidget(self._list, 1)
        left.addWidget(hint)
        right = QVBoxLayout()
        right.addWidget(self._heading)
        right.addWidget(self._only)
        right.addWidget(self._view, 1)
        top = QHBoxLayout()
        top.addLayout(left)
        top.addLayout(right, 1)
        foot = QHBoxLayout()
        verbs = (
            ("Read this version", self._read_chosen),
            ("Next change", self._view.go_on),
            ("Ask again", partial(ask, self._item)),
        )
        for text, slot in verbs:
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, slot=slot: slot())
            foot.addWidget(button)
        foot.addStretch(1)
        close = QPushButton("Close")
        close.clicked.connect(self.reject)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addLayout(top, 1)
        whole.addLayout(foot)

    def _take_changes(self, changes: object, _initiator: object) -> None:
        if {version.id for version in self._model.versions} & getattr(changes, "items", frozenset()):
            self._read()

    def _read(self) -> None:
        self._session.run(lambda _: self._revisiting.versions(self._item), self._show_versions, urgent=True)

    def _show_versions(self, versions: list[ItemVersion]) -> None:
        if isValid(self) and versions != self._model.versions:
            self._model.replace(versions)
            self._list.setCurrentIndex(self._model.index(0))
            self._choose()

    def _pair(self) -> tuple[ItemVersion, ItemVersion] | None:
        """What to compare, the older one first; None where there is one version only."""
        chosen = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        versions = self._model.versions
        if not chosen or len(versions) < 2:
            return None
        old = chosen[-1] if len(chosen) > 1 else min(chosen[0] + 1, len(versions) - 1)
        new = chosen[0] if old != chosen[0] else chosen[0] - 1
        return versions[old], versions[new]

    def _choose(self) -> None:
        pair = self._pair()
        self._asked += 1
        if pair is None:
            self._heading.setText(self._model.versions[0].title if self._model.versions else "")
            self._view.show_words("There is one version only. “Ask again” looks whether the source has changed.")
            return
        old, new = pair
        heading = f"{told_time(old.captured)}  →  {told_time(new.captured)}"
        compare = partial(self._revisiting.compare, old.id, new.id)
        self._session.run(lambda _: compare(), partial(self._show, self._asked, heading), urgent=True)

    def _show(self, asked: int, heading: str, parts: tuple[PartDiff, ...]) -> None:
        if isValid(self) and asked == self._asked:
            self._heading.setText(heading)
            self._view.show_parts(parts, compared=True)

    def _read_chosen(self) -> None:
        chosen = sorted(index.row() for index in self._list.selectionModel().selectedRows())
        if chosen:
            self._session.show_item(self._model.versions[chosen[0]].id)
            self.accept()
