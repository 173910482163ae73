"""How the list is read and read on, over a real store."""

from __future__ import annotations

import threading

import pytest

from workstation.domain.changes import items_changed
from workstation.domain.inbox_page import InboxQuestion, ItemPage, ItemPlace
from workstation.domain.item import ItemState
from workstation.store import inbox_list
from workstation.ui.inbox import listing
from workstation.ui.inbox.filter_bar import Filter, Order


def titles(pane):
    return [row.title for row in pane._list.items.rows]


def scroll_to_end(qtbot, pane, count):
    def is_read():
        pane._list.scrollToBottom()
        return len(pane._list.items.rows) == count

    qtbot.waitUntil(is_read)


@pytest.fixture
def small_pages(monkeypatch):
    monkeypatch.setattr(listing, "FIRST", 10)
    monkeypatch.setattr(listing, "PAGE", 7)


@pytest.fixture
def pages(room, monkeypatch):
    """The places after which pages were read."""
    read = []
    page = room.gathering.page

    def noted(question, after, *more):
        read.append(after)
        return page(question, after, *more)

    monkeypatch.setattr(room.gathering, "page", noted)
    return read


def test_scrolling_reads_every_item_once_and_nothing_again(room, inbox, qtbot, small_pages, pages):
    for number in range(40):
        room.add(f"Report {number}", minutes=number)
    pane = inbox(10)
    pane._list.step(1)
    chosen = pane.selected
    scroll_to_end(qtbot, pane, 40)
    assert titles(pane) == [f"Report {number}" for number in range(40)]
    assert pages[0] is None
    assert None not in pages[1:]
    assert len(pages) == len(set(pages)) <= 6
    assert pane.selected == chosen, "reading on moves no selection"


def test_a_few_changes_are_looked_at_alone(room, inbox, qtbot, small_pages, pages):
    items = [room.add(f"Report {number}", minutes=number) for number in range(40)]
    pane = inbox(10)
    scroll_to_end(qtbot, pane, 40)
    read = len(pages)
    room.store.items.set_state([items[3]], ItemState.ARCHIVED)
    room.store.triage.set_tags({items[30]: ["dams"]})
    new = room.add("Between", minutes=12.5)
    room.session.publish(items_changed(items[3], items[30], new))
    qtbot.waitUntil(lambda: "Between" in titles(pane))
    expected = [f"Report {number}" for number in range(40) if number != 3]
    assert titles(pane) == [*expected[:12], "Between", *expected[12:]]
    assert pane._list.items.rows[pane._list.items.row_of(items[30])].tags == ("dams",)
    assert len(pages) == read
    assert pane._tabs._tabs[0].text() == "Inbox 40"


def test_what_is_older_than_the_rows_read_so_far_waits_for_its_page(room, inbox, qtbot, small_pages):
    for number in range(20):
        room.add(f"Report {number}", minutes=number)
    pane = inbox(10)
    new = room.add("Old", minutes=15.5)
    room.session.publish(items_changed(new))
    qtbot.waitUntil(lambda: pane._tabs._tabs[0].text() == "Inbox 21")
    assert len(titles(pane)) == 10
    scroll_to_end(qtbot, pane, 21)
    assert titles(pane)[15:18] == ["Report 15", "Old", "Report 16"]


def test_what_comes_in_from_a_new_outlet_stands_at_its_place_in_the_order_by_outlet(room, inbox, qtbot):
    room.add("First", outlet="Zephyr Times", minutes=1, url="https://zephyr.example/1")
    pane = inbox()
    pane._tabs.choose(Filter(None, Order.OUTLET))
    new = room.add("Second", outlet="Anchor Weekly", minutes=9, url="https://anchor.example/1")
    room.session.publish(items_changed(new))
    qtbot.waitUntil(lambda: titles(pane) == ["Second", "First"])


def test_a_page_that_was_cut_short_is_gone_on_with_until_there_is_enough(room, inbox, qtbot, monkeypatch):
    """A search that takes long shows what it has, and goes on by itself."""
    for number in range(30):
        room.add(f"Report {number}", minutes=number, text="tolls" if number % 10 == 9 else "salt")
    pane = inbox()
    for name, value in (("BUDGET", 0), ("STRETCH", 1), ("LONG_STRETCH", 1), ("LOOKED_AT", 0)):
        monkeypatch.setattr(inbox_list, name, value)
    with room.store._connections.writing() as connection:
        connection.execute("INSERT OR IGNORE INTO item_milestone (row) SELECT row FROM item")
    told = []
    pane._listing.shown.connect(lambda answer: told.append((len(answer.rows), answer.is_searching, pane._list._empty)))
    pane._search.setText("tolls lang:en")
    qtbot.waitUntil(lambda: bool(told) and not told[-1][1])
    assert titles(pane) == ["Report 9", "Report 19", "Report 29"]
    assert [rows for rows, *_ in told] == sorted(rows for rows, *_ in told)
    assert told[0][:2] == (0, True)
    pane._search.setText("volcano lang:en")
    qtbot.waitUntil(lambda: "“volcano”" in pane._list._empty)
    assert titles(pane) == []


def test_a_search_that_was_typed_over_is_stopped_where_it_stands(room, inbox, qtbot, monkeypatch):
    room.add("Ferry talks")
    pane = inbox()
    page = room.gathering.page
    begun, stopped = threading.Event(), threading.Event()

    def slow(question, after, limit, stop):
        if question.query == "ferry":
            begun.set()
            for _ in range(2_000):
                if stop():
                    stopped.set()
                    break
                threading.Event().wait(0.01)
        return page(question, after, limit, stop)

    monkeypatch.setattr(room.gathering, "page", slow)
    pane._search.setText("ferry")
    qtbot.waitUntil(begun.is_set)
    pane._search.setText("ferry t")
    qtbot.waitUntil(lambda: stopped.is_set() and titles(pane) == ["Ferry talks"])


def test_a_page_of_another_question_is_never_appended(room, inbox, qtbot, small_pages, monkeypatch):
    for number in range(30):
        room.add(f"Report {number}", minutes=number)
    pane = inbox(10)
    wait = threading.Event()
    page = room.gathering.page

    def late(question, after, *more):
        if after is not None and not question.query:
            wait.wait(5)
        return page(question, after, *more)

    monkeypatch.setattr(room.gathering, "page", late)
    pane._listing.read_on()
    pane._search.setText("report 2")
    qtbot.waitUntil(lambda: len(titles(pane)) >= 10 and titles(pane)[0] == "Report 2")
    wait.set()
    qtbot.wait(100)
    assert all("2" in title for title in titles(pane))


def test_an_empty_page_with_more_behind_it_is_followed(room, inbox, qtbot, small_pages, monkeypatch):
    for number in range(12):
        room.add(f"Report {number}", minutes=number)
    pane = inbox(10)
    page, answered = room.gathering.page, []

    def meagre(question: InboxQuestion, after: ItemPlace | None, *more) -> ItemPage:
        answered.append(after)
        return ItemPage((), after) if len(answered) < 4 else page(question, after, *more)

    monkeypatch.setattr(room.gathering, "page", meagre)
    pane._listing.read_on()
    qtbot.waitUntil(lambda: len(titles(pane)) == 12)
