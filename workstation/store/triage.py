"""What the editor does with many items at once: each verb takes a value for each id, so that taking it back is exact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection
from typing import TypeVar

from workstation.domain.item import ItemState
from workstation.store.connections import Connections
from workstation.store.meant import meant_json
from workstation.store.rows import row_of

T = TypeVar("T")


class TriageShelf:
    """States, tags and notes of items; a verb changes all of the items it is given or, when one is unknown, none.

    An older version of a page bears none of them: what is meant for it goes to the version that took its row, also where that
    came in while the editor was typing. Only one that bears something of its own (two rows became one) keeps bearing it.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def set_states(self, states: Mapping[str, ItemState]) -> None:
        """Put each item into its state.

        Raises:
            NotFoundError: one of them is unknown; none was changed.
        """
        with self._connections.writing() as connection:
            connection.executemany(
                "UPDATE item_desk SET state = ? WHERE item = ?",
                [(state.value, row) for row, state in _borne(connection, states).items()],
            )

    def mark_read(self, id: str) -> None:
        """Say that an item was read, unless it is more than unread.

        Raises:
            NotFoundError: it is unknown.
        """
        with self._connections.writing() as connection:
            row = row_of(connection, id)
            connection.execute("UPDATE item_desk SET state = 'read' WHERE item = ? AND state = 'unread'", (row,))

    def set_notes(self, notes: Mapping[str, str], before: Mapping[str, str] | None = None) -> None:
        """Keep each item's note, in the place of the one in ``before``: another one that a newer version bears stays above it.

        Raises:
            NotFoundError: one of them is unknown; none was changed.
        """
        with self._connections.writing() as connection:
            had = {} if before is None else _borne(connection, before)
            for row, note in _borne(connection, notes).items():
                known = connection.execute("SELECT notes FROM item_desk WHERE item = ?", (row,)).fetchone()["notes"]
                is_foreign = row in had and known not in ("", had[row], note)
                told = f"{known}\n{note}".strip() if is_foreign else note
                connection.execute("UPDATE item_desk SET notes = ? WHERE item = ?", (told, row))

    def set_tags(self, tags: Mapping[str, Sequence[str]]) -> None:
        """Give each item its tags, in their order, in the place of those it had.

        Raises:
            NotFoundError: one of them is unknown; none was changed.
        """
        with self._connections.writing() as connection:
            for row, wanted in _borne(connection, tags).items():
                _set_tags(connection, row, wanted)

    def tags(self) -> dict[str, int]:
        """Every tag with the number of items that bear it, in the order of the alphabet."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT min(tag) AS tag, count(*) AS items FROM item_tag GROUP BY item_tag.tag ORDER BY item_tag.tag"
            ).fetchall()
        return {row["tag"]: row["items"] for row in rows}

    def tagged(self, tag: str) -> dict[str, tuple[str, ...]]:
        """The items that bear ``tag``, whatever its capitals, each with all its tags in their order."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT item.id, (SELECT json_group_array(tag) FROM"
                " (SELECT tag FROM item_tag AS own WHERE own.item = item.row ORDER BY place)) AS tags"
                " FROM item_tag JOIN item ON item.row = item_tag.item WHERE item_tag.tag = ?",
                (tag,),
            ).fetchall()
        return {row["id"]: tuple(meant_json(row["tags"])) for row in rows}

    def notes(self, ids: Iterable[str]) -> dict[str, str]:
        """The notes of these items; an unknown one is left out."""
        with self._connections.reading() as connection:
            found = {
                id: connection.execute(
                    "SELECT notes FROM item_desk JOIN item ON item.row = item_desk.item WHERE item.id = ?", (id,)
                ).fetchone()
                for id in ids
            }
        return {id: row["notes"] for id, row in found.items() if row is not None}


def _set_tags(connection: Connection, row: int, tags: Iterable[str]) -> None:
    wanted = dict.fromkeys(tag.strip() for tag in tags if tag.strip())
    connection.execute("DELETE FROM item_tag WHERE item = ?", (row,))
    connection.executemany(
        "INSERT INTO item_tag (item, tag, place) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(row, tag, place) for place, tag in enumerate(wanted)],
    )


def _borne(connection: Connection, values: Mapping[str, T]) -> dict[int, T]:
    """The values by the rows of the items that bear them; what is said of an item itself wins."""
    rows = {id: row_of(connection, id) for id in values}
    bearers = {id: _bearer(connection, row) for id, row in rows.items()}
    redirected = {bearers[id]: value for id, value in values.items() if bearers[id] != rows[id]}
    return redirected | {rows[id]: value for id, value in values.items() if bearers[id] == rows[id]}


def _bearer(connection: Connection, row: int) -> int:
    """The row that bears state, tags and notes for an item: that of the newer version where it is an older one without any."""
    found = connection.execute(
        "SELECT head FROM item_desk WHERE item = ? AND tie = 'version' AND head IS NOT NULL AND notes = ''"
        " AND state IN ('unread', 'read') AND NOT EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item_desk.item)",
        (row,),
    ).fetchone()
    return int(found["head"]) if found else row
