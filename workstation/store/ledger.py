"""The hand-over ledger: entries are added, never changed."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import Any

from workstation.domain.ledger import ChangeKind, LedgerEntry
from workstation.store.connections import Connections
from workstation.store.meant import meant_json, meant_kind
from workstation.store.times import read_time, write_time

_COLUMNS = (
    "story", "slug", "profile", "publication", "exported", "folder", "files", "sha256", "destination", "post", "address",
    "change", "version", "document", "kept", "note",
)  # fmt: skip
_INSERT = f"INSERT INTO ledger ({', '.join(_COLUMNS)}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM ledger WHERE ?1 IS NULL OR story = ?1 ORDER BY id"
_LAST = f"SELECT {', '.join(_COLUMNS)} FROM ledger WHERE story = ? ORDER BY id DESC LIMIT 1"


class LedgerShelf:
    """What was handed over, oldest first."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, entry: LedgerEntry) -> None:
        """Put ``entry`` on record."""
        row = {
            "story": entry.story,
            "slug": entry.slug,
            "profile": entry.profile,
            "publication": entry.publication,
            "exported": write_time(entry.exported),
            "folder": entry.folder,
            "files": json.dumps(dict(entry.files), ensure_ascii=False, sort_keys=True),
            "sha256": entry.sha256,
            "destination": entry.destination,
            "post": entry.post,
            "address": entry.address,
            "change": entry.change.value,
            "version": entry.version,
            "document": entry.document,
            "kept": entry.kept,
            "note": entry.note,
        }
        with self._connections.writing() as connection:
            connection.execute(_INSERT, row)

    def entries(self, story: int | None = None) -> list[LedgerEntry]:
        """The hand-overs of ``story`` (of every story without one), in the order they were put on record."""
        with self._connections.reading() as connection:
            rows = connection.execute(_SELECT, (story,)).fetchall()
        return [_entry(dict(row)) for row in rows]

    def last(self, story: int) -> LedgerEntry | None:
        """The last hand-over of ``story``; it is asked for after each pause in typing."""
        with self._connections.reading() as connection:
            row = connection.execute(_LAST, (story,)).fetchone()
        return None if row is None else _entry(dict(row))


def _entry(row: dict[str, Any]) -> LedgerEntry:
    read = {
        "exported": read_time(row["exported"]),
        "files": MappingProxyType(meant_json(row["files"])),
        "change": meant_kind(ChangeKind, row["change"]),
    }
    return LedgerEntry(**{**row, **read})
