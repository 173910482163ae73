"""An hour of triage by keyboard: picking, tags, notes, undo, views, and the words that are said about it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.item import ItemState
from workstation.ui.inbox.key_sheet import KeySheet
from workstation.ui.inbox.keys import KEYS
from workstation.ui.inbox.tag_dialog import TagDialog

SHIFT, NONE = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.NoModifier


def press(pane, *keys):
    """Keys on whatever has the focus, as the window system would send them."""
    for key in keys:
        widget = QApplication.focusWidget()
        assert widget is not None
        if isinstance(key, str):
            QTest.keyClicks(widget, key)
        else:
            QTest.keyClick(widget, key)


def ids_of(pane):
    return [row.id for row in pane._list.items.rows]


@pytest.fixture
def desk(room):
    """Five unread reports, the newest first."""
    return [room.add(f"Report {number}", minutes=number + 1) for number in range(5)]


# --- moving and reading --------------------------------------------------------------------------------------------


def test_what_the_keyboard_rests_on_is_shown_and_is_read_only_after_a_while(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "j")
    qtbot.waitUntil(lambda: room.shown == [desk[1]])
    assert room.state(desk[1]) is ItemState.UNREAD
    qtbot.waitUntil(lambda: room.state(desk[1]) is ItemState.READ)
    assert room.state(desk[0]) is ItemState.UNREAD


def test_running_down_the_list_shows_only_where_it_ends(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "j", "j", "j")
    qtbot.waitUntil(lambda: bool(room.shown))
    assert room.shown == [desk[3]]


def test_space_opens_first_then_reads_on_and_the_end_of_a_text_leads_to_the_next_unread_one(room, inbox, qtbot, desk):
    room.store.items.set_state([desk[1]], ItemState.READ)
    pane = inbox()
    steps = []
    pane.read_on_requested.connect(steps.append)
    press(pane, Qt.Key.Key_Space)
    assert room.shown == [desk[0]]
    assert steps == []
    press(pane, Qt.Key.Key_Space)
    QTest.keyClick(pane._list, Qt.Key.Key_Space, SHIFT)
    assert steps == [1, -1]
    pane.open_unread()
    assert room.shown == [desk[0], desk[2]]
    assert pane.selected == (desk[2],)


def test_an_item_put_back_to_unread_stays_unread_while_it_is_shown(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "j", "k", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: room.state(desk[0]) is ItemState.READ)
    press(pane, "u")
    qtbot.wait(1300)
    assert room.state(desk[0]) is ItemState.UNREAD


def test_g_and_shift_g_lead_to_the_ends(room, inbox, desk):
    pane = inbox()
    QTest.keyClick(pane._list, Qt.Key.Key_G, SHIFT)
    assert pane.selected == (desk[4],)
    press(pane, "g")
    assert pane.selected == (desk[0],)


# --- several at once -----------------------------------------------------------------------------------------------


def test_picked_rows_stay_picked_while_one_moves_and_a_verb_acts_on_all_of_them(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "x", "j", "j", "x", "j", Qt.Key.Key_Down)
    assert pane.selected == (desk[0], desk[2])
    assert pane.actions_bar.isVisible()
    assert pane.actions_bar._label.text() == "2 selected"
    press(pane, "e")
    qtbot.waitUntil(lambda: [room.state(item) for item in desk].count(ItemState.ARCHIVED) == 2)
    assert ids_of(pane) == [desk[1], desk[3], desk[4]]
    assert pane._list.current.id == desk[4], "the keyboard stays where it was"
    assert not pane.actions_bar.isVisible()


def test_escape_lets_go_of_what_is_picked_and_then_empties_the_search(room, inbox, qtbot, desk):
    pane = inbox()
    pane._search.setText("report")
    press(pane, "a")
    assert len(pane.selected) == 5
    press(pane, Qt.Key.Key_Escape)
    assert len(pane.selected) == 1
    assert pane._search.text() == "report"
    press(pane, Qt.Key.Key_Escape)
    assert pane._search.text() == ""


def test_a_picked_row_can_be_let_go_alone_and_a_plain_click_lets_go_of_all(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "x", "j", "x", "x")
    assert pane.selected == (desk[0],)
    place = pane._list.visualRect(pane._list.items.index(3)).center()
    qtbot.mouseClick(pane._list.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert pane.selected == (desk[3],)
    assert not pane._list.is_picking


# --- undo ----------------------------------------------------------------------------------------------------------


def test_z_brings_back_exactly_the_states_there_were_and_leads_to_them(room, inbox, qtbot, desk):
    room.store.items.set_state([desk[1]], ItemState.SHORTLISTED)
    pane = inbox()
    press(pane, "a", "e")
    assert ids_of(pane) == []
    qtbot.waitUntil(lambda: all(room.state(item) is ItemState.ARCHIVED for item in desk))
    assert pane._toast.isVisible()
    assert pane._toast.words == "5 sources archived"
    press(pane, "z")
    qtbot.waitUntil(lambda: ids_of(pane) == desk)
    states = [room.state(item) for item in desk]
    assert states == [ItemState.UNREAD, ItemState.SHORTLISTED, ItemState.UNREAD, ItemState.UNREAD, ItemState.UNREAD]
    assert pane._list.current.id == desk[0]
    assert pane._list.hasFocus()
    QTest.keyClick(pane._list, Qt.Key.Key_Z, SHIFT)
    qtbot.waitUntil(lambda: all(room.state(item) is ItemState.ARCHIVED for item in desk))


def test_the_toast_goes_by_itself_but_not_under_the_mouse(room, inbox, qtbot, desk):
    pane = inbox()
    pane._toast._timer.setInterval(80)
    press(pane, "e")
    middle = QPointF(pane._toast.rect().center())
    QApplication.sendEvent(pane._toast, QEnterEvent(middle, middle, middle))
    qtbot.wait(200)
    assert pane._toast.isVisible()
    QApplication.sendEvent(pane._toast, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: not pane._toast.isVisible())


def test_the_toast_takes_back_at_a_click_leaves_the_keyboard_alone_and_stands_above_the_bar(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "x", "j", "x", "s")
    assert pane._toast.geometry().bottom() < pane.actions_bar.geometry().top()
    qtbot.mouseClick(pane._toast._button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: room.state(desk[1]) is ItemState.UNREAD)
    assert pane._list.hasFocus()
    assert pane.selected == (desk[0], desk[1]), "what was picked stays picked"
    assert pane._toast.words == "Undone: 2 sources shortlisted"


def test_tags_notes_and_states_are_taken_back_in_the_order_they_were_made(room, inbox, qtbot, desk):
    pane = inbox()
    first = pane._list.items.rows[0]
    pane.triage.tag({first.id: ()}, {first.id: ("water",)})
    pane.triage.note(first.id, "", "Ask the port.")
    press(pane, "s")

    def kept():
        summary = room.store.items.summary(first.id)
        return summary.tags, summary.notes, summary.state

    qtbot.waitUntil(lambda: kept() == (("water",), "Ask the port.", ItemState.SHORTLISTED))
    press(pane, "z")
    qtbot.waitUntil(lambda: kept() == (("water",), "Ask the port.", ItemState.UNREAD))
    press(pane, "z")
    qtbot.waitUntil(lambda: kept() == (("water",), "", ItemState.UNREAD))
    press(pane, "z")
    qtbot.waitUntil(lambda: kept() == ((), "", ItemState.UNREAD))


def test_a_key_pressed_again_says_what_it_took_back(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "s")
    assert pane._toast.words == "1 source shortlisted"
    press(pane, "s")
    assert pane._toast.words == "1 source taken off the shortlist"
    qtbot.waitUntil(lambda: room.state(desk[0]) is ItemState.READ)


# --- tags ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def tag_dialog(inbox, qtbot):
    """Opens the pane and its tag dialog for the picked rows."""

    def open_dialog(*keys):
        pane = inbox()
        press(pane, *keys, "t")
        qtbot.waitUntil(lambda: bool(pane.findChildren(TagDialog)))
        (dialog,) = pane.findChildren(TagDialog)
        with qtbot.waitActive(dialog):
            dialog.activateWindow()
        return pane, dialog

    return open_dialog


def boxes(dialog):
    return {dialog.boxes.item(row).data(Qt.ItemDataRole.UserRole): dialog.boxes.item(row) for row in range(dialog.boxes.count())}


def tags(room, ids):
    return [room.store.items.summary(item).tags for item in ids]


def test_a_tag_is_completed_and_added_to_all_picked_sources_by_one_enter(room, tag_dialog, qtbot, desk):
    room.gathering.triaging.tag({desk[0]: ("sea", "water"), desk[4]: ("water",)})
    pane, dialog = tag_dialog("x", "j", "x")
    state = {tag: box.checkState() for tag, box in boxes(dialog).items()}
    assert state == {"sea": Qt.CheckState.PartiallyChecked, "water": Qt.CheckState.PartiallyChecked}
    QTest.keyClicks(dialog.field, "wat")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tags(room, desk[:2]) == [("sea", "water"), ("water",)])
    assert pane._toast.words == "1 source tagged “water”"
    pane.activateWindow()  # nobody else does without a window manager
    qtbot.waitUntil(pane._list.hasFocus)


def test_a_comma_adds_a_new_tag_and_waits_for_the_next_and_a_box_takes_one_off(room, tag_dialog, qtbot, desk):
    room.gathering.triaging.tag({desk[0]: ("sea",)})
    _, dialog = tag_dialog()
    QTest.keyClicks(dialog.field, "law, new york")
    boxes(dialog)["sea"].setCheckState(Qt.CheckState.Unchecked)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: set(tags(room, desk[:1])[0]) == {"law", "new york"})


def test_two_tags_become_one_everywhere_and_undo_parts_them_again(room, inbox, qtbot, desk):
    before = {desk[0]: ("Sea", "law"), desk[1]: ("law", "ocean"), desk[2]: ("ocean", "sea")}
    room.gathering.triaging.tag(before)
    pane = inbox()
    pane.triage.rename_tag("ocean", "sea")
    qtbot.waitUntil(lambda: tags(room, desk[:3]) == [("Sea", "law"), ("law", "sea"), ("sea",)])
    press(pane, "z")
    qtbot.waitUntil(lambda: tags(room, desk[:3]) == [before[item] for item in desk[:3]])


# --- views and searches --------------------------------------------------------------------------------------------


def test_a_search_is_kept_as_a_view_chosen_by_its_number_and_undo_forgets_it(room, inbox, qtbot, desk):
    special = room.add("Ferry talks", minutes=30)
    pane = inbox()
    qtbot.waitUntil(lambda: len(pane.views.views) == 5)
    pane._search.setText("ferry")
    pane.views.save("Ferries", "ferry", pane._tabs.filter.order)
    qtbot.waitUntil(lambda: [view.name for view in pane.views.views][-1] == "Ferries")
    pane.views.menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: pane.views.counts[-1].told == "1")
    assert pane.views.button.text() == "Ferries"
    pane.focus_list()
    press(pane, "0")
    qtbot.waitUntil(lambda: len(ids_of(pane)) == 6)
    press(pane, "6")
    qtbot.waitUntil(lambda: ids_of(pane) == [special])
    press(pane, "z")
    qtbot.waitUntil(lambda: len(pane.views.views) == 5)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_another_search_begins_at_its_first_row_however_far_down_the_keyboard_was(room, inbox, qtbot, desk):
    ferries = [room.add(f"Ferry {number}", minutes=30 + number) for number in range(4)]
    pane = inbox()
    QTest.keyClick(pane._list, Qt.Key.Key_End)
    press(pane, "k", "k", "k", "k", "/")
    assert pane.selected == (desk[4],)
    press(pane, "ferry", Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ids_of(pane) == ferries)
    assert pane.selected == (ferries[0],)
    assert pane._list.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_enter_in_the_search_leads_to_the_list_and_down_offers_what_was_searched(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "/")
    press(pane, "report", Qt.Key.Key_Return)
    assert pane._list.hasFocus()
    qtbot.waitUntil(lambda: room.gathering.viewing.searches() == ["report"])
    pane._search.clear()
    press(pane, "/")
    qtbot.waitUntil(lambda: pane._search._searches == ["report"])
    QTest.keyClick(pane._search, Qt.Key.Key_Down)
    assert pane._search.offered == ["report"]
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Down)
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Return)
    assert pane._search.text() == "report"
    assert not pane._search._popup.isVisible()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_search_completes_a_filter_under_the_caret(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "/", "harbour -ou")
    assert pane._search.offered == ["outlet:"]
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Down)
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Return)
    assert pane._search.text() == "harbour -outlet:"


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_search_completes_states_and_the_tags_there_are(room, inbox, qtbot, desk):
    room.gathering.triaging.tag({desk[0]: ("river law", "rain", "sea")})
    pane = inbox()
    press(pane, "/")
    qtbot.waitUntil(lambda: bool(pane._search._tags))
    press(pane, "is:un")
    assert pane._search.offered == ["unread"]
    press(pane, "read -tag:r")
    assert pane._search.offered == ["rain", '"river law"']
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Down)
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Down)
    QTest.keyClick(pane._search._popup, Qt.Key.Key_Return)
    assert pane._search.text() == 'is:unread -tag:"river law"'


# --- keys ----------------------------------------------------------------------------------------------------------


def test_no_key_of_the_list_acts_while_somebody_types_in_the_search(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "/", "sexual jukebox ztn/?", Qt.Key.Key_Space)
    assert pane._search.text() == "sexual jukebox ztn/? "
    assert [room.state(item) for item in desk] == [ItemState.UNREAD] * 5
    assert pane.steps.last is None


def test_the_sheet_tells_every_key_and_finds_one(room, inbox, qtbot, desk):
    pane = inbox()
    press(pane, "?")
    (sheet,) = pane.findChildren(KeySheet)
    told = " ".join(sheet.shown)
    assert all(key.shown in told or key.shown == "Return" for key in KEYS.values())
    sheet.search.setText("shortlist")
    assert [line.split(".")[0] for line in sheet.shown] == ["S Shortlist"]
    QTest.keyClick(sheet.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(pane._list.hasFocus)


def test_each_verb_has_a_key_an_act_and_one_key_has_one_verb(room, inbox):
    pane = inbox(0)
    assert set(pane.verbs) == set(KEYS)
    keys = [chord for key in KEYS.values() for chord in key.keys]
    assert len(keys) == len(set(keys))


def test_after_the_last_row_was_archived_the_keyboard_is_on_the_row_above_and_then_still_in_the_list(room, inbox, qtbot):
    first, last = room.add("First", minutes=1), room.add("Last", minutes=2)
    pane = inbox()
    press(pane, "j", "e")
    assert pane.selected == (first,)
    press(pane, "e")
    assert pane.selected == ()
    assert pane._list.hasFocus()
    press(pane, "z", "z")
    qtbot.waitUntil(lambda: ids_of(pane) == [first, last])
    assert pane._list.indexAt(QPoint(50, 10)).isValid()
