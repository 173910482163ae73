"""The status beside the overline follows the story and turns it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from workstation.domain.story import Story
from workstation.workflow.history import Spot


def test_the_chip_says_where_the_story_stands_and_turns_it(room, qtbot):
    room.open(Story(slug="story", headline="Headline"))
    chip = room.window.status
    qtbot.waitUntil(lambda: chip._chip.text() == "Draft")
    assert room.window._turn.text() == "Mark as ready"
    room.window._turn.trigger()
    qtbot.waitUntil(lambda: chip._chip.text() == "Ready")
    assert room.window._turn.text() == "Back to draft"
    QTest.mouseClick(chip._chip, Qt.MouseButton.LeftButton)
    menu = chip.findChild(QMenu)
    assert [action.text() for action in menu.actions()] == ["Back to draft"]
    menu.actions()[0].trigger()
    menu.close()
    qtbot.waitUntil(lambda: chip._chip.text() == "Draft")


def test_the_chip_follows_exports_and_other_stories(room, qtbot):
    room.open(Story(slug="story", headline="Headline"))
    chip = room.window.status
    other = room.desk.writing.new("Other")
    room.session.publish(room.desk.publishing.export(room.number, "page", room.folder / "out", waive="for the test").changes)
    qtbot.waitUntil(lambda: chip._chip.text() == "Exported")
    room.session.show_story(other)
    qtbot.waitUntil(lambda: chip._chip.text() == "Draft")


def test_an_embargo_is_shown_while_it_holds(room, qtbot):
    room.open(Story(slug="story", headline="Headline"))
    badge = room.window.status._badge
    for days, shown in ((1, "Embargo"), (-1, "")):
        story = replace(room.story, embargo=datetime.now(UTC) + timedelta(days=days))
        room.pane._edit(story, "Embargo", Spot("embargo"))
        qtbot.waitUntil(lambda shown=shown: badge.text() == shown)
