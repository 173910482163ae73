"""“Copy for CMS” in the window: what lies on the clipboard of the system, and what the ledger says of it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.ui.dialogs.test_handing_over import clear, opened
from workstation.ui.dialogs.handing_over.dialog import HandOverDialog
from workstation.ui.dialogs.handing_over.offers import WayOut

COPY = Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def on_clipboard() -> tuple[str, str]:
    data = QGuiApplication.clipboard().mimeData()
    return data.html(), data.text()


def entered(room) -> list[tuple[str, str]]:
    return [(entry.profile, entry.place) for entry in room.desk.publishing.ledger(room.number)]


def test_the_key_lays_the_story_on_the_clipboard_and_enters_that(room, qtbot):
    room.open(clear(room))
    QTest.keyClicks(room.pane._news, " It is lower now.")
    room.press(*COPY)
    qtbot.waitUntil(lambda: bool(entered(room)))
    html, words = on_clipboard()
    assert entered(room) == [("fragment", "clipboard")]
    assert html.startswith('<meta charset="utf-8"><p')
    assert "<h2" in html
    assert "It is lower now." in html
    assert "Card 0\n\nSource: " in words
    assert "Low water" not in words


def test_while_a_blocker_stands_the_export_dialog_asks_for_the_reason(room, qtbot, answer):
    asked = []

    def close(dialog) -> int:
        asked.append(dialog)
        dialog.reject()
        return 0

    answer(HandOverDialog, close)
    room.open(clear(room, headline=""))
    QGuiApplication.clipboard().setText("before")
    room.press(*COPY)
    qtbot.waitUntil(lambda: bool(asked))
    assert on_clipboard()[1] == "before"
    assert entered(room) == []


@pytest.mark.parametrize("profile", ["fragment", "wordpress"])
def test_the_dialog_copies_the_profile_that_was_chosen(room, qtbot, profile):
    room.open(clear(room))
    dialog = opened(room, qtbot)
    dialog.profiles.choose(profile)
    qtbot.waitUntil(lambda: dialog.readings.is_idle and dialog.looks._seen.rendering.profile == profile)
    QTest.mouseClick(dialog.foot.ways[WayOut.COPY], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not dialog.ways.is_busy and dialog.readings.is_idle)
    assert ("<!-- wp:" in on_clipboard()[0]) == (profile == "wordpress")
    assert entered(room) == [(profile, "clipboard")]
