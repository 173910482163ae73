from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton

from workstation.domain.changes import items_changed
from workstation.domain.item import ItemState, Waiting
from workstation.domain.outlet import Outlet, OutletKind
from workstation.errors import StoreError
from workstation.ui.inbox.filter_bar import Filter, Order
from workstation.ui.inbox.inbox_pane import KEYS
from workstation.ui.inbox.outlet_dialog import OutletDialog
from workstation.ui.mime import ITEM_TYPE

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def rows(pane):
    return pane._list.items.rows


def titles(pane):
    return [row.title for row in rows(pane)]


def press(qtbot, pane, *keys):
    for key in keys:
        if isinstance(key, str):
            qtbot.keyClicks(pane._list, key)
        else:
            qtbot.keyClick(pane._list, key)


def tabs(pane):
    return [tab.text() for tab in pane._tabs._tabs]


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_inbox_lists_what_was_captured_newest_first_and_counts_it(room, inbox, qtbot):
    room.add("Older", minutes=50)
    room.add("Newer", minutes=5)
    archived = room.add("Put away", minutes=1)
    room.store.items.set_state([archived], ItemState.ARCHIVED)
    pane = inbox()
    assert titles(pane) == ["Newer", "Older"]
    assert tabs(pane) == ["Inbox 2", "Shortlist", "Used", "Archive"]


def test_the_search_narrows_the_list_as_one_types(room, inbox, qtbot):
    room.add("Ferry talks resume", text="Pilots walked out.")
    room.add("Salt prices fall", text="Traders shrugged.")
    pane = inbox()
    pane.focus_search()
    qtbot.keyClicks(pane._search, "pilo")
    qtbot.waitUntil(lambda: titles(pane) == ["Ferry talks resume"])
    qtbot.keyClick(pane._search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len(titles(pane)) == 2)


def test_an_answer_that_was_overtaken_is_dropped(room, inbox, qtbot, monkeypatch):
    room.add("Ferry talks resume")
    room.add("Salt prices fall")
    pane = inbox()
    slow, answered = threading.Event(), threading.Event()
    page = room.gathering.page

    def late(question, *more):
        if question.query == "ferry":
            slow.wait(5)
            answered.set()
        return page(question, *more)

    monkeypatch.setattr(room.gathering, "page", late)
    pane._search.setText("ferry")
    qtbot.wait(120)
    pane._search.setText("salt")
    qtbot.waitUntil(lambda: titles(pane) == ["Salt prices fall"])
    slow.set()
    qtbot.waitUntil(answered.is_set)
    qtbot.wait(100)
    assert titles(pane) == ["Salt prices fall"]


