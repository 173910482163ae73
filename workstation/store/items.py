"""The inbox: what arrived, which never changes, and what the editor did with it.

How things arrive is in ``arrivals``, how they are listed and searched in ``inbox_list``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from sqlite3 import Connection, Row
from types import MappingProxyType

from workstation.domain.grouping import Kept
from workstation.domain.inbox_page import InboxQuestion, ItemPage, ItemPlace
from workstation.domain.item import Capture, Item, ItemState, ItemSummary, Waiting
from workstation.domain.outlet import Outlet
from workstation.domain.quote import Highlight, HighlightKind
from workstation.errors import NotFoundError, StoreDamagedError
from workstation.store.arrivals import keep_all, packed, text_digest, unpacked
from workstation.store.connections import Connections
from workstation.store.inbox_list import Stop, never, read_among, read_page, read_summary, stopped_by
from workstation.store.kept_items import KeptItems
from workstation.store.meant import meant_json, meant_kind
from workstation.store.outlets import read_outlets, write_outlet
from workstation.store.page_versions import keep_pages, versions_of
from workstation.store.passages import no_item, passage
from workstation.store.rows import give_up_row, id_of
from workstation.store.seals import item_is_whole
from workstation.store.search_text import phrase
from workstation.store.stories import own_stories
from workstation.store.times import read_time, write_time

_WHOLE = "SELECT item.*, text, text_sha256, media_type, origins FROM item JOIN item_body ON item_body.item = row WHERE id = ?"
_THERE = "SELECT id FROM item WHERE id IN (SELECT value FROM json_each(?))"


class ItemShelf:
    """Items by their id, with their states, tags, notes and highlights, their outlets, and the addresses still to be fetched."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._kept = KeptItems()
        self.look_up: Callable[[str | None, str], Outlet | None] = _nothing_known
        """What is known of the outlet of an item by its address, else by the name that it bears."""

    # --- what arrived ----------------------------------------------------------------------------------------------

    def add(self, capture: Capture, *, sample: bool = False, outlet: Outlet | None = None) -> bool:
        """Keep what arrived; False when the same item was there already (then no sample any more, unless this one is).

        ``outlet`` says what is known of its outlet beyond the page; the editor's own word on an outlet is never changed by it.
        """
        return self.add_all([capture], sample=sample, outlet=outlet)[0]

    def add_all(self, captures: Sequence[Capture], *, sample: bool = False, outlet: Outlet | None = None) -> list[bool]:
        """Keep all of ``captures`` or, when one cannot be kept, none; says for each what :meth:`add` says."""
        return [kept.is_new for kept in self.keep_all(captures, sample=sample, outlet=outlet, filed=True)]

    def keep_all(
        self,
        captures: Sequence[Capture],
        *,
        sample: bool = False,
        outlet: Outlet | None = None,
        as_they_are: bool = False,
        filed: bool = False,
    ) -> list[Kept]:
        """As :meth:`add_all`, but says for each which item stands for it now.

        They arrive now, and are listed above everything there is, whatever the clock says; those that are ``filed`` or wanted
        ``as_they_are`` were captured earlier or elsewhere, and are listed by that time.

        What comes from a known address and says nothing new makes no item, unless they are wanted ``as_they_are`` (a story
        from elsewhere names them by their ids); other words from a known address make a new version.
        """
        originals = packed(captures)
        with self._connections.writing() as connection:

            def told(item: Item) -> Outlet | None:
                return outlet or self.look_up(item.url, item.outlet)

            def write(some: Sequence[Capture], bodies: Sequence[bytes]) -> list[bool]:
                return keep_all(connection, some, bodies, sample=sample, filed=filed or as_they_are, told=told)

            return keep_pages(connection, captures, originals, write, meet=not (as_they_are or sample))

    def get(self, id: str) -> Item:
        """The item as it arrived.

        Raises:
            NotFoundError: there is none.
            StoreDamagedError: its text, or what is known of it, is not what arrived.
        """
        found = self.all_of([id])
        if not found:
            raise no_item(id)
        return found[id]

    def all_of(self, ids: Iterable[str]) -> dict[str, Item]:
        """Those of ``ids`` that are kept, as they arrived, by id; the same objects each time, as long as they are remembered.

        Raises:
            StoreDamagedError: one of them is not what arrived.
        """
        wanted = list(dict.fromkeys(ids))
        with self._connections.reading() as connection:
            rows = connection.execute(_THERE, (json.dumps(wanted),)).fetchall()
            there = {row["id"] for row in rows}
            found = self._kept.of(there)
            missing = [connection.execute(_WHOLE, (id,)).fetchone() for id in there - found.keys()]
        read = [_whole(row) for row in missing]
        self._kept.keep(read)
        found |= {item.id: item for item in read}
        return {id: found[id] for id in wanted if id in found}

    def at_addresses(self, urls: Iterable[str]) -> dict[str, str]:
        """For each of ``urls`` that a kept item came from the id of its newest version."""
        with self._connections.reading() as connection:
            found = {url: versions_of(connection, url) for url in urls}
            return {url: id_of(connection, rows[0]) for url, rows in found.items() if rows}

    def with_words(self, words: str, limit: int, stop: Stop = never) -> list[str]:
        """The ids of at most ``limit`` items, newest first, whose texts have ``words`` one after the other.

        Marks, accents and case are not looked at: who wants the very words has to compare.

        Raises:
            Cancelled: ``stop`` said so.
        """
        sought = phrase(words, exact=True)
        if sought is None:
            return []
        with self._connections.reading() as connection, stopped_by(connection, stop):
            rows = connection.execute(
                "SELECT id FROM item_search JOIN item ON item.row = item_search.rowid WHERE item_search MATCH ?"
                " ORDER BY item_search.rowid DESC LIMIT ?",
                (f"text : {sought}", limit),
            ).fetchall()
        return [row["id"] for row in rows]

    def newest_row(self) -> int:
        """A number that is another one as soon as an item arrives."""
        with self._connections.reading() as connection:
            return int(connection.execute("SELECT coalesce(max(row), 0) FROM item").fetchone()[0])

    def has(self, id: str) -> bool:
        """Whether there is an item with this id."""
        with self._connections.reading() as connection:
            return connection.execute("SELECT 1 FROM item WHERE id = ?", (id,)).fetchone() is not None

    def original(self, id: str) -> tuple[bytes, str]:
        """The bytes that arrived, and their media type.

        Raises:
            NotFoundError: there is no such item.
            StoreDamagedError: they are not what arrived.
        """
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT original, media_type, sha256 FROM item JOIN item_body ON item_body.item = row WHERE id = ?", (id,)
            ).fetchone()
        if row is None:
            raise no_item(id)
        data = unpacked(row["original"])
        if data is None or sha256(data).hexdigest() != row["sha256"]:
            raise _damaged(id, "original")
        return data, row["media_type"]

    def resolve(self, prefix: str) -> str:
        """The id that begins with ``prefix``.

        Raises:
            NotFoundError: none does, or several do.
        """
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id FROM item WHERE id >= ?1 AND id < ?1 || char(1114111) ORDER BY id LIMIT 2", (prefix,)
            ).fetchall()
        if not rows or not prefix:
            raise no_item(prefix)
        if len(rows) > 1 and rows[0]["id"] != prefix:
            raise NotFoundError("Several items begin like this", f"More than one id begins with “{prefix}”. Give more of it.")
        return str(rows[0]["id"])

    # --- the list --------------------------------------------------------------------------------------------------

    def summary(self, id: str) -> ItemSummary:
        """One line of the inbox.

        Raises:
            NotFoundError: there is no such item.
        """
        with self._connections.reading() as connection:
            summary = read_summary(connection, id)
        if summary is None:
            raise no_item(id)
        return summary

    def page(self, question: InboxQuestion, after: ItemPlace | None = None, limit: int = 100, stop: Stop = never) -> ItemPage:
        """Lines of the inbox: the first ones, or those after a place where an earlier page ended.

        Raises:
            Cancelled: ``stop``, which is asked about every millisecond, answered that nobody waits for them any more.
        """
        with self._connections.reading() as connection:
            return read_page(connection, question, after, limit, stop)

    def among(self, question: InboxQuestion, ids: Sequence[str]) -> list[ItemSummary]:
        """Those of the items ``ids`` that the inbox lists when it is asked ``question``, newest first."""
        with self._connections.reading() as connection:
            return read_among(connection, question, ids)

    def summaries(self, *, query: str = "", state: ItemState | None = None, limit: int = 500) -> list[ItemSummary]:
        """The first lines of the inbox that ``query`` asks for, newest captured first; see ``domain.inbox_filter``.

        Without ``state`` (and without an ``is:`` in the query) archived and spiked items are left out. Any text is a query.
        """
        question = InboxQuestion(query=query, state=state)
        rows: list[ItemSummary] = []
        after: ItemPlace | None = None
        while len(rows) < limit:
            page = self.page(question, after, limit - len(rows))
            rows += page.rows
            after = page.next
            if after is None:
                break
        return rows

    def counts(self) -> dict[ItemState, int]:
        """How many items are listed in each state."""
        with self._connections.reading() as connection:
            found = dict(tuple(row) for row in connection.execute("SELECT state, number FROM item_count").fetchall())
        return {state: found.get(state.value, 0) for state in ItemState}

    # --- what the editor does --------------------------------------------------------------------------------------

    def set_state(self, ids: Iterable[str], state: ItemState) -> None:
        """Put the items in ``state``, all of them or, when one is unknown (NotFoundError), none."""
        with self._connections.writing() as connection:
            rows = [_row_of(connection, id) for id in ids]
            connection.executemany("UPDATE item_desk SET state = ? WHERE item = ?", [(state.value, row) for row in rows])

    def highlights(self, item_id: str) -> list[Highlight]:
        """The marked passages of an item, in the order of its text."""
        with self._connections.reading() as connection:
            rows = connection.execute(
                "SELECT id, item, first, last, kind, note FROM highlight WHERE item = ? ORDER BY first, last, id", (item_id,)
            ).fetchall()
        return [
            Highlight(id=id, item=item, start=first, end=last, kind=meant_kind(HighlightKind, kind), note=note)
            for id, item, first, last, kind, note in rows
        ]

    def add_highlight(self, highlight: Highlight) -> None:
        """Mark a passage; one with the same id is replaced.

        Raises:
            InputError: the item's text has no such passage.
            NotFoundError: there is no such item.
        """
        row = (highlight.id, highlight.item, highlight.start, highlight.end, highlight.kind.value, highlight.note)
        with self._connections.writing() as connection:
            passage(connection, highlight.item, highlight.start, highlight.end)
            connection.execute(
                "INSERT OR REPLACE INTO highlight (id, item, first, last, kind, note) VALUES (?, ?, ?, ?, ?, ?)", row
            )

    def remove_highlight(self, id: str) -> None:
        """Take a mark away; one that is not there is no matter."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM highlight WHERE id = ?", (id,))

    def remove_samples(self, keep: Iterable[str] = ()) -> list[str]:
        """Remove the items of the sample desk and give their ids, newest first.

        Those that a story of the editor's own rests on (by a source or by a quote), those that the editor noted something
        beside, and those in ``keep`` stay and are no samples any more. Remove the sample stories first.
        """
        with self._connections.writing() as connection:
            connection.execute("UPDATE item_desk SET sample = 0 WHERE sample AND notes <> ''")
            for id in _used(connection).union(keep):
                connection.execute(
                    "UPDATE item_desk SET sample = 0 WHERE sample AND item = (SELECT row FROM item WHERE id = ?)", (id,)
                )
            rows = connection.execute(
                "SELECT row, id FROM item WHERE row IN (SELECT item FROM item_desk WHERE sample) ORDER BY row DESC"
            ).fetchall()
            for row in rows:
                _remove(connection, row["row"])
            connection.execute(
                "DELETE FROM outlet WHERE NOT edited AND id NOT IN (SELECT outlet FROM item_desk WHERE outlet IS NOT NULL)"
            )
        return [row["id"] for row in rows]

    # --- addresses and outlets -------------------------------------------------------------------------------------

    def waiting(self) -> list[Waiting]:
        """The addresses still to be fetched, oldest first."""
        with self._connections.reading() as connection:
            rows = connection.execute("SELECT url, since, reason FROM waiting ORDER BY rowid").fetchall()
        return [Waiting(url=row["url"], since=read_time(row["since"]), reason=row["reason"]) for row in rows]

    def keep_waiting(self, waiting: Waiting) -> None:
        """Keep an address to be fetched later; one that waits already keeps its place and its time and gets the new reason."""
        with self._connections.writing() as connection:
            connection.execute(
                "INSERT INTO waiting (url, since, reason) VALUES (?, ?, ?)"
                " ON CONFLICT (url) DO UPDATE SET reason = excluded.reason",
                (waiting.url, write_time(waiting.since), waiting.reason),
            )

    def drop_waiting(self, url: str) -> None:
        """The address need not be fetched any more."""
        with self._connections.writing() as connection:
            connection.execute("DELETE FROM waiting WHERE url = ?", (url,))

    def outlets(self) -> list[Outlet]:
        """Every outlet known, by name."""
        with self._connections.reading() as connection:
            return read_outlets(connection)

    def set_outlet(self, outlet: Outlet) -> None:
        """Keep the editor's word on an outlet, found by its domains (without any, by its name); it wins over what pages say."""
        with self._connections.writing() as connection:
            write_outlet(connection, outlet)


