"""What stands in the place of the page while there is none, and why."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.ui.theme import Theme


class Message(QWidget):
    """A title, a sentence, and at most one thing to do about it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("pane", True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self._act: Callable[[], object] | None = None
        self.title = QLabel()
        self.detail = QLabel()
        self.button = QPushButton()
        self.button.clicked.connect(self._do)
        for label in (self.title, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.title.setProperty("muted", True)
        self.detail.setProperty("muted", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 28, 28, 28)
        column.setSpacing(10)
        column.addStretch(2)
        column.addWidget(self.title)
        column.addWidget(self.detail)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        theme.on_change(self._dress)

    def say(self, title: str, detail: str, offer: tuple[str, Callable[[], object]] | None = None) -> None:
        """Show these words; ``offer`` is a button's label and what it does."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        label, self._act = offer or ("", None)
        self.button.setText(label)
        self.button.setVisible(offer is not None)

    def _do(self) -> None:
        if self._act is not None:
            self._act()

    def _dress(self) -> None:
        self.title.setFont(self._theme.font("list"))
        self.detail.setFont(self._theme.font("ui"))
