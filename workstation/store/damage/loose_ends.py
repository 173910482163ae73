"""Whether what hangs on the items agrees with them: groups, versions, counts, lists of names, quotations.

None of it is a reason to refuse a backup: what arrived and what the editor wrote is whole all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from sqlite3 import Connection

from workstation.domain.item import PART_OF_PAGE
from workstation.domain.web_address import address_hash
from workstation.store.migrations import (
    COUNTS,
    ITEM_GROUPS,
    ITEM_MEANINGS,
    LARGE_INBOX,
    MIGRATIONS,
    Migration,
    unfinished,
    version_of,
)

TOLD = 20
"""So many of a kind are told one by one."""

_PLACES = """SELECT item.id, item_desk.head IS item_desk.item AS own, above.head IS NOT NULL AS deep,
    (item_desk.head IS NULL) <> (item_desk.tie IS NULL) AS loose
    FROM item_desk JOIN item ON item.row = item_desk.item LEFT JOIN item_desk AS above ON above.item = item_desk.head
    WHERE item_desk.head IS item_desk.item OR above.head IS NOT NULL OR (item_desk.head IS NULL) <> (item_desk.tie IS NULL)
    LIMIT ?"""

_NAMES = {
    "an outlet's names": "SELECT item_desk.outlet, item.outlet FROM item_desk JOIN item ON item.row = item_desk.item"
    " WHERE item_desk.outlet IS NOT NULL EXCEPT SELECT outlet, name FROM outlet_alias",
    "the sites": "SELECT domain FROM item WHERE domain IS NOT NULL EXCEPT SELECT domain FROM item_site",
    "the bylines": "SELECT author FROM item WHERE author IS NOT NULL EXCEPT SELECT author FROM item_byline",
}

_PASSAGES = {
    "quotation": "SELECT quote.id, quote.item FROM quote JOIN item ON item.id = quote.item"
    " JOIN item_body ON item_body.item = item.row WHERE substr(text, first + 1, last - first) <> exact",
    "highlight": "SELECT highlight.id, highlight.item FROM highlight JOIN item ON item.id = highlight.item"
    " JOIN item_body ON item_body.item = item.row WHERE last > length(text)",
}


def problems(connection: Connection) -> Iterator[str]:
    """A sentence for each thing that does not agree; a store that has not had the migrations yet is asked less."""
    yield from _passage_problems(connection)
    if _has(connection, ITEM_GROUPS):
        yield from _group_problems(connection)
        yield from _address_problems(connection)
    if _has(connection, LARGE_INBOX):
        yield from _count_problems(connection)
        yield from _name_problems(connection)
    if _has(connection, ITEM_MEANINGS):
        yield from _meaning_problems(connection)


def _has(connection: Connection, migration: Migration) -> bool:
    return version_of(connection) > MIGRATIONS.index(migration) and not unfinished(connection)


def _passage_problems(connection: Connection) -> Iterator[str]:
    for kind, sql in _PASSAGES.items():
        for row in connection.execute(f"{sql} LIMIT ?", (TOLD,)).fetchall():
            yield f"The {kind} {row['id']} is not in the text of the item {row['item']}."


def _group_problems(connection: Connection) -> Iterator[str]:
    for row in connection.execute(_PLACES, (TOLD,)).fetchall():
        if row["loose"]:
            yield f"The item {row['id']} stands in a row of its own and under another one at once."
        else:
            yield f"The item {row['id']} is listed under {'itself' if row['own'] else 'one that is itself in a group'}."
    lengths = connection.execute("SELECT count(DISTINCT length(bands)) FROM item_print").fetchone()[0]
    if lengths > 1:
        yield "Some prints of texts, by which copies are found, are cut off."


def _address_problems(connection: Connection) -> Iterator[str]:
    """An item that is not known by its address would come in twice."""
    connection.create_function("address_hash", 1, address_hash, deterministic=True)
    rows = connection.execute(
        "SELECT item.id, origins FROM item JOIN item_body ON item_body.item = item.row"
        " LEFT JOIN item_address ON item_address.item = item.row WHERE url IS NOT NULL AND hash IS NOT address_hash(url)"
    )
    lost = sum(json.loads(row["origins"]).get("text") != PART_OF_PAGE for row in rows)
    if lost:
        yield f"{lost} items are not known by their addresses, so that their pages would come in twice."


def _count_problems(connection: Connection) -> Iterator[str]:
    told = "SELECT state, number FROM item_count WHERE number <> 0"
    for row in connection.execute(f"{told} EXCEPT {COUNTS}").fetchall():
        yield f"The inbox counts {row['number']} items as {row['state']}, which is not so."
    for row in connection.execute(f"SELECT state FROM ({COUNTS}) WHERE state NOT IN (SELECT state FROM ({told}))").fetchall():
        yield f"The inbox counts no items as {row['state']}, which is not so."


def _meaning_problems(connection: Connection) -> Iterator[str]:
    if connection.execute("SELECT 1 FROM item_meaning GROUP BY model HAVING count(DISTINCT length(vector)) > 1").fetchone():
        yield "Some of what items are about, by which related ones are found across languages, is cut off."


def _name_problems(connection: Connection) -> Iterator[str]:
    for told, sql in _NAMES.items():
        missing = connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0]
        if missing:
            yield f"{missing} of {told} are missing from the list that the search looks into."
