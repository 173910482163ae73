"""The report of a bug, to be read and copied: nothing is sent anywhere."""

from __future__ import annotations

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget


class BugReport(QDialog):
    """Shows the whole text that would be handed on, and copies it."""

    def __init__(self, text: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Report of a fault")
        self.resize(720, 460)
        told = QLabel(
            "This names places in the program, none of your texts, addresses or files. It stays on this machine unless you copy"
            " it and hand it to whoever looks after the program."
        )
        told.setWordWrap(True)
        self._text = QPlainTextEdit(text)
        self._text.setReadOnly(True)
        self._text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._text.setAccessibleName("Report")
        foot = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        copy = foot.addButton("Copy", QDialogButtonBox.ButtonRole.ActionRole)
        copy.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(text))
        copy.clicked.connect(lambda: copy.setText("Copied"))
        foot.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(told)
        column.addWidget(self._text, 1)
        column.addWidget(foot)
