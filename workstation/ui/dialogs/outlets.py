"""All outlets of the desk: search, correct, merge."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.changes import Changes
from workstation.domain.outlet import DeskOutlet
from workstation.domain.wording import counted
from workstation.ui.inbox.outlet_dialog import KIND_NAMES, OutletDialog, OutletFacts, facts_of, icon_of, is_dark

if TYPE_CHECKING:
    from workstation.ui.session import Session, Task
    from workstation.workflow.outlets import Outlets

ICON = 20
ENTRY = Qt.ItemDataRole.UserRole
COLUMNS = ("Outlet", "Sources", "Country", "Languages", "Kind", "Domains", "Known from")
Listed = tuple[DeskOutlet, bytes | None, bool]


class OutletsDialog(QDialog):
    """Lists what the store knows. Reading and changing goes on beside the window's thread."""

    def __init__(self, session: Session, outlets: Outlets, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Outlets")
        self._session, self._outlets = session, outlets
        self._search = QLineEdit()
        self._search.setPlaceholderText("Search names, domains, countries and kinds")
        self._search.setAccessibleName("Search outlets")
        self._search.setClearButtonEnabled(True)
        self.list = _tree()
        self._told = QLabel()
        self._told.setProperty("muted", True)
        self.edit = QPushButton("Correct…")
        self.merge = QPushButton("Merge…")
        self._lay_out()
        self._search.textChanged.connect(self._filter)
        self.edit.clicked.connect(self._edit)
        self.merge.clicked.connect(self._ask_merge)
        self.list.itemActivated.connect(self._edit)
        self.list.itemSelectionChanged.connect(self._enable)
        self.resize(940, 520)
        self._enable()
        self.reread()

    def reread(self) -> None:
        """Read the outlets again; what was selected stays selected."""
        self._session.run(self._read, self._show, urgent=True)

    @property
    def selected(self) -> list[DeskOutlet]:
        """The selected outlets, the current one first."""
        items = self.list.selectedItems()
        current = self.list.currentItem()
        return [item.data(0, ENTRY) for item in sorted(items, key=lambda item: item is not current)]

    def _read(self, _task: Task) -> list[Listed]:
        return [
            (entry, self._outlets.icon(entry.outlet.icon) if entry.outlet.icon else None, bool(self._outlets.known(entry.outlet)))
            for entry in self._outlets.all()
        ]

    def _show(self, listed: list[Listed]) -> None:
        if not isValid(self):
            return
        chosen = {entry.id for entry in self.selected}
        self.list.setSortingEnabled(False)
        self.list.clear()
        rows = [self._row(*each) for each in listed]
        self.list.addTopLevelItems(rows)
        self.list.setSortingEnabled(True)
        for row in rows:
            row.setSelected(row.data(0, ENTRY).id in chosen)
        if rows and not chosen:
            self.list.setCurrentItem(rows[0])
        self._filter()

    def _row(self, entry: DeskOutlet, icon: bytes | None, in_table: bool) -> QTreeWidgetItem:
        outlet = entry.outlet
        facts = "You" if entry.edited else "Table" if in_table else "Pages"
        words = (
            outlet.name,
            "",
            outlet.country or "",
            " ".join(outlet.languages),
            KIND_NAMES[outlet.kind] if outlet.kind else "",
            " ".join(outlet.domains),
            facts,
        )
        row = _Row(words)
        row.setData(1, Qt.ItemDataRole.DisplayRole, entry.items)  # a number, so that it sorts as one
        row.setTextAlignment(1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row.setData(0, ENTRY, entry)
        row.setIcon(0, icon_of(icon, outlet.name, ICON, self.devicePixelRatioF(), is_dark(self)))
        return row

    def _filter(self) -> None:
        words = self._search.text().casefold().split()
        shown = 0
        rows = (self.list.topLevelItem(number) for number in range(self.list.topLevelItemCount()))
        for row in filter(None, rows):
            text = " ".join(row.text(column) for column in range(len(COLUMNS))).casefold()
            row.setHidden(not all(word in text for word in words))
            if row.isHidden():
                row.setSelected(False)
            shown += not row.isHidden()
        self._told.setText(counted(shown, "outlet"))

    def _enable(self) -> None:
        count = len(self.list.selectedItems())
        self.edit.setEnabled(count == 1)
        self.merge.setEnabled(count > 1)
        self.merge.setToolTip("" if count > 1 else "Select two or more outlets with Ctrl or Shift to make them one.")

    # --- verbs -----------------------------------------------------------------------------------------------------

    def _edit(self) -> None:
        selected = self.selected
        if len(selected) == 1:
            self._session.run(lambda _: facts_of(self._outlets, selected[0]), self._open, urgent=True)

    def _open(self, facts: OutletFacts) -> None:
        if isValid(self):
            OutletDialog(self, self._session, self._outlets, facts, self.reread).open()

    def _ask_merge(self) -> None:
        """Ask which one the others become: the one with a correction or most sources is proposed."""
        entries = sorted(self.selected, key=lambda entry: (entry.edited, entry.items), reverse=True)
        if len(entries) < 2:
            return
        kept, others = entries[0], entries[1:]
        names = ", ".join(f"“{entry.outlet.name}”" for entry in others)
        box = QMessageBox(self)
        box.setWindowTitle("Merge outlets")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(f"Make {names} one with “{kept.outlet.name}”?")
        box.setInformativeText(
            "Its name and facts stay; it takes the domains and sources of the others, now and later. This cannot be undone in one"
            " step: a domain can be taken away from it again under Correct…"
        )
        yes = box.addButton("Merge", QMessageBox.ButtonRole.AcceptRole)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ids = [entry.id for entry in others]
        yes.clicked.connect(partial(self.merge_into, kept.id, ids))
        box.open()

    def merge_into(self, kept: int, others: list[int]) -> None:
        """Make ``others`` one with ``kept``."""
        self._session.run(lambda _: self._outlets.merge(kept, others), self._merged, urgent=True)

    def _merged(self, changes: Changes) -> None:
        self._session.publish(changes, self._outlets)
        if isValid(self):
            self.reread()

    # --- putting together ------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        close = QPushButton("Close")
        close.clicked.connect(self.accept)
        for button in (self.edit, self.merge, close):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(self.edit)
        row.addWidget(self.merge)
        row.addSpacing(8)
        row.addWidget(self._told)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._search)
        column.addWidget(self.list, 1)
        column.addLayout(row)


class _Row(QTreeWidgetItem):
    """A row that sorts without regard to capitals; numbers as numbers."""

    def __lt__(self, other: QTreeWidgetItem) -> bool:
        tree = self.treeWidget()
        column = tree.sortColumn() if tree else 0
        one, two = (row.data(column, Qt.ItemDataRole.DisplayRole) for row in (self, other))
        return str(one).casefold() < str(two).casefold() if isinstance(one, str) else one < two


def _tree() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setAccessibleName("Outlets")
    tree.setColumnCount(len(COLUMNS))
    tree.setHeaderLabels(COLUMNS)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setIconSize(QSize(ICON, ICON))
    tree.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
    tree.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = tree.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
    header.resizeSection(0, 230)
    header.setSectionResizeMode(3, QHeaderView.ResizeMode.Interactive)
    header.resizeSection(3, 110)
    header.setSectionResizeMode(5, QHeaderView.ResizeMode.Stretch)
    tree.sortByColumn(0, Qt.SortOrder.AscendingOrder)
    return tree
