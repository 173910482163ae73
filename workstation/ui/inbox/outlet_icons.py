"""The small pictures of outlets: their icons from the store, else a coloured monogram."""

from __future__ import annotations

from functools import partial
from zlib import crc32

from PySide6.QtCore import QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPixmap

from workstation.domain.item import ItemSummary
from workstation.domain.outlet import monogram
from workstation.ui.session import Session, Task
from workstation.ui.theme import Theme
from workstation.workflow.gathering import Gathering

SIZE = 20
RADIUS = 4.5

COLOURS = (
    "#2B5A8C", "#9A6612", "#2F2D2A", "#7A3433", "#67458C", "#256A9E", "#1F6B53", "#96322B", "#47525C",
    "#7D4A1E", "#33617A", "#5B6127", "#8A3A63", "#3D4F96",
)  # fmt: skip
"""White letters have a contrast of at least 4.5 to 1 on each of them."""


class OutletIcons(QObject):
    """Draws an outlet's icon; one that is not in memory yet is read beside the window's thread."""

    arrived = Signal()
    """An icon was read: what shows icons is to be painted again."""

    def __init__(self, session: Session, theme: Theme, gathering: Gathering, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._theme = theme
        self._gathering = gathering
        self._images: dict[str, QImage | None] = {}
        self._ready: dict[tuple[str, float], QPixmap] = {}

    def paint(self, painter: QPainter, box: QRectF, summary: ItemSummary) -> None:
        """Draw the icon of the item's outlet into ``box``."""
        picture = self._picture(summary.icon, painter.device().devicePixelRatioF()) if summary.icon else None
        if picture is None:
            self._paint_monogram(painter, box, summary.outlet or summary.title)
            return
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(path)
        painter.drawPixmap(box.toRect(), picture)
        painter.restore()

    def _paint_monogram(self, painter: QPainter, box: QRectF, name: str) -> None:
        letters = monogram(name)
        painter.save()
        painter.setPen(self._theme.colour("line") if self._theme.is_dark else Qt.PenStyle.NoPen)
        painter.setBrush(colour_of(name))
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        font = QFont(self._theme.font("ui"))
        font.setPixelSize(round(box.height() * (0.55 if len(letters) == 1 else 0.42)))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters)
        painter.restore()

    def _picture(self, sha256: str, ratio: float) -> QPixmap | None:
        if sha256 not in self._images:
            self._images[sha256] = None
            self._session.run(partial(self._read, sha256), partial(self._keep, sha256))
        image = self._images[sha256]
        if image is None:
            return None
        if (sha256, ratio) not in self._ready:
            side = round(SIZE * ratio)
            smooth = Qt.TransformationMode.SmoothTransformation
            scaled = image.scaled(side, side, Qt.AspectRatioMode.KeepAspectRatioByExpanding, smooth)
            pixmap = QPixmap.fromImage(scaled.copy((scaled.width() - side) // 2, (scaled.height() - side) // 2, side, side))
            pixmap.setDevicePixelRatio(ratio)
            self._ready[sha256, ratio] = pixmap
        return self._ready[sha256, ratio]

    def _read(self, sha256: str, _task: Task) -> QImage | None:
        """The store's icons are PNGs that were made anew when they came in; nothing else is decoded here."""
        data = self._gathering.icon(sha256)
        image = QImage()
        return image if data and image.loadFromData(data, "PNG") else None

    def _keep(self, sha256: str, image: QImage | None) -> None:
        if image is not None:
            self._images[sha256] = image
            self.arrived.emit()


def colour_of(name: str) -> QColor:
    """The colour of an outlet's monogram: always the same for the same name."""
    return QColor(COLOURS[crc32(name.casefold().encode()) % len(COLOURS)])
