"""Asking for the secret of a destination that nobody knows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget


class SecretQuestion(QDialog):
    """Takes a secret without showing it."""

    def __init__(self, destination: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Secret")
        asked = QLabel(
            f"The secret of {destination}: an application password of WordPress, or an Admin API key of Ghost. "
            "It is kept in the system's keyring, or where there is none until the program ends."
        )
        asked.setTextFormat(Qt.TextFormat.PlainText)
        asked.setWordWrap(True)
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName("Secret")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.send = buttons.addButton("Send", QDialogButtonBox.ButtonRole.AcceptRole)
        self.send.setProperty("primary", True)
        self.send.setDefault(True)
        self.send.setEnabled(False)
        self.field.textChanged.connect(lambda text: self.send.setEnabled(bool(text.strip())))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setSpacing(10)
        for part in (asked, self.field, buttons):
            column.addWidget(part)
        self.setMinimumWidth(440)

    @classmethod
    def ask(cls, destination: str, parent: QWidget) -> str:
        """The secret; empty when the editor does not want to give it."""
        question = cls(destination, parent)
        secret = question.field.text().strip() if question.exec() else ""
        question.deleteLater()
        return secret
