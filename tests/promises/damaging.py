"""A desk with a row of every kind that holds somebody's words, and where those words lie in its file."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workstation.domain.body import body_from_text
from workstation.domain.destination import CmsKind, Destination
from workstation.domain.feed import Feed
from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.domain.outlet import Outlet
from workstation.domain.problem import Waiver
from workstation.domain.story import SignalCard, Source, Story
from workstation.domain.version import VersionKind
from workstation.store import Store
from workstation.store.sent import SentFile
from workstation.workflow.desk import Desk
from workstation.workflow.history import Spot

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = ("river", "harbour", "treaty", "ferry", "delegation", "lighthouse", "quarry", "barley", "monsoon", "granary", "tariff")

USER_TEXT = {
    "story": ("document", "headline", "slug"),
    "story_version": ("delta", "label"),
    "story_step": ("delta", "label"),
    "story_keys": ("keys",),
    "item": ("title", "author", "outlet", "url", "published", "language"),
    "item_body": ("text", "original", "origins"),
    "item_desk": ("notes",),
    "item_tag": ("tag",),
    "highlight": ("note",),
    "quote": ("exact", "speaker", "translation"),
    "picture": ("data",),
    "waiver": ("reason",),
    "story_template": ("name", "document"),
    "feed": ("name", "title", "folder", "url"),
    "item_view": ("name", "query"),
    "ledger": ("slug", "folder", "note", "address", "files"),
    "destination": ("name", "url", "user"),
    "outlet": ("name",),
    "outlet_domain": ("domain",),
    "note": ("value",),
    "waiting": ("url", "reason"),
    "story_file": ("name",),
}
"""The columns that hold what the editor wrote or what arrived."""
PIECE = 24


def words(chance: random.Random, count: int) -> str:
    """An invented passage."""
    return " ".join(chance.choice(WORDS) for _ in range(count)).capitalize() + "."


def story(chance: random.Random, slug: str, cards: int = 4) -> Story:
    """An invented story of some length."""
    signals = tuple(
        SignalCard(
            headline=words(chance, 6),
            sources=(Source(name=f"The {chance.choice(WORDS)} Post"),),
            body=body_from_text("\n".join(words(chance, 60) for _ in range(2))),
        )
        for _ in range(cards)
    )
    return Story(
        slug=slug, headline=words(chance, 7), news=body_from_text(words(chance, 120)), signals=signals, notes=words(chance, 8)
    )


def make_desk(path: Path, stories: int = 6) -> None:
    """Write a desk to ``path``: the sample, some stories with versions and steps, and a row of everything else."""
    chance = random.Random(5)
    with Desk.open(path, offline=True) as desk:
        desk.sampling.load()
        ids = [_write_story(desk, chance, f"story-{number}") for number in range(stories)]
        _fill_shelves(desk.store, chance, ids[0])


def _write_story(desk: Desk, chance: random.Random, slug: str) -> int:
    number = desk.store.stories.add(story(chance, slug))
    for turn in range(4):
        now = desk.writing.story(number)
        desk.writing.edit(
            number, replace(now, headline=words(chance, 7), notes=words(chance, 9)), label="Headline", spot=Spot("headline")
        )
        desk.writing.save(number)
        desk.store.versions.add(number, desk.writing.story(number), VersionKind.NAMED, f"Draft {turn} {words(chance, 2)}")
    return number


def _fill_shelves(store: Store, chance: random.Random, number: int) -> None:
    ids = [summary.id for summary in store.items.summaries()]
    store.triage.set_notes({id: words(chance, 12) for id in ids[:6]})
    store.triage.set_tags({id: [f"{chance.choice(WORDS)} desk"] for id in ids[:8]})
    for place in range(3):
        store.stories.waive(number, Waiver(f"print-{place}", words(chance, 8)))
        store.feeds.add_all([_feed(chance, place)])
        store.views.add(f"View {words(chance, 2)}", f"is:unread {chance.choice(WORDS)}", "newest")
        store.templates.put(f"Template {place}", story(chance, f"template-{place}", 2), {})
        store.ledger.add(_entry(chance, number, place))
        store.destinations.put(
            Destination(
                name=f"Site {words(chance, 1)}{place}", kind=CmsKind.WORDPRESS, url=f"https://cms-{place}.example", user="editor"
            )
        )
        store.notes.set(f"dictionary:{place}", words(chance, 10))
    store.items.set_outlet(Outlet(name="The Granary Gazette", domains=("granary-gazette.example",), country="KE"))
    store.sent.keep_picture("https://cms-0.example", "ab" * 32, SentFile("7", "https://cms-0.example/7.png", words(chance, 4)))


def _feed(chance: random.Random, place: int) -> Feed:
    return Feed(
        id=0,
        url=f"https://feed-{place}.example/rss",
        title=words(chance, 3),
        name=words(chance, 2),
        folder="Rivers",
        added=NOON,
        due=NOON,
    )


def _entry(chance: random.Random, number: int, place: int) -> LedgerEntry:
    return LedgerEntry(
        story=number, slug="story-0", profile="page", publication="Meridian", exported=NOON + timedelta(hours=place),
        folder="/out/web",        files={"story-0.html": "ab" * 32}, sha256="cd" * 32,
        change=ChangeKind.FIRST, note=words(chance, 6),
    )  # fmt: skip


def places_of_text(path: Path) -> dict[str, list[int]]:
    """For each column of somebody's words the offsets in the file of bytes of them, those of copies in indexes among them."""
    file = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        return {
            f"{table}.{column}": sorted(
                {
                    at
                    for (value,) in connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
                    for at in _offsets(file, value.encode() if isinstance(value, str) else bytes(value))
                }
            )
            for table, columns in USER_TEXT.items()
            for column in columns
        }


def _offsets(file: bytes, value: bytes) -> list[int]:
    found = []
    for start in range(0, len(value), PIECE):
        piece = value[start : start + PIECE]
        if len(piece) < 4 and start:
            continue
        at = file.find(piece) if len(piece) >= 4 else -1
        while at >= 0:
            found += range(at, at + len(piece))
            at = file.find(piece, at + 1)
    return found


def flip(path: Path, at: int, bit: int) -> None:
    """Turn one bit of the file."""
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ 1 << bit]))


def overwrite(path: Path, at: int, data: bytes) -> None:
    """Write ``data`` over the file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(data)
