"""No work is lost: what is typed is in the store a moment later, and the window does not close over unsaved words."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from workstation.domain.body import body_from_text
from workstation.domain.changes import NOTHING
from workstation.domain.story import SignalCard, Story
from workstation.domain.story_archive import unpack
from workstation.domain.story_document import read_json
from workstation.errors import StoreBusyError, StoreError
from workstation.store.stories import StoryShelf
from workstation.ui.inbox.steps import Step
from workstation.ui.saving import PAUSE_MS
from workstation.workflow.desk import Desk
from workstation.workflow.documents import Documents
from workstation.workflow.history import Spot
from workstation.workflow.writing import Writing


def story() -> Story:
    return Story(slug="story", headline="Headline", signals=(SignalCard(headline="One"), SignalCard(headline="Two")))


def test_what_was_typed_is_in_the_store_a_moment_after_the_last_key(room, qtbot):
    """The moment is the pause after which the saving begins: how long the disk takes is the machine's."""
    saving = room.open(story())._saving
    for turn in range(4):
        room.focus(room.pane._cards.frames()[1].body)
        room.type(f" word{turn}")
        assert saving._timer.isActive() or saving._going_on
        assert saving._timer.remainingTime() <= PAUSE_MS
        qtbot.waitUntil(lambda turn=turn: f"word{turn}" in room.stored().signals[1].body.text)


def test_what_is_typed_is_saved_while_the_typing_goes_on(room, qtbot):
    room.open(story())
    news = room.pane._news
    room.focus(news)
    typed = 0
    for _ in range(3):
        wanted = typed + 1
        while len(room.stored().news.text) < wanted:
            assert typed < 2_000
            room.type("x")
            typed += 1
            qtbot.wait(10)
    assert typed > 3


def test_a_saving_waits_for_no_other_work(room, qtbot):
    room.open(story())
    go_on = threading.Event()
    for urgent in (True, False) * 6:
        room.session.run(lambda _: go_on.wait(60), urgent=urgent)
    try:
        room.focus(room.pane._news)
        room.type("word")
        qtbot.waitUntil(lambda: room.stored().news.text == "word")
        assert not go_on.is_set()
    finally:
        go_on.set()


def test_the_status_line_says_that_it_is_saved(room, qtbot):
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("x")
    qtbot.waitUntil(lambda: window._status._saved.text().startswith("Saved"))


def test_the_status_line_says_saved_only_while_every_word_is_on_the_disk(room, qtbot, monkeypatch):
    held, going_on = threading.Event(), threading.Event()
    save = StoryShelf.save

    def slow(self, id, story):
        going_on.set()
        held.wait(60)
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", slow)
    label = room.open(story())._status._saved
    room.focus(room.pane._news)
    room.type("x")
    assert label.text() == "Saving…"
    qtbot.waitUntil(going_on.is_set)
    qtbot.wait(700)
    assert label.text() == "Saving…"
    assert room.desk.writing.has_unsaved
    held.set()
    qtbot.waitUntil(lambda: label.text().startswith("Saved"))
    assert room.stored().news.text == "x"
    room.type("y")
    assert label.text() == "Saving…"
    qtbot.waitUntil(lambda: label.text().startswith("Saved"))


def test_saving_and_saved_do_not_take_turns_while_the_typing_goes_on(room, qtbot):
    told: list[str] = []
    window = room.open(story())
    window._saving.told.connect(lambda text, _tone: told.append(text))
    window._saving._calm.setInterval(60_000)  # a busy machine may pause for longer than an editor who types
    room.focus(room.pane._news)
    for _ in range(12):
        room.type("x")
        qtbot.wait(40)
    assert told == ["Saving…"]


def test_what_stands_beside_saved_does_not_move_when_it_becomes_saving(room, qtbot):
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("x")
    qtbot.waitUntil(lambda: window._status._saved.text().startswith("Saved"))
    QApplication.processEvents()
    place = window._status._story.x()
    room.type("y")
    QApplication.processEvents()
    assert window._status._saved.text() == "Saving…"
    assert window._status._story.x() == place


