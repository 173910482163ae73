"""A small mark at a card's edge: it is not what was handed over last."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from workstation.domain.story_diff import CardDiff, Fate
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

SIZE = 15
_LOOKS = {
    Fate.KEPT: ("mdi6.pencil-outline", "Changed since the last hand-over"),
    Fate.MOVED: ("mdi6.swap-vertical", "Moved since the last hand-over"),
    Fate.NEW: ("mdi6.plus-circle-outline", "New since the last hand-over"),
}


class ChangedMark(QLabel):
    """Hidden while the card is as it was handed over, and where nothing was."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fate: Fate | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hide()
        theme.on_change(self._dress)

    def show_change(self, card: CardDiff | None) -> None:
        """Say what became of the card; None for one that did not change."""
        fate = card.fate if card is not None and card.changed else None
        if fate is not self._fate:
            self._fate = fate
            self.setToolTip(plain_tip(self.told))
            self.setAccessibleName(self.told)
            self._dress()
            self.setVisible(bool(self.told))

    @property
    def told(self) -> str:
        """The change in words; empty where there is none."""
        return _LOOKS[self._fate][1] if self._fate in _LOOKS else ""

    def _dress(self) -> None:
        if self._fate in _LOOKS:
            self.setPixmap(self._theme.icon(_LOOKS[self._fate][0], "accent").pixmap(SIZE, SIZE))
