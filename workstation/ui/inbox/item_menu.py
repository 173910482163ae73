"""The menu of the list: what can be done with the current item, with the key of each entry."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from workstation.domain.item import ItemState, ItemSummary
from workstation.ui.inbox.keys import GROUPS, KEYS, Verbs

BACK = {
    "shortlist": ("Take off the shortlist", ItemState.SHORTLISTED),
    "archive": ("Bring back from the archive", ItemState.ARCHIVED),
    "unread": ("Mark as read", ItemState.UNREAD),
    "spike": ("Bring back", ItemState.SPIKED),
}
"""What an entry says where the item is in the state already."""
ON_THE_ITEM = (
    ("open", "next"),
    ("shortlist", "archive", "unread", "spike"),
    ("quote", "tags", "notes"),
    ("pick", "pick_all", "clear"),
    ("original",),
)
ALWAYS = ("search", "views", "highlights", "undo", "redo", "key_sheet")

ELSEWHERE = ("search", "highlights")
"""Verbs that have a place in another menu of the window, with a key that works everywhere."""

Entry = tuple[str, Callable[[], object], bool]
"""The words, the act, and whether it can be carried out."""


def item_menu(parent: QWidget, summary: ItemSummary | None, verbs: Verbs, more: tuple[Entry, ...] = ()) -> QMenu:
    """The menu for an item; without one, what can be done with none. ``more`` are entries that have no key."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if summary is not None:
        for group in ON_THE_ITEM:
            for verb in group:
                _add(menu, verb, verbs, summary)
            menu.addSeparator()
        for words, act, enabled in more:
            menu.addAction(words, act).setEnabled(enabled)
        menu.addSeparator()
    for verb in ALWAYS:
        _add(menu, verb, verbs, summary)
    return menu


def _add(menu: QMenu, verb: str, verbs: Verbs, summary: ItemSummary | None) -> None:
    key = KEYS[verb]
    back = BACK.get(verb)
    words = back[0] if back and summary is not None and summary.state is back[1] else key.label.replace("&", "")
    menu.addAction(f"{words}\t{key.shown}", verbs[verb])


def fill_window_menu(add: Callable[[str, Callable[[], object], str], object], divide: Callable[[], object], verbs: Verbs) -> None:
    """Every verb of the list for the window's menu: ``add`` gets the words, the act and the key, which the list answers."""
    for number, (_, keys) in enumerate(GROUPS):
        if number:
            divide()
        for key in (key for key in keys if key.verb not in ELSEWHERE):
            add(key.label, verbs[key.verb], key.keys[0])