def test_each_tab_lists_the_items_in_its_state(room, inbox, qtbot):
    kept = room.add("Kept for later")
    room.add("Not yet read")
    room.store.items.set_state([kept], ItemState.SHORTLISTED)
    pane = inbox()
    assert tabs(pane)[1] == "Shortlist 1"
    qtbot.mouseClick(pane._tabs._tabs[1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(pane) == ["Kept for later"])


def test_the_menu_lists_the_spiked_and_names_them_on_the_first_tab(room, inbox, qtbot):
    room.store.items.set_state([room.add("Thrown out")], ItemState.SPIKED)
    pane = inbox(0)
    pane._tabs._states[ItemState.SPIKED].trigger()
    qtbot.waitUntil(lambda: titles(pane) == ["Thrown out"])
    assert tabs(pane)[0] == "Spiked 1"
    assert pane._tabs._tabs[0].isChecked()
    qtbot.mouseClick(pane._tabs._tabs[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(pane) == [])
    assert tabs(pane)[0] == "Inbox"


def test_a_narrow_pane_leaves_counts_out_before_it_cuts_a_tab(room, inbox, qtbot):
    room.add("Report")
    pane = inbox()
    room.gathering.counts = lambda: dict.fromkeys(ItemState, 1234)
    pane.reread()
    qtbot.waitUntil(lambda: "4,936" in tabs(pane)[0])
    pane.resize(290, 700)
    assert tabs(pane) == ["Inbox 4,936", "Shortlist", "Used", "Archive"]
    for tab in pane._tabs._tabs:
        assert tab.width() >= tab.sizeHint().width()
    pane.resize(500, 700)
    assert tabs(pane) == ["Inbox 4,936", "Shortlist 1,234", "Used 1,234", "Archive"]


def test_the_list_can_be_sorted_by_outlet(room, inbox, qtbot):
    room.add("First", outlet="Zephyr Times", minutes=1)
    room.add("Second", outlet="Anchor Weekly", minutes=9)
    room.add("Third", outlet="Anchor Weekly", minutes=5)
    pane = inbox()
    pane._tabs.choose(Filter(None, Order.OUTLET))
    qtbot.waitUntil(lambda: titles(pane) == ["Third", "Second", "First"])


@pytest.mark.parametrize(
    ("query", "words"), [("", "Nothing captured yet."), ("zeppelin", "Nothing matches “zeppelin”.")], ids=["desk", "search"]
)
def test_an_empty_list_says_why(room, inbox, qtbot, query, words):
    pane = inbox()
    pane._search.setText(query)
    qtbot.waitUntil(lambda: pane._list._empty.startswith(words))


def test_a_search_that_finds_nothing_says_what_was_looked_for_and_where_not(room, inbox, qtbot):
    room.store.items.set_state([room.add("Ferry talks")], ItemState.ARCHIVED)
    pane = inbox()
    pane._search.setText('ferry -tag:dams "salt prices"')
    qtbot.waitUntil(lambda: "Looked for" in pane._list._empty)
    assert pane._list._empty.split("\n\n") == [
        "Nothing matches.",
        "Looked for: “ferry”; not tagged “dams…”; exactly “salt prices”.",
        "The archive was not searched. Add is:any to search it too.",
    ]
    pane._search.setText("ferry is:any")
    qtbot.waitUntil(lambda: titles(pane) == ["Ferry talks"])


def test_more_than_a_page_is_read_when_the_list_is_scrolled_to_its_end(room, inbox, qtbot, monkeypatch):
    monkeypatch.setattr("workstation.ui.inbox.listing.FIRST", 20)
    for number in range(45):
        room.add(f"Report {number}", minutes=number)
    pane = inbox(20)
    pane._list.scrollToBottom()
    qtbot.waitUntil(lambda: len(rows(pane)) > 20)
    top = pane._list.indexAt(QPoint(100, 2)).row()
    assert top > 3, "the list must not jump to its top when more is read"


# --- keys and states -----------------------------------------------------------------------------------------------


def test_j_and_k_move_and_enter_opens_and_marks_as_read(room, inbox, qtbot):
    first, second = room.add("First", minutes=1), room.add("Second", minutes=2)
    pane = inbox()
    assert pane.selected == (first,)
    press(qtbot, pane, "j")
    assert pane.selected == (second,)
    press(qtbot, pane, "j", "k", Qt.Key.Key_Return)
    assert room.shown == [first]
    assert rows(pane)[0].state is ItemState.READ
    qtbot.waitUntil(lambda: room.state(first) is ItemState.READ)


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("s", ItemState.SHORTLISTED),
        ("e", ItemState.ARCHIVED),
        (Qt.Key.Key_Delete, ItemState.SPIKED),
    ],
)
def test_a_key_puts_the_selected_items_into_a_state_and_ctrl_z_takes_it_back(room, inbox, qtbot, key, state):
    ids = [room.add(f"Report {number}", minutes=number) for number in range(3)]
    room.store.items.set_state(ids[1:2], ItemState.READ)
    pane = inbox()
    qtbot.keyClick(pane._list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert pane.selected == tuple(ids[:2])
    press(qtbot, pane, key)
    qtbot.waitUntil(lambda: [room.state(item) for item in ids] == [state, state, ItemState.UNREAD])
    qtbot.keyClick(pane._list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: [room.state(item) for item in ids] == [ItemState.UNREAD, ItemState.READ, ItemState.UNREAD])
    qtbot.waitUntil(lambda: [row.id for row in rows(pane)] == ids)
    qtbot.keyClick(pane._list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: [room.state(item) for item in ids] == [state, state, ItemState.UNREAD])


def test_ctrl_z_is_the_lists_own_also_when_the_window_has_an_action_for_it(room, inbox, qtbot):
    item = room.add("Report")
    pane = inbox()
    elsewhere = []
    QShortcut(QKeySequence("Ctrl+Z"), pane).activated.connect(lambda: elsewhere.append("undo"))
    press(qtbot, pane, "e")
    qtbot.waitUntil(lambda: room.state(item) is ItemState.ARCHIVED)
    qtbot.keyClick(pane._list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: room.state(item) is ItemState.UNREAD)
    assert elsewhere == []


def test_the_same_key_takes_an_item_off_the_shortlist_again(room, inbox, qtbot):
    item = room.add("Report")
    pane = inbox()
    press(qtbot, pane, "s")
    qtbot.waitUntil(lambda: room.state(item) is ItemState.SHORTLISTED)
    press(qtbot, pane, "s")
    qtbot.waitUntil(lambda: room.state(item) is ItemState.READ)


def test_archiving_several_in_a_row_acts_on_one_after_the_other(room, inbox, qtbot):
    ids = [room.add(f"Report {number}", minutes=number) for number in range(5)]
    pane = inbox()
    press(qtbot, pane, "e", "e", "e")
    assert [row.id for row in rows(pane)] == ids[3:]
    assert pane.selected == (ids[3],)
    qtbot.waitUntil(lambda: [room.state(item) for item in ids[:4]] == [ItemState.ARCHIVED] * 3 + [ItemState.UNREAD])


def test_states_are_written_in_the_order_in_which_they_were_asked_for(room, inbox, qtbot, monkeypatch):
    item = room.add("Report")
    pane = inbox()
    put = room.gathering.triaging.put
    delays = iter([0.15, 0.0, 0.05, 0.0])

    def slow(states):
        threading.Event().wait(next(delays))
        return put(states)

    monkeypatch.setattr(room.gathering.triaging, "put", slow)
    press(qtbot, pane, "s", "u", "s", "u")
    qtbot.wait(400)
    qtbot.waitUntil(lambda: room.state(item) is ItemState.UNREAD)
    assert next(delays, None) is None


def test_a_state_that_could_not_be_written_is_said_and_not_shown(room, inbox, qtbot, monkeypatch):
    room.add("Report")
    pane = inbox()

    def fail(_states):
        raise StoreError("The state was not kept", "The disk is full.")

    monkeypatch.setattr(room.gathering.triaging, "put", fail)
    press(qtbot, pane, "e")
    assert rows(pane) == ()
    qtbot.waitUntil(lambda: titles(pane) == ["Report"])
    assert ("The state was not kept. The disk is full.", "bad") in room.said


def test_an_item_opened_from_the_unread_ones_stays_listed_until_another_list_is_asked_for(room, inbox, qtbot):
    first = room.add("First", minutes=1)
    room.add("Second", minutes=2)
    pane = inbox()
    pane._tabs.choose(Filter(ItemState.UNREAD))
    qtbot.waitUntil(lambda: tabs(pane)[0] == "Unread 2")
    pane._list.select(first)
    press(qtbot, pane, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: tabs(pane)[0] == "Unread 1")
    assert titles(pane) == ["First", "Second"]
    pane._tabs.choose(Filter(None))
    pane._tabs.choose(Filter(ItemState.UNREAD))
    qtbot.waitUntil(lambda: titles(pane) == ["Second"])


def test_letters_never_jump_to_a_headline(room, inbox, qtbot):
    room.add("Alpha", minutes=1)
    room.add("Zulu", minutes=2)
    pane = inbox()
    press(qtbot, pane, "z")
    assert pane._list.current.title == "Alpha"


def test_the_slash_turns_to_the_search_and_q_asks_for_the_words_selected_in_the_reader(room, inbox, qtbot):
    item = room.add("Report")
    pane = inbox()
    with qtbot.waitSignal(pane.quote_requested):
        press(qtbot, pane, "q")
    assert room.shown == [item]
    press(qtbot, pane, "/")
    assert pane._search.hasFocus()
    assert pane._keys.text() == KEYS


def test_a_click_opens_and_a_click_with_ctrl_only_selects(room, inbox, qtbot):
    first, second = room.add("First", minutes=1), room.add("Second", minutes=2)
    pane = inbox()

    def place(row):
        return pane._list.visualRect(pane._list.items.index(row)).center()

    left, none, ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    qtbot.mouseClick(pane._list.viewport(), left, none, place(0))
    qtbot.mouseClick(pane._list.viewport(), left, ctrl, place(1))
    assert room.shown == [first]
    assert pane.selected == (first, second)


# --- what stays when the list is read again ------------------------------------------------------------------------


def test_selection_and_scroll_stay_when_something_is_captured(room, inbox, qtbot):
    ids = [room.add(f"Report {number}", minutes=number + 10) for number in range(40)]
    pane = inbox()
    pane._list.select(ids[20])
    pane._list.scrollTo(pane._list.items.index(20))
    before = pane._list.visualRect(pane._list.items.index(20)).top()
    room.add("Just in")
    room.session.publish(items_changed("anything"))
    qtbot.waitUntil(lambda: len(rows(pane)) == 41)
    assert pane.selected == (ids[20],)
    assert pane._list.visualRect(pane._list.items.index(21)).top() == before
    press(qtbot, pane, "j")
    assert pane.selected == (ids[21],)


def test_a_list_at_its_top_shows_what_has_just_come_in(room, inbox, qtbot):
    for number in range(40):
        room.add(f"Report {number}", minutes=number + 10)
    pane = inbox()
    room.add("Just in")
    room.session.publish(items_changed("anything"))
    qtbot.waitUntil(lambda: len(rows(pane)) == 41)
    assert pane._list.indexAt(QPoint(100, 2)).row() == 0


# --- capturing -----------------------------------------------------------------------------------------------------


def drop(pane, mime):
    enter = QDragEnterEvent(
        QPoint(20, 200), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    pane.dragEnterEvent(enter)
    if enter.isAccepted():
        point, none = QPointF(20, 200), Qt.KeyboardModifier.NoModifier
        pane.dropEvent(QDropEvent(point, Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, none, QEvent.Type.Drop))
    return enter.isAccepted()


def test_dropped_files_become_items_and_one_that_cannot_be_read_is_named(room, inbox, qtbot, tmp_path):
    note, odd = tmp_path / "tide.txt", tmp_path / "tide.xyz"
    note.write_text("Tide tables\n\nHigh water comes at nine.", encoding="utf-8")
    odd.write_bytes(b"\0\1")
    pane = inbox(0)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(note)), QUrl.fromLocalFile(str(odd))])
    assert drop(pane, mime)
    qtbot.waitUntil(lambda: len(rows(pane)) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: bool(room.said))
    told, tone = room.said[-1]
    assert "tide.xyz" in told
    assert tone == "warn"


