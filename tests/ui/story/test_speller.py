"""Spelling as you type, in the window, with the real library."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QMenu

from workstation.domain.body import body_from_text, read_html, write_html
from workstation.domain.changes import stories_changed
from workstation.domain.story import SignalCard, Source, Story
from workstation.workflow.history import Spot


def a_story(**fields) -> Story:
    return replace(Story(slug="story", headline="", language="en-US", signals=(SignalCard(),)), **fields)


def marked(edit) -> list[str]:
    return [selection.cursor.selectedText() for selection in edit._layers.get("spelling", [])]


def wait_for(room, edit, words: list[str]) -> None:
    room.qtbot.waitUntil(lambda: marked(edit) == words)


def menu_at(edit, word: str) -> QMenu:
    """The context menu that a click on ``word`` opens."""
    cursor = edit.document().find(word)
    cursor.setPosition(cursor.selectionStart() + 1)
    at = edit.cursorRect(cursor).center()
    before = set(QApplication.topLevelWidgets())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, edit.viewport().mapToGlobal(at))
    edit.contextMenuEvent(event)
    (menu,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible() and w not in before] or [
        w for w in QApplication.topLevelWidgets() if isinstance(w, QMenu) and w.isVisible()
    ]
    return menu


def entries(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def choose(room, edit, word: str, entry: str) -> None:
    menu = menu_at(edit, word)
    room.qtbot.waitUntil(lambda: entry in entries(menu))
    next(action for action in menu.actions() if action.text() == entry).trigger()
    menu.close()


def test_unknown_words_bear_a_red_wave_in_every_field_and_never_reach_the_story(room):
    story = a_story(headline="A headlien", news=body_from_text("Teh news.\nNATO met at https://teh.example in 2024."))
    room.open(story)
    wait_for(room, room.pane._headline, ["headlien"])
    wait_for(room, room.pane._news, ["Teh"])
    (wave,) = room.pane._news._layers["spelling"]
    assert wave.format.underlineStyle() == QTextCharFormat.UnderlineStyle.WaveUnderline
    assert wave.format.underlineColor() == room.theme.colour("bad")
    assert room.story == story
    assert room.pane.labels() == (None, None)


def test_the_word_under_the_caret_is_marked_once_it_is_left(room):
    room.open(a_story())
    edit = room.pane._news
    room.focus(edit)
    room.type("Teh harbr")
    wait_for(room, edit, ["Teh"])
    room.qtbot.wait(500)
    assert marked(edit) == ["Teh"]
    room.type(" ")
    wait_for(room, edit, ["Teh", "harbr"])
    edit.place_caret(6)
    wait_for(room, edit, ["Teh"])
    room.focus(room.pane._headline)
    wait_for(room, edit, ["Teh", "harbr"])


def test_a_corrected_word_loses_its_wave(room):
    room.open(a_story(news=body_from_text("Teh news")))
    edit = room.pane._news
    wait_for(room, edit, ["Teh"])
    room.focus(edit)
    edit.place_caret(3)
    for _ in range(2):
        room.press(Qt.Key.Key_Backspace)
    room.type("he ")
    wait_for(room, edit, [])
    assert room.story.news.text == "The news"


def test_the_menu_offers_suggestions_beside_qts_own_entries_and_a_choice_is_one_step_that_keeps_the_link(room):
    body = read_html('<p>See <a href="https://a.example/">harbuor now</a></p>').body
    room.open(a_story(news=body))
    edit = room.pane._news
    wait_for(room, edit, ["harbuor"])
    menu = menu_at(edit, "harbuor")
    room.qtbot.waitUntil(lambda: "harbor" in entries(menu))
    texts = entries(menu)
    assert texts.index("harbor") == 0 and texts.index("Add “harbuor” to the dictionary") <= 6
    assert "Ignore in this story" in texts
    assert any("Paste" in text for text in texts) and any("Copy" in text for text in texts)
    menu.actions()[0].trigger()
    menu.close()
    assert write_html(room.story.news) == '<p>See <a href="https://a.example/">harbor now</a></p>'
    room.pane.undo()
    assert room.story.news == body
    edit.place_caret(0)
    wait_for(room, edit, ["harbuor"])


def test_the_menu_of_a_known_word_is_qts_own(room):
    room.open(a_story(news=body_from_text("Teh news")))
    wait_for(room, room.pane._news, ["Teh"])
    menu = menu_at(room.pane._news, "news")
    assert not any("dictionary" in text or "Ignore" in text for text in entries(menu))
    menu.close()


def test_an_added_word_is_known_everywhere_and_an_ignored_one_in_this_story(room):
    room.open(a_story(headline="Frobble", news=body_from_text("frobble quonk")))
    wait_for(room, room.pane._news, ["frobble", "quonk"])
    choose(room, room.pane._news, "frobble", "Add “frobble” to the dictionary")
    wait_for(room, room.pane._news, ["quonk"])
    wait_for(room, room.pane._headline, [])
    choose(room, room.pane._news, "quonk", "Ignore in this story")
    wait_for(room, room.pane._news, [])
    other = room.desk.store.stories.add(a_story(slug="other", news=body_from_text("frobble quonk")))
    room.session.show_story(other)
    wait_for(room, room.pane._news, ["quonk"])


def test_names_of_a_new_source_are_known_as_soon_as_it_is_named(room):
    room.open(a_story(news=body_from_text("Zorvane said so")))
    wait_for(room, room.pane._news, ["Zorvane"])
    card = room.story.signals[0]
    room.desk.writing.edit(
        room.number,
        room.story.with_changed_card(replace(card, sources=(Source(name="Zorvane Post"),))),
        label="x",
        spot=Spot("sources", card.key),
    )
    room.session.publish(stories_changed(room.number))
    wait_for(room, room.pane._news, [])


def test_a_language_without_a_dictionary_is_said_once_and_marks_nothing(room):
    room.open(a_story(news=body_from_text("Teh news")))
    wait_for(room, room.pane._news, ["Teh"])
    action = room.window.words.spelling
    other = room.desk.store.stories.add(a_story(slug="other", language="tlh", news=body_from_text("teh teh")))
    room.session.show_story(other)
    room.qtbot.waitUntil(lambda: not action.isEnabled())
    assert "no dictionary" in action.text()
    room.focus(room.pane._news)
    room.type("x ")
    room.qtbot.wait(800)
    assert marked(room.pane._news) == []
    assert len([text for text, _ in room.said if text.startswith("Words are not checked")]) == 1
    room.session.show_story(room.number)
    wait_for(room, room.pane._news, ["Teh"])
    assert action.isEnabled() and "no dictionary" not in action.text()


def test_the_switch_takes_the_waves_away_brings_them_back_and_outlives_the_window(room):
    room.open(a_story(news=body_from_text("Teh news")))
    wait_for(room, room.pane._news, ["Teh"])
    room.window.words.spelling.trigger()
    assert marked(room.pane._news) == []
    room.window.words.spelling.trigger()
    wait_for(room, room.pane._news, ["Teh"])
    room.window.words.spelling.trigger()
    room.again()
    room.open_last()
    assert not room.window.words.spelling.isChecked()


def test_words_that_are_tied_to_a_quote_bear_no_wave(room):
    body = read_html('<p>Teh “<mark data-quote="q">teh port</mark>” harbr</p>').body
    room.open(a_story(news=body))
    wait_for(room, room.pane._news, ["Teh", "harbr"])


def test_a_keyboards_menu_key_asks_for_the_word_at_the_caret(room):
    room.open(a_story(news=body_from_text("Teh news")))
    edit = room.pane._news
    wait_for(room, edit, ["Teh"])
    room.focus(edit)
    edit.moveCursor(QTextCursor.MoveOperation.Start)
    menus = []
    edit.menu_made.connect(lambda menu, _: menus.append(menu))
    edit.contextMenuEvent(QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0)))
    assert "Add “Teh” to the dictionary" in entries(menus[0])
    menus[0].close()
