"""Triage faster than the store writes, and while new items come in: each key hits the row that is seen to be current."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from workstation.domain.changes import items_changed
from workstation.domain.item import ItemState


@pytest.fixture
def window(room, qtbot):
    """Sixty items, and the keyboard in their list."""
    for number in range(60):
        room.item(f"Story {number:02}", f"The gauge of day {number}.", outlet=f"Outlet {number % 20}")
    window = room.open()
    qtbot.waitUntil(lambda: len(window.inbox._list.items.rows) == 60)
    window.inbox.focus_list()
    return window


@pytest.fixture
def rows(window):
    return window.inbox._list


def listed(rows):
    return {row.id for row in rows.items.rows}


def state(room, item):
    return room.desk.store.items.summary(item).state


def search(window, rows, qtbot, query):
    window.inbox.search(query)
    qtbot.waitUntil(lambda: window.inbox._listing._answer.question.query == query)
    window.inbox.focus_list()
    qtbot.waitUntil(lambda: rows.current is not None)


def test_what_was_archived_never_comes_back_while_the_store_is_behind(room, window, rows, qtbot):
    archived, returned = [], []
    rows.items.modelReset.connect(lambda: returned.extend(listed(rows).intersection(archived)))
    put = room.desk.gathering.triaging.put
    window.inbox.triage._triaging.put = lambda states: (time.sleep(0.02), put(states))[1]
    for _ in range(20):
        archived.append(rows.current.id)
        room.press(Qt.Key.Key_E)
        QApplication.processEvents()
        assert rows.current.id not in archived
    qtbot.waitUntil(lambda: all(state(room, item) is ItemState.ARCHIVED for item in archived))
    qtbot.waitUntil(lambda: not window.inbox.steps.wished)
    qtbot.waitUntil(lambda: len(rows.items.rows) == 40)
    assert len(set(archived)) == 20
    assert returned == []


def test_all_of_it_is_taken_back_and_leads_back_to_the_first(room, window, rows, qtbot):
    first = rows.current.id
    for _ in range(20):
        room.press(Qt.Key.Key_E)
    for _ in range(20):
        room.press(Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: len(rows.items.rows) == 60)
    qtbot.waitUntil(lambda: rows.current is not None and rows.current.id == first)
    assert state(room, first) is not ItemState.ARCHIVED


def test_a_search_in_any_state_keeps_what_is_archived_in_its_row(room, window, rows, qtbot):
    search(window, rows, qtbot, "is:any story")
    room.type("jjj")
    item, at = rows.current.id, rows.currentIndex().row()
    room.press(Qt.Key.Key_E)
    assert (rows.current.id, rows.currentIndex().row()) == (item, at)
    qtbot.waitUntil(lambda: state(room, item) is ItemState.ARCHIVED)
    qtbot.waitUntil(lambda: rows.current.state is ItemState.ARCHIVED)
    assert rows.currentIndex().row() == at


def test_what_leaves_a_search_for_the_unread_gives_way_to_the_next_and_comes_back_to_it(room, window, rows, qtbot):
    search(window, rows, qtbot, "is:unread")
    item = rows.current.id
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.session.item == item)
    qtbot.waitUntil(lambda: state(room, item) is ItemState.READ)
    room.press(Qt.Key.Key_S)
    assert item not in listed(rows)
    qtbot.waitUntil(lambda: room.session.item == rows.current.id)
    room.press(Qt.Key.Key_Z)
    qtbot.waitUntil(lambda: rows.current.id == item)
    assert rows.current.state is ItemState.READ


@pytest.mark.parametrize("down", [0, 2], ids=["at the first row", "below it"])
def test_fifty_new_items_do_not_push_the_row_under_the_keyboard_away(room, window, rows, qtbot, down):
    room.type("j" * down)
    item, top = rows.current.id, rows.visualRect(rows.currentIndex()).top()
    fresh = [room.item(f"Fresh {number}", f"News of hour {number}.", outlet="The Relay") for number in range(50)]
    room.session.publish(items_changed(*fresh), None)
    qtbot.waitUntil(lambda: len(rows.items.rows) == 110)
    assert rows.current.id == item
    assert rows.visualRect(rows.currentIndex()).top() == top


def test_the_row_under_the_keyboard_is_in_sight_when_a_search_is_emptied(room, window, rows, qtbot):
    item = rows.items.rows[-1].id
    search(window, rows, qtbot, "story 00")
    qtbot.waitUntil(lambda: [row.id for row in rows.items.rows] == [item])
    room.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(rows.items.rows) == 60)
    assert rows.current.id == item
    assert rows.viewport().rect().contains(rows.visualRect(rows.currentIndex()))


def test_the_order_of_the_list_is_kept_for_the_next_time(room, window, rows, qtbot):
    window.inbox.sort("OUTLET")
    qtbot.waitUntil(lambda: [row.outlet for row in rows.items.rows[:4]] == ["Outlet 0"] * 3 + ["Outlet 1"])
    room.again()
    reopened = room.open_last().inbox._list
    qtbot.waitUntil(lambda: [row.outlet for row in reopened.items.rows[:4]] == ["Outlet 0"] * 3 + ["Outlet 1"])


def test_the_word_about_what_was_done_does_not_cover_the_row_under_the_keyboard(room, window, rows, qtbot):
    while rows.visualRect(rows.currentIndex()).bottom() < rows.viewport().height() - 20:
        room.press(Qt.Key.Key_J)
    for key in (Qt.Key.Key_E, Qt.Key.Key_J, Qt.Key.Key_S, Qt.Key.Key_Z):
        room.press(key)
        toast = window.inbox._toast
        assert toast.isVisible()
        top = rows.viewport().mapFromGlobal(toast.mapToGlobal(toast.rect().topLeft())).y()
        assert rows.visualRect(rows.currentIndex()).bottom() <= top
