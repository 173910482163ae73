"""How the hand-over looks: rendered and as source, side by side, and how large it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QSizePolicy, QSplitter, QToolButton, QVBoxLayout, QWidget

from workstation.errors import WorkstationError
from workstation.ui.dialogs.handing_over.looks_of import Language, Look, look_of, text_files
from workstation.ui.dialogs.handing_over.rendered import RenderedSide
from workstation.ui.dialogs.handing_over.sizes import sizes_of
from workstation.ui.dialogs.handing_over.source_view import SourceView
from workstation.ui.elided import Elided
from workstation.ui.preview.scheme import runs_as_root
from workstation.ui.preview.stage import DEVICES, Device, Fit
from workstation.ui.theme import ICON_SIZE
from workstation.ui.wording import plain_tip

if TYPE_CHECKING:
    from workstation.render.rendering import Rendering
    from workstation.ui.theme import Theme

SIDE_BY_SIDE_FROM = 620
"""Pixels; in a narrower place the source comes below."""
WIDTHS = tuple(device for device in DEVICES if device.label != "Tablet")


@dataclass(frozen=True, slots=True)
class Seen:
    """A rendering and how each file of it looks, made beside the window's thread."""

    rendering: Rendering
    looks: dict[str, Look]


def seen(rendering: Rendering) -> Seen:
    """What there is to see of a rendering."""
    names = text_files(rendering.main, rendering.files)
    return Seen(rendering, {name: look_of(name, rendering.files) for name in names})


class Looks(QWidget):
    """Shows one rendering after the other; the file that was chosen stays chosen while the rendering has it."""

    file_shown = Signal()
    """Another file, or another state of it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._seen: Seen | None = None
        self._fit: Fit | None = None
        self.rendered = RenderedSide(theme)
        self.source = SourceView(theme)
        self.files = QComboBox()
        self.files.setAccessibleName("File")
        self.files.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.files.setMinimumContentsLength(8)
        self.weight = Elided()
        self._width = QLabel()
        self._link = Elided(Qt.TextElideMode.ElideMiddle)
        self.buttons = {device: self._button(device) for device in WIDTHS}
        self._lay_out()
        self.files.currentTextChanged.connect(self._show_file)
        self.rendered.stage.fitted.connect(self._say_width)
        self.rendered.brought.connect(lambda: self._say_width(None))
        self.rendered.pages.link_hovered.connect(self._say_link)
        theme.on_change(self._dress)

    @property
    def has_source(self) -> bool:
        """Whether the file in hand is a text."""
        look = self._seen.looks.get(self.files.currentText()) if self._seen is not None else None
        return look is not None and look.source is not None

    @property
    def main(self) -> str:
        """The name of the main file; empty while nothing is seen."""
        return self._seen.rendering.main if self._seen is not None else ""

    def show_seen(self, now: Seen) -> None:
        """Show a rendering."""
        main, chosen = self.main, self.files.currentText()
        self._seen = now
        stays = chosen in now.looks and chosen != main
        with QSignalBlocker(self.files):
            self.files.clear()
            self.files.addItems(list(now.looks))
            self.files.setCurrentText(chosen if stays else now.rendering.main)
        self.files.setEnabled(len(now.looks) > 1)
        sizes = sizes_of(now.rendering.profile, now.rendering.main, now.rendering.files)
        self.weight.say("  ·  ".join(filter(None, (sizes.told, sizes.excess))), "bad" if sizes.excess else "")
        self._show_file(self.files.currentText())

    def show_error(self, error: WorkstationError) -> None:
        """Say why there is nothing to see."""
        self._seen = None
        self.weight.say("")
        self.rendered.say(error.title, error.detail)
        self.source.show_source("", "", Language.PLAIN)

    def show_device(self, device: Device | None) -> None:
        """Lay the page out as wide as on a device, or as its place."""
        for other, button in self.buttons.items():
            button.setChecked(other is device)
        self.rendered.stage.set_device(device.width if device else None)

    # --- parts -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        band = QHBoxLayout()
        band.setContentsMargins(0, 0, 0, 6)
        band.addWidget(self.files, 1)
        for button in self.buttons.values():
            band.addWidget(button)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setHandleWidth(5)
        self._source_frame = _framed(self.source)
        self.split.addWidget(_framed(self.rendered))
        self.split.addWidget(self._source_frame)
        self.split.setSizes([500, 500])
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 4, 0, 0)
        self._width.setProperty("muted", True)
        self._link.setProperty("muted", True)
        self._link.hide()
        self._link.setAccessibleName("Where the link leads")
        foot.addWidget(self.weight, 1)
        foot.addWidget(self._link, 1)
        foot.addWidget(self._width)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(band)
        column.addWidget(self.split, 1)
        column.addLayout(foot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = event.size().width() >= SIDE_BY_SIDE_FROM
        self.split.setOrientation(Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)

    def _button(self, device: Device) -> QToolButton:
        button = QToolButton()
        button.setCheckable(True)
        button.setAccessibleName(f"{device.label} width")
        told = f"{device.label} width: {device.width} pixels. Press again for the width that there is."
        button.setToolTip(plain_tip(told))
        button.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        button.clicked.connect(lambda on: self.show_device(device if on else None))
        return button

    def _show_file(self, name: str) -> None:
        look = self._seen.looks.get(name) if self._seen is not None else None
        if look is None:
            return
        self.rendered.show_look(look)
        self.source.show_source(name, look.source or "", look.language)
        for button in self.buttons.values():
            button.setEnabled(self.rendered.is_page)
        self._source_frame.setVisible(look.source is not None)
        self.file_shown.emit()

    # --- words -----------------------------------------------------------------------------------------------------

    def _say_width(self, fit: Fit | None) -> None:
        """How wide the page is laid out, and at which zoom; where it is simplified, that and why."""
        self._fit = fit or self._fit
        front, rendered = self.rendered.current, self.rendered
        told, tip = "", ""
        if rendered.is_page and front is rendered.simple:
            told, tip = "Simplified", f"The browser engine cannot start here. {rendered.why_simple or ''}"
        elif rendered.is_page and front is rendered.stage and self._fit is not None:
            percent = "" if self._fit.zoom == 1 else f" at {self._fit.zoom:.0%}"
            told = f"{self._fit.layout_width} px{percent}{' · no sandbox' if runs_as_root() else ''}"
        self._width.setText(told)
        self._width.setToolTip(plain_tip(tip))

    def _say_link(self, address: str) -> None:
        self._link.say(address)
        self._link.setVisible(bool(address))
        self.weight.setVisible(not address)

    def _dress(self) -> None:
        for device, button in self.buttons.items():
            button.setIcon(self._theme.icon(device.icon, "muted"))
        small = self._theme.font("small")
        for label in (self.weight, self._width, self._link):
            label.setFont(small)


def _framed(side: QWidget) -> QFrame:
    frame = QFrame()
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    frame.setMinimumSize(60, 60)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(side)
    return frame
