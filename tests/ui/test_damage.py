from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from tests.promises.damaging import make_desk
from tests.ui.conftest import Room
from workstation.domain.backup import BackupReason
from workstation.domain.story import Story
from workstation.errors import StoreDamagedError
from workstation.store import Backups, Store, check
from workstation.ui.backups import KEY as BACKUPS_KEY
from workstation.ui.damage import DAMAGE_KEY, DamageWatch, mend_at_opening
from workstation.ui.notices import Notice
from workstation.ui.restart import Restart
from workstation.workflow.salvaging import SALVAGED_NOTE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "desk.db"
    make_desk(path, stories=2)
    return path


@pytest.fixture
def damaged(made: Path, tmp_path: Path) -> Path:
    """A desk whose first page is gone, with a good backup."""
    path = tmp_path / "desk.db"
    shutil.copy(made, path)
    with Store.open(path) as store:
        store.backups.take(BackupReason.HAND)
    with path.open("r+b") as file:
        file.write(bytes(4096))
    return path


def _press(words: str, seen: list[str]) -> None:
    """Press the button of these words in the box that comes up."""

    def look() -> None:
        boxes = [widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()]
        box = boxes[0] if boxes else None
        if box is None:
            QTimer.singleShot(50, look)
            return
        seen.extend(button.text() for button in box.buttons())
        next(button for button in box.buttons() if button.text() == words).click()

    QTimer.singleShot(50, look)


def _stories(path: Path) -> dict[int, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT id, document FROM story"))


@pytest.mark.parametrize("words", ["Save what can be saved", "Put the backup back"])
def test_a_damaged_desk_is_mended_as_the_editor_chooses_and_opens_again(qtbot, made: Path, damaged: Path, words: str) -> None:
    with pytest.raises(StoreDamagedError) as told:
        Store.open(damaged)
    seen: list[str] = []
    _press(words, seen)
    assert mend_at_opening(damaged, told.value)
    assert {"Save what can be saved", "Put the backup back"} <= set(seen)
    assert check(damaged) == []
    assert _stories(damaged) == _stories(made)
    with Store.open(damaged) as store:
        assert store.items.summaries()


@pytest.fixture
def watched(room: Room) -> Iterator[tuple[Room, DamageWatch]]:
    """The window over a desk with an undo step in which a letter was changed behind the program's back."""
    room.item("The river rose", "The river rose in the night and the ferry stayed in the harbour.")
    window = room.open()
    with closing(sqlite3.connect(room.desk.path, isolation_level=None)) as other:
        other.execute("UPDATE item_view SET name = 'Unreae' WHERE place = (SELECT min(place) FROM item_view)")
    yield room, DamageWatch(window, room.session, room.settings, room.desk, Restart(room.desk.path, offline=True))


def _notice(room: Room) -> Notice | None:
    return room.window.notices.told(DAMAGE_KEY)


def test_damage_is_looked_for_by_itself_and_told_across_the_window_with_its_mend(watched, qtbot) -> None:
    room, watch = watched
    watch.start()
    assert watch._looking.isActive()
    watch.look()
    qtbot.waitUntil(lambda: _notice(room) is not None)
    notice = _notice(room)
    assert "The view “Unreae” is not as it was written." in notice.text
    assert [words for words, _ in notice.acts] == ["Save what can be saved…", "Backups…"]
    assert "What is shown is as it was written." in notice.text


def test_damage_that_is_met_while_reading_is_told_across_the_window(watched, qtbot) -> None:
    room, _ = watched
    with closing(sqlite3.connect(room.desk.path, isolation_level=None)) as other:
        other.execute("UPDATE item SET captured = '20x6'")
    room.session.run(lambda _: room.desk.gathering.items(), lambda _: None)
    qtbot.waitUntil(lambda: _notice(room) is not None)
    assert "“20x6” in it is no time" in _notice(room).text


def test_the_mend_closes_the_window_salvages_and_starts_anew(watched, qtbot, monkeypatch) -> None:
    room, watch = watched
    started: list[object] = []
    monkeypatch.setattr("workstation.ui.restart.os.execv", lambda _, call: started.append(call))
    watch.look()
    qtbot.waitUntil(lambda: _notice(room) is not None)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: box.defaultButton().click())
    path, restart = room.desk.path, watch._restart
    _notice(room).acts[0][1]()
    assert not room.window.isVisible()
    room.leave()
    restart.carry_out()
    assert len(started) == 1
    assert check(path) == []
    assert len(list(path.parent.glob("desk.db.damaged-*"))) >= 1
    with Store.open(path) as store:
        assert "was salvaged" in store.notes.get(SALVAGED_NOTE)


