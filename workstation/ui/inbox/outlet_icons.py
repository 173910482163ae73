"""The small pictures of outlets: their icons from the store, else a coloured monogram."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from workstation.domain.item import ItemSummary
from workstation.ui.icon_plates import legible
from workstation.ui.monograms import paint_monogram
from workstation.ui.session import Session, Task
from workstation.ui.theme import Theme
from workstation.workflow.gathering import Gathering

SIZE = 20
RADIUS = 4.5


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
        self._ready: dict[tuple[str, float, bool], QPixmap] = {}

    def paint(self, painter: QPainter, box: QRectF, summary: ItemSummary) -> None:
        """Draw the icon of the item's outlet into ``box``."""
        picture = self._picture(summary.icon, painter.device().devicePixelRatioF()) if summary.icon else None
        if picture is None:
            edge = self._theme.colour("line") if self._theme.is_dark else None
            paint_monogram(painter, box, summary.outlet or summary.title, edge)
            return
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(box, RADIUS, RADIUS)
        painter.setClipPath(path)
        painter.drawPixmap(box.toRect(), picture)
        painter.restore()

    def _picture(self, sha256: str, ratio: float) -> QPixmap | None:
        if sha256 not in self._images:
            self._images[sha256] = None
            self._session.run(partial(self._read, sha256), partial(self._keep, sha256))
        image = self._images[sha256]
        if image is None:
            return None
        key = (sha256, ratio, self._theme.is_dark)
        if key not in self._ready:
            self._ready[key] = legible(image, SIZE, ratio, self._theme.is_dark)
        return self._ready[key]

    def _read(self, sha256: str, _task: Task) -> QImage | None:
        """The store's icons are PNGs that were made anew when they came in; nothing else is decoded here."""
        data = self._gathering.icon(sha256)
        image = QImage()
        return image if data and image.loadFromData(data, "PNG") else None

    def _keep(self, sha256: str, image: QImage | None) -> None:
        if image is not None:
            self._images[sha256] = image
            self.arrived.emit()
