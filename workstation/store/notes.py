"""Small settings of the desk."""

from __future__ import annotations

from workstation.store.connections import Connections


class NoteShelf:
    """Texts under keys."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, key: str) -> str | None:
        """The text under ``key``, or None."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT value FROM note WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def set(self, key: str, value: str) -> None:
        """Keep ``value`` under ``key``, in the place of what was there."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
            )
