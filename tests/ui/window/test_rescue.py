"""While the store does not take words one calm line tells where they are; what was rescued is offered at the next start."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story
from workstation.domain.story_archive import unpack
from workstation.domain.story_document import read_json
from workstation.errors import InputError, StoreError, StoreFailedError, StoreFullError
from workstation.store.stories import StoryShelf
from workstation.ui.dialogs.rescued import RescuedDialog
from workstation.ui.rescue import told_failure
from workstation.workflow import second_places
from workstation.workflow.history import Spot
from workstation.workflow.rescuing import Kept, Rescuing

FULL = StoreFullError("There is no room left on the disk", "Make room and try again.")


def story() -> Story:
    return Story(slug="ferry", headline="The ferry sails", signals=(SignalCard(headline="One"),))


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A second place that survives a restart, as it would in the editor's home."""
    monkeypatch.setenv("WORKSTATION_RESCUE", str(tmp_path / "second"))
    monkeypatch.setattr(second_places, "_is_cleared_at_start", lambda _: False)
    monkeypatch.setattr(second_places, "_is_in_memory", lambda _: False)
    return tmp_path / "second"


def failing(monkeypatch: pytest.MonkeyPatch, error: StoreError = FULL) -> list[bool]:
    """Let the store fail until the list is emptied."""
    fails, save = [True], StoryShelf.save

    def perhaps(self, id, story):
        if fails:
            raise error
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", perhaps)
    return fails


def notice(room, key: str = "rescue") -> str:
    told = room.window.notices.told(key)
    return told.text if told else ""


def press(room, words: str) -> None:
    next(button for button in room.window.notices.findChildren(QPushButton) if button.text() == words).click()


def rescued(second: Path) -> list[str]:
    return [read_json(file.read_bytes()).story.news.text for file in second.glob("*/story.json")]


def type_until_healed(room, qtbot, second: Path, fails: list[bool]) -> None:
    """Type “kept” while the store fails, see it told, and let the store take it again."""
    room.open(story())
    room.focus(room.pane._news)
    room.type("kept")
    qtbot.waitUntil(lambda: str(second) in notice(room))
    fails.clear()
    press(room, "Try again")
    qtbot.waitUntil(lambda: not notice(room))


def test_one_line_tells_what_failed_where_the_words_are_and_goes_when_they_are_saved(room, qtbot, monkeypatch, second):
    fails = failing(monkeypatch)
    room.open(story())
    room.focus(room.pane._news)
    room.type("kept")
    qtbot.waitUntil(lambda: str(second) in notice(room))
    assert notice(room).startswith("“The ferry sails” is not saved: there is no room left on the disk.")
    room.type(" on")
    qtbot.waitUntil(lambda: rescued(second) == ["kept on"])
    assert len(room.window.notices.findChildren(QLabel)) == 1
    fails.clear()
    press(room, "Try again")
    qtbot.waitUntil(lambda: room.stored().news.text == "kept on")
    qtbot.waitUntil(lambda: not notice(room))
    qtbot.waitUntil(lambda: not rescued(second))
    assert room.said[-1] == ("Saved again: the desk has every word.", "good")


def test_after_a_disk_that_failed_the_words_stay_in_the_second_place_until_the_next_start(room, qtbot, monkeypatch, second):
    type_until_healed(room, qtbot, second, failing(monkeypatch, StoreFailedError("The disk failed", "Look at it.")))
    qtbot.wait(100)
    assert rescued(second) == ["kept"]
    room.again()
    room.open_last()
    qtbot.waitUntil(lambda: not rescued(second))
    assert not notice(room, "rescued")


def test_what_is_typed_after_the_store_took_the_words_is_in_no_second_place(room, qtbot, monkeypatch, second):
    type_until_healed(room, qtbot, second, failing(monkeypatch))
    room.type(" and more")
    qtbot.waitUntil(lambda: room.stored().news.text == "kept and more")
    qtbot.wait(600)
    assert rescued(second) == []


def test_a_copy_can_be_saved_from_the_line(room, qtbot, monkeypatch, second):
    fails = failing(monkeypatch)
    room.open(story())
    room.focus(room.pane._news)
    room.type("kept")
    qtbot.waitUntil(lambda: str(second) in notice(room))
    copy = room.folder / "copy.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    press(room, "Save a copy…")
    qtbot.waitUntil(lambda: any("A copy is in" in text for text, _ in room.said))
    assert read_json(unpack(copy.read_bytes()).document).story.news.text == "kept"
    assert notice(room), "the store does not have it all the same"
    fails.clear()


