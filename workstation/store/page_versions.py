"""Versions of a page: what arrives again from a known address makes a new version, or none where it says nothing new."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from sqlite3 import Connection, Row

from workstation.domain.grouping import ItemVersion, Kept, Tie
from workstation.domain.item import FEED_ENTRY, PART_OF_PAGE, Capture, Item
from workstation.domain.same_words import Words, is_far_shorter, says_the_same
from workstation.domain.web_address import address_hash, same_page
from workstation.store.rows import id_of, put_under
from workstation.store.times import read_time, write_time

Write = Callable[[Sequence[Capture], Sequence[bytes]], list[bool]]
"""Keeps captures with their packed originals, whatever their addresses; says for each whether it was new."""

_NONE, _TICK, _BURST = timedelta(), timedelta(milliseconds=1), timedelta(minutes=1)


def keep_pages(
    connection: Connection, captures: Sequence[Capture], originals: Sequence[bytes], write: Write, *, meet: bool
) -> list[Kept]:
    """Keep captures by ``write``; those from an address that is known already, or twice among them, one by one as its versions.

    Without ``meet`` what says nothing new is kept all the same.
    """
    numbers = [_address_of(capture.item) for capture in captures]
    known = _known(connection, numbers)
    plain: list[int] = []
    met: list[int] = []
    for place, number in enumerate(numbers):
        (met if number in known else plain).append(place)
        known.update([] if number is None else [number])
    kept: dict[int, Kept] = {}
    written = write([captures[place] for place in plain], [originals[place] for place in plain])
    for place, is_new in zip(plain, written, strict=True):
        kept[place] = Kept(captures[place].item.id, is_new)
    connection.executemany(
        "INSERT OR IGNORE INTO item_address (item, hash) SELECT row, ? FROM item WHERE id = ?",
        [(numbers[place], captures[place].item.id) for place in plain if kept[place].is_new and numbers[place] is not None],
    )
    for place in met:
        kept[place] = _keep_known(connection, captures[place], originals[place], write, meet=meet)
    return [kept[place] for place in range(len(captures))]


def _address_of(item: Item) -> int | None:
    return None if item.origins.get("text") == PART_OF_PAGE else address_hash(item.url)


def _known(connection: Connection, numbers: Sequence[int | None]) -> set[int]:
    wanted = json.dumps([number for number in numbers if number is not None])
    rows = connection.execute("SELECT hash FROM item_address WHERE hash IN (SELECT value FROM json_each(?))", (wanted,))
    return {row["hash"] for row in rows}


def _keep_known(connection: Connection, capture: Capture, original: bytes, write: Write, *, meet: bool) -> Kept:
    item = capture.item
    same = connection.execute("SELECT row FROM item WHERE id = ?", (item.id,)).fetchone()
    met = None if same or not meet else _met_again(connection, item)
    if met is not None:
        return Kept(met, is_new=False)
    if same is None:
        capture = _not_before_its_feed(connection, capture)
        item = capture.item
    write([capture], [original])
    if same:
        _note_seen(connection, same["row"], write_time(item.captured))
        return Kept(item.id, is_new=False)
    row = connection.execute("SELECT row FROM item WHERE id = ?", (item.id,)).fetchone()["row"]
    return Kept(item.id, is_new=True, former=_settle(connection, row, item))


def _not_before_its_feed(connection: Connection, capture: Capture) -> Capture:
    """A page that is fetched in the second in which a feed told of it comes after that: entries are a millisecond apart."""
    item = capture.item
    newest = next(iter(versions_of(connection, item.url)), None)
    if newest is None or not _is_fed(_media_type(connection, newest), item.media_type):
        return capture
    told = connection.execute("SELECT captured FROM item WHERE row = ?", (newest,)).fetchone()["captured"]
    late = read_time(told) - item.captured
    return replace(capture, item=replace(item, captured=item.captured + late + _TICK)) if _NONE <= late < _BURST else capture


def _media_type(connection: Connection, row: int) -> str:
    return str(connection.execute("SELECT media_type FROM item_body WHERE item = ?", (row,)).fetchone()["media_type"])


def versions_of(connection: Connection, url: str | None) -> list[int]:
    """The rows of the items with this canonical address, newest first."""
    number = address_hash(url)
    if number is None:
        return []
    found = connection.execute(
        "SELECT item, url FROM item_address JOIN item ON item.row = item WHERE hash = ? ORDER BY item DESC", (number,)
    ).fetchall()
    return [row["item"] for row in found if same_page(row["url"], url)]


def told_versions(connection: Connection, rows: Sequence[int]) -> Iterator[ItemVersion]:
    """The versions in these rows, the newest of which comes first, as the editor is told of them."""
    for number, row in enumerate(rows):
        found: Row = connection.execute(
            "SELECT id, captured, title, words, seen FROM item LEFT JOIN item_again ON item_again.item = row WHERE row = ?",
            (row,),
        ).fetchone()
        seen = read_time(found["seen"]) if found["seen"] else None
        yield ItemVersion(found["id"], read_time(found["captured"]), found["title"], found["words"], seen, is_newest=number == 0)


def _met_again(connection: Connection, item: Item) -> str | None:
    """The id of the newest version of the item's address when ``item`` says nothing new; that it was seen is noted."""
    rows = versions_of(connection, item.url)
    if not rows:
        return None
    known = connection.execute(
        "SELECT item.row, item.id, item.title, item.author, item.captured, item_body.text, item_body.media_type"
        " FROM item JOIN item_body ON item_body.item = item.row WHERE item.row = ?",
        (rows[0],),
    ).fetchone()
    old = Words(known["title"], known["author"], known["text"])
    says_less = _is_fed(item.media_type, known["media_type"]) and not is_far_shorter(old.text, item.text)
    if not says_less and not says_the_same(Words(item.title, item.author, item.text), old):
        return None
    if item.captured >= read_time(known["captured"]):
        _note_seen(connection, known["row"], write_time(item.captured))
    return str(known["id"])


