"""In the window, with real keys: a long text that goes is a version, and what is on the screen is what comes back."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Story

LONG = "The lock at Orrin opened after nine years of repairs and the barges began to move. " * 4
CONTROL = Qt.KeyboardModifier.ControlModifier


def story() -> Story:
    cards = (SignalCard(headline="One", body=body_from_text(LONG)), SignalCard(headline="Two"))
    return Story(slug="story", headline="Headline", news=body_from_text(LONG), signals=cards)


def versions(room) -> list[Story]:
    shelf = room.desk.store.versions
    return [shelf.read(room.number, one.number) for one in shelf.all_of(room.number)]


def hold_backspace(room) -> None:
    for _ in range(len(LONG) + 2):
        room.press(Qt.Key.Key_Backspace)


WAYS = {
    "delete": lambda room: (room.press(Qt.Key.Key_A, CONTROL), room.press(Qt.Key.Key_Delete)),
    "type": lambda room: (room.press(Qt.Key.Key_A, CONTROL), room.type("x")),
    "cut": lambda room: (room.press(Qt.Key.Key_A, CONTROL), room.press(Qt.Key.Key_X, CONTROL)),
    "paste": lambda room: (
        QApplication.clipboard().setText("a word"),
        room.press(Qt.Key.Key_A, CONTROL),
        room.press(Qt.Key.Key_V, CONTROL),
    ),
    "hold backspace": lambda room: (room.press(Qt.Key.Key_End, CONTROL), hold_backspace(room)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("place", ["news", "card"])
def test_a_long_text_that_is_blanked_with_keys_is_a_version_though_the_window_closes_at_once(room, way, place):
    room.open(story())
    room.focus(room.pane._news if place == "news" else room.pane._cards.frames()[0].body)
    WAYS[way](room)
    body = room.story.news if place == "news" else room.story.signals[0].body
    assert len(body.text) < 10
    room.again()
    stored = room.stored()
    assert len((stored.news if place == "news" else stored.signals[0].body).text) < 10
    assert any((one.news if place == "news" else one.signals[0].body).text == body_from_text(LONG).text for one in versions(room))


@pytest.mark.parametrize("way", ["delete", "hold backspace"])
def test_a_long_text_that_was_typed_just_now_and_is_taken_away_again_is_a_version(room, qtbot, way):
    room.open()
    room.focus(room.pane._news)
    room.type(LONG)
    qtbot.waitUntil(lambda: len(room.stored().news.text) > 300)
    WAYS[way](room)
    qtbot.waitUntil(lambda: not room.stored().news.text)
    assert body_from_text(LONG).text in [one.news.text for one in versions(room)]


def screen(room) -> list[str]:
    """What the fields show."""
    frames = room.pane._cards.frames()
    return [room.pane._news.toPlainText(), *(frame.body.toPlainText() for frame in frames)]


def drafted(room) -> list[str]:
    return [room.story.news.text, *(card.body.text for card in room.story.signals)]


def words(texts: list[str]) -> list[list[str]]:
    return [text.split() for text in texts]


@pytest.mark.parametrize("seed", [1, 2])
def test_keys_undo_redo_switches_and_restarts_in_any_order_show_what_is_saved(room, qtbot, seed):
    hands = random.Random(seed)
    room.open(story())
    other = room.desk.writing.new("Another one")

    def focus() -> None:
        frames = room.pane._cards.frames()
        room.focus(hands.choice([room.pane._news, *(frame.body for frame in frames)]))

    def switch() -> None:
        room.session.show_story(other)
        room.session.show_story(room.number)
        qtbot.waitUntil(lambda: len(room.pane._cards.frames()) == len(room.story.signals))

    def restart() -> None:
        before = drafted(room)
        room.again()
        room.open_last()
        assert drafted(room) == before

    acts = [
        lambda: room.type(hands.choice(["word ", "e", "Long words again. " * 3])),
        lambda: room.type("abc"),
        lambda: room.press(hands.choice([Qt.Key.Key_Backspace, Qt.Key.Key_Return])),
        lambda: WAYS[hands.choice(["delete", "cut", "type"])](room),
        room.undo,
        room.redo,
        switch,
        lambda: room.session.publish(room.desk.writing.add_card(room.number)[0], None),
    ]
    for step in range(24):
        focus()
        hands.choice(acts)()
        if step == 12:
            restart()
        qtbot.waitUntil(lambda: words(screen(room)) == words(drafted(room)))
    before = drafted(room)
    done = 0
    while room.desk.writing.undo(room.number):
        done += 1
    for _ in range(done):
        assert room.desk.writing.redo(room.number)
    assert drafted(room) == before
