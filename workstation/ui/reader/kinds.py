"""The four kinds of marks, as the reader names and draws them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap

from workstation.domain.quote import HighlightKind
from workstation.ui.theme import Theme

SWATCH = 14


@dataclass(frozen=True, slots=True)
class MarkKind:
    """A kind of mark: its name on a button, its key in the reader, and what it is for."""

    kind: HighlightKind
    name: str
    key: str
    purpose: str


KINDS = (
    MarkKind(HighlightKind.FACT, "Fact", "1", "a fact that nobody disputes"),
    MarkKind(HighlightKind.VIEW, "View", "2", "somebody’s view"),
    MarkKind(HighlightKind.QUOTE, "Quote", "3", "words worth quoting"),
    MarkKind(HighlightKind.CHECK, "Check", "4", "something to be checked"),
)
NAMES = {entry.kind: entry.name for entry in KINDS}


def swatch(theme: Theme, kind: HighlightKind, ratio: float) -> QIcon:
    """The colour of a kind as a small square."""
    pixmap = QPixmap(round(SWATCH * ratio), round(SWATCH * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour(kind.value))
    painter.drawRoundedRect(QRectF(0.5, 0.5, SWATCH - 1, SWATCH - 1), 2.5, 2.5)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Disabled)
    return icon
