"""The checks in the window: problems lead to their places, are mended or waived, and the cards bear the verdicts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QInputDialog, QLabel, QPushButton

from workstation.domain.problem import QuotationCheck
from workstation.domain.story import SignalCard, Story
from workstation.ui.story.card import badge_of
from workstation.ui.window import CHECKS, READER

TEXT = "The gauge office said on Monday that the water had never been so low.\nBoats wait at the upper lock until Friday."


@pytest.fixture
def story(room) -> Callable[[str], Story]:
    """A story whose one card quotes these words of one source; nothing else stands in its way."""

    def quoting(words: str) -> Story:
        source = room.source(room.item("Gauge", TEXT))
        card = SignalCard(headline="The gauge falls", sources=(source,), body=room.body(f"<p>The office said “{words}”.</p>"))
        return Story(
            slug="low-water", region="Orrin", headline="Low water", news=room.body("<p>The water is low.</p>"), signals=(card,)
        )

    return quoting


def texts(room) -> list[str]:
    return [label.text() for label in room.window.checks.findChildren(QLabel)]


def button(room, label: str) -> QPushButton | None:
    """The last button with this label: a problem of the card stands below those of the whole story."""
    found = [entry for entry in room.window.checks.findChildren(QPushButton) if entry.text() == label]
    return found[-1] if found else None


def press(room, qtbot, label: str) -> None:
    room.window.show_side(CHECKS)
    qtbot.waitUntil(lambda: button(room, label) is not None)
    QTest.mouseClick(button(room, label), Qt.MouseButton.LeftButton)


def badge(room) -> str:
    return room.pane._cards.frames()[0]._badge.text()


@pytest.mark.parametrize(
    ("words", "told", "tone"),
    [
        ("the water had never been so low", "1 quote verified", "good"),
        ("the water had often been so low", "Quote differs: 1 word", "warn"),
        ("nobody here has ever counted the swans", "1 quote not found", "bad"),
    ],
)
def test_the_card_s_badge_says_what_became_of_its_quotation(room, qtbot, story, words, told, tone):
    room.open(story(words))
    qtbot.waitUntil(lambda: badge(room) == told)
    assert room.pane._cards.frames()[0]._badge.property("badge") == tone


def test_the_badge_follows_the_typing(room, qtbot, story):
    room.open(story("the water had never been so low"))
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")
    body = room.pane._cards.frames()[0].body
    room.focus(body)
    body.place_caret(body.toPlainText().index(" so low"))
    room.type(" not")
    qtbot.waitUntil(lambda: badge(room).startswith("Quote differs"))
    room.undo()
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")


def test_problems_are_listed_counted_in_the_tab_and_gone_when_mended_by_hand(room, qtbot, story):
    from dataclasses import replace

    window = room.open(replace(story("the water had never been so low"), headline=""))
    tab = window._tabs.button(CHECKS)
    qtbot.waitUntil(lambda: tab.text() == "Checks 2")
    assert "The story has no headline. Write one." in texts(room)
    assert any("1 BLOCKER, 1 WARNING" in text for text in texts(room))
    room.focus(room.pane._headline)
    room.type("Low water")
    qtbot.waitUntil(lambda: tab.text() == "Checks 1")
    assert "The story has no headline. Write one." not in texts(room)
    room.pane.add_source(room.story.signals[0].key, room.item("Lock", "The lock is shut.", "The Harbour Bell"))
    qtbot.waitUntil(lambda: tab.text() == "Checks")
    assert any("NOTHING STANDS IN THE WAY" in text for text in texts(room))


def test_show_leads_to_the_place(room, qtbot, story):
    window = room.open(story("nobody here has ever counted the swans"))
    window.show_side(CHECKS)
    qtbot.waitUntil(lambda: button(room, "Waive…") is not None)
    row = button(room, "Waive…").parentWidget()
    show = next(entry for entry in row.findChildren(QPushButton) if entry.text() == "Show")
    QTest.mouseClick(show, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is room.pane._cards.frames()[0].body
    assert room.session.card == room.story.signals[0].key


def test_a_fix_mends_the_words_as_a_step_that_can_be_undone(room, qtbot, story):
    room.open(story("the water had often been so low"))
    before = room.story
    qtbot.waitUntil(lambda: badge(room) == "Quote differs: 1 word")
    others = ("Show", "Show in source", "Waive…")
    fix = next(entry for entry in room.window.checks.findChildren(QPushButton) if entry.text() not in others)
    room.window.show_side(CHECKS)
    QTest.mouseClick(fix, Qt.MouseButton.LeftButton)
    assert "the water had never been so low" in room.story.signals[0].body.text
    assert room.pane._cards.frames()[0].body.body() == room.story.signals[0].body
    qtbot.waitUntil(lambda: badge(room) == "1 quote verified")
    room.focus(room.pane._headline)
    room.undo()
    assert room.story == before


def test_a_waiver_needs_a_reason_and_can_be_withdrawn(room, qtbot, story, monkeypatch):
    window = room.open(story("nobody here has ever counted the swans"))
    tab = window._tabs.button(CHECKS)
    qtbot.waitUntil(lambda: tab.text() != "Checks")
    count = int(tab.text().split()[1])
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("  ", True))
    press(room, qtbot, "Waive…")
    assert room.said[-1][1] == "bad"
    assert not room.desk.reviewing.review(room.number).waived
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Heard by our own reporter", True))
    press(room, qtbot, "Waive…")
    qtbot.waitUntil(lambda: "Waived: Heard by our own reporter" in texts(room))
    assert tab.text() == (f"Checks {count - 1}" if count > 1 else "Checks")
    press(room, qtbot, "Let it stand again")
    qtbot.waitUntil(lambda: tab.text() == f"Checks {count}")


def test_a_waiver_that_is_called_off_changes_nothing(room, qtbot, story, monkeypatch):
    room.open(story("nobody here has ever counted the swans"))
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("A reason", False))
    press(room, qtbot, "Waive…")
    assert not room.desk.reviewing.review(room.number).waived


def test_what_is_in_order_and_whose_voices_there_are_follows_the_sources(room, qtbot, story):
    room.open(story("the water had never been so low"))
    qtbot.waitUntil(lambda: "1 outlet, 1 link" in texts(room))
    other = room.item("Lock", "The lock is shut.", "The Harbour Bell")
    room.pane.add_source(room.story.signals[0].key, other)
    qtbot.waitUntil(lambda: "2 outlets, 2 links" in texts(room))
    qtbot.waitUntil(lambda: any("WHOSE PERSPECTIVE?  ·  2 OUTLETS" in text for text in texts(room)))


def test_another_story_takes_the_place_of_the_checks(room, qtbot, story):
    from dataclasses import replace

    first = story("the water had never been so low")
    room.open(first)
    qtbot.waitUntil(lambda: "Every quotation is true" in texts(room))
    other = room.desk.store.stories.add(replace(Story(slug="other", headline="")))
    room.session.show_story(other)
    qtbot.waitUntil(lambda: "Every quotation is true" not in texts(room))


def test_the_list_stays_where_it_was_scrolled_when_a_problem_comes_or_goes(room, qtbot, story):
    from dataclasses import replace

    cards = tuple(SignalCard(headline=f"Card {number}") for number in range(12))
    room.open(replace(story("the water had never been so low"), signals=cards))
    checks = room.window.checks
    room.window.show_side(CHECKS)
    bar = checks.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(250)
    before = checks.widget()
    room.focus(room.pane._headline)
    room.pane._headline.selectAll()
    room.press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: checks.widget() is not before)
    qtbot.wait(50)
    assert bar.value() == 250


def test_show_in_source_turns_the_reader_to_the_words(room, qtbot, story):
    window = room.open(story("the water had often been so low"))
    press(room, qtbot, "Show in source")
    assert window._stack.currentIndex() == READER
    qtbot.waitUntil(lambda: window.reader._view.passage is not None)
    passage = window.reader._view.passage
    text = room.desk.gathering.item(room.story.signals[0].sources[0].item).text
    assert "never" in text[passage.start : passage.end]


def test_where_no_source_has_the_words_there_is_nothing_to_show(room, qtbot, story):
    room.open(story("nobody here has ever counted the swans"))
    room.window.show_side(CHECKS)
    qtbot.waitUntil(lambda: button(room, "Waive…") is not None)
    assert button(room, "Show in source") is None


def test_an_abridged_quotation_counts_as_verified_and_is_named():
    def check(verdict: str) -> QuotationCheck:
        return QuotationCheck(0, "so low", verdict, 0, 6)

    assert badge_of((check("exact"), check("typography"), check("abridged"))) == ("3 quotes verified, 1 abridged", "good")
    assert badge_of((check("abridged"), check("missing"))) == ("1 quote not found", "bad")
    assert badge_of(()) == ("", "good")
