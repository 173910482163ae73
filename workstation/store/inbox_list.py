"""The list of the inbox: which items a question asks for, a page at a time, as quickly with a million items as with a thousand.

``item.row`` is the time of capture, so that the newest come first from tables, indexes and the search index alike, without
sorting. A page is found in two steps: the rows, then their lines. The rows come

* from an index of their own where nothing is asked for;
* from the smallest of the filters' indexes where one knows few items; words are then sought in the texts of these alone, unless
  the search index knows few items too;
* else from the search index or the desk, walked from the newest on in stretches of growing size. Between stretches the walk can
  be stopped, and after :data:`BUDGET` seconds it answers with what it has. (Inside one step of the search index, which may look
  through all of it for a phrase, SQLite cannot be stopped.)
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from sqlite3 import Connection, OperationalError, Row

from workstation.domain.inbox_page import InboxQuestion, ItemOrder, ItemPage, ItemPlace
from workstation.domain.item import ItemState, ItemSummary
from workstation.errors import Cancelled
from workstation.store.connections import connect_nowhere
from workstation.store.groups import BENEATH
from workstation.store.inbox_query import COUNTRY, Clause, Condition, Value, condition_of
from workstation.store.meant import meant_json, meant_kind
from workstation.store.migrations import TOKENIZER
from workstation.store.times import read_time

BUDGET = 0.08
"""Seconds after which a page answers with what was found so far."""

FEW = 5_000
"""Items that a filter's index may know for the list to be made from it."""

FEW_FOR_PHRASE = 400
"""The same where words next to each other are sought: the search index may look long for those."""

FEW_HITS = 30_000
"""Items that the search index is asked for before the texts are looked at instead."""

STEPS = 20_000
"""Steps through the hits of the search index, a microsecond each, that are better than looking at texts."""

LOOKED_AT = 64
"""Texts that are looked at in one go."""

STRETCH = 4
"""Milestones (4,096 items apart on average) that the first stretch of a walk goes over; every further one twice as many."""

LONG_STRETCH = 64
"""The same where each stretch begins with joining the lists of many words."""

ENDLESS = 2**31

_STEPS = 20_000
"""Instructions of SQLite between two looks whether anybody still waits; about a millisecond."""

LISTED = "item_desk.head IS NULL AND item_desk.state IN ('unread', 'read', 'shortlisted', 'used')"
"""What the inbox lists when nothing is asked for; word for word that of the index ``item_desk_listed``."""

_OUT_OF_THE_WAY = "item_desk.state NOT IN ('archived', 'spiked')"
_NO_OLDER_VERSION = """item_desk.tie IS NOT 'version' OR item_desk.state IN ('shortlisted', 'used') OR item_desk.notes <> ''
    OR EXISTS (SELECT 1 FROM item_tag WHERE item_tag.item = item_desk.item)
    OR EXISTS (SELECT 1 FROM highlight AS own WHERE own.item = item.id AND NOT EXISTS (
        SELECT 1 FROM highlight AS taken WHERE taken.id >= own.id || '-' AND taken.id < own.id || '.'))"""
"""An older version of a page is found by the newest one, unless it bears what that one does not."""
_ALWAYS_SHOWN = (ItemState.SHORTLISTED, ItemState.USED)

_JOINS = "JOIN item_desk ON item_desk.item = item.row LEFT JOIN outlet ON outlet.id = item_desk.outlet"
_SUMMARY = f"""SELECT item.row, item.id, item.url, item.title, item.author, item.published, item.language, item.words,
    item.captured,
    CASE WHEN outlet.edited THEN outlet.name ELSE item.outlet END AS outlet, {COUNTRY} AS country,
    item_desk.state, item_desk.notes,
    coalesce(outlet.icon, item.icon) AS icon,
    (SELECT json_group_array(tag) FROM (SELECT tag FROM item_tag WHERE item_tag.item = item.row ORDER BY place)) AS tags,
    {BENEATH}
    FROM item {_JOINS}"""

Stop = Callable[[], bool]
Found = tuple[list[int], ItemPlace | None]
"""Rows, and where the next ones begin; see :class:`ItemPage`."""


def never() -> bool:
    """Nobody stops it."""
    return False


