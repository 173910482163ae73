"""What is known of an outlet, where each fact comes from, and the editor's correction of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from workstation.domain.changes import NOTHING, Changes
from workstation.domain.outlet import DeskOutlet, KnownOutlet, Outlet, OutletKind
from workstation.domain.picture import Picture
from workstation.errors import WorkstationError
from workstation.ui.icon_plates import legible
from workstation.ui.monograms import monogram_pixmap
from workstation.ui.session import Session, Task
from workstation.workflow.outlets import Origin, Outlets

ICON = 40
WIDTH = 500
PICTURES = "Pictures (*.png *.jpg *.jpeg *.gif *.webp *.avif *.ico *.bmp *.svg)"
KIND_NAMES = {
    None: "Not known",
    OutletKind.PUBLIC: "Public",
    OutletKind.PRIVATE: "Private",
    OutletKind.STATE: "State",
    OutletKind.AGENCY: "Agency",
}
ORIGIN_NAMES = {Origin.TABLE: "from the table", Origin.PAGE: "from its pages", Origin.EDITOR: "yours"}


@dataclass(frozen=True, slots=True)
class OutletFacts:
    """An outlet of the desk, what the table says of it, where each fact comes from, and the bytes of its icon."""

    entry: DeskOutlet
    known: KnownOutlet | None
    origins: Mapping[str, Origin]
    icon: bytes | None


def facts_of(outlets: Outlets, entry: DeskOutlet) -> OutletFacts:
    """Everything that the dialog shows; reads the store."""
    icon = outlets.icon(entry.outlet.icon) if entry.outlet.icon else None
    return OutletFacts(entry, outlets.known(entry.outlet), outlets.origins(entry), icon)


def ask_outlet(parent: QWidget, session: Session, outlets: Outlets, item: str) -> None:
    """Open the dialog over the outlet that an item came from."""

    def read(_task: Task) -> OutletFacts | None:
        entry = outlets.of_item(item)
        return facts_of(outlets, entry) if entry else None

    def show(facts: OutletFacts | None) -> None:
        if facts is None:
            session.say("This text came from no outlet: it has neither an address nor the name of one.", "warn")
        else:
            OutletDialog(parent, session, outlets, facts).open()

    session.run(read, show)


class OutletDialog(QDialog):
    """Name, domains, country, languages, kind and icon of an outlet; the editor's word wins in every list."""

    def __init__(
        self, parent: QWidget, session: Session, outlets: Outlets, facts: OutletFacts, kept: Callable[[], object] = lambda: None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Outlet")
        self._session, self._outlets, self._facts, self._kept = session, outlets, facts, kept
        self._chosen: Picture | None = None
        self._goes_back = False
        outlet = facts.entry.outlet
        self.name = QLineEdit(outlet.name)
        self.domains = QLineEdit(" ".join(outlet.domains))
        self.domains.setPlaceholderText("outlet.example outlet.co.example")
        self.country = _countries(outlet.country)
        self.languages = QLineEdit(" ".join(outlet.languages))
        self.languages.setPlaceholderText("Codes such as en ar; not known")
        self.kind = QComboBox()
        for kind, label in KIND_NAMES.items():
            self.kind.addItem(label, kind.value if kind else None)
        self.kind.setCurrentText(KIND_NAMES[outlet.kind])
        self._wrong = QLabel()
        self._wrong.setWordWrap(True)
        self._wrong.setProperty("tone", "bad")
        self._wrong.hide()
        self._lay_out()
        self._show_icon()
        self.name.textChanged.connect(self._check)
        self._check()
        self.setMinimumWidth(WIDTH)

    # --- laying out ------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for label, name, field in (
            ("&Name", "name", self.name),
            ("&Domains", "domains", self.domains),
            ("&Country", "country", self.country),
            ("&Languages", "languages", self.languages),
            ("&Kind", "kind", self.kind),
        ):
            heading = QLabel(label)
            heading.setBuddy(field)
            form.addRow(heading, self._with_origin(field, name))
        form.addRow("Icon", self._icon_row())
        native = self._facts.known.native if self._facts.known else ""
        if native:
            form.insertRow(1, "In its script", _plain(native))
        column = QVBoxLayout(self)
        column.addLayout(form)
        column.addWidget(self._wrong)
        column.addWidget(self._remark())
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("primary", True)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        column.addWidget(self._buttons)

    def _with_origin(self, field: QWidget, name: str) -> QWidget:
        origin = self._facts.origins.get(name)
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field, 1)
        told = _origin_label(ORIGIN_NAMES[origin] if origin else "not known")
        row.addWidget(told)
        return line

    def _icon_row(self) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        self._icon = QLabel()
        self._icon.setFixedSize(ICON, ICON)
        self._icon_told = _origin_label("")
        self.choose = QPushButton("Choose a file…")
        self.choose.clicked.connect(self._ask_icon)
        self.go_back = QPushButton("Back to the fetched one")
        self.go_back.clicked.connect(self._take_fetched)
        self.go_back.setVisible(self._facts.entry.own_icon)
        for widget in (self._icon, self.choose, self.go_back):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._icon_told)
        return line

    def _remark(self) -> QLabel:
        entry, known = self._facts.entry, self._facts.known
        told = "1 source of this desk came from it." if entry.items == 1 else f"{entry.items} sources of this desk came from it."
        told += f" What you change here holds for {'it' if entry.items == 1 else 'them'} and for the next ones."
        if known:
            checked = f"checked {known.checked}" if known.checked else "not checked yet"
            told += f" The table’s row can be compared with {known.source} ({checked})."
        remark = _muted(told)
        remark.setWordWrap(True)
        return remark

    def _show_icon(self) -> None:
        data = self._chosen.data if self._chosen else None if self._goes_back else self._facts.icon
        image = QImage()
        if data and image.loadFromData(data, "PNG"):
            self._icon.setPixmap(legible(image, ICON, self.devicePixelRatioF(), is_dark(self)))
        else:
            self._icon.setPixmap(monogram_pixmap(self.name.text(), ICON, self.devicePixelRatioF()))
        origin = Origin.EDITOR if self._chosen else None if self._goes_back else self._facts.origins.get("icon")
        self._icon_told.setText(ORIGIN_NAMES[origin] if origin else "will be fetched" if self._goes_back else "none found yet")

    # --- what the editor does --------------------------------------------------------------------------------------

    def _check(self) -> None:
        ok = self._buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(bool(self.name.text().strip()))

    def _ask_icon(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "An icon for this outlet", str(Path.home()), PICTURES)
        if name:
            self.take_icon(Path(name))

    def take_icon(self, file: Path) -> None:
        """Read an icon from ``file`` beside the window's thread, and show it."""
        self._session.run(lambda _: self._outlets.picture(file), self._take_picture, failed=self._tell, urgent=True)

    def _take_picture(self, picture: Picture) -> None:
        if isValid(self):
            self._chosen, self._goes_back = picture, False
            self._wrong.hide()
            self.go_back.setVisible(True)
            self._show_icon()

    def _take_fetched(self) -> None:
        self._goes_back, self._chosen = self._facts.entry.own_icon, None
        self.go_back.setVisible(False)
        self._show_icon()

    def accept(self) -> None:
        """Keep the correction; what is wrong with it is told in the dialog, which stays open."""
        kind = self.kind.currentData()
        outlet = Outlet(
            name=self.name.text().strip(),
            domains=tuple(self.domains.text().replace(",", " ").split()),
            country=self.country.currentData(),
            languages=tuple(self.languages.text().lower().replace(",", " ").split()),
            kind=OutletKind(kind) if kind else None,
        )
        self._session.run(partial(self._keep, outlet), self._done, failed=self._tell, urgent=True)

    def _keep(self, outlet: Outlet, _task: Task) -> Changes:
        entry, changes = self._facts.entry, NOTHING
        before = entry.outlet
        if (outlet.name, outlet.country, outlet.kind) != (before.name, before.country, before.kind) or (
            (outlet.domains, outlet.languages) != (before.domains, before.languages)
        ):
            changes |= self._outlets.correct(entry.id, outlet)
        if self._chosen:
            changes |= self._outlets.choose_icon(entry.id, self._chosen)
        elif self._goes_back:
            changes |= self._outlets.fetched_icon(entry.id)
        return changes

    def _done(self, changes: Changes) -> None:
        self._session.publish(changes, self._outlets)
        if isValid(self):
            super().accept()
            self._kept()

    def _tell(self, error: WorkstationError) -> None:
        if isValid(self):
            self._wrong.setText(f"{error.title}. {error.detail}")
            self._wrong.setTextFormat(Qt.TextFormat.PlainText)
            self._wrong.show()


