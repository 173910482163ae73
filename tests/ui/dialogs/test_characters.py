"""The palette of special characters over the window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.story import Story
from workstation.ui.dialogs.characters import CharactersDialog

CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def palette() -> CharactersDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, CharactersDialog) and w.isVisible())


def texts(dialog: CharactersDialog) -> list[str]:
    return [dialog._grid.item(row).data(Qt.ItemDataRole.UserRole) for row in range(dialog._grid.count())]


def put(room, words: str) -> None:
    room.press(Qt.Key.Key_M, CONTROL_SHIFT)
    dialog = palette()
    QTest.keyClicks(dialog._search, words)
    QTest.keyClick(dialog._search, Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)


def test_a_character_goes_to_the_caret_as_a_step_and_comes_first_next_time(room):
    room.open(Story(slug="story", headline="", news=body_from_text("ab")))
    room.focus(room.pane._news)
    room.pane._news.place_caret(1)
    put(room, "euro sign")
    assert room.story.news.text == "a€b"
    assert room.pane._news.hasFocus() and room.pane._news.caret() == 2
    put(room, "em dash")
    assert room.story.news.text == "a€—b"
    room.undo()
    assert room.story.news.text == "a€b"
    room.press(Qt.Key.Key_M, CONTROL_SHIFT)
    dialog = palette()
    assert texts(dialog) == ["—", "€"]
    assert dialog._name.text() == "em dash, U+2014"
    dialog.close()


def test_it_serves_lines_too_and_says_where_there_is_no_caret(room):
    window = room.open(Story(slug="story", headline=""))
    search = window.inbox.findChildren(type(window.words.finder.bar.field))[0]
    room.focus(search)
    put(room, "n with tilde")
    assert search.text() == "Ñ"
    window.checks.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window.show_side(2)
    window.checks.setFocus()
    room.qtbot.waitUntil(lambda: QApplication.focusWidget() is window.checks)
    window.words.show_characters()
    assert room.said[-1][0].startswith("Put the caret")
