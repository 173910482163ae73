"""Cropping the lead image: the whole picture, a frame in one of the publication's forms, and how large the part is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QButtonGroup, QDialog, QDialogButtonBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from workstation.domain.image_ratio import ratio_of
from workstation.domain.story import Crop
from workstation.ui.badge import Badge
from workstation.ui.dialogs.crop_frame import CropFrame
from workstation.ui.dialogs.crop_view import CropView
from workstation.ui.tab import Tab

if TYPE_CHECKING:
    from workstation.ui.theme import Theme

WIDE_ENOUGH = 1200
FREE = "Free"
KEYS = "Arrows move the frame (Ctrl: one pixel), + and − resize it."


class CropDialog(QDialog):
    """Chooses a part of a picture. Nothing is cut before Crop is pressed, and the whole picture is kept after it."""

    def __init__(
        self, image: QImage, crop: Crop | None, ratios: Sequence[str], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Crop the lead image")
        self._ratios = {ratio: ratio_of(ratio) for ratio in ratios if ratio_of(ratio)}
        frame = CropFrame.of(image.width(), image.height(), crop)
        self._view = CropView(image, frame, theme)
        self._size = QLabel()
        self._badge = Badge(theme)
        self._keys = QLabel(KEYS)
        self._keys.setProperty("muted", True)
        self._lay_out()
        self._view.changed.connect(self._tell)
        self._choose(self._first_form(frame, crop), lay=crop is None)
        self._tell()
        self._view.setFocus()

    def crop(self) -> Crop | None:
        """The part that was chosen; None for the whole picture."""
        return self._view.frame.crop

    def _first_form(self, frame: CropFrame, crop: Crop | None) -> str:
        """The publication's usual form at first; the form of a crop that is there already."""
        if crop is None:
            return next(iter(self._ratios), FREE)
        return next((name for name, ratio in self._ratios.items() if ratio and frame.matches(ratio)), FREE)

    def _lay_out(self) -> None:
        self._forms = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(4)
        self._buttons: dict[str, QPushButton] = {}
        for name in (*self._ratios, FREE):
            button = Tab(name)
            button.setAutoDefault(False)
            button.setAccessibleName(f"Form {name}")
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
            self._forms.addButton(button)
            self._buttons[name] = button
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self._badge)
        row.addSpacing(6)
        row.addWidget(self._size)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._ok = buttons.addButton("Crop", QDialogButtonBox.ButtonRole.AcceptRole)
        self._ok.setProperty("primary", True)
        self._ok.setDefault(True)
        self._reset = buttons.addButton("Reset", QDialogButtonBox.ButtonRole.ResetRole)
        self._reset.setToolTip("The whole picture again")
        self._reset.setAutoDefault(False)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self._reset.clicked.connect(self._show_whole)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addWidget(self._view, 1)
        column.addWidget(self._keys)
        column.addWidget(buttons)

    def _choose(self, name: str, *, lay: bool = True) -> None:
        """Give the frame one of the forms; a frame that has it already only holds on to it."""
        self._buttons[name].setChecked(True)
        ratio, frame = self._ratios.get(name), self._view.frame
        if lay or ratio is None:
            self._view.lay(frame.with_ratio(ratio))
        else:
            self._view.lay(frame.held(ratio))

    def _show_whole(self) -> None:
        self._buttons[FREE].setChecked(True)
        self._view.lay(CropFrame.whole(self._view.frame.width, self._view.frame.height))

    def _tell(self) -> None:
        across, down = self._view.frame.size
        whole = self._view.frame.crop is None
        self._size.setText(f"{across} × {down} px{'  (whole)' if whole else ''}")
        self._badge.say(f"Below {WIDE_ENOUGH} px wide" if across < WIDE_ENOUGH else "", "warn")
        self._badge.setToolTip("Large screens will show it blurred.")
        self._ok.setText("Use whole" if whole else "Crop")


def ask_crop(image: QImage, crop: Crop | None, ratios: Sequence[str], theme: Theme, parent: QWidget) -> tuple[bool, Crop | None]:
    """Whether the editor answered with another part than before, and the part (None for the whole picture)."""
    dialog = CropDialog(image, crop, ratios, theme, parent)
    answered = bool(dialog.exec())
    chosen = dialog.crop()
    dialog.deleteLater()
    return answered and chosen != crop, chosen
