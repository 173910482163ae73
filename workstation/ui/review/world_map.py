"""A small map of the world in dots: filled where a story's sources are, rings where it only names a country."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from workstation import resources

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

FILE = "world/land.csv"
STEP = 3.75
"""Degrees from one dot to the next on a parallel."""
NORTH, SOUTH = 82.5, -57.5
LEAST, MOST = 3.5, 8.0
"""Radii of a place, in pixels."""
LAND_STRENGTH = 0.4
NEAR = 5.0
"""Pixels around a place within which the mouse still means it."""


@dataclass(frozen=True, slots=True)
class MapPlace:
    """A place on the map: where, how much (0 to 1) a filled dot is worth or None for a ring, and what it says."""

    code: str
    latitude: float
    longitude: float
    worth: float | None
    told: str


@lru_cache(maxsize=1)
def land() -> tuple[tuple[float, float], ...]:
    """The dots of land, in degrees north and east."""
    with resources.path(FILE).open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    return tuple((float(row["lat"]), at) for row in rows for stretch in row["land"].split() for at in _dots(stretch))


def _dots(stretch: str) -> list[float]:
    """Those of the map's meridians that lie in a stretch; the middle of one that is narrower."""
    west, east = (float(end) for end in stretch.split(":"))
    found = [at for number in range(96) if west <= (at := -180 + STEP * (number + 0.5)) <= east]
    return found or [(west + east) / 2]


class WorldMap(QWidget):
    """Shows places; each tells what it means under the mouse and, with the arrow keys, to the keyboard and to screen readers."""

    chosen = Signal(str)
    """The code of a place that was clicked, or chosen with Enter."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._places: tuple[MapPlace, ...] = ()
        self._current: int | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumWidth(160)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName("Map of the story’s countries")
        theme.changed.connect(self.update)

    def show_places(self, places: Sequence[MapPlace]) -> None:
        """Show these places, those that are told first on top."""
        self._places, self._current = tuple(places), None
        self.setAccessibleDescription("; ".join(place.told for place in self._places))
        self.update()

    @property
    def current(self) -> MapPlace | None:
        """The place that the keyboard has reached."""
        return None if self._current is None else self._places[self._current]

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(width * (NORTH - SOUTH) / 360)

    def sizeHint(self) -> QSize:
        return QSize(400, self.heightForWidth(400))

    # --- drawing ---------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._land_colour())
        radius = self.width() * STEP / 360 * 0.36
        for latitude, longitude in land():
            painter.drawEllipse(self._at(latitude, longitude), radius, radius)
        for index in reversed(range(len(self._places))):
            self._draw(painter, self._places[index], index == self._current and self.hasFocus())
        painter.end()

    def _land_colour(self) -> QColor:
        """Fainter than words and stronger than a line, on light and on dark ground."""
        colour = self._theme.colour("muted")
        colour.setAlphaF(LAND_STRENGTH)
        return colour

    def _draw(self, painter: QPainter, place: MapPlace, is_current: bool) -> None:
        at, radius = self._at(place.latitude, place.longitude), _radius(place)
        if place.worth is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("base"), 4.0))
            painter.drawEllipse(at, radius, radius)
            painter.setPen(QPen(self._theme.colour("ink"), 1.8))
        else:
            painter.setBrush(self._theme.colour("accent"))
            painter.setPen(QPen(self._theme.colour("base"), 1.2))
        painter.drawEllipse(at, radius, radius)
        if is_current:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._theme.colour("accent"), 2.0))
            painter.drawEllipse(at, radius + 4, radius + 4)

    def _at(self, latitude: float, longitude: float) -> QPointF:
        return QPointF((longitude + 180) / 360 * self.width(), (NORTH - latitude) / (NORTH - SOUTH) * self.height())

    # --- telling ---------------------------------------------------------------------------------------------------

    def place_at(self, point: QPointF) -> MapPlace | None:
        """The place under a point of the widget, the nearest where several are."""

        def distance(place: MapPlace) -> float:
            away = self._at(place.latitude, place.longitude) - point
            return float((away.x() ** 2 + away.y() ** 2) ** 0.5)

        near = [place for place in self._places if distance(place) <= _radius(place) + NEAR]
        return min(near, key=distance, default=None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), place.told if place else "", self, _around(event, place))
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.setCursor(Qt.CursorShape.PointingHandCursor if self.place_at(event.position()) else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.place_at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(place.code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS and self._places:
            step = _STEPS[Qt.Key(event.key())]
            first = 0 if step > 0 else len(self._places) - 1
            self._tell(first if self._current is None else (self._current + step) % len(self._places))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current is not None:
            self.chosen.emit(self.current.code)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _tell(self, index: int) -> None:
        self._current = index
        place = self._places[index]
        self.setAccessibleDescription(place.told)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))
        at = self._at(place.latitude, place.longitude).toPoint()
        QToolTip.showText(self.mapToGlobal(at), place.told, self)
        self.update()


_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


def _radius(place: MapPlace) -> float:
    return LEAST + 1 if place.worth is None else LEAST + (MOST - LEAST) * place.worth


def _around(event: QHelpEvent, place: MapPlace | None) -> QRect:
    """The stretch within which the tool tip stays."""
    reach = _radius(place) + NEAR if place else 1.0
    return QRectF(event.pos().x() - reach, event.pos().y() - reach, 2 * reach, 2 * reach).toRect()
