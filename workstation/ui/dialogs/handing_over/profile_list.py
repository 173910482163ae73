"""The list of the profiles under what they are for, and what the chosen one is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from workstation.ui.dialogs.handing_over.offers import grouped
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.render.rendering import Profile
    from workstation.ui.theme import Theme

NAME, TOLD = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1
ABOUT_LINES = 4
FOR_COLLEAGUES = "bundle"
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Entries(QListWidget):
    """Goes over the headings by the arrow keys."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        at = self.currentRow() + step
        while 0 <= at < self.count() and not self.item(at).data(NAME):
            at += step
        if 0 <= at < self.count():
            self.setCurrentRow(at)
            if at and not self.item(at - 1).data(NAME):
                self.scrollToItem(self.item(at - 1))


class ProfileList(QWidget):
    """Chooses a profile."""

    chosen = Signal(str)
    """The name of the profile that was turned to."""

    def __init__(self, theme: Theme, profiles: Iterable[Profile]) -> None:
        super().__init__()
        self._theme = theme
        self.entries = _Entries()
        self.entries.setAccessibleName("Profiles")
        self.entries.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._about = QLabel()
        self._about.setWordWrap(True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._about.setProperty("muted", True)
        self.evidence = QPushButton("E&vidence packet…")
        self.evidence.setProperty("plain", True)
        self.evidence.setAutoDefault(False)
        self.evidence.setToolTip(plain_tip("With it a colleague verifies the story without the workstation"))
        self.evidence.hide()
        for heading, inside in grouped(profiles):
            self._add_heading(heading)
            for profile in inside:
                self._add(profile)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.entries, 1)
        column.addWidget(self._about)
        column.addWidget(self.evidence, 0, Qt.AlignmentFlag.AlignLeft)
        self.entries.currentItemChanged.connect(self._tell)
        theme.on_change(self._dress)

    @property
    def current(self) -> str:
        """The name of the chosen profile; empty while none is."""
        entry = self.entries.currentItem()
        return str(entry.data(NAME) or "") if entry is not None else ""

    @property
    def label(self) -> str:
        """The label of the chosen profile."""
        entry = self.entries.currentItem()
        return entry.text() if entry is not None else ""

    def choose(self, name: str) -> None:
        """Turn to the profile of this name, or to the first one."""
        rows = [at for at in range(self.entries.count()) if self.entries.item(at).data(NAME)]
        found = next((at for at in rows if self.entries.item(at).data(NAME) == name), rows[0])
        self.entries.setCurrentRow(found)

    def _add_heading(self, heading: str) -> None:
        entry = QListWidgetItem(heading)
        entry.setFlags(Qt.ItemFlag.NoItemFlags)
        self.entries.addItem(entry)

    def _add(self, profile: Profile) -> None:
        entry = QListWidgetItem(profile.label)
        entry.setData(NAME, profile.name)
        entry.setData(TOLD, profile.description)
        entry.setToolTip(plain_tip(profile.description))
        self.entries.addItem(entry)

    def _tell(self) -> None:
        entry = self.entries.currentItem()
        if entry is not None and entry.data(NAME):
            self._about.setText(entry.data(TOLD))
            self.evidence.setVisible(entry.data(NAME) == FOR_COLLEAGUES)
            self.chosen.emit(entry.data(NAME))

    def _dress(self) -> None:
        small = self._theme.font("small")
        self._about.setFont(small)
        self._about.setFixedHeight(ABOUT_LINES * self._about.fontMetrics().lineSpacing() + 4)
        for at in range(self.entries.count()):
            entry = self.entries.item(at)
            is_heading = not entry.data(NAME)
            entry.setFont(self._theme.font("overline" if is_heading else "ui"))
            entry.setForeground(self._theme.colour("muted" if is_heading else "ink"))
            height = self.entries.fontMetrics().height()
            entry.setSizeHint(QSize(0, height + (12 if is_heading and at else 6)))