def test_items_dragged_out_carry_their_ids_headlines_and_addresses_and_are_not_captured_again(room, inbox):
    first = room.add("First", minutes=1, url="https://lantern-post.example/first")
    second = room.add("Second", minutes=2, url=None)
    pane = inbox()
    mime = pane._list.items.mimeData([pane._list.items.index(1), pane._list.items.index(0)])
    assert bytes(mime.data(ITEM_TYPE)).decode() == f"{first}\n{second}"
    assert mime.text() == "First\nhttps://lantern-post.example/first\nSecond"
    assert not drop(pane, mime)


def test_text_pasted_on_the_list_becomes_an_item(room, inbox, qtbot):
    pane = inbox(0)
    QGuiApplication.clipboard().setText("Harbour reopens\nThe bar was dredged on Monday.")
    qtbot.keyClick(pane._list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: titles(pane) == ["Harbour reopens"])


def test_links_that_wait_for_the_network_are_shown_and_can_be_dropped(room, inbox, qtbot):
    pane = inbox(0)
    assert pane._banner.isHidden()
    mime = QMimeData()
    mime.setUrls([QUrl("https://lantern-post.example/a"), QUrl("https://lantern-post.example/b")])
    assert drop(pane, mime)
    qtbot.waitUntil(lambda: pane._banner._label.text() == "2 links wait for the network")
    assert pane._banner.isVisible()
    qtbot.waitUntil(lambda: bool(room.said))
    assert "2 links wait for the network." in room.said[-1][0]
    pane._banner._open()
    drops = [button for button in pane._banner._dialog.findChildren(QPushButton) if button.text() == "Drop"]
    assert len(drops) == 2
    qtbot.mouseClick(drops[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: pane._banner._label.text() == "1 link waits for the network")
    assert [entry.url for entry in room.gathering.waiting()] == ["https://lantern-post.example/b"]
    pane._banner._dialog.reject()


def test_fetching_what_waits_goes_on_in_the_status_bar(room, inbox, qtbot):
    labels = []
    room.session.task_started.connect(lambda task: labels.append(task.label))
    room.store.items.keep_waiting(Waiting(url="https://lantern-post.example/a", since=NOW, reason="No network."))
    pane = inbox(0)
    qtbot.waitUntil(pane._banner.isVisible)
    pane._banner.fetch_requested.emit()
    qtbot.waitUntil(lambda: bool(room.said))
    assert labels == ["Fetching waiting links"]
    assert len(room.gathering.waiting()) == 1


# --- one item ------------------------------------------------------------------------------------------------------


def labels_of(menu):
    return [action.text().split("\t")[0] for action in menu.actions() if action.text()]


def test_the_menu_offers_what_can_be_done_with_the_item(room, inbox):
    room.add("Report")
    menu = inbox()._menu()
    assert {"Open in the reader", "Shortlist", "Archive", "Spike", "Tags…", "Note…", "Outlet…"} <= set(labels_of(menu))
    assert {"Open the original in the browser", "Copy the link"} <= set(labels_of(menu))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", None])
def test_only_web_addresses_are_opened_in_the_browser(room, inbox, monkeypatch, url):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda address: opened.append(address.toString()))
    room.add("Odd", url=url, minutes=5)
    room.add("Sound", url="https://lantern-post.example/sound")
    pane = inbox()
    for row in rows(pane):
        pane._open_original(row)
    assert opened == ["https://lantern-post.example/sound"]


