"""Choosing the drop folder, whose files are captured as they come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from workstation.ui.drop_watch import DropWatch

ABOUT = (
    "Files that are put into this folder become sources by themselves, as soon as they are whole: saved pages, mails, documents. "
    "They stay where they are and are never changed. Folders in it are not looked at."
)


class DropFolderDialog(QDialog):
    """Asks which folder is watched, if any."""

    def __init__(self, watch: DropWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Drop folder")
        self._watch = watch
        drop = watch.drop
        self.switch = QCheckBox("Watch this folder while the program is open")
        self.switch.setChecked(drop.is_on)
        self.path = QLineEdit(str(drop.folder or ""))
        self.path.setPlaceholderText("Such as the folder that your browser saves pages in")
        self.path.setAccessibleName("Folder")
        self.choose = QPushButton("Choose…")
        self.choose.setAutoDefault(False)
        self.with_present = QCheckBox("Capture what is in it already, too")
        self.hint = QLabel(" ")
        self.hint.setProperty("tone", "bad")
        about = QLabel(ABOUT)
        about.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.path, 1)
        row.addWidget(self.choose)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self.ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.ok.setProperty("primary", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(about)
        column.addLayout(row)
        for widget in (self.switch, self.with_present, self.hint, buttons):
            column.addWidget(widget)
        self.choose.clicked.connect(self._choose)
        self.path.textChanged.connect(self._check)
        self.switch.toggled.connect(self._check)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        self.setMinimumWidth(520)
        self._check()

    def _choose(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Choose the drop folder", self.path.text() or str(Path.home()))
        if name:
            self.path.setText(name)
            self.switch.setChecked(True)

    def _check(self) -> None:
        wanted, folder = self.switch.isChecked(), self.path.text().strip()
        is_folder = bool(folder) and Path(folder).expanduser().is_dir()
        self.hint.setText("There is no such folder." if folder and not is_folder else " ")  # its line stays: nothing moves
        self.ok.setEnabled(is_folder or not wanted)
        self.with_present.setEnabled(wanted)

    def _accept(self) -> None:
        if self.switch.isChecked():
            folder = Path(self.path.text().strip()).expanduser().absolute()
            self._watch.watch(folder, with_present=self.with_present.isChecked())
        elif self._watch.drop.is_on:
            self._watch.stop()
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the field of the folder takes the dialog's answer only when there is one."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.ok.isEnabled():
            return
        super().keyPressEvent(event)
