"""Which items share one row of the inbox: versions of an address, copies of a story, what the editor put together.

Groups are flat: the item that is listed has no head, all others name it as theirs. An item that is taken out of a group stands
in the list as if it had never been in one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from sqlite3 import Connection, Row

from workstation.domain.grouping import ItemVersion, Place, Tie
from workstation.domain.item import Item
from workstation.domain.same_words import Words, says_the_same
from workstation.domain.web_address import address_hash, same_page
from workstation.errors import InputError
from workstation.store.connections import Connections
from workstation.store.passages import no_item
from workstation.store.times import read_time, write_time

BENEATH = """(SELECT count(*) FROM item_desk AS under WHERE under.head = item.row) AS beneath,
    1 + (SELECT count(*) FROM item_desk AS under WHERE under.head = item.row AND under.tie = 'version') AS versions,
    EXISTS (SELECT 1 FROM item_again WHERE item_again.item = item.row AND item_again.changed IS NOT NULL) AS changed"""
"""What the inbox tells of the group under a row."""

LISTED = "item_desk.head IS NULL"
"""The rows of the inbox: what stands under another item is left out."""

COUNTED = "(head IS NULL OR state IN ('shortlisted', 'used'))"
"""The items that the inbox counts: its rows, and what the editor chose wherever it stands."""

TOUCHED = """(item_desk.state IN ('shortlisted', 'used') OR item_desk.notes <> ''
    OR EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item.row)
    OR EXISTS (SELECT 1 FROM highlight WHERE highlight.item = item.id)
    OR EXISTS (SELECT 1 FROM quote WHERE quote.item = item.id))"""
"""Whether the editor worked with an item: such a one is never put under another one by itself."""


class GroupShelf:
    """Where items are listed."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    # --- groups ----------------------------------------------------------------------------------------------------

    def members(self, id: str) -> list[str]:
        """The ids of the group that an item is in, the listed one first, then the newest captured first; one that is alone is all."""
        with self._connections.reading() as connection:
            rows = _group(connection, _row_of(connection, id))
            return [_id_of(connection, row) for row in rows]

    def place(self, id: str) -> Place:
        """Where an item is listed."""
        with self._connections.reading() as connection:
            return _place(connection, _row_of(connection, id))

    def set_places(self, places: Mapping[str, Place]) -> dict[str, Place]:
        """List each item where ``places`` says, all of them or none; answers with the places they had, which takes it back.

        Items that are put together again may be grouped by themselves again, should the editor have taken them apart.

        Raises:
            InputError: an item would be listed under one that is itself listed under another.
        """
        with self._connections.writing() as connection:
            rows = {id: _row_of(connection, id) for id in places}
            before = {id: _place(connection, row) for id, row in rows.items()}
            for id, place in places.items():
                head = None if place.head is None else _row_of(connection, place.head)
                _put(connection, rows[id], head, place.tie)
            for id, place in places.items():
                if place.head is not None:
                    _require_flat(connection, rows[id])
                    _forget_apart(connection, rows[id], _group(connection, rows[id]))
        return before

    def keep_apart(self, ids: Iterable[str], others: Iterable[str]) -> None:
        """Never group any of ``ids`` with any of ``others`` by itself again."""
        with self._connections.writing() as connection:
            one, other = ([_row_of(connection, id) for id in some] for some in (ids, others))
            pairs = {(min(a, b), max(a, b)) for a in one for b in other if a != b}
            connection.executemany("INSERT OR IGNORE INTO item_apart (one, other) VALUES (?, ?)", sorted(pairs))

    # --- versions --------------------------------------------------------------------------------------------------

    def versions(self, id: str) -> list[ItemVersion]:
        """The versions of an item's address that are kept, newest first; an item without an address has itself alone."""
        with self._connections.reading() as connection:
            item = connection.execute("SELECT row, url FROM item WHERE id = ?", (id,)).fetchone()
            if item is None:
                raise no_item(id)
            rows = versions_of(connection, item["url"]) or [item["row"]]
            return list(_told_versions(connection, rows))

    def siblings(self, id: str) -> tuple[str, ...]:
        """The ids of the other versions of an item's address, newest first; nothing for an unknown item."""
        with self._connections.reading() as connection:
            item = connection.execute("SELECT row, url FROM item WHERE id = ?", (id,)).fetchone()
            rows = versions_of(connection, item["url"]) if item else []
            return tuple(_id_of(connection, row) for row in rows if row != item["row"])

    def saw_again(self, id: str, moment: str) -> None:
        """Note that an item's source was found unchanged at ``moment`` (a time as the store writes it)."""
        with self._connections.writing() as connection:
            note_seen(connection, _row_of(connection, id), moment)

    def looked_at(self, id: str) -> bool:
        """The editor has seen that the source changed; answers whether that was news."""
        with self._connections.writing() as connection:
            row = _row_of(connection, id)
            changed = connection.execute("UPDATE item_again SET changed = NULL WHERE item = ? AND changed IS NOT NULL", (row,))
            return changed.rowcount > 0