def test_the_outlet_dialog_keeps_the_editors_word(room, inbox, qtbot):
    room.add("Report", outlet="lantern-post.example", country=None)
    pane = inbox()
    pane.verbs["outlet"]()
    qtbot.waitUntil(lambda: bool(pane.findChildren(OutletDialog)))
    dialog = pane.findChildren(OutletDialog)[0]
    dialog.name.setText("The Lantern Post")
    dialog.country.setCurrentIndex(dialog.country.findData("FJ"))
    dialog.kind.setCurrentText("State")
    dialog.accept()
    qtbot.waitUntil(lambda: [(row.outlet, row.country) for row in rows(pane)] == [("The Lantern Post", "FJ")])
    (outlet,) = room.store.items.outlets()
    assert outlet.kind is OutletKind.STATE
    assert outlet.domains == ("lantern-post.example",)


def test_the_outlet_dialog_begins_with_what_is_known(room, inbox, qtbot):
    room.add("Report")
    known = Outlet(name="The Lantern Post", domains=("lantern-post.example",), country="TO", kind=OutletKind.AGENCY)
    room.store.items.set_outlet(known)
    pane = inbox()
    pane.verbs["outlet"]()
    qtbot.waitUntil(lambda: bool(pane.findChildren(OutletDialog)))
    dialog = pane.findChildren(OutletDialog)[0]
    assert (dialog.name.text(), dialog.country.currentData(), dialog.kind.currentText()) == ("The Lantern Post", "TO", "Agency")
    dialog.reject()


