"""Typographic marks while typing, in the window, with their undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text, read_html, write_html
from workstation.domain.grade import Grade
from workstation.domain.problem import Place, QuotationCheck
from workstation.domain.story import SignalCard, Story
from workstation.ui.story.verdict import Tone, Verdict

CONTROL = Qt.KeyboardModifier.ControlModifier


def a_story(**fields) -> Story:
    return replace(Story(slug="story", headline="", signals=(SignalCard(),)), **fields)


def card_body(room):
    return room.pane._cards.frames()[0].body


@pytest.mark.parametrize(
    ("field", "read"),
    [
        (lambda room: room.pane._headline, lambda story: story.headline),
        (lambda room: room.pane._news, lambda story: story.news.text),
        (lambda room: room.pane._cards.frames()[0].headline, lambda story: story.signals[0].headline),
        (card_body, lambda story: story.signals[0].body.text),
    ],
    ids=["headline", "news", "card headline", "card body"],
)
def test_straight_marks_become_typographic_ones_in_every_field_also_of_a_new_card(room, field, read):
    room.open(a_story())
    room.focus(field(room))
    room.type("\"Hello\" -- it's '90s")
    assert read(room.story) == "“Hello” — it’s ’90s"
    room.pane.add_card(0)
    room.type("it's")
    assert room.story.signals[0].headline == "it’s"


def test_undo_takes_back_the_mark_alone_and_then_the_word_and_redo_brings_both(room):
    room.open(a_story(headline="Old"))
    edit = room.pane._headline
    room.focus(edit)
    edit.place_caret(3)
    room.type(" it's")
    assert room.story.headline == "Old it’s"
    room.undo()
    assert room.story.headline == "Old it’"
    room.undo()
    assert (room.story.headline, edit.toPlainText(), edit.caret()) == ("Old it'", "Old it'", 7)
    room.undo()
    assert room.story.headline == "Old"
    for _ in range(3):
        room.redo()
    assert room.story.headline == "Old it’s"


def test_typing_goes_on_after_the_mark_was_undone_and_nothing_is_replaced_again(room):
    room.open(a_story())
    room.focus(card_body(room))
    room.type('"')
    room.undo()
    room.type("x")
    assert room.story.signals[0].body.text == '"x'


def test_backspace_right_after_a_mark_brings_back_what_was_typed_and_later_deletes(room):
    room.open(a_story())
    room.focus(card_body(room))
    room.type("so...")
    room.press(Qt.Key.Key_Backspace)
    assert room.story.signals[0].body.text == "so..."
    room.press(Qt.Key.Key_Backspace)
    assert room.story.signals[0].body.text == "so.."
    room.type("a'")
    room.type("b")
    room.press(Qt.Key.Key_Backspace)
    assert room.story.signals[0].body.text == "so..a’"


def test_the_marks_are_those_of_the_storys_language_with_its_spaces_kept_in_headline_and_text(room):
    room.open(a_story(language="fr"))
    room.focus(room.pane._headline)
    room.type('Il dit "oui"!')
    room.focus(card_body(room))
    room.type('"oui"?')
    assert room.story.headline == "Il dit «\u202foui\u202f»\u202f!"
    assert room.story.signals[0].body.text == "«\u202foui\u202f»\u202f?"
    room.desk.writing.save_all()
    assert room.stored().headline == "Il dit «\u202foui\u202f»\u202f!"


def test_the_switch_is_in_the_edit_menu_and_outlives_the_window(room):
    window = room.open(a_story())
    action = next(action for action in window._menus[1].actions() if "Typographic" in action.text())
    assert action.isChecked()
    action.trigger()
    room.focus(room.pane._headline)
    room.type("it's")
    assert room.story.headline == "it's"
    room.again()
    window = room.open_last()
    assert not window.words.marks.isChecked()


def test_what_is_pasted_and_what_is_tied_to_a_quote_stays_as_it_is(room):
    body = read_html('<p>“<mark data-quote="q">We go home</mark>” </p>').body
    room.open(a_story(signals=(SignalCard(body=body),)))
    edit = card_body(room)
    room.focus(edit)
    data = QMimeData()
    data.setText('"it\'s"')
    edit.place_caret(len("“We go home”"))
    edit.insertFromMimeData(data)
    assert room.story.signals[0].body.text.endswith('"it\'s"')
    edit.place_caret(len("“We go"))
    room.type("'s--x")
    assert "We go's--x home" in room.story.signals[0].body.text


def test_a_verified_quotation_is_not_retouched_but_its_end_is(room):
    room.open(a_story(signals=(SignalCard(body=body_from_text("“We go home”")),)))
    edit = card_body(room)
    edit.show_quotations([Verdict(QuotationCheck(Place("body", 0, 1, 11), printed="We go home", grade=Grade.EXACT), Tone.GOOD)])
    room.focus(edit)
    edit.place_caret(6)
    room.type("'")
    assert room.story.signals[0].body.text == "“We go' home”"
    edit.place_caret(len("“We go' home”"))
    room.type("'")
    assert room.story.signals[0].body.text == "“We go' home”’"


def test_a_mark_keeps_the_marks_of_the_words_around_it(room):
    body = read_html('<p><strong>bold</strong> <a href="https://a.example/">link word</a></p>').body
    room.open(a_story(news=body))
    edit = room.pane._news
    room.focus(edit)
    edit.place_caret(4)
    room.type("'s")
    edit.place_caret(len("bold's link"))
    room.type("'")
    assert write_html(room.story.news) == '<p><strong>bold’s</strong> <a href="https://a.example/">link’ word</a></p>'


def test_an_input_method_and_characters_beyond_the_basic_plane_go_on_working(room):
    room.open(a_story())
    edit = card_body(room)
    room.focus(edit)
    room.type("a")
    for preedit, commit in (("´", ""), ("", "é"), ("", " 😀 "), ("", '"'), ("", "o"), ("", '"')):
        event = QInputMethodEvent(preedit, [])
        event.setCommitString(commit)
        QApplication.sendEvent(edit, event)
    assert room.story.signals[0].body.text == "aé 😀 “o”"


def test_a_selection_that_is_typed_over_gives_way_to_the_mark(room):
    room.open(a_story(headline="Some words"))
    edit = room.pane._headline
    room.focus(edit)
    edit.select_all()
    QTest.keyClicks(edit, '"A')
    assert room.story.headline == "“A"
