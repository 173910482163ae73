"""The editor's correction of an outlet, and the list of all of them."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel

from workstation.ui.dialogs.outlets import OutletsDialog
from workstation.ui.icon_plates import needs_plate
from workstation.ui.inbox.outlet_dialog import OutletDialog, facts_of


@pytest.fixture
def outlets(room):
    return room.gathering.outlet_desk


@pytest.fixture
def ask(room, outlets, qtbot):
    def ask(item):
        dialog = OutletDialog(None, room.session, outlets, facts_of(outlets, outlets.of_item(item)))
        qtbot.addWidget(dialog)
        dialog.show()
        return dialog

    yield ask
    qtbot.wait(0)


def words_of(dialog):
    return [label.text() for label in dialog.findChildren(QLabel)]


def test_each_fact_tells_where_it_comes_from(room, ask):
    known = ask(room.add("Report", url="https://www.dawn.com/news/1", outlet="DAWN"))
    assert words_of(known).count("from the table") == 5
    assert any("not checked yet" in words for words in words_of(known))
    unknown = ask(room.add("Report", url="https://lamp.example/1", outlet="Lamp"))
    assert (words_of(unknown).count("from its pages"), words_of(unknown).count("not known")) == (3, 2)


def test_a_correction_is_kept_and_a_wrong_domain_is_told_in_the_dialog(room, ask, outlets, qtbot):
    item = room.add("Report")
    dialog = ask(item)
    dialog.name.setText("Lantern")
    dialog.domains.setText("https://lantern-post.example/")
    dialog.accept()
    qtbot.waitUntil(dialog._wrong.isVisible)
    assert "is no domain" in dialog._wrong.text()
    assert not outlets.of_item(item).edited
    dialog.domains.setText("lantern-post.example, lantern.example")
    dialog.languages.setText("EN mi")
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept()
    outlet = outlets.of_item(item).outlet
    assert (outlet.name, outlet.domains, outlet.languages) == (
        "Lantern",
        ("lantern-post.example", "lantern.example"),
        ("en", "mi"),
    )


def test_an_icon_is_chosen_from_a_file_and_given_back(room, ask, outlets, qtbot, tmp_path):
    item, file = room.add("Report"), tmp_path / "icon.png"
    Image.new("RGB", (90, 90), "#0b5f6b").save(file)
    dialog = ask(item)
    assert not dialog.go_back.isVisible()
    dialog.take_icon(file)
    qtbot.waitUntil(dialog.go_back.isVisible)
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept()
    assert room.store.items.summary(item).icon
    assert (outlets.of_item(item).own_icon, outlets.of_item(item).edited) == (True, False)
    dialog = ask(item)
    dialog.go_back.click()
    with qtbot.waitSignal(dialog.accepted):
        dialog.accept()
    assert room.store.items.summary(item).icon is None


@pytest.fixture
def listed(room, outlets, qtbot):
    dialog = OutletsDialog(room.session, outlets)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == len(outlets.all()))
    yield dialog
    qtbot.wait(0)


@pytest.fixture
def three(room):
    return [room.add("Report", url=f"https://{name}.example/1", outlet=name.title()) for name in ("lamp", "tide", "tide-online")]


def shown(dialog):
    rows = [dialog.list.topLevelItem(number) for number in range(dialog.list.topLevelItemCount())]
    return [row.text(0) for row in rows if not row.isHidden()]


def test_the_list_is_searched_in_every_column(three, listed):
    assert shown(listed) == ["Lamp", "Tide", "Tide-Online"]
    listed._search.setText("tide nz")
    assert shown(listed) == ["Tide", "Tide-Online"]
    listed._search.setText("lamp.example")
    assert shown(listed) == ["Lamp"]
    assert listed._told.text() == "1 outlet"


def test_two_outlets_become_one_from_the_list(room, three, listed, outlets, qtbot):
    entries = {entry.outlet.name: entry.id for entry in outlets.all()}
    assert not listed.merge.isEnabled()
    listed.list.selectAll()
    assert listed.merge.isEnabled()
    listed.merge_into(entries["Tide"], [entries["Tide-Online"]])
    qtbot.waitUntil(lambda: shown(listed) == ["Lamp", "Tide"])
    assert [room.store.items.summary(item).outlet for item in three] == ["Lamp", "Tide", "Tide"]


@pytest.mark.parametrize(
    ("colour", "on_dark", "on_light"),
    [((10, 10, 10, 255), True, False), ((250, 250, 250, 255), False, True), ((180, 30, 30, 255), False, False)],
)
def test_an_icon_that_the_ground_would_swallow_gets_a_plate(qapp, colour, on_dark, on_light):
    def image(filled):
        picture = Image.new("RGBA", (64, 64), colour if filled else (0, 0, 0, 0))
        picture.paste(colour, (16, 16, 48, 48))
        out = io.BytesIO()
        picture.save(out, "PNG")
        return QImage.fromData(out.getvalue(), "PNG")

    assert (needs_plate(image(False), True), needs_plate(image(False), False)) == (on_dark, on_light)
    assert not needs_plate(image(True), True)
    assert not needs_plate(image(True), False)
