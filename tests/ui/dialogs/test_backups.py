"""The list of backups in a real window over a real desk."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from workstation.domain.backup import BackupReason
from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.store import Store, check
from workstation.ui.backups import KEY, WORK_SECONDS, DeskBackups
from workstation.ui.dialogs.backup_rows import age
from workstation.ui.dialogs.backups import SINCE, THEN, BackupsDialog
from workstation.ui.restart import Restart
from workstation.workflow.history import Spot

LEFT = Qt.MouseButton.LeftButton
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def story() -> Story:
    cards = (SignalCard(headline="Tolls & fees", body=body_from_text("No tolls.")), SignalCard(headline="Water"))
    return Story(slug="lock", headline="A lock opens", news=body_from_text("The lock opened."), signals=cards)


@pytest.fixture
def dialog(room, qtbot, story) -> BackupsDialog:
    """Backups of a story that was changed since, and of another one."""
    window = room.open(story)
    room.desk.store.stories.add(Story(slug="weir", headline="A weir falls"))
    room.desk.backing_up.take(BackupReason.START)
    changed = replace(story, headline="A lock opens late", signals=story.signals[1:])
    room.session.publish(room.desk.writing.edit(room.number, changed, label="Typing", spot=Spot("headline")))
    room.desk.writing.save_all()
    dialog = BackupsDialog(room.session, room.theme, room.desk.backing_up, room.desk.writing, window)
    dialog.show()
    qtbot.waitUntil(lambda: dialog._story is not None)
    return dialog


def click(button) -> None:
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def test_the_open_story_is_shown_with_what_changed_since(dialog: BackupsDialog) -> None:
    assert dialog.line.slug == "lock"
    assert dialog._heading.text() == "A lock opens"
    assert "late" in dialog._view.toPlainText()
    assert dialog._view.has_changes
    assert "2 stories, 0 sources" in dialog._about.text()
    assert "at the start" in dialog._backups.rows[0].told


def test_its_text_as_it_was_then_can_be_read(dialog: BackupsDialog, qtbot) -> None:
    dialog._tools.choice.setCurrentIndex(THEN)
    qtbot.waitUntil(lambda: "The lock opened." in dialog._view.toPlainText())
    assert "late" not in dialog._view.toPlainText()
    dialog._tools.choice.setCurrentIndex(SINCE)
    qtbot.waitUntil(lambda: "late" in dialog._view.toPlainText())


def test_a_story_is_brought_back_and_ctrl_z_takes_that_back(dialog: BackupsDialog, room, qtbot, story) -> None:
    click(dialog._bring)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert room.story == story
    qtbot.waitUntil(lambda: room.pane.story.headline == "A lock opens")
    room.pane.undo()
    assert room.story.headline == "A lock opens late"


def test_one_card_is_brought_back_beside_the_others(dialog: BackupsDialog, room, qtbot) -> None:
    assert [action.text() for action in dialog._cards.actions()] == ["1  Tolls && fees", "2  Water"]
    dialog._cards.actions()[0].trigger()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert [card.headline for card in room.story.signals] == ["Tolls & fees", "Water"]
    assert room.story.headline == "A lock opens late"


def test_another_story_is_turned_to_when_it_comes_back(dialog: BackupsDialog, room, qtbot) -> None:
    other = next(at for at, row in enumerate(dialog._stories.rows) if row.value.slug == "weir")
    dialog._story_list.setCurrentIndex(dialog._stories.index(other))
    qtbot.waitUntil(lambda: dialog._story is not None)
    assert not dialog._card.isEnabled()
    click(dialog._bring)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert room.session.story == dialog._backing_up.today(dialog._stories.rows[other].value)


def test_a_backup_is_made_by_hand_and_saved_to_a_file(dialog: BackupsDialog, room, qtbot, tmp_path: Path, monkeypatch) -> None:
    click(dialog._take)
    qtbot.waitUntil(lambda: len(dialog._backups.rows) == 2 and dialog._take.isEnabled() and dialog._story is not None)
    assert dialog.backup.reason is BackupReason.HAND
    assert not dialog._view.has_changes
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "copy.db"), ""))
    click(dialog._save)
    qtbot.waitUntil((tmp_path / "copy.db").exists)
    assert check(tmp_path / "copy.db") == []


def test_a_second_folder_is_chosen_told_when_it_is_away_and_given_up(
    dialog: BackupsDialog, qtbot, tmp_path: Path, monkeypatch
) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(disk))
    click(dialog._choose)
    qtbot.waitUntil(lambda: str(disk) in dialog._second.text())
    click(dialog._take)
    qtbot.waitUntil(lambda: len(dialog._backups.rows) == 2)
    assert len(list(disk.glob("*/*.db"))) == 1
    disk.rename(tmp_path / "unplugged")
    dialog._read()
    qtbot.waitUntil(lambda: "not there now" in dialog._second.text())
    qtbot.waitUntil(dialog._forget.isVisible)
    click(dialog._forget)
    qtbot.waitUntil(lambda: dialog._second.text() == "No second copy is kept.")


def test_a_damaged_backup_is_told_and_can_be_read_and_put_back_but_not_copied_out(dialog: BackupsDialog, qtbot) -> None:
    good = dialog.backup
    bad = good.path.with_name("000009-20260302T120000Z-work-bad.db")
    bad.write_bytes(good.path.read_bytes())
    dialog._read()
    qtbot.waitUntil(lambda: len(dialog._backups.rows) == 2 and dialog._story is not None and dialog.backup.number == 9)
    assert dialog._backups.rows[0].step == "damaged"
    assert dialog._about.text().startswith("Damaged: ")
    assert dialog._restore.isEnabled()
    assert not dialog._save.isEnabled()
    assert dialog._bring.isEnabled()


def test_what_cannot_be_read_is_told_in_the_place_of_the_story(dialog: BackupsDialog, qtbot) -> None:
    dialog.backup.path.write_bytes(b"ruined" * 1000)
    dialog._look_inside()
    qtbot.waitUntil(lambda: "is not a desk" in dialog._heading.text())
    assert not dialog._bring.isEnabled()


@pytest.mark.parametrize("answer_with", ["Restore everything", "Cancel"])
def test_everything_is_put_back_only_when_the_editor_says_so(
    dialog: BackupsDialog, room, answer, qtbot, monkeypatch, answer_with: str
) -> None:
    asked = []
    dialog.restore_requested.connect(asked.append)

    def reply(box: QMessageBox) -> int:
        [button] = [button for button in box.buttons() if button.text().replace("&", "") == answer_with]
        assert "2 stories" in box.text()
        monkeypatch.setattr(box, "clickedButton", lambda: button)
        return 0

    answer(QMessageBox, reply)
    backup = dialog.backup
    click(dialog._restore)
    assert asked == ([backup] if answer_with == "Restore everything" else [])
    assert dialog.isVisible() is (answer_with == "Cancel")


@pytest.fixture
def begun(monkeypatch) -> list[list[str]]:
    """The calls by which the program would have begun anew."""
    begun: list[list[str]] = []
    monkeypatch.setattr("workstation.ui.restart.os.execv", lambda _, call: begun.append(call))
    return begun


def test_leaving_for_a_restore_puts_the_backup_in_the_place_of_the_desk(dialog: BackupsDialog, room, qtbot, story, begun) -> None:
    backup, path = dialog.backup, room.desk.path
    restart = Restart(path, offline=True)
    dialog.accept()
    restart.put_back(room.window, backup)
    assert not room.window.isVisible()
    room.leave()
    restart.carry_out()
    assert [call[-3:] for call in begun] == [["--store", str(path), "--offline"]]
    with Store.open(path) as store:
        assert store.stories.get(room.number) == story
        assert store.backups.all()[0].reason is BackupReason.RESTORE


def test_the_program_begins_anew_also_when_nothing_could_be_put_back(room, story, answer, begun) -> None:
    room.open(story)
    backup, path, told = room.desk.backing_up.take(BackupReason.HAND), room.desk.path, []
    restart = Restart(path, offline=True)
    restart.put_back(room.window, backup)
    room.leave()
    backup.path.unlink()
    answer(QMessageBox, lambda box: told.append(box.text()) or 0)
    restart.carry_out()
    assert told == ["Nothing was restored"]
    assert len(begun) == 1
    assert check(path) == []
    assert not list(path.parent.glob("desk.db.replaced-*"))


@pytest.mark.parametrize(("words", "came"), [("Put back what is whole", True), ("Keep the desk as it is", False)])
def test_what_is_whole_in_a_damaged_backup_is_offered(room, story, answer, begun, words: str, came: bool) -> None:
    room.open(story)
    backup, path, seen = room.desk.backing_up.take(BackupReason.HAND), room.desk.path, []
    restart = Restart(path, offline=True)
    restart.put_back(room.window, backup)
    room.leave()
    with closing(sqlite3.connect(backup.path, isolation_level=None)) as connection:
        connection.execute("UPDATE item_view SET name = 'Unreae' WHERE place = (SELECT min(place) FROM item_view)")

    def press(box: QMessageBox) -> int:
        seen.append(box.informativeText())
        next(button for button in box.buttons() if button.text() == words).click()
        return 0

    answer(QMessageBox, press)
    restart.carry_out()
    assert len(begun) == len(seen) == 1
    assert "The view “Unreae” is not as it was written." in seen[0]
    assert "Use another backup" not in seen[0]
    assert check(path) == []
    assert len(list(path.parent.glob("desk.db.replaced-*"))) == came


def test_without_a_wish_nothing_begins_anew(room, begun) -> None:
    room.open()
    Restart(room.desk.path, offline=True).carry_out()
    assert begun == []


# --- by themselves -------------------------------------------------------------------------------------------------


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def backups(room, clock) -> DeskBackups:
    window = room.open(Story(slug="lock", headline="A lock opens"))
    return DeskBackups(room.session, room.theme, room.desk, window.notices, window, clock)


def reasons(room) -> list[str]:
    return [backup.reason.value for backup in room.desk.backing_up.all()]


def wait_for(qtbot, backups: DeskBackups, act) -> None:
    with qtbot.waitSignal(backups.looked):
        act()


def test_one_is_made_at_the_start_and_after_each_half_hour_in_which_something_was_written(room, qtbot, backups, clock) -> None:
    wait_for(qtbot, backups, backups.begin)
    assert reasons(room) == ["start"]
    clock.now += WORK_SECONDS - 1
    room.desk.store.stories.add(Story(slug="weir", headline="A weir falls"))
    backups.look()
    assert backups._task is None
    clock.now += 1
    wait_for(qtbot, backups, backups.look)
    assert reasons(room) == ["work", "start"]
    clock.now += WORK_SECONDS
    wait_for(qtbot, backups, backups.look)
    assert reasons(room) == ["work", "start"]


def test_why_none_was_made_stands_above_the_window_until_one_is(room, qtbot, backups) -> None:
    folder = room.desk.backing_up.places.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    wait_for(qtbot, backups, backups.begin)
    assert "No backup was made" in room.window.notices.told(KEY).text
    folder.unlink()
    wait_for(qtbot, backups, backups.begin)
    assert room.window.notices.told(KEY) is None


def test_a_damaged_desk_is_told_with_the_way_to_the_backups(room, qtbot, backups) -> None:
    with room.desk.store._connections.writing() as connection:
        connection.execute("UPDATE story SET sha256 = 'ab' WHERE slug <> 'lock' OR 1")
    wait_for(qtbot, backups, backups.begin)
    notice = room.window.notices.told(KEY)
    assert (notice.tone, notice.acts[0][0]) == ("bad", "Backups…")
    assert "good ones before it are kept" in notice.text


def test_a_second_folder_that_is_away_stands_above_the_window(room, qtbot, backups, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    room.desk.backing_up.places.choose_second(disk)
    (disk / room.desk.backing_up.places.folder.name).rmdir()
    wait_for(qtbot, backups, backups.begin)
    assert str(disk) in room.window.notices.told(KEY).text
    assert reasons(room) == ["start"]


def test_a_window_that_stays_open_over_unsaved_words_is_not_restored(room, backups, monkeypatch, begun) -> None:
    backup = room.desk.backing_up.take(BackupReason.HAND)
    restart = Restart(room.desk.path, offline=True)
    with monkeypatch.context() as patch:
        patch.setattr(room.window, "close", lambda: False)
        restart.put_back(room.window, backup)
    restart.carry_out()
    assert begun == []
    assert list(room.desk.path.parent.glob("*.replaced-*")) == []


def test_what_is_asked_for_in_the_list_of_backups_comes_when_no_dialog_is_open_any_more(room, qtbot, backups, answer) -> None:
    backup = room.desk.backing_up.take(BackupReason.HAND)
    asked = []

    def ask(dialog: BackupsDialog) -> None:
        dialog.restore_requested.emit(backup)
        asked.append("closed")

    backups.restore_requested.connect(lambda wanted: asked.append((wanted, QApplication.activeModalWidget())))
    answer(BackupsDialog, ask)
    backups.show()
    qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked == ["closed", (backup, None)]


@pytest.mark.parametrize(
    ("past", "told"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(hours=5), "5 hours ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=60), "8 weeks ago"),
        (timedelta(days=3653), "10 years ago"),
        (timedelta(days=-1), ""),
    ],
)
def test_the_age_is_told_in_words_and_not_at_all_for_a_time_that_lies_ahead(past: timedelta, told: str) -> None:
    assert age(NOON - past, NOON) == told