def read_page(
    connection: Connection, question: InboxQuestion, after: ItemPlace | None = None, limit: int = 100, stop: Stop = never
) -> ItemPage:
    """The first lines of the list (or those after a place).

    Raises:
        Cancelled: ``stop`` said so.
    """
    search = _Search(question)
    with stopped_by(connection, stop):
        if question.order is ItemOrder.OUTLET:
            found, following = _by_outlet(connection, search, after, limit)
        else:
            found, following = _newest(connection, search, after.row if after else None, limit, stop)
        return ItemPage(tuple(summaries_of(connection, found)), following)


def read_among(connection: Connection, question: InboxQuestion, ids: Sequence[str]) -> list[ItemSummary]:
    """Those of the items ``ids`` that the list shows, newest first."""
    search = _Search(question)
    rows = [
        row["row"]
        for row in connection.execute(
            "SELECT row FROM item WHERE id IN (SELECT value FROM json_each(?)) ORDER BY row DESC", (json.dumps(list(ids)),)
        ).fetchall()
    ]
    source = Clause("TRUE", (), "SELECT value AS item FROM json_each(?)", (json.dumps(rows),))
    first, end = search.bounds(None)
    candidates = _candidates(connection, search, source, (first, end))
    return list(summaries_of(connection, _with_words(connection, search, candidates)))


def read_summary(connection: Connection, id: str) -> ItemSummary | None:
    """One line of the list; None when there is no such item."""
    row = connection.execute(f"{_SUMMARY} WHERE item.id = ?", (id,)).fetchone()
    return _summary(row) if row else None


# --- what is asked for ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Where:
    """Conditions with their values."""

    sql: str
    values: tuple[Value, ...]


class _Search:
    """A question as the store asks it."""

    def __init__(self, question: InboxQuestion) -> None:
        self.condition: Condition = condition_of(question.query)
        self.state = question.state
        self.is_plain = not self.condition.asks
        self.clauses = [*self.condition.clauses, *_state_clauses(question.state, self.condition)]

    @property
    def without(self) -> str | None:
        """The words that no item may hold, where none are sought that the search index could take them from."""
        return None if self.condition.match else self.condition.without

    def where(self, *more: Clause) -> _Where:
        """Every condition but the words."""
        clauses = [*self.clauses, *more]
        sql = " AND ".join(f"({clause.sql})" for clause in clauses) or "TRUE"
        return _Where(sql, tuple(value for clause in clauses for value in clause.values))

    def bounds(self, before: int | None) -> tuple[int, int]:
        """The rows from which and before which all that is asked for lies."""
        first = self.condition.first
        ends = [end for end in (before, self.condition.end, _LAST) if end is not None]
        return _FIRST if first is None else first, min(ends)


_FIRST, _LAST = -(2**62), 2**62


def _state_clauses(state: ItemState | None, condition: Condition) -> Iterator[Clause]:
    if state is not None:
        source = "SELECT item FROM item_desk WHERE state = ?"
        yield Clause("item_desk.state = ?", (state.value,), source, (state.value,))
    elif not condition.asks:
        yield Clause(LISTED)
    elif not condition.names_state:
        yield Clause(_OUT_OF_THE_WAY)
    if condition.asks:
        yield Clause(_NO_OLDER_VERSION)
    elif state is not None and state not in _ALWAYS_SHOWN:
        yield Clause("item_desk.head IS NULL")


# --- newest first --------------------------------------------------------------------------------------------------


def _newest(connection: Connection, search: _Search, before: int | None, limit: int, stop: Stop) -> Found:
    if search.is_plain:
        rows = _plain(connection, search, before, limit)
        return rows, ItemPlace(rows[-1]) if len(rows) == limit and rows else None
    few = _few(connection, search, before, _most(connection, search, limit))
    if few is not None:
        return _picked(connection, search, few, before, limit, stop)
    return _walk(connection, search, before, limit, stop)


def _plain(connection: Connection, search: _Search, before: int | None, limit: int) -> list[int]:
    """Nothing is asked for but a state: an index holds just that, in its order."""
    index = "item_desk_listed" if search.state is None else "item_desk_state"
    where = search.where()
    sql = f"SELECT item FROM item_desk INDEXED BY {index} WHERE {where.sql} AND item < ? ORDER BY item DESC LIMIT ?"
    return _rows(connection, sql, (*where.values, _LAST if before is None else before, limit))


