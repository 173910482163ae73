"""The evidence packet in the window: asked for in the menu or in the export dialog, written, and its page opened."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox

from workstation.domain.story import Story
from workstation.ingest.worker import ReadingWorker
from workstation.ui.dialogs.handing_over.dialog import HandOverDialog
from workstation.workflow.verifying import verify

WORDS = "The water will not return to the old bed this year."


@pytest.fixture
def window(room):
    item = room.item("Low water", WORDS)
    card = room.card("A bed runs dry", f"<p>The Lantern Post wrote: “{WORDS}”</p>", (room.source(item),))
    return room.open(Story(slug="low-water", headline="Low water", signals=(card,)))


@pytest.fixture
def opened(monkeypatch) -> list[Path]:
    """What was given to the browser or to the desktop."""
    found: list[Path] = []

    def take(address: QUrl) -> bool:
        found.append(Path(address.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


def test_the_packet_is_written_where_the_editor_says_is_true_and_its_page_opens(
    room, window, qtbot, monkeypatch, answer, opened: list[Path]
) -> None:
    proposed: list[str] = []

    def name(_parent, _title, path, *_):
        proposed.append(Path(path).name)
        return str(room.folder / "packet"), ""

    def read(told: QMessageBox) -> int:
        next(button for button in told.buttons() if button.text().replace("&", "") == "Read it").click()
        return 0

    monkeypatch.setattr(QFileDialog, "getSaveFileName", name)
    answer(QMessageBox, read)
    window.evidence.ask()
    qtbot.waitUntil(lambda: bool(opened))
    packet = room.folder / "packet.zip"
    assert proposed == ["low-water.evidence.zip"]
    assert room.said[-1] == (f"Evidence written: {packet}", "good")
    (page,) = opened
    assert page.name == "evidence.html"
    assert WORDS in page.read_text("utf-8")
    with ReadingWorker() as worker:
        assert verify(packet, worker).is_true


def test_what_cannot_be_written_is_told(room, window, qtbot, monkeypatch, answer) -> None:
    told: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(room.folder / "desk.db" / "packet.zip"), ""))
    answer(QMessageBox, lambda box: told.append(box.text()) or 0)
    window.evidence.ask()
    qtbot.waitUntil(lambda: bool(told))
    assert "desk.db" in told[0]


def test_the_export_dialog_offers_it_beside_the_bundle(room, window, qtbot) -> None:
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, window)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.readings.is_idle and dialog.looks._seen is not None)
    assert not dialog.profiles.evidence.isVisible()
    dialog.profiles.choose("bundle")
    assert dialog.profiles.evidence.isVisible()
    with qtbot.waitSignal(dialog.evidence_wanted):
        QTest.mouseClick(dialog.profiles.evidence, Qt.MouseButton.LeftButton)
    dialog.reject()
    dialog.deleteLater()
