"""Words that are dragged out of the reader, by the mouse events of the window system."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtTest import QTest

from workstation.domain.quote import HighlightKind
from workstation.ui.mime import PASSAGE_TYPE, CarriedPassage, passage_in
from workstation.ui.reader.passages import Passage

from .conftest import TEXT

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def carried(monkeypatch: pytest.MonkeyPatch) -> list[tuple[CarriedPassage | None, str, list[str]]]:
    """What was dragged: the passage, the words, and the formats that others can read."""
    seen: list[tuple[CarriedPassage | None, str, list[str]]] = []

    def exec_(self: QDrag, *_actions: object) -> Qt.DropAction:
        data = self.mimeData()
        seen.append((passage_in(data), data.text(), data.formats()))
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    return seen


def place_of(view, at: int) -> QPoint:
    return view.cursorRect(view._cursor(at, at)).center()


def pull(view, start: QPoint, *way: QPoint) -> None:
    QTest.mousePress(view.viewport(), LEFT, pos=start)
    for place in way:
        QTest.mouseMove(view.viewport(), place)
    QTest.mouseRelease(view.viewport(), LEFT, pos=way[-1])


@pytest.fixture
def reading(room, reader, qtbot, story) -> Callable[..., object]:
    def open_item(*marked: str):
        item = room.add()
        for words in marked:
            start = TEXT.index(words)
            room.quoting.highlight(item, start, start + len(words), HighlightKind.VIEW)
        pane = reader(item)
        qtbot.waitUntil(lambda: len(pane._reading.highlights) == len(marked))
        return item, pane._view

    return open_item


def test_the_selection_is_dragged_with_its_place_and_is_plain_text_for_others(reading, carried):
    item, view = reading()
    start = TEXT.index("We sail at dawn")
    view.reveal(Passage(start, start + 15), select=True)
    inside = place_of(view, start + 4)
    pull(view, inside, inside + QPoint(-6, 0), inside + QPoint(-40, 0), QPoint(-60, inside.y()))
    ((passage, words, formats),) = carried
    assert (passage, words) == (CarriedPassage(item, start, start + 15), "We sail at dawn")
    assert sorted(formats) == [PASSAGE_TYPE, "text/plain"]
    assert view.passage == Passage(start, start + 15)


def test_a_mark_is_dragged_when_the_mouse_leaves_the_text_towards_the_story(reading, carried):
    words = "Traders shrugged"
    item, view = reading(words)
    start = TEXT.index(words)
    inside = place_of(view, start + 5)
    pull(view, inside, inside + QPoint(-20, 0), QPoint(-12, inside.y() - 30))
    assert [(passage, told) for passage, told, _ in carried] == [(CarriedPassage(item, start, start + len(words)), words)]
    assert view.passage is None


def test_words_inside_a_mark_can_still_be_selected(reading, carried):
    words = "Traders shrugged: <b>no</b> boat had sunk"
    _, view = reading(words)
    start = TEXT.index("shrugged")
    pull(view, place_of(view, start), place_of(view, start + 3), place_of(view, start + 8))
    assert not carried
    assert view.passage == Passage(start, start + 8)


def test_a_click_in_the_selection_takes_it_back_and_nothing_is_dragged(reading, carried):
    _, view = reading()
    view.reveal(Passage(4, 30), select=True)
    QTest.mouseClick(view.viewport(), LEFT, pos=place_of(view, 9))
    assert view.passage is None
    assert view._point(view.textCursor().position()) == 9
    assert not carried


def test_what_is_copied_stays_plain_words(reading):
    _, view = reading()
    view.reveal(Passage(4, 7), select=True)
    view.copy()
    assert QGuiApplication.clipboard().mimeData().text() == "bar"
    assert not QGuiApplication.clipboard().mimeData().hasFormat(PASSAGE_TYPE)
