"""The reader over a real store, with an invented item and a story of two cards."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QApplication

from workstation.domain.item import Capture, Item, item_id
from workstation.domain.story import SignalCard, Story
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.ui.reader import ReaderPane
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.workflow.gathering import Gathering
from workstation.workflow.quoting import Quoting
from workstation.workflow.writing import Writing

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

TEXT = (
    "The bar was dredged on Monday 🚢, the harbour master said.\n"
    "“We sail at dawn,” said 🧭 pilot Ana Reef, “or not at all.”\n"
    "عاد المرشدون إلى العمل يوم الثلاثاء.\n"
    "Traders shrugged: <b>no</b> boat had sunk & none would."
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform says that it has no window manager."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@dataclass
class Room:
    """The parts of the desk that the reader needs, and what was said."""

    store: Store
    session: Session
    theme: Theme
    gathering: Gathering
    quoting: Quoting
    writing: Writing
    said: list[tuple[str, str]] = field(default_factory=list)

    def add(self, text: str = TEXT, **fields: object) -> str:
        title = str(fields.pop("title", "Harbour reopens"))
        url = fields.pop("url", f"https://lantern-post.example/{len(text)}")
        original = f"{title}\n{text}".encode()
        given = {"author": "Ana Reef", "published": "2026-02-28", "language": "en", "country": "NZ"} | fields
        item = Item(
            id=item_id(original, url),
            url=url,
            title=title,
            outlet="The Lantern Post",
            text=text,
            words=len(text.split()),
            captured=datetime(2026, 3, 2, 12, 4, tzinfo=UTC),
            media_type="text/html",
            sha256=sha256(original).hexdigest(),
            origins=MappingProxyType({"title": "json-ld", "author": "meta"}),
            **given,
        )
        self.store.items.add(Capture(item=item, original=original))
        return item.id

    def number_of(self, key: str) -> int | None:
        position = self.writing.story(self.session.story).position(key)
        return None if position is None else position + 1


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.choose("light")
    return theme


@pytest.fixture
def room(tmp_path: Path, theme: Theme) -> Iterator[Room]:
    store = Store.open(tmp_path / "desk.db")
    worker, writing, session = ReadingWorker(), Writing(store), Session()
    room = Room(store, session, theme, Gathering(store, worker, offline=True), Quoting(store, writing), writing)
    session.said.connect(lambda text, tone: room.said.append((text, tone)))
    yield room
    session.close()
    worker.close()
    store.close()


@pytest.fixture
def story(room: Room) -> int:
    """An open story with two cards, none of them in hand."""
    cards = (SignalCard(headline="First"), SignalCard(headline="Second"))
    number = room.store.stories.add(Story(slug="harbour", headline="Harbour reopens", signals=cards))
    room.session.show_story(number)
    return number


@pytest.fixture
def reader(room: Room, qtbot) -> Iterator[Callable[..., ReaderPane]]:
    """Opens a reader, turns it to an item and waits until it is shown."""
    kept = []

    def open_reader(item: str | None = None, width: int = 530) -> ReaderPane:
        pane = ReaderPane(room.session, room.theme, room.gathering, room.quoting, number_of=room.number_of)
        kept.append(pane)
        qtbot.addWidget(pane)
        pane.resize(width, 760)
        with qtbot.waitActive(pane):
            pane.show()
            pane.activateWindow()
        if item is not None:
            room.session.show_item(item)
            qtbot.waitUntil(lambda: pane._reading is not None and pane._reading.item.id == item)
            pane.focus_text()
        return pane

    yield open_reader
    qtbot.wait(0)
