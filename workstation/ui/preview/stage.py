"""The place where the page stands: laid out at the width of a device, made smaller where the pane is narrower."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Device:
    """A width to look at the page in, in CSS pixels, and how its button shows and says it."""

    label: str
    width: int
    icon: str


DEVICES = (
    Device("Desktop", 1280, "mdi6.monitor"),
    Device("Tablet", 768, "mdi6.tablet"),
    Device("Phone", 390, "mdi6.cellphone"),
)
SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 3.0
_STEP = 1.1


@dataclass(frozen=True, slots=True)
class Fit:
    """How the page fits into the pane: the width of its view in window pixels, and its zoom."""

    width: int
    zoom: float

    @property
    def layout_width(self) -> int:
        """CSS pixels that the page is laid out in."""
        return round(self.width / self.zoom)


def fit(available: int, device: int | None, zoom: float = 1.0) -> Fit:
    """The page in ``available`` window pixels at ``device`` CSS pixels (None: as wide as the pane) and the editor's zoom.

    A device's width is kept whatever the zoom: where it does not fit, the page becomes smaller, never narrower.
    """
    zoom = min(max(zoom, SMALLEST_ZOOM), LARGEST_ZOOM)
    if device is None:
        return Fit(available, zoom)
    zoom = max(SMALLEST_ZOOM, min(zoom, available / device))
    return Fit(min(available, round(device * zoom)), zoom)


class Stage(QWidget):
    """Holds one view, centred on the colour of the window."""

    fitted = Signal(object)
    """The :class:`Fit` that holds now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._view: QWidget | None = None
        self._device: int | None = None
        self._zoom = 1.0

    @property
    def device(self) -> int | None:
        """The width that was chosen, None for the pane's own."""
        return self._device

    def hold(self, view: QWidget) -> None:
        """Show ``view`` here; ``fitted`` says at which zoom."""
        self._view = view
        self.place()
        view.show()

    def set_device(self, width: int | None) -> None:
        """Lay the page out at ``width`` CSS pixels, or as wide as the pane."""
        self._device = width
        self._zoom = 1.0
        self.place()

    def step_zoom(self, steps: int) -> None:
        """Larger or smaller by tenths."""
        now = fit(self.width(), self._device, self._zoom).zoom
        self._zoom = min(max(now * _STEP**steps, SMALLEST_ZOOM), LARGEST_ZOOM)
        if abs(self._zoom - 1) < (_STEP - 1) / 2:
            self._zoom = 1.0
        self.place()

    def place(self) -> None:
        """Put the view where it belongs."""
        result = fit(max(1, self.width()), self._device, self._zoom)
        if self._view is not None:
            self._view.setGeometry(QRect((self.width() - result.width) // 2, 0, result.width, self.height()))
        self.fitted.emit(result)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()