def test_a_failure_stays_told_while_the_typing_goes_on_until_the_store_takes_words_again(room, qtbot, monkeypatch):
    fails = failing(monkeypatch)
    label = room.open(story())._status._saved
    room.focus(room.pane._news)
    room.type("a")
    qtbot.waitUntil(lambda: label.text().startswith("Not saved"))
    room.type("b")
    assert label.text().startswith("Not saved")
    fails.clear()
    qtbot.waitUntil(lambda: label.text().startswith("Saved"))
    assert room.stored().news.text == "ab"


def test_one_story_that_cannot_be_saved_keeps_the_other_from_being_told_as_saved(room, qtbot, monkeypatch):
    save, label = StoryShelf.save, room.open(story())._status._saved
    other = room.desk.store.stories.add(Story(slug="other", headline="The other one"))

    def perhaps(self, id, story):
        if id == other:
            raise StoreError("The store cannot be written", "The disk is full.")
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", perhaps)
    writing = room.desk.writing
    writing.edit(other, replace(writing.story(other), news=body_from_text("other words")), label="Typing", spot=Spot("news"))
    room.focus(room.pane._news)
    room.type("kept")
    qtbot.waitUntil(lambda: room.stored().news.text == "kept")
    qtbot.waitUntil(lambda: label.text().startswith("Not saved: “The other one”"))
    monkeypatch.undo()
    qtbot.waitUntil(lambda: label.text().startswith("Saved"))
    assert not writing.has_unsaved


def test_the_window_does_not_close_over_a_saving_that_is_on_its_way_and_fails(room, qtbot, monkeypatch):
    held, going_on, fails = threading.Event(), threading.Event(), [True]
    save = StoryShelf.save

    def slow(self, id, story):
        going_on.set()
        held.wait(60)
        if fails:
            raise StoreError("The store cannot be written", "The disk is full.")
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", slow)
    told = answer_leaving(monkeypatch, "Cancel")
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("x")
    qtbot.waitUntil(going_on.is_set)
    threading.Timer(0.3, held.set).start()
    assert not window.close()
    assert told
    fails.clear()
    assert window.close()
    assert room.stored().news.text == "x"


def test_the_status_line_does_not_say_saved_while_a_step_of_the_inbox_is_on_its_way_to_the_disk(room, qtbot):
    room.item("Gauge", "The water had never been so low.")
    window = room.open(story())
    label, held = window._status._saved, threading.Event()
    window.inbox.steps.do(Step("held", lambda: held.wait(60) and NOTHING, lambda: NOTHING))
    assert label.text() == "Saving…"
    qtbot.wait(700)
    assert label.text() == "Saving…"
    held.set()
    qtbot.waitUntil(lambda: label.text().startswith("Saved"))


