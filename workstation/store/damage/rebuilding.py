"""Rows out of several places made one sound store: nothing refers to what is not there, what is derived is made anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from sqlite3 import Connection, Row

from workstation.domain.item import PART_OF_PAGE
from workstation.domain.story_document import read_json
from workstation.domain.story_entry import STATUSES
from workstation.domain.web_address import address_hash
from workstation.errors import InputError, StoreDamagedError
from workstation.store.arrivals import packed_bytes
from workstation.store.connections import transaction
from workstation.store.damage.pages import Value
from workstation.store.deltas import DeltaError, apply_delta
from workstation.store.seals import SEAL_ITEMS, keep_sealed
from workstation.store.search_text import searchable
from workstation.store.story_desk import put_desk
from workstation.store.times import now, read_time

LeftRow = tuple[str, dict[str, Value]]

_BODILESS = "row NOT IN (SELECT item FROM item_body)"
_MOST_ROUNDS = 20


def settle(connection: Connection) -> Iterator[LeftRow]:
    """Make the store behind ``connection``, whose foreign keys are off, a sound one; gives the rows that had to go."""
    keep_sealed(connection)
    connection.create_function("address_hash", 1, address_hash, deterministic=True)
    with transaction(connection):
        yield from _broken_versions(connection)
        yield from _settle_stories(connection)
        yield from _taken_out(connection, "item", _BODILESS)
        yield from _references(connection)
        _settle_items(connection)
        _settle_numbers(connection)
    with transaction(connection):
        connection.execute("INSERT INTO item_search (item_search) VALUES ('rebuild')")


def _taken_out(connection: Connection, table: str, where: str) -> Iterator[LeftRow]:
    for row in connection.execute(f"SELECT * FROM {table} WHERE {where}").fetchall():
        yield table, dict(row)
    connection.execute(f"DELETE FROM {table} WHERE {where}")


# --- stories -------------------------------------------------------------------------------------------------------


def _broken_versions(connection: Connection) -> Iterator[LeftRow]:
    """Versions that hang on one that is lost cannot be read any more."""
    for (story,) in connection.execute("SELECT DISTINCT story FROM story_version").fetchall():
        text: bytes | None = None
        for row in connection.execute("SELECT * FROM story_version WHERE story = ? ORDER BY number", (story,)).fetchall():
            text = _version_text(row, text)
            if text is None:
                yield "story_version", dict(row)
                connection.execute("DELETE FROM story_version WHERE story = ? AND number = ?", (story, row["number"]))


def _version_text(row: Row, before: bytes | None) -> bytes | None:
    base = b"" if row["whole"] else before
    try:
        return None if base is None else apply_delta(base, row["delta"], row["sha256"])
    except DeltaError:
        return None


def _settle_stories(connection: Connection) -> Iterator[LeftRow]:
    """A story whose document is lost has that of its last version; what the list of stories keeps is taken from the documents."""
    revive_stories(connection)
    connection.execute("DELETE FROM story_desk")
    for row in connection.execute("SELECT * FROM story").fetchall():
        try:
            story = read_json(row["document"]).story
        except (InputError, ValueError):
            yield "story", dict(row)
            connection.execute("DELETE FROM story WHERE id = ?", (row["id"],))
            continue
        put_desk(connection, row["id"], story)
        _mend_line(connection, row)
        if (row["slug"], row["headline"]) != (story.slug, story.headline):
            _name(connection, row["id"], story.slug, story.headline)


def _mend_line(connection: Connection, row: Row) -> None:
    """A time in which a bit was turned is no time any more; the other one of the story, or this moment, stands for it.

    A status that is none any more is that of a draft.
    """
    known = [time for time in (row["changed"], row["created"]) if _is_time(time)] or [now()]
    times = [time if _is_time(time) else known[0] for time in (row["created"], row["changed"])]
    status = row["status"] if row["status"] in STATUSES else "draft"
    connection.execute("UPDATE story SET status = ?, created = ?, changed = ? WHERE id = ?", (status, *times, row["id"]))


def _is_time(text: str) -> bool:
    try:
        return read_time(text).tzinfo is not None
    except StoreDamagedError:
        return False


def _name(connection: Connection, id: int, slug: str, headline: str) -> None:
    """The document tells better what a story is called; where another story bears the slug it keeps the one it has."""
    connection.execute("UPDATE story SET headline = ? WHERE id = ?", (headline, id))
    connection.execute("UPDATE OR IGNORE story SET slug = ? WHERE id = ?", (slug, id))


def revive_stories(connection: Connection) -> list[int]:
    """Give each story whose document is lost that of its last version that can be read; answers with their ids."""
    lost = "SELECT DISTINCT story FROM story_version WHERE story NOT IN (SELECT id FROM story)"
    return [story for (story,) in connection.execute(lost).fetchall() if _revive(connection, story)]


def _revive(connection: Connection, id: int) -> bool:
    text, last, made = None, b"", ""
    for row in connection.execute("SELECT * FROM story_version WHERE story = ? ORDER BY number", (id,)).fetchall():
        text = _version_text(row, text)
        last, made = (last, made) if text is None else (text, row["made"])
    try:
        story = read_json(last).story
    except (InputError, ValueError):
        return False
    return any(
        connection.execute(
            "INSERT OR IGNORE INTO story (id, slug, headline, status, created, changed, sha256, document)"
            " VALUES (?1, ?2, ?3, 'draft', ?4, ?4, ?5, ?6)",
            (id, slug, story.headline, made, sha256(last).hexdigest(), last.decode()),
        ).rowcount
        for slug in (story.slug, f"{story.slug}-{id}")  # another story may bear the slug
    )


# --- what refers to what -------------------------------------------------------------------------------------------


def _references(connection: Connection) -> Iterator[LeftRow]:
    """Take out what refers to rows that are gone, until nothing does."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    for _ in range(_MOST_ROUNDS):
        before = connection.total_changes
        for table in tables:
            for key in connection.execute("SELECT * FROM pragma_foreign_key_list(?)", (table,)).fetchall():
                yield from _loose(connection, table, key)
        if connection.total_changes == before:
            return


