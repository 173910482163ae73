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
    ("open",),
    ("shortlist", "archive", "unread", "spike"),
    ("quote", "tags", "notes"),
    ("pick", "pick_all", "clear"),
    ("group", "members", "apart", "versions", "changed", "whole"),
    ("original", "copy_link", "outlet"),
)
WITHOUT_ITEM = ("search", "views", "highlights")
ALWAYS = ("undo", "redo", "key_sheet")

ELSEWHERE = ("search", "highlights", "group", "members", "apart", "changed", "versions")
"""Verbs that have a place in another menu of the window, with a key that works everywhere."""
APART = "Moving and reading"
"""The verbs that nobody looks for in a menu: one step further in."""

Entry = tuple[str, Callable[[], object], bool]
"""The words, the act, and whether it can be carried out."""


def item_menu(
    parent: QWidget, summary: ItemSummary | None, verbs: Verbs, more: tuple[Entry, ...] = (), *, count: int = 1
) -> QMenu:
    """The menu for an item, one of ``count`` selected ones; without one, what can be done with none.

    ``more`` are entries that have no key.
    """
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    if summary is not None:
        for group in ON_THE_ITEM:
            for verb in group:
                if _is_offered(verb, summary, count):
                    _add(menu, verb, verbs, summary)
            menu.addSeparator()
        for words, act, enabled in more:
            menu.addAction(words, act).setEnabled(enabled)
        menu.addSeparator()
    for verb in (*(WITHOUT_ITEM if summary is None else ()), *ALWAYS):
        _add(menu, verb, verbs, summary)
    return menu


def _is_offered(verb: str, summary: ItemSummary, count: int) -> bool:
    """Whether a verb makes sense for the item: what stands alone cannot be taken apart."""
    offered = {
        "clear": count > 1,
        "group": count > 1,
        "members": summary.beneath > 0,
        "apart": summary.beneath > 0,
        "versions": summary.versions > 1,
        "changed": bool(summary.url),
        "whole": bool(summary.url),
        "copy_link": bool(summary.url) or count > 1,
        "original": bool(summary.url),
        "outlet": count == 1,
    }
    return offered.get(verb, True)


def _add(menu: QMenu, verb: str, verbs: Verbs, summary: ItemSummary | None) -> None:
    key = KEYS[verb]
    back = BACK.get(verb)
    words = back[0] if back and summary is not None and summary.state is back[1] else key.label.replace("&", "")
    menu.addAction(f"{words}\t{key.shown}", verbs[verb])


Add = Callable[[QMenu, str, Callable[[], object], str], object]


def fill_window_menu(menu: QMenu, inner: QMenu, add: Add, verbs: Verbs) -> None:
    """Every verb of the list in the window's menu, those of moving in ``inner``; the list itself answers the keys."""
    for heading, keys in GROUPS:
        here = inner if heading == APART else menu
        for key in (key for key in keys if key.verb not in ELSEWHERE):
            add(here, key.label, verbs[key.verb], key.keys[0] if key.keys else "")
        if here is inner:
            menu.addMenu(inner)
        menu.addSeparator()
