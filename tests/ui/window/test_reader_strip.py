"""What the reader says above a source: why it has no text, and that a feed told only its beginning."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import pytest

from tests.ui.conftest import CAPTURED, page
from workstation.domain.item import FEED_ENTRY, Capture
from workstation.ingest.reading import read

ADDRESS = "https://hill-courier.example/gauge-812345"


@pytest.fixture
def show(room):
    """Opens the reader on a source with other facts than those of a page; answers with the reader."""

    def show(**facts: object):
        data = page("Gauge readings withheld", "The hill towns say that the readings were withheld.", "Hill Courier")
        capture: Capture = read(data, captured=CAPTURED, name="page.html", media_type="text/html", url=ADDRESS)
        capture = replace(capture, item=replace(capture.item, **facts))
        room.desk.store.items.add(capture)
        window = room.open()
        room.session.show_item(capture.item.id)
        room.qtbot.waitUntil(lambda: "Gauge readings" in window.reader._view.document().toPlainText())
        return window.reader

    return show


def test_a_source_without_text_says_why_and_none_of_it_can_be_quoted(show) -> None:
    reader = show(text="", words=0, origins=MappingProxyType({"text": "no text: its pages are pictures of words"}))
    assert "It has no text: its pages are pictures of words." in reader._view.document().toPlainText()
    reader._view.selectAll()
    assert reader._view.passage is None


def test_an_ordinary_source_says_nothing_of_the_kind_and_can_be_asked_again(show) -> None:
    reader = show()
    assert "It has no text" not in reader._view.document().toPlainText()
    assert reader._versions._ask.isVisible()
    assert not reader._versions._whole.isVisible()


def test_what_a_feed_told_is_fetched_whole_with_one_click(show, room, monkeypatch) -> None:
    reader = show(media_type=FEED_ENTRY)
    asked = []
    monkeypatch.setattr(room.window.feeds, "fetch_whole", asked.append)
    assert reader._versions._label.text() == "As the feed tells it"
    assert not reader._versions._ask.isVisible()
    reader._versions._whole.click()
    assert asked == [(room.session.item,)]
