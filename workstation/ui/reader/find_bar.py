"""Finding words in the text."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from workstation.ui.theme import Theme
from workstation.ui.wording import plain_tip


class FindBar(QFrame):
    """A field for the words, how often they stand in the text, and the way from one to the next."""

    words_changed = Signal(str)
    step_requested = Signal(int)
    """To the next (1) or the one before (-1)."""
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("band", True)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find in the text")
        self.field.setAccessibleName("Find in the text")
        self.field.textChanged.connect(self.words_changed)
        self._count = QLabel()
        self._count.setProperty("muted", True)
        self._before = self._button("The one before", lambda: self.step_requested.emit(-1))
        self._next = self._button("The next one", lambda: self.step_requested.emit(1))
        self._close = self._button("Close", self.close_bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 5, 8, 5)
        row.setSpacing(4)
        for part in (self.field, self._count, self._before, self._next, self._close):
            row.addWidget(part, 1 if part is self.field else 0)
        self.hide()
        theme.on_change(self._dress)

    def open_bar(self, words: str = "") -> None:
        """Show the bar with these words, or those of the last time."""
        self.show()
        if words:
            self.field.setText(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self.words_changed.emit(self.field.text())

    def close_bar(self) -> None:
        """Hide the bar; nothing stays marked as found."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_count(self, now: int, count: int) -> None:
        """Say which of how many is shown."""
        self._count.setText(f"{now + 1} of {count}" if count else "Not found" if self.field.text().strip() else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.step_requested.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    def _button(self, name: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setToolTip(plain_tip(name))
        button.setAccessibleName(name)
        button.clicked.connect(lambda: act())
        return button

    def _dress(self) -> None:
        icons = ((self._before, "mdi6.chevron-up"), (self._next, "mdi6.chevron-down"), (self._close, "mdi6.close"))
        for button, name in icons:
            button.setIcon(self._theme.icon(name))
