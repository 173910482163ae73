"""A window over a desk that is only read: everything is shown, nothing looks as if it were saved."""

from __future__ import annotations

import sys
from hashlib import sha256

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit

from workstation.domain.backup import BackupReason
from workstation.domain.story import SignalCard, Story
from workstation.errors import StoreReadOnlyError
from workstation.ui.bug_watch import BugWatch
from workstation.ui.dialogs.backups import BackupsDialog
from workstation.ui.inbox.targets import Target, TargetKind
from workstation.ui.opening import Opened
from workstation.ui.opening_notices import READ_ONLY_KEY, OpeningNotices
from workstation.ui.read_only import WRITING, ReadOnly
from workstation.ui.restart import Restart
from workstation.ui.session import READ_ONLY, Session
from workstation.ui.window import Window
from workstation.workflow.desk import Desk


@pytest.fixture
def reading(room, monkeypatch):
    """The window over a desk with a story and two items, opened again for reading; its file's hash before."""
    for number in range(2):
        room.item(f"Berth {number} is free", "The harbour office says so.\n" * 3)
    room.number = room.desk.store.stories.add(
        Story(slug="harbour", headline="The harbour is full", signals=(SignalCard(headline="A berth is free"),))
    )
    room.leave()
    path = room.folder / "desk.db"
    room.desk = Desk.open(path, offline=True, read_only=True, publications=room.folder, styles=room.folder / "house-style")
    room.session = Session(read_only=True)
    room.session.said.connect(lambda text, tone: room.said.append((text, tone)))
    room.window = Window(room.desk, room.session, room.theme, room.settings)
    opened = Opened(room.desk, "The medium is write-protected.")
    OpeningNotices(room.window, room.session, room.settings, opened, Restart(path, offline=True))
    watch = BugWatch(room.folder / "log")
    watch.foreseen.connect(room.session.say_error)
    monkeypatch.setattr(sys, "excepthook", watch._catch)
    ReadOnly(room.window, room.session)
    room.window.open_story.turn_to_last()
    room.show()
    return room


def test_the_banner_and_the_foot_say_that_the_desk_is_only_read(reading) -> None:
    assert "open for reading only" in reading.window.notices.told(READ_ONLY_KEY).text
    assert "write-protected" in reading.window.notices.told(READ_ONLY_KEY).text
    assert any(label.text().startswith("Read only") for label in reading.window.status_line.findChildren(QLabel))


def test_what_is_typed_changes_no_field_and_no_file(reading) -> None:
    path = reading.folder / "desk.db"
    before = sha256(path.read_bytes()).hexdigest()
    reading.qtbot.waitUntil(lambda: all(field.isReadOnly() for field in reading.pane.findChildren(QTextEdit)))
    for field in reading.pane.findChildren(QTextEdit):
        if field.isVisible():
            words = field.toPlainText()
            field.setFocus()
            reading.qtbot.keyClicks(field, "typed")
            assert field.toPlainText() == words
    field = reading.pane.findChildren(QTextEdit)[0]
    field.textCursor().insertText("forced past the field")  # as a command would that does not ask the field
    reading.qtbot.waitUntil(lambda: "forced" not in field.toPlainText())
    assert (READ_ONLY, "warn") in reading.said
    assert reading.story.headline == "The harbour is full"
    assert not reading.desk.writing.has_unsaved
    assert sha256(path.read_bytes()).hexdigest() == before
    assert not any(label.text().startswith("Saved") for label in reading.window.status_line.findChildren(QLabel))


def test_keys_of_the_inbox_are_refused_and_opening_a_source_says_nothing(reading) -> None:
    listed = reading.desk.store.items.counts()
    reading.window.inbox.focus_list()
    reading.press(Qt.Key.Key_J)
    reading.press(Qt.Key.Key_Return)
    QApplication.processEvents()
    assert (READ_ONLY, "warn") not in reading.said
    reading.press(Qt.Key.Key_E)
    assert reading.said[-1] == (READ_ONLY, "warn")
    assert reading.desk.store.items.counts() == listed


def test_entries_that_write_cannot_be_chosen_and_all_of_them_are_found(reading) -> None:
    actions = {action.text().replace("&", "").partition("\t")[0]: action for action in reading.window.findChildren(QAction)}
    assert set(WRITING) - {"Back to draft"} <= set(actions)  # which is what “Mark as ready” is called at another time
    assert not any(actions[name].isEnabled() for name in WRITING if name in actions)
    for name in ("Stories…", "Export…", "Copy", "Search sources", "Backups…", "History…"):
        assert actions[name].isEnabled()
    assert not next(button for button in reading.pane.findChildren(QPushButton) if button.text() == "Add signal").isEnabled()


def test_a_change_that_is_tried_all_the_same_is_told_in_the_same_words(reading) -> None:
    error = StoreReadOnlyError("This desk is open for reading only")
    sys.excepthook(type(error), error, None)
    assert reading.said[-1] == (READ_ONLY, "warn")


def test_nothing_is_fetched_nor_asked_about_into_a_desk_that_takes_nothing(reading) -> None:
    begun = []
    reading.session.task_started.connect(begun.append)
    reading.window._capturing.fetch_waiting()
    reading.window.capture_targets([Target(TargetKind.LINK, "http://127.0.0.1:9/a")])
    assert reading.said[-2:] == [(READ_ONLY, "warn")] * 2
    assert begun == []


def test_a_backup_is_looked_into_and_saved_to_a_file_but_not_put_into_a_desk_that_takes_nothing(reading) -> None:
    reading.desk.backing_up.take(BackupReason.HAND)
    dialog = BackupsDialog(reading.session, reading.theme, reading.desk.backing_up, reading.desk.writing, reading.window)
    reading.qtbot.waitUntil(lambda: dialog._story is not None)
    assert dialog._save.isEnabled()
    assert not any(button.isEnabled() for button in (dialog._restore, dialog._bring, dialog._card))
