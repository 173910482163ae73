"""What is wrong with a store: its pages, its rows, its search index."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from tempfile import TemporaryDirectory

from workstation.errors import StoreError
from workstation.store.arrivals import unpacked
from workstation.store.connections import connect, converted
from workstation.store.files import companions
from workstation.store.migrations import APPLICATION_ID
from workstation.store.soundness import problems as loose_ends
from workstation.store.strangers import refuse_stranger_inside
from workstation.store.versions import problems as version_problems


def check(path: Path) -> list[str]:
    """A sentence for each thing that is wrong with the store in ``path``; empty when it is sound.

    Nothing is changed, and a desk that is open can go on working. Every page and every row is read and the search index is
    checked in a copy: seconds for thousands of items, minutes for a million, and for a while as much room as the store takes.
    """
    path = path.expanduser().resolve()
    if not path.is_file():
        return [f"There is no store at {path}."]
    try:
        with converted(path), closing(reading(path)) as connection:
            refuse_stranger_inside(connection, path)
            return list(content_problems(connection)) or [*loose_ends(connection), *_search_problems_in_copy(connection, path)]
    except StoreError as error:
        return [str(error)]


def reading(path: Path) -> Connection:
    """A connection that changes nothing; a medium that cannot be written is read as it lies."""
    connection = connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if any(log.exists() and log.stat().st_size for log in companions(path)):
            raise
        connection = connect(path, "ro", immutable=True)
    return connection


def content_problems(connection: Connection) -> Iterator[str]:
    """A sentence for each thing that is wrong with the pages and the rows, the search index left out."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        yield "It is not a desk of this program."
        return
    pages = [row[0] for row in connection.execute("PRAGMA integrity_check(20)").fetchall()]
    if pages != ["ok"]:
        yield f"The database is damaged: {pages[0]}"
        return
    for row in connection.execute("PRAGMA foreign_key_check").fetchall():
        yield f"A row of “{row[0]}” refers to a row of “{row[2]}” that is not there."
    yield from _story_problems(connection)
    yield from version_problems(connection)
    yield from _picture_problems(connection)
    yield from _item_problems(connection)


def _story_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute("SELECT slug, document, sha256 FROM story"):
        if not _matches(row["document"].encode(), row["sha256"]):
            yield f"The document of the story “{row['slug']}” is not the one that was saved."


def _picture_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute("SELECT sha256, data FROM picture"):
        if not _matches(row["data"], row["sha256"]):
            yield f"The bytes of the picture {row['sha256'][:12]} are damaged."


def _item_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute(
        "SELECT id, text, text_sha256, original, sha256 FROM item JOIN item_body ON item_body.item = row"
    ):
        if not _matches(row["text"].encode(), row["text_sha256"]):
            yield f"The text of the item {row['id']} is not the one that arrived."
        original = unpacked(row["original"])
        if original is None or not _matches(original, row["sha256"]):
            yield f"The original of the item {row['id']} is not what arrived."
    for part in ("body", "desk"):
        missing = connection.execute(f"SELECT count(*) FROM item WHERE row NOT IN (SELECT item FROM item_{part})").fetchone()[0]
        if missing:
            yield f"{missing} items have lost their {part}."


def _matches(data: bytes, digest: str) -> bool:
    return sha256(data).hexdigest() == digest


def _search_problems_in_copy(connection: Connection, path: Path) -> list[str]:
    """FTS5's check holds the right to write for as long as it runs, and whoever works at the desk would wait: so, in a copy."""
    beside = path.parent if os.access(path.parent, os.W_OK) else None
    with TemporaryDirectory(prefix=".workstation-check-", dir=beside) as folder:
        copy = Path(folder) / "copy.db"
        connection.execute("VACUUM INTO ?", (str(copy),))
        return list(search_problems(copy))


def search_problems(path: Path) -> Iterator[str]:
    """As :func:`content_problems`, for the search index of a store that nobody else has open."""
    with closing(connect(path)) as connection:
        try:
            connection.execute("INSERT INTO item_search (item_search, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            yield f"The search index does not agree with the items ({error})."
