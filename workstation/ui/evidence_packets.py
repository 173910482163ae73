"""The evidence packet of the open story: asked for, written beside the window's thread, and its page opened."""

from __future__ import annotations

import tempfile
import zipfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from workstation.domain.evidence_packet import PAGE
from workstation.ui.boxes import box, warn
from workstation.ui.opening_links import open_file

if TYPE_CHECKING:
    from workstation.errors import WorkstationError
    from workstation.ui.session import Session
    from workstation.workflow.desk import Desk

PACKETS = "Evidence packets (*.zip)"
TOLD = (
    "For every quotation and every source it has the address, when it was captured, and the exact words. "
    "A colleague reads evidence.html in it, or proves it with “workstation verify”, without this desk."
)


class EvidencePackets(QObject):
    """Writes packets and leads to what was written."""

    def __init__(self, session: Session, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._desk, self._window = session, desk, window
        self._unpacked: list[tempfile.TemporaryDirectory[str]] = []

    def ask(self) -> None:
        """Ask for a file and write the packet of the open story."""
        number = self._session.story
        if number is None:
            return
        proposed = Path.home() / f"{self._desk.writing.story(number).slug}.evidence.zip"
        name, _ = QFileDialog.getSaveFileName(self._front, "Write the evidence packet", str(proposed), PACKETS)
        if name:
            out = Path(name) if name.lower().endswith(".zip") else Path(f"{name}.zip")
            write = self._desk.proving.write_packet
            self._session.run(lambda _: write(number, out), self._tell, failed=self._warn, label="Writing the evidence packet")

    @property
    def _front(self) -> QWidget:
        """What an answer belongs over: the dialog that is open now, or the window."""
        return QApplication.activeModalWidget() or self._window

    def _tell(self, packet: Path) -> None:
        self._session.say(f"Evidence written: {packet}", "good")
        told = box(self._front, QMessageBox.Icon.Information, "Evidence packet", f"Written: {packet}")
        told.setInformativeText(TOLD)
        for label, act in (("&Read it", self.read), ("Sho&w folder", self._show_folder)):
            told.addButton(label, QMessageBox.ButtonRole.ActionRole).clicked.connect(partial(act, packet))
        told.setDefaultButton(told.addButton(QMessageBox.StandardButton.Close))
        told.exec()
        told.deleteLater()

    def read(self, packet: Path) -> None:
        """Open the page of a packet in the browser, out of a folder that goes with the program."""
        folder = tempfile.TemporaryDirectory(prefix="evidence-")
        self._unpacked.append(folder)
        with zipfile.ZipFile(packet) as packed:  # written here a moment ago
            packed.extractall(folder.name)
        open_file(Path(folder.name) / PAGE)

    def _show_folder(self, packet: Path) -> None:
        open_file(packet.parent)

    def _warn(self, error: WorkstationError) -> None:
        warn(self._front, error)
