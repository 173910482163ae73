"""The window as a whole: every control has a name, keys do what the menus say, the desk's verbs have their places."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMessageBox,
    QTextEdit,
    QWidget,
)

from workstation.domain.changes import stories_changed
from workstation.domain.story import LeadImage, SignalCard, Source, Story
from workstation.domain.story_document import read_json
from workstation.errors import NotFoundError, WorkstationError
from workstation.store.stories import StoryShelf
from workstation.ui.dialogs.commands import CommandsDialog
from workstation.ui.dialogs.destinations import DestinationsDialog
from workstation.ui.dialogs.handing_over.dialog import HandOverDialog
from workstation.ui.dialogs.source import SourceDialog
from workstation.ui.dialogs.stories import StoriesDialog
from workstation.ui.reading_time import reading_time
from workstation.ui.window import CHECKS, PREVIEW, READER

CONTROLS = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


def story(room) -> Story:
    source = room.source(room.item("Gauge", "The water had never been so low."))
    card = SignalCard(headline="Low water", sources=(source, Source(name="No link")), body=room.body("<p>It is “so low”.</p>"))
    return Story(
        slug="story", headline="Low water", signals=(card, SignalCard()), lead_image=LeadImage(file="a.png"), insights="Own words"
    )


def name_of(widget: QWidget) -> str:
    """What a screen reader says of a control."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else widget.accessibleName()


def nameless(root: QWidget) -> list[str]:
    found = []
    for control in root.findChildren(QWidget):
        inner = control.focusProxy() is not None or isinstance(control.parentWidget(), CONTROLS)
        if isinstance(control, CONTROLS) and control.isVisible() and not inner and not name_of(control):
            above = control.parentWidget()
            found.append(f"{type(control).__name__} {control.objectName()} in {type(above).__name__}")
    return found


def test_every_control_of_the_window_has_a_name(room, qtbot):
    window = room.open(story(room), size=(1400, 1000))
    room.pane._overline.setChecked(True)
    room.pane._image.open_fields()
    for side in (PREVIEW, READER, CHECKS):
        window.show_side(side)
        qtbot.wait(350)
        assert nameless(window) == [], side
    room.session.show_item(room.story.signals[0].sources[0].item)
    qtbot.wait(300)
    assert nameless(window) == []


@pytest.mark.parametrize("kind", ["export", "destinations", "stories", "source", "commands"])
def test_every_control_of_a_dialog_has_a_name(room, qtbot, kind):
    window = room.open(story(room))
    dialogs = {
        "export": lambda: HandOverDialog(room.session, room.theme, room.desk, room.settings, window),
        "destinations": lambda: DestinationsDialog(room.session, room.desk, window),
        "stories": lambda: StoriesDialog(room.session, room.theme, room.desk.writing, room.desk.shelving, window),
        "source": lambda: SourceDialog(Source(name="A"), window),
        "commands": lambda: CommandsDialog([room.pane.text.strong], window),
    }
    dialog = dialogs[kind]()
    dialog.show()
    QApplication.processEvents()
    found = nameless(dialog)
    dialog.close()
    assert found == []


def test_no_two_actions_of_the_menus_share_a_key(room):
    window = room.open()
    actions = [action for menu in window._menus for action in menu.actions()]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert "Ctrl+Shift+N" in keys


def test_the_title_and_the_status_line_follow_the_story(room, qtbot):
    window = room.open(story(room))
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Low water"))
    room.focus(room.pane._headline)
    room.type("!")
    qtbot.waitUntil(lambda: window.windowTitle().startswith("Low water!"))
    room.focus(room.pane._news)
    room.type("four words of news")
    qtbot.waitUntil(lambda: "8 words" in window._status._story.text())
    assert "2 signals" in window._status._story.text()
    assert "2 sources" in window._status._story.text()


@pytest.mark.parametrize(("words", "told"), [(0, "0 s"), (37, "10 s"), (220, "1 min"), (300, "1 min 20 s")])
def test_how_long_a_story_takes_to_read(words, told):
    assert reading_time(words) == told


def test_a_failure_stays_in_the_status_line_until_the_next_word(room):
    window = room.open()
    room.session.say("Not fetched", "bad")
    assert not window._status._clear.isActive()
    room.session.say("Fetched", "good")
    assert window._status._clear.isActive()
    assert window._status._said.text().strip() == "Fetched"


def test_control_z_in_the_inbox_leaves_the_story_alone(room):
    window = room.open(story(room))
    room.focus(room.pane._headline)
    room.type("!")
    changed = room.story
    window.inbox.focus_list()
    room.undo()
    assert room.story == changed


@pytest.mark.parametrize(("key", "side"), [(Qt.Key.Key_1, PREVIEW), (Qt.Key.Key_2, READER), (Qt.Key.Key_3, CHECKS)])
def test_keys_turn_the_third_column(room, key, side):
    window = room.open()
    room.focus(room.pane._headline)
    room.press(key, Qt.KeyboardModifier.ControlModifier)
    assert window._stack.currentIndex() == side
    assert window._tabs.button(side).isChecked()


