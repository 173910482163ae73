"""What the story pane says of a story that was handed over: what has changed since, and its corrections."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from workstation.domain.body import body_from_text
from workstation.domain.correction import Correction
from workstation.domain.ledger import ChangeKind
from workstation.domain.problem import Place
from workstation.domain.story import SignalCard, Story
from workstation.ui.dialogs.hand_overs import HandOversDialog
from workstation.workflow.history import Spot

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NOTE = "An earlier version gave the wrong day."


@pytest.fixture
def story() -> Story:
    cards = tuple(SignalCard(headline=name, body=body_from_text(f"{name} were told.")) for name in ("Tolls", "Eels", "Barges"))
    return Story(
        slug="lock", headline="A lock opens", news=body_from_text("It opened."), signals=cards, time_zone="Asia/Kathmandu"
    )


@pytest.fixture
def handed_over(room, qtbot, story):
    window = room.open(story)
    hand_over(room)
    return window


def hand_over(room, change: ChangeKind | None = None, note: str = "") -> None:
    exported = room.desk.publishing.export(room.number, "page", room.folder / "out", waive="a test", change=change, note=note)
    room.session.publish(exported.changes)


def marks(room) -> list[str]:
    return [frame.changed.told for frame in room.pane._cards.frames()]


def test_the_line_and_the_marks_follow_the_typing(room, qtbot, handed_over):
    line = handed_over.hand_overs.line
    assert line.isHidden()
    card = room.pane._cards.frames()[1]
    room.focus(card.body)
    room.type(" Some.")
    qtbot.waitUntil(lambda: not line.isHidden())
    assert line.accessibleName() == "Changed since the last hand-over (1 card)"
    assert marks(room) == ["", "Changed since the last hand-over", ""]
    assert not card.changed.pixmap().isNull()
    hand_over(room)
    qtbot.waitUntil(line.isHidden)
    assert marks(room) == ["", "", ""]


def test_a_new_and_a_moved_card_are_marked_and_undo_takes_the_marks_away(room, qtbot, handed_over):
    line = handed_over.hand_overs.line
    room.pane.move_card_to(room.story.signals[0].key, 2)
    qtbot.waitUntil(lambda: marks(room) == ["", "", "Moved since the last hand-over"])
    room.pane.add_card(0)
    room.type("Grain")
    qtbot.waitUntil(lambda: "New since the last hand-over" in marks(room))
    while room.desk.writing.undo_label(room.number):
        handed_over._undo.trigger()
    qtbot.waitUntil(line.isHidden)
    assert marks(room) == ["", "", ""]


def test_a_story_that_was_never_handed_over_says_nothing(room, qtbot, story):
    window = room.open(story)
    room.focus(room.pane._headline)
    room.type("X")
    qtbot.wait(700)
    assert window.hand_overs.line.isHidden()
    assert marks(room) == ["", "", ""]


def test_another_story_is_not_told_what_changed_in_the_one_before(room, qtbot, handed_over):
    line = handed_over.hand_overs.line
    room.focus(room.pane._headline)
    room.type("X")
    qtbot.waitUntil(lambda: not line.isHidden())
    room.session.show_story(room.desk.writing.new("Another"))
    assert line.isHidden()
    room.session.show_story(room.number)
    qtbot.waitUntil(lambda: not line.isHidden())


def test_the_line_leads_to_the_ledger_by_the_keyboard(room, qtbot, handed_over, answer):
    room.focus(room.pane._headline)
    room.type("X")
    line = handed_over.hand_overs.line
    qtbot.waitUntil(lambda: not line.isHidden())
    opened: list[QDialog] = []
    answer(HandOversDialog, lambda dialog: opened.append(dialog) or 0)
    line.setFocus()
    assert line.hasFocus()
    room.press(Qt.Key.Key_Space)
    assert len(opened) == 1


def test_a_narrow_pane_cuts_the_line_and_not_the_pane(room, qtbot, handed_over):
    line = handed_over.hand_overs.line
    changed = replace(room.story, headline="B", news=body_from_text("C"), region="D", signals=room.story.signals[:1])
    room.pane.put(changed, "Typing", Spot("headline"))
    qtbot.waitUntil(lambda: not line.isHidden())
    handed_over.resize(940, 560)
    qtbot.wait(50)
    assert room.pane.width() < line.sizeHint().width()
    assert line.width() <= room.pane.width()
    assert line.text().endswith("…")
    assert line.accessibleName() == "Changed since the last hand-over (Headline, The News, Details, 2 cards)"


# --- corrections ---------------------------------------------------------------------------------------------------


@pytest.fixture
def corrections(room, qtbot, handed_over):
    hand_over(room, ChangeKind.CORRECTION, NOTE)
    field = room.pane._details.field("corrections")
    qtbot.waitUntil(lambda: len(field._rows) == 1)
    room.pane._overline.setChecked(True)
    return field


def test_a_correction_is_shown_with_its_time_in_the_storys_zone(room, corrections):
    made = room.story.corrections[0].made
    assert made.isoformat().endswith("+05:45")
    (row,) = corrections._rows
    assert row.text.text() == NOTE
    assert row._time.text().endswith(f"{made:%H:%M}")
    assert NOTE.split()[0] not in row.text.accessibleName()
    assert row.text.accessibleName().startswith("Correction of ")
    assert corrections.isVisible()


def test_a_correction_is_reworded_and_that_is_undone(room, qtbot, corrections):
    (row,) = corrections._rows
    made = room.story.corrections[0].made
    room.focus(row.text)
    QTest.keyClick(row.text, Qt.Key.Key_End)
    room.type(" It was Friday.")
    assert room.story.corrections == (Correction(made, f"{NOTE} It was Friday."),)
    assert row.text.hasFocus()
    while "Friday" in room.story.corrections[0].text:
        room.undo()
    assert row.text.text() == NOTE
    assert room.story.corrections == (Correction(made, NOTE),)


def test_a_correction_is_removed_and_comes_back_with_undo(room, qtbot, corrections):
    (row,) = corrections._rows
    row.remove.setFocus()
    room.press(Qt.Key.Key_Space)
    assert room.story.corrections == ()
    assert not corrections.isVisible()
    handed_over_line = room.window.hand_overs.line
    qtbot.waitUntil(lambda: "Corrections" in handed_over_line.accessibleName())
    room.window._undo.trigger()
    assert [note.text for note in room.story.corrections] == [NOTE]
    assert corrections.isVisible()


def test_the_review_leads_to_the_corrections(room, qtbot, corrections):
    room.pane._overline.setChecked(False)
    room.pane.go_to(Place("corrections"))
    assert corrections._rows[0].text.isVisible()
    qtbot.waitUntil(lambda: corrections._rows[0].text.hasFocus())


def test_a_story_without_corrections_has_no_field_for_them(room, handed_over):
    room.pane._overline.setChecked(True)
    assert not room.pane._details.field("corrections").isVisible()
