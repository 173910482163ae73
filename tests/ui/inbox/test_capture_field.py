from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication

from workstation.errors import Cancelled, FetchError
from workstation.ui.inbox.capturing import Capturing
from workstation.ui.inbox.targets import Target, TargetKind
from workstation.ui.session import Task
from workstation.workflow.gathering import Gathering


def items(room):
    return [summary.title for summary in room.gathering.items()]


def enter(qtbot, field):
    qtbot.keyClick(field._line, Qt.Key.Key_Return)


def test_words_are_captured_only_after_the_field_has_asked(room, field, qtbot):
    qtbot.keyClicks(field._line, "The bar was dredged")
    enter(qtbot, field)
    assert field.hint == "Enter captures this text (4 words)"
    qtbot.wait(100)
    assert items(room) == []
    enter(qtbot, field)
    qtbot.waitUntil(lambda: items(room) == ["The bar was dredged"])
    assert field._line.text() == ""
    assert field.hint == ""
    qtbot.waitUntil(lambda: room.said == [("Captured “The bar was dredged”.", "good")])


def test_typing_on_takes_the_question_back(room, field, qtbot):
    qtbot.keyClicks(field._line, "The bar")
    enter(qtbot, field)
    qtbot.keyClicks(field._line, " was")
    assert field.hint == ""
    enter(qtbot, field)
    qtbot.wait(100)
    assert items(room) == []


def test_a_pasted_text_keeps_all_its_lines(room, field, qtbot):
    QGuiApplication.clipboard().setText("Harbour reopens\nThe bar was dredged.\nPilots return.")
    qtbot.keyClick(field._line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.hint.startswith("Enter captures this text")
    enter(qtbot, field)
    qtbot.waitUntil(lambda: items(room) == ["Harbour reopens"])
    (summary,) = room.gathering.items()
    assert "Pilots return." in room.gathering.item(summary.id).text


def test_a_link_is_captured_at_once_and_kept_when_there_is_no_network(room, field, qtbot):
    labels = []
    room.session.task_started.connect(lambda task: labels.append(task.label))
    QGuiApplication.clipboard().setText(" https://lantern-post.example/a\n")
    qtbot.keyClick(field._line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field._line.text() == "https://lantern-post.example/a"
    enter(qtbot, field)
    qtbot.waitUntil(lambda: bool(room.said))
    assert room.said[-1][1] == "warn"
    assert [entry.url for entry in room.gathering.waiting()] == ["https://lantern-post.example/a"]
    assert labels == ["Capturing lantern-post.example"]


def test_pasted_files_are_captured_after_enter(room, field, qtbot, tmp_path):
    mime = QMimeData()
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(f"Headline {name}\n\nThe tide of {name} is out.", encoding="utf-8")
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{name}.txt")) for name in ("a", "b")])
    QGuiApplication.clipboard().setMimeData(mime)
    field.paste()
    assert field.hint == "Enter captures 2 sources"
    field.submit()
    qtbot.waitUntil(lambda: len(items(room)) == 2, timeout=20_000)
    qtbot.waitUntil(lambda: room.said == [("Captured 2 sources.", "good")])


@pytest.mark.parametrize("keys", ["", "   "])
def test_enter_on_an_empty_field_does_nothing(room, field, qtbot, keys):
    qtbot.keyClicks(field._line, keys)
    enter(qtbot, field)
    assert field.hint == ""
    assert room.said == []


def test_the_window_can_turn_to_the_field(field, qtbot):
    with qtbot.waitActive(field):
        field.activateWindow()
    field._line.setText("half a link")
    field._line.clearFocus()
    field.take_focus()
    assert field._line.hasFocus()
    assert field._line.selectedText() == "half a link"


@pytest.fixture
def refusing(room, monkeypatch):
    """A capture that fails whatever comes."""

    def fail(*_args, **_fields):
        raise FetchError("The page could not be fetched", "The address is refused.")

    for verb in ("capture_url", "capture_text", "capture_file"):
        monkeypatch.setattr(Gathering, verb, fail)


def test_a_link_that_could_not_be_captured_stands_in_the_field_again(room, field, qtbot, refusing):
    qtbot.keyClicks(field._line, "https://lantern-post.example/a")
    enter(qtbot, field)
    assert field._line.text() == ""
    qtbot.waitUntil(lambda: field._line.text() == "https://lantern-post.example/a")
    qtbot.waitUntil(lambda: room.said[-1:] == [("The page could not be fetched. The address is refused.", "bad")])


def test_a_text_that_could_not_be_captured_is_put_back_with_all_its_lines(room, field, qtbot, refusing):
    QGuiApplication.clipboard().setText("Harbour reopens\nPilots return.")
    field.paste()
    enter(qtbot, field)
    qtbot.waitUntil(lambda: field.hint.startswith("Enter captures this text"))
    assert field._asked[0].value == "Harbour reopens\nPilots return."


def test_words_typed_meanwhile_are_not_overwritten(room, field, qtbot, refusing):
    qtbot.keyClicks(field._line, "https://lantern-post.example/a")
    enter(qtbot, field)
    field._line.setText("the next one")
    qtbot.waitUntil(lambda: bool(room.said))
    qtbot.wait(50)
    assert field._line.text() == "the next one"


def test_links_that_the_window_is_closed_over_wait_for_the_next_start(room, qtbot):
    capturing = Capturing(room.session, room.gathering, room.session)
    links = [Target(TargetKind.LINK, f"https://lantern-post.example/{number}") for number in range(3)]
    task = Task("", room.session)
    task.cancel()
    with pytest.raises(Cancelled):
        capturing._capture_all(tuple(links), task)
    assert room.gathering.waiting() == []  # the editor cancelled it
    room.session.stop()
    with pytest.raises(Cancelled):
        capturing._capture_all(tuple(links), task)
    assert [entry.url for entry in room.gathering.waiting()] == [link.value for link in links]


def test_what_came_of_several_files_is_told_file_by_file_where_they_bring_no_items(room, field, qtbot, tmp_path):
    links = "".join(f'<DT><A HREF="https://a.example/{number}">{number}</A>' for number in (1, 2))
    bookmarks = f"<!DOCTYPE NETSCAPE-Bookmark-file-1><DL>{links}"
    feeds = "<opml><body><outline text='A' xmlUrl='https://a.example/rss'/></body></opml>"
    mime = QMimeData()
    urls = []
    for name, text in (("one.txt", "The bar was dredged"), ("marks.html", bookmarks), ("feeds.opml", feeds)):
        (tmp_path / name).write_text(text)
        urls.append(QUrl.fromLocalFile(str(tmp_path / name)))
    mime.setUrls(urls)
    QGuiApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(field._line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    enter(qtbot, field)
    qtbot.waitUntil(lambda: bool(room.said))
    told = "Captured 1 source. 2 addresses from marks.html wait in the inbox to be fetched. Following 1 new feed."
    assert room.said == [(told, "good")]
