"""A pane over a stand-in for publishing and writing, whose pages the tests word themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from workstation.domain.body import body_from_text
from workstation.domain.changes import stories_changed
from workstation.ui.preview.pane import PreviewPane
from workstation.ui.preview.scheme import prepare
from workstation.ui.session import Session
from workstation.ui.theme import Theme

prepare()

STORY = 7
READY = 30_000
CARDS = ("One", "Two", "Three", "Four")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform says that it has no window manager and no graphics card."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints", "Rhi", "RHI", "Vulkan", "GPUInfo"))


@dataclass(frozen=True)
class PageFiles:
    main: str
    files: Mapping[str, bytes]


def card_html(headline: str, text: str = "") -> str:
    text = text or f"What the sources say of {headline}. " * 24
    return f'<div class="card">\n<h3>{headline}</h3>\n<p>{text}</p>\n</div>\n'


def page_html(headline: str = "Harbour reopens", cards: tuple[str, ...] = CARDS, *, style: str = "", head: str = "") -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en" dir="ltr">\n<head>\n<meta charset="utf-8">\n<title>{headline}</title>\n'
        f"<style>body {{ margin: 8px }}{style}</style>\n{head}</head>\n<body>\n<h1>{headline}</h1>\n"
        f'<div class="signals">\n{"".join(card_html(name) for name in cards)}</div>\n</body>\n</html>\n'
    )


@dataclass
class Desk:
    """Stands in for publishing and writing: the page is whatever the test put here."""

    html: str = field(default_factory=page_html)
    pictures: dict[str, bytes] = field(default_factory=dict)
    main: str = "harbour.html"
    keys: tuple[str, ...] = ("a", "b", "c", "d")
    rendered: int = 0
    written: list[Path] = field(default_factory=list)

    def page(self, number: int) -> PageFiles:
        self.rendered += 1
        return PageFiles(self.main, {**self.pictures, self.main: self.html.encode()})

    def rendering(self, number: int, profile: str) -> PageFiles:
        self.rendered += 1
        if profile == "page":
            return self.page(number)
        return PageFiles(f"harbour.{profile}", {f"harbour.{profile}": f"<h2>{profile} of {len(self.html)}</h2>\n".encode()})

    def write_page(self, number: int, folder: Path) -> Path:
        path = folder / self.main
        path.write_bytes(self.html.encode())
        self.written.append(path)
        return path

    def story(self, number: int) -> SimpleNamespace:
        body = body_from_text("First paragraph.\nSecond paragraph.")
        cards = tuple(SimpleNamespace(key=key, body=body) for key in self.keys)
        return SimpleNamespace(signals=cards, news=body, position=lambda key: self.keys.index(key) if key in self.keys else None)


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session()
    yield session
    session.close()


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def pane(qtbot, session: Session, theme: Theme, desk: Desk) -> Iterator[PreviewPane]:
    """A pane in front that has not started yet."""
    pane = PreviewPane(session, theme, desk, desk)
    pane.resize(460, 800)
    pane.show()
    yield pane
    with qtbot.waitSignal(pane.stopped, timeout=READY):
        pane.stop()
    shiboken6.delete(pane)


@pytest.fixture
def settle(qtbot) -> Callable[[PreviewPane, Desk], None]:
    """Wait until the newest words of the desk are on the screen."""

    def wait(pane: PreviewPane, desk: Desk) -> None:
        qtbot.waitUntil(lambda: pane.is_settled and pane.shown_bytes == desk.html.encode(), timeout=READY)

    return wait


@pytest.fixture
def open_story(pane: PreviewPane, session: Session, desk: Desk, settle) -> Callable[[], None]:
    """Start the pane and wait for the page of the story."""

    def begin() -> None:
        session.show_story(STORY)
        pane.start()
        settle(pane, desk)

    return begin


@pytest.fixture
def retype(pane: PreviewPane, session: Session, desk: Desk, settle) -> Callable[[str], None]:
    """Put other words on the page and wait until they are seen."""

    def begin(html: str) -> None:
        desk.html = html
        session.publish(stories_changed(STORY))
        settle(pane, desk)

    return begin


@pytest.fixture
def evaluate(qtbot, pane: PreviewPane) -> Callable[[str], object]:
    """The value of a script that runs beside the page."""

    def ask(script: str) -> object:
        answers: list[object] = []
        pane._engine.run(f"JSON.stringify([{script}])", answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=READY)
        assert answers[0], f"{script} failed"
        return json.loads(answers[0])[0]

    return ask


@pytest.fixture
def document(qtbot, pane: PreviewPane) -> Callable[[], str]:
    """The document on the screen, written out."""

    def read() -> str:
        answers: list[str] = []
        pane.read_document(answers.append)
        qtbot.waitUntil(lambda: bool(answers), timeout=READY)
        return answers[0]

    return read
