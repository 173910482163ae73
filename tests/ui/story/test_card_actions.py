"""Folding, parking, counting, the keys of the chips, and the way from a quotation to its source and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QDrag, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QToolButton

from workstation.domain.body import body_from_text
from workstation.domain.problem import Place
from workstation.domain.story import SignalCard, Source, SourceKind, Story
from workstation.ui.dialogs.source import SourceDialog
from workstation.ui.mime import card_in, source_in

CONTROL, SHIFT, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LEFT = Qt.MouseButton.LeftButton
TEXT = "The ferries wait for the tide. “Nobody sails before noon,” the pilot said."


def three() -> Story:
    cards = tuple(
        SignalCard(headline=name, body=body_from_text(f"{name} body"), sources=(Source(name=f"{name} Post"), Source(name="Bell")))
        for name in ("One", "Two", "Three")
    )
    return Story(slug="story", headline="Headline", news=body_from_text("The news"), signals=cards)


def frames(room):
    return room.pane._cards.frames()


def headlines(room) -> list[str]:
    return [card.headline for card in room.story.signals]


def names(room, card: int = 0) -> list[str]:
    return [source.name for source in room.story.signals[card].sources]


# --- folding -------------------------------------------------------------------------------------------------------


def test_a_folded_card_shows_its_head_and_stays_so_when_it_moves_and_when_another_story_was_open(room):
    room.open(three())
    frame = frames(room)[1]
    room.focus(frame.body)
    tall = frame.height()
    room.press(Qt.Key.Key_Period, CONTROL)
    QApplication.processEvents()
    assert frame.is_folded
    assert not frame.body.isVisible()
    assert frame.headline.isVisible()
    assert frame.headline.hasFocus()
    assert frame._told_sources.text() == "2 sources"
    assert frame.height() < tall
    room.pane.move_card(1)
    other = room.desk.writing.new("Other")
    room.session.show_story(other)
    room.session.show_story(room.number)
    assert [one.is_folded for one in frames(room)] == [False, False, True]
    frames(room)[2]._fold.click()
    assert not any(one.is_folded for one in frames(room))


def test_what_leads_into_the_text_of_a_folded_card_unfolds_it(room):
    room.open(three())
    room.focus(frames(room)[0].body)
    room.type("A")
    room.pane.cards.fold_all(True)
    assert all(one.is_folded for one in frames(room))
    room.undo()
    assert [one.is_folded for one in frames(room)] == [False, True, True]
    room.pane.go_to(Place("headline", 1))
    assert frames(room)[1].is_folded
    room.pane.go_to(Place("body", 1))
    assert not frames(room)[1].is_folded
    assert frames(room)[1].body.hasFocus()
    room.pane.cards.fold_all(True)
    room.focus(frames(room)[2].headline)
    room.press(Qt.Key.Key_Return)
    assert frames(room)[2].body.hasFocus()


# --- moving and parking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "modifiers"),
    [((Qt.Key.Key_Down, Qt.Key.Key_Up), ALT | SHIFT), ((Qt.Key.Key_PageDown, Qt.Key.Key_PageUp), CONTROL | SHIFT)],
)
def test_a_card_moves_by_either_chord_with_the_caret_in_it(room, keys, modifiers):
    room.open(three())
    room.focus(frames(room)[0].body)
    room.press(keys[0], modifiers)
    assert headlines(room) == ["Two", "One", "Three"]
    room.press(keys[1], modifiers)
    assert headlines(room) == ["One", "Two", "Three"]


def test_a_card_is_parked_by_its_key_and_brought_back_and_removed_by_its_buttons(room):
    room.open(three())
    room.focus(frames(room)[0].body)
    key = frames(room)[0].key
    room.press(Qt.Key.Key_K, CONTROL | SHIFT)
    parked = room.pane.cards.parked
    assert headlines(room) == ["Two", "Three"]
    assert parked._head.text() == "PARKED (1)"
    assert parked._rows[0]._told.text() == "2 sources · 2 words"
    assert room.session.card is None
    parked._rows[0].findChild(QPushButton).click()
    assert headlines(room) == ["Two", "Three", "One"]
    assert frames(room)[2].key == key
    assert frames(room)[2].headline.hasFocus()
    assert not parked.isVisible()
    room.press(Qt.Key.Key_K, CONTROL | SHIFT)
    parked._rows[0].findChild(QToolButton).click()
    assert (headlines(room), room.story.parked) == (["Two", "Three"], ())
    for _ in range(4):
        room.pane.undo()
    assert headlines(room) == ["One", "Two", "Three"]


def test_the_parked_ones_fold_to_a_line_and_nothing_is_parked_without_a_card(room):
    room.open(three())
    room.focus(room.pane._news)
    room.press(Qt.Key.Key_K, CONTROL | SHIFT)
    assert room.said[-1][0] == "Put the caret into a card first."
    room.pane.cards.park(frames(room)[0].key)
    row = room.pane.cards.parked._rows[0]
    room.pane.cards.parked._head.click()
    assert not row.isVisible()
    room.pane.cards.parked._head.click()
    assert row.isVisible()


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    seen: list[object] = []

    def exec_(drag: QDrag, *_actions: object) -> Qt.DropAction:
        data = drag.mimeData()
        seen.append(card_in(data) or source_in(data))
        seen.append([frame._veil is not None for frame in drag.source()._cards.frames()])
        return Qt.DropAction.MoveAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    return seen


def pull(widget, way: int = 30) -> None:
    middle = widget.rect().center()
    QTest.mousePress(widget, LEFT, pos=middle)
    to = middle + QPoint(0, way)
    place = widget.mapToGlobal(to).toPointF()
    none = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, to.toPointF(), place, LEFT, LEFT, none))
    QApplication.processEvents()


def test_a_card_pulled_by_its_handle_is_carried_and_dimmed_meanwhile(room, carried):
    room.open(three())
    pull(frames(room)[1]._handle)
    assert carried == [frames(room)[1].key, [False, True, False]]
    assert not any(frame._veil for frame in frames(room))
    assert not room.pane.cards.parked.isVisible()


def test_a_chip_that_is_pulled_is_carried_and_opens_no_menu(room, carried):
    room.open(three())
    chip = frames(room)[1].sources._chips[1]
    pull(chip)
    assert (carried[0].card, carried[0].index) == (frames(room)[1].key, 1)
    QTest.mouseRelease(chip, LEFT)
    assert QApplication.activePopupWidget() is None


# --- chips ---------------------------------------------------------------------------------------------------------


def test_a_chip_has_its_keys_and_the_keyboard_stays_with_it(room, answer):
    room.open(three())
    chips = frames(room)[0].sources
    room.focus(chips._chips[0])
    room.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    assert names(room) == ["Bell", "One Post"]
    assert chips._chips[1].hasFocus()
    room.press(Qt.Key.Key_Right, CONTROL | SHIFT)
    room.press(Qt.Key.Key_Left, CONTROL | SHIFT)
    assert names(room) == ["One Post", "Bell"]

    def rename(dialog: SourceDialog) -> int:
        dialog._name.setText("Ana Reef")
        return 1

    answer(SourceDialog, rename)
    room.press(Qt.Key.Key_F2)
    assert names(room) == ["Ana Reef", "Bell"]
    room.press(Qt.Key.Key_Delete)
    assert names(room) == ["Bell"]
    assert chips._chips[0].hasFocus()
    room.press(Qt.Key.Key_Delete)
    assert names(room) == []
    for _ in range(3):
        room.pane.undo()
    assert names(room) == ["One Post", "Bell"]


def test_the_kind_of_a_source_is_changed_in_its_menu_and_told_by_its_chip(room):
    room.open(three())
    chips = frames(room)[0].sources
    menu = chips._menu(0)
    kinds = next(action.menu() for action in menu.actions() if action.text() == "Kind")
    assert [action.text() for action in kinds.actions() if action.isChecked()] == ["Outlet"]
    wide = chips._chips[0].iconSize().width()
    next(action for action in kinds.actions() if action.text() == "Institute").trigger()
    menu.deleteLater()
    assert room.story.signals[0].sources[0].kind is SourceKind.INSTITUTE
    assert "Institute" in chips._chips[0].toolTip()
    assert chips._chips[0].iconSize().width() > wide
    room.pane.undo()
    assert room.story.signals[0].sources[0].kind is SourceKind.OUTLET


# --- counting ------------------------------------------------------------------------------------------------------


def test_what_is_longer_than_its_limit_is_told_and_nothing_is_cut(room, qtbot):
    (room.folder / "brief.toml").write_text(
        'name = "Brief"\n[limits]\nheadline_characters = 10\nnews_words = 3\ncards = 2\n'
        "card_words = 4\ncard_headline_characters = 5"
    )
    story = three()
    long = replace(story.signals[0], headline="Far too long", body=body_from_text("one two three four five 六七"))
    room.open(replace(story, headline="Nine letters", signals=(long, *story.signals[1:])))
    changes = room.desk.publications.set_default(room.folder / "brief.toml")
    room.session.publish(changes, None)
    frame, counts = frames(room)[0], room.pane._counts
    qtbot.waitUntil(lambda: frame._words.text() == "7 of 4 words" and counts.cards.text() == "3 of 2 signals")
    assert frame._words.property("tone") == "warn"
    assert "7 of 4 words" in frame._words.toolTip()
    assert "to read" in frame._words.toolTip()
    assert frame._length.text() == "12 of 5 characters"
    assert counts.headline.text() == "12 of 10 characters"
    assert counts.headline.isVisible()
    assert (counts.news.text(), counts.news.property("tone") or "") == ("2 words", "")
    assert (frames(room)[1]._words.text(), frames(room)[1]._words.property("tone") or "") == ("2 words", "")
    room.focus(room.pane._headline)
    room.pane._headline.select_all()
    room.type("Nine")
    qtbot.waitUntil(lambda: not counts.headline.isVisible())
    assert room.story.headline == "Nine"


# --- to the source and back ----------------------------------------------------------------------------------------


def quoting(room) -> Story:
    item = room.item("Ferries wait", TEXT)
    cards = (
        SignalCard(headline="One", body=body_from_text("They said “Nobody sails before noon” 🚢."), sources=(room.source(item),)),
    )
    return Story(slug="story", headline="Headline", news=body_from_text("The news"), signals=cards)


def test_control_j_leads_to_the_source_of_the_quotation_and_back_to_the_very_caret(room, qtbot):
    window = room.open(quoting(room))
    body = frames(room)[0].body
    room.focus(body)
    body.place_caret(15)
    for back in ((Qt.Key.Key_J, CONTROL), (Qt.Key.Key_Left, ALT)):
        room.press(Qt.Key.Key_J, CONTROL)
        qtbot.waitUntil(lambda: "Nobody" in window.reader._view.textCursor().selectedText())
        assert window.reader._view.textCursor().selectedText() == "Nobody sails before noon"
        qtbot.waitUntil(window.reader._view.hasFocus)
        room.press(*back)
        assert body.hasFocus()
        assert body.caret() == 15
        window.reader._view.moveCursor(window.reader._view.textCursor().MoveOperation.Start)


def test_without_a_quotation_the_editor_is_told_and_stays(room, qtbot):
    room.open(quoting(room))
    body = frames(room)[0].body
    room.focus(body)
    body.place_caret(2)
    room.press(Qt.Key.Key_J, CONTROL)
    qtbot.waitUntil(lambda: any("The caret is in no quotation" in text for text, _ in room.said))
    assert body.hasFocus()
    room.press(Qt.Key.Key_Left, ALT)
    assert "No source was looked up" in room.said[-1][0]


def test_the_menus_of_card_and_text_lead_to_the_source_too(room, qtbot):
    window = room.open(quoting(room))
    body = frames(room)[0].body
    room.focus(body)
    body.place_caret(15)
    menu = room.pane.cards.card_menu(frames(room)[0].key)
    assert room.pane.trace in menu.actions()
    assert room.pane.trace in body.actions()
    next(action for action in menu.actions() if action is room.pane.trace).trigger()
    menu.deleteLater()
    qtbot.waitUntil(lambda: window.reader._view.textCursor().selectedText() == "Nobody sails before noon")


def test_the_marks_of_a_text_are_shown_when_the_one_in_hand_went_with_its_card(room, qtbot):
    room.open(three())
    last = frames(room)[2]
    room.focus(last.body)
    assert room.pane.text.body is last.body
    other = room.desk.writing.new("Other")  # one card
    room.session.show_story(other)
    qtbot.waitUntil(lambda: len(frames(room)) == 1)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    first = frames(room)[0].body
    assert room.pane.text.body is not last.body
    first.insertPlainText("words")
    first.place_caret(1)  # another text moves its caret without having been taken in hand
    assert not room.pane.text.strong.isChecked()
    room.pane.text.strong.trigger()
