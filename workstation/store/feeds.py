"""The feeds that are followed, and what each has brought already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from sqlite3 import Connection, Row
from typing import Any

from workstation.domain.feed import LONGEST, Feed
from workstation.errors import InputError, NotFoundError
from workstation.store.connections import Connections
from workstation.store.times import read_time, write_time

Brought = tuple[str, str, str]
"""An entry's key and print (hexadecimal) and the id of the item that it became."""

_TEXTS = ("url", "title", "name", "home", "folder", "language", "icon", "etag", "modified", "every", "least", "failures", "error")
_TIMES = ("added", "asked", "changed", "due")
_COLUMNS = (*_TEXTS, *_TIMES, "paused")
_ALL = f"SELECT id, {', '.join(_COLUMNS)} FROM feed"


class FeedShelf:
    """Feeds by their id; each address is followed once."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[Feed]:
        """Every feed by folder and name, with how many items it brought and how many of them are unread."""
        with self._connections.reading() as connection:
            rows = connection.execute(_ALL).fetchall()
            items = dict(connection.execute("SELECT feed, count(item) FROM feed_entry GROUP BY feed").fetchall())
            unread = dict(
                connection.execute(
                    "SELECT feed, count(*) FROM item_desk CROSS JOIN feed_entry ON feed_entry.item = item_desk.item"
                    " WHERE state = 'unread' GROUP BY feed"
                ).fetchall()
            )
        feeds = [_feed(row, items=items.get(row["id"], 0), unread=unread.get(row["id"], 0)) for row in rows]
        return sorted(feeds, key=lambda feed: (feed.folder.casefold(), feed.label.casefold(), feed.id))

    def get(self, id: int) -> Feed:
        """A feed, without its counts.

        Raises:
            NotFoundError: it is not followed.
        """
        with self._connections.reading() as connection:
            row = connection.execute(f"{_ALL} WHERE id = ?", (id,)).fetchone()
        if row is None:
            raise _no_feed()
        return _feed(row)

    def find(self, url: str) -> Feed | None:
        """The feed that is followed at this address."""
        with self._connections.reading() as connection:
            row = connection.execute(f"{_ALL} WHERE url = ?", (url,)).fetchone()
        return _feed(row) if row else None

    def due(self, moment: datetime) -> list[Feed]:
        """The feeds to be asked at ``moment``, those that wait longest first; paused ones never are.

        A feed that would wait longer than any may was given its time by a clock that went wrong: its time has come.
        """
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"{_ALL} WHERE NOT paused AND (due <= ? OR due > ?) ORDER BY due, id", (_utc(moment), _utc(moment + LONGEST))
            ).fetchall()
        return [_feed(row) for row in rows]

    def next_due(self, moment: datetime) -> datetime | None:
        """When the next feed is to be asked, seen from ``moment``; None when none ever is."""
        with self._connections.reading() as connection:
            found, is_wrong = connection.execute(
                "SELECT min(due), max(due) > ? FROM feed WHERE NOT paused", (_utc(moment + LONGEST),)
            ).fetchone()
        return moment if is_wrong else read_time(found) if found else None

    def add_all(self, feeds: Sequence[Feed]) -> list[int]:
        """Follow these feeds, whose own ids count for nothing; answers with the ids of those that were not followed before."""
        with self._connections.writing() as connection:
            return [id for feed in feeds if (id := _insert(connection, feed)) is not None]

    def put(self, feed: Feed) -> None:
        """Keep what is now known of a feed.

        Raises:
            NotFoundError: it is not followed any more.
            InputError: another feed is followed at its address.
        """
        names = ", ".join(f"{name} = ?" for name in _COLUMNS)
        with self._connections.writing() as connection:
            other = connection.execute("SELECT 1 FROM feed WHERE url = ? AND id <> ?", (feed.url, feed.id)).fetchone()
            if other:
                raise InputError("This address is followed already", f"{feed.url} belongs to another feed of the list.")
            if not connection.execute(f"UPDATE feed SET {names} WHERE id = ?", (*_values(feed), feed.id)).rowcount:
                raise _no_feed()

    def remove(self, id: int) -> None:
        """Follow a feed no longer; its items stay."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM feed WHERE id = ?", (id,))

    def prints(self, id: int) -> dict[str, str]:
        """The prints of everything that a feed brought, by the entries' keys."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT hex(key), hex(print) FROM feed_entry WHERE feed = ?", (id,)).fetchall()
        return {key.lower(): mark.lower() for key, mark in rows}

    def brought(self, id: int, entries: Iterable[Brought]) -> None:
        """Remember what a feed brought, each with the item that it became."""
        rows = [(id, bytes.fromhex(key), bytes.fromhex(mark), item) for key, mark, item in entries]
        with self._connections.writing() as connection:
            connection.executemany(
                "INSERT INTO feed_entry (feed, key, print, item) SELECT ?, ?, ?, row FROM item WHERE id = ?"
                " ON CONFLICT (feed, key) DO UPDATE SET print = excluded.print, item = excluded.item",
                rows,
            )

    def items(self, id: int) -> list[str]:
        """The ids of the items that a feed brought, newest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT item.id FROM feed_entry JOIN item ON item.row = feed_entry.item WHERE feed = ? ORDER BY item.row DESC",
                (id,),
            ).fetchall()
        return [row[0] for row in rows]


def from_feed(name: str) -> tuple[str, tuple[str, ...]]:
    """The condition, over ``item``, that an item came from a feed whose name, title, folder or address holds ``name``."""
    literal = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    columns = ("feed.name", "feed.title", "feed.folder", "feed.url")
    held = " OR ".join(rf"{column} LIKE ? ESCAPE '\'" for column in columns)
    return (
        "item.row IN (SELECT feed_entry.item FROM feed JOIN feed_entry ON feed_entry.feed = feed.id"
        f" WHERE feed_entry.item IS NOT NULL AND ({held}))",
        tuple(f"%{literal}%" for _ in columns),
    )


def _insert(connection: Connection, feed: Feed) -> int | None:
    marks = ", ".join("?" * len(_COLUMNS))
    cursor = connection.execute(
        f"INSERT INTO feed ({', '.join(_COLUMNS)}) VALUES ({marks}) ON CONFLICT (url) DO NOTHING", _values(feed)
    )
    return int(cursor.lastrowid or 0) if cursor.rowcount else None


def _values(feed: Feed) -> tuple[object, ...]:
    times = (write_time(feed.added), *(write_time(at) if at else None for at in (feed.asked, feed.changed)), _utc(feed.due))
    return (*(getattr(feed, name) for name in _TEXTS), *times, int(feed.paused))


def _feed(row: Row, *, items: int = 0, unread: int = 0) -> Feed:
    times: dict[str, Any] = {name: read_time(row[name]) if row[name] else None for name in _TIMES}
    texts: dict[str, Any] = {name: row[name] for name in _TEXTS}
    return Feed(id=row["id"], paused=bool(row["paused"]), items=items, unread=unread, **texts, **times)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _no_feed() -> NotFoundError:
    return NotFoundError("This feed is not followed", "It may have been removed meanwhile. Follow it again by its address.")
