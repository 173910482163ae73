"""What items are about, as points in the space of a model, kept beside the items."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workstation.store.connections import Connections


@dataclass(frozen=True, slots=True)
class Opening:
    """The title of an item with the beginning of its text; ``number`` is its row."""

    number: int
    title: str
    beginning: str


class MeaningShelf:
    """Vectors of items. One that was made by another model counts as missing."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def waiting(self, model: str, most: int) -> list[int]:
        """The rows of the items among the ``most`` newest that have no vector of ``model`` yet, newest first."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT row FROM (SELECT row FROM item ORDER BY row DESC LIMIT ?) WHERE NOT EXISTS"
                " (SELECT 1 FROM item_meaning WHERE item_meaning.item = row AND model = ?) ORDER BY row DESC",
                (most, model),
            )
            return [row["row"] for row in found]

    def openings(self, numbers: Sequence[int], characters: int) -> list[Opening]:
        """The titles of these rows, each with so many first characters of its text."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT row, title, substr(text, 1, ?) AS beginning FROM json_each(?) AS wanted"
                " CROSS JOIN item ON item.row = wanted.value JOIN item_body ON item_body.item = item.row",
                (characters, json.dumps(list(numbers))),
            )
            return [Opening(row["row"], row["title"], row["beginning"]) for row in found]

    def keep(self, model: str, vectors: Mapping[int, bytes]) -> None:
        """Keep the vectors of these rows; one whose item has gone is left out."""
        with self._connections.writing() as connection:
            connection.executemany(
                "INSERT INTO item_meaning (item, model, vector) SELECT ?1, ?2, ?3"
                " WHERE EXISTS (SELECT 1 FROM item WHERE row = ?1)"
                " ON CONFLICT (item) DO UPDATE SET model = excluded.model, vector = excluded.vector",
                ((number, model, vector) for number, vector in vectors.items()),
            )

    def vectors(self, model: str, most: int) -> tuple[list[int], bytes]:
        """The rows of the newest items that have a vector of ``model``, and their vectors one behind the other."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT item, vector FROM item_meaning WHERE model = ? ORDER BY item DESC LIMIT ?", (model, most)
            ).fetchall()
        return [row["item"] for row in rows], b"".join(row["vector"] for row in rows)
