"""On what terms the story is handed over, and where to: lead image, links, address, folder, destination."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from workstation.domain.destination import Destination
from workstation.render.rendering import LeadPlace, Profile, Terms
from workstation.ui.dialogs.handing_over.offers import kind_of
from workstation.ui.wording import plain_tip, web_address

if TYPE_CHECKING:
    from workstation.ui.dialogs.handing_over.remembered import Remembered

COLUMNS = 2
SIDE_BY_SIDE_FROM = 760
"""Pixels; in a narrower place the choices stand one below the other."""
PAUSE_MS = 250
"""A pause after which an address that is typed is looked at."""
PLACES = ((LeadPlace.BODY, "In the text"), (LeadPlace.FEATURED, "Featured"))
FEATURED = "Featured: beside the text, for the system to show where it likes. Never in both places."
ONE_PLACE = "This form has one place for the lead image."
NO_SYSTEM = "Not for this form"
NONE_YET = "None yet: Destinations…"


class TermsForm(QWidget):
    """Shows the terms of one profile and tells when they change."""

    terms_changed = Signal()
    """The story looks otherwise on these terms."""
    places_changed = Signal()
    """Another folder or destination."""
    destinations_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._profile: Profile | None = None
        self._destinations: Sequence[Destination] = ()
        self._house = ""
        self.lead = QComboBox()
        for place, label in PLACES:
            self.lead.addItem(label, place)
        self.passages = QCheckBox("Links lead to the &quoted words")
        self.passages.setToolTip(plain_tip("Browsers scroll to the words and mark them (text fragments). Older ones ignore it."))
        self.address = QLineEdit()
        self.folder = QLineEdit()
        self.choose = QPushButton("Ch&oose…")
        self.destination = QComboBox()
        self.manage = QPushButton("&Destinations…")
        for field in (self.lead, self.destination):
            field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(12)
        for button in (self.choose, self.manage):
            button.setAutoDefault(False)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._lay_out()
        self._connect()

    # --- what is chosen ----------------------------------------------------------------------------------------------

    @property
    def terms(self) -> Terms:
        """What the story is handed over on; a lead image whose form has no choice goes where it always does."""
        has_choice = self._profile is not None and self._profile.lead is not None
        address = self.address.text().strip() if self.has_good_address else ""
        return Terms(
            lead=LeadPlace(self.lead.currentData()) if has_choice else None,
            passages=self.passages.isChecked(),
            address=address or None,
        )

    @property
    def has_good_address(self) -> bool:
        """Whether the address is one that a browser may go to, or none."""
        text = self.address.text().strip()
        return not text or web_address(text) is not None

    @property
    def chosen_destination(self) -> str:
        """The name of the destination; empty where there is none for the profile."""
        return self.destination.currentData() or ""

    def restore(self, remembered: Remembered) -> None:
        """Show what was chosen the last time."""
        with QSignalBlocker(self):
            self.folder.setText(remembered.folder)
            self.passages.setChecked(remembered.passages)

    def show_profile(self, profile: Profile, remembered: Remembered | None) -> None:
        """Show the choices that a profile has."""
        self._profile = profile
        with QSignalBlocker(self):
            kept = remembered.lead(profile.name) if remembered is not None else None
            self.lead.setCurrentIndex(max(0, self.lead.findData(kept or profile.lead or LeadPlace.BODY)))
            self.lead.setEnabled(profile.lead is not None)
            self.lead.setToolTip(plain_tip(FEATURED if profile.lead is not None else ONE_PLACE))
            self._list_destinations(remembered.destination(profile.name) if remembered is not None else "")

    def show_destinations(self, destinations: Sequence[Destination], house: str, kept: str) -> None:
        """Offer these destinations, as far as they take the profile and the stories of ``house``."""
        self._destinations, self._house = destinations, house
        self._list_destinations(self.chosen_destination or kept)

    def propose_address(self, address: str | None) -> None:
        """Show where the story stands when nobody says otherwise."""
        self.address.setPlaceholderText(address or "https://… where the story stands, or will stand")

    # --- parts -----------------------------------------------------------------------------------------------------

    def _list_destinations(self, chosen: str) -> None:
        kind = kind_of(self._profile.name) if self._profile is not None else None
        houses = (None, "", self._house)
        fitting = [one for one in self._destinations if one.kind is kind and one.publication in houses]
        with QSignalBlocker(self.destination):
            self.destination.clear()
            for one in fitting:
                self.destination.addItem(one.name, one.name)
                self.destination.setItemData(self.destination.count() - 1, plain_tip(one.url), Qt.ItemDataRole.ToolTipRole)
            if not fitting:
                self.destination.addItem(NONE_YET if kind is not None else NO_SYSTEM, "")
            self.destination.setCurrentIndex(max(0, self.destination.findData(chosen)))
        self.destination.setEnabled(bool(fitting))

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        parts: tuple[tuple[str, QWidget, QWidget | None], ...] = (
            ("Lead i&mage", self.lead, self.passages),
            ("&Address", self.address, None),
            ("&Folder", self.folder, self.choose),
            ("Send &to", self.destination, self.manage),
        )
        self._rows = [_row(text, field, beside) for text, field, beside in parts]
        self._columns = 0
        self._arrange(COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(COLUMNS if event.size().width() >= SIDE_BY_SIDE_FROM else 1)

    def _arrange(self, columns: int) -> None:
        """Side by side, or where it is narrow one below the other: nothing is squeezed."""
        if columns == self._columns:
            return
        self._columns = columns
        for at, row in enumerate(self._rows):
            line, side = divmod(at, columns)
            for place, widget in enumerate(row):
                self._grid.addWidget(widget, line, 3 * side + place)
        for side in range(COLUMNS):
            self._grid.setColumnStretch(3 * side + 1, 1 if side < columns else 0)
        self._grid.setColumnMinimumWidth(2, 10 if columns > 1 else 0)

    def _connect(self) -> None:
        self.lead.currentIndexChanged.connect(lambda _: self.terms_changed.emit())
        self.passages.toggled.connect(lambda _: self.terms_changed.emit())
        self.address.textChanged.connect(self._judge_address)
        self._pause.timeout.connect(self.terms_changed)
        self.folder.textChanged.connect(lambda _: self.places_changed.emit())
        self.destination.currentIndexChanged.connect(lambda _: self.places_changed.emit())
        self.choose.clicked.connect(self._choose)
        self.manage.clicked.connect(self.destinations_wanted)

    def _judge_address(self) -> None:
        problem = "" if self.has_good_address else "bad"
        if self.address.property("problem") != problem:
            self.address.setProperty("problem", problem)
            self.address.style().unpolish(self.address)
            self.address.style().polish(self.address)
        self.address.setToolTip("" if self.has_good_address else "An address begins with https:// or http://")
        self._pause.start()

    def _choose(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, "Hand over into", self.folder.text())
        if folder:
            self.folder.setText(folder)


def _row(text: str, field: QWidget, beside: QWidget | None) -> tuple[QLabel, QWidget]:
    """A label, and its field with what stands beside it."""
    label, whole = QLabel(text), QWidget()
    label.setBuddy(field)
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(6)
    line.addWidget(field, 1)
    if beside is not None:
        line.addWidget(beside)
    return label, whole
