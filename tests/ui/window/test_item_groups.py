"""Rows that stand for several items, and versions of pages, as the editor meets them in the window."""

from __future__ import annotations

import random
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStyleOptionViewItem, QToolButton

from tests.ui.conftest import CAPTURED, page
from workstation.domain.changes import items_changed
from workstation.domain.item import ItemState
from workstation.ingest.reading import read
from workstation.ui.dialogs.group_members import GroupMembers
from workstation.ui.dialogs.item_versions import ItemVersionsDialog
from workstation.ui.inbox.group_chip import group_words

chance = random.Random(9)
WORDS = ["".join(chance.choices(["ka", "lo", "ri", "mu", "te", "van", "sol", "dir"], k=3)) for _ in range(300)]
PAGE = "https://hill-courier.example/flood-plan-812345"


def text(words: int = 160) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def act(window, words: str) -> None:
    action = next(action for action in window.findChildren(QAction) if action.text().replace("&", "") == words)
    action.trigger()


def rows(window) -> list:
    return list(window.inbox._list.items.rows)


def version(room, words: str, day: int) -> str:
    data = page("The flood plan", words, "Hill Courier")
    capture = read(data, captured=CAPTURED + timedelta(days=day), name="page.html", media_type="text/html", url=PAGE)
    (kept,) = room.desk.store.items.keep_all([capture])
    return kept.id


def test_copies_that_arrive_share_a_row_that_right_opens_and_that_is_taken_apart(room) -> None:
    words = text()
    window = room.open()
    first = room.item("A lock opens", words, "Lantern Post")
    copy = room.item("A lock opens at Orrin", f"{words} {text(10)}", "Valley Times")
    room.session.publish(items_changed(first, copy))
    room.qtbot.waitUntil(lambda: [row.beneath for row in rows(window)] == [1])
    assert group_words(rows(window)[0]) == "+1"
    window.inbox.focus_list()
    room.press(Qt.Key.Key_Right)
    (members,) = window.findChildren(GroupMembers)
    room.qtbot.waitUntil(lambda: len(members._list.items.rows) == 2)
    members._list.select(copy)
    members._list.open_current()
    assert room.session.item == copy
    members._buttons[1].click()
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == {first, copy})
    members.close()


def test_selected_sources_are_grouped_by_hand_under_the_first_of_them(room) -> None:
    items = [room.item(f"Report {number}", text(20), f"Outlet {number}") for number in range(2)]
    window = room.open()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 2)
    window.inbox._list.selectAll()
    act(window, "Group the selected sources")
    room.qtbot.waitUntil(lambda: len(rows(window)) == 1)
    assert room.desk.grouping.place(items[0]).head or room.desk.grouping.place(items[1]).head
    window.inbox.undo()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 2)
    window.inbox.redo()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 1)
    act(window, "Take the row apart")
    room.qtbot.waitUntil(lambda: len(rows(window)) == 2)
    window.inbox.undo()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 1)


def test_the_reader_tells_an_older_version_and_the_dialog_what_changed(room) -> None:
    words = text(40)
    old = version(room, f"{words} two metres", 0)
    new = version(room, f"{words} three metres", 1)
    window = room.open()
    room.qtbot.waitUntil(lambda: [row.id for row in rows(window)] == [new])
    assert group_words(rows(window)[0]) == "changed · 2 versions"
    strip = window.reader._versions
    room.session.show_item(old)
    room.qtbot.waitUntil(lambda: strip._label.text().startswith("Older version"))
    assert strip._label.property("tone") == "warn"
    strip._menu.actions()[0].trigger()
    room.qtbot.waitUntil(lambda: strip._label.text() == "Newest of 2 versions")
    room.qtbot.waitUntil(lambda: group_words(rows(window)[0]) == "2 versions")
    strip._compare.click()
    (dialog,) = window.findChildren(ItemVersionsDialog)
    room.qtbot.waitUntil(lambda: "three" in dialog._view.toPlainText())
    assert "two" in dialog._view.toPlainText()
    dialog.close()


def test_without_the_network_the_question_is_answered_plainly_and_nothing_changes(room) -> None:
    item = version(room, text(40), 0)
    window = room.open()
    room.session.show_item(item)
    window.groups.ask_again(item)
    room.qtbot.waitUntil(lambda: any("could not be compared" in told for told, _ in room.said))
    assert len(room.desk.gathering.items()) == 1


