"""The insights line: made from the cards, worded by hand, or left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QMenu, QStackedWidget, QToolButton, QWidget

from workstation.domain.story import INSIGHTS_AUTO, INSIGHTS_NONE

if TYPE_CHECKING:
    from workstation.ui.theme import Theme


class InsightsField(QWidget):
    """The line as it is printed, with the choice of who words it."""

    edited = Signal(str)
    """``auto``, ``none`` or the line itself."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._made = ""
        self._line = QLabel()
        self._line.setWordWrap(True)
        self._line.setTextFormat(Qt.TextFormat.PlainText)
        self._line.setProperty("muted", True)
        self._own = QLineEdit()
        self._own.setAccessibleName("Insights line")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._line)
        self._stack.addWidget(self._own)
        self._choice = QToolButton()
        self._choice.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choice.setToolTip("Who words the insights line")
        self._choice.setAccessibleName("Who words the insights line")
        self._actions = self._menu()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._stack, 1)
        row.addWidget(self._choice, alignment=Qt.AlignmentFlag.AlignTop)
        self._own.textEdited.connect(lambda text: self.edited.emit(text.strip() or INSIGHTS_AUTO))
        theme.on_change(self._dress)

    def show_insights(self, insights: str, made: str | None) -> None:
        """Show what the story says (``auto``, ``none`` or a line) and the line that is made from the cards."""
        self._made = made or ""
        worded = insights not in (INSIGHTS_AUTO, INSIGHTS_NONE)
        if insights == INSIGHTS_NONE:
            self._line.setText("No insights line")
        else:
            self._line.setText(made or "The insights line names the cards’ sources by itself")
        if worded and self._own.text().strip() != insights:
            self._own.setText(insights)
        if worded or not self._own.hasFocus():
            self._stack.setCurrentWidget(self._own if worded else self._line)
        self.setFocusProxy(self._own if worded else self._choice)
        self._actions["own" if worded else insights].setChecked(True)

    def finish(self) -> None:
        """Leave the editor's own words, before the field turns to another story: the next key is not for the line of this one."""
        self._own.clearFocus()
        self._own.clear()
        self._stack.setCurrentWidget(self._line)

    def _menu(self) -> dict[str, QAction]:
        menu = QMenu(self)
        group = QActionGroup(self)
        labels = {INSIGHTS_AUTO: "Made from the cards", "own": "In my own words", INSIGHTS_NONE: "No insights line"}
        actions = {name: menu.addAction(label) for name, label in labels.items()}
        for name, action in actions.items():
            action.setCheckable(True)
            group.addAction(action)
            action.triggered.connect(lambda _=False, name=name: self._choose(name))
        self._choice.setMenu(menu)
        return actions

    def _choose(self, name: str) -> None:
        if name == "own":
            self._own.setText(self._made)
            self._stack.setCurrentWidget(self._own)
            self._own.setFocus()
            self._own.setSelection(len(self._own.text()), -len(self._own.text()))
            if self._made:
                self.edited.emit(self._made)
        else:
            self._line.setFocus()
            self.edited.emit(name)

    def _dress(self) -> None:
        self._line.setFont(self._theme.font("ui"))
        self._choice.setIcon(self._theme.icon("mdi6.chevron-down", "muted"))