def test_tags_and_notes_are_kept_and_foreign_markup_in_a_tool_tip_is_escaped(room, inbox, qtbot):
    item = room.add("<img src=x> & co")
    pane = inbox()
    pane._write(lambda: room.gathering.triaging.tag({item: ("sea", "<b>law</b>")}))
    qtbot.waitUntil(lambda: rows(pane)[0].tags == ("sea", "<b>law</b>"))
    tip = pane._list.items.index(0).data(Qt.ItemDataRole.ToolTipRole)
    assert "&lt;img src=x&gt; &amp; co" in tip
    assert "&lt;b&gt;law&lt;/b&gt;" in tip


def test_every_control_has_an_accessible_name(room, inbox):
    room.add("Report")
    pane = inbox()
    for control in (pane._search, pane._list, pane._tabs.button, *pane._tabs._tabs):
        assert control.accessibleName()
    spoken = pane._list.items.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Report. The Lantern Post, New Zealand, English, Unread, ")


def test_words_pasted_from_a_browser_keep_their_page_and_a_link_shows_its_passage(room, inbox, qtbot):
    pane = inbox(0)
    shown = []
    room.session.passage_shown.connect(lambda *passage: shown.append(passage))
    mime = QMimeData()
    mime.setText("The bar was dredged. Pilots return.")
    mime.setHtml("<p>The bar was dredged.</p><p>Pilots return.</p>")
    mime.setData("chromium/x-source-url", b"https://lantern-post.example/bar#:~:text=pilots")
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(pane._list, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(shown))
    (summary,) = room.gathering.items()
    assert summary.url == "https://lantern-post.example/bar"
    assert room.gathering.item(summary.id).text == "The bar was dredged.\nPilots return."
    assert shown == [(summary.id, 21, 27)]
