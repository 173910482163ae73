"""Asking where words should link to; the card's sources are offered."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from workstation.domain.body import safe_link
from workstation.domain.shown_host import shown_address
from workstation.domain.story import Source
from workstation.ui.wording import plain_tip


class LinkDialog(QDialog):
    """An address, typed or chosen; empty unlinks."""

    def __init__(self, address: str | None, sources: Iterable[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Link")
        self._address = QComboBox()
        self._address.setEditable(True)
        for source in sources:
            if source.url:
                self._address.addItem(source.url)
                self._address.setItemData(self._address.count() - 1, plain_tip(source.name), Qt.ItemDataRole.ToolTipRole)
        if address or not self._address.count():
            self._address.setEditText(address or "")
        line = QLineEdit(self._address.currentText())
        line.setPlaceholderText("https://")
        self._address.setLineEdit(line)
        line.setSelection(len(line.text()), -len(line.text()))  # all, with the beginning in view
        self._hint = QLabel("")
        self._hint.setProperty("tone", "bad")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel("Link to (leave empty to unlink)"))
        layout.addWidget(self._address)
        layout.addWidget(self._hint)
        layout.addWidget(buttons)
        self._address.editTextChanged.connect(self._check)
        self.setMinimumWidth(460)
        self._check(self._address.currentText())

    def address(self) -> str | None:
        """The address, or None to unlink."""
        text = self._address.currentText().strip()
        return safe_link(text) or (safe_link(f"https://{text}") if text and ":" not in text else None)

    def _check(self, text: str) -> None:
        wrong = bool(text.strip()) and self.address() is None
        spelled = shown_address(text.strip())
        seems_other = f"Its letters only look Latin, or are of several alphabets: it leads to {spelled}"
        self._hint.setText(
            "Only http, https and mailto can be linked." if wrong else seems_other if spelled != text.strip() else ""
        )
        self._ok.setEnabled(not wrong)


def ask_link(address: str | None, sources: Iterable[Source], parent: QWidget) -> tuple[bool, str | None]:
    """Whether the editor answered, and the address (None unlinks)."""
    dialog = LinkDialog(address, sources, parent)
    answered = bool(dialog.exec())
    link = dialog.address()
    dialog.deleteLater()
    return answered, link
