"""Several feeds were found on a site: the editor chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from workstation.domain.shown_host import shown_address
from workstation.ingest.feed_readings import Offer
from workstation.ui.wording import plain_tip


class FeedOffersDialog(QDialog):
    """Lists the feeds of a site with a tick for each; the first is ticked."""

    def __init__(self, told: str, offers: Sequence[Offer], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Feeds of this site")
        head = QLabel(f"{told} Which ones do you want to follow?")
        head.setTextFormat(Qt.TextFormat.PlainText)
        head.setWordWrap(True)
        self._list = QListWidget()
        self._list.setAccessibleName("Feeds of this site")
        self._list.setSpacing(2)
        for number, offer in enumerate(offers):
            kind = f"  ({offer.kind})" if offer.kind else ""
            entry = QListWidgetItem(f"{offer.title or 'Untitled feed'}{kind}\n{offer.url}")
            entry.setFlags(entry.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            entry.setCheckState(Qt.CheckState.Checked if number == 0 else Qt.CheckState.Unchecked)
            entry.setData(Qt.ItemDataRole.UserRole, offer.url)
            entry.setToolTip(plain_tip(shown_address(offer.url)))
            self._list.addItem(entry)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._follow = buttons.button(QDialogButtonBox.StandardButton.Ok)
        self._follow.setText("Follow")
        self._follow.setProperty("primary", True)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (head, self._list, buttons):
            column.addWidget(widget)
        self._list.itemChanged.connect(lambda _: self._follow.setEnabled(bool(self.chosen)))
        self._list.setCurrentRow(0)
        self.resize(520, 340)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The addresses that are ticked."""
        entries = (self._list.item(row) for row in range(self._list.count()))
        return tuple(entry.data(Qt.ItemDataRole.UserRole) for entry in entries if entry.checkState() is Qt.CheckState.Checked)
