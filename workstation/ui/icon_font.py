"""The icon font of the window. Imported late: its library takes a quarter of a second."""

from __future__ import annotations

from typing import Any

import qtawesome
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPixmap
from qtawesome.iconic_font import CharIconEngine, IconicFont


class _Engine(CharIconEngine):  # type: ignore[misc]
    """QtAwesome paints on pixmaps of no size, which Qt complains about: a button that is laid out may be that flat."""

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return QPixmap() if size.isEmpty() else super().pixmap(size, mode, state)


class _Font(IconicFont):  # type: ignore[misc]
    def _icon_by_painter(self, painter: Any, options: Any) -> QIcon:
        return QIcon(_Engine(self, painter, options))


def load(name: str) -> Any:
    """The one font with this name; QtAwesome by itself would read all of its twelve."""
    return _Font(*(font for font in qtawesome._BUNDLED_FONTS if font[0] == name))
