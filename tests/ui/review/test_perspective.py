"""The pictures of a story's perspective: what they say, to the eye, to the keyboard and to a screen reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar, QPushButton

from workstation.domain.changes import items_changed
from workstation.domain.item import ItemState, ItemSummary
from workstation.domain.outlet import OutletKind
from workstation.domain.perspective import CountryCount, OutletShare, Perspective, Related, RelatedItem, SpeakerShare
from workstation.domain.story import Story
from workstation.ui.review.perspective import EXTRA, PerspectiveSection
from workstation.ui.review.world_map import WorldMap, land
from workstation.ui.wording import country_name
from workstation.workflow.history import Spot

SEEN = Perspective(
    outlets=(
        OutletShare(name="Northmoor Post", country="US", language="en", kind=OutletKind.PRIVATE, words=60, quotations=2),
        OutletShare(name="Salt Radio", country="IL", language="he", kind=OutletKind.PUBLIC, words=20),
    ),
    speakers=(SpeakerShare(name="Ada Brook", quotations=1, words=9), SpeakerShare(name="", quotations=1, words=3)),
    countries=(
        CountryCount(code="US", sources=1, named=2, through_capital=1),
        CountryCount(code="IL", sources=1),
        CountryCount(code="IR", named=11, through_capital=3),
    ),
    languages=(("en", 1), ("he", 1)),
    kinds=((OutletKind.PRIVATE, 1), (OutletKind.PUBLIC, 1)),
    areas=(("North America", 1, 2), ("Middle East and North Africa", 1, 11)),
)


def summary(id: str = "3f2a", title: str = "A pass closes") -> ItemSummary:
    return ItemSummary(
        id=id,
        url=None,
        title=title,
        outlet="Mountain Wire",
        author=None,
        published=None,
        language="fa",
        country="IR",
        words=9,
        captured=datetime(2026, 3, 2, tzinfo=UTC),
        state=ItemState.UNREAD,
    )


FOUND = Related(items=(RelatedItem(summary=summary(), shared=("pass",), likeness=0.5),), by_meaning=True)


@pytest.fixture
def section(theme, qtbot):
    section = PerspectiveSection(theme)
    qtbot.addWidget(section)
    section.resize(400, 700)
    section.show_perspective(SEEN, FOUND)
    section.show()
    return section


def bars(section) -> list[str]:
    QApplication.processEvents()  # what was put into a layout is shown with the next event
    return [bar.accessibleName() for bar in section.findChildren(QProgressBar) if bar.isVisible()]


def words(section) -> str:
    return "\n".join(label.text() for label in section.findChildren(QLabel) if label.isVisible())


def test_countries_that_are_named_without_a_source_are_empty_bars(section) -> None:
    name = country_name
    assert bars(section) == [
        f"{name('US')}: 1 of 2 sources",
        f"{name('IL')}: 1 of 2 sources",
        f"{name('IR')}: named 11 times, no source",
    ]
    values = [bar.value() for bar in section.findChildren(QProgressBar) if bar.isVisible()]
    assert values == [500, 500, 0]


def test_the_tabs_show_outlets_speakers_and_regions(section) -> None:
    tabs = {tab.text(): tab for tab in section.findChildren(QPushButton)}
    tabs["Outlets"].click()
    assert bars(section) == ["Northmoor Post: 75% of words · 2 quotations", "Salt Radio: 25% of words"]
    tabs["Speakers"].click()
    assert bars(section)[0].startswith("Ada Brook: 75% of quoted words")
    assert bars(section)[1].startswith("Speaker not certain")
    tabs["Regions"].click()
    assert "Middle East and North Africa: 1 source · named 11" in bars(section)


def test_languages_and_kinds_are_chips(section) -> None:
    assert all(told in words(section) for told in ("English 1", "Hebrew 1", "private 1", "public 1"))


def test_show_them_asks_for_exactly_the_related_items(section, qtbot) -> None:
    button = next(button for button in section.findChildren(QPushButton) if button.text() == "Show it")
    with qtbot.waitSignal(section.items_requested) as asked:
        button.click()
    assert asked.args == ["id:3f2a"]
    assert f"The story names {country_name('IR')} 11 times; none of its 2 sources is from there." in words(section)
    assert "1 unread item in the inbox is on this topic" in words(section)


def test_without_the_extra_only_a_tip_tells_of_it(section) -> None:
    assert EXTRA not in section._box.toolTip()
    section.show_perspective(SEEN, replace(FOUND, by_meaning=False))
    assert EXTRA.split("“")[0] in section._box.toolTip()
    assert EXTRA not in words(section)


def test_nothing_is_shown_of_a_story_without_sources(section) -> None:
    section.show_perspective(Perspective(), None)
    assert section.isHidden()


def test_markup_in_a_foreign_title_stays_text(section) -> None:
    item = RelatedItem(summary=summary(title="<img src=x> & more"))
    section.show_perspective(SEEN, Related(items=(item,)))
    assert "<img" not in section._box.toolTip()


@pytest.mark.parametrize("choice", ["light", "dark"])
def test_the_map_is_drawn_in_the_colours_of_the_theme(section, theme, choice: str) -> None:
    theme.choose(choice)
    picture = section.map.grab().toImage()
    place = next(place for place in section.map._places if place.code == "US")
    at = section.map._at(place.latitude, place.longitude).toPoint()
    ratio = picture.width() / section.map.width()
    assert picture.pixelColor(round(at.x() * ratio), round(at.y() * ratio)) == theme.colour("accent")
    theme.choose("system")


def test_the_map_tells_its_places_to_the_keyboard(section, qtbot) -> None:
    world: WorldMap = section.map
    assert f"{country_name('IR')}: named 11 times, 3 of them through its capital, no source" in world.accessibleDescription()
    world.setFocus()
    for _ in range(3):
        QTest.keyClick(world, Qt.Key.Key_Right)
    assert world.current is not None
    assert world.current.code == "IR"
    assert world.accessibleDescription() == world.current.told
    with qtbot.waitSignal(section.items_requested) as asked:
        QTest.keyClick(world, Qt.Key.Key_Return)
    assert asked.args == ["country:IR is:unread"]


def test_the_mouse_means_the_nearest_place(section) -> None:
    world: WorldMap = section.map
    place = next(place for place in world._places if place.code == "IR")
    assert world.place_at(world._at(place.latitude, place.longitude)) == place
    assert world.place_at(QPointF(1, 1)) is None


def test_every_stretch_of_land_has_a_dot() -> None:
    dots = land()
    assert 700 < len(dots) < 1500
    assert any(abs(latitude - 50) < 3 and -6 < longitude < 3 for latitude, longitude in dots)


def test_the_inbox_lists_exactly_what_is_asked_for_and_the_keys_go_through_it(room, qtbot) -> None:
    wanted = [room.item(f"Wanted {number}", "Boats wait.") for number in range(2)]
    room.item("Unwanted", "Boats sail.")
    window = room.open(Story(slug="a", headline="Boats"))
    window.inbox.list_query(f"id:{','.join(wanted)}")
    listed = window.inbox._list
    qtbot.waitUntil(lambda: {row.id for row in listed.items.rows} == set(wanted))
    qtbot.waitUntil(lambda: listed.current is not None)
    first = listed.current.id
    room.press(Qt.Key.Key_J)
    qtbot.waitUntil(lambda: listed.current is not None and listed.current.id != first)
    assert {first, listed.current.id} == set(wanted)
    assert window.findChildren(QAction)


def test_the_watch_tells_the_perspective_of_the_open_story(room, qtbot) -> None:
    item = room.item("Kenya opens a port", "Boats wait in Kenya.")
    source = room.source(item)
    window = room.open(Story(slug="a", headline="Kenya opens a port", signals=(room.card("A", "<p>Boats.</p>", (source,)),)))
    seen = []
    window.topics.seen.connect(lambda perspective, related: seen.append((perspective, related)))
    window.topics._pause.start(0)
    qtbot.waitUntil(lambda: bool(seen))
    perspective, related = seen[-1]
    assert [country.code for country in perspective.countries if country.named] == ["KE"]
    assert related.items == ()


def test_the_inbox_is_not_asked_again_until_the_story_has_another_topic_or_something_arrives(room, qtbot, monkeypatch) -> None:
    window = room.open(Story(slug="a", headline="Kenya opens a port", signals=(room.card("A", "<p>Boats.</p>"),)))
    asked, seen = [], []
    related = window.topics._perspectives.related
    monkeypatch.setattr(window.topics._perspectives, "related", lambda *of, **how: asked.append(of) or related(*of, **how))
    window.topics.seen.connect(lambda perspective, _: seen.append(perspective))

    def look() -> None:
        told = len(seen)
        window.topics._pause.start(0)
        qtbot.waitUntil(lambda: len(seen) > told)

    look()
    look()
    assert len(asked) == 1 and not window.topics._rest.isActive()

    number = window.topics._session.story
    writing = window.topics._perspectives._writing
    writing.edit(number, replace(writing.story(number), headline="Chad opens a school"), label="Headline", spot=Spot("headline"))
    look()
    assert len(asked) == 1 and window.topics._rest.isActive(), "only when the writing goes on resting"
    window.topics._rest.start(0)
    qtbot.waitUntil(lambda: len(asked) == 2)

    window.topics._session.publish(items_changed("new"))
    look()
    assert len(asked) == 3


def test_what_a_place_on_the_map_lists_is_left_with_escape(room, qtbot) -> None:
    room.item("Boats", "Boats wait.")
    window = room.open(Story(slug="a", headline="Boats"))
    window.checks.perspective.map.chosen.emit("KE")
    search = window.inbox._search
    assert (search.text(), search.cursorPosition()) == ("country:KE is:unread", 0)
    assert "Esc shows all of it again" in room.said[-1][0]
    room.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: search.text() == "")
