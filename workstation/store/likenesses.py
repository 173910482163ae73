"""What texts are like, kept beside the items, and the copies that were found put under one row."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection, Row

from workstation.domain.grouping import Tie
from workstation.store.connections import Connections
from workstation.store.groups import TOUCHED, apart

_DAY = 24 * 60 * 60 * 1000
"""Rows are times of capture in milliseconds."""


@dataclass(frozen=True, slots=True)
class Likely:
    """An item that may be a copy of another; ``number`` is its row, its time of capture in milliseconds."""

    number: int
    text: str
    outlet: str
    domain: str
    published: str | None


class LikenessShelf:
    """Prints of texts. An item has one as soon as it was compared with those before it, in the same transaction."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def waiting(self, most: int) -> list[int]:
        """The numbers of the items among the ``most`` newest that were not compared yet, oldest first."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT row FROM (SELECT row FROM item ORDER BY row DESC LIMIT ?)"
                " WHERE NOT EXISTS (SELECT 1 FROM item_print WHERE item_print.item = row) ORDER BY row",
                (most,),
            )
            return [row["row"] for row in found]

    def numbers(self, ids: Sequence[str]) -> list[int]:
        """Of these items the numbers of those that were not compared yet, oldest first."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT row FROM item WHERE id IN (SELECT value FROM json_each(?))"
                " AND NOT EXISTS (SELECT 1 FROM item_print WHERE item_print.item = row) ORDER BY row",
                (json.dumps(list(ids)),),
            )
            return [row["row"] for row in found]

    def read(self, numbers: Sequence[int]) -> list[Likely]:
        """The items with these numbers, by the day they were published or captured, the earliest first."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT row, text, outlet, domain, published, captured FROM json_each(?) AS wanted"
                " CROSS JOIN item ON item.row = wanted.value JOIN item_body ON item_body.item = item.row",
                (json.dumps(list(numbers)),),
            ).fetchall()
        rows.sort(key=lambda row: (_moment(row), row["row"]))
        return [Likely(row["row"], row["text"], row["outlet"], row["domain"] or "", row["published"]) for row in rows]

    def prints(self, since: int, most: int) -> tuple[list[int], bytes]:
        """The numbers from ``since`` on, at most so many of the newest, and their prints one behind the other."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT item, bands FROM item_print WHERE item >= ? ORDER BY item DESC LIMIT ?", (since, most)
            ).fetchall()
        return [row["item"] for row in rows], b"".join(row["bands"] for row in rows)

    def keep(self, prints: Mapping[int, bytes], mates: Mapping[int, Sequence[int]]) -> list[str]:
        """Keep the prints and put each item under the first of its ``mates`` that takes it; answers with the ids that moved.

        All of it in one transaction: a kill leaves the items to be compared again. Nothing that the editor worked with goes
        under another row, nothing goes where the editor took it from, and nothing into a row that was archived or spiked.
        """
        with self._connections.writing() as connection:
            connection.executemany(
                "INSERT INTO item_print (item, bands) SELECT ?1, ?2 WHERE EXISTS (SELECT 1 FROM item WHERE row = ?1)"
                " ON CONFLICT (item) DO UPDATE SET bands = excluded.bands",
                prints.items(),
            )
            moved: set[int] = set()
            for number, found in mates.items():
                moved.update(next((rows for mate in found if (rows := _unite(connection, number, mate))), ()))
            return [connection.execute("SELECT id FROM item WHERE row = ?", (row,)).fetchone()["id"] for row in sorted(moved)]


def days_apart(one: int, other: int) -> float:
    """How many days lie between the captures of the items with these numbers."""
    return abs(one - other) / _DAY


def _moment(row: Row) -> str:
    published = str(row["published"] or "")
    return published[:10] if len(published) >= 10 and published < row["captured"] else str(row["captured"])[:10]


def _unite(connection: Connection, number: int, mate: int) -> tuple[int, ...]:
    """Put an item and the row that its mate stands in together, when nothing speaks against it; answers with the rows moved."""
    item, head = _standing(connection, number), _listed(connection, mate)
    if item is None or head is None or item["head"] is not None or item["item"] == head["item"]:
        return ()
    group = [row["item"] for row in connection.execute("SELECT item FROM item_desk WHERE head = ?", (head["item"],))]
    if apart(connection, [number, head["item"], *group][:_COMPARED]):
        return ()
    if not item["touched"] and not (item["is_agency"] and not head["is_agency"] and _is_fresh(head)):
        return _under(connection, number, head["item"])
    return () if head["touched"] else _under(connection, head["item"], number)


_COMPARED = 40
"""Of so many items in a group it is asked whether the editor took them apart."""


def _is_fresh(head: Row) -> bool:
    return head["state"] == "unread" and not head["touched"]


def _standing(connection: Connection, number: int) -> Row | None:
    """An item as it stands in the list; None for one that is gone, archived or spiked."""
    found: Row | None = connection.execute(
        f"SELECT item_desk.item, item_desk.head, item_desk.state, {TOUCHED} AS touched,"
        " coalesce(outlet.kind = 'agency', 0) AS is_agency"
        " FROM item_desk JOIN item ON item.row = item_desk.item LEFT JOIN outlet ON outlet.id = item_desk.outlet"
        " WHERE item_desk.item = ? AND item_desk.state NOT IN ('archived', 'spiked')",
        (number,),
    ).fetchone()
    return found


def _listed(connection: Connection, mate: int) -> Row | None:
    found = _standing(connection, mate)
    return _standing(connection, found["head"]) if found is not None and found["head"] is not None else found


def _under(connection: Connection, row: int, head: int) -> tuple[int, ...]:
    """Put a row, with what stands under it, under another one."""
    below = tuple(found["item"] for found in connection.execute("SELECT item FROM item_desk WHERE head = ?", (row,)))
    connection.execute(
        "UPDATE item_desk SET head = ?, tie = CASE tie WHEN 'merged' THEN tie ELSE 'copy' END WHERE head = ?", (head, row)
    )
    connection.execute("UPDATE item_desk SET head = ?, tie = ? WHERE item = ?", (head, Tie.COPY.value, row))
    return (row, head, *below)
