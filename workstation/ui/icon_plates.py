"""Foreign icons on light and dark ground: one that would not be seen gets a plate of the other tone behind it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap

LIGHT, DARK = QColor("#F4F1EA"), QColor("#2A2926")
PROBE = 16
"""The icon is looked at in so many pixels a side."""
OPEN = 0.12
"""An icon with less transparency than this share brings its own ground."""
DIM, BRIGHT = 74, 205
"""Mean lightness, of 255, of what is not seen on dark and on light ground."""
INSET = 0.12
CORNER = 0.22


def legible(image: QImage, side: int, ratio: float, dark: bool) -> QPixmap:
    """``image`` as a square of ``side`` device-independent pixels, whole, on a plate where the ground would swallow it."""
    square = QPixmap(round(side * ratio), round(side * ratio))
    square.setDevicePixelRatio(ratio)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    box = QRectF(0, 0, side, side)
    if needs_plate(image, dark):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(LIGHT if dark else DARK)
        painter.drawRoundedRect(box, side * CORNER, side * CORNER)
        box.adjust(side * INSET, side * INSET, -side * INSET, -side * INSET)
    pixels = (box.size() * ratio).toSize()
    scaled = image.scaled(pixels, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    scaled.setDevicePixelRatio(ratio)
    size = scaled.deviceIndependentSize()
    painter.drawImage(box.center() - QPointF(size.width() / 2, size.height() / 2), scaled)
    painter.end()
    return square


def needs_plate(image: QImage, dark: bool) -> bool:
    """Whether an icon with transparent parts is nearly as dark, or as light, as the ground that it would stand on."""
    small = image.scaled(PROBE, PROBE, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
    colours = [small.pixelColor(x, y) for x in range(small.width()) for y in range(small.height())]
    seen = sum(colour.alphaF() for colour in colours)
    if not seen or seen > (1 - OPEN) * len(colours):
        return False
    lightness = sum((0.299 * c.red() + 0.587 * c.green() + 0.114 * c.blue()) * c.alphaF() for c in colours) / seen
    return lightness < DIM if dark else lightness > BRIGHT