def _loose(connection: Connection, table: str, key: Row) -> Iterator[LeftRow]:
    column = key["from"]
    where = f"{column} IS NOT NULL AND {column} NOT IN (SELECT {key['to']} FROM {key['table']})"
    if key["on_delete"] == "SET NULL" or column == "icon":
        connection.execute(f"UPDATE {table} SET {column} = NULL WHERE {where}")
    elif connection.execute(f"SELECT 1 FROM {table} WHERE {where}").fetchone():
        yield from _taken_out(connection, table, where)


# --- items ---------------------------------------------------------------------------------------------------------


def _settle_items(connection: Connection) -> None:
    """Items without what the editor did with them are unread; addresses, names and seals are as the items say."""
    connection.execute(
        "INSERT INTO item_desk (item, state) SELECT row, 'unread' FROM item WHERE row NOT IN (SELECT item FROM item_desk)"
    )
    connection.execute(
        "UPDATE item_desk SET head = NULL, tie = NULL WHERE head IS NULL OR tie IS NULL OR head = item"
        " OR head IN (SELECT item FROM item_desk WHERE head IS NOT NULL)"
    )
    connection.execute(
        "INSERT OR IGNORE INTO item_address (item, hash) SELECT row, address_hash(url) FROM item"
        " JOIN item_body ON item_body.item = row WHERE address_hash(url) IS NOT NULL AND origins ->> 'text' IS NOT ?",
        (PART_OF_PAGE,),
    )
    connection.execute(
        "INSERT OR IGNORE INTO outlet_alias (outlet, name) SELECT DISTINCT item_desk.outlet, item.outlet FROM item_desk"
        " JOIN item ON item.row = item_desk.item WHERE item_desk.outlet IS NOT NULL"
    )
    connection.create_function("searchable", 1, searchable, deterministic=True)
    for part, of in (("title", "item.title"), ("text", "text")):
        connection.execute(
            f"UPDATE item_body SET searched_{part} = found.searched FROM (SELECT row, searchable({of}) AS searched FROM item"
            f" JOIN item_body ON item_body.item = row WHERE searched_{part} IS NOT NULL) AS found"
            f" WHERE found.row = item_body.item AND found.searched IS NOT searched_{part}"
        )
    connection.execute(f"{SEAL_ITEMS} AND icon IS NULL")


def let_text_stand(connection: Connection, row: Row) -> None:
    """The bytes that arrived are lost, the text that was read from them is not: let it be what arrived, and say so."""
    original = row["text"].encode()
    origins = json.dumps({**json.loads(row["origins"]), "original": "lost to damage"}, ensure_ascii=False)
    connection.execute(
        "UPDATE item_body SET original = ?, media_type = 'text/plain', origins = ? WHERE item = ?",
        (packed_bytes(original), origins, row["row"]),
    )
    connection.execute("UPDATE item SET sha256 = ? WHERE row = ?", (sha256(original).hexdigest(), row["row"]))
    connection.execute(f"{SEAL_ITEMS} AND item.row = ?", (row["row"],))


def _settle_numbers(connection: Connection) -> None:
    """A new story must not get the number of one that is gone and still stands in the ledger."""
    most = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM story), 0), coalesce((SELECT max(story) FROM ledger), 0))"
    ).fetchone()[0]
    connection.execute("DELETE FROM sqlite_sequence WHERE name = 'story'")
    connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('story', ?)", (most,))
