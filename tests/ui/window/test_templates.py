"""Templates in the window: a story becomes one, and a new story begins with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog

from workstation.domain.story import Story
from workstation.ui.dialogs.templates import SaveTemplateDialog, TemplatesDialog

LEFT = Qt.MouseButton.LeftButton


def names(menu) -> list[str]:
    return [action.text() for action in menu.actions() if action.text()]


def test_a_story_is_saved_as_a_template_and_a_new_one_begins_from_it(room, qtbot, answer):
    room.open(Story(slug="story", headline="Headline", region="North", signals=(room.card("Upstream", "<p>Words.</p>"),)))
    asked = []

    def reply(dialog):
        asked.append(dialog._save.isEnabled())
        dialog._name.setText("three Angles")
        asked.append(dialog._save.isEnabled())
        dialog._name.setText("Morning & noon")
        asked.append(dialog._save.isEnabled())
        dialog._words.setChecked(False)
        return 1

    answer(SaveTemplateDialog, reply)
    menu = room.window._templates
    menu.save_as()
    qtbot.waitUntil(lambda: any("Morning & noon" in text for text, _ in room.said))
    assert asked == [False, False, True]
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: "Morning && noon" in names(menu))
    assert names(menu)[0] == "Blank"
    next(action for action in menu.actions() if action.text() == "Morning && noon").trigger()
    qtbot.waitUntil(lambda: room.session.story != room.number)
    story = room.pane.story
    assert (story.headline, story.region, [card.headline for card in story.signals]) == ("", "North", ["Upstream"])
    assert story.words == 0
    qtbot.waitUntil(room.pane._headline.hasFocus)


def test_own_templates_are_renamed_and_removed_and_shipped_ones_stay(room, qtbot, monkeypatch):
    window = room.open(Story(slug="story", headline="Headline"))
    room.desk.templating.save_as(room.number, "Morning")
    dialog = TemplatesDialog(room.session, room.desk.templating, window)
    qtbot.addWidget(dialog)
    dialog.show()
    entries = dialog._list
    qtbot.waitUntil(lambda: entries.count() == 5)
    assert not dialog._remove.isEnabled()
    entries.setCurrentRow(4)
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Blank", True))
    QTest.mouseClick(dialog._rename, LEFT)
    qtbot.waitUntil(lambda: room.said[-1:] != [] and room.said[-1][1] == "bad")
    monkeypatch.setattr(QInputDialog, "getText", lambda *_: ("Evening", True))
    QTest.mouseClick(dialog._rename, LEFT)
    qtbot.waitUntil(lambda: entries.item(4).text() == "Evening")
    QTest.mouseClick(dialog._remove, LEFT)
    qtbot.waitUntil(lambda: entries.count() == 4)
