"""What arrived, on its way into the store: rows that keep the order of capture, bodies, and the words of the search.

Written for thousands of items at once: each table and the search index get one statement a batch. The index wants its rows in
rising order; a row below the one before makes it write out what it has gathered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from sqlite3 import Connection

import zstandard

from workstation.domain.item import Capture, Item, ItemState
from workstation.domain.outlet import Outlet
from workstation.errors import InputError
from workstation.store.outlets import domain_of, outlet_of
from workstation.store.pictures import keep_picture
from workstation.store.seals import seal
from workstation.store.search_text import searchable
from workstation.store.times import write_time

_LEVEL = 3
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_ITEM = """INSERT INTO item (row, id, url, domain, title, outlet, author, published, language, country, words, captured, sha256,
    icon, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_BODY = """INSERT INTO item_body (item, text, text_sha256, media_type, origins, searched_title, searched_text, original)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
_DESK = "INSERT INTO item_desk (item, state, sample, outlet) VALUES (?, ?, ?, ?)"
_SEARCH = "INSERT INTO item_search (rowid, title, text) VALUES (?, ?, ?)"


Told = Callable[[Item], Outlet | None]


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An item that is new here, with the row it gets."""

    row: int
    item: Item
    original: bytes
    icon: str | None
    outlet: int | None


def packed(captures: Sequence[Capture]) -> list[bytes]:
    """The originals as they are kept."""
    compress = zstandard.ZstdCompressor(level=_LEVEL).compress
    return [compress(capture.original) for capture in captures]


def packed_bytes(data: bytes) -> bytes:
    """``data`` as an original is kept."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(data)


def unpacked(data: bytes) -> bytes | None:
    """The bytes that were packed; None when they are damaged."""
    try:
        return zstandard.ZstdDecompressor().decompress(data)
    except zstandard.ZstdError:
        return None


def text_digest(text: str) -> str:
    """What a text is known by, so that a damaged one is noticed."""
    return sha256(text.encode()).hexdigest()


def row_of_time(moment: datetime) -> int:
    """The row of an item captured at ``moment``: milliseconds since 1970."""
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def keep_all(
    connection: Connection, captures: Sequence[Capture], originals: Sequence[bytes], *, sample: bool, filed: bool, told: Told
) -> list[bool]:
    """Keep ``captures`` in the transaction of ``connection``; says for each whether it was new.

    ``told`` says what is known of the outlet of an item beyond the item itself, by its host and by the outlet that it names.
    What is ``filed`` gets its place by the time at which it was captured, everything else comes after all that is there: then a
    clock that was put back puts nothing new below what is old.

    Raises:
        InputError: one of them cannot be kept. What was written for the others is for the caller to undo.
    """
    fresh, answers, met = _sorted_out(connection, captures)
    if met and not sample:
        connection.executemany("UPDATE item_desk SET sample = 0 WHERE item = ? AND sample", [(row,) for row in met])
    rows = _free_rows(connection, [captures[place].item.captured for place in fresh], filed=filed)
    outlets = _Outlets(connection, told)
    arrivals = []
    for place, row in zip(fresh, rows, strict=True):
        capture = captures[place]
        icon = keep_picture(connection, capture.icon) if capture.icon else None
        arrivals.append(_Arrival(row, capture.item, originals[place], icon, outlets.of(capture.item, icon)))
    _write(connection, sorted(arrivals, key=lambda arrival: arrival.row), sample=sample)
    return answers


def _sorted_out(connection: Connection, captures: Sequence[Capture]) -> tuple[list[int], list[bool], list[int]]:
    """The places of the new ones in ``captures``; for each capture whether it is new; the rows of those met again."""
    wanted = json.dumps([capture.item.id for capture in captures])
    found = connection.execute(
        "SELECT id, row, sha256 FROM item WHERE id IN (SELECT value FROM json_each(?))", (wanted,)
    ).fetchall()
    rows: dict[str, int | None] = {row["id"]: row["row"] for row in found}
    digests: dict[str, str] = {row["id"]: row["sha256"] for row in found}
    fresh, answers, met = [], [], []
    for place, capture in enumerate(captures):
        item = capture.item
        is_new = item.id not in digests
        answers.append(is_new)
        if is_new:
            rows[item.id], digests[item.id] = None, item.sha256
            fresh.append(place)
            continue
        _same(digests[item.id], item)
        row = rows[item.id]
        met += [] if row is None else [row]
    return fresh, answers, met


def _same(kept: str, item: Item) -> None:
    """Two different things must never share an id, or the second would vanish without a word."""
    if kept != item.sha256:
        raise InputError("This could not be kept", f"Another item bears the id {item.id}. Paste its text instead.")


def _free_rows(connection: Connection, moments: Sequence[datetime], *, filed: bool) -> Iterator[int]:
    """For each moment its milliseconds since 1970, or the next number that no item has; unless ``filed`` above all there are."""
    for moment in moments:
        write_time(moment)
    wanted = [row_of_time(moment) for moment in moments]
    if wanted and not filed:
        newest = connection.execute("SELECT coalesce(max(row), ?) FROM item", (min(wanted) - 1,)).fetchone()[0]
        late = max(0, newest + 1 - min(wanted))
        wanted = [row + late for row in wanted]
    found = connection.execute(
        "SELECT row FROM item WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(sorted(set(wanted))),)
    ).fetchall()
    taken = {row["row"] for row in found}
    given: set[int] = set()
    following: dict[int, int] = {}  # where the search for a row went on from this moment, so that none is walked twice
    for want in wanted:
        row = following.get(want, want)
        if row in taken or row in given or row != want:
            row = _next_free(connection, row, given)
        given.add(row)
        following[want] = row + 1
        yield row


def _next_free(connection: Connection, row: int, given: set[int]) -> int:
    """The first row from ``row`` on that neither an item has nor was ``given`` out."""
    kept = connection.execute("SELECT row FROM item WHERE row >= ? ORDER BY row", (row,))
    try:
        held = kept.fetchone()
        while True:
            while row in given:
                row += 1
            while held and held["row"] < row:
                held = kept.fetchone()
            if not held or held["row"] > row:
                return row
            row += 1
    finally:
        kept.close()


class _Outlets:
    """The outlets of a batch: each is looked up once."""

    def __init__(self, connection: Connection, told: Told) -> None:
        self._connection = connection
        self._told = told
        self._known: dict[tuple[str | None, str, str | None], int | None] = {}

    def of(self, item: Item, icon: str | None) -> int | None:
        key = (domain_of(item.url), item.outlet, icon)
        if key not in self._known:
            self._known[key] = outlet_of(self._connection, item, self._told(item), icon)
        return self._known[key]


def _write(connection: Connection, arrivals: Sequence[_Arrival], *, sample: bool) -> None:
    searched = [(arrival.row, searchable(arrival.item.title), searchable(arrival.item.text)) for arrival in arrivals]
    bodies = [_body_row(arrival, title, text) for arrival, (_, title, text) in zip(arrivals, searched, strict=True)]
    connection.executemany(_ITEM, (_item_row(arrival, body) for arrival, body in zip(arrivals, bodies, strict=True)))
    connection.executemany(_BODY, bodies)
    connection.executemany(_DESK, ((arrival.row, ItemState.UNREAD.value, int(sample), arrival.outlet) for arrival in arrivals))
    connection.executemany(_SEARCH, searched)


_Body = tuple[int, str, str, str, str, str | None, str | None, bytes]


def _item_row(arrival: _Arrival, body: _Body) -> tuple[str | int | bytes | None, ...]:
    item = arrival.item
    row = (
        arrival.row, item.id, item.url, domain_of(item.url), item.title, item.outlet, item.author, item.published, item.language,
        item.country, item.words, write_time(item.captured), item.sha256, arrival.icon,
    )  # fmt: skip
    return (*row, seal("item", *row, *body[2:5]))


def _body_row(arrival: _Arrival, title: str, text: str) -> _Body:
    item = arrival.item
    return (
        arrival.row,
        item.text,
        text_digest(item.text),
        item.media_type,
        _origins(tuple(item.origins.items())),
        None if title == item.title else title,
        None if text == item.text else text,
        arrival.original,
    )


@lru_cache(maxsize=512)
def _origins(pairs: tuple[tuple[str, str], ...]) -> str:
    """Where the fields of an item came from, as JSON: the same few tales a thousand times over."""
    return json.dumps(dict(pairs), ensure_ascii=False)
