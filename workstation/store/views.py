"""The searches of the inbox that the editor keeps."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from sqlite3 import Row

from workstation.domain.saved_view import SavedView
from workstation.errors import InputError, NotFoundError
from workstation.store.connections import Connections


class ViewShelf:
    """Views by their id, in the editor's order; each name is borne by one, whatever its capitals."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self) -> list[SavedView]:
        """Every view, in the editor's order."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT * FROM item_view ORDER BY place, id").fetchall()
        return [_view(row, place) for place, row in enumerate(rows)]

    def add(self, name: str, query: str, order: str) -> int:
        """Keep a query under a name, at the end; answers with its id.

        Raises:
            InputError: another view bears the name.
        """
        with self._connections.writing() as connection, _name_guarded(name):
            id = connection.execute(
                "INSERT INTO item_view (name, query, sort, place)"
                " VALUES (?, ?, ?, (SELECT coalesce(max(place) + 1, 0) FROM item_view))",
                (name, query, order),
            ).lastrowid
        assert id is not None  # noqa: S101 - SQLite gives one after every insert
        return id

    def change(self, view: SavedView) -> None:
        """Give the view with this id its name, query and order.

        Raises:
            InputError: another view bears the name.
            NotFoundError: there is no such view.
        """
        with self._connections.writing() as connection, _name_guarded(view.name):
            changed = connection.execute(
                "UPDATE item_view SET name = ?, query = ?, sort = ? WHERE id = ?", (view.name, view.query, view.order, view.id)
            )
            if changed.rowcount != 1:
                raise _no_view()

    def arrange(self, ids: Sequence[int]) -> None:
        """Put the views in this order; those that are not named come after them."""
        with self._connections.writing() as connection:
            rest = [row["id"] for row in connection.execute("SELECT id FROM item_view ORDER BY place, id")]
            order = [*ids, *(id for id in rest if id not in set(ids))]
            connection.executemany("UPDATE item_view SET place = ? WHERE id = ?", list(enumerate(order)))

    def put_all(self, views: Sequence[SavedView]) -> None:
        """These views, with their ids and in this order, in the place of all there were: undo brings a list back."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM item_view")
            connection.executemany(
                "INSERT INTO item_view (id, name, query, sort, place) VALUES (?, ?, ?, ?, ?)",
                [(view.id, view.name, view.query, view.order, place) for place, view in enumerate(views)],
            )

    def remove(self, id: int) -> None:
        """Forget a view; one that is not there is no matter."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM item_view WHERE id = ?", (id,))


@contextmanager
def _name_guarded(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError as error:
        raise InputError("This name is taken", f"Another view is called “{name}”. Choose another name.") from error


def _view(row: Row, place: int) -> SavedView:
    return SavedView(id=row["id"], name=row["name"], query=row["query"], order=row["sort"], place=place)


def _no_view() -> NotFoundError:
    return NotFoundError("There is no such view", "It was removed meanwhile.")
