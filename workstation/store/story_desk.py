"""What the list of stories shows and searches of each story, kept beside the documents so that the list need not read them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from sqlite3 import Connection, Row

from workstation.domain.story import SignalCard, Story
from workstation.errors import StoreError
from workstation.store.connections import Connections
from workstation.store.search_text import searchable
from workstation.store.times import write_time

BATCH = 100
_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\ufe20-\ufe2f]+")


def put_desk(connection: Connection, id: int, story: Story) -> None:
    """Keep the embargo and the notes of a story in the transaction of ``connection``.

    Its words are folded when somebody searches for some (see :func:`settle_desk`): it is saved several times a second.
    """
    embargo = write_time(story.embargo) if story.embargo else None
    connection.execute(
        "INSERT INTO story_desk (story, sha256, embargo, time_zone, notes, words) VALUES (?, '', ?, ?, ?, '')"
        " ON CONFLICT (story) DO UPDATE SET embargo = excluded.embargo, time_zone = excluded.time_zone, notes = excluded.notes",
        (id, embargo, story.time_zone, story.notes),
    )


def settle_desk(connections: Connections, read: Callable[[Row], Story]) -> None:
    """Read the stories that were written since their words were kept; a damaged one is left out, the list tells it elsewhere."""
    with connections.reading() as connection:
        late = connection.execute(
            "SELECT id FROM story LEFT JOIN story_desk ON story_desk.story = story.id"
            " WHERE story_desk.sha256 IS NOT story.sha256 ORDER BY id"
        ).fetchall()
    ids = [row["id"] for row in late]
    for start in range(0, len(ids), BATCH):
        with connections.writing() as connection:
            for id in ids[start : start + BATCH]:
                row = connection.execute("SELECT slug, document, sha256 FROM story WHERE id = ?", (id,)).fetchone()
                try:
                    _settle(connection, id, read(row), row["sha256"])
                except StoreError:
                    continue


def _settle(connection: Connection, id: int, story: Story, digest: str) -> None:
    """``digest`` is the SHA-256 of the document that the words were taken from."""
    put_desk(connection, id, story)
    connection.execute("UPDATE story_desk SET sha256 = ?, words = ? WHERE story = ?", (digest, folded_words(story), id))


def folded_words(story: Story) -> str:
    """What a story is found by."""
    return folded("\n".join(_words(story)))


def found_on_desk(connections: Connections, query: str) -> frozenset[int]:
    """The ids of the stories that have every word of ``query``, in any order and anywhere in a word; all for an empty one."""
    words = folded(query).split()
    condition = " AND ".join("instr(words, ?)" for _ in words) or "1"
    with connections.reading() as connection:
        rows = connection.execute(f"SELECT story FROM story_desk WHERE {condition}", words).fetchall()
    return frozenset(row["story"] for row in rows)


def folded(text: str) -> str:
    """``text`` for a search that asks neither for capitals nor for accents."""
    plain = searchable(text).casefold()
    return plain if plain.isascii() else _ACCENTS.sub("", unicodedata.normalize("NFKD", plain))


def _words(story: Story) -> Iterable[str]:
    yield from (story.headline, story.slug, story.region or "", *story.verticals, *story.bylines, story.news.text)
    for card in (*story.signals, *story.parked):
        yield from _card_words(card)
    if story.lead_image:
        yield from (story.lead_image.caption, story.lead_image.alt)
    yield story.notes


def _card_words(card: SignalCard) -> Iterable[str]:
    yield card.headline
    yield from (part for source in card.sources for part in (source.name, source.of or ""))
    yield card.body.text
