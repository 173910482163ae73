"""The hand-over ledger: entries are added, never changed."""

from __future__ import annotations

import json
from types import MappingProxyType

from workstation.domain.ledger import LedgerEntry
from workstation.store.connections import Connections
from workstation.store.times import read_time, write_time


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
        }
        with self._connections.writing():
            self._connections.tables.table("ledger").insert(row)

    def entries(self, story: int | None = None) -> list[LedgerEntry]:
        """The hand-overs of ``story`` (of every story without one), in the order they were put on record."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT story, slug, profile, publication, exported, folder, files, sha256 FROM ledger"
                " WHERE ?1 IS NULL OR story = ?1 ORDER BY id",
                (story,),
            ).fetchall()
        return [
            LedgerEntry(
                **{**dict(row), "exported": read_time(row["exported"]), "files": MappingProxyType(json.loads(row["files"]))}
            )
            for row in rows
        ]
