"""One quiet line above the story: it has changed since it was handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QPushButton

from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

PADDING = 30
"""The icon and what is around the words."""


class ChangeLine(QPushButton):
    """A button with as much of its words as there is room for; all of them are in its name and its tip."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._told = ""
        for name in ("plain", "flush"):
            self.setProperty(name, True)
        self.setMinimumWidth(PADDING)
        self.hide()
        theme.on_change(self._dress)

    def tell(self, changed: str) -> None:
        """Say what has changed (``Headline, 2 cards``); an empty text hides the line."""
        self._told = f"Changed since the last hand-over ({changed})" if changed else ""
        self.setAccessibleName(self._told)
        self.setToolTip(plain_tip(f"{self._told}. A click shows it word by word." if changed else ""))
        self._fit()
        self.setVisible(bool(changed))

    def sizeHint(self) -> QSize:
        """As wide as all of the words, however many are shown."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._told) + PADDING, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = max(self.width() - PADDING, 0)
        shown = QFontMetrics(self.font()).elidedText(self._told, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
        if shown != self.text():
            self.setText(shown)
            self.updateGeometry()

    def _dress(self) -> None:
        self.setFont(self._theme.font("small"))
        self.setIcon(self._theme.icon("mdi6.pencil-outline", "accent"))
        self._fit()
