"""Quotes: words cut from an item, word for word."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple
from sqlite3 import Row

from workstation.domain.quote import Quote
from workstation.errors import InputError, NotFoundError, StoreDamagedError
from workstation.store.connections import Connections
from workstation.store.passages import passage
from workstation.store.seals import is_whole

_NAMES = ("id", "item", "first", "last", "exact", "speaker", "translation")
_COLUMNS = ", ".join(_NAMES)
_SELECT = f"SELECT {_COLUMNS}, seal FROM quote"


class QuoteShelf:
    """Quotes by their id."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def add(self, quote: Quote) -> None:
        """Keep ``quote``; one with the same id gets its new speaker and translation.

        Raises:
            InputError: its words are not those of the item at that place, or its id stands for another passage.
            NotFoundError: there is no such item.
        """
        with self._connections.writing() as connection:
            words = passage(connection, quote.item, quote.start, quote.end)
            if words != quote.exact:
                raise InputError(
                    "This quotation is not in its source",
                    f"The item {quote.item} says “{words[:80]}” at {quote.start} to {quote.end}, not “{quote.exact[:80]}”.",
                )
            kept = connection.execute(
                f"INSERT INTO quote ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
                " speaker = excluded.speaker, translation = excluded.translation"
                " WHERE item = excluded.item AND first = excluded.first AND last = excluded.last",
                astuple(quote),
            ).rowcount
            if not kept:
                raise InputError("This quote cannot be kept", f"The id {quote.id} stands for another passage already.")

    def get(self, id: str) -> Quote:
        """The quote with this id.

        Raises:
            NotFoundError: there is none.
            StoreDamagedError: it is not the one that was cut.
        """
        found = self.all_of([id])
        if id not in found:
            raise NotFoundError("There is no such quote", f"No quote {id} is kept here.")
        return found[id]

    def of_item(self, item_id: str) -> list[Quote]:
        """The quotes cut from an item, in the order of its text."""
        with self._connections.reading() as connection:
            rows = connection.execute(f"{_SELECT} WHERE item = ? ORDER BY first, last, id", (item_id,)).fetchall()
        return [_quote(row) for row in rows]

    def all_of(self, ids: Iterable[str]) -> dict[str, Quote]:
        """Those of ``ids`` that are kept, by id."""
        wanted = list(dict.fromkeys(ids))
        with self._connections.reading() as connection:
            rows = [connection.execute(f"{_SELECT} WHERE id = ?", (id,)).fetchone() for id in wanted]
        return {row["id"]: _quote(row) for row in rows if row}


def _quote(row: Row) -> Quote:
    if not is_whole("quote", row, _NAMES):
        raise StoreDamagedError(
            "A quote is damaged",
            f"The quote {row['id']} from the item {row['item']} is not the one that was cut. Cut it again from its source, or "
            "put a backup back with “workstation restore FILE”.",
        )
    id, item, start, end, exact, speaker, translation, _ = row
    return Quote(id=id, item=item, start=start, end=end, exact=exact, speaker=speaker, translation=translation)
