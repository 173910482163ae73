"""Rows that stand for several items, and versions of pages, as the editor meets them in the window."""

from __future__ import annotations

import random
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction

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
