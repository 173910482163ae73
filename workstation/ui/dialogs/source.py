"""Asking who says it: the name, kind, outlet and address of a source, with a sample of how it is printed."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from workstation.domain.body import safe_link
from workstation.domain.story import Source, SourceKind

KINDS = {
    SourceKind.OUTLET: "Outlet",
    SourceKind.PERSON: "Person",
    SourceKind.INSTITUTE: "Institute",
    SourceKind.SOCIAL: "Social account",
}
_NAMES = {
    SourceKind.OUTLET: "As printed on the card: The Lantern Post",
    SourceKind.PERSON: "As printed on the card: Ana Reef",
    SourceKind.INSTITUTE: "As printed on the card: Institute for Tides",
    SourceKind.SOCIAL: "As printed on the card: @anareef",
}
_OFS = {
    SourceKind.OUTLET: "Only where it belongs to another outlet",
    SourceKind.PERSON: "The outlet that the person speaks for",
    SourceKind.INSTITUTE: "The university or house that it belongs to",
    SourceKind.SOCIAL: "The outlet or the platform of the account",
}


class SourceDialog(QDialog):
    """The fields of one source."""

    def __init__(self, source: Source, parent: QWidget | None = None, *, field: str = "name") -> None:
        super().__init__(parent)
        self.setWindowTitle("Source")
        self._source = source
        self._name = QLineEdit(source.name)
        self._kind = QComboBox()
        for kind, label in KINDS.items():
            self._kind.addItem(label, kind)
        self._kind.setCurrentIndex(list(KINDS).index(source.kind))
        self._of = QLineEdit(source.of or "")
        self._url = QLineEdit(source.url or "")
        self._url.setCursorPosition(0)
        self._url.setPlaceholderText("https://")
        self._printed = QLabel()
        self._printed.setTextFormat(Qt.TextFormat.PlainText)
        self._printed.setWordWrap(True)
        self._note = QLabel()
        self._note.setWordWrap(True)
        self._wording = QPushButton()
        self._wording.setAutoDefault(False)
        self._wording.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._wording.setProperty("plain", True)
        self._wording.clicked.connect(lambda: self._name.setText(self._other_wording()))
        self._lay_out()
        self._tell()
        line = self._url if field == "url" else self._name
        line.setFocus()
        line.setSelection(len(line.text()), -len(line.text()))  # all, with the beginning in view

    def _lay_out(self) -> None:
        form = QFormLayout(self)
        form.addRow("&Name", self._name)
        form.addRow("&Kind", self._kind)
        form.addRow("&Of", self._of)
        form.addRow("&Link", self._url)
        form.addRow("Printed", self._printed)
        form.addRow("", self._wording)
        form.addRow("", self._note)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        self._ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        for line in (self._name, self._of, self._url):
            line.textChanged.connect(self._tell)
        self._kind.currentIndexChanged.connect(self._tell)
        self.setMinimumWidth(460)

    def source(self) -> Source:
        """The source as the fields have it."""
        return replace(
            self._source,
            name=self._name.text().strip(),
            kind=SourceKind(self._kind.currentData()),
            of=self._of.text().strip() or None,
            url=self._url.text().strip() or None,
        )

    def _tell(self) -> None:
        """Show how the source is printed as it is now, and what it counts as."""
        source = self.source()
        self._ok.setEnabled(bool(source.name))
        self._name.setPlaceholderText(_NAMES[source.kind])
        self._of.setPlaceholderText(_OFS[source.kind])
        self._printed.setText(f"Source: {source.printed}" if source.name else "—")
        other = self._other_wording()
        self._wording.setText(f"Print as “{other}”".replace("&", "&&"))
        self._wording.setVisible(bool(other))
        faulty = source.url is not None and safe_link(source.url) is None
        self._note.setText(
            "Only http, https and mailto addresses are linked on the page."
            if faulty
            else f"Counts as {source.outlet} in the insights line."
            if source.of
            else ""
        )
        self._note.setProperty("tone", "bad" if faulty else "")
        self._note.setProperty("muted", not faulty)
        self._note.setVisible(bool(self._note.text()))
        self._note.style().unpolish(self._note)
        self._note.style().polish(self._note)

    def _other_wording(self) -> str:
        """The name with the outlet in front, “The Lantern Post’s …”; back without it; empty where no outlet is named."""
        source = self.source()
        if not source.name or not source.of:
            return ""
        lead = f"{source.of}’s "
        return source.name.removeprefix(lead) if source.name.startswith(lead) else f"{lead}{source.name}"


def ask_source(source: Source, parent: QWidget, *, field: str = "name") -> Source | None:
    """Let the editor change a source, beginning with its ``name`` or ``url``; None when nothing was changed."""
    dialog = SourceDialog(source, parent, field=field)
    answered = dialog.exec()
    edited = dialog.source()
    dialog.deleteLater()
    return edited if answered and edited != source else None
