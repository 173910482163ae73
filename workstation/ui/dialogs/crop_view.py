"""A picture with the frame of its crop: dragged and resized with the mouse and the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QWidget

from workstation.ui.dialogs.crop_frame import CropFrame

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

MARGIN = 10
HANDLE = 9.0
GRIP = 11.0
"""How near to a side the mouse takes hold of it, in points of the screen."""
STEP, FINE_STEP = 10, 1
GROW = 1.05
SHADE = QColor(0, 0, 0, 150)
LINE, DARK_LINE = QColor(255, 255, 255, 235), QColor(0, 0, 0, 120)
THIRDS = QColor(255, 255, 255, 110)

Side = tuple[int, int]
_INSIDE: Side = (0, 0)
_CURSORS = {
    (-1, -1): Qt.CursorShape.SizeFDiagCursor,
    (1, 1): Qt.CursorShape.SizeFDiagCursor,
    (1, -1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 1): Qt.CursorShape.SizeBDiagCursor,
    (-1, 0): Qt.CursorShape.SizeHorCursor,
    (1, 0): Qt.CursorShape.SizeHorCursor,
    (0, -1): Qt.CursorShape.SizeVerCursor,
    (0, 1): Qt.CursorShape.SizeVerCursor,
    _INSIDE: Qt.CursorShape.SizeAllCursor,
}
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class CropView(QWidget):
    """Shows the whole picture, darker outside the frame. Arrows move the frame (Ctrl: by one pixel), + and − resize it."""

    changed = Signal()

    def __init__(self, image: QImage, frame: CropFrame, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = image
        self._frame = frame
        self._theme = theme
        self._scaled = QPixmap()
        self._held: Side | None = None
        self._grip = QPointF()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Frame of the crop")
        self.setMinimumSize(320, 220)

    @property
    def frame(self) -> CropFrame:
        """The frame as it lies now."""
        return self._frame

    def lay(self, frame: CropFrame) -> None:
        """Lay another frame over the picture."""
        if frame != self._frame:
            self._frame = frame
            self.setAccessibleDescription(f"{frame.size[0]} by {frame.size[1]} pixels")
            self.update()
            self.changed.emit()

    def sizeHint(self) -> QSize:
        return QSize(820, 520)

    # --- hands -----------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None:
            step = FINE_STEP if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP
            self.lay(self._frame.moved(arrow[0] * step, arrow[1] * step))
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.lay(self._frame.scaled(GROW))
        elif event.key() == Qt.Key.Key_Minus:
            self.lay(self._frame.scaled(1 / GROW))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._side_at(event.position())
            self._grip = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            side = self._side_at(event.position())
            self.setCursor(Qt.CursorShape.ArrowCursor if side is None else _CURSORS[side])
            return
        at, was = self._in_picture(event.position()), self._in_picture(self._grip)
        if self._held == _INSIDE:
            self.lay(self._frame.moved(at.x() - was.x(), at.y() - was.y()))
            self._grip = event.position()
        else:
            self.lay(self._frame.dragged(self._held, at.x(), at.y()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    def _side_at(self, point: QPointF) -> Side | None:
        """What of the frame is under the mouse: a side, a corner, the inside, or nothing."""
        box = self._box()
        if not box.adjusted(-GRIP, -GRIP, GRIP, GRIP).contains(point):
            return None
        across = _end(point.x(), box.left(), box.right())
        down = _end(point.y(), box.top(), box.bottom())
        return across, down

    # --- painting --------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        place, box = self._place(), self._box()
        if self._scaled.isNull():
            self._scaled = self._fitted()
        painter.drawPixmap(place.topLeft(), self._scaled)
        for dark in _around(place, box):
            painter.fillRect(dark, SHADE)
        painter.setPen(QPen(THIRDS, 1))
        for part in (1, 2):
            x, y = box.left() + box.width() * part / 3, box.top() + box.height() * part / 3
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        painter.setPen(QPen(DARK_LINE, 3))
        painter.drawRect(box)
        painter.setPen(QPen(LINE, 1.5))
        painter.drawRect(box)
        self._paint_handles(painter, box)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled = QPixmap()
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _paint_handles(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(DARK_LINE, 1))
        painter.setBrush(self._theme.colour("accent") if self.hasFocus() else LINE)
        if self.hasFocus():
            painter.setPen(QPen(LINE, 1.5))
        for across, down in _CURSORS:
            if (across, down) != _INSIDE:
                middle = QPointF(
                    box.center().x() + across * box.width() / 2,
                    box.center().y() + down * box.height() / 2,
                )
                painter.drawRect(QRectF(middle.x() - HANDLE / 2, middle.y() - HANDLE / 2, HANDLE, HANDLE))

    def _fitted(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        size = self._place().size().toSize() * ratio
        scaled = self._image.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)
        pixmap = QPixmap.fromImage(scaled)
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    # --- places ----------------------------------------------------------------------------------------------------

    @property
    def _zoom(self) -> float:
        """Points of the screen a pixel of the picture."""
        wide, high = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        return max(min(wide / self._frame.width, high / self._frame.height), 1e-6)

    def _place(self) -> QRectF:
        """Where the picture is."""
        wide, high = self._frame.width * self._zoom, self._frame.height * self._zoom
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _box(self) -> QRectF:
        """Where the frame is."""
        place, zoom, frame = self._place(), self._zoom, self._frame
        return QRectF(
            QPointF(place.left() + frame.left * zoom, place.top() + frame.top * zoom),
            QPointF(place.left() + frame.right * zoom, place.top() + frame.bottom * zoom),
        )

    def _in_picture(self, point: QPointF) -> QPointF:
        place = self._place()
        return QPointF((point.x() - place.left()) / self._zoom, (point.y() - place.top()) / self._zoom)


def _end(at: float, low: float, high: float) -> int:
    """-1 near the low end, 1 near the high one, 0 between; a short length keeps a third of itself to be moved by."""
    grip = min(GRIP, (high - low) / 3)
    if at < low + grip:
        return -1
    return 1 if at > high - grip else 0


def _around(whole: QRectF, hole: QRectF) -> tuple[QRectF, ...]:
    """Four rectangles that cover ``whole`` but for ``hole``."""
    return (
        QRectF(whole.topLeft(), QPointF(whole.right(), hole.top())),
        QRectF(QPointF(whole.left(), hole.bottom()), whole.bottomRight()),
        QRectF(QPointF(whole.left(), hole.top()), hole.bottomLeft()),
        QRectF(hole.topRight(), QPointF(whole.right(), hole.bottom())),
    )
