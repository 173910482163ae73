"""A word on a coloured ground: what became of a check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

PADDING = (8, 2, 8, 2)


class Badge(QLabel):
    """Hidden while it has nothing to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setContentsMargins(*PADDING)
        theme.on_change(self._dress)
        self.hide()

    def say(self, text: str, tone: str) -> None:
        """Say ``text`` in the tone ``good``, ``warn`` or ``bad``."""
        self.setText(text)
        self.setProperty("badge", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.setVisible(bool(text))

    def _dress(self) -> None:
        self.setFont(self._theme.font("small"))