def test_a_new_story_and_a_duplicate_by_the_menus(room):
    room.open(story(room))
    room.focus(room.pane._headline)
    room.window.open_story.duplicate()
    assert room.pane.story.headline == "Low water (copy)"
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert room.pane.story.headline == ""


def test_a_document_goes_out_and_comes_in_again_as_a_story_of_its_own(room, qtbot, monkeypatch):
    window = room.open(Story(slug="story", headline="Low water", news=room.body("<p>The <strong>water</strong></p>")))
    out = room.folder / "out.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(out), ""))
    window.documents.ask_export()
    qtbot.waitUntil(out.exists)
    assert read_json(out.read_bytes()).story == room.story
    out.write_text(out.read_text(encoding="utf-8").replace('"story"', '"another"'), encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(out), ""))
    window.documents.ask_import()
    qtbot.waitUntil(lambda: room.pane.story.slug == "another")
    assert room.pane._news.body() == room.story.news


def test_what_is_no_document_is_refused_with_its_reason(room, qtbot, monkeypatch):
    window = room.open()
    wrong, told = room.folder / "wrong.json", []
    wrong.write_text("{}")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(wrong), ""))
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    window.documents.ask_import()
    qtbot.waitUntil(lambda: bool(told))
    assert room.session.story == room.number


def test_a_story_that_does_not_want_to_be_made_is_told(room, monkeypatch):
    from workstation.errors import StoreError
    from workstation.store.stories import StoryShelf

    window = room.open()
    told = []

    def fail(*_args, **_fields):
        raise StoreError("The store cannot be written", "The disk is full.")

    monkeypatch.setattr(StoryShelf, "add", fail)
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    window.open_story.duplicate()
    assert len(told) + len([text for text, tone in room.said if tone == "bad"]) == 2
    assert room.session.story == room.number


def test_nothing_asks_where_nobody_is(room):
    """The room's own guard: a question that no test answers fails instead of waiting for ever."""
    with pytest.raises(pytest.fail.Exception):
        QInputDialog().exec()


def test_removing_the_sample_desk_turns_away_from_its_open_story_first(room, qtbot):
    window = room.open(story(room))
    window.sample.load()
    qtbot.waitUntil(lambda: room.session.story != room.number)
    sample = room.session.story
    with qtbot.captureExceptions() as raised:
        window.sample.remove()
        qtbot.waitUntil(lambda: any(text.startswith("The sample desk is removed") for text, _ in room.said))
        qtbot.wait(400)
    assert raised == []
    assert room.session.story == room.number
    assert sample not in {entry.id for entry in room.desk.writing.entries(include_spiked=True)}


def test_a_story_that_is_gone_gives_way_to_another_one(room, qtbot, monkeypatch):
    room.open(story(room))
    other, gone, get = room.desk.writing.new("Another one"), room.number, StoryShelf.get
    entries = StoryShelf.entries

    def without(self, number):
        if number == gone:
            raise NotFoundError("There is no such story")
        return get(self, number)

    monkeypatch.setattr(StoryShelf, "get", without)
    monkeypatch.setattr(StoryShelf, "entries", lambda self, **kinds: [e for e in entries(self, **kinds) if e.id != gone])
    room.desk.writing.reread(gone)
    room.session.publish(stories_changed(gone))
    assert room.session.story == other
    assert room.pane.story.headline == "Another one"
    assert room.pane.isEnabled()


def test_the_about_box_names_the_desk(room, monkeypatch):
    window, told = room.open(story(room)), []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: told.append(box.text()))
    window._about()
    assert str(room.desk.path) in told[0]


def test_the_publications_of_the_folder_are_offered_without_reading_them_in_the_windows_thread(room, qtbot, monkeypatch):
    window, threads = room.open(), []
    names = type(room.desk.publications).names

    def watched(self):
        threads.append(threading.current_thread())
        return names(self)

    monkeypatch.setattr(type(room.desk.publications), "names", watched)
    window._publications.aboutToShow.emit()
    qtbot.waitUntil(lambda: any(action.isChecked() for action in window._publications.actions()))
    assert threads
    assert threading.main_thread() not in threads
    assert [action.isChecked() for action in window._publications.actions()].count(True) == 1


def test_a_boxs_words_are_words(room, monkeypatch):
    window, boxes = room.open(), []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: boxes.append((box.textFormat(), box.text())))
    window._warn(WorkstationError("Not done", "<table><tr><td>x"))
    assert boxes == [(Qt.TextFormat.PlainText, "Not done.\n\n<table><tr><td>x")]


def test_the_commands_have_a_border_of_their_own(room, qtbot):
    dialog = CommandsDialog([room.open().story.text.strong], room.window)
    qtbot.addWidget(dialog)
    dialog.show()
    QApplication.processEvents()
    assert dialog.grab().toImage().pixelColor(0, 100) == room.theme.colour("accent")


@pytest.mark.parametrize(("chosen", "found"), [(CHECKS, CHECKS), (READER, PREVIEW), (PREVIEW, PREVIEW)])
def test_the_checks_stay_in_front_over_a_restart_and_the_reader_without_a_source_gives_way(room, chosen, found):
    room.open().show_side(chosen)
    room.again()
    assert room.open_last()._stack.currentIndex() == found