def test_a_close_over_words_that_are_kept_elsewhere_says_so_and_they_are_offered_at_the_next_start(
    room, qtbot, monkeypatch, second
):
    fails, told = failing(monkeypatch), []

    def answer(box: QMessageBox) -> int:
        told.append(f"{box.text()} {box.informativeText()} {[button.text() for button in box.buttons()]}")
        next(button for button in box.buttons() if button.text() == "Close, they are kept").click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    room.open(story())
    room.focus(room.pane._news)
    room.type("kept")
    fails_and_closes = room.window.close()
    assert fails_and_closes
    assert str(second) in told[0]
    assert "lose it" not in told[0]
    room.again()
    fails.clear()
    window = room.open_last()
    qtbot.waitUntil(lambda: "The ferry sails" in notice(room, "rescued"))
    assert room.story.news.text == ""
    press(room, "Put into the story")
    qtbot.waitUntil(lambda: window.story._news.toPlainText() == "kept")
    qtbot.waitUntil(lambda: not notice(room, "rescued"))
    assert room.stored().news.text == "kept"
    assert rescued(second) == []


def waiting(room, second: Path, *words: str) -> None:
    """The window as it opens over words that were rescued, each from a start of its own."""
    number = room.desk.store.stories.add(story())
    writing = room.desk.writing
    for text in words:
        writing.edit(number, replace(writing.story(number), news=body_from_text(text)), label="Typing", spot=Spot("news"))
        rescuing = Rescuing(room.desk.store, writing)
        rescuing.rescue()
        writing.reread(number)
    room.number = number
    room.open_last()


def test_rescues_are_offered_one_after_the_other_looked_at_and_dismissed_into_a_folder(room, qtbot, monkeypatch, second):
    waiting(room, second, "first", "second")
    qtbot.waitUntil(lambda: "(1 of 2)" in notice(room, "rescued"))
    shown = []

    def look(dialog: RescuedDialog) -> int:
        qtbot.waitUntil(lambda: dialog.view.has_changes)
        shown.append(dialog.view.toPlainText())
        return 0

    monkeypatch.setattr(RescuedDialog, "exec", look)
    press(room, "Look…")
    assert "first" in shown[0] or "second" in shown[0]
    press(room, "Dismiss")
    qtbot.waitUntil(lambda: "(2 of 2)" in notice(room, "rescued"))
    out = room.folder / "saved.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    press(room, "Save as file…")
    qtbot.waitUntil(out.exists)
    assert notice(room, "rescued"), "a file is no answer"
    press(room, "Dismiss")
    qtbot.waitUntil(lambda: not notice(room, "rescued"))
    assert len(rescued(second / "dismissed")) == 2
    assert room.story.news.text == ""


def test_a_look_can_put_the_words_in(room, qtbot, monkeypatch, second):
    waiting(room, second, "rescued")
    qtbot.waitUntil(lambda: bool(notice(room, "rescued")))

    def look(dialog: RescuedDialog) -> int:
        qtbot.waitUntil(lambda: dialog.view.has_changes)
        dialog.put_in.click()
        return 0

    monkeypatch.setattr(RescuedDialog, "exec", look)
    press(room, "Look…")
    qtbot.waitUntil(lambda: room.story.news.text == "rescued")


@pytest.mark.parametrize(
    ("error", "kept", "told"),
    [
        (FULL, [], "The words are in this window only: no other place took them."),
        (FULL, [Kept(1, Path("/here/story.json"), True, True)], "in this window and in /here/story.json. Make room on it"),
        (FULL, [Kept(1, Path("/here/story.json"), False, True)], "which does not survive a restart of the machine"),
        (
            StoreFailedError("The disk failed"),
            [Kept(1, Path("/here/a/story.json"), True, True), Kept(2, Path("/here/b/story.json"), True, True)],
            "in this window and in /here. It is tried again by itself",
        ),
        (InputError("The slug is taken", "Not saved: “A”. Choose another."), [], "“A”. Choose another."),
    ],
)
def test_the_line_says_what_is_true(error, kept, told):
    names = ["A"] if len({one.story for one in kept}) < 2 else ["A", "B", "C", "D"]
    text = told_failure(error, names, [Kept(one.story, Path(os.fspath(one.file)), one.survives, one.apart) for one in kept])
    assert told in text
    assert text.startswith("“A” is not" if len(names) == 1 else "“A”, “B”, “C” and 1 more are not")
