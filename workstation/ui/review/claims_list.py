"""What the sentences of a story rest on: a count, and behind it the sentences that rest on nothing yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from workstation.domain.claim import ClaimCheck, ClaimState
from workstation.domain.wording import shortened
from workstation.ui.flow_layout import FlowLayout
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

MOST_ROWS = 60
"""So many sentences are listed at once."""
SHOWN = 140
"""Characters of a passage that are shown; its tool tip has all of it."""

_TOLD = {
    ClaimState.UNTIED: "tied to no passage",
    ClaimState.CHANGED: "changed since it was tied to this passage:",
    ClaimState.LOST: "the passage it was tied to is gone",
}


class ClaimsList(QFrame):
    """Shows the checks of a review's sentences, folded at first. The order is that of the story."""

    place_wanted = Signal(object)
    """The :class:`Place` of a sentence that was clicked."""
    passage_wanted = Signal(str, int, int)
    """The item and the code points of the passage that is to be shown."""
    accepted = Signal(object)
    """The :class:`ClaimCheck` whose proposal the editor takes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._checks: tuple[ClaimCheck, ...] = ()
        self.setAccessibleName("What the sentences rest on")
        self._head = QToolButton()
        self._head.setCheckable(True)
        self._head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._head.setProperty("fold", True)
        self._head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._head.setIconSize(QSize(16, 16))
        self._head.toggled.connect(lambda _: self._rebuild())
        self._rows = QWidget()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self._head)
        self._column.addWidget(self._rows)
        theme.on_change(self._dress)

    @property
    def is_open(self) -> bool:
        """Whether the sentences are listed."""
        return self._head.isChecked()

    def set_open(self, is_open: bool) -> None:
        """List the sentences, or only count them."""
        self._head.setChecked(is_open)

    def show_claims(self, checks: Sequence[ClaimCheck]) -> None:
        """Show what a review found; nothing is made anew where it found the same."""
        if tuple(checks) != self._checks:
            self._checks = tuple(checks)
            self._rebuild()

    def _rebuild(self) -> None:
        self.setVisible(bool(self._checks))
        self._head.setText(told_ties(self._checks))
        self._head.setIcon(self._theme.icon("mdi6.chevron-down" if self.is_open else "mdi6.chevron-right", "muted"))
        in_hand = self._row_in_hand()
        rows = QWidget()
        column = QVBoxLayout(rows)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        open_ones = [check for check in self._checks if not check.rests] if self.is_open else []
        for check in open_ones[:MOST_ROWS]:
            column.addWidget(self._row(check))
        if len(open_ones) > MOST_ROWS:
            column.addWidget(self._label(f"and {len(open_ones) - MOST_ROWS} more", muted=True))
        self._column.replaceWidget(self._rows, rows)
        self._rows.deleteLater()
        self._rows = rows
        rows.setVisible(self.is_open)
        if in_hand is not None:
            self._give_keyboard(in_hand)

    def _row_in_hand(self) -> int | None:
        """Which row the keyboard is in."""
        focus = self.window().focusWidget()
        return next((at for at, frame in enumerate(self._frames()) if focus and frame.isAncestorOf(focus)), None)

    def _frames(self) -> list[QFrame]:
        return self._rows.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def _give_keyboard(self, at: int) -> None:
        """The keyboard goes on where it was: one sentence is tied after the other."""
        buttons = [frame.findChild(QPushButton) for frame in self._frames()]
        found = [button for button in buttons if button is not None]
        (found[min(at, len(found) - 1)] if found else self._head).setFocus()

    def _row(self, check: ClaimCheck) -> QFrame:
        frame = QFrame()
        frame.setProperty("field", True)
        column = QVBoxLayout(frame)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self._label(check.words))
        column.addWidget(self._label(f"{check.place.label}  ·  {_told(check)}", muted=True))
        if check.passage:
            passage = self._label(f"“{shortened(check.passage, SHOWN)}” {check.outlet}".strip(), muted=True)
            passage.setToolTip(plain_tip(check.passage))
            passage.setContentsMargins(10, 0, 0, 0)
            column.addWidget(passage)
        column.addSpacing(4)
        column.addWidget(self._button_row(check))
        return frame

    def _button_row(self, check: ClaimCheck) -> QWidget:
        place = QWidget()
        row = FlowLayout(place, gap=6)
        for label, act in self._buttons(check):
            button = QPushButton(label)
            button.clicked.connect(lambda _=False, act=act: act())
            row.addWidget(button)
        return place

    def _buttons(self, check: ClaimCheck) -> list[tuple[str, Callable[[], object]]]:
        found: list[tuple[str, Callable[[], object]]] = []
        item, start, end = check.item, check.start, check.end
        if item is not None and start is not None and end is not None:
            verb = "Still rests on it" if check.state is ClaimState.CHANGED else "Tie to this"
            found.append((verb, lambda: self.accepted.emit(check)))
            found.append(("Show passage", lambda: self.passage_wanted.emit(item, start, end)))
        found.append(("Go there", lambda: self.place_wanted.emit(check.place)))
        return found

    def _label(self, text: str, *, muted: bool = False) -> QLabel:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(self._theme.font("small" if muted else "ui"))
        label.setProperty("muted", muted)
        return label

    def _dress(self) -> None:
        font = self._theme.font("overline")
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        self._head.setFont(font)
        self._rebuild()


def _told(check: ClaimCheck) -> str:
    offered = check.state is ClaimState.UNTIED and check.passage
    return f"{_TOLD[check.state]}; the likeliest one:" if offered else _TOLD[check.state]


def told_ties(checks: Sequence[ClaimCheck]) -> str:
    """How many sentences rest on a passage, in an editor's words."""
    if not checks:
        return ""
    resting = sum(check.rests for check in checks)
    if resting == len(checks):
        return "Every sentence rests on a passage" if resting > 1 else "The sentence rests on a passage"
    changed = sum(check.state is ClaimState.CHANGED for check in checks)
    lost = sum(check.state is ClaimState.LOST for check in checks)
    told = [f"{resting} of {len(checks)} sentences rest on a passage"]
    told += [f"{changed} changed since"] if changed else []
    told += [f"{lost} lost {'its' if lost == 1 else 'their'} passage"] if lost else []
    return "  ·  ".join(told)
