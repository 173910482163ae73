"""The highlights of all items, for the list of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import islice
from sqlite3 import Connection, Row

from workstation.domain.marked_passage import MarkedPassage
from workstation.domain.quote import Highlight, HighlightKind
from workstation.store.connections import Connections
from workstation.store.meant import meant_kind
from workstation.store.search_text import searchable
from workstation.store.times import read_time

_ALL = """SELECT highlight.id, highlight.item, first, last, highlight.kind, highlight.note, item.title, item.captured,
    CASE WHEN outlet.edited THEN outlet.name ELSE item.outlet END AS outlet,
    substr(item_body.text, first + 1, last - first) AS words
    FROM highlight JOIN item ON item.id = highlight.item JOIN item_body ON item_body.item = item.row
    JOIN item_desk ON item_desk.item = item.row LEFT JOIN outlet ON outlet.id = item_desk.outlet
    WHERE ?1 IS NULL OR highlight.kind = ?1 ORDER BY highlight.rowid DESC"""


class HighlightShelf:
    """Highlights across the items."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def all(self, query: str = "", kind: HighlightKind | None = None, limit: int = 500) -> list[MarkedPassage]:
        """The marked passages that hold every word of ``query``, the last one marked or changed first, at most ``limit``.

        A word may stand in the passage, its note, the title or the outlet; accents and capitals do not matter.
        """
        words = _folded(query).split()
        with self._connections.reading() as connection:
            return list(islice(_matching(connection, words, kind), max(0, limit)))

    def counts(self) -> dict[HighlightKind, int]:
        """How many there are of each kind."""
        with self._connections.reading() as connection:
            found = dict(tuple(row) for row in connection.execute("SELECT kind, count(*) FROM highlight GROUP BY kind"))
        return {kind: found.get(kind.value, 0) for kind in HighlightKind}


def _matching(connection: Connection, words: list[str], kind: HighlightKind | None) -> Iterator[MarkedPassage]:
    """Filtered here and not by SQL: highlights are made by hand, and SQLite folds no accents."""
    for row in connection.execute(_ALL, (kind.value if kind else None,)):
        told = _folded(" ".join((row["words"], row["note"], row["title"], row["outlet"]))) if words else ""
        if all(word in told for word in words):
            yield _passage(row)


def _passage(row: Row) -> MarkedPassage:
    return MarkedPassage(
        highlight=Highlight(
            id=row["id"],
            item=row["item"],
            start=row["first"],
            end=row["last"],
            kind=meant_kind(HighlightKind, row["kind"]),
            note=row["note"],
        ),
        words=row["words"],
        title=row["title"],
        outlet=row["outlet"],
        captured=read_time(row["captured"]),
    )


def _folded(text: str) -> str:
    plain = searchable(text.encode("utf-8", "ignore").decode())
    apart = unicodedata.normalize("NFKD", plain)
    return "".join(character for character in apart if not unicodedata.combining(character)).casefold()