def test_a_damaged_desk_that_is_left_alone_is_not_touched(qtbot, damaged: Path) -> None:
    before = damaged.read_bytes()
    _press("Leave it", [])
    assert not mend_at_opening(damaged, StoreDamagedError("The store is damaged", "Its beginning is."))
    assert damaged.read_bytes() == before
    assert [path.name for path in damaged.parent.glob("desk.db.damaged*")] == []


def test_without_a_backup_none_is_offered(qtbot, damaged: Path) -> None:
    shutil.rmtree(Backups(damaged.resolve()).folder)
    seen: list[str] = []
    _press("Leave it", seen)
    mend_at_opening(damaged, StoreDamagedError("The store is damaged", "Its beginning is."))
    assert "Put the backup back" not in seen


def test_a_story_that_was_met_and_found_is_told_as_one_place_and_without_calls_of_the_command_line(qtbot, room) -> None:
    window = room.open()
    watch = DamageWatch(window, room.session, room.settings, room.desk, Restart(room.desk.path, offline=True))
    mend = "Put a backup back with “workstation restore FILE”."
    room.session.say_error(
        StoreDamagedError("A story is damaged", f"The document of “harbour” is not the one that was saved. {mend}")
    )
    once = window.notices.told(DAMAGE_KEY).text
    watch._tell_found(["The document of the story “harbour” is not the one that was saved."])
    assert window.notices.told(DAMAGE_KEY).text == once
    assert once.startswith("A story is damaged. The document of “harbour” is not the one that was saved.")
    watch._tell_found(["The document of the story “harbour” is not the one.", "The note of “A ferry waits” is not the one."])
    told = window.notices.told(DAMAGE_KEY).text
    assert "1 more place is damaged." in told
    assert "workstation restore" not in f"{told} {room.said[-1]}"


def test_a_damaged_desk_is_told_once_and_its_missing_backup_in_words_of_its_own(qtbot, room) -> None:
    window = room.open()
    window.backups._tell_failed(StoreDamagedError("The store is damaged", "/desk.db: its pages do not fit. Save it by a call."))
    assert window.notices.told(BACKUPS_KEY).text == "No backup is made of a damaged desk. The good ones before are kept."
    assert room.said[-1] == ("The store is damaged. /desk.db: its pages do not fit", "bad")


def test_a_damaged_story_says_that_it_is_one_and_the_next_story_has_its_own_words(qtbot, room) -> None:
    window = room.open(Story(slug="sound", headline="The berth is free"))
    other = room.desk.store.stories.add(Story(slug="other", headline="The tide turns"))
    with closing(sqlite3.connect(room.desk.path, isolation_level=None)) as connection:
        connection.execute("UPDATE story SET document = replace(document, 'tide', 'time') WHERE id = ?", (other,))
    headline = window.story._headline
    room.session.show_story(other)
    assert (headline.toPlainText(), window.story.isEnabled()) == ("This story is damaged", False)
    room.session.show_story(room.number)
    assert (headline.toPlainText(), window.story.isEnabled()) == ("The berth is free", True)
    assert not room.desk.writing.has_unsaved
