"""How the page is looked at: in which form, how wide, on a light or a dark screen, how large."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from workstation.ui.preview.forms import FORMS, PAGE
from workstation.ui.preview.stage import DEVICES, Device
from workstation.ui.theme import ICON_SIZE

SCHEMES = (("As the window", ""), ("Light page", "light"), ("Dark page", "dark"))
ZOOMS = (("Larger", 1), ("Smaller", -1), ("Actual size", 0))


class Choices(QToolButton):
    """A button with the menu of all that."""

    form_chosen = Signal(object)
    """A :class:`Form`."""
    device_chosen = Signal(object)
    """A :class:`Device`, or None for the width of the pane."""
    scheme_chosen = Signal(str)
    """``light``, ``dark``, or ``""`` for what the window is."""
    zoom_stepped = Signal(int)
    """Steps up or down; 0 for the page's own size."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("What the preview shows")
        self.setToolTip("Page, fragment, plain text or source; width; light or dark; size")
        self.setIconSize(QSize(ICON_SIZE, ICON_SIZE))
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu("Preview &as", self)
        self._exclusive([(form.label, form) for form in FORMS], PAGE, self.form_chosen.emit)
        self._menu.addSeparator()
        widths = [(f"{device.label} width", device) for device in DEVICES]
        self._devices = self._exclusive([("As wide as the pane", None), *widths], None, self.device_chosen.emit)
        self._menu.addSeparator()
        self._exclusive(SCHEMES, "", self.scheme_chosen.emit)
        self._menu.addSeparator()
        for label, steps in ZOOMS:
            self._menu.addAction(label).triggered.connect(lambda _=False, steps=steps: self.zoom_stepped.emit(steps))
        self.setMenu(self._menu)

    def show_device(self, device: Device | None) -> None:
        """Say that the page is as wide as on ``device``, or as the pane."""
        self._devices[device].setChecked(True)

    @property
    def as_menu(self) -> QMenu:
        """The same menu, for the window's own."""
        return self._menu

    def _exclusive(
        self, choices: Iterable[tuple[str, object]], first: object, choose: Callable[..., None]
    ) -> dict[object, QAction]:
        actions: dict[object, QAction] = {}
        group = QActionGroup(self)
        for label, value in choices:
            action: QAction = self._menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(value == first)
            action.triggered.connect(lambda _=False, value=value: choose(value))
            group.addAction(action)
            actions[value] = action
        return actions
