"""Asking who says it: the name, kind, outlet and address of a source."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QWidget

from workstation.domain.story import Source, SourceKind

_KINDS = {
    SourceKind.OUTLET: "Outlet",
    SourceKind.PERSON: "Person",
    SourceKind.INSTITUTE: "Institute",
    SourceKind.SOCIAL: "Social account",
}


class SourceDialog(QDialog):
    """The fields of one source."""

    def __init__(self, source: Source, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Source")
        self._source = source
        self._name = QLineEdit(source.name)
        self._name.setPlaceholderText("As printed on the card")
        self._kind = QComboBox()
        for kind, label in _KINDS.items():
            self._kind.addItem(label, kind)
        self._kind.setCurrentIndex(list(_KINDS).index(source.kind))
        self._of = QLineEdit(source.of or "")
        self._of.setPlaceholderText("The outlet that a person speaks for")
        self._url = QLineEdit(source.url or "")
        self._url.setPlaceholderText("https://")
        form = QFormLayout(self)
        form.addRow("&Name", self._name)
        form.addRow("&Kind", self._kind)
        form.addRow("&Of", self._of)
        form.addRow("&Link", self._url)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        form.addRow(buttons)
        ok = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._name.textChanged.connect(lambda text: ok.setEnabled(bool(text.strip())))
        ok.setEnabled(bool(source.name.strip()))
        self.setMinimumWidth(420)

    def source(self) -> Source:
        """The source as the fields have it."""
        return replace(
            self._source,
            name=self._name.text().strip(),
            kind=SourceKind(self._kind.currentData()),
            of=self._of.text().strip() or None,
            url=self._url.text().strip() or None,
        )


def ask_source(source: Source, parent: QWidget) -> Source | None:
    """Let the editor change a source; None when nothing was changed."""
    dialog = SourceDialog(source, parent)
    answered = dialog.exec()
    edited = dialog.source()
    dialog.deleteLater()
    return edited if answered and edited != source else None
