"""What is seen: words that can be read, tabs and chips that are not cut off, columns that stay in their panes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from PySide6.QtGui import QContextMenuEvent, QFontMetrics
from PySide6.QtWidgets import QApplication, QMenu, QToolButton, QWidget

from workstation.domain.body import body_from_text
from workstation.domain.story import SignalCard, Source, Story
from workstation.ui.preview.tools import Tools
from workstation.ui.story.source_chip import SourceChip
from workstation.ui.tab import Tab
from workstation.ui.theme import DARK, LIGHT, Tokens

GROUNDS = ("window", "base", "raised", "accent_soft")
PAIRS = [
    *product(("ink", "muted", "accent"), GROUNDS),
    *product(("bad", "warn", "good"), ("window", "base", "raised")),
    *product(("ink",), ("fact", "view", "quote", "check", "bad_soft", "warn_soft", "good_soft")),
    ("on_accent", "accent"),
    *((tone, f"{tone}_soft") for tone in ("bad", "warn", "good")),
]
LONG = "The Institute for the Coastal and Undersea Geology of Karamund, Vessany and All the Islands of the Inner Sea"


def luminance(colour: str) -> float:
    """The relative luminance of ``#RRGGBB``, 0 to 1, as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_stands_out_from_its_ground(tokens: Tokens):
    for words, ground in PAIRS:
        dark, light = sorted(luminance(getattr(tokens, name)) for name in (words, ground))
        assert (light + 0.05) / (dark + 0.05) >= 4.5, (words, ground)


def test_a_tab_has_room_for_its_bold_words_before_it_is_chosen(theme, qtbot):
    tab = Tab("Shortlist 15")
    qtbot.addWidget(tab)
    tab.setFont(theme.font("ui"))
    tab.show()
    width = tab.sizeHint().width()
    bold = tab.font()
    bold.setWeight(bold.Weight.DemiBold)
    assert width >= QFontMetrics(bold).horizontalAdvance(tab.text()) + 16
    tab.setChecked(True)
    QApplication.processEvents()
    assert tab.sizeHint().width() == width


def test_buttons_over_the_preview_are_left_out_rather_than_squeezed(qtbot):
    spare, kept = [QToolButton() for _ in range(3)], [QToolButton()]
    tools = Tools(spare, kept)
    band = QWidget()
    qtbot.addWidget(band)
    tools.setParent(band)
    tools.resize(tools.sizeHint())
    band.show()
    assert all(button.isVisible() for button in (*spare, *kept))
    tools.resize(tools.minimumSizeHint())
    assert [button.isVisible() for button in (*spare, *kept)] == [False, False, False, True]
    tools.resize(tools.sizeHint())
    assert spare[0].isVisible()


def long_story() -> Story:
    sources = tuple(Source(name=name) for name in (LONG, "Tide & Co", *(f"The Ferry Post of Bay {n}" for n in range(6))))
    card = SignalCard(headline="One", body=body_from_text("Body"), sources=sources)
    return Story(slug="story", headline="Headline", news=body_from_text("The news"), signals=(card,))


def test_many_and_long_sources_neither_widen_the_column_nor_are_cut_off(room):
    room.open(long_story())
    room.window.resize(1100, 700)
    QApplication.processEvents()
    pane = room.pane
    assert pane._inside.width() == pane._scroll.viewport().width()
    frame = pane._cards.frames()[0]
    chips = frame.findChildren(SourceChip)
    assert chips[0].text().endswith("…")
    assert LONG in chips[0].toolTip()
    assert chips[1].text() == "Tide && Co"
    for part in (*chips, frame._words, frame.sources._add):
        assert frame.rect().contains(part.rect().translated(part.mapTo(frame, part.rect().topLeft()))), part
    assert frame.sources.rect().contains(frame.sources._add.geometry())
    assert not frame._words.geometry().isEmpty()


def test_the_figures_of_a_card_stand_beside_few_sources_and_below_many(room):
    few = replace(long_story().signals[0], sources=(Source(name="Bell"),))
    room.open(replace(long_story(), signals=(few, long_story().signals[0])))
    QApplication.processEvents()
    beside, below = room.pane._cards.frames()
    for frame, is_below in ((beside, False), (below, True)):
        top = frame._words.mapTo(frame, frame._words.rect().topLeft()).y()
        assert (top > frame.sources.geometry().bottom()) == is_below


def test_the_menu_of_a_text_offers_no_undo_that_does_nothing(room):
    room.open(long_story())
    body = room.pane._news
    menus: list[QMenu] = []
    body.menu_made.connect(lambda menu, _: menus.append(menu))
    point = body.rect().center()
    QApplication.sendEvent(body.viewport(), QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, body.mapToGlobal(point)))
    words = [action.text().split("\t")[0].replace("&", "") for action in menus[0].actions() if not action.isSeparator()]
    assert "Undo" not in words
    assert words[0] == "Cut"
    assert "Paste as plain text" in words
    menus[0].close()


def test_the_edit_menu_cuts_and_selects_in_the_field_with_the_focus(room):
    room.open(long_story())
    news = room.pane._news
    room.focus(news)
    verbs = {action.text().replace("&", ""): action for action in room.window._menus[1].actions()}
    verbs["Select all"].trigger()
    assert news.textCursor().selectedText() == "The news"
    verbs["Cut"].trigger()
    assert room.story.news.text == ""
    verbs["Paste"].trigger()
    assert room.story.news.text == "The news"
