"""The content systems that stories are sent to; their secrets are never here."""

from __future__ import annotations

from dataclasses import asdict
from sqlite3 import Row

from workstation.domain.destination import CmsKind, Destination
from workstation.errors import NotFoundError
from workstation.store.connections import Connections
from workstation.store.meant import meant_kind


class DestinationShelf:
    """Destinations by their name, whatever its capitals."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[Destination]:
        """Every destination, by name."""
        with self._connections.reading() as connection:
            return [_destination(row) for row in connection.execute("SELECT * FROM destination ORDER BY name")]

    def named(self, name: str) -> Destination:
        """The destination of this name.

        Raises:
            NotFoundError: there is none.
        """
        with self._connections.reading() as connection:
            row = connection.execute("SELECT * FROM destination WHERE name = ?", (name,)).fetchone()
        if row is None:
            raise NotFoundError("There is no such destination", f"None is called “{name}”. “destinations” lists them.")
        return _destination(row)

    def put(self, destination: Destination) -> None:
        """Keep a destination in the place of the one that bore its name."""
        row = {**asdict(destination), "kind": destination.kind.value}
        with self._connections.writing():
            self._connections.tables.table("destination").insert(row, replace=True)

    def remove(self, name: str) -> None:
        """Forget a destination; one that is not there is no matter."""
        with self._connections.writing():
            self._connections.tables.table("destination").delete_where("name = ?", [name])


def _destination(row: Row) -> Destination:
    told = {name: row[name] for name in row.keys() if name != "seal"}  # noqa: SIM118 - a Row lists its values
    return Destination(**{**told, "kind": meant_kind(CmsKind, row["kind"])})
