"""Publications in the window: the menu, and the page that follows the files of its house."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QFileDialog, QInputDialog

from workstation.domain.story import SignalCard, Source, Story
from workstation.ui.dialogs.handing_over.dialog import HandOverDialog

LANTERN = 'name = "The Lantern"\ntime_zone = "Asia/Tokyo"\n[labels]\nnews = "What is known"\ninsights = "As told by {sources}"\n'


@pytest.fixture
def lantern(room) -> Path:
    file = room.folder / "lantern" / "publication.toml"
    file.parent.mkdir()
    file.write_text(LANTERN)
    return file


def low_water(publication: str | None = None) -> Story:
    card = SignalCard(headline="The river", sources=(Source(name="Dawn Ledger"),))
    return Story(slug="low-water", headline="Low water", publication=publication, signals=(card,))


def actions(room, qtbot) -> dict[str, QAction]:
    """The menu as it stands when it was opened and everything is read."""
    menu = room.window._publications
    menu.aboutToShow.emit()
    qtbot.waitUntil(lambda: any(a.isChecked() for a in menu.actions()))
    return {action.text(): action for action in menu.actions() if action.text()}


def watched(room, qtbot) -> None:
    """The watch has begun: everything is read once."""
    room.window._watch.look()
    qtbot.waitUntil(lambda: bool(room.window._watch._watcher.files()))
    qtbot.waitUntil(lambda: not room.window._watch._is_busy and not room.window._watch._timer.isActive())


def save_by_rename(file: Path, text: str) -> None:
    beside = file.with_name("publication.toml.part")
    beside.write_text(text)
    beside.replace(file)


def test_a_story_is_printed_in_the_house_that_is_chosen_for_it_and_undo_takes_it_back(room, qtbot, lantern):
    room.open(low_water())
    assert {name for name, action in actions(room, qtbot).items() if action.isChecked()} == {"Meridian"}
    actions(room, qtbot)["The Lantern"].trigger()
    qtbot.waitUntil(lambda: room.story.publication == "The Lantern")
    qtbot.waitUntil(lambda: "As told by Dawn Ledger" in room.pane._insights._line.text())
    assert "Asia/Tokyo" in room.pane._details._zone_line.placeholderText()
    assert {name for name, action in actions(room, qtbot).items() if action.isChecked()} == {"The Lantern"}
    room.focus(room.pane._headline)
    room.undo()
    assert room.story.publication is None
    qtbot.waitUntil(lambda: "Insights from Dawn Ledger" in room.pane._insights._line.text())


def test_the_house_of_new_stories_is_chosen_there_too(room, qtbot, lantern):
    room.open(low_water("The Lantern"))
    offered = actions(room, qtbot)
    assert offered["The Lantern"].isChecked()
    offered["Use this one for new stories"].trigger()
    qtbot.waitUntil(lambda: room.desk.publications.of().name == "The Lantern")
    offered = actions(room, qtbot)
    assert not offered["Use this one for new stories"].isEnabled()
    offered["Print like new stories (The Lantern)"].trigger()
    qtbot.waitUntil(lambda: room.story.publication is None)


def test_another_file_is_chosen_for_the_story(room, qtbot, monkeypatch, lantern, tmp_path_factory):
    file = tmp_path_factory.mktemp("elsewhere") / "gauge.toml"
    file.write_text('name = "The Gauge"')
    room.open(low_water())
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    actions(room, qtbot)["Another file…"].trigger()
    qtbot.waitUntil(lambda: room.story.publication == "The Gauge")
    assert "The Gauge" in actions(room, qtbot)


def test_the_sample_is_copied_and_the_folder_is_opened(room, qtbot, monkeypatch):
    opened = []
    room.open(low_water())
    monkeypatch.setattr(QInputDialog, "getText", lambda *_, **__: ("Harbour Light", True))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    actions(room, qtbot)["Copy the sample publication…"].trigger()
    qtbot.waitUntil(lambda: any("Copied to" in text for text, _ in room.said))
    assert "Harbour Light" in actions(room, qtbot)
    actions(room, qtbot)["Open the publications folder"].trigger()
    qtbot.waitUntil(lambda: opened == [str(room.folder)])


def test_a_house_that_is_not_here_is_said_when_the_story_is_opened_and_before_its_export(room, qtbot):
    room.open(low_water("The Gauge"))
    qtbot.waitUntil(lambda: any("“The Gauge”" in text and tone == "bad" for text, tone in room.said))
    assert not actions(room, qtbot)["The Gauge (not here)"].isEnabled()
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, room.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: "“The Gauge”" in dialog.publication.text())


def test_the_export_names_the_storys_own_house(room, qtbot, lantern):
    room.open(low_water("The Lantern"))
    dialog = HandOverDialog(room.session, room.theme, room.desk, room.settings, room.window)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.publication.text() == "The Lantern")


def test_the_page_follows_the_file_of_its_house_through_a_break_and_its_mend(room, qtbot, lantern, monkeypatch):
    threads, changes = [], []
    room.open(low_water("The Lantern"))
    reload = type(room.desk.publications).reload
    monkeypatch.setattr(
        type(room.desk.publications), "reload", lambda self: threads.append(threading.current_thread()) or reload(self)
    )
    watched(room, qtbot)
    room.session.changed.connect(lambda touched, _: changes.append(touched))
    save_by_rename(lantern, LANTERN.replace("As told by", "Heard from"))
    qtbot.waitUntil(lambda: "Heard from Dawn Ledger" in room.pane._insights._line.text())
    assert room.number in changes[-1].stories

    save_by_rename(lantern, LANTERN + "\n[colours]\naccent = 'url(x)'")
    qtbot.waitUntil(lambda: any(tone == "bad" and "accent" in text and "lantern" in text for text, tone in room.said))
    assert "Heard from" in room.desk.publishing.page(room.number).text

    lantern.write_text(LANTERN.replace("As told by", "Gathered from"))
    qtbot.waitUntil(lambda: any("in order again" in text and tone == "good" for text, tone in room.said))
    qtbot.waitUntil(lambda: "Gathered from Dawn Ledger" in room.pane._insights._line.text())
    save_by_rename(lantern, LANTERN.replace("As told by", "Once more from"))
    qtbot.waitUntil(lambda: "Once more from Dawn Ledger" in room.pane._insights._line.text())
    assert threading.main_thread() not in threads


def test_a_template_and_a_style_sheet_are_watched_as_well(room, qtbot, lantern):
    sheet, template = lantern.with_name("house.css"), lantern.with_name("page.html")
    sheet.write_text("h1 { color: teal }")
    template.write_text("{% extends 'page.html' %}")
    lantern.write_text('css = "house.css"\n' + LANTERN + '[templates]\npage = "page.html"\n')
    room.open(low_water("The Lantern"))
    watched(room, qtbot)
    sheet.write_text("h1 { color: navy }")
    qtbot.waitUntil(lambda: "color: navy" in room.desk.publishing.page(room.number).text)
    template.write_text("{% extends 'page.html' %}{% block foot %}<p>Imprint</p>{% endblock %}")
    qtbot.waitUntil(lambda: "<p>Imprint</p>" in room.desk.publishing.page(room.number).text)
    template.write_text("{% extends 'page.html' %}\n{% block foot %}{{ gone }}{% endblock %}")
    qtbot.waitUntil(lambda: any("page.html, line 2" in text for text, tone in room.said if tone == "bad"))
    assert "<p>Imprint</p>" in room.desk.publishing.page(room.number).text


def test_where_the_system_watches_nothing_the_files_are_looked_at_now_and_then(room, qtbot, lantern, monkeypatch):
    room.open(low_water("The Lantern"))
    watch, looks = room.window._watch, []
    watch._first.stop()
    monkeypatch.setattr(watch._watcher, "addPaths", lambda paths: looks.append(1) or paths)
    watch.look()
    qtbot.waitUntil(lambda: len(looks) == 2)  # once more for what was new, and not for ever
    qtbot.wait(600)
    assert len(looks) == 2
    lantern.write_text(LANTERN.replace("As told by", "Heard from"))
    qtbot.waitUntil(lambda: "Heard from Dawn Ledger" in room.pane._insights._line.text())
