"""The list of stories: what it shows, finds and sorts; notes and statuses set from it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from workstation.domain.embargo import told_embargo
from workstation.domain.story import Story
from workstation.ui.dialogs.stories import StoriesDialog
from workstation.ui.dialogs.story_table import COLUMNS

LEFT = Qt.MouseButton.LeftButton
SOON, PAST = datetime.now(UTC) + timedelta(days=1), datetime.now(UTC) - timedelta(days=1)


@pytest.fixture
def dialog(room, qtbot) -> StoriesDialog:
    """Over four stories of which the first is open."""
    window = room.open(Story(slug="ferries", headline="Ferries wait", embargo=SOON, time_zone="Asia/Tokyo", notes="Ring Ines"))
    add = room.desk.store.stories.add
    add(Story(slug="locks", headline="Locks shut", news=room.body("<p>The miller objects.</p>"), embargo=PAST))
    room.desk.shelving.mark_ready(add(Story(slug="gauges", headline="Gauges fall")))
    room.desk.writing.spike(add(Story(slug="quays", headline="Quays flood")))
    made = StoriesDialog(room.session, room.theme, room.desk.writing, room.desk.shelving, window)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog: StoriesDialog, column: str) -> dict[str, str]:
    table, at = dialog._table, COLUMNS.index(column)
    return {entry.slug: table.index(row, at).data() for row, entry in enumerate(table.entries)}


def slugs(dialog: StoriesDialog) -> list[str]:
    return [entry.slug for entry in dialog._table.entries]


def select(dialog: StoriesDialog, slug: str) -> None:
    dialog._view.selectRow(slugs(dialog).index(slug))


def test_each_story_shows_its_status_embargo_and_notes(dialog):
    assert cells(dialog, "Status") == {"gauges": "Ready", "locks": "Draft", "ferries": "Draft"}
    assert cells(dialog, "Embargo")["ferries"] == told_embargo(SOON, "Asia/Tokyo")
    assert cells(dialog, "Embargo")["gauges"] == ""
    assert cells(dialog, "Notes")["ferries"] == "Ring Ines"
    table, at = dialog._table, COLUMNS.index("Embargo")
    colours = {slug: table.index(row, at).data(Qt.ItemDataRole.ForegroundRole) for row, slug in enumerate(slugs(dialog))}
    assert colours["ferries"].name().upper() == dialog._table._theme.tokens.warn
    assert colours["locks"].name().upper() == dialog._table._theme.tokens.muted
    assert dialog._notes.toPlainText() == "Ring Ines"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("All but spiked", {"ferries", "locks", "gauges"}),
        ("Drafts", {"ferries", "locks"}),
        ("Ready", {"gauges"}),
        ("Exported", set()),
        ("Spiked", {"quays"}),
        ("All", {"ferries", "locks", "gauges", "quays"}),
    ],
)
def test_the_list_is_filtered_by_status(dialog, name, shown):
    dialog._filter.setCurrentText(name)
    assert set(slugs(dialog)) == shown


def test_a_word_of_the_text_is_found_a_moment_later_and_a_note_at_once(qtbot, dialog):
    dialog._search.setText("INES")
    assert slugs(dialog) == ["ferries"]
    dialog._search.setText("miller")
    assert slugs(dialog) == []
    qtbot.waitUntil(lambda: slugs(dialog) == ["locks"])
    dialog._search.setText("")
    assert len(slugs(dialog)) == 3


def test_the_columns_sort_the_list_and_the_selection_stays_with_its_story(dialog):
    select(dialog, "ferries")
    header = dialog._view.horizontalHeader()
    header.setSortIndicator(COLUMNS.index("Slug"), Qt.SortOrder.AscendingOrder)
    assert slugs(dialog) == ["ferries", "gauges", "locks"]
    header.setSortIndicator(COLUMNS.index("Embargo"), Qt.SortOrder.DescendingOrder)
    assert slugs(dialog) == ["ferries", "locks", "gauges"]
    assert dialog._current().slug == "ferries"


def test_a_story_is_marked_ready_and_goes_back_to_draft(room, dialog):
    select(dialog, "locks")
    button = dialog._made["Turn"]
    assert button.text() == "Mark as ready"
    QTest.mouseClick(button, LEFT)
    assert cells(dialog, "Status")["locks"] == "Ready"
    assert dialog._current().slug == "locks"
    assert button.text() == "Back to draft"
    QTest.mouseClick(button, LEFT)
    assert cells(dialog, "Status")["locks"] == "Draft"
    dialog._filter.setCurrentText("Spiked")
    assert not button.isEnabled()


def test_notes_are_kept_with_the_story_that_they_were_typed_for(room, qtbot, dialog):
    select(dialog, "locks")
    dialog._notes.setPlainText("Wait for the council")
    select(dialog, "gauges")
    assert dialog._notes.toPlainText() == ""
    number = room.desk.writing.id_of("locks")
    qtbot.waitUntil(lambda: room.desk.store.stories.get(number).notes == "Wait for the council")
    qtbot.waitUntil(lambda: cells(dialog, "Notes")["locks"] == "Wait for the council")
    assert cells(dialog, "Notes")["gauges"] == ""


def test_closing_keeps_the_notes_and_the_open_story_can_undo_them(room, qtbot):
    window = room.open(Story(slug="ferries", headline="Ferries wait", notes="Ring Ines"))
    dialog = StoriesDialog(room.session, room.theme, room.desk.writing, room.desk.shelving, window)
    dialog.show()
    dialog._notes.setPlainText("Ring Ines and the council")
    dialog.reject()
    dialog.deleteLater()
    QApplication.sendPostedEvents(dialog, QEvent.Type.DeferredDelete.value)
    qtbot.waitUntil(lambda: room.story.notes == "Ring Ines and the council")
    qtbot.waitUntil(lambda: room.pane._details._notes.toPlainText() == "Ring Ines and the council")
    room.pane.undo()
    assert room.story.notes == "Ring Ines"
