"""Every menu of the window: no key twice, no letter twice, and every verb of the list in one of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from workstation.ui.dialogs.commands import CommandsDialog
from workstation.ui.inbox.item_menu import ALWAYS, ON_THE_ITEM, WITHOUT_ITEM
from workstation.ui.inbox.keys import GROUPS, KEYS


def menus(menu: QMenu) -> Iterator[QMenu]:
    yield menu
    for action in menu.actions():
        if action.menu():
            yield from menus(action.menu())


def all_menus(window) -> list[QMenu]:
    return [menu for action in window.menuBar().actions() for menu in menus(action.menu())]


def letters(actions: list[QAction]) -> list[str]:
    found = (re.search("&([^&])", action.text().replace("&&", "")) for action in actions)
    return [letter[1].casefold() for letter in found if letter]


def twice(some: list[str]) -> list[str]:
    return sorted(one for one, count in Counter(some).items() if count > 1)


def test_no_letter_opens_two_entries_of_one_menu(room) -> None:
    window = room.open()
    found = {menu.title(): twice(letters(menu.actions())) for menu in all_menus(window)}
    assert {title: letters for title, letters in found.items() if letters} == {}
    assert twice(letters(window.menuBar().actions())) == []
    assert len(found) >= 12


def test_no_key_stands_for_two_actions(room) -> None:
    window = room.open()
    everywhere = [
        keys.toString()
        for action in {action for menu in all_menus(window) for action in menu.actions()}
        if action.shortcutContext() is not Qt.ShortcutContext.WidgetShortcut
        for keys in action.shortcuts()
    ]
    assert twice(everywhere) == []
    assert len(everywhere) > 30
    assert twice([chord for key in KEYS.values() for chord in key.keys]) == []


def test_every_verb_of_the_list_is_in_its_menu_in_a_menu_of_the_window_and_in_the_palette_once(room) -> None:
    window = room.open()
    in_list = {verb for group in ON_THE_ITEM for verb in group} | {*ALWAYS, *WITHOUT_ITEM}
    moving = {key.verb for key in GROUPS[0][1]} - {"open"}
    assert in_list == set(KEYS) - moving == set(window.inbox.verbs) - moving
    words = [action.text().replace("&", "") for menu in all_menus(window) for action in menu.actions() if not action.menu()]
    wanted = [key.label.replace("&", "") for key in KEYS.values() if key.verb not in ("search", "highlights")]
    assert [label for label in wanted if words.count(label) != 1] == []
    window._show_commands()
    (palette,) = window.findChildren(CommandsDialog)
    offered = [action.text().replace("&", "") for action in palette._actions]
    assert [label for label in wanted if offered.count(label) != 1] == []
    palette.close()


def test_no_menu_is_higher_than_a_small_window(room) -> None:
    window = room.open()
    assert {menu.title(): menu.sizeHint().height() for menu in all_menus(window) if menu.sizeHint().height() > 640} == {}


def test_a_letter_at_an_open_menu_is_the_menu_s_own_and_no_key_of_the_list(room) -> None:
    window = room.open()
    menu = next(menu for menu in all_menus(window) if menu.title() == "&Edit")
    triggered = []
    for here in all_menus(window):
        here.triggered.connect(lambda action: triggered.append(action.text()))
    menu.popup(window.mapToGlobal(window.rect().center()))
    window.menuBar().setFocus()
    QTest.keyClick(menu, Qt.Key.Key_L)
    assert triggered == ["Keep as trans&lation of the selected passage"]
