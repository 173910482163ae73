"""What the editor does with many items at once: each verb takes a value for each id, so that taking it back is exact."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from sqlite3 import Connection

from workstation.domain.item import ItemState
from workstation.store.connections import Connections
from workstation.store.passages import no_item


class TriageShelf:
    """States, tags and notes of items; a verb changes all of the items it is given or, when one is unknown, none."""

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
                [(state.value, _row_of(connection, id)) for id, state in states.items()],
            )

    def set_notes(self, notes: Mapping[str, str]) -> None:
        """Keep each item's note.

        Raises:
            NotFoundError: one of them is unknown; none was changed.
        """
        with self._connections.writing() as connection:
            connection.executemany(
                "UPDATE item_desk SET notes = ? WHERE item = ?",
                [(note, _row_of(connection, id)) for id, note in notes.items()],
            )

    def set_tags(self, tags: Mapping[str, Sequence[str]]) -> None:
        """Give each item its tags, in their order, in the place of those it had.

        Raises:
            NotFoundError: one of them is unknown; none was changed.
        """
        with self._connections.writing() as connection:
            for id, wanted in tags.items():
                _set_tags(connection, _row_of(connection, id), wanted)

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
        return {row["id"]: tuple(json.loads(row["tags"])) for row in rows}

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


def _row_of(connection: Connection, id: str) -> int:
    row = connection.execute("SELECT row FROM item WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise no_item(id)
    return int(row["row"])
