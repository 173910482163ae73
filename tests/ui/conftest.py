"""A real desk over a real store, and the window over it without its browser engine."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
import shiboken6
from PIL import Image
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QInputDialog, QMessageBox, QWidget

from workstation.domain.body import Body, read_html
from workstation.domain.item import Capture
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.story_document import read_json
from workstation.ingest.reading import read
from workstation.ui.session import Session
from workstation.ui.story.pane import StoryPane
from workstation.ui.theme import Theme
from workstation.ui.window import Window
from workstation.workflow.desk import Desk

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENCE = 40_000
CAPTURED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clipboard_is_let_go_of() -> Iterator[None]:
    """What a test copied is Python's; Qt would delete it after Python has ended, and end the test run with a crash."""
    yield
    if QApplication.instance() is not None:
        QApplication.clipboard().clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt’s offscreen platform says that it has no window manager."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture
def qtbot(qtbot):
    """Waiting takes as long as a busy machine needs: what never comes still fails."""
    wait_until, wait_signal = qtbot.waitUntil, qtbot.waitSignal
    qtbot.waitUntil = lambda check, *, timeout=PATIENCE: wait_until(check, timeout=max(timeout, PATIENCE))
    qtbot.waitSignal = lambda signal, *, timeout=PATIENCE, **options: wait_signal(
        signal, timeout=max(timeout, PATIENCE), **options
    )
    return qtbot


def page(title: str, text: str, outlet: str) -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
    name = f'<meta property="og:site_name" content="{outlet}">'
    body = f"<article><h1>{title}</h1>{paragraphs}</article>"
    return f'<html lang="en"><head><title>{title}</title>{name}</head><body>{body}</body></html>'.encode()


@dataclass
class Room:
    """A desk in a folder of its own, with whatever windows a test opened over it."""

    qtbot: object
    folder: Path
    desk: Desk
    theme: Theme
    settings: QSettings
    session: Session
    said: list[tuple[str, str]] = field(default_factory=list)
    window: Window | None = None
    number: int = 0

    # --- putting things there --------------------------------------------------------------------------------------

    def item(self, title: str, text: str, outlet: str = "The Lantern Post", url: str | None = None) -> str:
        """Keep a page in the inbox; answers with its id."""
        address = url or f"https://{outlet.lower().replace(' ', '-')}.example/{title.lower().replace(' ', '-')}"
        capture: Capture = read(
            page(title, text, outlet), captured=CAPTURED, name="page.html", media_type="text/html", url=address
        )
        self.desk.store.items.add(capture)
        return capture.item.id

    def source(self, item: str) -> Source:
        summary = self.desk.store.items.summary(item)
        return Source(name=summary.outlet, url=summary.url, item=item)

    def body(self, html: str) -> Body:
        reading = read_html(html)
        assert not reading.left_out, reading.left_out
        return reading.body

    def card(self, headline: str = "", body: str = "", sources: tuple[Source, ...] = ()) -> SignalCard:
        return SignalCard(headline=headline, body=self.body(body), sources=sources)

    def png(self, name: str = "lead.png", size: tuple[int, int] = (64, 36)) -> Path:
        path = self.folder / name
        Image.new("RGB", size, "#0b5f6b").save(path)
        return path

    # --- the window ------------------------------------------------------------------------------------------------

    def open(self, story: Story | None = None, *, size: tuple[int, int] = (1300, 850)) -> Window:
        """Open the window on ``story``, active and with its layout done."""
        self.number = self.desk.store.stories.add(story or Story(slug="story", headline=""))
        self.window = Window(self.desk, self.session, self.theme, self.settings)
        self.window.resize(*size)
        self.session.show_story(self.number)
        return self.show()

    def open_last(self) -> Window:
        """Open the window as the program does when it starts over a desk that was used before."""
        self.window = Window(self.desk, self.session, self.theme, self.settings)
        self.window.open_story.turn_to_last()
        return self.show()

    def show(self) -> Window:
        window = self.window
        for start in (self.theme.show_icons, window.story.start, window.preview.start):
            window.painted.connect(start)
        with self.qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        self.qtbot.waitUntil(lambda: bool(window.story._overline.text()))
        return window

    def leave(self) -> None:
        """Close the window, as the editor would, and the desk."""
        if self.window is not None:
            assert self.window.close()
            QApplication.processEvents()
            self.session.close()
            focus = QApplication.focusWidget()
            if focus is not None:
                focus.clearFocus()
            shiboken6.delete(self.window)
            self.window = None
        self.session.close()
        self.desk.close()

    def again(self) -> None:
        """Leave and start anew over the same store."""
        self.leave()
        self.desk = Desk.open(self.folder / "desk.db", offline=True, publications=self.folder, styles=self.folder / "house-style")
        self.session = Session()

    @property
    def pane(self) -> StoryPane:
        assert self.window is not None
        return self.window.story

    @property
    def story(self) -> Story:
        """The story as the draft has it."""
        return self.desk.writing.story(self.number)

    def stored(self) -> Story:
        """The story as another process reads it from the disk."""
        with sqlite3.connect(f"file:{self.folder / 'desk.db'}?mode=ro", uri=True) as connection:
            row = connection.execute("SELECT document FROM story WHERE id = ?", (self.number,)).fetchone()
        connection.close()
        return read_json(row[0]).story

    # --- the editor's hands ----------------------------------------------------------------------------------------

    def focus(self, widget: QWidget) -> None:
        widget.setFocus()
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)

    def undo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    def redo(self) -> None:
        self.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key on whatever has the focus, as the window system would."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key, modifiers)

    def type(self, text: str) -> None:
        """Type ``text`` into whatever has the focus."""
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClicks(widget, text)


def _nobody_answers(dialog: QDialog) -> int:
    pytest.fail(f"A question that the test does not answer: {dialog.windowTitle()}")


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.choose("light")
    return theme


@pytest.fixture
def room(tmp_path: Path, theme: Theme, qtbot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    monkeypatch.setenv("WORKSTATION_PREVIEW", "off")
    for question in (QMessageBox, QInputDialog, QFileDialog):
        monkeypatch.setattr(question, "exec", _nobody_answers)
    settings = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
    desk = Desk.open(tmp_path / "desk.db", offline=True, publications=tmp_path, styles=tmp_path / "house-style")
    room = Room(qtbot, tmp_path, desk, theme, settings, Session())
    room.session.said.connect(lambda text, tone: room.said.append((text, tone)))
    yield room
    room.leave()


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[type, Callable[[object], int]], None]:
    """Let a dialog's ``exec`` be answered by the test."""

    def patch(dialog: type, reply: Callable[[object], int]) -> None:
        monkeypatch.setattr(dialog, "exec", reply)

    return patch