def click(window, at) -> None:
    QTest.mouseClick(window.inbox._list.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def chip_of(window, row: int):
    items = window.inbox._list
    index = items.model().index(row, 0)
    option = QStyleOptionViewItem()
    items.initViewItemOption(option)
    option.rect = items.visualRect(index)
    return items._delegate.chip(option, items.items.rows[row]).center()


def test_a_click_on_the_word_of_a_row_shows_what_stands_in_it_and_a_click_beside_it_reads_the_source(room) -> None:
    first, copy = (room.item(f"Report {number}", text(20), f"Outlet {number}") for number in range(2))
    room.desk.grouping.merge((first, copy), first)
    old = version(room, "The dam holds. Nobody was hurt.", 0)
    new = version(room, "The dam broke. Two people were hurt.", 1)
    window = room.open()
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == {first, new})
    order = [row.id for row in rows(window)]
    click(window, chip_of(window, order.index(first)))
    (members,) = window.findChildren(GroupMembers)
    room.qtbot.waitUntil(lambda: {row.id for row in members._list.items.rows} == {first, copy})
    assert room.session.item is None
    members.close()
    click(window, chip_of(window, order.index(new)))
    (versions,) = window.findChildren(ItemVersionsDialog)
    assert room.session.item is None
    assert {version.id for version in room.desk.revisiting.versions(new)} == {old, new}
    versions.close()
    box = window.inbox._list.visualRect(window.inbox._list.model().index(order.index(first), 0))
    click(window, box.center())
    assert room.session.item == first


def test_sources_are_grouped_and_taken_apart_by_single_keys_and_by_the_bar_and_each_is_undone(room) -> None:
    items = {room.item(f"Report {number}", text(20), f"Outlet {number}") for number in range(2)}
    window = room.open()
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == items)
    window.inbox.focus_list()
    room.type("a")
    room.type("m")
    room.qtbot.waitUntil(lambda: [row.beneath for row in rows(window)] == [1])
    assert "grouped" in window.inbox._toast._label.text()
    assert not window.inbox._list.is_picking
    room.press(Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == items)
    room.type("z")
    room.qtbot.waitUntil(lambda: [row.beneath for row in rows(window)] == [1])
    room.type("z")
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == items)
    room.press(Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert "alone" in window._status._said.text()
    window.inbox._list.selectAll()
    (button,) = [one for one in window.inbox.actions_bar.findChildren(QToolButton) if one.accessibleName().startswith("Group")]
    button.click()
    room.qtbot.waitUntil(lambda: [row.beneath for row in rows(window)] == [1])


def test_the_menu_of_a_row_offers_what_makes_sense_for_it(room) -> None:
    first, copy = (room.item(f"Report {number}", text(20), f"Outlet {number}", url=f"{PAGE}{number}") for number in range(2))
    room.desk.grouping.merge((first, copy), first)
    alone = room.item("Alone", text(20), "Outlet 3")
    window = room.open()
    room.qtbot.waitUntil(lambda: {row.id for row in rows(window)} == {first, alone})

    def offered(item: str) -> set[str]:
        window.inbox._list.select(item)
        return {action.text().partition("\t")[0] for action in window.inbox._menu().actions()}

    of_row = {"Show the sources in this row…", "Take the row apart"}
    of_address = {"Has the source changed?", "Fetch the whole article", "Copy the link", "Open the original in the browser"}
    assert of_row | of_address <= offered(first)
    assert not of_row & offered(alone)
    window.inbox._list.selectAll()
    labels = {action.text().partition("\t")[0] for action in window.inbox._menu().actions()}
    assert "Group the selected sources" in labels
    assert "Outlet…" not in labels


def test_what_was_grouped_by_keys_is_the_current_row_and_a_row_of_one_is_not_said_to_be_taken_apart(room) -> None:
    for number in range(6):
        room.item(f"Report {number}", text(20), f"Outlet {number}")
    window = room.open()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 6)
    items = window.inbox._list
    window.inbox.focus_list()
    first = items.current.id
    room.type("xjxjjx")
    room.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    room.qtbot.waitUntil(lambda: len(rows(window)) == 4)
    assert (items.current.id, window.inbox.selected, items.is_picking) == (first, (first,), False)
    room.type("j")
    room.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    room.qtbot.waitUntil(lambda: any(told.startswith("Nothing was taken apart") for told, _ in room.said))
    assert not window.inbox._toast.isVisible()
    room.type("z")
    room.qtbot.waitUntil(lambda: len(rows(window)) == 6)


def test_a_version_that_was_opened_from_the_list_leaves_it_when_a_newer_one_comes(room) -> None:
    old = version(room, "The dam costs nine million. " + text(60), 0)
    window = room.open()
    room.qtbot.waitUntil(lambda: len(rows(window)) == 1)
    window.inbox.focus_list()
    room.press(Qt.Key.Key_Return)
    room.qtbot.waitUntil(lambda: rows(window)[0].state is ItemState.READ)
    new = version(room, "The dam costs twelve million. " + text(60), 1)
    room.session.publish(items_changed(new, old))
    room.qtbot.waitUntil(lambda: [row.id for row in rows(window)] == [new])
    window.inbox.search("dam")
    room.qtbot.waitUntil(lambda: [row.id for row in rows(window)] == [new])
