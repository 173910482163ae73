"""One source of a card as a chip: its icon, how it is printed, and a small sign of its kind where it is no outlet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QMouseEvent, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QApplication, QPushButton, QSizePolicy

from workstation.domain.shown_host import shown_address
from workstation.domain.story import Source, SourceKind
from workstation.ui.dialogs.source import KINDS
from workstation.ui.icon_plates import legible
from workstation.ui.monograms import monogram_pixmap
from workstation.ui.pixels import image_of
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

ICON = 15
LEAST, ROUNDING = 60, 2
"""How narrow a chip may become, and by how much two measures of a text may differ, in pixels."""
SIGN_GAP = 3
SIGNS = {
    SourceKind.OUTLET: "mdi6.newspaper-variant-outline",
    SourceKind.PERSON: "mdi6.account-outline",
    SourceKind.INSTITUTE: "mdi6.bank-outline",
    SourceKind.SOCIAL: "mdi6.at",
}
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class SourceChip(QPushButton):
    """A click opens its menu; it can be pulled away, and its keys are those of a list."""

    pulled = Signal()
    """The mouse drags the chip."""
    step_wanted = Signal(int)
    """Put the source one place further; -1 towards the beginning."""
    edit_wanted = Signal()
    removal_wanted = Signal()

    def __init__(self, source: Source, theme: Theme, icon_of: Callable[[str], bytes | None]) -> None:
        super().__init__()
        self._whole = source.printed or "Unnamed source"
        self._from: QPoint | None = None
        self.setProperty("chip", True)
        self.setFont(theme.font("small"))
        kind = KINDS[source.kind]
        of = f" of {source.of}" if source.of else ""
        hint = "Drag to move, Ctrl to copy. F2 edits, Del removes."
        self.setToolTip(plain_tip(f"{self._whole}\n{kind}{of}\n{shown_address(source.url or '') or 'No link yet'}\n{hint}"))
        self.setAccessibleName(f"Source {source.printed}, {kind.lower()}")
        self._show_icon(source, theme, icon_of)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._fit(self._width_of(self._whole))

    def _show_icon(self, source: Source, theme: Theme, icon_of: Callable[[str], bytes | None]) -> None:
        own = _own_icon(source, icon_of, self.devicePixelRatioF(), theme.is_dark)
        if source.kind is SourceKind.OUTLET:
            self.setIcon(QIcon(own))
            self.setIconSize(QSize(ICON, ICON))
            return
        sign = theme.icon(SIGNS[source.kind], "muted").pixmap(ICON, ICON)
        size = QSize(2 * ICON + SIGN_GAP, ICON)
        both = QPixmap(size * self.devicePixelRatioF())
        both.setDevicePixelRatio(self.devicePixelRatioF())
        both.fill(Qt.GlobalColor.transparent)
        painter = QPainter(both)
        painter.drawPixmap(0, 0, ICON, ICON, own)
        painter.drawPixmap(ICON + SIGN_GAP, 0, ICON, ICON, sign)
        painter.end()
        self.setIcon(QIcon(both))
        self.setIconSize(size)

    def sizeHint(self) -> QSize:
        return self._around() + QSize(self._width_of(self._whole), 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width() - self._around().width())

    def _around(self) -> QSize:
        """What the chip takes without its words."""
        return super().sizeHint() - QSize(self._width_of(self.text().replace("&&", "&")), 0)

    def _width_of(self, words: str) -> int:
        return self.fontMetrics().horizontalAdvance(words)

    def _fit(self, room: int) -> None:
        """A name that is longer than its room ends in an ellipsis."""
        fits = self._width_of(self._whole) <= room + ROUNDING
        shown = self._whole if fits else self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        shown = shown.replace("&", "&&")
        if shown != self.text():
            self.setText(shown)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._from = event.position().toPoint() if event.button() == Qt.MouseButton.LeftButton else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        way = event.position().toPoint() - self._from if self._from is not None else QPoint()
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._from = None
            self.setDown(False)  # a chip that was pulled was not clicked
            self.pulled.emit()
            return
        super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._from = None
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        if event.key() in _STEPS and event.modifiers() & both == both:
            self.step_wanted.emit(_STEPS[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_wanted.emit()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        else:
            super().keyPressEvent(event)


def _own_icon(source: Source, icon_of: Callable[[str], bytes | None], ratio: float, dark: bool) -> QPixmap:
    data = icon_of(source.icon) if source.icon else None
    image = image_of(data) if data else None
    if image is not None and not image.isNull():
        return legible(image, ICON, ratio, dark)
    return monogram_pixmap(source.outlet, ICON, ratio)
