"""The timeline in a real window over a real desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.domain.version import VersionKind
from workstation.ui.dialogs.history import BEFORE, NOW, HistoryDialog, told_time
from workstation.workflow.history import Spot

LEFT = Qt.MouseButton.LeftButton
NEWS = "The lock opened on Thursday. Barges moved before sunrise."


@pytest.fixture
def story() -> Story:
    card = SignalCard(headline="Tolls", body=body_from_text("No tolls before autumn."))
    return Story(slug="lock", headline="A lock opens", news=body_from_text(NEWS), signals=(card,))


@pytest.fixture
def history(room, qtbot, story):
    """The timeline of a story with a version as it came, one by name and words on the screen that no version has."""
    window = room.open(story)
    pane = room.pane
    pane._news.setFocus()
    QTest.keyClicks(pane._news, " It rained.")
    room.desk.versions.keep(room.number, "Rain")
    QTest.keyClicks(pane._news, " Then it stopped.")
    dialog = HistoryDialog(room.session, room.theme, room.desk.versions, room.desk.writing, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._view.has_changes)
    return dialog


def select(dialog: HistoryDialog, *rows: int) -> None:
    dialog._list.setCurrentIndex(dialog._timeline.index(rows[0]))
    for row in rows[1:]:
        dialog._list.selectionModel().select(dialog._timeline.index(row), QItemSelectionModel.SelectionFlag.Select)


def underlined(dialog: HistoryDialog) -> list[str]:
    return _marked(dialog, lambda letters: letters.fontUnderline())


def struck(dialog: HistoryDialog) -> list[str]:
    return _marked(dialog, lambda letters: letters.fontStrikeOut())


def _marked(dialog: HistoryDialog, is_so) -> list[str]:
    found, block = [], dialog._view.document().begin()
    while block.isValid():
        found += [f.fragment().text() for f in block.begin() if is_so(f.fragment().charFormat())]
        block = block.next()
    return [text.strip() for text in found]


def test_the_timeline_is_newest_first_and_tells_words_that_came(history):
    rows = history._timeline.rows
    assert [(row.title, row.words, row.step) for row in rows] == [
        ("Now, on the screen", 18, 3),
        ("Rain", 15, 2),
        ("Automatic", 13, 0),
    ]
    assert rows[1].told.startswith("Today, ")
    assert underlined(history) == ["Then it stopped."]


def test_a_version_is_compared_with_the_one_before_with_now_and_with_any_other(history, qtbot):
    select(history, 1)
    qtbot.waitUntil(lambda: underlined(history) == ["It rained."])
    assert history._heading.text() == "Rain"
    history._choice.setCurrentIndex(NOW)
    qtbot.waitUntil(lambda: underlined(history) == ["Then it stopped."])
    assert history._heading.text() == "Rain  →  Now, on the screen"
    history._choice.setCurrentIndex(BEFORE)
    select(history, 0, 2)
    qtbot.waitUntil(lambda: underlined(history) == ["It rained. Then it stopped."])
    assert not history._restore.isEnabled()
    assert history._heading.text() == "Automatic  →  Now, on the screen"


def test_parts_that_did_not_change_are_shown_when_wanted(history):
    assert "No tolls" not in history._view.toPlainText()
    history._only_changes.setChecked(False)
    assert "No tolls before autumn." in history._view.toPlainText()
    history._view.go_on()
    assert history._view.textCursor().block().text().startswith(NEWS)


def test_words_that_went_are_struck(history, room, qtbot):
    room.desk.writing.edit(room.number, replace(room.story, headline="A gate opens"), label="Typing", spot=Spot("headline"))
    history._read()
    qtbot.waitUntil(lambda: struck(history) == ["lock"])
    assert "gate" in underlined(history)


def test_a_damaged_version_is_told_where_its_text_would_stand(history, room, qtbot):
    with room.desk.store._connections.writing() as connection:
        connection.execute("UPDATE story_version SET delta = x'00' WHERE number = 2")
    select(history, 1)
    qtbot.waitUntil(lambda: "damaged" in history._view.toPlainText())
    assert history._heading.text() == "Rain"
    story = room.story
    QTest.mouseClick(history._restore, LEFT)
    qtbot.waitUntil(lambda: any(tone == "bad" for _, tone in room.said))
    assert room.story == story
    assert history.isVisible()


def test_a_restore_is_one_step_that_undo_takes_back(history, room, qtbot, story):
    typed = room.story
    select(history, 2)
    QTest.mouseClick(history._restore, LEFT)
    qtbot.waitUntil(lambda: not history.isVisible())
    assert room.story == story
    assert room.pane._news.toPlainText() == NEWS
    assert room.pane.labels()[0] == "Restore of a version"
    assert "Ctrl+Z" in room.said[-1][0]
    room.pane.undo()
    assert room.story == typed
    assert room.pane._news.toPlainText() == f"{NEWS} It rained. Then it stopped."
    last = room.desk.versions.all_of(room.number)[-1]
    assert (last.kind, room.desk.versions.read(room.number, last.number)) == (VersionKind.RESTORE, typed)


def test_a_version_gets_a_name_and_the_story_on_the_screen_is_kept_under_one(history, room, qtbot, monkeypatch):
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("As it came", True))
    select(history, 2)
    QTest.mouseClick(history._name, LEFT)
    qtbot.waitUntil(lambda: history._timeline.rows[2].title == "As it came")
    assert history._list.currentIndex().row() == 2
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Dry", True))
    select(history, 0)
    qtbot.waitUntil(history._name.isEnabled)
    QTest.mouseClick(history._name, LEFT)
    qtbot.waitUntil(lambda: [row.title for row in history._timeline.rows][:2] == ["Now, on the screen", "Dry"])
    assert room.desk.versions.read(room.number, 3) == room.story


def test_the_menu_keeps_a_version_and_turning_to_another_story_does_too(room, qtbot, story, monkeypatch):
    window = room.open(story)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("First", True))
    window._versions.keep()
    qtbot.waitUntil(lambda: any("First" in text for text, _ in room.said))
    room.pane._news.setFocus()
    QTest.keyClicks(room.pane._news, " It rained.")
    room.session.show_story(room.desk.writing.new())
    qtbot.waitUntil(lambda: len(room.desk.versions.all_of(room.number)) == 2)
    assert room.desk.versions.read(room.number, 2).news.text == f"{NEWS} It rained."


def test_undo_after_a_restart_puts_the_caret_where_the_change_was(room, qtbot, story):
    room.open(story)
    news = room.pane._news
    news.setFocus()
    news.place_caret(8)
    QTest.keyClicks(news, "old")
    assert news.toPlainText().startswith("The lockold opened")
    number = room.number
    room.again()
    room.number = number
    room.open_last()
    assert room.window._undo.toolTip().count("Typing")
    room.pane.undo()
    assert room.pane._news.toPlainText() == NEWS
    assert QApplication.focusWidget() is room.pane._news
    assert room.pane._news.caret() == 8
    room.pane.redo()
    assert room.pane._news.caret() == 11


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (datetime(2026, 3, 2, 12, 5, tzinfo=UTC), "Today"),
        (datetime(2026, 3, 1, 12, 5, tzinfo=UTC), "Yesterday"),
        (datetime(2025, 3, 2, 12, 5, tzinfo=UTC), "2 Mar 2025"),
    ],
)
def test_a_time_is_told_in_the_editors_words(made, told):
    text = told_time(made, datetime(2026, 3, 2, 13, 0, tzinfo=UTC))
    assert text == f"{told}, {made.astimezone():%H:%M}"