# --- for the shelf of items, inside its transaction ------------------------------------------------------------------


def met_again(connection: Connection, item: Item) -> str | None:
    """The id of the newest version of the item's address when ``item`` says nothing new; that it was seen is noted."""
    rows = versions_of(connection, item.url)
    if not rows:
        return None
    known = connection.execute(
        "SELECT item.row, item.id, item.title, item.author, item.captured, item_body.text"
        " FROM item JOIN item_body ON item_body.item = item.row WHERE item.row = ?",
        (rows[0],),
    ).fetchone()
    old = Words(known["title"], known["author"], known["text"])
    if not says_the_same(Words(item.title, item.author, item.text), old):
        return None
    if item.captured > read_time(known["captured"]):
        note_seen(connection, known["row"], write_time(item.captured))
    return str(known["id"])


def settle(connection: Connection, row: int, item: Item) -> str | None:
    """Give a new item its address, and its place among the versions of it; answers with the id of the version before.

    The newest version is the one that is listed. It takes over the place in the list and what the editor did: state, tags,
    notes, and the marks whose passages stand in it word for word. What stood under the old one stands under it from now on.
    """
    number = address_hash(item.url)
    if number is None:
        return None
    known = versions_of(connection, item.url)
    connection.execute("INSERT INTO item_address (item, hash) VALUES (?, ?)", (row, number))
    if not known:
        return None
    newest = known[0]
    head, tie = connection.execute("SELECT head, tie FROM item_desk WHERE item = ?", (newest,)).fetchone()
    if newest > row:
        _put(connection, row, head or newest, Tie(tie) if tie and head else Tie.VERSION)
        return None
    _succeed(connection, head if head and tie == Tie.VERSION else newest, row)
    _carry_marks(connection, _id_of(connection, newest), item)
    return _id_of(connection, newest)


def versions_of(connection: Connection, url: str | None) -> list[int]:
    """The rows of the items with this canonical address, newest first."""
    number = address_hash(url)
    if number is None:
        return []
    found = connection.execute(
        "SELECT item, url FROM item_address JOIN item ON item.row = item WHERE hash = ? ORDER BY item DESC", (number,)
    ).fetchall()
    return [row["item"] for row in found if same_page(row["url"], url)]


def note_seen(connection: Connection, row: int, moment: str) -> None:
    """Note beside an item that its source still said the same at ``moment``."""
    connection.execute(
        "INSERT INTO item_again (item, seen, times) VALUES (?1, ?2, 1)"
        " ON CONFLICT (item) DO UPDATE SET seen = max(coalesce(seen, ''), excluded.seen), times = times + 1",
        (row, moment),
    )


def _succeed(connection: Connection, old: int, new: int) -> None:
    """Put the version ``new`` where ``old`` is listed, in a row of its own or under another story's, with all that is beside it."""
    head, tie = connection.execute("SELECT head, tie FROM item_desk WHERE item = ?", (old,)).fetchone()
    columns = "state, notes, head, tie"
    connection.execute(
        f"UPDATE item_desk SET ({columns}) = (SELECT {columns} FROM item_desk WHERE item = ?) WHERE item = ?", (old, new)
    )
    connection.execute("UPDATE item_desk SET head = ? WHERE head = ?", (new, old))
    _put(connection, old, head or new, Tie(tie) if head and tie else Tie.VERSION)
    connection.execute("UPDATE item_desk SET notes = '', state = 'read' WHERE item = ?", (old,))
    connection.execute(
        "INSERT OR IGNORE INTO item_tag (item, tag, place) SELECT ?, tag, place FROM item_tag WHERE item = ?", (new, old)
    )
    connection.execute("DELETE FROM item_tag WHERE item = ?", (old,))
    connection.execute(
        "INSERT INTO item_again (item, changed) SELECT row, captured FROM item WHERE row = ?1"
        " ON CONFLICT (item) DO UPDATE SET changed = excluded.changed",
        (new,),
    )
    connection.execute(
        "INSERT OR IGNORE INTO item_apart (one, other) SELECT min(?1, mate), max(?1, mate) FROM"
        " (SELECT CASE WHEN one = ?2 THEN other ELSE one END AS mate FROM item_apart WHERE one = ?2 OR other = ?2)"
        " WHERE mate <> ?1",
        (new, old),
    )


