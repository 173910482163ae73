"""Whether what the store holds is what was put into it: each document, version, step, picture, source and note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from sqlite3 import Connection, Row

from workstation.domain.story_document import read_json
from workstation.domain.story_entry import STATUSES
from workstation.errors import InputError, StoreDamagedError
from workstation.store.arrivals import unpacked
from workstation.store.deltas import DeltaError, apply_delta
from workstation.store.seals import ITEM, ITEM_BODY, SEALED, Sealed, broken, has_seals, item_is_whole
from workstation.store.search_text import searchable
from workstation.store.story_desk import folded_words
from workstation.store.times import read_time, write_time

TOLD = 20
"""So many rows of a table are told one by one."""
_COPIED = (
    ("item_tag", "tag", "item_tag_tag"),
    ("item_view", "name", "sqlite_autoindex_item_view_1"),
    ("story_template", "name", "sqlite_autoindex_story_template_1"),
    ("story", "slug", "sqlite_autoindex_story_1"),
)
"""Indexes to which capitals are alike, so that SQLite's own check does not see a bit that makes one of a small letter."""
_OF_THEIR_OWN = ("story_step", "story_version")


def meant_text(data: bytes) -> str:
    """Text as SQLite has it; bytes that are none, as damage leaves them, are kept apart from every proper text."""
    return data.decode("utf-8", "surrogateescape")


def same(text: str, digest: str) -> bool:
    """Whether ``text`` is the one with this SHA-256."""
    return sha256(text.encode("utf-8", "surrogateescape")).hexdigest() == digest


def story_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each story whose document is damaged, or of which the list of stories says something else."""
    for row in connection.execute("SELECT slug, headline, status, created, changed, document, sha256 FROM story"):
        if not same(row["document"], row["sha256"]):
            yield f"The document of the story “{row['slug']}” is not the one that was saved."
        elif not _agrees(row):
            yield f"The list of stories tells something else of “{row['slug']}” than its document."
    if _has_table(connection, "story_desk"):
        yield from _desk_problems(connection)


def _agrees(row: Row) -> bool:
    try:
        story = read_json(row["document"]).story
        read_time(row["created"]), read_time(row["changed"])
    except (InputError, StoreDamagedError, ValueError):
        return False
    return row["status"] in STATUSES and bool((story.slug, story.headline) == (row["slug"], row["headline"]))


def _desk_problems(connection: Connection) -> Iterator[str]:
    """What is kept beside the documents comes from them, so that a saving mends it."""
    for row in connection.execute(
        "SELECT slug, document, story.sha256, story_desk.sha256 AS worded, embargo, story_desk.time_zone, notes, words"
        " FROM story JOIN story_desk ON story_desk.story = story.id"
    ):
        if not same(row["document"], row["sha256"]):
            continue
        story = read_json(row["document"]).story
        kept = (row["embargo"], row["time_zone"], row["notes"])
        words = folded_words(story) if row["worded"] == row["sha256"] else row["words"]
        if kept != (write_time(story.embargo) if story.embargo else None, story.time_zone, story.notes) or words != row["words"]:
            yield f"What the list of stories keeps of “{row['slug']}” is not what its document says; the next change mends that."


def version_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each story with versions that cannot be read; none for a store from before there were versions."""
    if not _has_table(connection, "story_version"):
        return
    for story, slug in connection.execute("SELECT id, slug FROM story").fetchall():
        damaged = sum(not is_sound for is_sound in _versions(connection, story))
        if damaged:
            yield f"{damaged} versions of the story “{slug}” are damaged; its document is not."


def _versions(connection: Connection, story: int) -> Iterator[bool]:
    """Whether each version of a story is whole, oldest first."""
    sealed = _sealed("story_version")
    bad = {row["number"] for row in broken(connection, sealed, "story = ?", story)} if has_seals(connection) else set()
    text = b""
    for row in connection.execute("SELECT * FROM story_version WHERE story = ? ORDER BY number", (story,)):
        try:
            text = apply_delta(b"" if row["whole"] else text, row["delta"], row["sha256"])
        except DeltaError:
            yield False
        else:
            yield row["number"] not in bad


def step_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each story with damaged undo steps; a store without seals does not tell."""
    if not has_seals(connection):
        return
    damaged = Counter(row["story"] for row in broken(connection, _sealed("story_step")))
    for story, number in damaged.items():
        yield f"{number} undo steps of the story {story} are damaged; the story itself is not touched by it."


def picture_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each picture that is not what was put in."""
    for row in connection.execute("SELECT sha256, data FROM picture"):
        if sha256(row["data"]).hexdigest() != row["sha256"]:
            yield f"The bytes of the picture {row['sha256'][:12]} are damaged."


_ITEMS = (
    f"SELECT {', '.join(f'item.{name}' for name in ITEM)}, {', '.join(ITEM_BODY)}, {{seal}}, text, original, searched_title,"
    " searched_text FROM item JOIN item_body ON item_body.item = item.row"
)


def item_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each part of a source that is not what arrived."""
    is_sealed = has_seals(connection)
    for row in connection.execute(_ITEMS.format(seal="seal" if is_sealed else "NULL AS seal")):
        if not same(row["text"], row["text_sha256"]):
            yield f"The text of the item {row['id']} is not the one that arrived."
        elif not _is_searched(row):
            yield f"The search does not know the item {row['id']} by its own words."
        original = unpacked(row["original"])
        if original is None or sha256(original).hexdigest() != row["sha256"]:
            yield f"The original of the item {row['id']} is not what arrived."
        if is_sealed and not item_is_whole(row):
            yield f"What is known of the item {row['id']} (title, author, address, dates …) is not what arrived."
    for part in ("body", "desk"):
        missing = connection.execute(f"SELECT count(*) FROM item WHERE row NOT IN (SELECT item FROM item_{part})").fetchone()[0]
        if missing:
            yield f"{missing} items have lost their {part}."


def _is_searched(row: Row) -> bool:
    searched = ((row["searched_title"], row["title"]), (row["searched_text"], row["text"]))
    return all(known is None or known == searchable(text) for known, text in searched)


def row_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each other row of somebody's words that is not as it was written, up to :data:`TOLD` of a kind."""
    if not has_seals(connection):
        return
    for sealed in SEALED:
        if sealed.table in _OF_THEIR_OWN:
            continue
        rows = list(broken(connection, sealed))
        for row in rows[:TOLD]:
            yield f"{_told(sealed, row)} is not as it was written."
        if len(rows) > TOLD:
            yield f"So are {len(rows) - TOLD} more of that kind."
    for table, column, index in _COPIED:
        copied = f"SELECT CAST({column} AS BLOB) FROM {table} INDEXED BY {index}"
        if connection.execute(f"{copied} EXCEPT SELECT CAST({column} AS BLOB) FROM {table} NOT INDEXED").fetchone():
            yield f"A name is found as it was not written (an index of “{table}”)."


def _told(sealed: Sealed, row: Row) -> str:
    told = sealed.told.format_map({name: str(row[name])[:60] for name in sealed.columns})
    shown = told.encode("utf-8", "replace").decode()
    return shown[0].upper() + shown[1:]


def _sealed(table: str) -> Sealed:
    return next(sealed for sealed in SEALED if sealed.table == table)


def _has_table(connection: Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (name,)).fetchone() is not None