def is_dark(widget: QWidget) -> bool:
    """Whether ``widget`` stands on a dark ground."""
    return widget.palette().window().color().lightness() < 128


def icon_of(data: bytes | None, name: str, side: int, ratio: float, dark: bool) -> QIcon:
    """An outlet's icon, or its monogram, for a list."""
    image = QImage()
    if data and image.loadFromData(data, "PNG"):
        picture = legible(image, side, ratio, dark)
    else:
        picture = monogram_pixmap(name, side, ratio)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)  # a selected row would tint it
    return icon


def _plain(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _muted(text: str) -> QLabel:
    label = _plain(text)
    label.setProperty("muted", True)
    return label


def _origin_label(text: str) -> QLabel:
    """One of a column: all are equally wide, so that the fields before them are, too."""
    label = _muted(text)
    label.setFixedWidth(max(map(label.fontMetrics().horizontalAdvance, ("from its pages  ", "will be fetched  "))))
    return label


def _countries(chosen: str | None) -> QComboBox:
    """Every country with an ISO 3166 code, by its name; typing its first letters finds it."""
    box = QComboBox()
    named: dict[str, str] = {}
    for territory in QLocale.Country:
        code = QLocale.territoryToCode(territory)
        if len(code) == 2 and code.isalpha() and code != "ZZ":
            named[code] = QLocale.territoryToString(territory)
    box.addItem("Not known", None)
    for code, name in sorted(named.items(), key=lambda entry: entry[1]):
        box.addItem(name, code)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
