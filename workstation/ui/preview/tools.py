"""The row of buttons over the preview; where it gets narrow it does without those that the menu offers too."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

MARGINS = QMargins(8, 3, 8, 3)
GAP = 4


class Tools(QWidget):
    """Shows ``spare`` and ``kept`` where there is room for both, else only ``kept``; never a button that is squeezed."""

    def __init__(self, spare: Sequence[QToolButton], kept: Sequence[QToolButton]) -> None:
        super().__init__()
        self._spare, self._kept = spare, kept
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGINS)
        row.setSpacing(GAP)
        row.addStretch()
        for button in (*spare, *kept):
            row.addWidget(button)

    def sizeHint(self) -> QSize:
        return self._room((*self._spare, *self._kept))

    def minimumSizeHint(self) -> QSize:
        return self._room(self._kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        has_room = self.width() >= self.sizeHint().width()
        for button in self._spare:
            button.setVisible(has_room)

    def _room(self, buttons: Sequence[QToolButton]) -> QSize:
        sizes = [button.sizeHint() for button in buttons]
        width = sum(size.width() for size in sizes) + GAP * (len(sizes) - 1) + MARGINS.left() + MARGINS.right()
        return QSize(width, max(size.height() for size in sizes) + MARGINS.top() + MARGINS.bottom())
