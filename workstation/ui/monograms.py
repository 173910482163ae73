"""A coloured square with an outlet's initials, for outlets without an icon; the colour is always the same for a name."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from workstation.domain.outlet import monogram

COLOURS = (
    "#2F5D8A",
    "#B0741A",
    "#2E2C29",
    "#7A3535",
    "#6B4A94",
    "#1F6FA3",
    "#1F6B52",
    "#9A3A2E",
    "#4A5560",
    "#A8701C",
    "#2F6F6F",
)


@lru_cache(maxsize=512)
def monogram_pixmap(name: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A square of ``side`` device-independent pixels with the initials of ``name``."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    letters = monogram(name)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(COLOURS[sha256(name.encode()).digest()[0] % len(COLOURS)]))
    painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.2, side * 0.2)
    font = QFont()
    font.setBold(True)
    font.setPixelSize(max(7, round(side * (0.62 if len(letters) == 1 else 0.48))))
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(QRectF(0, 0, side, side), Qt.AlignmentFlag.AlignCenter, letters)
    painter.end()
    return pixmap
