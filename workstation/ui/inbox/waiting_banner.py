"""The links that wait for the network: a quiet line above the list, and the list of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from workstation.domain.item import Waiting
from workstation.ui.theme import Theme

SHOWN = 200
"""Links that the list shows at once; imported bookmarks can be thousands."""
BUTTON_ROOM = 22
"""What a button has around its words, in pixels."""


class WaitingBanner(QFrame):
    """Shown only while something waits."""

    fetch_requested = Signal()
    drop_requested = Signal(str)
    """The address that is not to be fetched any more."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._waiting: tuple[Waiting, ...] = ()
        self._dialog: _WaitingDialog | None = None
        self.setProperty("band", True)
        self._label = _plain_label("")
        fetch = _plain_button("Fetch now", self.fetch_requested.emit)
        fetch.setAccessibleName("Fetch the waiting links now")
        show = _plain_button("Show", self._open)
        show.setAccessibleName("Show the waiting links")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 3, 8, 3)
        row.setSpacing(4)
        row.addWidget(self._label, 1)
        row.addWidget(fetch)
        row.addWidget(show)
        self._buttons = (fetch, show)
        self.hide()
        theme.on_change(self._dress)

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        """Show how many links wait; nothing when none does."""
        self._waiting = tuple(waiting)
        count = len(self._waiting)
        self._label.setText(_told(count))
        self.setVisible(bool(count))
        if self._dialog is not None:
            self._dialog.show_waiting(self._waiting)

    def _open(self) -> None:
        self._dialog = _WaitingDialog(self.window(), self._waiting)
        self._dialog.drop_requested.connect(self.drop_requested)
        self._dialog.fetch_requested.connect(self.fetch_requested)
        self._dialog.finished.connect(self._forget)
        self._dialog.open()

    def _forget(self) -> None:
        self._dialog = None

    def _dress(self) -> None:
        for part in (self._label, *self._buttons):
            part.setFont(self._theme.font("small"))
            part.setMinimumWidth(0 if part is self._label else part.fontMetrics().horizontalAdvance(part.text()) + BUTTON_ROOM)


class _WaitingDialog(QDialog):
    drop_requested = Signal(str)
    fetch_requested = Signal()

    def __init__(self, parent: QWidget, waiting: Sequence[Waiting]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Links that wait for the network")
        self.resize(560, 320)
        self._area = QScrollArea()
        self._area.setAccessibleName("Waiting links")
        self._area.setWidgetResizable(True)
        fetch = QPushButton("Fetch now")
        fetch.setProperty("primary", True)
        fetch.clicked.connect(self.fetch_requested)
        fetch.clicked.connect(self.accept)
        close = QPushButton("Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(fetch)
        row.addWidget(close)
        fetch.setDefault(True)
        fetch.setFocus()
        column = QVBoxLayout(self)
        column.addWidget(self._area, 1)
        column.addLayout(row)
        self.show_waiting(waiting)

    def show_waiting(self, waiting: Sequence[Waiting]) -> None:
        if not waiting:
            self.accept()
            return
        inside = QWidget()
        column = QVBoxLayout(inside)
        for entry in waiting[:SHOWN]:
            column.addLayout(self._row(entry))
        if len(waiting) > SHOWN:
            column.addWidget(_plain_label(f"And {len(waiting) - SHOWN:,} more."))
        column.addStretch(1)
        self._area.setWidget(inside)

    def _row(self, entry: Waiting) -> QHBoxLayout:
        told = _plain_label(f"{entry.url}\nSince {entry.since.astimezone():%Y-%m-%d %H:%M}. {entry.reason}")
        told.setWordWrap(True)
        told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        drop = QPushButton("Drop")
        drop.setAccessibleName(f"Drop {entry.url}")
        drop.setAutoDefault(False)
        drop.clicked.connect(lambda: self.drop_requested.emit(entry.url))
        row = QHBoxLayout()
        row.addWidget(told, 1)
        row.addWidget(drop, 0, Qt.AlignmentFlag.AlignTop)
        return row


def _told(count: int) -> str:
    """How many wait; of a great many (imported bookmarks) only that, as the list has no room for more words."""
    if count == 1:
        return "1 link waits for the network"
    return f"{count} links wait for the network" if count < 100 else f"{count:,} links wait"


def _plain_label(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _plain_button(text: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(text)
    button.setProperty("plain", True)
    button.clicked.connect(lambda: act())
    return button
