"""What is inside a file that is no page: its values, or the files packed in it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from workstation.domain.wording import shortened
from workstation.ui.dialogs.handing_over.looks_of import MOST_CHARACTERS, Row
from workstation.ui.wording import plain_tip

MOST_TIP = 2_000
NARROWEST_NAMES, WIDEST_NAMES = 140, 65
"""Pixels, and hundredths of the room, that the names have."""
FOLDED_FROM = 40
"""Rows under one name that are shown folded at first."""


class OutlineView(QTreeWidget):
    """Shows rows under each other; long values end in an ellipsis and are told whole by their tool tip."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("What is inside")
        self.setColumnCount(2)
        self.setHeaderLabels(["Name", "Value"])
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)

    def show_rows(self, rows: Iterable[Row], *, of_files: bool) -> None:
        """Show these rows: names and values, or file names and sizes."""
        self.setHeaderLabels(["File", "Size"] if of_files else ["Name", "Value"])
        self.clear()
        self.addTopLevelItems([_item(row) for row in rows])
        self.expandAll()
        for item in self.findItems("*", Qt.MatchFlag.MatchWildcard | Qt.MatchFlag.MatchRecursive):
            item.setExpanded(item.childCount() < FOLDED_FROM)
        self.resizeColumnToContents(0)
        most = self.viewport().width() * WIDEST_NAMES // 100
        self.setColumnWidth(0, min(max(NARROWEST_NAMES, self.columnWidth(0)), max(NARROWEST_NAMES, most)))


def _item(row: Row) -> QTreeWidgetItem:
    item = QTreeWidgetItem([row.name, shortened(row.value, MOST_CHARACTERS)])
    if len(row.value) > 30:
        item.setToolTip(1, plain_tip(row.value[:MOST_TIP]))
    item.addChildren([_item(inner) for inner in row.inside])
    return item
