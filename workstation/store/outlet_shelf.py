"""The outlets of the desk by their numbers: the editor's corrections, and their icons with what is known of their fetching."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from sqlite3 import Connection
from typing import Any

from workstation.domain.outlet import DeskOutlet, Outlet, OutletKind
from workstation.domain.picture import Picture
from workstation.store.connections import Connections
from workstation.store.inbox_query import COUNTRY
from workstation.store.meant import meant_json, meant_kind
from workstation.store.outlets import correct_outlet, desk_outlets, icon_key, merge_outlets
from workstation.store.pictures import keep_picture
from workstation.store.times import write_time

LONGEST = timedelta(days=31)
"""Nobody waits longer before an icon is looked for again."""

TOLD = 500
"""How many of an outlet's items, the newest, are named when it changes: as many as a list shows."""


@dataclass(frozen=True, slots=True)
class IconErrand:
    """An outlet whose icon is to be looked for: its number, and its newest item."""

    outlet: int
    item: str
    url: str


class OutletShelf:
    """Outlets with their numbers. The editor's word on one wins over the table and the pages, for old items and new ones."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[DeskOutlet]:
        """Every outlet of the desk, by name."""
        with self._connections.reading() as connection:
            return desk_outlets(connection)

    def number_of(self, item: str) -> int | None:
        """The number of the outlet that an item came from."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT item_desk.outlet FROM item_desk JOIN item ON item.row = item_desk.item WHERE item.id = ?", (item,)
            ).fetchone()
        return row[0] if row else None

    def of_items(self, ids: Sequence[str]) -> dict[str, Outlet]:
        """What is known of the outlet of each item, by the item's id: the editor's word, else the page's, else the table's."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                f"SELECT item.id, outlet.name, {COUNTRY} AS country, languages, kind FROM item"
                " JOIN item_desk ON item_desk.item = item.row JOIN outlet ON outlet.id = item_desk.outlet"
                " WHERE item.id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        return {
            row["id"]: Outlet(
                name=row["name"],
                country=row["country"],
                languages=tuple(meant_json(row["languages"])),
                kind=meant_kind(OutletKind, row["kind"]) if row["kind"] else None,
            )
            for row in rows
        }

    def correct(self, id: int, outlet: Outlet) -> list[str]:
        """Keep the editor's word on an outlet, its domains included, except its icon; the ids of its newest items.

        Raises:
            NotFoundError: there is no outlet of that number.
        """
        with self._connections.writing() as connection:
            before = _items(connection, id)
            correct_outlet(connection, id, outlet)
            return list(dict.fromkeys([*before, *_items(connection, id)]))

    def merge(self, id: int, others: Iterable[int]) -> list[str]:
        """Make several outlets one, which keeps the facts of the first; the ids of its newest items."""
        with self._connections.writing() as connection:
            merge_outlets(connection, id, others)
            return _items(connection, id)

    # --- icons -----------------------------------------------------------------------------------------------------

    def without_icon(self, now: datetime, limit: int) -> list[IconErrand]:
        """The outlets whose icon nobody has looked for, or not since the day that was set for looking again; newest first.

        Outlets that only samples came from have nothing to be fetched. A day that lies further ahead than any that is ever set
        was set by a clock that went wrong.
        """
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT outlet.id, (SELECT max(item) FROM item_desk WHERE outlet = outlet.id AND NOT sample) AS newest"
                " FROM outlet LEFT JOIN note ON note.key = 'outlet-icon:' || outlet.id"
                " WHERE (note.value IS NULL OR note.value ->> 'again' <= ? OR note.value ->> 'again' > ?) AND newest IS NOT NULL"
                " ORDER BY newest DESC",
                (write_time(now), write_time(now + LONGEST)),
            ).fetchall()
            errands = (_errand(connection, row["id"], row["newest"]) for row in rows)
            return list(islice(filter(None, errands), limit))

    def keep_icon(self, id: int, icon: Picture | None, again: datetime) -> list[str]:
        """Keep what was found for an outlet, or that nothing was, until ``again``; the ids of the items whose icon changed.

        An icon that was found earlier stays when none is found now; one that the editor chose is shown all the same.
        """
        with self._connections.writing() as connection:
            if not connection.execute("SELECT 1 FROM outlet WHERE id = ?", (id,)).fetchone():
                return []
            known = _known(connection, id)
            fetched = keep_picture(connection, icon) if icon else known.get("fetched")
            _remember(connection, id, known | {"fetched": fetched, "again": write_time(again.astimezone(UTC))})
            if fetched is None or known.get("own"):
                return []
            changed = connection.execute("UPDATE outlet SET icon = ?1 WHERE id = ?2 AND icon IS NOT ?1", (fetched, id))
            return _items(connection, id) if changed.rowcount else []

    def choose_icon(self, id: int, icon: Picture) -> list[str]:
        """Show ``icon``, which the editor chose, for this outlet from now on; the ids of its newest items."""
        with self._connections.writing() as connection:
            known = _known(connection, id)
            shown = connection.execute("SELECT icon FROM outlet WHERE id = ?", (id,)).fetchone()
            if not known.get("own") and not known.get("fetched") and shown:
                known = known | {"fetched": shown[0]}
            _remember(connection, id, {"again": write_time(_LONG_AGO)} | known | {"own": True})
            connection.execute("UPDATE outlet SET icon = ? WHERE id = ?", (keep_picture(connection, icon), id))
            return _items(connection, id)

    def fetched_icon(self, id: int) -> list[str]:
        """Show what was found for this outlet again, and let it be looked for anew; the ids of its newest items."""
        with self._connections.writing() as connection:
            known = _known(connection, id)
            _remember(connection, id, known | {"own": False, "again": write_time(_LONG_AGO)})
            connection.execute("UPDATE outlet SET icon = ? WHERE id = ?", (known.get("fetched"), id))
            return _items(connection, id)


_LONG_AGO = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def _errand(connection: Connection, id: int, newest: int) -> IconErrand | None:
    row = connection.execute("SELECT id, url FROM item WHERE row = ?", (newest,)).fetchone()
    return IconErrand(id, row["id"], row["url"]) if row and row["url"] else None


def _known(connection: Connection, id: int) -> dict[str, Any]:
    row = connection.execute("SELECT value FROM note WHERE key = ?", (icon_key(id),)).fetchone()
    return dict(json.loads(row[0])) if row else {}


def _remember(connection: Connection, id: int, known: dict[str, Any]) -> None:
    connection.execute(
        "INSERT INTO note (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (icon_key(id), json.dumps(known, sort_keys=True)),
    )


def _items(connection: Connection, id: int) -> list[str]:
    rows = connection.execute(
        "SELECT item.id FROM item_desk JOIN item ON item.row = item_desk.item WHERE item_desk.outlet = ?"
        " ORDER BY item_desk.item DESC LIMIT ?",
        (id, TOLD),
    ).fetchall()
    return [row[0] for row in rows]
