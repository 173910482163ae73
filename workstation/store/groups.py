"""Which items share one row of the inbox: versions of an address, copies of a story, what the editor put together.

Groups are flat: the item that is listed has no head, all others name it as theirs. An item that is taken out of a group stands
in the list as if it had never been in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from sqlite3 import Connection

from workstation.domain.grouping import ItemVersion, Place, Tie
from workstation.domain.web_address import same_page
from workstation.errors import InputError
from workstation.store.connections import Connections
from workstation.store.page_versions import told_versions, versions_of
from workstation.store.passages import no_item
from workstation.store.rows import id_of, put_under, row_of

BENEATH = """(SELECT count(*) FROM item_desk AS under WHERE under.head = item.row) AS beneath,
    1 + (SELECT count(*) FROM item_desk AS under WHERE under.head = item.row AND under.tie = 'version') AS versions,
    EXISTS (SELECT 1 FROM item_again WHERE item_again.item = item.row AND item_again.changed IS NOT NULL) AS changed"""
"""What the inbox tells of the group under a row."""

TOUCHED = """(item_desk.state IN ('shortlisted', 'used') OR item_desk.notes <> ''
    OR EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item.row)
    OR EXISTS (SELECT 1 FROM highlight WHERE highlight.item = item.id)
    OR EXISTS (SELECT 1 FROM quote WHERE quote.item = item.id))"""
"""Whether the editor worked with an item: such a one is never put under another one by itself."""


_AT_ONE_HASH = (
    "SELECT other.id, other.url, item.url AS own_url FROM item JOIN item_address AS own ON own.item = item.row"
    " JOIN item_address AS also ON also.hash = own.hash JOIN item AS other ON other.row = also.item"
    " WHERE item.id = ? ORDER BY also.item DESC"
)


class GroupShelf:
    """Where items are listed."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    # --- groups ----------------------------------------------------------------------------------------------------

    def members(self, id: str) -> list[str]:
        """The ids of the group that an item is in, the listed one first, then the newest captured first; a single one alone."""
        with self._connections.reading() as connection:
            rows = _group(connection, row_of(connection, id))
            return [id_of(connection, row) for row in rows]

    def place(self, id: str) -> Place:
        """Where an item is listed."""
        with self._connections.reading() as connection:
            return _place(connection, row_of(connection, id))

    def set_places(self, places: Mapping[str, Place]) -> dict[str, Place]:
        """List each item where ``places`` says, all of them or none; answers with the places they had, which takes it back.

        Items that are put together again may be grouped by themselves again, should the editor have taken them apart.

        Raises:
            InputError: an item would be listed under one that is itself listed under another.
        """
        with self._connections.writing() as connection:
            rows = {id: row_of(connection, id) for id in places}
            before = {id: _place(connection, row) for id, row in rows.items()}
            for id, place in places.items():
                head = None if place.head is None else row_of(connection, place.head)
                put_under(connection, rows[id], head, place.tie)
            for id, place in places.items():
                if place.head is not None:
                    _require_flat(connection, rows[id])
                    _forget_apart(connection, rows[id], _group(connection, rows[id]))
        return before

    def keep_apart(self, ids: Iterable[str], others: Iterable[str]) -> None:
        """Never group any of ``ids`` with any of ``others`` by itself again."""
        with self._connections.writing() as connection:
            one, other = ([row_of(connection, id) for id in some] for some in (ids, others))
            pairs = {(min(a, b), max(a, b)) for a in one for b in other if a != b}
            connection.executemany("INSERT OR IGNORE INTO item_apart (one, other) VALUES (?, ?)", sorted(pairs))

    # --- versions --------------------------------------------------------------------------------------------------

    def versions(self, id: str) -> list[ItemVersion]:
        """The versions of an item's address that are kept, newest first; an item without an address has itself alone."""
        with self._connections.reading() as connection:
            item = connection.execute("SELECT row, url FROM item WHERE id = ?", (id,)).fetchone()
            if item is None:
                raise no_item(id)
            rows = versions_of(connection, item["url"]) or [item["row"]]
            return list(told_versions(connection, rows))

    def several_versions(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """For each of ``ids`` whose address has several versions the ids of all of them, newest first."""
        with self._connections.reading() as connection:
            found = {id: connection.execute(_AT_ONE_HASH, (id,)).fetchall() for id in ids}
        shared = {id: rows for id, rows in found.items() if len(rows) > 1}
        versions = {id: tuple(row["id"] for row in rows if same_page(row["url"], row["own_url"])) for id, rows in shared.items()}
        return {id: every for id, every in versions.items() if len(every) > 1}

    def siblings(self, id: str) -> tuple[str, ...]:
        """The ids of the other versions of an item's address, newest first; nothing for an unknown item."""
        with self._connections.reading() as connection:
            item = connection.execute("SELECT row, url FROM item WHERE id = ?", (id,)).fetchone()
            rows = versions_of(connection, item["url"]) if item else []
            return tuple(id_of(connection, row) for row in rows if row != item["row"])

    def looked_at(self, id: str) -> bool:
        """The editor has seen that the source changed; answers whether that was news."""
        with self._connections.writing() as connection:
            row = row_of(connection, id)
            changed = connection.execute("UPDATE item_again SET changed = NULL WHERE item = ? AND changed IS NOT NULL", (row,))
            return changed.rowcount > 0


# --- rows ----------------------------------------------------------------------------------------------------------


def _place(connection: Connection, row: int) -> Place:
    head, tie = connection.execute("SELECT head, tie FROM item_desk WHERE item = ?", (row,)).fetchone()
    return Place() if head is None else Place(id_of(connection, head), Tie(tie))


def _group(connection: Connection, row: int) -> list[int]:
    head = connection.execute("SELECT coalesce(head, item) FROM item_desk WHERE item = ?", (row,)).fetchone()[0]
    under = connection.execute("SELECT item FROM item_desk WHERE head = ? ORDER BY item DESC", (head,)).fetchall()
    return [head, *(found["item"] for found in under)]


def _require_flat(connection: Connection, row: int) -> None:
    deep = connection.execute(
        "SELECT 1 FROM item_desk JOIN item_desk AS above ON above.item = item_desk.head"
        " WHERE item_desk.item = ?1 AND (above.head IS NOT NULL OR item_desk.head = ?1)"
        " UNION ALL SELECT 1 FROM item_desk WHERE head = ?1",
        (row,),
    ).fetchone()
    if deep:
        raise InputError("These sources were not grouped", "One of them would stand under another that is itself in a group.")


def _forget_apart(connection: Connection, row: int, others: Sequence[int]) -> None:
    pairs = [(min(row, other), max(row, other)) for other in others if other != row]
    connection.executemany("DELETE FROM item_apart WHERE one = ? AND other = ?", pairs)


def apart(connection: Connection, rows: Sequence[int]) -> bool:
    """Whether the editor took any two of these rows apart."""
    return any(
        connection.execute("SELECT 1 FROM item_apart WHERE one = ? AND other = ?", (min(pair), max(pair))).fetchone()
        for pair in combinations(rows, 2)
    )
