"""Which items hold the words of a topic, and which of them nobody has read yet."""

from __future__ import annotations

import json
from collections.abc import Sequence

from workstation.domain.item import ItemSummary
from workstation.store.connections import Connections
from workstation.store.inbox_list import summaries_of
from workstation.store.search_text import phrase, spellings

_LANGUAGES = """WITH RECURSIVE known (code) AS (SELECT min(language) FROM item UNION ALL
    SELECT (SELECT min(language) FROM item WHERE language > known.code) FROM known WHERE known.code IS NOT NULL)
    SELECT code FROM known WHERE code IS NOT NULL LIMIT ?"""
"""From one language of the index to the next, however many items there are."""


class TopicShelf:
    """What the search index knows of a topic's words."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def languages(self, most: int) -> list[str]:
        """The languages that items are written in, by their codes."""
        with self._connections.reading() as connection:
            return [row["code"] for row in connection.execute(_LANGUAGES, (most,)).fetchall()]

    def size(self) -> int:
        """How many items the inbox counts."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT sum(number) FROM item_count").fetchone()[0])

    def holding(self, words: Sequence[str], most: int) -> list[int]:
        """The rows of the items that hold any of the words or phrases, at most so many of the newest."""
        sought = [found for word in words for spelling in spellings(word) if (found := phrase(spelling, exact=True))]
        if not sought:
            return []
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT json_group_array(rowid) FROM (SELECT rowid FROM item_search WHERE item_search MATCH ?"
                " ORDER BY rowid DESC LIMIT ?)",
                (" OR ".join(sought), most),
            ).fetchone()
        return list(json.loads(found[0]))

    def rows(self, ids: Sequence[str]) -> dict[str, int]:
        """The rows of items."""
        with self._connections.reading() as connection:
            found = connection.execute(
                "SELECT id, row FROM item WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),)
            ).fetchall()
        return {row["id"]: row["row"] for row in found}

    def unread(self, rows: Sequence[int]) -> list[tuple[int, ItemSummary]]:
        """Of these rows, in their order, those that the inbox lists as unread."""
        with self._connections.reading() as connection:
            listed = {
                row["item"]
                for row in connection.execute(
                    "SELECT item FROM item_desk WHERE state = 'unread' AND head IS NULL"
                    " AND item IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(rows)),),
                ).fetchall()
            }
            kept = [row for row in rows if row in listed]
            return list(zip(kept, summaries_of(connection, kept), strict=True))
