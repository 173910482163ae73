"""Find and replace in the window."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text, read_html, write_html
from workstation.domain.grade import Grade
from workstation.domain.problem import Place, QuotationCheck
from workstation.domain.story import LeadImage, SignalCard, Story
from workstation.ui.story.places import Places, place_of
from workstation.ui.story.verdict import Tone, Verdict

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def a_story(**fields) -> Story:
    cards = (
        SignalCard(headline="The port opens", body=body_from_text("A port.\nNo port here: airport.")),
        SignalCard(headline="Second", body=read_html('<p>Says “<mark data-quote="q">the port is shut</mark>”.</p>').body),
    )
    base = Story(slug="story", headline="Port news", news=body_from_text("The port is open."), signals=cards)
    return replace(base, **fields)


def finder(room):
    return room.window.words.finder


def count(room) -> str:
    return finder(room).bar._count.text()


def told(room) -> str:
    return finder(room).bar._told.text()


def search(room, words: str, **switches: bool) -> None:
    room.focus(room.pane._headline)
    room.pane._headline.place_caret(0)
    room.press(Qt.Key.Key_F, CONTROL)
    bar = finder(room).bar
    for name in ("case", "whole", "expression"):
        getattr(bar, name).setChecked(switches.get(name, False))
    bar.field.setText(words)
    wait(room)


def wait(room) -> None:
    room.qtbot.waitUntil(lambda: not finder(room)._timer.isActive() and not finder(room)._is_searching)


def found(edit) -> list[str]:
    return [selection.cursor.selectedText() for selection in edit._layers.get("found", [])]


def test_control_f_counts_over_the_whole_story_and_marks_every_place_and_the_current_one_apart(room):
    room.open(a_story())
    search(room, "port")
    assert count(room) == "1 of 7"
    frames = room.pane._cards.frames()
    assert found(room.pane._headline) == ["Port"]
    assert found(frames[0].body) == ["port", "port", "port"]
    (current,) = room.pane._headline._layers["found"]
    assert current.format.background().color() == room.theme.colour("accent")
    room.press(Qt.Key.Key_Return)
    assert count(room) == "2 of 7"
    assert room.pane._headline._layers["found"][0].format.background().color() == room.theme.colour("quote")
    room.press(Qt.Key.Key_Return, SHIFT)
    room.press(Qt.Key.Key_Return, SHIFT)
    assert count(room) == "7 of 7"


def test_case_whole_words_and_expressions_narrow_the_search_and_a_broken_expression_is_told_beside_the_field(room):
    room.open(a_story())
    search(room, "port", case=True)
    assert count(room) == "1 of 6"
    search(room, "port", whole=True)
    assert count(room) == "1 of 6"
    search(room, r"\bport (is|here)", expression=True)
    assert count(room) == "1 of 3"
    search(room, "port(", expression=True)
    assert told(room).startswith("The expression is broken") and count(room) == ""
    assert found(room.pane._headline) == []
    search(room, "nothing of the kind")
    assert (count(room), told(room)) == ("Not found", "")


def test_a_catastrophic_expression_is_stopped_while_the_window_goes_on(room):
    room.open(a_story(headline="a" * 60 + "b"))
    search_began = finder(room)
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_F, CONTROL)
    search_began.bar.expression.setChecked(True)
    search_began.bar.field.setText("(?:a|aa)+$")
    room.qtbot.waitUntil(lambda: search_began._is_searching)
    room.focus(room.pane._news)
    room.type("Q")
    assert "Q" in room.story.news.text and search_began._is_searching
    room.qtbot.waitUntil(lambda: "takes too long" in told(room))


def test_the_search_begins_at_the_caret_with_the_selected_words_and_escape_leads_back_to_the_place(room):
    room.open(a_story())
    body = room.pane._cards.frames()[0].body
    room.focus(body)
    cursor = body.document().find("port")
    body.setTextCursor(cursor)
    room.press(Qt.Key.Key_F, CONTROL)
    assert finder(room).bar.field.text() == "port"
    wait(room)
    assert count(room) == "4 of 7"
    room.press(Qt.Key.Key_F3)
    room.press(Qt.Key.Key_Escape)
    assert finder(room).bar.isHidden() and found(body) == []
    assert QApplication.focusWidget() is body
    assert (body.textCursor().selectedText(), place_of(body.textCursor())) == ("port", (1, 3))
    room.press(Qt.Key.Key_F3, SHIFT)
    wait(room)
    assert count(room) == "4 of 7"
    room.press(Qt.Key.Key_Escape)
    body.place_caret(5)
    room.press(Qt.Key.Key_F3)
    wait(room)
    assert count(room) == "5 of 7"


def test_what_is_typed_into_the_story_is_counted_while_the_bar_is_open(room):
    room.open(a_story())
    search(room, "port")
    room.focus(room.pane._news)
    room.pane._news.place_caret(0)
    room.type("port ")
    room.qtbot.waitUntil(lambda: count(room).endswith("of 8"))
    assert found(room.pane._news) == ["port", "port"]


def test_replacing_goes_from_place_to_place_and_each_is_a_step(room):
    room.open(a_story())
    search(room, "port")
    room.press(Qt.Key.Key_H, CONTROL)
    bar = finder(room).bar
    bar.replacement.setText("Quay")
    bar.replacement.setFocus()
    room.press(Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: count(room) == "1 of 6")
    assert room.story.headline == "Quay news"
    bar.one.click()
    room.qtbot.waitUntil(lambda: count(room) == "1 of 5")
    assert room.story.news.text == "The Quay is open."
    room.pane.undo()
    assert (room.story.news.text, room.story.headline) == ("The port is open.", "Quay news")


def test_replace_all_is_one_step_leaves_quotations_and_says_so(room):
    story = a_story()
    room.open(story)
    search(room, "port")
    room.press(Qt.Key.Key_H, CONTROL)
    finder(room).bar.replacement.setText("quay")
    finder(room).bar.all.click()
    room.qtbot.waitUntil(lambda: "replaced" in told(room))
    assert told(room) == "6 places replaced. 1 place stands inside a verified quotation and was left."
    assert room.story.headline == room.pane._headline.text() == "quay news"
    assert room.story.signals[0].body.text == "A quay.\nNo quay here: airquay."
    assert write_html(room.story.signals[1].body) == '<p>Says “<mark data-quote="q">the port is shut</mark>”.</p>'
    room.pane.undo()
    assert room.story == story


def test_the_fields_of_the_picture_the_worded_insights_line_and_parked_cards_are_searched(room):
    image = LeadImage(file="lead.png", alt="the port at dusk", caption="A port", credit="x")
    parked = (SignalCard(headline="Parked", body=body_from_text("the port again")),)
    room.open(
        a_story(
            headline="x",
            lead_image=image,
            insights="Insights from Port Wire",
            parked=parked,
            news=body_from_text("y"),
            signals=(),
        )
    )
    search(room, "port")
    assert count(room) == "1 of 4"
    assert room.pane._insights._own.selectedText() == "Port"
    room.press(Qt.Key.Key_F3)
    assert room.pane._image.field("alt").selectedText() == "port" and room.pane._image.field("alt").isVisible()
    assert room.pane._insights._own.selectedText() == ""
    room.press(Qt.Key.Key_F3)
    room.press(Qt.Key.Key_F3)
    assert count(room) == "4 of 4" and told(room) == "In the parked card “Parked”."
    room.press(Qt.Key.Key_H, CONTROL)
    finder(room).bar.replacement.setText("quay")
    finder(room).bar.all.click()
    room.qtbot.waitUntil(lambda: told(room) == "4 places replaced.")
    assert room.story.parked[0].body.text == "the quay again"
    assert room.story.lead_image.alt == "the quay at dusk" == room.pane._image.field("alt").text()
    assert room.story.insights == "Insights from quay Wire"


def test_the_places_stand_beside_the_quotation_marks_in_a_text(room):
    room.open(a_story())
    body = room.pane._cards.frames()[0].body
    search(room, "port")
    check = QuotationCheck(Place("body", 0, 0, 6), printed="A port", grade=Grade.ALTERED)
    body.show_quotations([Verdict(check, Tone.BAD)])
    drawn = [selection.cursor.selectedText() for selection in body.extraSelections()]
    assert drawn == ["A port", "port", "port", "port"]
    finder(room).bar.close_bar()
    assert [selection.cursor.selectedText() for selection in body.extraSelections()] == ["A port"]


def test_the_reader_keeps_its_own_control_f(room):
    window = room.open(a_story())
    item = room.item("Title", "The port is in the text of this item. " * 3)
    room.session.show_item(item)
    room.qtbot.waitUntil(lambda: window.reader._reading is not None)
    window.reader.setFocus()
    room.press(Qt.Key.Key_F, CONTROL)
    assert finder(room).bar.isHidden()
    assert not window.reader._finder.isHidden()


@pytest.mark.parametrize(
    ("text", "block", "start", "end", "selected"),
    [
        ("one two", 0, 4, 7, "two"),
        ("\n\n  one   two \n\nthree", 0, 4, 7, "two"),
        ("one\n\nthree four", 1, 6, 10, "four"),
        ("😀 naïve 😀 words", 0, 10, 15, "words"),
        ("nai\u0308ve words", 0, 6, 11, "words"),
        ("a\u00a0 b", 0, 3, 4, "b"),
    ],
)
def test_code_points_of_the_story_are_found_in_a_document_with_more_spaces(text, block, start, end, selected):
    document = QTextDocument()
    document.setPlainText(text)
    cursor = Places(document).cursor(block, start, end)
    assert cursor is not None and cursor.selectedText() == selected
    assert Places(document).cursor(9, 0, 1) is None