def failing(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Let the store fail until the list is emptied."""
    fails = [True]
    save = StoryShelf.save

    def perhaps(self, id, story):
        if fails:
            raise StoreError("The store cannot be written", "The disk is full. Free some space.")
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", perhaps)
    return fails


def test_a_store_that_fails_says_so_keeps_the_words_and_tries_again(room, qtbot, monkeypatch):
    fails = failing(monkeypatch)
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("kept")
    qtbot.waitUntil(lambda: window._status._saved.text().startswith("Not saved: “Headline”. The disk is full"))
    assert room.story.news.text == "kept"
    assert room.stored().news.text == ""
    assert "Free some space" in window._status._saved.toolTip()
    assert window._status._saved.minimumSizeHint().width() == 0
    room.type(" on")
    fails.clear()
    qtbot.waitUntil(lambda: room.stored().news.text == "kept on", timeout=5_000)
    qtbot.waitUntil(lambda: window._status._saved.text().startswith("Saved"))


def test_closing_saves_what_was_typed_last(room):
    window = room.open(story())
    room.focus(room.pane._headline)
    room.pane._headline.place_caret(0)
    room.type("Last words ")
    assert window.close()
    assert room.stored().headline == "Last words Headline"


def test_a_save_that_is_overtaken_by_the_close_does_not_bring_old_words_back(room, qtbot, monkeypatch):
    save, held, going_on = StoryShelf.save, threading.Event(), threading.Event()

    def slow(self, id, story):
        if threading.current_thread() is not threading.main_thread():
            going_on.set()
            held.wait(5)
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", slow)
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("first")
    qtbot.waitUntil(going_on.is_set)
    room.type(" and last")
    threading.Timer(0.3, held.set).start()
    assert window.close()
    room.leave()
    assert room.stored().news.text == "first and last"


def answer_leaving(monkeypatch, choice: str) -> list[str]:
    """Press the button with ``choice`` when the window asks; gives what it said."""
    told = []

    def press(box: QMessageBox) -> int:
        told.append(f"{box.text()} {box.informativeText()}")
        button = next(entry for entry in box.buttons() if choice in entry.text().replace("&", ""))
        button.click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return told


def test_a_close_over_a_store_that_fails_asks_and_cancel_keeps_the_window_open(room, monkeypatch):
    fails = failing(monkeypatch)
    told = answer_leaving(monkeypatch, "Cancel")
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("unsaved")
    assert not window.close()
    assert window.isVisible()
    assert "The disk is full" in told[0]
    assert room.story.news.text == "unsaved"
    fails.clear()


def test_the_editor_may_close_and_lose_it(room, monkeypatch):
    fails = failing(monkeypatch)
    answer_leaving(monkeypatch, "Close and lose it")
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("unsaved")
    assert window.close()
    fails.clear()


def test_a_copy_can_be_saved_before_the_window_closes_over_a_store_that_fails(room, monkeypatch):
    fails = failing(monkeypatch)
    copy = room.folder / "copy.json"
    answer_leaving(monkeypatch, "Save a copy")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(copy), ""))
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("unsaved")
    closed = window.close()
    fails.clear()
    assert closed
    assert read_json(copy.read_bytes()).story.news.text == "unsaved"


def test_a_window_opened_again_shows_the_same_story_and_stands_where_it_stood(room):
    window = room.open(story(), size=(900, 700))
    room.desk.writing.new("Another, changed later")
    window.move(40, 30)
    room.focus(room.pane._headline)
    room.pane._headline.place_caret(0)
    room.type("New ")
    window._split.setSizes([260, 320, 320])
    size, split, shown = window.size(), window._split.sizes(), room.story
    room.again()
    window = room.open_last()
    assert room.session.story == room.number
    assert room.pane.story == shown
    assert room.pane._headline.toPlainText() == "New Headline"
    assert (window.size(), window._split.sizes()) == (size, split)


def test_a_second_start_on_the_same_store_is_refused(room):
    with pytest.raises(StoreBusyError) as refused:
        Desk.open(room.folder / "desk.db", offline=True)
    assert refused.value.detail


def test_what_an_undo_took_back_is_saved_too(room, qtbot):
    room.open(replace(story(), news=body_from_text("before")))
    room.focus(room.pane._news)
    room.type("x")
    qtbot.waitUntil(lambda: room.stored().news.text == "beforex")
    room.undo()
    qtbot.waitUntil(lambda: room.stored().news.text == "before")


def test_nothing_is_written_while_nothing_changes(room, qtbot, monkeypatch):
    written = []
    save = StoryShelf.save
    monkeypatch.setattr(StoryShelf, "save", lambda self, id, story: (written.append(id), save(self, id, story)))
    room.open(story())
    room.focus(room.pane._headline)
    room.session.show_card(room.story.signals[0].key)
    QTest.qWait(400)
    QApplication.processEvents()
    assert written == []


def test_a_bug_in_one_saving_does_not_end_the_saving(room, qtbot, monkeypatch):
    broken = [True]
    save = StoryShelf.save

    def perhaps(self, id, story):
        if broken:
            raise RuntimeError("a bug")
        save(self, id, story)

    monkeypatch.setattr(StoryShelf, "save", perhaps)
    window = room.open(story())
    with qtbot.captureExceptions() as raised:
        room.focus(room.pane._news)
        room.type("kept")
        qtbot.waitUntil(lambda: window._status._saved.text().startswith("Not saved"))
        broken.clear()
        qtbot.waitUntil(lambda: room.stored().news.text == "kept")
    assert raised
    assert raised[0][0] is RuntimeError


def two_unsaved(room, monkeypatch) -> tuple[list[bool], int]:
    """The open story and another one, both with words that the store does not take."""
    fails = failing(monkeypatch)
    room.open(replace(story(), lead_image=None))
    other = room.desk.store.stories.add(Story(slug="other", headline="The other one"))
    writing = room.desk.writing
    writing.edit(other, replace(writing.story(other), news=body_from_text("other words")), label="Typing", spot=Spot("news"))
    room.focus(room.pane._news)
    room.type("unsaved")
    return fails, other


def test_a_copy_of_every_story_that_could_not_be_saved_is_offered_and_written(room, monkeypatch):
    fails, _ = two_unsaved(room, monkeypatch)
    told, proposed = answer_leaving(monkeypatch, "Save a copy"), []

    def choose(_parent, _title, name, _kinds):
        proposed.append(name)
        return str(room.folder / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    closed = room.window.close()
    fails.clear()
    assert closed
    assert sorted(proposed) == ["other.zip", "story.zip"]
    assert "The other one" in told[0]
    assert read_json(unpack((room.folder / "story.zip").read_bytes()).document).story.news.text == "unsaved"
    assert read_json(unpack((room.folder / "other.zip").read_bytes()).document).story.news.text == "other words"


def test_one_copy_that_is_not_written_keeps_the_window_open_and_every_word_to_be_saved(room, monkeypatch):
    fails, other = two_unsaved(room, monkeypatch)
    answer_leaving(monkeypatch, "Save a copy")
    names = [str(room.folder / "first.zip"), ""]
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names.pop(0), ""))
    assert not room.window.close()
    assert room.window.isVisible()
    assert sorted(room.desk.writing.unsaved()) == sorted([room.number, other])
    fails.clear()
    assert room.window.close()
    assert room.stored().news.text == "unsaved"


def test_where_the_archive_cannot_be_made_the_words_alone_are_kept_and_nothing_is_overwritten(room, monkeypatch):
    fails = failing(monkeypatch)
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", press_copy_or_read(told))
    (room.folder / "copy.json").write_text("somebody else's")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(room.folder / "copy.zip"), ""))
    monkeypatch.setattr(Documents, "export_document", lambda *_: 1 / 0)
    window = room.open(story())
    room.focus(room.pane._news)
    room.type("unsaved")
    closed = window.close()
    fails.clear()
    assert closed
    assert (room.folder / "copy.json").read_text() == "somebody else's"
    assert read_json((room.folder / "copy-2.json").read_bytes()).story.news.text == "unsaved"
    assert "copy-2.json" in told[-1]


def press_copy_or_read(told: list[str]):
    """Press the first choice of a question, and read a box that has none."""

    def press(box: QMessageBox) -> int:
        told.append(f"{box.text()} {box.informativeText()}")
        for button in box.buttons():
            if "Save a copy" in button.text():
                button.click()
        return 0

    return press


def test_a_bug_while_closing_asks_too_and_the_words_stay(room, monkeypatch):
    broken = [True]
    save_all = Writing.save_all
    monkeypatch.setattr(Writing, "save_all", lambda self: 1 / 0 if broken else save_all(self))
    told = answer_leaving(monkeypatch, "Cancel")
    window = room.open(story())
    room.pane._writing.edit(room.number, replace(room.story, headline="New"), label="Typing", spot=Spot("headline"))
    assert not window.close()
    assert window.isVisible()
    assert "ZeroDivisionError" in told[0]
    broken.clear()
    assert window.close()
    assert room.stored().headline == "New"
