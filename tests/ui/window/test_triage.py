"""List and reader together, by keys alone, and the list of all highlights."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.item import ItemState
from workstation.domain.quote import Highlight, HighlightKind
from workstation.ui.dialogs.highlights import HighlightsDialog
from workstation.ui.dialogs.note import NoteDialog
from workstation.ui.mime import passage_in
from workstation.ui.window import PREVIEW, READER

LONG = "\n".join(f"Paragraph {number} tells of the gauge. The water had never been so low." for number in range(60))


@pytest.fixture
def items(room):
    """Two items, the first listed one long."""
    second = room.item("Second", "A short text.")
    return [room.item("First", LONG, url="https://lantern-post.example/first"), second]


@pytest.fixture
def window(room, items, qtbot):
    window = room.open()
    qtbot.waitUntil(lambda: len(window.inbox._list.items.rows) == 2)
    window.inbox.focus_list()
    window.inbox._list.select(items[0])
    return window


def plain(body):
    return "\n".join("".join(run.text for run in block.runs) for block in body.blocks)


def shown(window):
    reading = window.reader._reading
    return reading.item.id if reading else None


def test_space_reads_to_the_end_of_the_text_and_then_opens_the_next_unread_one(room, window, items, qtbot):
    room.press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    assert window._stack.currentIndex() == READER
    bar = window.reader._view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    pages = 0
    while shown(window) == items[0] and pages < 40:
        before = bar.value()
        room.press(Qt.Key.Key_Space)
        pages += 1
        if before == bar.maximum():
            break
    assert 2 < pages < 40
    qtbot.waitUntil(lambda: shown(window) == items[1])
    assert window.inbox.selected == (items[1],)
    assert window.inbox._list.hasFocus()


def test_space_leads_back_from_the_preview_before_it_scrolls(room, window, items, qtbot):
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    window.show_side(PREVIEW)
    room.press(Qt.Key.Key_Space)
    assert window._stack.currentIndex() == READER
    assert window.reader._view.verticalScrollBar().value() == 0


def test_a_quotation_is_made_without_the_mouse_and_the_keyboard_comes_back_to_the_list(room, window, items, qtbot):
    room.press(Qt.Key.Key_Q)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    assert window.reader._view.hasFocus()
    room.type("]]")
    assert window.reader._words(window.reader._view.passage) == "The water had never been so low."
    room.type("q")
    qtbot.waitUntil(lambda: len(room.story.signals) == 1)
    assert "The water had never been so low." in plain(room.story.signals[0].body)
    room.press(Qt.Key.Key_Escape)
    room.press(Qt.Key.Key_Escape)
    assert window.inbox._list.hasFocus()


def test_the_keys_of_the_list_work_in_the_reader_too(room, window, items, qtbot):
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    window.reader.focus_text()
    room.type("e")
    qtbot.waitUntil(lambda: room.desk.store.items.summary(items[0]).state is ItemState.ARCHIVED)
    qtbot.waitUntil(lambda: shown(window) == items[1])
    assert window.reader._view.hasFocus()
    room.type("z")
    qtbot.waitUntil(lambda: room.desk.store.items.summary(items[0]).state is ItemState.READ)


def test_a_note_is_written_by_keys_shown_above_the_text_and_taken_back(room, window, items, qtbot):
    room.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    room.press(Qt.Key.Key_N)
    qtbot.waitUntil(lambda: bool(window.findChildren(NoteDialog)))
    (dialog,) = window.findChildren(NoteDialog)
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    dialog.field.setPlainText("Ask the port.\nAnd the ministry.")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.reader._strip.words == "Ask the port.\nAnd the ministry.")
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(window.inbox._list.hasFocus)
    room.type("z")
    qtbot.waitUntil(lambda: not window.reader._strip.isVisible())
    assert room.desk.store.items.summary(items[0]).notes == ""


def test_a_mark_changes_its_kind_by_its_key_and_undo_takes_each_change_back(room, window, items, qtbot):
    def marks():
        return [(mark.kind, mark.note) for mark in room.desk.quoting.highlights(items[0])]

    room.press(Qt.Key.Key_Q)
    qtbot.waitUntil(lambda: shown(window) == items[0])
    room.type("]1")
    qtbot.waitUntil(lambda: marks() == [(HighlightKind.FACT, "")])
    qtbot.waitUntil(lambda: len(window.reader._reading.highlights) == 1)
    room.press(Qt.Key.Key_Escape)
    room.type("4")
    qtbot.waitUntil(lambda: marks() == [(HighlightKind.CHECK, "")])
    room.type("z")
    qtbot.waitUntil(lambda: marks() == [(HighlightKind.FACT, "")])
    room.type("z")
    qtbot.waitUntil(lambda: marks() == [])
    window.inbox.redo()
    qtbot.waitUntil(lambda: marks() == [(HighlightKind.FACT, "")])


def test_every_verb_of_the_list_stands_in_a_menu_and_in_the_palette(window):
    menus = [*window._menus, window.inbox.views.menu]
    words = {action.text().replace("&", "") for menu in menus for action in menu.actions()}
    from_table = {
        "Next source",
        "Read on",
        "Shortlist",
        "Archive",
        "Spike",
        "Quote",
        "Select",
        "Tags…",
        "Note…",
        "Undo in the inbox",
    }
    assert from_table | {"Highlights…", "Save this search as a view…", "Tags everywhere…"} <= words


# --- the list of highlights ----------------------------------------------------------------------------------------


@pytest.fixture
def highlights(room, items, window, qtbot):
    """The list, open over two marks."""
    for id, item, start, end, kind, note in (
        ("a", items[0], 0, 11, HighlightKind.FACT, ""),
        ("b", items[1], 2, 7, HighlightKind.CHECK, "who says so?"),
    ):
        room.desk.store.items.add_highlight(Highlight(id=id, item=item, start=start, end=end, kind=kind, note=note))
    window._show_highlights()
    (dialog,) = window.findChildren(HighlightsDialog)
    qtbot.waitUntil(lambda: len(dialog.rows) == 2)
    yield dialog
    dialog.close()
    window.activateWindow()
    qtbot.wait(1)


def test_highlights_are_searched_and_enter_leads_to_the_passage_in_the_reader(room, window, items, highlights, qtbot):
    assert [row.words for row in highlights.rows] == ["short", "Paragraph 0"]
    highlights.search.setText("who says")
    qtbot.waitUntil(lambda: [row.words for row in highlights.rows] == ["short"])
    QTest.keyClick(highlights.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: shown(window) == items[1])
    qtbot.waitUntil(lambda: window.reader._view.passage is not None)
    assert window.reader._words(window.reader._view.passage) == "short"
    assert highlights.isVisible()


def test_one_kind_is_listed_alone_with_its_count(highlights, qtbot):
    assert [tab.text() for tab, _ in highlights._tabs] == ["All 2", "Fact 1", "View", "Quote", "Check 1"]
    highlights.choose(HighlightKind.CHECK)
    qtbot.waitUntil(lambda: [row.words for row in highlights.rows] == ["short"])


def test_kind_and_note_change_in_the_list_and_undo_of_the_inbox_brings_them_back(room, window, highlights, items, qtbot):
    def kept():
        return [(mark.kind, mark.note) for mark in room.desk.quoting.highlights(items[1])]

    highlights.list.setFocus()
    QTest.keyClick(highlights.list, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: kept() == [(HighlightKind.VIEW, "who says so?")])
    qtbot.waitUntil(lambda: highlights.rows[0].highlight.kind is HighlightKind.VIEW)
    highlights.keep_note(highlights.rows[0], "")
    qtbot.waitUntil(lambda: kept() == [(HighlightKind.VIEW, "")])
    qtbot.waitUntil(lambda: highlights.rows[0].highlight.note == "")
    highlights.remove()
    qtbot.waitUntil(lambda: kept() == [])
    for _ in range(3):
        window.inbox.undo()
    qtbot.waitUntil(lambda: kept() == [(HighlightKind.CHECK, "who says so?")])


def test_a_highlight_is_copied_and_carried_as_the_passage_it_marks(highlights, items):
    mime = highlights._model.mimeData([highlights._model.index(0)])
    carried = passage_in(mime)
    assert (carried.item, carried.start, carried.end) == (items[1], 2, 7)
    highlights.copy()
    assert QApplication.clipboard().text() == "short"
