"""The question about what is known of an item's outlet."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from workstation.domain.item import ItemSummary
from workstation.domain.outlet import Outlet, OutletKind

KIND_NAMES = {
    None: "Not known",
    OutletKind.PUBLIC: "Public",
    OutletKind.PRIVATE: "Private",
    OutletKind.STATE: "State",
    OutletKind.AGENCY: "Agency",
}


class OutletDialog(QDialog):
    """Name, country and kind of an outlet; the editor's word wins over the page's in every list."""

    def __init__(self, parent: QWidget, summary: ItemSummary, known: Outlet | None, answer: Callable[[Outlet], None]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Outlet")
        self._known = known or Outlet(name=summary.outlet, domains=_domains(summary.url), country=summary.country)
        self._answer = answer
        self.name = QLineEdit(summary.outlet)
        self.country = _countries(summary.country)
        self.kind = QComboBox()
        for kind, label in KIND_NAMES.items():
            self.kind.addItem(label, kind.value if kind else None)
        self.kind.setCurrentText(KIND_NAMES[self._known.kind])
        form = QFormLayout(self)
        form.setHorizontalSpacing(12)
        form.addRow("&Name", self.name)
        form.addRow("&Country", self.country)
        form.addRow("&Kind", self.kind)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self.name.textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        ok.setEnabled(bool(self.name.text().strip()))

    def accept(self) -> None:
        kind = self.kind.currentData()
        outlet = Outlet(
            name=self.name.text().strip(),
            domains=self._known.domains,
            country=self.country.currentData(),
            languages=self._known.languages,
            kind=OutletKind(kind) if kind else None,
            icon=self._known.icon,
        )
        super().accept()
        self._answer(outlet)


def outlet_of(summary: ItemSummary, outlets: list[Outlet]) -> Outlet | None:
    """The outlet that the item came from, among those known: by its domain, else by its name."""
    domains = set(_domains(summary.url))
    by_domain = (outlet for outlet in outlets if domains & set(outlet.domains))
    by_name = (outlet for outlet in outlets if outlet.name == summary.outlet and not domains)
    return next(by_domain, None) or next(by_name, None)


def _domains(url: str | None) -> tuple[str, ...]:
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return ()
    return (host.removeprefix("www."),) if host else ()


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
