"""Templates for new stories: saving the open story as one, and renaming and removing the editor's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.workflow.templating import LONGEST_NAME, Template

if TYPE_CHECKING:
    from workstation.ui.session import Session
    from workstation.workflow.templating import Templating

KEPT = "Kept are verticals, region, zone, language, publication, bylines, sponsor and the cards with the names of their sources."


class SaveTemplateDialog(QDialog):
    """Asks for the name of a template, and whether the words go with it."""

    def __init__(self, taken: list[Template], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Save as template")
        self._own = {template.name.casefold() for template in taken if template.number is not None}
        self._shipped = {template.name.casefold() for template in taken if template.number is None}
        self._name = QLineEdit()
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setPlaceholderText("Such as “Morning round-up”")
        self._words = QCheckBox("Keep the words of The News and the cards, to be written over")
        self._words.setChecked(True)
        self._about = QLabel(KEPT)
        self._about.setWordWrap(True)
        self._about.setProperty("muted", True)
        self._hint = QLabel("")
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        form = QFormLayout()
        form.addRow("&Name", self._name)
        form.addRow("", self._words)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.button(QDialogButtonBox.StandardButton.Save)
        self._save.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (form, self._about, self._hint, buttons):
            column.addLayout(widget) if isinstance(widget, QFormLayout) else column.addWidget(widget)
        self._name.textChanged.connect(self._check)
        self.setMinimumWidth(460)
        self._check("")

    @property
    def name(self) -> str:
        return " ".join(self._name.text().split())

    @property
    def keeps_words(self) -> bool:
        return self._words.isChecked()

    def _check(self, _text: str) -> None:
        name = self.name.casefold()
        taken = name in self._shipped
        self._save.setEnabled(bool(name) and not taken)
        self._save.setText("Replace" if name in self._own else "Save")
        told = "This name comes with the program. Choose another one." if taken else ""
        self._hint.setText("Your template of this name will be replaced." if name in self._own else told)


class TemplatesDialog(QDialog):
    """Lists the templates; the editor's own can be renamed and removed."""

    def __init__(self, session: Session, templating: Templating, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Templates for new stories")
        self._session, self._templating = session, templating
        self._list = QListWidget()
        self._list.setAccessibleName("Templates")
        self._list.setSpacing(2)
        self._rename = QPushButton("Rename…")
        self._remove = QPushButton("Remove")
        close = QPushButton("Close")
        close.setDefault(True)
        row = QHBoxLayout()
        for button in (self._rename, self._remove):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.addWidget(self._list, 1)
        column.addLayout(row)
        close.clicked.connect(self.accept)
        self._rename.clicked.connect(self._ask_name)
        self._remove.clicked.connect(self._forget)
        self._list.currentRowChanged.connect(lambda _: self._enable())
        self.resize(420, 320)
        self._enable()
        self._reread()

    def _reread(self) -> None:
        self._session.run(lambda _: self._templating.templates(), self._show, urgent=True)

    def _show(self, templates: list[Template]) -> None:
        if not isValid(self):  # closed while they were read
            return
        row = max(self._list.currentRow(), 0)
        self._list.clear()
        for template in templates:
            entry = QListWidgetItem(
                template.name if template.number is not None else f"{template.name}  (comes with the program)"
            )
            entry.setData(Qt.ItemDataRole.UserRole, template)
            self._list.addItem(entry)
        self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._enable()

    def _current(self) -> Template | None:
        entry = self._list.currentItem()
        return entry.data(Qt.ItemDataRole.UserRole) if entry else None

    def _enable(self) -> None:
        current = self._current()
        for button in (self._rename, self._remove):
            button.setEnabled(current is not None and current.number is not None)

    def _ask_name(self) -> None:
        current = self._current()
        if current is None:
            return
        name, answered = QInputDialog.getText(self, "Rename", "Name", QLineEdit.EchoMode.Normal, current.name)
        if answered and name.strip() != current.name:
            self._do(lambda: self._templating.rename(current, name))

    def _forget(self) -> None:
        current = self._current()
        if current is not None:
            self._do(lambda: self._templating.remove(current))

    def _do(self, verb: Callable[[], None]) -> None:
        self._session.run(lambda _: verb(), lambda _: self._reread() if isValid(self) else None, urgent=True)
