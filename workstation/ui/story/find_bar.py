"""The bar over the story that finds and replaces."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton

from workstation.domain.finding import Query
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme


class StoryFindBar(QFrame):
    """What is looked for and how, how often it stands in the story, and, when wanted, what to put in its place."""

    query_changed = Signal()
    step_requested = Signal(int)
    """To the next (1) or the one before (-1)."""
    replace_requested = Signal()
    replace_all_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("band", True)
        self.field = _line("Find in the story")
        self.replacement = _line("Replace with")
        self.case = self._switch("Match capital letters")
        self.whole = self._switch("Whole words")
        self.expression = self._switch("Regular expression")
        self._count, self._told = QLabel(), QLabel()
        self._before = self._button("The one before (Shift+F3)", lambda: self.step_requested.emit(-1))
        self._next = self._button("The next one (F3)", lambda: self.step_requested.emit(1))
        self._close = self._button("Close (Esc)", self.close_bar)
        self._more = self._button("Replace (Ctrl+H)", lambda: self.show_replacement(not self.is_replacing))
        self.one, self.all = QPushButton("Replace"), QPushButton("Replace &all")
        self._lay_out()
        self._connect()
        self.show_replacement(False)
        self.show_matches(-1, 0)
        self.hide()
        theme.on_change(self._dress)

    @property
    def query(self) -> Query:
        """What is looked for, and how."""
        return Query(self.field.text(), self.case.isChecked(), self.whole.isChecked(), self.expression.isChecked())

    @property
    def is_replacing(self) -> bool:
        """Whether the second row is there."""
        return not self.replacement.isHidden()

    def open_bar(self, words: str, *, replacing: bool) -> None:
        """Show the bar with these words, or those of the last time."""
        self.show()
        self.show_replacement(replacing or self.is_replacing)
        if words:
            self.field.setText(words)
        target = self.replacement if replacing and self.field.text() else self.field
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        target.selectAll()
        self.query_changed.emit()

    def close_bar(self) -> None:
        """Hide the bar; nothing stays marked as found."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_replacement(self, shown: bool) -> None:
        """Show or hide the second row."""
        for part in (self.replacement, self.one, self.all):
            part.setVisible(shown)
        self._point()

    def show_matches(self, now: int, count: int, where: str = "") -> None:
        """Say which of how many is shown and, where it cannot be seen, where it stands."""
        words = bool(self.field.text())
        told = f"{now + 1:,} of {count:,}" if count else "Not found" if words else ""
        self._count.setText(told)
        self.say(where)
        for part in (self._before, self._next, self.one, self.all):
            part.setEnabled(count > 0)

    def show_fault(self, told: str) -> None:
        """Say beside the field what is wrong with what is looked for."""
        self.show_matches(-1, 0)
        self._count.setText("")
        self.say(told, "bad")

    def say(self, told: str, tone: str = "muted") -> None:
        """A word under the field; it leaves with the next change."""
        self._told.setText(told)
        self._told.setVisible(bool(told))
        self._tone = tone
        self._told.setStyleSheet(f"color: {getattr(self._theme.tokens, tone)};")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _enter(self, *, back: bool) -> None:
        if self.replacement.hasFocus() and not back:
            self.replace_requested.emit()
        else:
            self.step_requested.emit(-1 if back else 1)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(2)
        for part in (self.case, self.whole, self.expression, self._count, self._before, self._next, self._close):
            ways.addWidget(part)
        self._count.setProperty("muted", True)
        self._count.setMinimumWidth(64)
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        for button in (self.one, self.all):
            button.setProperty("plain", True)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self._told.setWordWrap(True)
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        grid = QGridLayout(self)
        grid.setContentsMargins(6, 5, 8, 5)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(4)
        grid.addWidget(self.field, 0, 1)  # in the order that Tab goes in
        grid.addWidget(self.replacement, 1, 1)
        grid.addLayout(buttons, 1, 2)
        grid.addLayout(ways, 0, 2)
        grid.addWidget(self._more, 0, 0)
        grid.addWidget(self._told, 2, 1, 1, 2)
        grid.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self.field.textChanged.connect(self.query_changed)
        for switch in (self.case, self.whole, self.expression):
            switch.toggled.connect(self.query_changed)
        self.one.clicked.connect(self.replace_requested)
        self.all.clicked.connect(self.replace_all_requested)

    def _switch(self, name: str) -> QToolButton:
        button = self._button(name, lambda: None)
        button.setCheckable(True)
        return button

    def _button(self, name: str, act: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setToolTip(plain_tip(name))
        button.setAccessibleName(name)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda: act())
        return button

    def _point(self) -> None:
        self._more.setIcon(self._theme.icon("mdi6.chevron-down" if self.is_replacing else "mdi6.chevron-right"))

    def _dress(self) -> None:
        self._point()
        icons = {
            self.case: "mdi6.format-letter-case",
            self.whole: "mdi6.format-letter-matches",
            self.expression: "mdi6.regex",
            self._before: "mdi6.chevron-up",
            self._next: "mdi6.chevron-down",
            self._close: "mdi6.close",
        }
        for button, name in icons.items():
            button.setIcon(self._theme.icon(name))
        self.say(self._told.text(), self._tone)


def _line(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setPlaceholderText(name)
    field.setAccessibleName(name)
    return field