def _most(connection: Connection, search: _Search, limit: int) -> int:
    """How many items a filter's index may know for them to be looked at.

    Where words are sought too and a filter lets enough of all items through, walking through the hits of the search index meets a
    page full of them soon enough.
    """
    if not search.condition.match:
        return FEW
    items: int = connection.execute("SELECT sum(number) FROM item_count").fetchone()[0]
    most = min(FEW, max(LOOKED_AT, limit * items // STEPS))
    return min(most, FEW_FOR_PHRASE) if search.condition.seeks_phrase else most


def _few(connection: Connection, search: _Search, before: int | None, most: int) -> Clause | None:
    """The filter whose index knows the fewest items, if they are fewer than ``most``."""
    first, end = search.bounds(before)
    best, fewest = None, most
    for clause in search.clauses:
        if clause.source is None:
            continue
        sql = f"SELECT count(*) FROM (SELECT 1 FROM ({clause.source}) WHERE item >= ? AND item < ? LIMIT ?)"
        known = connection.execute(sql, (*clause.source_values, first, end, fewest)).fetchone()[0]
        if known < fewest:
            best, fewest = clause, known
    return best


def _picked(connection: Connection, search: _Search, few: Clause, before: int | None, limit: int, stop: Stop) -> Found:
    """The rows that the index of one filter knows, each looked at."""
    began = time.perf_counter()
    candidates = _candidates(connection, search, few, search.bounds(before))
    hits = _few_hits(connection, search, before) if len(candidates) > 2 * LOOKED_AT else None
    if hits is not None:
        candidates = [row for row in candidates if row in hits]
    if hits is not None or not (search.condition.match or search.without):
        found = candidates[:limit]
        return found, ItemPlace(found[-1]) if found and len(candidates) > limit else None
    found = []
    for start in range(0, len(candidates), LOOKED_AT):
        if stop():
            raise Cancelled
        some = candidates[start : start + LOOKED_AT]
        found += _with_words(connection, search, some)
        if len(found) >= limit:
            return found[:limit], ItemPlace(found[limit - 1]) if limit else None
        if time.perf_counter() - began > BUDGET and some[-1] != candidates[-1]:
            return found, ItemPlace(some[-1])
    return found, None


def _candidates(connection: Connection, search: _Search, few: Clause, bounds: tuple[int, int]) -> list[int]:
    """The rows that the index of one filter knows and that meet every condition but the words, newest first."""
    where = search.where()
    sql = f"""SELECT item.row
        FROM (SELECT DISTINCT item AS row FROM ({few.source}) WHERE item >= ? AND item < ? ORDER BY item DESC) AS known
        CROSS JOIN item ON item.row = known.row {_JOINS} WHERE {where.sql} ORDER BY known.row DESC"""
    return _rows(connection, sql, (*few.source_values, *bounds, *where.values))


def _few_hits(connection: Connection, search: _Search, before: int | None) -> set[int] | None:
    """The rows that hold the words, where they are few and quickly found."""
    words = search.condition.match
    if not words or search.condition.seeks_phrase:
        return None
    sql = "SELECT rowid FROM item_search WHERE item_search MATCH ? AND rowid >= ? AND rowid < ? LIMIT ?"
    rows = _rows(connection, sql, (words, *search.bounds(before), FEW_HITS))
    return set(rows) if len(rows) < FEW_HITS else None


def _with_words(connection: Connection, search: _Search, rows: Sequence[int]) -> list[int]:
    """Those of ``rows`` whose texts hold the words that are sought and none that is not to be there.

    The search index of the store joins long lists for the beginning of a word, whatever rows are asked for; so one is made of
    these texts alone.
    """
    expression = search.condition.match or search.without
    if not expression or not rows:
        return list(rows)
    texts = connection.execute(
        "SELECT row, title, text FROM item_searched WHERE row IN (SELECT value FROM json_each(?))", (json.dumps(rows),)
    ).fetchall()
    with closing(connect_nowhere()) as index:
        index.execute(f"CREATE VIRTUAL TABLE looked_at USING fts5 (title, text, content = '', tokenize = '{TOKENIZER}')")
        index.executemany("INSERT INTO looked_at (rowid, title, text) VALUES (?, ?, ?)", [tuple(text) for text in texts])
        holding = {row for (row,) in index.execute("SELECT rowid FROM looked_at WHERE looked_at MATCH ?", (expression,))}
    return [row for row in rows if (row in holding) is bool(search.condition.match)]


def _walk(connection: Connection, search: _Search, before: int | None, limit: int, stop: Stop) -> Found:
    """From the newest on, stretch by stretch, until the page is full, all was seen or the time is up."""
    first, end = search.bounds(before)
    began = time.perf_counter()
    length = _first_length(search)
    found: list[int] = []
    while end > first:
        if stop():
            raise Cancelled
        start = max(first, _milestone(connection, end, length))
        found += _stretch(connection, search, (start, end), limit - len(found))
        if len(found) >= limit:
            return found, ItemPlace(found[-1]) if found else None
        end, length = start, length * 2
        if time.perf_counter() - began > BUDGET and end > first:
            return found, ItemPlace(end)
    return found, None


def _first_length(search: _Search) -> int:
    """How long the first stretch is, in milestones: as long as all of it where the search index alone finds the page."""
    if not search.condition.joins_lists:
        return STRETCH
    only_words = not search.condition.clauses and not search.condition.seeks_phrase and search.condition.match
    return ENDLESS if only_words else LONG_STRETCH


def _milestone(connection: Connection, end: int, length: int) -> int:
    """A row some thousand items before ``end``."""
    row = connection.execute(
        "SELECT row FROM item_milestone WHERE row < ? ORDER BY row DESC LIMIT 1 OFFSET ?", (end, length - 1)
    ).fetchone()
    return int(row["row"]) if row else _FIRST


def _stretch(connection: Connection, search: _Search, stretch: tuple[int, int], limit: int) -> list[int]:
    """The rows from one row to before another that are asked for."""
    where, words = search.where(), search.condition.match
    if words:
        # CROSS JOIN keeps the search index outermost, which gives the newest first without sorting
        sql = f"""SELECT item.row FROM item_search CROSS JOIN item ON item.row = item_search.rowid {_JOINS}
            WHERE item_search MATCH ? AND item_search.rowid >= ? AND item_search.rowid < ? AND {where.sql}
            ORDER BY item_search.rowid DESC LIMIT ?"""
        return _rows(connection, sql, (words, *stretch, *where.values, limit))
    sql = f"""SELECT item.row FROM item_desk CROSS JOIN item ON item.row = item_desk.item
        LEFT JOIN outlet ON outlet.id = item_desk.outlet WHERE item_desk.item >= ? AND item_desk.item < ? AND {where.sql}"""
    values: list[Value] = [*stretch, *where.values]
    if search.without:
        sql += """ AND item_desk.item NOT IN
            (SELECT rowid FROM item_search WHERE item_search MATCH ? AND rowid >= ? AND rowid < ?)"""
        values += [search.without, *stretch]
    return _rows(connection, f"{sql} ORDER BY item_desk.item DESC LIMIT ?", (*values, limit))


# --- by outlet -----------------------------------------------------------------------------------------------------

_SHOWN = "coalesce(CASE WHEN outlet.edited THEN outlet.name ELSE item.outlet END, '')"
_OUTLET_ORDER = f"{_SHOWN} = '', {_SHOWN} COLLATE NOCASE, {_SHOWN}, item.row DESC"


def _by_outlet(connection: Connection, search: _Search, after: ItemPlace | None, limit: int) -> Found:
    """By the name that is shown: outlet by outlet where nothing is asked for, else all that is asked for, sorted."""
    if limit <= 0:
        return [], None
    found = (_group_by_group if _is_large(connection, search) else _sorted)(connection, search, after, limit)
    rows = [row for row, _ in found]
    return rows, ItemPlace(rows[-1], found[-1][1]) if len(rows) == limit else None


def _is_large(connection: Connection, search: _Search) -> bool:
    """Whether so much is asked for that sorting it would take long, and so many of every outlet that looking takes none."""
    if not search.is_plain:
        return False
    states = [search.state] if search.state else list(ItemState)
    marks = ", ".join("?" * len(states))
    counted = connection.execute(f"SELECT sum(number) FROM item_count WHERE state IN ({marks})", states).fetchone()[0]
    return int(counted) > FEW


def _sorted(connection: Connection, search: _Search, after: ItemPlace | None, limit: int) -> list[tuple[int, str]]:
    first, end = search.bounds(None)
    place = [Clause("item.row >= ? AND item.row < ?", (first, end))]
    if after is not None:
        name = after.outlet or ""
        place.append(
            Clause(
                f"({_SHOWN} = '', {_SHOWN} COLLATE NOCASE, {_SHOWN}, -item.row) > (?, ?, ?, ?)",
                (int(not name), name, name, -after.row),
            )
        )
    where = search.where(*place)
    few = _few(connection, search, None, FEW) if not search.condition.match else None
    values: list[Value] = []
    sql = f"SELECT item.row, {_SHOWN} FROM"
    if search.condition.match:
        sql += f" item_search CROSS JOIN item ON item.row = item_search.rowid {_JOINS} WHERE item_search MATCH ? AND {where.sql}"
        values.append(search.condition.match)
    elif few is not None:
        sql += f" (SELECT DISTINCT item AS row FROM ({few.source})) AS known CROSS JOIN item ON item.row = known.row {_JOINS}"
        sql += f" WHERE {where.sql}"
        values += few.source_values
    else:
        sql += f" item {_JOINS} WHERE {where.sql}"
    values += where.values
    if search.without:
        sql += " AND item.row NOT IN (SELECT rowid FROM item_search WHERE item_search MATCH ?)"
        values.append(search.without)
    found = connection.execute(f"{sql} ORDER BY {_OUTLET_ORDER} LIMIT ?", (*values, limit)).fetchall()
    return [(row, name) for row, name in found]


def _group_by_group(connection: Connection, search: _Search, after: ItemPlace | None, limit: int) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    reached = None if after is None else _outlet_key(after.outlet or "")
    for name, outlets in _groups(connection):
        if reached is not None and _outlet_key(name) < reached:
            continue
        before = after.row if after and _outlet_key(name) == reached else _LAST
        found += [(row, name) for row in _of_outlets(connection, search, name, outlets, before, limit - len(found))]
        if len(found) >= limit:
            break
    return found


def _groups(connection: Connection) -> list[tuple[str, list[int]]]:
    """The names of outlets as they are shown, each with the outlets that some items are shown under it of, in their order."""
    groups: dict[str, list[int]] = {"": []}
    for name, outlet in connection.execute(
        """SELECT name, id FROM outlet WHERE edited
            UNION SELECT outlet_alias.name, outlet FROM outlet_alias JOIN outlet ON outlet.id = outlet WHERE NOT edited"""
    ).fetchall():
        groups.setdefault(name, []).append(outlet)
    return sorted(groups.items(), key=lambda group: _outlet_key(group[0]))


_UPPER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


def _outlet_key(name: str) -> tuple[bool, str, str]:
    """The order of SQLite: what has no name last, capitals of ASCII as small letters."""
    return not name, name.translate(_UPPER), name


def _of_outlets(connection: Connection, search: _Search, name: str, outlets: Sequence[int], before: int, limit: int) -> list[int]:
    marks = ", ".join("?" * len(outlets))
    of = f"item_desk.outlet IN ({marks})" if name else f"(item_desk.outlet IN ({marks}) OR item_desk.outlet IS NULL)"
    where = search.where(Clause(of, tuple(outlets)), Clause(f"{_SHOWN} = ? AND item_desk.item < ?", (name, before)))
    sql = f"""SELECT item_desk.item FROM item_desk INDEXED BY item_desk_outlet CROSS JOIN item ON item.row = item_desk.item
        LEFT JOIN outlet ON outlet.id = item_desk.outlet WHERE {where.sql} ORDER BY item_desk.item DESC LIMIT ?"""
    return _rows(connection, sql, (*where.values, limit))


# --- lines ---------------------------------------------------------------------------------------------------------


def _rows(connection: Connection, sql: str, values: Sequence[Value]) -> list[int]:
    return [row[0] for row in connection.execute(sql, values).fetchall()]


def summaries_of(connection: Connection, rows: Sequence[int]) -> Iterator[ItemSummary]:
    """The lines of these rows, in their order."""
    sql = f"{_SUMMARY} WHERE item.row IN (SELECT value FROM json_each(?))"
    lines = {line["row"]: line for line in connection.execute(sql, (json.dumps(rows),)).fetchall()} if rows else {}
    return (_summary(lines[row]) for row in rows if row in lines)


def _summary(row: Row) -> ItemSummary:
    return ItemSummary(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        author=row["author"],
        published=row["published"],
        language=row["language"],
        country=row["country"],
        words=row["words"],
        captured=read_time(row["captured"]),
        place=row["row"],
        state=meant_kind(ItemState, row["state"]),
        tags=tuple(meant_json(row["tags"])),
        notes=row["notes"],
        icon=row["icon"],
        beneath=row["beneath"],
        versions=row["versions"],
        changed=bool(row["changed"]),
    )


@contextmanager
def stopped_by(connection: Connection, stop: Stop) -> Iterator[None]:
    """What SQLite does in the block ends soon after ``stop`` says so."""
    if stop is never:
        yield
        return
    connection.set_progress_handler(stop, _STEPS)
    try:
        yield
    except OperationalError as error:
        if stop():
            raise Cancelled from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
