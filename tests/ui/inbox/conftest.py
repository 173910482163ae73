"""The inbox over a real store, with items of invented outlets."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from workstation.domain.item import Capture, Item, ItemState, item_id
from workstation.ingest.worker import ReadingWorker
from workstation.store import Store
from workstation.ui.inbox import CaptureField, InboxPane
from workstation.ui.session import Session
from workstation.ui.theme import Theme
from workstation.workflow.gathering import Gathering

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

NOW = datetime.now(UTC).replace(microsecond=0)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform says that it has no window manager."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


def capture(title: str, *, text: str = "Boats wait off the bar.", minutes: int = 0, **fields: object) -> Capture:
    url = fields.pop("url", f"https://lantern-post.example/{title.replace(' ', '-')}")
    original = f"{title}\n{text}".encode()
    given = {
        "outlet": "The Lantern Post",
        "author": None,
        "published": None,
        "language": "en",
        "country": "NZ",
        "words": len(text.split()),
    } | fields
    item = Item(
        id=item_id(original, url),
        url=url,
        title=title,
        text=text,
        captured=NOW - timedelta(minutes=minutes),
        media_type="text/html",
        sha256=sha256(original).hexdigest(),
        **given,
    )
    return Capture(item=item, original=original)


@dataclass
class Room:
    """The parts of the desk that the inbox needs, and what was said."""

    store: Store
    session: Session
    theme: Theme
    gathering: Gathering
    said: list[tuple[str, str]]
    shown: list[str]

    def add(self, title: str, **fields: object) -> str:
        made = capture(title, **fields)
        self.store.items.add(made)
        return made.item.id

    def state(self, item: str) -> ItemState:
        return self.store.items.summary(item).state


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    theme = Theme(qapp)
    theme.choose("light")
    return theme


@pytest.fixture
def room(tmp_path: Path, theme: Theme) -> Iterator[Room]:
    store = Store.open(tmp_path / "desk.db")
    worker = ReadingWorker()
    session = Session()
    room = Room(store, session, theme, Gathering(store, worker, offline=True), [], [])
    session.said.connect(lambda text, tone: room.said.append((text, tone)))
    session.item_shown.connect(room.shown.append)
    yield room
    session.close()
    worker.close()
    store.close()


@pytest.fixture
def inbox(room: Room, qtbot) -> Iterator[Callable[..., InboxPane]]:
    """Opens an inbox at the width it has in the window, and waits until its list is read."""

    kept = []  # a pane that Python drops while a dialog of it is still to be deleted takes the process down

    def open_inbox(count: int | None = None) -> InboxPane:
        pane = InboxPane(room.session, room.theme, room.gathering)
        kept.append(pane)
        qtbot.addWidget(pane)
        pane.resize(315, 760)
        with qtbot.waitActive(pane):
            pane.show()
            pane.activateWindow()
        expected = len(room.gathering.items()) if count is None else count
        qtbot.waitUntil(lambda: len(pane._list.items.rows) == expected)
        pane.focus_list()
        return pane

    yield open_inbox
    qtbot.wait(0)


@pytest.fixture
def field(room: Room, qtbot) -> CaptureField:
    field = CaptureField(room.session, room.theme, room.gathering)
    qtbot.addWidget(field)
    field.show()
    return field