def _carry_marks(connection: Connection, old: str, item: Item) -> None:
    """Mark in the new version what was marked in the old one, where the passage stands there once, word for word."""
    marks = connection.execute(
        "SELECT highlight.id, first, last, kind, note, substr(text, first + 1, last - first) AS words FROM highlight"
        " JOIN item ON item.id = highlight.item JOIN item_body ON item_body.item = item.row WHERE highlight.item = ?",
        (old,),
    ).fetchall()
    for mark in marks:
        start = _only_place(item.text, mark["words"], mark["first"])
        if start is not None:
            connection.execute(
                "INSERT OR IGNORE INTO highlight (id, item, first, last, kind, note) VALUES (?, ?, ?, ?, ?, ?)",
                (f"{mark['id']}-{item.id}", item.id, start, start + len(mark["words"]), mark["kind"], mark["note"]),
            )


def _only_place(text: str, words: str, near: int) -> int | None:
    """Where ``words`` stand in ``text``; where they stand several times, only the very same place will do."""
    first = text.find(words)
    if first < 0:
        return None
    if text.find(words, first + 1) < 0:
        return first
    return near if text.startswith(words, near) else None


# --- rows ----------------------------------------------------------------------------------------------------------


def _row_of(connection: Connection, id: str) -> int:
    row = connection.execute("SELECT row FROM item WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise no_item(id)
    return int(row["row"])


def _id_of(connection: Connection, row: int) -> str:
    return str(connection.execute("SELECT id FROM item WHERE row = ?", (row,)).fetchone()["id"])


def _place(connection: Connection, row: int) -> Place:
    head, tie = connection.execute("SELECT head, tie FROM item_desk WHERE item = ?", (row,)).fetchone()
    return Place() if head is None else Place(_id_of(connection, head), Tie(tie))


def _put(connection: Connection, row: int, head: int | None, tie: Tie | None) -> None:
    connection.execute(
        "UPDATE item_desk SET head = ?, tie = ? WHERE item = ?", (head, tie.value if tie and head is not None else None, row)
    )


def _group(connection: Connection, row: int) -> list[int]:
    head = connection.execute("SELECT coalesce(head, item) FROM item_desk WHERE item = ?", (row,)).fetchone()[0]
    under = connection.execute("SELECT item FROM item_desk WHERE head = ? ORDER BY item DESC", (head,)).fetchall()
    return [head, *(found["item"] for found in under)]


def _require_flat(connection: Connection, row: int) -> None:
    deep = connection.execute(
        "SELECT 1 FROM item_desk JOIN item_desk AS above ON above.item = item_desk.head"
        " WHERE item_desk.item = ?1 AND (above.head IS NOT NULL OR item_desk.head = ?1)"
        " UNION ALL SELECT 1 FROM item_desk WHERE head = ?1",
        (row,),
    ).fetchone()
    if deep:
        raise InputError("These sources were not grouped", "One of them would stand under another that is itself in a group.")


def _forget_apart(connection: Connection, row: int, others: Sequence[int]) -> None:
    pairs = [(min(row, other), max(row, other)) for other in others if other != row]
    connection.executemany("DELETE FROM item_apart WHERE one = ? AND other = ?", pairs)


def _told_versions(connection: Connection, rows: Sequence[int]) -> Iterator[ItemVersion]:
    for number, row in enumerate(rows):
        found: Row = connection.execute(
            "SELECT id, captured, title, words, seen FROM item LEFT JOIN item_again ON item_again.item = row WHERE row = ?", (row,)
        ).fetchone()
        seen = read_time(found["seen"]) if found["seen"] else None
        yield ItemVersion(
            found["id"], read_time(found["captured"]), found["title"], found["words"], seen, is_newest=number == 0
        )


def apart(connection: Connection, rows: Sequence[int]) -> bool:
    """Whether the editor took any two of these rows apart."""
    return any(
        connection.execute("SELECT 1 FROM item_apart WHERE one = ? AND other = ?", (min(pair), max(pair))).fetchone()
        for pair in combinations(rows, 2)
    )
