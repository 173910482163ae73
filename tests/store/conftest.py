from __future__ import annotations

import os
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
from workstation.store.migrations import APPLICATION_ID, FIRST_DESK

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

MakeCapture = Callable[..., Capture]
StartChild = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "desk.db"


@pytest.fixture
def age(path: Path) -> Callable[[], None]:
    """Make the store what the first program would have left: its tables and columns, with the rows that are in them now."""

    def rewrite() -> None:
        new = path.with_name("aged.db")
        with closing(sqlite3.connect(new)) as connection:
            connection.execute("ATTACH ? AS late", (str(path),))
            for statement in FIRST_DESK.statements:
                connection.execute(statement)
            tables = connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'").fetchall()
            for (table,) in tables:
                if not table.startswith(("item_search", "sqlite_")):
                    columns = ", ".join(row[1] for row in connection.execute(f"PRAGMA main.table_info({table})"))
                    connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM late.{table}")
            connection.execute("INSERT INTO item_search (item_search) VALUES ('rebuild')")
            connection.execute("DELETE FROM migration WHERE number > 1")
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute("PRAGMA user_version = 1")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.commit()
        new.replace(path)

    return rewrite


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
