"""Every tag of the desk: renamed, merged with another or taken away, on all items at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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

from workstation.ui.two_tone import DIVIDE, TwoToneDelegate
from workstation.ui.wording import plain_tip

TAG = Qt.ItemDataRole.UserRole
HELP = "A tag that gets the name of another one is merged with it. The inbox’s undo (Z) takes each back."


class TagsEverywhere(QDialog):
    """The list of tags; ``rename`` gets a tag and its new name, empty to take it away."""

    def __init__(self, parent: QWidget, tags: Mapping[str, int], rename: Callable[[str, str], object]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Tags everywhere")
        self._rename = rename
        self._tags = dict(tags)
        self.list = QListWidget()
        self.list.setItemDelegate(TwoToneDelegate(self.list))
        self.list.setAccessibleName("Tags")
        self.list.itemActivated.connect(lambda _: self.rename_current())
        told = QLabel(HELP)
        told.setWordWrap(True)
        told.setProperty("muted", True)
        rename_button = QPushButton("Rename or merge…")
        rename_button.setToolTip(plain_tip("F2"))
        remove = QPushButton("Remove")
        remove.setToolTip(plain_tip("Del"))
        close = QPushButton("Close")
        rename_button.clicked.connect(self.rename_current)
        remove.clicked.connect(self.remove_current)
        close.clicked.connect(self.accept)
        for button in (rename_button, remove, close):
            button.setAutoDefault(False)
        row = QHBoxLayout()
        row.addWidget(rename_button)
        row.addWidget(remove)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self.list, 1)
        column.addLayout(row)
        for chord, act in (("F2", self.rename_current), ("Del", self.remove_current)):
            shortcut = QShortcut(QKeySequence(chord), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.resize(420, 420)
        self._fill()
        self.list.setFocus()

    @property
    def current(self) -> str | None:
        """The tag under the hand."""
        entry = self.list.currentItem()
        return None if entry is None else str(entry.data(TAG))

    def rename_current(self) -> None:
        """Ask for another name of the current tag."""
        tag = self.current
        if tag is None:
            return
        dialog = QInputDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle("Rename a tag")
        dialog.setLabelText("The tag’s new name; that of another tag merges the two:")
        dialog.setTextValue(tag)
        dialog.textValueSelected.connect(lambda name: self._call(tag, name))
        dialog.open()

    def remove_current(self) -> None:
        """Take the current tag from every item."""
        tag = self.current
        if tag is not None:
            self._call(tag, "")

    def _call(self, tag: str, name: str) -> None:
        name = " ".join(name.replace(",", " ").split())
        if name == tag:
            return
        self._rename(tag, name)
        count = self._tags.pop(tag, 0)
        same = next((own for own in self._tags if own.casefold() == name.casefold()), None)
        if name:
            self._tags[name] = count + (self._tags.pop(same) if same else 0)
        self._fill(name)

    def _fill(self, chosen: str = "") -> None:
        row = max(0, self.list.currentRow())
        self.list.clear()
        for tag, count in sorted(self._tags.items(), key=lambda entry: entry[0].casefold()):
            entry = QListWidgetItem(f"{tag}{DIVIDE}{count}" if count else tag)
            entry.setData(TAG, tag)
            self.list.addItem(entry)
            if tag == chosen:
                row = self.list.count() - 1
        self.list.setCurrentRow(min(row, self.list.count() - 1))
