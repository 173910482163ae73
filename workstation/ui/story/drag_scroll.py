"""Scrolling while something is dragged near the upper or lower edge: Qt's scroll area does not do it by itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QScrollArea

BAND = 56
"""Height of the edges at which the area scrolls, in pixels; the closer to the edge, the faster."""
FASTEST = 22
TICK_MS = 16


class DragScroll(QObject):
    """Follows the pointer of a drag over a scroll area."""

    scrolled = Signal()
    """What lies under the pointer is something else now."""

    def __init__(self, scroll: QScrollArea) -> None:
        super().__init__(scroll)
        self._scroll = scroll
        self._at = QPoint()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, pointer: QPoint) -> None:
        """The pointer is at this place of the screen."""
        self._at = pointer
        if self._speed() and not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        """The drag left or ended."""
        self._timer.stop()

    def _step(self) -> None:
        bar = self._scroll.verticalScrollBar()
        before, speed = bar.value(), self._speed()
        bar.setValue(before + speed)
        if bar.value() == before:
            self._timer.stop()
        else:
            self.scrolled.emit()

    def _speed(self) -> int:
        """Pixels a tick, negative upwards; nothing in the middle."""
        viewport = self._scroll.viewport()
        y, height = viewport.mapFromGlobal(self._at).y(), viewport.height()
        band = min(BAND, height // 4)
        into = min(band - y, band) if y < band else -min(y - (height - band), band) if y > height - band else 0
        return -round(into / band * FASTEST) if band and into else 0
