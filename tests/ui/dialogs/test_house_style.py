"""House style in the window: the style is chosen, rules are found, switched off and on, and own files are followed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from workstation.domain.body import read_html
from workstation.domain.story import SignalCard, Story
from workstation.ui.dialogs.house_style import HouseStyleDialog

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked
OWN = """
title = "The Lantern’s"
based_on = "british"
[[rule]]
id = "lamp"
category = "lamps"
message = "Write “{new}”."
swap = { "oil lamp" = "lamp" }
"""


def low_water(text: str = "They met in order to talk of the gray dam and its color.", **changes) -> Story:
    card = SignalCard(headline="Low water", body=read_html(f"<p>{text}</p>").body)
    return replace(Story(slug="low-water", headline="Low water", signals=(card,)), **changes)


@pytest.fixture
def opened(room, qtbot):
    def open_dialog(story: Story) -> HouseStyleDialog:
        room.open(story)
        dialog = HouseStyleDialog(room.session, room.theme, room.desk.styles, room.desk.writing, room.window)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: bool(dialog._entries()) or bool(dialog.why.text()))
        return dialog

    return open_dialog


def entry(dialog: HouseStyleDialog, rule: str):
    return next(each for each in dialog._entries() if dialog._row_of(each).id == rule)


def choose(dialog: HouseStyleDialog, text: str) -> None:
    index = dialog.choice.findText(text)
    dialog.choice.setCurrentIndex(index)
    dialog.choice.activated.emit(index)


def style_problems(room) -> list[str]:
    problems = room.desk.reviewing.review(room.number).problems
    return [problem.rule for problem in problems if problem.rule.startswith("style/")]


def test_every_rule_is_listed_with_its_message_and_an_example(opened):
    dialog = opened(low_water(language="en-US"))
    row = entry(dialog, "in-order-to")
    assert row.text(0) == "“In order” adds nothing. Write “to”."
    assert row.text(1) == "They met in order to talk.  →  They met to talk."
    assert row.checkState(0) is CHECKED
    assert "American, by the language of the story" in dialog.why.text()
    assert not any(each.text(2) == "British" for each in dialog._entries())
    dialog.list.setCurrentItem(row)
    assert "in-order-to" in dialog.about.text()


def test_a_search_leaves_what_matches(opened):
    dialog = opened(low_water())
    dialog.search.setText("kiev kyiv")
    shown = [dialog._row_of(each).id for each in dialog._entries() if not each.isHidden()]
    assert shown == ["kyiv"]
    assert dialog.count.text().startswith("1 of ")


def test_a_rule_is_switched_off_and_the_checks_follow(room, qtbot, opened):
    dialog = opened(low_water(language="en-US"))
    with qtbot.waitSignal(room.session.changed):
        entry(dialog, "in-order-to").setCheckState(0, UNCHECKED)
    assert room.desk.styles.off == {"in-order-to"}
    assert style_problems(room) == []
    assert dialog.count.text().endswith("1 off")
    with qtbot.waitSignal(room.session.changed):
        entry(dialog, "in-order-to").setCheckState(0, CHECKED)
    assert style_problems(room) == ["style/in-order-to"]


def test_a_heading_switches_all_of_its_rules(room, qtbot, opened):
    dialog = opened(low_water())
    group = next(each for each in dialog._groups() if each.text(0) == "Wordiness")
    with qtbot.waitSignal(room.session.changed):
        group.setCheckState(0, UNCHECKED)
    assert {"in-order-to", "prior-to"} <= room.desk.styles.off
    assert entry(dialog, "prior-to").checkState(0) is UNCHECKED
    with qtbot.waitSignal(room.session.changed):
        entry(dialog, "prior-to").setCheckState(0, CHECKED)
    assert group.checkState(0) is Qt.CheckState.PartiallyChecked


def test_a_style_is_chosen_for_the_desk(room, qtbot, opened):
    dialog = opened(low_water())
    with qtbot.waitSignal(room.session.changed):
        choose(dialog, "British")
    qtbot.waitUntil(lambda: not any(each.text(2) == "American" for each in dialog._entries()))
    assert style_problems(room) == ["style/in-order-to", "style/spelling-of-single-words", "style/spelling-our"]
    with qtbot.waitSignal(room.session.changed):
        choose(dialog, "No house style")
    qtbot.waitUntil(lambda: not dialog._entries())
    assert style_problems(room) == []


def test_a_publication_that_names_a_style_decides(room, qtbot, opened):
    (room.folder / "lantern.toml").write_text(
        'name = "The Lantern"\nhouse_style = "british"\nhouse_style_off = ["in-order-to"]', encoding="utf-8"
    )
    dialog = opened(low_water(publication="The Lantern"))
    qtbot.waitUntil(lambda: bool(dialog._entries()))
    assert dialog.choice.currentText() == "British"
    assert not dialog.choice.isEnabled()
    assert "The Lantern" in dialog.why.text()
    row = entry(dialog, "in-order-to")
    assert row.isDisabled()
    assert row.checkState(0) is UNCHECKED


def test_an_own_file_is_followed_while_somebody_works_on_it(room, qtbot, opened):
    folder = room.folder / "house-style"
    folder.mkdir()
    file = folder / "lantern.toml"
    file.write_text(OWN, encoding="utf-8")
    dialog = opened(low_water("An oil lamp burns; a candle stick burns."))
    choose(dialog, "The Lantern’s")
    qtbot.waitUntil(lambda: any(each.text(2) == "The Lantern’s" for each in dialog._entries()))
    file.write_text(OWN + '\n[[rule]]\nid = "stick"\nmessage = "One word."\nwords = ["candle stick"]\n', encoding="utf-8")
    room.window._style_watch.look()
    qtbot.waitUntil(lambda: "stick" in [dialog._row_of(each).id for each in dialog._entries()])
    assert style_problems(room) == ["style/lamp", "style/stick"]
    file.write_text("[[rule", encoding="utf-8")
    room.window._style_watch.look()
    qtbot.waitUntil(lambda: any("lantern.toml" in text and tone == "bad" for text, tone in room.said))


def test_the_folder_is_made_with_a_sample_and_shown(room, qtbot, monkeypatch, opened):
    shown = []
    monkeypatch.setattr("workstation.ui.opening_links.QDesktopServices.openUrl", lambda url: shown.append(url) or True)
    dialog = opened(low_water())
    with qtbot.waitSignal(dialog.folder_made):
        dialog.folder.click()
    qtbot.waitUntil(lambda: bool(shown))
    assert (room.folder / "house-style" / "my-house.toml").is_file()


def test_the_window_opens_it_from_the_menu(room, answer):
    window = room.open(low_water())
    seen = []
    answer(HouseStyleDialog, lambda dialog: seen.append(dialog.windowTitle()) or 0)
    window._show_house_style()
    assert seen == ["House style"]


def test_rules_that_were_switched_off_are_found_among_all_others(room, qtbot, opened):
    dialog = opened(low_water(language="en-US"))
    assert dialog.only_off.isHidden()
    entry(dialog, "in-order-to").setCheckState(0, UNCHECKED)
    assert not dialog.only_off.isHidden()
    dialog.only_off.setChecked(True)
    assert [dialog._row_of(each).id for each in dialog._entries() if not each.isHidden()] == ["in-order-to"]
    entry(dialog, "in-order-to").setCheckState(0, CHECKED)
    assert all(each.isHidden() for each in dialog._entries())
    dialog.only_off.setChecked(False)
    assert dialog.only_off.isHidden()
    assert not any(each.isHidden() for each in dialog._entries())
