"""The foot of the dialog: what is going on, what came of it, and the ways out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from workstation.ui.dialogs.handing_over.offers import WayOut
from workstation.ui.elided import Elided

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

Offer = tuple[str, Callable[[], object]]
"""The label of a button and what it does."""
MOST_OFFERS = 2


class Foot(QFrame):
    """Says the state; bears the buttons, of which the one that Enter presses stands out."""

    wanted = Signal(object)
    """A :class:`WayOut` that the editor takes."""
    source_wanted = Signal()
    """The source is to be copied as it is."""
    stop_wanted = Signal()
    close_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.state = Elided()
        self.state.setAccessibleName("State")
        self.offers = [self._button("", self._take_offer) for _ in range(MOST_OFFERS)]
        self._held: QPushButton | None = None
        self._acts: dict[QWidget, Callable[[], object]] = {}
        self.stop = self._button("Stop", lambda _: self.stop_wanted.emit())
        self.source = self._button("Cop&y source", lambda _: self.source_wanted.emit())
        self.ways = {
            way: self._button(label, lambda _, way=way: self.wanted.emit(way))
            for way, label in ((WayOut.COPY, "&Copy for CMS"), (WayOut.SEND, "Se&nd"), (WayOut.SAVE, "&Save"))
        }
        self.close_button = self._button("Close", lambda _: self.close_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 0)
        row.setSpacing(6)
        row.addWidget(self.state, 1)
        for button in (*self.offers, self.stop, self.source, *self.ways.values(), self.close_button):
            row.addWidget(button)
        for button in (*self.offers, self.stop):
            button.hide()
        theme.on_change(self._dress)

    def say(self, text: str, tone: str = "", *offers: Offer) -> None:
        """Say what is going on, with what can be done about it."""
        self.state.say(text, tone)
        self._acts = {}
        for button, offer in zip(self.offers, (*offers, *[None] * MOST_OFFERS), strict=False):
            button.setVisible(offer is not None)
            if offer is not None:
                button.setText(offer[0])
                self._acts[button] = offer[1]

    def open(self, button: QPushButton, is_open: bool) -> None:
        """Let a button be pressed, or not.

        One that is shut under the keyboard has it back when it opens again: else Enter, pressed once more, closes the dialog.
        """
        if not is_open and button.hasFocus():
            self._held = button
        button.setEnabled(is_open)
        if is_open and self._held is button:
            self._held = None
            if self.isAncestorOf(self.window().focusWidget() or self.window()):
                button.setFocus()

    def make_main(self, main: WayOut) -> None:
        """Let Enter take this way."""
        for way, button in self.ways.items():
            is_main = way is main
            button.setDefault(is_main)
            if button.property("primary") != is_main:
                button.setProperty("primary", is_main)
                button.style().unpolish(button)
                button.style().polish(button)

    def _button(self, label: str, act: Callable[..., object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(act)
        return button

    def _take_offer(self) -> None:
        act = next((act for button, act in self._acts.items() if button is self.sender()), None)
        if act is not None:
            act()

    def _dress(self) -> None:
        self.state.setFont(self._theme.font("ui"))
