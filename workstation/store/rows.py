"""Items by their rows and ids, and under which row they are listed."""

from __future__ import annotations

from sqlite3 import Connection

from workstation.domain.grouping import Tie
from workstation.store.passages import no_item


def row_of(connection: Connection, id: str) -> int:
    """The row of the item with this id.

    Raises:
        NotFoundError: there is none.
    """
    row = connection.execute("SELECT row FROM item WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise no_item(id)
    return int(row["row"])


def id_of(connection: Connection, row: int) -> str:
    """The id of the item in this row."""
    return str(connection.execute("SELECT id FROM item WHERE row = ?", (row,)).fetchone()["id"])


def put_under(connection: Connection, row: int, head: int | None, tie: Tie | None) -> None:
    """List an item under another one for a reason, or in a row of its own."""
    connection.execute(
        "UPDATE item_desk SET head = ?, tie = ? WHERE item = ?", (head, tie.value if tie and head is not None else None, row)
    )


def give_up_row(connection: Connection, row: int) -> None:
    """List what stands under an item, which is about to go, under the newest version of it, else under the newest of them."""
    heir = connection.execute(
        "SELECT item FROM item_desk WHERE head = ? ORDER BY tie = 'version' DESC, item DESC LIMIT 1", (row,)
    ).fetchone()
    if heir is not None:
        put_under(connection, heir["item"], None, None)
        connection.execute("UPDATE item_desk SET head = ? WHERE head = ?", (heir["item"], row))