def _is_fed(one: str, other: str) -> bool:
    """Whether a feed told the one and the other is the page itself, which counts for more unless the feed tells far more."""
    return one == FEED_ENTRY != other


def _settle(connection: Connection, row: int, item: Item) -> str | None:
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
    if newest > row or _says_nothing_new(connection, item, newest):  # the latter: a colleague's capture, kept as it is
        put_under(connection, row, head or newest, Tie(tie) if tie and head else Tie.VERSION)
        return None
    _succeed(connection, head if head and tie == Tie.VERSION else newest, row)
    if not _is_fed(_media_type(connection, newest), item.media_type):
        _note_changed(connection, row)
    _carry_marks(connection, id_of(connection, newest), item)
    return id_of(connection, newest)


def _note_seen(connection: Connection, row: int, moment: str) -> None:
    """Note beside an item that its source still said the same at ``moment``."""
    connection.execute(
        "INSERT INTO item_again (item, seen, times) VALUES (?1, ?2, 1)"
        " ON CONFLICT (item) DO UPDATE SET seen = max(coalesce(seen, ''), excluded.seen), times = times + 1",
        (row, moment),
    )


def _note_changed(connection: Connection, row: int) -> None:
    """Note beside an item that its source has changed, until the editor looks at it."""
    connection.execute(
        "INSERT INTO item_again (item, changed) SELECT row, captured FROM item WHERE row = ?1"
        " ON CONFLICT (item) DO UPDATE SET changed = excluded.changed",
        (row,),
    )


def _succeed(connection: Connection, old: int, new: int) -> None:
    """Put the version ``new`` where ``old`` is listed, in a row of its own or under another, with all that is beside it."""
    head, tie = connection.execute("SELECT head, tie FROM item_desk WHERE item = ?", (old,)).fetchone()
    columns = "state, notes, head, tie"
    connection.execute(
        f"UPDATE item_desk SET ({columns}) = (SELECT {columns} FROM item_desk WHERE item = ?) WHERE item = ?", (old, new)
    )
    connection.execute("UPDATE item_desk SET head = ? WHERE head = ?", (new, old))
    put_under(connection, old, head or new, Tie(tie) if head and tie else Tie.VERSION)
    connection.execute("UPDATE item_desk SET notes = '', state = 'read' WHERE item = ?", (old,))
    connection.execute(
        "INSERT OR IGNORE INTO item_tag (item, tag, place) SELECT ?, tag, place FROM item_tag WHERE item = ?", (new, old)
    )
    connection.execute("DELETE FROM item_tag WHERE item = ?", (old,))
    connection.execute("UPDATE feed_entry SET item = ? WHERE item = ?", (new, old))
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


def _says_nothing_new(connection: Connection, item: Item, row: int) -> bool:
    """Whether ``item`` says nothing that the item in this row does not say."""
    known = connection.execute(
        "SELECT title, author, text FROM item JOIN item_body ON item_body.item = item.row WHERE item.row = ?", (row,)
    ).fetchone()
    return says_the_same(Words(item.title, item.author, item.text), Words(known["title"], known["author"], known["text"]))
