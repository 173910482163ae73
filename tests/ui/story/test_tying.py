"""The sentence under the caret is tied to the passage in the reader, with the keys of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workstation.domain.story import Story
from workstation.ui.window import READER

TEXT = "The gauge office said on Monday that the water had never been so low.\nBoats wait at the upper lock until Friday."
SENTENCE = "The river is lower than ever."


@pytest.fixture
def tying(room, qtbot):
    """A window with a card of two sentences, whose item is read beside it, and the caret in the second sentence."""
    item = room.item("Gauge", TEXT)
    card = room.card("Low water", f"<p>It is dry. {SENTENCE}</p>", (room.source(item),))
    window = room.open(Story(slug="story", headline="Low water", news=room.body("<p>The water is low.</p>"), signals=(card,)))
    room.session.said.connect(lambda *said: room.said.append(said))
    frame = room.pane._cards.frames()[0]
    room.focus(frame.body)
    frame.body.place_caret(len("It is dry. The"))
    room.session.show_item(item)
    qtbot.waitUntil(lambda: window.reader._reading is not None)
    return item


def select(room, words: str) -> None:
    """Turn to the reader and select words there, as a hand would."""
    start = TEXT.index(words)
    room.window.reader.show_passage(room.session.item, start, start + len(words))
    room.window.show_side(READER)
    room.window.reader.focus_text()
    room.qtbot.waitUntil(lambda: room.window.reader.selected is not None)


def claimed(room) -> list[tuple[str, str]]:
    return [(claim.words, room.desk.store.quotes.get(claim.quote).exact) for claim in room.story.signals[0].claims]


def test_r_in_the_reader_ties_the_sentence_under_the_caret_and_undo_unties_it(room, qtbot, tying):
    select(room, "the water had never been so low")
    room.press(Qt.Key.Key_R)
    assert claimed(room) == [(SENTENCE, "the water had never been so low")]
    assert room.said[-1] == (f"Tied to the passage: “{SENTENCE}”", "good")
    room.pane.undo()
    assert claimed(room) == []


def test_the_menu_of_the_text_ties_and_unties(room, qtbot, tying):
    select(room, "Boats wait at the upper lock")
    assert {room.pane.tie, room.pane.untie} <= set(room.pane._cards.frames()[0].body.actions())
    room.pane.tie.trigger()
    assert claimed(room) == [(SENTENCE, "Boats wait at the upper lock")]
    room.pane.untie.trigger()
    assert claimed(room) == []
    room.pane.untie.trigger()
    assert room.said[-1] == ("This sentence is tied to no passage.", "warn")


def test_ctrl_j_leads_from_a_tied_sentence_to_its_passage(room, qtbot, tying):
    select(room, "Boats wait at the upper lock")
    room.window.tying.tie()
    room.window.reader._view.drop_selection()
    body = room.pane._cards.frames()[0].body
    room.focus(body)
    body.place_caret(len("It is dry. The river"))
    room.press(Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.window.reader.selected is not None)
    passage = room.window.reader.selected
    assert TEXT[passage.start : passage.end] == "Boats wait at the upper lock"


def test_a_sentence_of_the_news_is_tied_too(room, qtbot, tying):
    news = room.pane._news
    room.focus(news)
    news.place_caret(4)
    select(room, "the water had never been so low")
    room.press(Qt.Key.Key_R)
    assert [claim.words for claim in room.story.claims] == ["The water is low."]
    assert claimed(room) == []


def test_without_a_selection_or_a_sentence_it_says_what_is_missing(room, qtbot, tying):
    room.window.tying.tie()
    assert "Select the passage in the reader first" in room.said[-1][0]
    body = room.pane._cards.frames()[0].body
    body.selectAll()
    body.insertPlainText("")
    select(room, "Boats wait")
    QApplication.processEvents()
    room.window.tying.tie()
    assert "Put the caret into a sentence" in room.said[-1][0]
    assert claimed(room) == []
