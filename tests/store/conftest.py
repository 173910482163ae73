from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from workstation.domain.body import body_from_text
from workstation.domain.item import Capture, Item, item_id
from workstation.domain.picture import Picture
from workstation.domain.story import SignalCard, Source, Story
from workstation.store import Store
from workstation.store.migrations import MIGRATIONS

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

MakeCapture = Callable[..., Capture]
StartChild = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def age(path: Path) -> Callable[[], None]:
    """Make the store what the first program left: without the tables of every later migration."""

    def drop_later_tables() -> None:
        with closing(sqlite3.connect(path)) as connection, connection:
            names = [name for later in MIGRATIONS[1:] for name in re.findall(r"CREATE TABLE (\w+)", " ".join(later.statements))]
            for name in reversed(names):
                connection.execute(f"DROP TABLE {name}")
            connection.execute("DELETE FROM migration WHERE number > 1")
            connection.execute("PRAGMA user_version = 1")

    return drop_later_tables


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store.open(path) as store:
        yield store


@pytest.fixture
def make_capture() -> MakeCapture:
    """Captures of invented pages, each a minute after the one before unless told otherwise."""
    made = 0

    def make(
        text: str = "The river rose by two metres.",
        *,
        title: str = "A river rises",
        icon: Picture | None = None,
        **fields: object,
    ) -> Capture:
        nonlocal made
        made += 1
        original = f"<h1>{title}</h1><p>{text}</p>".encode()
        url = fields.pop("url", f"https://harbour-gazette.example/{made}")
        given = {
            "id": item_id(original, url),
            "url": url,
            "title": title,
            "outlet": "Harbour Gazette",
            "author": None,
            "published": "2026-03-01",
            "language": "en",
            "country": "NZ",
            "text": text,
            "words": len(text.split()),
            "captured": NOON + timedelta(minutes=made),
            "media_type": "text/html",
            "sha256": sha256(original).hexdigest(),
            "origins": {"title": "meta"},
        }
        return Capture(item=Item(**{**given, **fields}), original=original, icon=icon)

    return make


@pytest.fixture
def picture() -> Picture:
    return Picture(b"\x89PNG not really", "image/png", 16, 16)


def story_resting_on(*items: str, slug: str = "river-treaty", headline: str = "A treaty for the river") -> Story:
    """A story with one card for each item."""
    cards = tuple(
        SignalCard(headline="A signal", sources=(Source(name="Harbour Gazette", item=item),), body=body_from_text("They agree."))
        for item in items
    )
    return Story(slug=slug, headline=headline, signals=cards)


@pytest.fixture
def start_child(tmp_path: Path) -> Iterator[StartChild]:
    """Starts another real process of this program that runs a script; killed at the end if it still lives."""
    children: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", script, *map(str, arguments)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        children.append(child)
        return child

    yield start
    for child in children:
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
