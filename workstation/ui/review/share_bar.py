"""A line of a picture in bars: what it is, how much, and a bar as long as its share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

HEIGHT = 7
PARTS = 1_000


class ShareBar(QWidget):
    """``name`` on the left, ``told`` on the right, and below them a bar of ``share`` (0 to 1) of the width."""

    def __init__(self, theme: Theme, name: str, told: str, share: float, tip: str = "") -> None:
        super().__init__()
        left, right = QLabel(name), QLabel(told)
        right.setProperty("muted", True)
        left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        for label in (left, right):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setFont(theme.font("small"))
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(left, 1)
        line.addWidget(right)
        bar = QProgressBar()
        bar.setRange(0, PARTS)
        bar.setValue(round(share * PARTS))
        bar.setTextVisible(False)
        bar.setFixedHeight(HEIGHT)
        bar.setAccessibleName(f"{name}: {told}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(3)
        column.addLayout(line)
        column.addWidget(bar)
        self.setToolTip(plain_tip(tip or name))