def _nothing_known(_url: str | None, _name: str) -> Outlet | None:
    return None


# --- rows ----------------------------------------------------------------------------------------------------------


def _whole(row: Row) -> Item:
    if text_digest(row["text"]) != row["text_sha256"]:
        raise _damaged(row["id"], "text")
    if not item_is_whole(row):
        raise _damaged(row["id"], "title, author, address or date")
    return _item(row)


def _item(row: Row) -> Item:
    return Item(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=row["published"],
        language=row["language"],
        country=row["country"],
        text=row["text"],
        words=row["words"],
        captured=read_time(row["captured"]),
        media_type=row["media_type"],
        sha256=row["sha256"],
        origins=MappingProxyType(meant_json(row["origins"])),
    )


def _row_of(connection: Connection, id: str) -> int:
    row = connection.execute("SELECT row FROM item WHERE id = ?", (id,)).fetchone()
    if row is None:
        raise no_item(id)
    return int(row["row"])


def _used(connection: Connection) -> set[str]:
    """The ids of the items that the editor's own stories rest on, by a source or by a quote."""
    used: set[str] = set()
    for story in own_stories(connection):
        used.update(story.item_ids)
        bodies = (story.news, *(card.body for card in story.signals))
        quotes = {run.marks.quote for body in bodies for block in body.blocks for run in block.runs if run.marks.quote}
        for quote in quotes:
            row = connection.execute("SELECT item FROM quote WHERE id = ?", (quote,)).fetchone()
            used.update([row["item"]] if row else [])
    return used


def _remove(connection: Connection, row: int) -> None:
    give_up_row(connection, row)
    connection.execute(
        "INSERT INTO item_search (item_search, rowid, title, text)"
        " SELECT 'delete', row, title, text FROM item_searched WHERE row = ?",
        (row,),
    )
    connection.execute("DELETE FROM item_body WHERE item = ?", (row,))
    connection.execute("DELETE FROM item WHERE row = ?", (row,))


def _damaged(id: str, part: str) -> StoreDamagedError:
    return StoreDamagedError(
        "An item is damaged",
        f"The {part} of the item {id} is not what arrived. Put a backup back (“workstation restore FILE”), or capture it again.",
    )
