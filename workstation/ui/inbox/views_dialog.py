"""The list of views: renamed, moved and removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from workstation.domain.saved_view import SavedView
from workstation.ui.two_tone import DIVIDE, TwoToneDelegate
from workstation.ui.wording import plain_tip

VIEW = Qt.ItemDataRole.UserRole


class ViewsDialog(QDialog):
    """Each change is made at once; the inbox's undo (Z) takes it back."""

    def __init__(
        self,
        parent: QWidget,
        views: Sequence[SavedView],
        rename: Callable[[SavedView, str], object],
        arrange: Callable[[Sequence[SavedView]], object],
        remove: Callable[[SavedView], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Arrange the views")
        self._rename, self._arrange, self._remove = rename, arrange, remove
        self.list = QListWidget()
        self.list.setItemDelegate(TwoToneDelegate(self.list))
        self.list.setAccessibleName("Views")
        for view in views:
            entry = QListWidgetItem(_line(view))
            entry.setData(VIEW, view)
            self.list.addItem(entry)
        self.list.setCurrentRow(0)
        self.list.itemActivated.connect(lambda _: self.rename_current())
        told = QLabel("The first nine have the keys 1 to 9 in the list. Undo in the inbox (Z) takes each change back.")
        told.setWordWrap(True)
        told.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addLayout(self._buttons())
        self.resize(520, 360)
        self.list.setFocus()

    @property
    def views(self) -> list[SavedView]:
        """The views in the order of the list."""
        return [self.list.item(row).data(VIEW) for row in range(self.list.count())]

    def rename_current(self) -> None:
        """Ask for another name of the current view."""
        if not self.list.count():
            return
        entry = self.list.item(max(0, self.list.currentRow()))
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Rename a view")
        dialog.setLabelText("Name:")
        dialog.setTextValue(entry.data(VIEW).name)
        dialog.textValueSelected.connect(lambda name: self._call(entry, name))
        dialog.open()

    def move_current(self, rows: int) -> None:
        """Move the current view up (-1) or down (1)."""
        row = self.list.currentRow()
        if row < 0 or not 0 <= row + rows < self.list.count():
            return
        self.list.insertItem(row + rows, self.list.takeItem(row))
        self.list.setCurrentRow(row + rows)
        self._arrange(self.views)

    def remove_current(self) -> None:
        """Forget the current view."""
        row = self.list.currentRow()
        if row >= 0:
            self._remove(self.list.takeItem(row).data(VIEW))

    def _call(self, entry: QListWidgetItem, name: str) -> None:
        view: SavedView = entry.data(VIEW)
        name = " ".join(name.split())
        taken = any(other.name.casefold() == name.casefold() for other in self.views if other.id != view.id)
        if not name or taken or name == view.name:
            return
        self._rename(view, name)
        renamed = SavedView(id=view.id, name=name, query=view.query, order=view.order, place=view.place)
        entry.setData(VIEW, renamed)
        entry.setText(_line(renamed))

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        acts: tuple[tuple[str, str, Callable[[], object]], ...] = (
            ("Rename…", "F2", self.rename_current),
            ("Up", "Alt+Up", lambda: self.move_current(-1)),
            ("Down", "Alt+Down", lambda: self.move_current(1)),
            ("Remove", "Del", self.remove_current),
        )
        for name, chord, act in acts:
            button = QPushButton(name)
            button.setAutoDefault(False)
            button.setToolTip(plain_tip(chord))
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
            shortcut = QShortcut(QKeySequence(chord), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        row.addStretch(1)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        row.addWidget(close)
        return row


def _line(view: SavedView) -> str:
    return f"{view.name}{DIVIDE}{view.query}"
