"""The ledger in a real window over a real desk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication

from workstation.domain.body import body_from_text
from workstation.domain.ledger import ChangeKind
from workstation.domain.story import SignalCard, Story
from workstation.ui.dialogs.hand_overs import BEFORE, NOT_KEPT, HandOversDialog
from workstation.workflow.history import Spot

NOTE = "An earlier version gave the wrong day."


def put(room, **fields) -> None:
    room.desk.writing.edit(room.number, replace(room.story, **fields), label="Typing", spot=Spot("headline"))


@pytest.fixture
def window(room):
    card = SignalCard(headline="Tolls", body=body_from_text("No tolls before autumn."))
    return room.open(Story(slug="lock", headline="A lock opens", news=body_from_text("It opened on Monday."), signals=(card,)))


@pytest.fixture
def ledger(room, qtbot, window):
    """Three hand-overs to two places, and a word typed since."""
    publishing = room.desk.publishing
    publishing.export(room.number, "page", room.folder / "website", waive="a test")
    put(room, news=body_from_text("It opened on Thursday."))
    publishing.export(room.number, "page", room.folder / "website", waive="a test", change=ChangeKind.CORRECTION, note=NOTE)
    put(room, headline="A lock opens at last")
    prepared = publishing.prepare(room.number, "text", waive="a test")
    publishing.record(prepared, destination="The site", post="7", address="https://site.example/7")
    put(room, region="Delta")
    return opened(room, qtbot, window)


def opened(room, qtbot, window) -> HandOversDialog:
    dialog = HandOversDialog(room.session, room.theme, room.desk.publishing.handed_over, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: bool(dialog._view.toPlainText()))
    return dialog


def rows(dialog: HandOversDialog) -> list[str]:
    return [str(dialog._model.data(dialog._model.index(at))) for at in range(dialog._model.rowCount())]


def shows(dialog: HandOversDialog, words: str) -> bool:
    return words in dialog._view.toPlainText()


def test_the_tip_of_a_place_shows_its_name_word_for_word(room, ledger):
    ledger._model.replace([replace(entry, destination="<img src='file:///a'>") for entry in ledger._model.entries])
    tip = ledger._model.data(ledger._model.index(0), Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img src=" in tip


def test_every_hand_over_is_listed_the_latest_first(room, ledger):
    assert rows(ledger) == ["Silent: The site", "Correction: website", "First: website"]
    entry = ledger._model.entries[0]
    assert ledger._facts.text().splitlines() == [
        f"text, version 3, for {entry.publication}",
        "The site: https://site.example/7",
        f"2 files, SHA-256 {entry.sha256[:16]}…",
    ]
    assert ledger._behind.text() == "website has version 2 of 3."


def test_the_latest_is_compared_with_the_screen_and_any_with_the_one_before_or_another(room, qtbot, ledger):
    qtbot.waitUntil(lambda: shows(ledger, "Region: Delta"))
    assert not shows(ledger, "at last")
    ledger._tools.choice.setCurrentIndex(BEFORE)
    qtbot.waitUntil(lambda: shows(ledger, "at last"))
    ledger._list.setCurrentIndex(ledger._model.index(1))
    qtbot.waitUntil(lambda: shows(ledger, NOTE) and shows(ledger, "Monday"))
    assert ledger._note.text() == f"“{NOTE}”"
    ledger._list.setCurrentIndex(ledger._model.index(2))
    qtbot.waitUntil(lambda: shows(ledger, "first hand-over"))
    ledger._list.selectionModel().select(ledger._model.index(0), QItemSelectionModel.SelectionFlag.Select)
    qtbot.waitUntil(lambda: shows(ledger, "at last") and shows(ledger, "Monday"))
    assert not ledger._copy.isEnabled()
    assert not ledger._tools.choice.isEnabled()
    assert "First" in ledger._heading.text().partition("→")[0]


def test_the_hash_is_copied_whole_and_the_place_is_opened(room, ledger, monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    ledger._copy.click()
    assert QGuiApplication.clipboard().text() == ledger._model.entries[0].sha256
    ledger._open.click()
    ledger._list.setCurrentIndex(ledger._model.index(1))
    ledger._open.click()
    assert opened == ["https://site.example/7", f"file://{room.folder / 'website'}"]


def test_an_address_that_no_browser_should_open_is_not_opened(room, qtbot, window):
    prepared = room.desk.publishing.prepare(room.number, "text", waive="a test")
    room.desk.publishing.record(prepared, destination="The site", post="7", address="file:///etc/passwd")
    assert not opened(room, qtbot, window)._open.isEnabled()


def test_a_folder_that_is_gone_is_not_offered(room, qtbot, window):
    room.desk.publishing.export(room.number, "text", room.folder / "gone", waive="a test")
    for file in (room.folder / "gone").iterdir():
        file.unlink()
    (room.folder / "gone").rmdir()
    assert not opened(room, qtbot, window)._open.isEnabled()


def test_an_empty_ledger_says_how_it_is_filled(room, qtbot, window):
    dialog = opened(room, qtbot, window)
    assert shows(dialog, "Nothing was handed over yet")
    assert not dialog._open.isEnabled()
    assert not dialog._copy.isEnabled()


def test_a_text_that_was_not_kept_is_told(room, qtbot, window):
    room.desk.publishing.export(room.number, "text", room.folder / "out", waive="a test")
    with room.desk.store._connections.writing() as connection:
        connection.execute("UPDATE ledger SET kept = NULL")
        connection.execute("DELETE FROM story_version")
    assert shows(opened(room, qtbot, window), NOT_KEPT)


def test_the_story_menu_opens_it(room, window, answer):
    seen: list[object] = []
    answer(HandOversDialog, lambda dialog: seen.append(dialog) or 0)
    actions = {action.text().replace("&", ""): action for menu in window._menus for action in menu.actions()}
    actions["Hand-overs…"].trigger()
    assert len(seen) == 1
