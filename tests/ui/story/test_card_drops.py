"""What is dragged over the story, by the events that the window system sends to whatever lies under the pointer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.ui.mime import (
    CARD_TYPE,
    ITEM_TYPE,
    CarriedPassage,
    CarriedSource,
    carrying_card,
    carrying_passage,
    carrying_source,
)
from workstation.ui.story.drag_scroll import BAND
from workstation.ui.story.drop_mark import DropMark

NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
TEXT = "The ferries wait for the tide. “Nobody sails before noon,” the pilot said."


def three(*sources: tuple[str, ...]) -> Story:
    named = [*sources, (), (), ()]
    cards = tuple(
        SignalCard(
            headline=name,
            body=body_from_text(f"{name} body of words"),
            sources=tuple(Source(name=source) for source in named[index]),
        )
        for index, name in enumerate(("One", "Two", "Three"))
    )
    return Story(slug="story", headline="Headline", news=body_from_text("The news"), signals=cards)


def frames(room):
    return room.pane._cards.frames()


def headlines(room) -> list[str]:
    return [card.headline for card in room.story.signals]


def sources(room) -> list[list[str]]:
    return [[source.name for source in card.sources] for card in room.story.signals]


def mark(room) -> DropMark:
    return room.pane.findChild(DropMark)


class Drag:
    """Something held over the window: every event goes to the widget under the pointer and from there where Qt takes it."""

    def __init__(self, room, data: QMimeData, action: Qt.DropAction = Qt.DropAction.MoveAction) -> None:
        self.room, self.data, self.action = room, data, action
        self.over: QWidget | None = None
        self.is_taken = False

    def to(self, widget: QWidget, at: QPoint) -> Drag:
        """Move the pointer to a point of ``widget``, or out of its rectangle, wherever that lies in the window."""
        window, pane = self.room.window, self.room.pane
        if pane._inside.isAncestorOf(widget):
            there = widget.mapTo(pane._inside, at)
            pane._scroll.ensureVisible(there.x(), there.y(), 0, BAND + 10)
        place = widget.mapTo(window, at)
        under = window.childAt(place)
        while under is not None and not under.acceptDrops() and under.parentWidget() is not None:
            under = under.parentWidget()
        assert under is not None
        local = under.mapFrom(window, place)
        if under is not self.over:
            self.leave()
            self.over = under
            enter = QDragEnterEvent(local, self.action, self.data, LEFT, NONE)
            QApplication.sendEvent(under, enter)
        move = QDragMoveEvent(local, self.action, self.data, LEFT, NONE)
        QApplication.sendEvent(under, move)
        self.is_taken, self.at = move.isAccepted(), local
        return self

    def leave(self) -> None:
        if self.over is not None:
            QApplication.sendEvent(self.over, QDragLeaveEvent())
            self.over = None

    def drop(self) -> None:
        event = QDropEvent(QPointF(self.at), self.action, self.data, LEFT, NONE)
        QApplication.sendEvent(self.over, event)
        QApplication.processEvents()


def middle(widget: QWidget) -> QPoint:
    return widget.rect().center()


def items(*ids: str) -> QMimeData:
    data = QMimeData()
    data.setData(ITEM_TYPE, "\n".join(ids).encode())
    data.setText("Headline\nhttps://a.example/")
    return data


def passage(room, item: str, words: str) -> QMimeData:
    start = room.desk.gathering.item(item).text.index(words)
    return carrying_passage(CarriedPassage(item, start, start + len(words)), words)


# --- cards ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("taken", "under", "order"), [(0, 2, "Two Three One"), (2, 0, "One Three Two"), (1, 0, "One Two Three")])
def test_a_card_goes_to_the_gap_nearest_to_the_pointer_also_over_a_cards_text(room, taken, under, order):
    room.open(three())
    frame = frames(room)[under]
    drag = Drag(room, carrying_card(frames(room)[taken].key)).to(frame.body.viewport(), QPoint(60, frame.body.height() - 2))
    assert drag.is_taken
    assert mark(room).line is not None
    drag.drop()
    assert headlines(room) == order.split()
    assert [card.body.text for card in room.story.signals] == [f"{name} body of words" for name in order.split()]
    assert mark(room).line is None


def test_the_line_shows_the_gap_above_the_first_and_below_the_last_card(room):
    room.open(three())
    cards = room.pane._cards
    drag = Drag(room, carrying_card(frames(room)[1].key))
    drag.to(frames(room)[0], QPoint(60, 4))
    assert mark(room).line.center().y() < frames(room)[0].mapTo(room.pane._inside, QPoint(0, 0)).y()
    drag.to(cards, QPoint(60, cards.height() + 12))
    last = frames(room)[2]
    assert mark(room).line.center().y() > last.mapTo(room.pane._inside, QPoint(0, last.height() - 1)).y()
    drag.leave()
    assert mark(room).line is None


def test_a_card_dropped_on_the_label_above_the_cards_becomes_the_first(room):
    room.open(three())
    Drag(room, carrying_card(frames(room)[2].key)).to(room.pane._signals_label, QPoint(30, 5)).drop()
    assert headlines(room) == ["Three", "One", "Two"]


def test_a_card_of_another_story_is_not_taken_in(room):
    room.open(three())
    data = QMimeData()
    data.setData(CARD_TYPE, b"0" * 32)
    drag = Drag(room, data).to(frames(room)[0], QPoint(50, 1))
    assert not drag.is_taken
    drag.drop()
    assert headlines(room) == ["One", "Two", "Three"]


def test_a_card_dropped_on_the_parked_ones_is_parked_and_dragged_back_into_a_gap(room):
    room.open(three())
    parked, frame = room.pane.cards.parked, frames(room)[0]
    parked.offer(True)
    QApplication.processEvents()
    Drag(room, carrying_card(frame.key)).to(parked, middle(parked)).drop()
    parked.offer(False)
    assert (headlines(room), [card.headline for card in room.story.parked]) == (["Two", "Three"], ["One"])
    assert parked.isVisible()
    QApplication.processEvents()
    Drag(room, carrying_card(room.story.parked[0].key)).to(frames(room)[1], QPoint(40, 3)).drop()
    assert (headlines(room), room.story.parked) == (["Two", "One", "Three"], ())
    assert not parked.isVisible()
    room.undo()
    room.undo()
    assert headlines(room) == ["One", "Two", "Three"]


def test_the_story_scrolls_while_a_card_is_held_near_its_edges(room, qtbot):
    story = three()
    cards = tuple(replace(story.signals[0], headline=f"Card {n}", key=f"{n:032x}") for n in range(14))
    room.open(replace(story, signals=cards))
    pane = room.pane
    bar, viewport = pane._scroll.verticalScrollBar(), pane._scroll.viewport()
    assert bar.maximum() > 300
    drag = Drag(room, carrying_card(cards[0].key)).to(viewport, QPoint(viewport.width() // 2, viewport.height() - 6))
    qtbot.waitUntil(lambda: bar.value() == bar.maximum())
    drag.to(viewport, QPoint(viewport.width() // 2, viewport.height() // 2))
    settled = bar.value()
    drag.to(viewport, QPoint(viewport.width() // 2, 6))
    qtbot.waitUntil(lambda: bar.value() == 0)
    assert settled > 0
    drag.leave()
    qtbot.wait(60)
    assert bar.value() == 0


# --- items from the inbox ------------------------------------------------------------------------------------------


def test_an_item_dropped_on_a_card_or_its_text_becomes_its_source_once(room):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    frame = frames(room)[1]
    drag = Drag(room, items(item)).to(frame.body.viewport(), QPoint(20, 5))
    assert [bool(one.property("aimed")) for one in frames(room)] == [False, True, False]
    drag.drop()
    (source,) = room.story.signals[1].sources
    assert (source.name, source.item) == ("The Lantern Post", item)
    assert room.story.signals[1].body.text == "Two body of words"
    Drag(room, items(item)).to(frame, middle(frame)).drop()
    assert len(room.story.signals[1].sources) == 1
    assert not any(one.property("aimed") for one in frames(room))
    room.undo()
    assert room.story.signals[1].sources == ()


@pytest.mark.parametrize(
    ("place", "at"),
    [
        (lambda room: (frames(room)[0], QPoint(60, 6)), 0),
        (lambda room: (frames(room)[0], QPoint(60, frames(room)[0].height() - 6)), 1),
        (lambda room: (frames(room)[1], QPoint(60, -5)), 1),
        (lambda room: (room.pane._cards, QPoint(60, room.pane._cards.height() + 20)), 3),
        (lambda room: (room.pane._signals_label, QPoint(20, 6)), 0),
    ],
    ids=["upper end of a card", "lower end of a card", "between", "below the last", "above the first"],
)
def test_an_item_dropped_on_a_gap_makes_a_card_in_one_step(room, place, at):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    drag = Drag(room, items(item)).to(*place(room))
    assert mark(room).line is not None
    assert not any(one.property("aimed") for one in frames(room))
    drag.drop()
    assert [card.sources[0].item if card.sources else None for card in room.story.signals].index(item) == at
    assert len(room.story.signals) == 4
    room.undo()
    assert headlines(room) == ["One", "Two", "Three"]


def test_several_items_make_cards_in_their_order_and_the_news_takes_none(room):
    first, second = room.item("First", "Words one."), room.item("Second", "Words two.", "The Harbour Bell")
    room.open(three())
    drag = Drag(room, items(first, second)).to(room.pane._news.viewport(), QPoint(10, 5))
    assert not drag.is_taken
    drag.to(frames(room)[1], QPoint(60, -5)).drop()
    assert headlines(room) == ["One", "", "", "Two", "Three"]
    assert [card.sources[0].item for card in room.story.signals[1:3]] == [first, second]


def test_an_item_makes_the_first_card_of_a_story_that_has_none(room):
    item = room.item("Ferries wait", TEXT)
    room.open(replace(three(), signals=()))
    Drag(room, items(item)).to(room.pane._signals_label, QPoint(20, 30)).drop()
    assert [card.sources[0].item for card in room.story.signals] == [item]


# --- passages from the reader --------------------------------------------------------------------------------------


def test_a_passage_dropped_between_the_words_of_a_card_is_quoted_there(room):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    edit = frames(room)[1].body
    edit.place_caret(len("Two body"))
    at = edit.cursorRect().center()
    drag = Drag(room, passage(room, item, "wait for the tide"), Qt.DropAction.CopyAction).to(edit.viewport(), at)
    assert mark(room).line.height() > mark(room).line.width()
    drag.drop()
    card = room.story.signals[1]
    assert card.body.text == "Two body “wait for the tide” of words"
    assert room.desk.store.quotes.get(card.body.quotes[0]).item == item
    assert card.sources[0].item == item
    assert (edit.hasFocus(), edit.caret()) == (True, len("Two body “wait for the tide”"))
    room.undo()
    assert room.story == replace(three(), signals=room.story.signals)
    assert room.story.signals[1].body.text == "Two body of words"
    assert room.story.signals[1].sources == ()


def test_a_passage_dropped_beside_the_words_of_a_card_goes_below_them_also_when_it_is_folded(room):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    room.pane._cards.fold(frames(room)[2].key)
    QApplication.processEvents()
    frame = frames(room)[2]
    Drag(room, passage(room, item, "the tide"), Qt.DropAction.CopyAction).to(frame, middle(frame)).drop()
    assert room.story.signals[2].body.text == "Three body of words\n“the tide”"
    assert not frame.is_folded


def test_a_passage_dropped_on_a_gap_makes_a_card_with_source_and_quotation_in_one_step(room):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    before = room.story
    Drag(room, passage(room, item, "the tide"), Qt.DropAction.CopyAction).to(frames(room)[1], QPoint(60, -4)).drop()
    made = room.story.signals[1]
    assert (made.body.text, made.sources[0].item, len(room.story.signals)) == ("“the tide”", item, 4)
    room.undo()
    assert room.story == before


# --- source chips --------------------------------------------------------------------------------------------------


def test_a_chip_is_dragged_within_its_card_and_onto_another_one(room):
    room.open(three(("Aye", "Bee", "Sea"), ("Dee",)))
    chips = frames(room)[0].sources
    QApplication.processEvents()
    before_aye = chips._chips[0].geometry()
    data = carrying_source(CarriedSource(frames(room)[0].key, 2), "Sea")
    drag = Drag(room, data).to(chips, QPoint(before_aye.left() + 3, before_aye.center().y()))
    assert mark(room).line.height() > mark(room).line.width()
    drag.drop()
    assert sources(room) == [["Sea", "Aye", "Bee"], ["Dee"], []]
    room.undo()
    Drag(room, data).to(frames(room)[1].body.viewport(), QPoint(40, 5)).drop()
    assert sources(room) == [["Aye", "Bee"], ["Dee", "Sea"], []]
    room.undo()
    Drag(room, data, Qt.DropAction.CopyAction).to(frames(room)[2], middle(frames(room)[2])).drop()
    assert sources(room) == [["Aye", "Bee", "Sea"], ["Dee"], ["Sea"]]
    room.undo()
    assert sources(room) == [["Aye", "Bee", "Sea"], ["Dee"], []]


@pytest.mark.parametrize("data", [items("abc"), carrying_card("0" * 32), carrying_source(CarriedSource("0" * 32, 0), "A")])
def test_nothing_of_the_desk_is_ever_taken_for_text(room, data):
    room.open(three())
    data.setText("words")
    for edit in (room.pane._headline, room.pane._news, frames(room)[0].headline, frames(room)[0].body):
        assert not edit.canInsertFromMimeData(data)


def test_a_line_of_the_details_takes_no_item_for_its_text(room):
    item = room.item("Ferries wait", TEXT)
    room.open(three())
    room.pane._overline.setChecked(True)
    QApplication.processEvents()
    line = room.pane._details._region
    drag = Drag(room, items(item)).to(line, middle(line))
    assert not drag.is_taken
    drag.drop()
    assert line.text() == ""
    assert room.story == three()
