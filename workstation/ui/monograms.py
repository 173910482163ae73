"""A coloured square with an outlet's initials, for outlets without an icon; the colour is always the same for a name."""

from __future__ import annotations

from functools import lru_cache
from zlib import crc32

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap

from workstation.domain.outlet import monogram

COLOURS = (
    "#2B5A8C", "#9A6612", "#2F2D2A", "#7A3433", "#67458C", "#256A9E", "#1F6B53", "#96322B", "#47525C",
    "#7D4A1E", "#33617A", "#5B6127", "#8A3A63", "#3D4F96",
)  # fmt: skip
"""White letters have a contrast of at least 4.5 to 1 on each of them."""

CORNER = 0.22


def colour_of(name: str) -> QColor:
    """The colour of an outlet's monogram: always the same for the same name."""
    return QColor(COLOURS[crc32(name.casefold().encode()) % len(COLOURS)])


def paint_monogram(painter: QPainter, box: QRectF, name: str, edge: QColor | None = None) -> None:
    """Paint the initials of ``name`` into ``box``, with an edge in this colour when one is given."""
    letters = monogram(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(edge or Qt.PenStyle.NoPen)
    painter.setBrush(colour_of(name))
    painter.drawRoundedRect(box, box.width() * CORNER, box.height() * CORNER)
    font = QFont(painter.font())
    font.setPixelSize(max(7, round(box.height() * (0.55 if len(letters) == 1 else 0.42))))
    font.setWeight(QFont.Weight.Bold)
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)
    painter.restore()


@lru_cache(maxsize=512)
def monogram_pixmap(name: str, side: int, ratio: float = 1.0) -> QPixmap:
    """A square of ``side`` device-independent pixels with the initials of ``name``."""
    pixmap = QPixmap(round(side * ratio), round(side * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_monogram(painter, QRectF(0, 0, side, side), name)
    painter.end()
    return pixmap
