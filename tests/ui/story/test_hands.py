"""What the hands expect of the story editor: where the keyboard is after a verb, and what one undo takes back."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def a_story(words: str = "") -> Story:
    cards = tuple(SignalCard(headline=name, body=body_from_text(f"Body of {name}.")) for name in ("One", "Two", "Three"))
    return Story(slug="story", headline="Low water", news=body_from_text(words), signals=cards)


def undo_label(room) -> str | None:
    return room.pane.labels()[0]


def test_typing_over_everything_does_not_join_the_word_before_it(room):
    room.open(a_story())
    room.focus(room.pane._news)
    room.type("the river")
    room.press(Qt.Key.Key_A, CONTROL)
    room.type("x")
    room.press(Qt.Key.Key_Z, CONTROL)
    assert room.story.news.text == "the river"


def test_a_mark_on_one_letter_is_a_step_of_its_own_with_its_name(room):
    room.open(a_story())
    room.focus(room.pane._news)
    room.type("a")
    room.press(Qt.Key.Key_Left, SHIFT)
    room.press(Qt.Key.Key_B, CONTROL)
    assert undo_label(room) == "Strong"
    room.press(Qt.Key.Key_Z, CONTROL)
    assert room.story.news.text == "a"
    assert undo_label(room) == "Typing"


def test_a_word_that_is_typed_and_taken_back_comes_back_by_undo(room):
    room.open(a_story())
    room.focus(room.pane._news)
    room.type("mud")
    for _ in "mud":
        room.press(Qt.Key.Key_Backspace)
    room.press(Qt.Key.Key_Z, CONTROL)
    assert room.story.news.text == "mud"


def test_a_link_put_in_with_its_words_is_one_step(room):
    room.open(a_story("Before"))
    room.focus(room.pane._news)
    room.pane._news.place_caret(6)
    room.pane._news.set_link("https://a.example/", " the report")
    assert undo_label(room) == "Link"
    room.press(Qt.Key.Key_Z, CONTROL)
    assert room.story.news.text == "Before"


def test_after_a_card_is_removed_undo_brings_it_back_at_once(room):
    room.open(a_story())
    for which in (1, 2):  # one in the middle, and the last one
        frame = room.pane._cards.frames()[which]
        room.focus(frame.body)
        room.press(Qt.Key.Key_Backspace, CONTROL | SHIFT)
        assert len(room.story.signals) == 2
        assert room.pane.isAncestorOf(QApplication.focusWidget())
        room.press(Qt.Key.Key_Z, CONTROL)
        assert [card.headline for card in room.story.signals] == ["One", "Two", "Three"]


def test_escape_leads_from_a_search_that_found_nothing_back_to_the_text(room):
    room.open(a_story("Some news"))
    room.focus(room.pane._news)
    room.press(Qt.Key.Key_F, CONTROL)
    room.type("nowhere")
    bar = room.window.words.finder.bar
    room.qtbot.waitUntil(lambda: bar._count.text() == "Not found")
    room.press(Qt.Key.Key_Escape)
    assert room.pane._news.hasFocus()


def test_tab_goes_through_the_cards_as_they_stand_also_after_a_move(room):
    room.open(a_story())
    room.pane.move_card_to(room.story.signals[2].key, 0)
    room.qtbot.wait(50)
    room.focus(room.pane._add)
    passed = []
    for _ in range(30):
        room.press(Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        passed += [frame.card.headline for frame in room.pane._cards.frames() if focus is frame.headline]
        if not room.pane.isAncestorOf(focus):
            break
    assert passed == ["Three", "One", "Two"]
    assert not room.window.inbox.isAncestorOf(QApplication.focusWidget())


def test_arrows_lead_out_of_a_text_into_the_next_one_and_back(room):
    room.open(a_story("Some news"))
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_Down)
    assert room.pane._news.hasFocus()
    assert room.pane._news.caret() == 0
    room.press(Qt.Key.Key_Up)
    assert room.pane._headline.hasFocus()
    assert room.pane._headline.caret() == len("Low water")


def test_a_clipboard_with_nothing_but_html_pastes_as_plain_words(room):
    room.open(a_story())
    data = QMimeData()
    data.setHtml("<p>A <b>strong</b> line</p>")
    QApplication.clipboard().setMimeData(data)
    room.focus(room.pane._news)
    room.press(Qt.Key.Key_V, CONTROL | SHIFT)
    assert [(run.text, run.marks.strong) for run in room.story.news.blocks[0].runs] == [("A strong line", False)]
    room.focus(room.pane._headline)
    room.press(Qt.Key.Key_A, CONTROL)
    room.press(Qt.Key.Key_V, CONTROL)
    assert room.story.headline == "A strong line"
